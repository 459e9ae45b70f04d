"""The claims a page makes: each asserted benefit or safety claim about the treatment, held against its evidence.

How strong a sentence is comes from `strength`, whether it asserts anything from `assertions`, whether it speaks of
the treatment from `subjects`. Disease biology, harms, plans, warnings and questions are no claims.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claimcheck.claims.assertions import TAKES_BACK, Assertion, assertion
from claimcheck.claims.figures import figure
from claimcheck.claims.remedies import advised, offers_relief
from claimcheck.claims.stories import tells_of_recovery
from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.subjects import subjects_of
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence.relevance import CONDITION, TREATMENT, condition_named
from claimcheck.ladder import (
    FOLLOWABLE,
    NEED_IN_ANIMALS,
    NEED_OF_CURE,
    NEEDS,
    RUNGS,
    UNCLASSIFIED,
    effective,
    stronger,
    weaker,
)
from claimcheck.model import Claim, Finding, Strength
from claimcheck.programs import expression
from claimcheck.strength import strength

if TYPE_CHECKING:
    from claimcheck.evidence import Ground

_RAISES: Mapping[str, Strength] = {
    "unqualified-cure": "absolute",
    "disease-reversal": "absolute",
    "guaranteed-result": "absolute",
    "universal-effectiveness": "absolute",
    "timed-result": "absolute",
    "promised-outcome": "absolute",
    "absolute-safety": "absolute",
    "impossible-weight-loss": "absolute",
    "false-approval": "absolute",
    "benefit-heading": "causal",
    "uncited-outcome-figure": "causal",
    "typical-outcome-narrative": "causal",
    "symptom-elimination": "causal",
    "disease-prevention": "causal",
    "lasting-remission": "causal",
    "no-side-effects": "causal",
    "own-cells-no-risk": "causal",
    "reduces-drug-need": "causal",
    "replaces-standard-care": "causal",
    "testimonial-disease-outcome": "causal",
}
"""The least strength of a sentence on which a rule found something."""

_ASSERTS: Mapping[str, Strength] = {
    "unhedged-efficacy": "causal",
    "asserted-regeneration": "can",
    "can-claim": "can",
    "weak-hedge-as-disclaimer": "conditional",
    "structure-function-creep": "conditional",
    "immune-boost-reset": "conditional",  # what the immune system does is how it works, not yet what it is good for
}
"""The same for rules that say only that something is asserted: they speak where `strength` hears nothing, in
sentences about the treatment."""

_HINTS = frozenset({"structure-function-creep", "anti-ageing-rejuvenation", "miracle-language"})
"""Rules whose findings, where nothing has lowered them, say in softer words what a treatment can do."""

_APPROVES_OR_CURES = frozenset({"unqualified-cure", "false-approval"})
_AIMS = expression(r"\b(?:aim|seek|strive|hope)s? to\b|\b(?:intended|meant) to\b", re.IGNORECASE)
_TOO_FEW_TO_QUOTE = 2
_NO_CLAIMS_IN = frozenset({"code", "reference"})

_SAYS: Mapping[Strength, str] = {
    "none": "mentions",
    "correlational": "reports",
    "conditional": "says that something may be so:",
    "can": "says what it can do:",
    "causal": "says outright:",
    "absolute": "promises:",
}


def find_claims(
    scan: Scan, ground: Ground, surroundings: Surroundings, findings: Sequence[Finding]
) -> tuple[Claim, ...]:
    """Every asserted claim of the page, in reading order. `findings` are those charged; they can only raise a claim."""
    subjects = subjects_of(scan)
    flagged = _by_sentence(scan, findings)
    claims = []
    for number, sentence in enumerate(scan.document.sentences):
        if scan.document.blocks[sentence.block].kind in _NO_CLAIMS_IN:
            continue
        flags = flagged.get(number, ())
        treatment = subjects.of(number)
        asserted = assertion(scan, surroundings, number) if treatment else None
        level = _said(scan, number, asserted) if asserted else "none"
        if flags and (asserted or TAKES_BACK.isdisjoint(surroundings.labels(number))):
            level = stronger(level, _raised(sentence.text, flags, level, bool(treatment)))
        if tells_of_recovery(scan, surroundings, number):
            level = stronger(level, "causal")
        if level == "none" and (substance := advised(scan, surroundings, number)):
            level, treatment = "can", substance
        if level == "none" and offers_relief(scan, surroundings, number):
            level = "can"
        if level != "none":
            claims.append(_claim(scan, ground, number, level, treatment or "the treatment", flags, asserted))
    return tuple(claims)


def _by_sentence(scan: Scan, findings: Sequence[Finding]) -> Mapping[int, list[Finding]]:
    """The findings on sentences, by the sentence they begin in."""
    starts = [s.start for s in scan.document.sentences]
    out: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        number = bisect_right(starts, finding.start) - 1
        if finding.scope != "document" and finding.because is None and number >= 0:
            out[number].append(finding)
    return out


def _raised(text: str, flags: Sequence[Finding], said: Strength, of_treatment: bool) -> Strength:
    """The least strength the findings on a sentence give it; one that a hedge has lowered gives "conditional", and so
    does what a treatment only aims to do."""
    least: Strength = "none"
    for flag in flags:
        if flag.severity in ("info", "low") and not of_treatment:
            continue  # a rule that its context has lowered is no proof of a claim by itself
        for rule in (flag.rule, *flag.notes):
            given = _RAISES.get(rule, "none")
            if said == "none" and of_treatment and rule in _ASSERTS:
                given = weaker(_ASSERTS[rule], "conditional") if _AIMS.search(text) else _ASSERTS[rule]
            elif said == "none" and of_treatment and rule in _HINTS and flag.severity not in ("info", "low"):
                given = "conditional" if _AIMS.search(text) else "can"
            if given != "none" and any("hedged" in m for m in flag.modifiers):
                given = weaker(given, "conditional")
            least = stronger(least, given)
    return least


@once
def _strength(scan: Scan, number: int) -> Strength:
    return strength(scan.document.sentences[number].text)


def _said(scan: Scan, number: int, asserted: Assertion) -> Strength:
    """How strongly the sentence says what it asserts. Words about safety alone are reports: early trials can answer
    them, so they never count as a direct claim of benefit unless a finding says so."""
    level = _strength(scan, number)
    if asserted.hedged or asserted.safety_only or asserted.scoped:
        level = weaker(level, "conditional")
    return level


def _claim(
    scan: Scan,
    ground: Ground,
    number: int,
    level: Strength,
    treatment: str,
    flags: Sequence[Finding],
    asserted: Assertion | None,
) -> Claim:
    sentence = scan.document.sentences[number]
    rules = tuple(dict.fromkeys(f.rule for f in flags))
    evidence = tuple(ground.described.get(number, ()))
    citations = tuple(ground.supports.get(number, ()))
    need = NEEDS[level]
    if level == "absolute" and _APPROVES_OR_CURES & {r for f in flags for r in (f.rule, *f.notes)}:
        need = NEED_OF_CURE
    elif asserted is not None and asserted.scoped and level == "conditional":
        need = NEED_IN_ANIMALS
    have = _held(ground, number, evidence, citations)
    if asserted is not None:
        words = sentence.text[asserted.start : asserted.end]
    else:
        words = next((f.quote for f in flags if f.quote), sentence.text)
    if words.count(" ") < _TOO_FEW_TO_QUOTE:
        words = sentence.text
    return Claim(
        sentence=sentence.text,
        start=sentence.start,
        end=sentence.end,
        line=scan.document.place(sentence.start)[0],
        strength=level,
        hedged=level == "conditional",
        treatment=treatment,
        condition=condition_named(scan, number),
        evidence=evidence,
        citations=citations,
        flags=rules,
        need=need,
        have=have,
        gap=max(0, need - have),
        reason=_reason(level, words, need, have, ground, number, evidence, citations)
        + figure(scan, number, [ground.evidence[k] for k in evidence], bool(citations)),
    )


def _held(ground: Ground, number: int, evidence: Sequence[int], citations: Sequence[int]) -> int:
    """The best effective level (0-9) among the sources of a claim: evidence that speaks for it, and citations whose
    design the page does not tell."""
    levels = [effective(ground.level(number, k), ground.evidence[k].traceability) for k in evidence]
    known = {ground.citations[c].identifier for k in evidence if not ground.level(number, k)
             for c in ground.evidence[k].citations} - {""}  # fmt: skip
    for c in (ground.citations[k] for k in citations):
        if c.traceability >= FOLLOWABLE and not known & {c.identifier, c.resolved}:
            levels.append(UNCLASSIFIED)
    return max(levels, default=0)


def _reason(
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
