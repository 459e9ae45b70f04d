"""Which patterns can match a stretch of text, and where its lexicon terms are: one scan answers both.

One Aho-Corasick automaton holds every literal any pattern needs and every lexicon term. Scanning a text gives the
literals present (so that only patterns whose needs are met run at all) and the terms, which are marked in a copy
of the text for slots to match against.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

from claimcheck.phrases import CLOSE, OPEN, Pattern
from claimcheck.words import fold, forms, spellings


@dataclass(frozen=True, slots=True)
class Term:
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


class Matcher:
    """A set of named patterns over a set of lexicons, built once and then only read."""

    def __init__(
        self, patterns: Mapping[str, Iterable[Pattern]], terms: Iterable[Term], slots: Mapping[str, int]
    ) -> None:
        self._slot_keys = {number: f"{{{name}}}" for name, number in slots.items()}
        self._owners: list[str] = []
        self._patterns: list[Pattern] = []
        for owner, owned in patterns.items():
            for pattern in owned:
                self._owners.append(owner)
                self._patterns.append(pattern)
        self._always = [k for k, p in enumerate(self._patterns) if not p.needs]
        self._by_key: dict[str, list[int]] = defaultdict(list)
        literals: set[str] = set()
        for k, pattern in enumerate(self._patterns):
            for need in pattern.needs:
                literals |= {x for x in need if not x.startswith("{")}
            for key in pattern.needs[0] if pattern.needs else ():
                self._by_key[key].append(k)
        self._terms: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._terms[term.text].append(term)
        self._literals = literals
        self._words = sorted(literals | set(self._terms))
        self._term_of = [tuple(self._terms.get(w, ())) for w in self._words]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._words)

    @cached_property
    def _bytes_automaton(self) -> BytesAhoCorasick:
        return BytesAhoCorasick([w.encode() for w in self._words])

    def mark(self, text: str) -> Marked:
        """Scan `text` (a sentence or block) once for literals and lexicon terms."""
        folded = fold(text)
        scan = folded.replace("-", " ")
        if scan.isascii():
            hits = self._bytes_automaton.find_matches_as_indexes(scan.encode(), overlapping=True)
        else:
            hits = self._automaton.find_matches_as_indexes(scan, overlapping=True)
        keys: set[str] = set()
        found: list[tuple[int, int, Term]] = []
        for index, start, end in hits:
            keys.add(self._words[index])
            for term in self._term_of[index]:
                if (start and scan[start - 1].isalnum()) or (end < len(scan) and scan[end].isalnum()):
                    continue
                if term.cased and text[start:end] != term.cased:
                    continue
                found.append((start, end, term))
        spans = _longest(found)
        keys.update(self._slot_keys[slot] for _, _, slot in spans)
        return _marked(folded, spans, keys)

    def candidates(self, keys: Iterable[str] | None) -> Iterator[tuple[str, Pattern]]:
        """The patterns whose needs `keys` meet, with their owners' names; all of them where `keys` is None."""
        if keys is None:
            yield from zip(self._owners, self._patterns, strict=True)
            return
        have = keys if isinstance(keys, frozenset) else frozenset(keys)
        chosen = set(self._always)
        for key in have:
            chosen.update(self._by_key.get(key, ()))
        for k in sorted(chosen):
            if all(not need.isdisjoint(have) for need in self._patterns[k].needs[1:]):
                yield self._owners[k], self._patterns[k]


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
    opening: dict[int, str] = defaultdict(str)
    closing: dict[int, str] = defaultdict(str)
    for start, end, slot in spans:  # sorted by start, longest first: an outer term opens before an inner one
        opening[start] += chr(OPEN + slot)
        closing[end] = chr(CLOSE + slot) + closing[end]
    parts, marks, last, shift = [], [], 0, 0
    for at in sorted(opening.keys() | closing.keys()):
        inserted = closing.get(at, "") + opening.get(at, "")
        parts += [folded[last:at], inserted]
        marks.extend(range(at + shift, at + shift + len(inserted)))
        shift += len(inserted)
        last = at
    parts.append(folded[last:])
    return Marked(folded, "".join(parts), frozenset(keys), tuple(spans), tuple(marks))
