"""What a matcher looks things up in, as plain values that can be kept between runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from claimcheck.patterns.literals import is_sign, literal
from claimcheck.patterns.phrases import Pattern
from claimcheck.patterns.words import fold, forms, spellings

CONTEXT = "context:"
"""How the names of the owners of contexts' patterns begin."""

LEVELS = 4
"""Needs of a pattern that are asked as bits; the few patterns that pass are asked for the rest one by one."""

SHARD = 8192
"""Patterns whose bits share one number, so that the bits of a literal stay few however many rules there are."""


class Term(Struct, frozen=True):
    """One way a lexicon term is written. `slots` number its lexicon (first) and its groups there; `cased` is the
    only casing that counts (for acronyms that are also words), empty for any."""

    text: str
    slots: tuple[int, ...]
    cased: str = ""


def term_spellings(term: str) -> set[str]:
    """The folded ways a lexicon entry is written: inflections for "~", US/UK spelling, hyphens apart or joined."""
    ways = [""]
    for k, word in enumerate(re.split(r"([ \-])", term)):
        if k % 2:  # a separator: a space, or a hyphen that may also be joined
            ways = [w + " " for w in ways] + (ways if word == "-" else [])
        else:
            low = fold(word.rstrip("~"))
            choices = forms(low) if word.endswith("~") else spellings(low)
            ways = [w + c for w in ways for c in choices]
    return set(ways)


PlainTerm = tuple[str, tuple[int, ...], str, bool]
"""A term as the scan reads it: text, slots, casing, and whether it is one word of letters and digits."""


class Tables(NamedTuple):
    """Patterns, in shards and numbered in each, and the literals and terms to look for.

    `patterns` are (owner, phrase, source, anchored), those of contexts last; `where` gives for a literal, by shard,
    the bits it sets: bit `level * size + number` says that pattern `number` has it among its need of that level.
    `free` are the bits that no literal needs to set, `rest` the needs below the last level by number. The words that
    are terms come last in `words`, from `first_term` on, with their `terms` beside them.
    """

    patterns: tuple[tuple[tuple[str, str, str, bool], ...], ...]
    where: tuple[dict[str, tuple[int, ...]], ...]
    free: tuple[int, ...]
    rest: tuple[dict[int, tuple[frozenset[str], ...]], ...]
    words: tuple[str, ...]
    first_term: int
    terms: tuple[tuple[PlainTerm, ...], ...]
    signs: tuple[str, ...]
    slots: dict[int, str]


def tables_of(patterns: Mapping[str, Iterable[Pattern]], terms: Iterable[Term], slots: Mapping[str, int]) -> Tables:
    """The tables for named patterns over lexicons."""
    everything = [(owner, pattern) for owner, owned in patterns.items() for pattern in owned]
    everything.sort(key=lambda p: p[0].startswith(CONTEXT))  # a stable sort: else in the order given
    shards = [everything[k : k + SHARD] for k in range(0, len(everything), SHARD)]
    indexed = [_index(shard) for shard in shards]
    literals = {x for _, pattern in everything for need in pattern.needs for x in need if not x.startswith("{")}
    by_word: dict[str, list[PlainTerm]] = {}
    for t in terms:
        plain = t.text.isalnum() and t.text.isascii()
        by_word.setdefault(literal(t.text, True, True), []).append((t.text, t.slots, t.cased, plain))
    bare = sorted(x for x in literals if not is_sign(x) and x not in by_word)
    return Tables(
        patterns=tuple(tuple((o, p.phrase, p.source, p.anchored) for o, p in shard) for shard in shards),
        where=tuple(where for where, _, _ in indexed),
        free=tuple(free for _, free, _ in indexed),
        rest=tuple(rest for _, _, rest in indexed),
        words=(*bare, *by_word),
        first_term=len(bare),
        terms=tuple(map(tuple, by_word.values())),
        signs=tuple(sorted(x for x in literals if is_sign(x))),
        slots={number: f"{{{name}}}" for name, number in slots.items()},
    )


def _index(shard: list[tuple[str, Pattern]]) -> tuple[dict[str, tuple[int, ...]], int, dict[int, Any]]:
    where: dict[str, list[int]] = {}
    free, size = 0, len(shard)
    for number, (_, pattern) in enumerate(shard):
        for level in range(LEVELS):
            if level >= len(pattern.needs):
                free |= 1 << level * size + number
                continue
            for key in pattern.needs[level]:
                where.setdefault(key, []).append(level * size + number)
    rest = {n: p.needs[LEVELS:] for n, (_, p) in enumerate(shard) if len(p.needs) > LEVELS}
    return {key: tuple(bits) for key, bits in where.items()}, free, rest
