"""One pass over a page: its sentences, the lexicon terms in each, and every place a rule's pattern matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.context.words import Known, Words, words_of
from claimcheck.model import Document, Sentence
from claimcheck.rules.ruleset import RuleSet
from claimcheck.text.layout import governors
from claimcheck.text.remember import remembered
from claimcheck.text.sentences import cut


class Hit(NamedTuple):
    """A match of one of `owner`'s patterns, in offsets of the sentence."""

    owner: str
    sentence: int
    start: int
    end: int


class Scan(Struct, frozen=True, dict=True):
    """A page with what the words of each of its sentences say."""

    document: Document
    rules: RuleSet
    words: tuple[Words, ...]

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
        for number, words in enumerate(self.words):
            for owner in words.found:
                where[owner].append(number)
        return dict(where)

    def holding(self, owner: str) -> Sequence[int]:
        """The numbers of the sentences in which an owner's patterns match."""
        return self._where.get(owner, ())

    def hits(self, owner: str, sentence: int | None = None) -> list[Hit]:
        """The hits of an owner, in the whole page or in one sentence, in reading order."""
        numbers = self.holding(owner) if sentence is None else (sentence,)
        return [Hit(owner, n, start, end) for n in numbers for start, end in self.words[n].found.get(owner, ())]

    def has(self, sentence: int, *slots: str) -> bool:
        """Whether the sentence holds a term of any of these lexicons or groups."""
        return not self.words[sentence].keys.isdisjoint(slots)

    def terms(self, sentence: int, slot: str) -> tuple[tuple[int, int, str], ...]:
        """The terms of one lexicon or group in the sentence: (start, end, folded text)."""
        words = self.words[sentence]
        if slot not in words.keys:
            return ()
        number, folded = self.rules.slots[slot], words.folded
        return tuple([(start, end, folded[start:end]) for start, end, slots in words.terms if number in slots])

    def systems(self, sentence: int) -> list[tuple[int, int, str]]:
        """The conditions the sentence names that have a body system: (start, end, system)."""
        systems = self.rules.systems
        terms = self.words[sentence].terms
        return [(start, end, systems[slot]) for start, end, slots in terms for slot in slots if slot in systems]

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
        for words, low, high in _cut(text):
            if high - low <= LONGEST and shift is not None:  # nearly all
                found.append(Sentence(words, low + shift, high + shift, number, low))
                continue
            runaway += high - low > LONGEST
            for start, end in _pieces(text, low, high):
                found.append(Sentence(text[start:end], where.start_of(start), where.end_of(end), number, start))
    notices = document.notices
    if runaway:
        which = "a sentence was" if runaway == 1 else f"{runaway} sentences were"
        notices += (f"{which} longer than {LONGEST:,} characters and read in pieces; is there punctuation missing?",)
    return replace(document, sentences=tuple(found), notices=notices)


@remembered
def _cut(text: str) -> tuple[tuple[str, int, int], ...]:
    """The sentences of a block's text: the words, and where they begin and end."""
    return tuple([(text[low:high], low, high) for low, high in cut(text)])


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
    known = known_to(rules)
    read = known.__getitem__ if prefilter else partial(words_of, rules=rules, prefilter=False)
    return Scan(document, rules, tuple(map(read, [sentence.text for sentence in document.sentences])))


def known_to(rules: RuleSet) -> Known:
    """The sentences that were read by these rules."""
    known: Known = rules.shared.setdefault("sentences", Known(rules))
    return known
