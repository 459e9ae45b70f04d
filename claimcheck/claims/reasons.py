"""What a claim rests on: the best of its sources, and the plain sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claimcheck.evidence.relevance import CONDITION, TREATMENT
from claimcheck.ladder import FOLLOWABLE, RUNGS, UNCLASSIFIED, effective
from claimcheck.model import Strength

if TYPE_CHECKING:
    from claimcheck.evidence import Ground

_SAYS: Mapping[Strength, str] = {
    "none": "mentions",
    "correlational": "reports",
    "conditional": "says that something may be so:",
    "can": "says what it can do:",
    "causal": "says outright:",
    "absolute": "promises:",
}


def held(ground: Ground, number: int, evidence: Sequence[int], citations: Sequence[int]) -> int:
    """The best effective level (0-9) among the sources of a claim: evidence that speaks for it, and citations whose
    design the page does not tell."""
    levels = [effective(ground.level(number, k), ground.evidence[k].traceability) for k in evidence]
    known = {ground.citations[c].identifier for k in evidence if not ground.level(number, k)
             for c in ground.evidence[k].citations} - {""}  # fmt: skip
    for c in (ground.citations[k] for k in citations):
        if c.traceability >= FOLLOWABLE and not known & {c.identifier, c.resolved}:
            levels.append(UNCLASSIFIED)
    return max(levels, default=0)


def reason(
    level: Strength,
    words: str,
    need: int,
    have: int,
    ground: Ground,
    number: int,
    evidence: tuple[int, ...],
    citations: tuple[int, ...],
) -> str:
    """One plain sentence: what it says, what it rests on, what it would need."""
    said = f"{_SAYS[level]} '{excerpt(words)}'"
    needs = f"; that needs {RUNGS[need]}" if need > have else ""
    return f"{said}; {_rests_on(ground, number, evidence, citations)}{needs}"


def _rests_on(ground: Ground, number: int, evidence: tuple[int, ...], citations: tuple[int, ...]) -> str:
    best = max(evidence, key=lambda k: _worth(ground, number, k), default=None)
    followed = max((ground.citations[k].traceability for k in citations), default=0)
    if best is None:
        if not citations:
            return "cites nothing"
        return "cites a source whose design it does not tell" if followed >= FOLLOWABLE else "names a source only"
    e, faults = ground.evidence[best], ground.unfit.get(number, {}).get(best, frozenset())
    said = RUNGS[min(e.level, 9)] + (f" of {e.participants} people" if e.participants else "")
    if e.other or TREATMENT in faults:
        tested = e.other or e.treatment
        said += " that tested something else" + (f" ({tested})" if tested else "")
    elif CONDITION in faults:
        said += " in another condition" + (f" ({e.condition})" if e.condition else "")
    if e.direction == "against":
        said += " that found no effect"
    return f"cites {said}" + ("" if max(e.traceability, followed) >= FOLLOWABLE else ", without a way to find it")


def _worth(ground: Ground, number: int, k: int) -> tuple[bool, bool, int, int]:
    e = ground.evidence[k]
    level = ground.level(number, k)
    return not e.other, e.direction != "against", effective(level, e.traceability), e.level


def excerpt(text: str, limit: int = 70) -> str:
    """`text` in at most `limit` characters, cut between words."""
    text = text.strip()
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + " ..."
