"""The tables of rules/README.md, made from the rule files.

    PYTHONPATH=tests python tests/tools/rules_readme.py      write them anew

Each stands between `<!-- table: NAME -->` and `<!-- end -->`; the words around them are written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.judgement import Figures, by_rule, overall, texts

from claimcheck.model import FAMILIES
from claimcheck.rules.files import FlagRule
from claimcheck.rules.load import built_in

README = Path(__file__).resolve().parents[2] / "rules" / "README.md"
_REGION = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def fresh(text: str) -> str:
    """`text` with every table as the rule files have it now. Raises KeyError for a table nobody makes."""
    return _REGION.sub(lambda m: m[1] + "\n" + TABLES[m[2]]() + "\n" + m[3], text)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _flags() -> str:
    """Every family with its rules."""
    families: dict[str, list[FlagRule]] = {}
    for rule in sorted(built_in().flags, key=lambda r: (FAMILIES.index(r.family), r.id)):
        families.setdefault(rule.family, []).append(rule)
    parts = []
    for family, rules in families.items():
        head = ("rule", "severity", "scope", "what it finds", "examples", "precision", "recall")
        parts.append(f"### {family}\n\n" + _table(head, (_row(family, rule) for rule in rules)))
    return f"{len(built_in().flags)} rules in {len(families)} families. {_how_measured()}\n\n" + "\n".join(parts)


def _how_measured() -> str:
    """What the figures are figures of."""
    corpus = list(texts())
    pages = sum(text.page for text in corpus)
    whole, unseen = overall()["all"], overall()["held out"]
    return (
        f"Precision and recall are counted on our own labelled corpus of {len(corpus) - pages} snippets and {pages} "
        "pages (`python tests/benchmarks/judgement.py`), beside them how many findings and how many labels they rest "
        f"on: few for any one rule. Overall {_share(whole.precision)} and {_share(whole.recall)}; on the half that "
        f"rules are not tuned on, {_share(unseen.precision)} and {_share(unseen.recall)}."
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _row(family: str, rule: FlagRule) -> tuple[str, ...]:
    status = "" if rule.status == "stable" else f" ({rule.status})"
    examples = f"{len(rule.examples.hits)} + {len(rule.examples.misses)}"
    link = f"[`{rule.id}`](flags/{family}/{rule.id}.toml){status}"
    f = by_rule().get(rule.id, Figures())
    precision = f"{_share(f.precision)} ({f.hits + f.false})"
    recall = f"{_share(f.recall)} ({f.hits + f.misses})"
    return link, rule.severity, rule.scope, rule.title, examples, precision, recall


def _contexts() -> str:
    rows = []
    for context in sorted(built_in().contexts, key=lambda c: c.order):
        effect = context.effect if context.default or context.effect != "drop" else "drop, where a rule asks for it"
        rows.append((f"[`{context.id}`](contexts/{context.id}.toml)", effect, context.title, context.why))
    return _table(("context", "effect", "what it is", "why"), rows)


def _lexicons() -> str:
    rows = []
    for lexicon, groups in sorted(built_in().lexicons.items()):
        names = ", ".join(f"`{g.name}`" for g in groups)
        terms = sum(len(g.terms) + len(g.cased) for g in groups)
        rows.append((f"[`{{{lexicon}}}`](lexicons/{lexicon}.toml)", f"{terms:,}", names))
    return _table(("slot", "terms", "groups"), rows)


def _shorthands() -> str:
    entries = built_in().tables["shorthand"]["entry"]
    rows = ((f"`{{{e['name']}}}`", f"`{e['phrase'][:90]}{'...' if len(e['phrase']) > 90 else ''}`") for e in entries)
    return _table(("shorthand", "stands for"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "flags": _flags,
    "contexts": _contexts,
    "lexicons": _lexicons,
    "shorthands": _shorthands,
}

if __name__ == "__main__":
    README.write_text(fresh(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
