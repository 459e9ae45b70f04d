"""Rule files to a RuleSet: found, read, checked, compiled. Every fault of every file is reported at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from claimcheck.errors import RuleError
from claimcheck.expressions import compile_expression
from claimcheck.matcher import Matcher, Term, term_spellings
from claimcheck.model import FAMILIES
from claimcheck.phrases import Pattern, PhraseError, compile_phrase
from claimcheck.rulefiles import ContextRule, FlagRule, Group, LexiconFile, Part, build

SHAPES: dict[str, Any] = {"flag": FlagRule, "context": ContextRule, "lexicon": LexiconFile}


def rules_root() -> Path:
    """The folder of built-in rules: inside an installed package, else beside the package in a checkout.

    Raises RuleError if there is neither.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "rules_data", package.parent / "rules"):
        if (root / "flags").is_dir():
            return root
    raise RuleError([f"{package}: the built-in rules are missing; install claimcheck again"])


@dataclass(frozen=True)
class RuleSet:
    """Everything the engine judges with. `tables` are the data files of other kinds, by id, as parsed."""

    flags: tuple[FlagRule, ...]
    contexts: tuple[ContextRule, ...]
    lexicons: Mapping[str, tuple[Group, ...]]
    tables: Mapping[str, dict[str, Any]]
    slots: Mapping[str, int]
    patterns: Mapping[str, tuple[Pattern, ...]]

    @cached_property
    def rule(self) -> dict[str, FlagRule]:
        """Flag rules by id."""
        return {r.id: r for r in self.flags}

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every way every lexicon term is written."""
        slots: dict[tuple[str, str], set[int]] = {}
        for lexicon, groups in self.lexicons.items():
            for group in groups:
                both = {self.slots[lexicon], self.slots[f"{lexicon}.{group.name}"]}
                for term in group.terms:
                    for way in term_spellings(term):
                        slots.setdefault((way, ""), set()).update(both)
                for term in group.cased:
                    for way in term_spellings(term):
                        slots.setdefault((way, term), set()).update(both)
        return tuple(Term(text, tuple(sorted(s)), cased) for (text, cased), s in slots.items())

    @cached_property
    def matcher(self) -> Matcher:
        """Finds what rules and evidence look for."""
        return Matcher(
            {k: p for k, p in self.patterns.items() if not k.startswith("context:")}, self.terms, self.slots
        )

    @cached_property
    def cues(self) -> Matcher:
        """Finds the cues, stops and pseudo-cues of contexts."""
        return Matcher({k: p for k, p in self.patterns.items() if k.startswith("context:")}, self.terms, self.slots)

    @cached_property
    def systems(self) -> dict[int, str]:
        """Body system by the slot number of a condition group."""
        groups = self.lexicons.get("condition", ())
        return {self.slots[f"condition.{g.name}"]: g.system for g in groups if g.system}

    @cached_property
    def serious(self) -> frozenset[int]:
        """Slot numbers of the condition groups that need medical supervision."""
        return frozenset(self.slots[f"condition.{g.name}"] for g in self.lexicons.get("condition", ()) if g.serious)


@cache
def built_in() -> RuleSet:
    """The rules that come with claimcheck."""
    return _load((rules_root(),), trusted=True)


def load_rules(*folders: Path | str) -> RuleSet:
    """The built-in rules, and those of `folders` (which may add rules and extend lexicons).

    Raises RuleError naming every fault of every file.
    """
    if not folders:
        return built_in()
    return _load((rules_root(), *(Path(f) for f in folders)), trusted=False)


def _load(roots: tuple[Path, ...], trusted: bool) -> RuleSet:
    faults: list[str] = []
    loaded: dict[str, list[Any]] = {"flag": [], "context": [], "lexicon": []}
    tables: dict[str, dict[str, Any]] = {}
    sources: dict[str, tuple[str, str]] = {}
    for number, root in enumerate(roots):
        own = number > 0 or not trusted
        if not root.is_dir():
            faults.append(f"{root}: no such folder of rules")
            continue
        for path in sorted(root.rglob("*.toml")):
            table, text = _read(path, faults)
            if table is None:
                continue
            kind = str(table.get("kind", "flag"))
            if kind not in SHAPES:
                tables[str(table.get("id", path.stem))] = table
                continue
            thing = _one(SHAPES[kind], table, text, str(path), faults, trusted and not own)
            if thing is None:
                continue
            if thing.id != path.stem:
                faults.append(f"{path}:1: the id {thing.id!r} must be the file's name, {path.stem!r}")
            key = f"{kind}:{thing.id}"
            if key in sources and kind != "lexicon":
                faults.append(f"{path}:1: the {kind} {thing.id!r} is already defined in {sources[key][0]}")
            sources.setdefault(key, (str(path), text))
            loaded[kind].append(thing)
    if not faults:
        lexicons: dict[str, tuple[Group, ...]] = {}
        for lexicon in loaded["lexicon"]:
            lexicons[lexicon.id] = lexicons.get(lexicon.id, ()) + lexicon.group
        flags = tuple(r for r in loaded["flag"] if r.status != "retired")
        ruleset = _compile(flags, tuple(loaded["context"]), lexicons, tables, sources, faults)
        if not faults:
            return ruleset
    raise RuleError(faults)


def _read(path: Path, faults: list[str]) -> tuple[dict[str, Any] | None, str]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except OSError as error:
        faults.append(f"{path}: cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        faults.append(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{path}: not valid TOML: {error}")
    return None, ""


def _one(shape: Any, table: dict[str, Any], text: str, where: str, faults: list[str], trusted: bool) -> Any:
    if not trusted:
        from claimcheck.rulefaults import shape_faults

        if found := shape_faults(shape, table, text, where):
            faults.extend(found)
            return None
    try:
        return build(shape, table)
    except TypeError as error:
        faults.append(f"{where}:1: {error}")
        return None


def _slots(lexicons: Mapping[str, tuple[Group, ...]]) -> dict[str, int]:
    names: list[str] = []
    for lexicon, groups in sorted(lexicons.items()):
        names += [lexicon, *dict.fromkeys(f"{lexicon}.{g.name}" for g in groups)]
    return {name: number for number, name in enumerate(names)}


def _compile(
    flags: tuple[FlagRule, ...],
    contexts: tuple[ContextRule, ...],
    lexicons: Mapping[str, tuple[Group, ...]],
    tables: Mapping[str, dict[str, Any]],
    sources: Mapping[str, tuple[str, str]],
    faults: list[str],
) -> RuleSet:
    slots = _slots(lexicons)
    patterns: dict[str, tuple[Pattern, ...]] = {}

    def add(owner: str, key: str, phrases: Iterable[str], expressions: Iterable[str] = ()) -> None:
        compiled = []
        for make, texts in ((compile_phrase, phrases), (compile_expression, expressions)):
            for text in texts:
                try:
                    compiled.append(make(text, slots))
                except PhraseError as error:
                    from claimcheck.rulefaults import line_of_text

                    path, source = sources.get(key, (key, ""))
                    faults.append(f"{path}:{line_of_text(source, text)}: {error}")
        if compiled:
            patterns[owner] = tuple(compiled)

    for rule in flags:
        key = f"flag:{rule.id}"
        add(key, key, rule.match.any_phrase, rule.match.any_regex)
        for k, part in enumerate(rule.match.all_of):
            add(f"part:{rule.id}:{k}", key, part.any_phrase, part.any_regex)
        add(f"absent:{rule.id}", key, rule.match.absent_phrase, rule.match.absent_regex)
        add(f"overlap:{rule.id}", key, rule.unless.any_phrase, rule.unless.any_regex)
        add(f"unless:{rule.id}", key, rule.unless.sentence_phrase, rule.unless.sentence_regex)
    for context in contexts:
        key = f"context:{context.id}"
        for k, cue in enumerate(context.cue):
            add(f"{key}:cue:{k}", key, cue.any_phrase, cue.any_regex)
        for role in ("pseudo", "stop", "answered"):
            part: Part = getattr(context, role)
            add(f"{key}:{role}", key, part.any_phrase, part.any_regex)
    for name, table in tables.items():
        for entry in table.get("entry", ()):
            phrases, expressions = entry.get("any_phrase", ()), entry.get("any_regex", ())
            add(f"{table['kind']}:{name}:{entry['name']}", f"table:{name}", phrases, expressions)
    faults.extend(_names(flags, contexts, sources))
    return RuleSet(flags, contexts, lexicons, tables, slots, patterns)


def _names(
    flags: tuple[FlagRule, ...], contexts: tuple[ContextRule, ...], sources: Mapping[str, tuple[str, str]]
) -> list[str]:
    """Faults in the names that rules use for one another: families, contexts, predicates, absorbed rules."""
    from claimcheck.predicates import DOCUMENT_CHECKS, DOCUMENT_PREDICATES, PREDICATES
    from claimcheck.rulefaults import line_of_text, suggest

    known = {
        "family": list(FAMILIES),
        "context": [c.id for c in contexts],
        "rule": [r.id for r in flags],
        "predicate": [*PREDICATES, *DOCUMENT_PREDICATES],
        "check": list(DOCUMENT_CHECKS),
    }
    faults = []
    for rule in flags:
        path, source = sources[f"flag:{rule.id}"]
        used = [("family", rule.family)]
        used += [("context", c) for c in (*rule.unless.context, *rule.unless.keep)]
        used += [("rule", r) for r in rule.absorbs]
        used += [("predicate", p.removeprefix("not ")) for p in (*rule.match.when, *rule.unless.when)]
        used += [("predicate", p.removeprefix("not ")) for v in rule.variant for p in v.when]
        used += [("check", rule.match.document)] if rule.match.document else []
        for what, name in used:
            if name not in known[what]:
                line = line_of_text(source, f'"{name}"')
                faults.append(f"{path}:{line}: no {what} called {name!r}\n  {suggest(name, known[what])}")
    return faults
