"""What a page claims at its strongest, held against the best it cites for this treatment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from claimcheck.context.scan import Scan
from claimcheck.context.subjects import NAMED, subjects_of
from claimcheck.ladder import FOLLOWABLE, UNCLASSIFIED, effective
from claimcheck.model import STRENGTHS, Citation, Claim, Strength

if TYPE_CHECKING:
    from claimcheck.evidence import Ground


_SOME, _ENOUGH, _PLENTY = 2, 6, 8
"""Sentences on standard care and on the illness, of each and together, that make a page one that explains them; and
what is asked for together where diagnosis takes the place of care."""

_PROSE = frozenset({"paragraph", "item", "cell", "heading", "quote"})


class Case(Struct, frozen=True):
    """What the page claims at its strongest, and the best it rests on.

    `need` and `effective` are ladder levels (0-9), the latter after the discount for traceability. `level` and
    `traceability` describe the source that gives it; `followable` is the best traceability (0-3) of anything cited
    for any claim. `claims` is false where the page asserts no benefit, `care` true where it explains established care
    instead.
    """

    strength: Strength = "none"
    need: int = 0
    level: int = 0
    traceability: int = 0
    effective: int = 0
    followable: int = 0
    claims: bool = True
    care: bool = False
    strongest: str = ""
    start: int | None = None
    line: int | None = None
    short: int = 0
    """Claims that have less beside them than they need."""
    against: int = 0
    """The highest level of evidence, open to look up, that found no effect of the treatment."""

    @property
    def gap(self) -> int:
        """Levels between what the claim needs and what there is."""
        return max(0, self.need - self.effective)


def case_of(scan: Scan, ground: Ground, claims: Sequence[Claim]) -> Case:
    """The page's case: its headline claim, what that needs, and the best evidence for the treatment."""
    cited = supporting(scan, ground, claims)
    sources = list(_sources(scan, ground, claims, cited))
    level, traceability = max(sources, key=lambda s: (effective(*s), s[1], s[0]), default=(0, 0))
    followable = max([0, *(c.traceability for c in cited), *(v for _, v in sources)])
    held = effective(level, traceability)
    against = max(
        (e.level for e in ground.evidence if e.direction == "against" and e.treatment and e.traceability >= FOLLOWABLE),
        default=0,
    )
    if not claims:
        care = explains_care(scan)
        return Case("none", 0, level, traceability, held, followable, claims=False, care=care, against=against)
    strength = max((c.strength for c in claims), key=STRENGTHS.index)
    strongest = [c for c in claims if c.strength == strength]
    headline = max(strongest, key=lambda c: (c.need, c.gap, -c.start))
    return Case(
        strength,
        headline.need,
        level,
        traceability,
        held,
        followable,
        strongest=headline.sentence,
        start=headline.start,
        line=headline.line,
        short=sum(c.gap > 0 for c in claims),
        against=against,
    )


def explains_care(scan: Scan) -> bool:
    """Whether the page explains an illness and its established care.

    Sentences name medicines, operations or other standard care, others the illness, and fewer speak of unproven
    treatments; or the page tells how an illness shows, how common it is and how doctors find it, and speaks of no
    unproven treatment at all.
    """
    care = illness = other = 0
    medical = {hit.sentence for hit in scan.hits("page-type:page-type:explains")}
    for number, sentence in enumerate(scan.document.sentences):
        if scan.document.blocks[sentence.block].kind in _PROSE:
            care += scan.has(number, "drug", "standard-care")
            illness += scan.has(number, "condition", "symptom")
            other += scan.has(number, *NAMED)
    if min(care, illness) >= _SOME and care + illness >= _ENOUGH and other < care:
        return True
    return len(medical) > _SOME and illness > _SOME and care + illness + len(medical) >= _PLENTY and not other


def reports_no_effect(ground: Ground) -> bool:
    """Whether the page reports evidence that the treatment did not work."""
    return any(e.direction == "against" and e.treatment for e in ground.evidence)


def supporting(scan: Scan, ground: Ground, claims: Sequence[Claim]) -> list[Citation]:
    """The citations for the treatment: those in the window of a claim, those of evidence for it, and others that
    stand in a sentence concerning it (also an entry of a reference list)."""
    wanted = {k for c in claims for k in c.citations}
    own = {k for c in claims for k in c.evidence}
    for number, evidence in enumerate(ground.evidence):
        if evidence.treatment or number in own:
            wanted.update(evidence.citations)
    starts = [s.start for s in scan.document.sentences]
    subjects = subjects_of(scan)
    for number, citation in enumerate(ground.citations):
        sentence = bisect_right(starts, citation.start) - 1
        if sentence >= 0 and subjects.near(sentence):
            wanted.add(number)
    return [ground.citations[k] for k in sorted(wanted) if k < len(ground.citations)]


def _sources(
    scan: Scan, ground: Ground, claims: Sequence[Claim], cited: Sequence[Citation]
) -> Iterator[tuple[int, int]]:
    """Level and traceability of everything cited for the treatment that does not speak against it. `cited` are the
    citations for it."""
    starts = [s.start for s in scan.document.sentences]
    worth: dict[int, int] = {}
    for claim in claims:
        sentence = bisect_right(starts, claim.start) - 1
        for k in claim.evidence:
            worth[k] = max(worth.get(k, 0), ground.level(sentence, k))
    for number, evidence in enumerate(ground.evidence):
        if evidence.direction != "against" and not evidence.other and (evidence.treatment or number in worth):
            yield worth.get(number, evidence.level), evidence.traceability
    for citation in cited:
        if citation.traceability >= FOLLOWABLE:
            yield UNCLASSIFIED, citation.traceability
