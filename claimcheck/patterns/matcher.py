"""Which patterns can match a stretch of text, and where its lexicon terms are: one scan answers both.

One Aho-Corasick automaton holds every literal any pattern needs and every lexicon term. Scanning a text gives the
literals present (so that only patterns whose needs are met run at all) and the terms, which are marked in a copy
of the text for slots to match against.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import BytesAhoCorasick

from claimcheck.patterns.literals import is_sign, literal, searchable
from claimcheck.patterns.phrases import CLOSE, OPEN, Pattern
from claimcheck.patterns.words import fold, forms, spellings

_OTHER_DIGIT = re.compile(r"[^\D0-9]")

CONTEXT = "context:"
"""How the names of the owners of contexts' patterns begin."""


@dataclass(frozen=True, slots=True)
class Term:
    """One way a lexicon term is written. `slots` number its lexicon (first) and its groups there; `cased` is the
    only casing that counts (for acronyms that are also words), empty for any."""

    text: str
    slots: tuple[int, ...]
    cased: str = ""

    @property
    def plain(self) -> bool:
        """Whether it is one word of letters and digits."""
        return self.text.isalnum() and self.text.isascii()


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


@dataclass(frozen=True)
class Marked:
    """A text ready for patterns: folded, with its lexicon terms marked and the literals it contains.

    `terms` are (start, end, slot) in the plain text, in order of start.
    """

    folded: str
    text: str
    keys: frozenset[str]
    terms: tuple[tuple[int, int, int], ...]
    marks: tuple[int, ...]

    @cached_property
    def by_slot(self) -> dict[int | None, list[tuple[int, int]]]:
        """The terms of each slot, in order of start."""
        out: dict[int | None, list[tuple[int, int]]] = {}
        for start, end, slot in self.terms:
            out.setdefault(slot, []).append((start, end))
        return out

    def plain(self, at: int) -> int:
        """The offset in the plain text of an offset in the marked text."""
        return at - bisect_left(self.marks, at)

    def span(self, m: re.Match[str], group: str | int = 0) -> tuple[int, int]:
        """Where a match lies in the plain text, without separators at its edges."""
        start, end = self.plain(m.start(group)), self.plain(m.end(group))
        while start < end and not (self.folded[start].isalnum() or self.folded[start] in "%#$€£★✔✓✅"):
            start += 1
        while end > start and not (self.folded[end - 1].isalnum() or self.folded[end - 1] in "%+★✔✓✅"):
            end -= 1
        return start, end


_LEVELS = 3
"""Needs of a pattern that are asked as bits; the few patterns that pass are asked for the rest one by one."""

_SHARD = 4096
"""Patterns whose bits share one number, so that the bits of a literal stay few however many rules there are."""


class _Index:
    """Patterns arranged by the literals they need. Bit k of a literal's n-th number says that pattern k has it among
    its n-th need, so that one pass over the literals of a text tells which patterns have all their needs met."""

    def __init__(self, patterns: list[tuple[str, Pattern]]) -> None:
        self.patterns = patterns
        bits: dict[str, list[int]] = {}
        free = [0] * _LEVELS
        for number, (_, pattern) in enumerate(patterns):
            for level in range(_LEVELS):
                if level >= len(pattern.needs):
                    free[level] |= 1 << number
                    continue
                for key in pattern.needs[level]:
                    bits.setdefault(key, [0] * _LEVELS)[level] |= 1 << number
        self._bits = {key: (a, b, c) for key, (a, b, c) in bits.items()}
        self._free = free

    def met_by(self, keys: frozenset[str]) -> Iterator[tuple[str, Pattern]]:
        first, second, third = self._free
        find = self._bits.get
        for key in keys:
            if found := find(key):
                a, b, c = found
                first |= a
                second |= b
                third |= c
        left = first & second & third
        while left:
            lowest = left & -left
            left ^= lowest
            entry = self.patterns[lowest.bit_length() - 1]
            for need in entry[1].needs[_LEVELS:]:
                if need.isdisjoint(keys):
                    break
            else:
                yield entry


def _indexes(patterns: list[tuple[str, Pattern]]) -> list[_Index]:
    return [_Index(patterns[k : k + _SHARD]) for k in range(0, len(patterns), _SHARD)]


class Matcher:
    """A set of named patterns over a set of lexicons, built once and then only read.

    The patterns of contexts (their owners' names begin with "context:") are told from the others, since they run on
    fewer sentences.
    """

    def __init__(
        self, patterns: Mapping[str, Iterable[Pattern]], terms: Iterable[Term], slots: Mapping[str, int]
    ) -> None:
        everything = [(owner, pattern) for owner, owned in patterns.items() for pattern in owned]
        self._flags = _indexes([p for p in everything if not p[0].startswith(CONTEXT)])
        self._cues = _indexes([p for p in everything if p[0].startswith(CONTEXT)])
        self._slot_keys = {number: f"{{{name}}}" for name, number in slots.items()}
        literals = {x for _, pattern in everything for need in pattern.needs for x in need if not x.startswith("{")}
        self._signs = tuple(sorted(x for x in literals if is_sign(x)))
        by_word: dict[str, list[Term]] = {x: [] for x in sorted(literals) if not is_sign(x)}
        for term in terms:
            by_word.setdefault(literal(term.text, True, True), []).append(term)
        self._words = tuple(by_word)
        self._terms = tuple(tuple(t) for t in by_word.values())

    @cached_property
    def _automaton(self) -> BytesAhoCorasick:
        return BytesAhoCorasick([w.encode() for w in self._words])

    def mark(self, text: str) -> Marked:
        """Scan `text` (a sentence or block) once for literals and lexicon terms."""
        folded = fold(text)
        words, terms = self._words, self._terms
        keys: set[str] = set()
        found: list[tuple[int, int, Term]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(searchable(folded), overlapping=True):
            keys.add(words[index])
            for term in terms[index]:  # the word's spaces and the one before the text leave its start as it is
                if _stands(term, text, folded, start, end - 2):
                    found.append((start, end - 2, term))
        keys.update([sign for sign in self._signs if sign in folded])
        if not folded.isascii() and _OTHER_DIGIT.search(folded):
            keys.add("0")  # for an expression any script's digit is one
        if not found:
            return Marked(folded, folded, frozenset(keys), (), ())
        spans = _longest(found)
        keys.update([self._slot_keys[slot] for _, _, slot in spans])
        return _marked(folded, spans, keys)

    def candidates(self, keys: frozenset[str] | None) -> Iterator[tuple[str, Pattern]]:
        """The patterns whose needs `keys` meet, with their owners' names; all of them where `keys` is None."""
        return _of(self._flags, keys)

    def cues(self, keys: frozenset[str] | None) -> Iterator[tuple[str, Pattern]]:
        """The same for the patterns of contexts."""
        return _of(self._cues, keys)


def _of(indexes: list[_Index], keys: frozenset[str] | None) -> Iterator[tuple[str, Pattern]]:
    for index in indexes:
        yield from index.patterns if keys is None else index.met_by(keys)


def _stands(term: Term, text: str, folded: str, start: int, end: int) -> bool:
    """Whether a term whose letters and digits were found from `start` to `end` is there, sign for sign, as a word."""
    if term.cased and text[start:end] != term.cased:
        return False
    if not term.plain and folded[start:end].replace("-", " ") != term.text:
        return False
    return not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum())


def _longest(found: list[tuple[int, int, Term]]) -> list[tuple[int, int, int]]:
    """Leftmost-longest, non-overlapping terms of each lexicon, as spans of its slot and its groups' slots.

    So a term inside a longer one of the same lexicon does not count: "knee pain" is no second "pain", and a "stem
    cell transplant" is no "stem cell".
    """
    found.sort(key=lambda f: (f[0], -f[1]))
    last: dict[int, tuple[int, int]] = {}
    kept: list[tuple[int, int, int]] = []
    for start, end, term in found:
        lexicon = term.slots[0]
        if start >= last.get(lexicon, (0, 0))[1]:
            last[lexicon] = (start, end)
            kept.extend((start, end, slot) for slot in term.slots)
        elif last[lexicon] == (start, end):  # the same words in another group, or in another casing
            kept.extend((start, end, slot) for slot in term.slots if (start, end, slot) not in kept[-8:])
    return kept


def _marked(folded: str, spans: list[tuple[int, int, int]], keys: set[str]) -> Marked:
    inserted: dict[int, tuple[str, str]] = {}  # what closes there, then what opens
    for start, end, slot in spans:  # sorted by start, longest first: an outer term opens before an inner one
        closing, opening = inserted.get(start, _NOTHING)
        inserted[start] = closing, opening + chr(OPEN + slot)
        closing, opening = inserted.get(end, _NOTHING)
        inserted[end] = chr(CLOSE + slot) + closing, opening
    parts: list[str] = []
    marks: list[int] = []
    last = shift = 0
    for at in sorted(inserted):
        signs = "".join(inserted[at])
        parts += (folded[last:at], signs)
        marks.extend(range(at + shift, at + shift + len(signs)))
        shift += len(signs)
        last = at
    parts.append(folded[last:])
    return Marked(folded, "".join(parts), frozenset(keys), tuple(spans), tuple(marks))


_NOTHING = ("", "")
