"""Rule files to a RuleSet: found, read, checked, compiled. Every fault of every file is reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from claimcheck.errors import RuleError
from claimcheck.home import rules_root
from claimcheck.model import FAMILIES
from claimcheck.rules import store
from claimcheck.rules.files import ContextRule, FlagRule, LexiconFile, build
from claimcheck.rules.ruleset import RuleSet, compile_rules, merged
from claimcheck.rules.vocabulary import DOCUMENT_CHECKS, DOCUMENT_PREDICATES, PREDICATES
from claimcheck.text.toml import read_toml

SHAPES: dict[str, Any] = {"flag": FlagRule, "context": ContextRule, "lexicon": LexiconFile}


@cache
def built_in() -> RuleSet:
    """The rules that come with claimcheck."""
    return _kept_or_loaded((rules_root(),), trusted=True)


def load_rules(*folders: Path | str) -> RuleSet:
    """The built-in rules, and those of `folders` (which may add rules and extend lexicons).

    Raises RuleError naming every fault of every file.
    """
    if not folders:
        return built_in()
    return _kept_or_loaded((rules_root(), *(Path(f) for f in folders)), trusted=False)


def _kept_or_loaded(roots: tuple[Path, ...], trusted: bool) -> RuleSet:
    """The rules as an earlier run compiled them, if nothing has changed since."""
    path = store.place(roots)
    found = store.fetch(path)
    if found is not None:
        return found
    rules = _load(roots, trusted)
    store.put(path, rules)
    return rules


def _load(roots: tuple[Path, ...], trusted: bool) -> RuleSet:
    """The rules in these folders."""
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
        flags = tuple(r for r in loaded["flag"] if r.status != "retired")
        ruleset = compile_rules(flags, tuple(loaded["context"]), merged(loaded["lexicon"]), tables, sources, faults)
        faults += _names(flags, ruleset.contexts, sources)
        if not faults:
            return ruleset
    raise RuleError(faults)


def _read(path: Path, faults: list[str]) -> tuple[dict[str, Any] | None, str]:
    try:
        return read_toml(path)
    except ValueError as error:
        faults.append(str(error))
        return None, ""


def _one(shape: Any, table: dict[str, Any], text: str, where: str, faults: list[str], trusted: bool) -> Any:
    if not trusted:
        from claimcheck.rules.faults import shape_faults

        if found := shape_faults(shape, table, text, where):
            faults.extend(found)
            return None
    try:
        return build(shape, table)
    except TypeError as error:
        faults.append(f"{where}:1: {error}")
        return None


def _names(
    flags: tuple[FlagRule, ...], contexts: tuple[ContextRule, ...], sources: Mapping[str, tuple[str, str]]
) -> list[str]:
    """Faults in the names that rules use for one another: families, contexts, predicates, absorbed rules."""
    from claimcheck.rules.faults import line_of_text, suggest

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
