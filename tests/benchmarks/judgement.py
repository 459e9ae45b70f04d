"""How far the rules agree with an editor: precision and recall on the labelled corpus beside this file.

    python tests/benchmarks/judgement.py                  figures overall, by family and by rule
    python tests/benchmarks/judgement.py --errors         what was missed and what was falsely raised, too
    python tests/benchmarks/judgement.py --json           the same as one JSON object
    python tests/benchmarks/judgement.py --raise-floors   lift floors.toml to today's figures; no floor ever falls

New texts move the figures: a commit that adds some deletes floors.toml and writes it anew, and nothing else does.

Half of the corpus is held out, chosen by a hash of each text's id: its errors are listed only with `--held-out`, and
whoever has read them has used it up for tuning. A rule counts as found where it is charged or a note of what is
charged; as falsely raised where it is charged and the labels neither name nor allow it. Findings of severity info,
and on snippets the rules that judge a whole page, count neither way. On a page that must be fair every other finding
is false, on the rest those of the rules named as silent, since a page's list of rules is not complete.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from claimcheck.ingest import load
from claimcheck.model import FAMILIES, Report
from claimcheck.pipeline import check, check_document
from claimcheck.rules.load import built_in

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
FLOORS = HERE / "floors.toml"
_ONLY_ON_PAGES = frozenset({"restricted-advertising"})


@dataclass(frozen=True)
class Text:
    """A labelled snippet or page. `allowed` rules may be raised; on a page so may any that is not `forbidden`.
    Of `one_of` at least one must be: the claim is plain, and which rule names it best is open."""

    id: str
    text: str
    format: str
    wanted: frozenset[str]
    allowed: frozenset[str]
    forbidden: frozenset[str]
    page: bool = False
    one_of: tuple[str, ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether the text belongs to the half that rules are not tuned on."""
        return sha256(self.id.encode()).digest()[0] % 2 == 1

    def wrong(self, rule: str) -> bool:
        """Whether raising the rule here is a false alarm."""
        if self.page and self.wanted:
            return rule in self.forbidden
        return rule not in self.wanted and rule not in self.allowed and rule not in self.one_of


@dataclass(frozen=True)
class Outcome:
    """One rule on one text: `hit`, `miss` or `false`, with the words that were flagged, if any."""

    rule: str
    what: str
    on: Text
    quote: str = ""


@dataclass(frozen=True)
class Figures:
    """Counts of a rule, a family or everything."""

    hits: int = 0
    misses: int = 0
    false: int = 0

    @property
    def precision(self) -> float | None:
        """The share of what was raised that is right; None where nothing was raised."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        """The share of what an editor would raise that was found; None where the corpus asks for nothing."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        total = 2 * self.hits + self.misses + self.false
        return 2 * self.hits / total if total else None


def texts() -> Iterator[Text]:
    """Every snippet and page of the corpus."""
    for path in sorted(CORPUS.glob("sentences*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for row in table["item"]:
            also, one_of = frozenset(row.get("also", [])), ()
            if "claim" in row:
                claims = table["claims"]
                also, one_of = frozenset(claims["also"]), (claims["best"][row["claim"]], *claims["any"])
            labels = frozenset(row["rules"]), also, frozenset[str]()
            yield Text(row["id"], row["text"], row.get("format", "text"), *labels, one_of=one_of)
    for row in tomllib.loads((CORPUS / "pages.toml").read_text(encoding="utf-8"))["page"]:
        labels = frozenset(row["rules"]), frozenset(row.get("also", [])), frozenset(row["silent"])
        yield Text(row["file"], "", "", *labels, page=True)


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every rule that was or should have been raised on the corpus."""
    return tuple(o for text in texts() for o in _compare(text))


def _compare(text: Text) -> Iterator[Outcome]:
    report = _report(text)
    rules = built_in().rule
    charged: dict[str, str] = {}
    noted: set[str] = set()
    for finding in report.findings:
        noted.update(finding.notes)
        if finding.severity != "info":
            charged.setdefault(finding.rule, finding.quote)
        elif finding.rule in text.wanted:
            noted.add(finding.rule)
    for rule in sorted(text.wanted):
        found = rule in charged or rule in noted
        yield Outcome(rule, "hit" if found else "miss", text, charged.get(rule, ""))
    if text.one_of:
        found_one = next((rule for rule in text.one_of if rule in charged or rule in noted), None)
        best = found_one or text.one_of[0]
        yield Outcome(best, "hit" if found_one else "miss", text, charged.get(best, ""))
    for rule, quote in charged.items():
        whole_page = rules[rule].scope == "document" or rule in _ONLY_ON_PAGES
        if text.wrong(rule) and (not whole_page or rule in text.forbidden):
            yield Outcome(rule, "false", text, quote)


def _report(text: Text) -> Report:
    if text.page:
        return check_document(load(str(CORPUS / "pages" / text.id)))
    return check(text.text, format=text.format)


def figures(found: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, Figures]:
    """Figures of the outcomes that share a key."""
    counts: dict[str, Counter[str]] = {}
    for outcome in found:
        counts.setdefault(key(outcome), Counter())[outcome.what] += 1
    return {k: Figures(c["hit"], c["miss"], c["false"]) for k, c in counts.items()}


def by_rule() -> dict[str, Figures]:
    """Figures of every rule that the corpus has to do with."""
    return figures(outcomes(), lambda o: o.rule)


def by_family() -> dict[str, Figures]:
    """Figures of every family, in the catalogue's order."""
    family = {rule.id: rule.family for rule in built_in().flags}
    found = figures(outcomes(), lambda o: family[o.rule])
    return {name: found[name] for name in FAMILIES if name in found}


def overall() -> dict[str, Figures]:
    """Figures of everything, and of the open and the held-out half apart."""
    halves = figures(outcomes(), lambda o: "held out" if o.on.held_out else "open")
    return {**figures(outcomes(), lambda _: "all"), **halves}


def measured() -> dict[str, dict[str, float]]:
    """What floors.toml holds floors of: precision and recall, overall and by family, rounded down to two places."""
    out = {}
    for name, f in {**overall(), **by_family()}.items():
        pairs = (("precision", f.precision), ("recall", f.recall))
        out[name] = {k: math.floor(v * 100) / 100 for k, v in pairs if v is not None}
    return out


def floors() -> dict[str, dict[str, float]]:
    """The figures that may not be undercut."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def raise_floors() -> None:
    """Write the higher of the floor and today's figure for everything measured."""
    old, head = floors(), "# Written by judgement.py --raise-floors. A floor may only rise.\n"
    lines = [head]
    for name, now in measured().items():
        lines.append(f'\n["{name}"]\n')
        lines += [f"{k} = {max(v, old.get(name, {}).get(k, 0)):.2f}\n" for k, v in now.items()]
    FLOORS.write_text("".join(lines), encoding="utf-8", newline="\n")


def _line(name: str, f: Figures) -> str:
    shown = (f"{v:9.2f}" if v is not None else "        -" for v in (f.precision, f.recall, f.f1))
    return f"{name:34}{''.join(shown)}{f.hits:7}{f.misses:8}{f.false:7}"


def _table(title: str, rows: dict[str, Figures]) -> str:
    head = f"{title:34}{'precision':>9}{'recall':>9}{'F1':>9}{'found':>7}{'missed':>8}{'false':>7}"
    return "\n".join([head, *(_line(name, f) for name, f in rows.items())])


def _errors(held_out: bool) -> str:
    wrong = [o for o in outcomes() if o.what != "hit" and (held_out or not o.on.held_out)]
    shown = (f"{o.what:6}{o.rule}: {o.on.id}: {o.quote or o.on.text!r}" for o in sorted(wrong, key=lambda o: o.rule))
    return "\n".join(shown)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="list misses and false alarms of the open half")
    parser.add_argument("--held-out", action="store_true", help="list those of the held-out half as well")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--raise-floors", action="store_true", help="lift floors.toml to these figures")
    asked = parser.parse_args()
    groups = {"overall": overall(), "family": by_family(), "rule": dict(sorted(by_rule().items()))}
    if asked.json:
        row = ("precision", "recall", "f1", "hits", "misses", "false")
        json.dump(
            {g: {n: {k: getattr(f, k) for k in row} for n, f in t.items()} for g, t in groups.items()}, sys.stdout
        )
    else:
        print("\n\n".join(_table(title, rows) for title, rows in groups.items()))
    if asked.errors or asked.held_out:
        print("\n" + _errors(asked.held_out))
    if asked.raise_floors:
        raise_floors()


if __name__ == "__main__":
    main()
