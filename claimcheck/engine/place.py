"""A match in its surroundings, and what is known of the page it stands on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field

from claimcheck.context.scan import Scan
from claimcheck.model import Citation, PageType


class Facts(Struct, frozen=True, dict=True):
    """What is known of the page before its sentences are judged.

    `cited` gives, by sentence, the highest traceability (0-3) of the citations that support it; `levels` the
    highest ladder level of the evidence there, `sources` the citations themselves. `mislabelled`
    are the source offsets of names of journals and bodies that are wrong for the link they label. `misused` gives, by
    sentence, what is wrong with all that it cites: "null", "condition", "treatment"; `lent` the sentences beside which
    nothing but evidence of a drug or of standard care stands. `against_medicine`
    says that the page speaks against medicine in its own voice.
    """

    page_type: PageType = "info"
    cited: Mapping[int, int] = field(default_factory=dict)
    levels: Mapping[int, int] = field(default_factory=dict)
    sources: Mapping[int, tuple[Citation, ...]] = field(default_factory=dict)
    mislabelled: frozenset[tuple[int, int]] = frozenset()
    misused: Mapping[int, frozenset[str]] = field(default_factory=dict)
    lent: frozenset[int] = frozenset()
    against_medicine: bool = False

    @cached_property
    def evidenced(self) -> bool:
        """Whether the page describes any evidence."""
        return any(level > 0 for level in self.levels.values())

    def behind(self, sentence: int) -> Hashable:
        """What stands behind a sentence, as far as rules ask for it: the same for sentences backed alike."""
        if sentence not in self._backed:
            return None
        sources = tuple(
            [(c.link_class, c.traceability, c.quote, c.resolved, c.url) for c in self.sources.get(sentence, ())]
        )
        of_sentence = (facts.get(sentence) for facts in (self.cited, self.levels, self.misused))
        return sources, *of_sentence, sentence in self.lent

    @cached_property
    def _backed(self) -> Set[int]:
        return self.cited.keys() | self.levels.keys() | self.sources.keys() | self.misused.keys() | self.lent

    @cached_property
    def known(self) -> dict[tuple[str, int], bool]:
        """What has been found out of sentences, by predicate and sentence."""
        return {}


class Place(NamedTuple):
    """A match in its surroundings: the sentence's number and the match's offsets in it."""

    scan: Scan
    facts: Facts
    sentence: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """The folded sentence."""
        return self.scan.words[self.sentence].folded

    @property
    def kind(self) -> str:
        """The kind of block the sentence stands in."""
        document = self.scan.document
        return document.blocks[document.sentences[self.sentence].block].kind

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The citations that support the sentence."""
        return self.facts.sources.get(self.sentence, ())

    @property
    def misused(self) -> frozenset[str]:
        """What is wrong with all that the sentence cites; see `Facts`."""
        return self.facts.misused.get(self.sentence, frozenset())

    def has(self, *slots: str) -> bool:
        """Whether the sentence holds a term of any of these lexicons."""
        return self.scan.has(self.sentence, *slots)
