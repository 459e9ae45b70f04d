"""The ladder of evidence, and how high each strength of claim reaches on it.

Levels follow the order of the OCEBM 2011 table and of GRADE's starting points: reasoning and stories at the foot,
randomised trials and their reviews near the top, a guideline or an approval for the same product and use above them.
"""

from __future__ import annotations

from claimcheck.model import STRENGTHS, Strength

RUNGS: tuple[str, ...] = (
    "assertion alone",
    "a laboratory study",
    "an animal study or a narrative review",
    "a case report",
    "a case series without a comparison group",
    "an early uncontrolled trial in people",
    "a comparison that was not randomised",
    "a randomised controlled trial",
    "a systematic review of randomised trials",
    "a guideline or a regulator's approval",
)
"""What stands at each level, 0-9."""

NEEDS: dict[Strength, int] = {
    "none": 0,
    "correlational": 3,
    "conditional": 5,
    "can": 6,
    "causal": 7,
    "absolute": 8,
}
"""The level each strength of claim needs at least. FTC staff (Health Products Compliance Guidance, 2022) expect
randomised trials in people for a health-benefit claim, so level 7 is the pivot for direct wording."""

NEED_OF_CURE = 9
"""A cure, or an approval, needs a guideline or a regulator behind it."""

NEED_IN_ANIMALS = 2
"""A claim that says it is about animals or the laboratory needs no more than such a study."""

UNCLASSIFIED = 2
"""A source whose design the page does not tell (a bare link, a narrative review) counts as an animal study."""

FOLLOWABLE = 2
"""From this traceability (0-3) on, a reader can look the source up."""

_DISCOUNT = (2, 1, 0, 0)


def effective(level: int, traceability: int) -> int:
    """The level (0-9) that is left of a source when nobody can look it up: two less where there is no pointer at
    all, one less where it is only named."""
    return max(0, level - _DISCOUNT[min(max(traceability, 0), 3)])


def stronger(a: Strength, b: Strength) -> Strength:
    """The stronger of two."""
    return max(a, b, key=STRENGTHS.index)


def weaker(a: Strength, b: Strength) -> Strength:
    """The weaker of two."""
    return min(a, b, key=STRENGTHS.index)
