"""One pass over a page: its sentences, the lexicon terms in each, and every place a rule's pattern matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from claimcheck.model import Document, Sentence
from claimcheck.patterns.matcher import Marked, Matcher
from claimcheck.programs import expression
from claimcheck.rules.ruleset import RuleSet
from claimcheck.text.layout import governors
from claimcheck.text.sentences import cut


class Hit(NamedTuple):
    """A match of one of `owner`'s patterns, in offsets of the sentence."""

    owner: str
    sentence: int
    start: int
    end: int


Matches = Mapping[str, tuple[tuple[int, int], ...]]
"""Owners with the spans of their patterns."""


@dataclass(frozen=True)
class Scan:
    """What one pass found: of each sentence its words ready for patterns (`marked`), and by owner the spans of what
    matches them (`found`)."""

    document: Document
    rules: RuleSet
    marked: tuple[Marked, ...]
    found: tuple[Matches, ...]

    @cached_property
    def answers(self) -> dict[str, bool]:
        """What predicates have found out about the page as a whole, by question, so that each is asked once."""
        return {}

    @cached_property
    def shared(self) -> dict[str, Any]:
        """What readers of the page have worked out for one another, by name."""
        return {}

    @cached_property
    def governors(self) -> list[tuple[int, ...]]:
        """For each block, the numbers of those that may govern it."""
        return governors(self.document.blocks)

    @cached_property
    def _where(self) -> dict[str, list[int]]:
        """The sentences in which an owner's patterns match."""
        where: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self.found):
            for owner in found:
                where[owner].append(number)
        return dict(where)

    def hits(self, owner: str, sentence: int | None = None) -> list[Hit]:
        """The hits of an owner, in the whole page or in one sentence, in reading order."""
        numbers = self._where.get(owner, ()) if sentence is None else (sentence,)
        return [Hit(owner, n, start, end) for n in numbers for start, end in self.found[n].get(owner, ())]

    def has(self, sentence: int, *slots: str) -> bool:
        """Whether the sentence holds a term of any of these lexicons or groups."""
        return not self.marked[sentence].keys.isdisjoint(slots)

    def terms(self, sentence: int, slot: str) -> tuple[tuple[int, int, str], ...]:
        """The terms of one lexicon or group in the sentence: (start, end, folded text)."""
        marked = self.marked[sentence]
        return marked.of(slot, self.rules.slots[slot]) if slot in marked.keys else ()

    def source_span(self, sentence: int, start: int, end: int) -> tuple[int, int]:
        """The source offsets of a stretch of a sentence."""
        s = self.document.sentences[sentence]
        block = self.document.blocks[s.block]
        return block.map.start_of(s.at + start), block.map.end_of(s.at + end)


LONGEST = 4_000
"""Characters of a sentence; what runs on longer is no prose and is read in pieces, so that the work stays bounded."""


def sentences_of(document: Document) -> Document:
    """The document with its sentences cut (strength and contexts not yet judged), and a notice of any too long."""
    found = []
    runaway = 0
    for number, block in enumerate(document.blocks):
        if block.kind == "code":
            continue
        text, where, shift = block.text, block.map, block.map.shift
        for low, high in cut(text):
            if high - low <= LONGEST and shift is not None:  # nearly all
                found.append(Sentence(text[low:high], low + shift, high + shift, number, low))
                continue
            runaway += high - low > LONGEST
            for start, end in _pieces(text, low, high):
                found.append(Sentence(text[start:end], where.start_of(start), where.end_of(end), number, start))
    notices = document.notices
    if runaway:
        which = "a sentence was" if runaway == 1 else f"{runaway} sentences were"
        notices += (f"{which} longer than {LONGEST:,} characters and read in pieces; is there punctuation missing?",)
    return replace(document, sentences=tuple(found), notices=notices)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in stretches of at most `LONGEST` characters, cut between words where there is a space."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > 0 else start + LONGEST
        yield start, stop
        start = stop + (space > 0)
    yield start, end


def scan(document: Document, rules: RuleSet, prefilter: bool = True) -> Scan:
    """Find every match of every rule in a document whose sentences are cut.

    `prefilter=False` runs every pattern everywhere; the result is the same, which a test shows.
    """
    known = _known(rules) if prefilter else _Known(rules.matcher, prefilter)
    read = [known[sentence.text] for sentence in document.sentences]
    return Scan(document, rules, tuple([marked for marked, _ in read]), tuple([found for _, found in read]))


_REMEMBERED = 1_500_000
"""Characters of sentences that are remembered: what a site says on every page is read once. About 50 MB."""


def _known(rules: RuleSet) -> _Known:
    known: _Known = rules.shared.setdefault("sentences", _Known(rules.matcher, True))
    return known


class _Known(dict[str, tuple[Marked, Matches]]):
    """Sentences ready for patterns, each with what matches it. When it is half full, what was not met since the last
    time is forgotten."""

    def __init__(self, matcher: Matcher, prefilter: bool) -> None:
        super().__init__()
        self._matcher, self._prefilter = matcher, prefilter
        self._held = 0
        self._before: dict[str, tuple[Marked, Matches]] = {}

    def __missing__(self, text: str) -> tuple[Marked, Matches]:
        self._held += len(text)
        if self._held > _REMEMBERED // 2:
            self._before = dict(self)
            self.clear()
            self._held = len(text)
        result = self[text] = self._before.pop(text) if text in self._before else self._read(text)
        return result

    def _read(self, text: str) -> tuple[Marked, Matches]:
        marked, candidates = self._matcher.mark(without_addresses(text), self._prefilter)
        found: dict[str, list[tuple[int, int]]] = {}
        for owner, pattern in candidates:
            for m in pattern.find(marked.text):
                span = marked.span(m, pattern.group)
                if span[1] > span[0]:
                    found.setdefault(owner, []).append(span)
        return marked, {owner: _disjoint(spans) for owner, spans in found.items()} if found else _NOTHING


_NOTHING: Matches = {}
_ADDRESS = expression(r"(?:https?://|www\.)\S+")


def without_addresses(text: str) -> str:
    """The text with the characters of web addresses blotted out one by one: their words are nobody's claim."""
    return _ADDRESS.sub(lambda m: "/" * len(m[0]), text) if "://" in text or "www." in text else text


def _disjoint(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, without any that overlaps an earlier or (at the same start) a longer one."""
    if len(spans) == 1:
        return tuple(spans)
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
