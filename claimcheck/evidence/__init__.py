"""What a page rests on: its citations, the studies it describes, and which sentences each of them stands behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct, field

from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence.grounding import gather
from claimcheck.evidence.labels import wrong_labels
from claimcheck.evidence.relevance import CONDITION, SMALL, TREATMENT, misused
from claimcheck.model import Citation, Evidence

__all__ = ["Ground", "ground", "wrong_labels"]


class Ground(Struct, frozen=True):
    """A page's citations and evidence, in reading order.

    `supports` gives, by sentence number, the indexes of the citations that support it; `described` the indexes of
    the evidence in its window; `unfit` in what (see `relevance`) evidence there does not fit it. Sentences without any
    are absent.
    """

    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    supports: Mapping[int, tuple[int, ...]]
    described: Mapping[int, tuple[int, ...]]
    unfit: Mapping[int, Mapping[int, frozenset[str]]] = field(default_factory=dict)

    @property
    def cited(self) -> dict[int, int]:
        """By sentence, the best traceability (0-3) of the citations that support it."""
        return {n: max(self.citations[k].traceability for k in ks) for n, ks in self.supports.items() if ks}

    @property
    def misused(self) -> dict[int, frozenset[str]]:
        """By sentence, the faults (see `relevance`) of all that it cites."""
        return misused(self.citations, self.evidence, self.supports, self.unfit)

    @property
    def lent(self) -> frozenset[int]:
        """The sentences in whose window nothing stands but evidence of a drug or of standard care."""
        return frozenset(n for n, ks in self.described.items() if all(self.evidence[k].other for k in ks))

    @property
    def sources(self) -> dict[int, tuple[Citation, ...]]:
        """By sentence, the citations that support it."""
        return {n: tuple(self.citations[k] for k in ks) for n, ks in self.supports.items()}

    def level(self, number: int, k: int) -> int:
        """What a piece of evidence is worth to a sentence: its ladder level (0-9), one less where it is about another
        condition or very few people, 0 where it tested something else or points against it."""
        faults = self.unfit.get(number, {}).get(k, frozenset())
        if self.evidence[k].direction == "against" or self.evidence[k].other or TREATMENT in faults:
            return 0
        return max(0, self.evidence[k].level - len(faults & {CONDITION, SMALL}))

    @property
    def levels(self) -> dict[int, int]:
        """By sentence, the best ladder level (0-9) of the evidence in its window that does not point against it."""
        found: dict[int, int] = defaultdict(int)
        for number, ks in self.described.items():
            for k in ks:
                if level := self.level(number, k):
                    found[number] = max(found[number], level)
        return dict(found)


def ground(scan: Scan, surroundings: Surroundings, base_url: str = "") -> Ground:
    """What the page cites and describes.

    `base_url` is the page's address where it is known; a document named by its address needs none. Without one,
    links to the page's own site are told by the names it gives itself.
    """
    return Ground(*gather(scan, surroundings, base_url))
