"""A RuleSet: rules, contexts and word lists compiled into what a scan needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from claimcheck.patterns.expressions import compile_expression
from claimcheck.patterns.matcher import Matcher
from claimcheck.patterns.phrases import Pattern, compile_phrase
from claimcheck.patterns.phrasetree import PhraseError
from claimcheck.patterns.tables import Tables, Term, tables_of, term_spellings
from claimcheck.rules.files import ContextRule, FlagRule, Group, LexiconFile, Part


class RuleSet(Struct, frozen=True, dict=True):
    """Everything the engine judges with. `tables` are the data files of other kinds, by id, as parsed; `lookup` is
    what the matcher looks patterns and terms up in."""

    flags: tuple[FlagRule, ...]
    contexts: tuple[ContextRule, ...]
    lexicons: Mapping[str, tuple[Group, ...]]
    tables: Mapping[str, dict[str, Any]]
    slots: Mapping[str, int]
    lookup: Tables

    @cached_property
    def shared(self) -> dict[str, Any]:
        """What readers of many pages have worked out for one another, by name."""
        return {}

    @cached_property
    def rule(self) -> dict[str, FlagRule]:
        """Flag rules by id."""
        return {r.id: r for r in self.flags}

    @cached_property
    def order(self) -> tuple[ContextRule, ...]:
        """The contexts in their order of decision."""
        return tuple(sorted(self.contexts, key=lambda c: c.order))

    @cached_property
    def spreading(self) -> tuple[ContextRule, ...]:
        """The contexts whose cues count in a neighbouring sentence too."""
        return tuple(c for c in self.contexts if c.neighbours)

    @cached_property
    def dropping(self) -> frozenset[str]:
        """The ids of contexts that excuse every rule's matches, unless the rule says otherwise."""
        return frozenset(c.id for c in self.contexts if c.effect == "drop" and c.default)

    @cached_property
    def endings(self) -> frozenset[str]:
        """The last characters of sentences that open a context by them."""
        return frozenset().union(*(c.endings for c in self.contexts))

    @cached_property
    def matcher(self) -> Matcher:
        """Finds what rules, evidence and contexts look for."""
        return Matcher.of(self.lookup)

    @cached_property
    def systems(self) -> dict[int, str]:
        """Body system by the slot number of a condition group."""
        groups = self.lexicons.get("condition", ())
        return {self.slots[f"condition.{g.name}"]: g.system for g in groups if g.system}

    @cached_property
    def serious(self) -> frozenset[str]:
        """The condition groups that need medical supervision."""
        return frozenset(f"condition.{g.name}" for g in self.lexicons.get("condition", ()) if g.serious)


def _slots(lexicons: Mapping[str, tuple[Group, ...]]) -> dict[str, int]:
    names: list[str] = []
    for lexicon, groups in sorted(lexicons.items()):
        names += [lexicon, *dict.fromkeys(f"{lexicon}.{g.name}" for g in groups)]
    return {name: number for number, name in enumerate(names)}


def _terms(lexicons: Mapping[str, tuple[Group, ...]], slots: Mapping[str, int]) -> tuple[Term, ...]:
    """Every way every lexicon term is written."""
    found: dict[tuple[str, str, int], set[int]] = {}
    for lexicon, groups in lexicons.items():
        whole = slots[lexicon]
        for group in groups:
            own = slots[f"{lexicon}.{group.name}"]
            for term, cased in [(t, "") for t in group.terms] + [(t, t) for t in group.cased]:
                for way in term_spellings(term):
                    found.setdefault((way, cased, whole), set()).add(own)
    return tuple(Term(text, (whole, *sorted(own)), cased) for (text, cased, whole), own in found.items())


def merged(lexicons: Iterable[LexiconFile]) -> dict[str, tuple[Group, ...]]:
    """The groups of each lexicon; files of one name add up."""
    found: dict[str, tuple[Group, ...]] = {}
    for lexicon in lexicons:
        found[lexicon.id] = found.get(lexicon.id, ()) + lexicon.group
    return found


def compile_rules(
    flags: tuple[FlagRule, ...],
    contexts: tuple[ContextRule, ...],
    lexicons: Mapping[str, tuple[Group, ...]],
    tables: Mapping[str, dict[str, Any]],
    sources: Mapping[str, tuple[str, str]],
    faults: list[str],
) -> RuleSet:
    """Compile what rule files hold. `sources` gives path and text by kind and id; faults are appended."""
    slots = _slots(lexicons)
    shorthands = {e["name"]: e["phrase"] for e in tables.get("shorthand", {}).get("entry", ())}
    patterns: dict[str, tuple[Pattern, ...]] = {}

    def add(owner: str, key: str, phrases: Iterable[str], expressions: Iterable[str] = ()) -> None:
        compiled = []
        for make, texts in ((compile_phrase, phrases), (compile_expression, expressions)):
            for text in texts:
                try:
                    compiled.append(make(text, slots, shorthands))
                except RecursionError:
                    path, source = sources.get(key, (key, ""))
                    faults.append(f"{path}:{_line_of(source, text)}: brackets are nested too deep in {text[:40]!r}")
                except PhraseError as error:
                    path, source = sources.get(key, (key, ""))
                    faults.append(f"{path}:{_line_of(source, text)}: {error}")
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
            words: Part = getattr(context, role)
            add(f"{key}:{role}", key, words.any_phrase, words.any_regex)
    for name, table in tables.items():
        for entry in table.get("entry", ()):
            phrases, expressions = entry.get("any_phrase", ()), entry.get("any_regex", ())
            add(f"{table['kind']}:{name}:{entry['name']}", f"table:{name}", phrases, expressions)
    lookup = tables_of(patterns, _terms(lexicons, slots), slots)
    return RuleSet(flags, contexts, lexicons, tables, slots, lookup)


def _line_of(source: str, text: str) -> int:
    from claimcheck.rules.faults import line_of_text

    return line_of_text(source, text)
