"""One pass over a page: its sentences, the lexicon terms in each, and every place a rule's pattern matches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from claimcheck.model import Document, Sentence
from claimcheck.patterns.matcher import Marked
from claimcheck.rules.ruleset import RuleSet
from claimcheck.text.layout import governors
from claimcheck.text.sentences import cut


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of one of `owner`'s patterns, in offsets of the sentence."""

    owner: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True)
class Scan:
    """What one pass found. `by_owner` and `by_sentence` hold the same hits, in reading order."""

    document: Document
    rules: RuleSet
    marked: tuple[Marked, ...]
    by_owner: dict[str, list[Hit]]
    by_sentence: dict[int, dict[str, list[Hit]]]

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

    def hits(self, owner: str, sentence: int | None = None) -> list[Hit]:
        """The hits of an owner, in the whole page or in one sentence."""
        if sentence is None:
            return self.by_owner.get(owner, [])
        return self.by_sentence.get(sentence, {}).get(owner, [])

    def has(self, sentence: int, *slots: str) -> bool:
        """Whether the sentence holds a term of any of these lexicons or groups."""
        keys = self.marked[sentence].keys
        return any(f"{{{slot}}}" in keys for slot in slots)

    def terms(self, sentence: int, slot: str) -> Iterator[tuple[int, int, str]]:
        """The terms of one lexicon or group in the sentence: (start, end, folded text)."""
        number = self.rules.slots.get(slot)
        marked = self.marked[sentence]
        for start, end in marked.by_slot.get(number, ()):
            yield start, end, marked.folded[start:end]

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
        for low, high in cut(block.text):
            runaway += high - low > LONGEST
            for start, end in _pieces(block.text, low, high):
                place = block.map.start_of(start), block.map.end_of(end)
                found.append(Sentence(block.text[start:end], *place, number, start))
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
    matcher = rules.matcher
    marked = []
    by_owner: dict[str, list[Hit]] = defaultdict(list)
    by_sentence: dict[int, dict[str, list[Hit]]] = {}
    for number, sentence in enumerate(document.sentences):
        view = matcher.mark(without_addresses(sentence.text), prefilter)
        marked.append(view)
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for owner, pattern in view.candidates:
            for m in pattern.matches(view.text):
                span = view.span(m, pattern.group)
                if span[1] > span[0]:
                    found[owner].append(span)
        if found:
            here = by_sentence[number] = {}
            for owner, spans in found.items():
                here[owner] = [Hit(owner, number, a, b) for a, b in _disjoint(spans)]
                by_owner[owner].extend(here[owner])
    return Scan(document, rules, tuple(marked), dict(by_owner), by_sentence)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def without_addresses(text: str) -> str:
    """The text with the characters of web addresses blotted out one by one: their words are nobody's claim."""
    return _ADDRESS.sub(lambda m: "/" * len(m[0]), text) if "://" in text or "www." in text else text


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, without any that overlaps an earlier or (at the same start) a longer one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
