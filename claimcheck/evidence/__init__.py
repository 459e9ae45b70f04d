"""What a page rests on: its citations, the studies it describes, and which sentences each of them stands behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence.grounding import gather
from claimcheck.evidence.labels import wrong_labels
from claimcheck.model import Citation, Evidence

__all__ = ["Ground", "ground", "wrong_labels"]


@dataclass(frozen=True)
class Ground:
    """A page's citations and evidence, in reading order.

    `supports` gives, by sentence number, the indexes of the citations that support it; `described` the indexes of
    the evidence in its window. Sentences without any are absent.
    """

    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    supports: Mapping[int, tuple[int, ...]]
    described: Mapping[int, tuple[int, ...]]

    @property
    def cited(self) -> dict[int, int]:
        """By sentence, the best traceability (0-3) of the citations that support it."""
        return {n: max(self.citations[k].traceability for k in ks) for n, ks in self.supports.items() if ks}

    @property
    def sources(self) -> dict[int, tuple[Citation, ...]]:
        """By sentence, the citations that support it."""
        return {n: tuple(self.citations[k] for k in ks) for n, ks in self.supports.items()}

    @property
    def levels(self) -> dict[int, int]:
        """By sentence, the best ladder level (0-9) of the evidence in its window that does not point against it."""
        found: dict[int, int] = defaultdict(int)
        for number, ks in self.described.items():
            for k in ks:
                if self.evidence[k].direction != "against" and not self.evidence[k].other:
                    found[number] = max(found[number], self.evidence[k].level)
        return dict(found)


def ground(scan: Scan, surroundings: Surroundings, base_url: str = "") -> Ground:
    """What the page cites and describes.

    `base_url` is the page's address where it is known; a document named by its address needs none. Without one,
    links to the page's own site are told by the names it gives itself.
    """
    return Ground(*gather(scan, surroundings, base_url))
