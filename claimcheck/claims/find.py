"""The claims a page makes: each asserted benefit or safety claim about the treatment, held against its evidence.

How strong a sentence is comes from `strength`, whether it asserts anything from `assertions`, whether it speaks of
the treatment from `subjects`. Disease biology, harms, plans, warnings and questions are no claims.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from claimcheck.claims.assertions import TAKES_BACK, Assertion, assertion
from claimcheck.claims.figures import figure
from claimcheck.claims.reasons import held, reason
from claimcheck.claims.remedies import advised, offers, offers_relief, under_remedies
from claimcheck.claims.stories import tells, tells_of_recovery
from claimcheck.context.again import again, alone
from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.subjects import subjects_of
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence.relevance import condition_named
from claimcheck.ladder import NEED_IN_ANIMALS, NEED_OF_CURE, NEEDS, stronger, weaker
from claimcheck.model import Claim, Document, Finding, Strength
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


def find_claims(
    scan: Scan, ground: Ground, surroundings: Surroundings, findings: Sequence[Finding]
) -> tuple[Claim, ...]:
    """Every asserted claim of the page, in reading order. `findings` are those charged; they can only raise a claim."""
    subjects = subjects_of(scan)
    flagged = _by_sentence(scan, findings)
    claims = []
    for number, sentence in enumerate(scan.document.sentences):
        if scan.document.blocks[sentence.block].kind not in _NO_CLAIMS_IN:
            claim = _made(scan, ground, surroundings, number, subjects.of(number), flagged.get(number, ()))
            if claim is not None:
                claims.append(claim)
    return tuple(claims)


def _made(
    scan: Scan, ground: Ground, around: Surroundings, number: int, treatment: str, flags: Sequence[Finding]
) -> Claim | None:
    """What a sentence claims, of the `treatment` it is about; `flags` are the findings on it."""
    if not (treatment or flags or tells(scan, number) or offers(scan, number)):
        return None
    given: tuple[Hashable, ...] | None = alone(scan, around, number)
    if given is not None and (number in ground.supports or number in ground.described):
        given = None
    if given is not None:
        found = tuple([(f.rule, f.severity, f.modifiers, f.notes, f.quote) for f in flags])
        given = *given, treatment, found, under_remedies(scan, number)
    return again(
        __name__,
        scan,
        number,
        given,
        lambda: _found(scan, ground, around, number, treatment, flags),
        lambda claim, by: _moved(claim, scan.document, by),
    )


def _moved(claim: Claim | None, document: Document, by: int) -> Claim | None:
    """The claim that the same words make `by` characters further on."""
    if claim is None:
        return None
    start = claim.start + by
    return replace(claim, start=start, end=claim.end + by, line=document.place(start)[0])


def _found(
    scan: Scan, ground: Ground, around: Surroundings, number: int, treatment: str, flags: Sequence[Finding]
) -> Claim | None:
    asserted = assertion(scan, around, number) if treatment else None
    level = _said(scan, number, asserted) if asserted else "none"
    if flags and (asserted or TAKES_BACK.isdisjoint(around.labels(number))):
        level = stronger(level, _raised(scan.document.sentences[number].text, flags, level, bool(treatment)))
    if tells_of_recovery(scan, around, number):
        level = stronger(level, "causal")
    if level == "none" and (substance := advised(scan, around, number)):
        level, treatment = "can", substance
    if level == "none" and offers_relief(scan, around, number):
        level = "can"
    return (
        _claim(scan, ground, number, level, treatment or "the treatment", flags, asserted) if level != "none" else None
    )


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
    have = held(ground, number, evidence, citations)
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
        reason=reason(level, words, need, have, ground, number, evidence, citations)
        + figure(scan, number, [ground.evidence[k] for k in evidence], bool(citations)),
    )
