"""Which patterns can match a stretch of text, and where its lexicon terms are: one scan answers both.

One Aho-Corasick automaton holds every literal any pattern needs and every lexicon term. Scanning a text gives the
literals present (so that only patterns whose needs are met run at all) and the terms, which are marked in a copy
of the text for slots to match against.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, reduce
from operator import or_

from ahocorasick_rs import BytesAhoCorasick
from msgspec import Struct

from claimcheck.patterns.literals import DIGIT, searchable
from claimcheck.patterns.phrases import CLOSE, OPEN, Pattern
from claimcheck.patterns.tables import CONTEXT, LEVELS, PlainTerm, Tables, Term, tables_of
from claimcheck.patterns.words import fold
from claimcheck.programs import expression

_REMEMBERED = 20_000
"""Sets of slots that are shared between texts."""

_DIGIT = expression(r"\d")

Found = tuple[int, int, tuple[int, ...]]
"""A term's start and end, and its slots: its lexicon, then its groups there."""

Entry = tuple[str, Pattern]
"""A pattern with its owner's name."""


class Marked(Struct, frozen=True):
    """A text ready for patterns: folded, with its lexicon terms marked.

    `terms` are in order of start; `keys` are the names of their slots.
    `cues` are the patterns of contexts whose words the text holds.
    """

    folded: str
    text: str
    keys: frozenset[str]
    terms: tuple[Found, ...]
    marks: tuple[int, ...]
    cues: tuple[Entry, ...]

    def plain(self, at: int) -> int:
        """The offset in the plain text of an offset in the marked text."""
        return at - bisect_left(self.marks, at)

    def span(self, m: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """Where a match lies in the plain text, without separators at its edges."""
        start, end = m.span(group)
        if self.marks:
            start, end = self.plain(start), self.plain(end)
        folded = self.folded
        while start < end and not (folded[start].isalnum() or folded[start] in "%#$€£★✔✓✅"):
            start += 1
        while end > start and not (folded[end - 1].isalnum() or folded[end - 1] in "%+★✔✓✅"):
            end -= 1
        return start, end


class _Bits(dict[str, int]):
    """The bits of each literal as one number, made when a text first holds it."""

    def __init__(self, where: Mapping[str, tuple[int, ...]]) -> None:
        super().__init__()
        self._where = where

    def __missing__(self, key: str) -> int:
        bits = self._where.get(key, ())
        octets = bytearray(max(bits, default=0) // 8 + 1)  # numbers of this length take long to add up
        for bit in bits:
            octets[bit >> 3] |= 1 << (bit & 7)
        number = self[key] = int.from_bytes(octets, "little")
        return number


class _Shard:
    """Some of the patterns. One pass over the literals of a text tells which of them have all their needs met."""

    def __init__(self, tables: Tables, number: int) -> None:
        self._rows = tables.patterns[number]
        self._size = len(self._rows)
        self._mask = (1 << self._size) - 1
        self._free = tables.free[number]
        self._rest = tables.rest[number]
        self._bits = _Bits(tables.where[number])
        self._entries: list[Entry | None] = [None] * self._size

    def all(self) -> list[Entry]:
        return [self._entry(n) for n in range(self._size)]

    def met_by(self, keys: set[str]) -> list[Entry]:
        size, rest, entries = self._size, self._rest, self._entries
        bits = reduce(or_, filter(None, map(self._bits.__getitem__, keys)), self._free)
        left = self._mask
        for level in range(LEVELS):
            left &= bits >> level * size
        found: list[Entry] = []
        while left:
            number = left.bit_length() - 1
            left ^= 1 << number
            if number in rest and not _all_met(rest[number], keys):
                continue
            found.append(entries[number] or self._entry(number))
        found.reverse()
        return found

    def _entry(self, number: int) -> Entry:
        entry = self._entries[number]
        if entry is None:
            owner, phrase, source, anchored = self._rows[number]
            entry = self._entries[number] = owner, Pattern(phrase, source, (), anchored)
        return entry


def _all_met(needs: tuple[frozenset[str], ...], keys: set[str]) -> bool:
    return not any(map(keys.isdisjoint, needs))


class Matcher:
    """A set of named patterns over a set of lexicons, built once and then only read.

    The patterns of contexts (their owners' names begin with "context:") are told from the others, since they run on
    fewer sentences.
    """

    def __init__(
        self, patterns: Mapping[str, Iterable[Pattern]], terms: Iterable[Term], slots: Mapping[str, int]
    ) -> None:
        self._use(tables_of(patterns, terms, slots))

    @classmethod
    def of(cls, tables: Tables) -> Matcher:
        """The matcher of tables made earlier."""
        matcher = cls.__new__(cls)
        matcher._use(tables)
        return matcher

    def _use(self, tables: Tables) -> None:
        self.tables = tables
        self._held: dict[frozenset[str], frozenset[str]] = {}  # many sentences speak of the same few things
        self._shards = [_Shard(tables, k) for k in range(len(tables.patterns))]

    @cached_property
    def _automaton(self) -> BytesAhoCorasick:
        return BytesAhoCorasick([w.encode() for w in self.tables.words])

    def mark(self, text: str, prefilter: bool = True) -> tuple[Marked, list[Entry]]:
        """Scan `text` (a sentence or block) once for literals and lexicon terms. Returns it ready for patterns, with
        the patterns whose words it holds, or without `prefilter` all; those of contexts are its cues."""
        folded = fold(text)
        _, _, _, _, words, first_term, terms, signs, slots = self.tables
        hits = self._automaton.find_matches_as_indexes(searchable(folded), overlapping=True)
        keys = {words[index] for index, _, _ in hits}
        found: list[Found] = []
        for index, start, end in hits:
            if index >= first_term:  # the word's spaces and the one before the text leave its start as it is
                for term in terms[index - first_term]:
                    if _stands(term, text, folded, start, end - 2):
                        found.append((start, end - 2, term[1]))
        keys.update([sign for sign in signs if sign in folded])
        if _DIGIT.search(folded):
            keys.add(DIGIT)
        chosen = _longest(found) if len(found) > 1 else found
        held = frozenset([slots[slot] for _, _, its in chosen for slot in its])
        if len(self._held) > _REMEMBERED:
            self._held.clear()
        if held not in self._held:
            self._held[held] = frozenset(name[1:-1] for name in held)
        keys |= held
        entries: list[Entry] = []
        for shard in self._shards:
            entries += shard.met_by(keys) if prefilter else shard.all()
        first_cue = len(entries)
        while first_cue and entries[first_cue - 1][0].startswith(CONTEXT):  # they come last
            first_cue -= 1
        marked, marks = _marked(folded, chosen) if chosen else (folded, ())
        whole = Marked(folded, marked, self._held[held], tuple(chosen), marks, tuple(entries[first_cue:]))
        return whole, entries[:first_cue]


def _stands(term: PlainTerm, text: str, folded: str, start: int, end: int) -> bool:
    """Whether a term whose letters and digits were found from `start` to `end` is there, sign for sign, as a word."""
    written, _, cased, plain = term
    if cased and text[start:end] != cased:
        return False
    if not plain and folded[start:end].replace("-", " ") != written:
        return False
    return not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum())


def _longest(found: list[Found]) -> list[Found]:
    """Leftmost-longest, non-overlapping terms of each lexicon, in order of start, the longer first.

    So a term inside a longer one of the same lexicon does not count: "knee pain" is no second "pain", and a "stem
    cell transplant" is no "stem cell".
    """
    found.sort(key=_leftmost_longest)
    last: dict[int, tuple[int, int]] = {}
    kept: list[Found] = []
    for start, end, slots in found:
        lexicon = slots[0]
        before = last.get(lexicon, _NOWHERE)
        if start >= before[1]:
            last[lexicon] = (start, end)
            kept.append((start, end, slots))
        elif before == (start, end):  # the same words in another group, or in another casing
            known = {slot for a, b, its in kept[-8:] if (a, b) == before for slot in its}
            if more := tuple([slot for slot in slots if slot not in known]):
                kept.append((start, end, more))
    return kept


def _marked(folded: str, terms: Iterable[Found]) -> tuple[str, tuple[int, ...]]:
    """The text with its terms marked, and the offsets of the marks in it."""
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    for start, end, slots in terms:  # an outer term opens before an inner one, and closes after it
        opening, closing = _signs(slots)
        opens[start] = opens[start] + opening if start in opens else opening
        closes[end] = closing + closes[end] if end in closes else closing
    parts: list[str] = []
    marks: list[int] = []
    last = shift = 0
    for at in sorted(opens.keys() | closes.keys()):
        signs = closes.get(at, "") + opens.get(at, "")
        parts += (folded[last:at], signs)
        marks += range(at + shift, at + shift + len(signs))
        shift += len(signs)
        last = at
    parts.append(folded[last:])
    return "".join(parts), tuple(marks)


@cache
def _signs(slots: tuple[int, ...]) -> tuple[str, str]:
    """What opens and what closes a term of these slots."""
    return "".join(chr(OPEN + s) for s in slots), "".join(chr(CLOSE + s) for s in reversed(slots))


def _leftmost_longest(term: Found) -> tuple[int, int]:
    return term[0], -term[1]


_NOWHERE = (0, 0)
