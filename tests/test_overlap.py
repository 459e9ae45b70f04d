"""One problem, one charge: which of two rules is charged where both match the same words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from claimcheck import check
from claimcheck.engine.overlap import resolve
from claimcheck.model import FAMILIES, Finding
from claimcheck.rules.load import built_in

ABSORBS = {
    "unqualified-cure": ("unhedged-efficacy", "can-claim"),
    "disease-reversal": ("unhedged-efficacy", "can-claim"),
    "asserted-regeneration": ("unhedged-efficacy", "can-claim"),
    "stop-medication": ("unhedged-efficacy", "can-claim"),
    "reduces-drug-need": ("unhedged-efficacy", "can-claim"),
    "safer-or-better-than-standard": ("unhedged-efficacy", "can-claim", "safe-and-effective-unsupported"),
    "guaranteed-result": ("promised-outcome",),
    "universal-effectiveness": ("uncited-outcome-figure",),
    "absolute-safety": ("no-side-effects", "safe-and-effective-unsupported"),
    "no-side-effects": ("safe-and-effective-unsupported",),
    "uncited-outcome-figure": ("missing-denominator", "relative-or-maximum-figure"),
    "satisfaction-as-efficacy": ("uncited-outcome-figure",),
    "proven-label": ("vague-research",),
    "preclinical-leap": ("weak-design-as-proof", "indirect-evidence", "surrogate-as-benefit"),
    "false-approval": ("registration-as-approval", "licence-halo"),
    "pay-to-participate": ("trial-listing-endorsement",),
    "testimonial-disease-outcome": (
        "unqualified-cure", "disease-reversal", "lasting-remission", "symptom-elimination", "disease-prevention",
        "guaranteed-result", "universal-effectiveness", "timed-result", "promised-outcome",
        "unhedged-efficacy", "can-claim", "asserted-regeneration", "typical-outcome-narrative", "benefit-heading",
    ),
}  # fmt: skip
"""The rule that is charged, and those that become its notes wherever the two overlap."""

PAIRS = [(winner, loser) for winner, losers in ABSORBS.items() for loser in losers]
SAMPLE = next(f for f in check("Our drip cures arthritis.", format="text").findings if f.rule == "unqualified-cure")


def finding(rule: str, start: int, end: int, **changes: object) -> Finding:
    family = built_in().rule[rule].family
    return replace(SAMPLE, rule=rule, family=family, start=start, end=end, notes=(), **changes)


@pytest.mark.parametrize(("winner", "loser"), PAIRS)
def test_the_narrower_rule_is_charged_and_the_other_noted(winner: str, loser: str) -> None:
    """It wins although the other is more severe, reaches further and comes first."""
    found = [finding(loser, 0, 12, severity="critical"), finding(winner, 8, 20, severity="medium")]
    for order in (found, found[::-1]):
        (kept,) = resolve(order, built_in().rule)
        assert (kept.rule, kept.notes) == (winner, (loser,))


@pytest.mark.parametrize(("winner", "loser"), PAIRS)
def test_apart_both_are_charged(winner: str, loser: str) -> None:
    """Two rules that match different words of a sentence are two problems."""
    found = [finding(loser, 0, 8), finding(winner, 8, 20)]
    assert {f.rule for f in resolve(found, built_in().rule)} == {winner, loser}


def test_where_no_rule_says_the_more_severe_is_charged() -> None:
    """On nested spans severity decides, and on a tie the family that comes first."""
    rules = built_in().rule
    miracle, potency = (("miracle-language", 0, 20), ("potency-and-product-identity", 4, 10))
    (kept,) = resolve([finding(*miracle, severity="low"), finding(*potency, severity="high")], rules)
    assert kept.rule == potency[0]
    (kept,) = resolve([finding(*potency, severity="high"), finding(*miracle, severity="high")], rules)
    assert kept.rule == min((miracle[0], potency[0]), key=lambda rule: FAMILIES.index(rules[rule].family))


@pytest.mark.parametrize(
    ("text", "winner", "loser"),
    [
        ("Our exosomes cure migraine.", "unqualified-cure", "unhedged-efficacy"),
        ("Our exosomes can cure arthritis.", "unqualified-cure", "can-claim"),
        ("Our infusion reverses lupus.", "disease-reversal", "unhedged-efficacy"),
        ("Our cells can reverse kidney disease.", "disease-reversal", "can-claim"),
        ("Our exosomes regenerate cartilage.", "asserted-regeneration", "unhedged-efficacy"),
        ("Our exosomes can regenerate damaged nerves.", "asserted-regeneration", "can-claim"),
        ("Our exosomes reduce the need for steroids in lupus.", "reduces-drug-need", "unhedged-efficacy"),
        ("Our exosomes can reduce the need for steroids in lupus.", "reduces-drug-need", "can-claim"),
        ("We guarantee that you will feel better after our drip.", "guaranteed-result", "promised-outcome"),
        ("Our exosomes have a 100% success rate.", "universal-effectiveness", "uncited-outcome-figure"),
        ("Our exosomes are completely safe and effective.", "absolute-safety", "safe-and-effective-unsupported"),
        ("85% of patients improved with our exosomes.", "uncited-outcome-figure", "missing-denominator"),
        ("Up to 85% of patients improve with our exosomes.", "uncited-outcome-figure", "relative-or-maximum-figure"),
        ("96% of our patients are satisfied with our exosomes.", "satisfaction-as-efficacy", "uncited-outcome-figure"),
        ("A case report in a dog proves that exosomes heal your knees.", "preclinical-leap", "weak-design-as-proof"),
        ('"My arthritis was cured by the exosomes," says Ann.', "testimonial-disease-outcome", "unqualified-cure"),
        ('"The exosomes cured my arthritis," says Ann.', "testimonial-disease-outcome", "unhedged-efficacy"),
    ],
)
def test_one_sentence_is_charged_once(text: str, winner: str, loser: str) -> None:
    """In a sentence that both rules match, the loser is a note of the winner and no finding of its own."""
    findings = check(text, format="text").findings
    assert [loser in f.notes for f in findings if f.rule == winner] == [True]
    assert loser not in {f.rule for f in findings}


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ('"The drip cured my diabetes and I threw away my insulin," says Ann.', "stop-medication"),
        ('"It cured my arthritis and it is completely safe," says Ann.', "absolute-safety"),
    ],
)
def test_a_danger_in_a_story_is_charged_beside_it(text: str, danger: str) -> None:
    """A patient's story does not swallow advice to stop a medicine or a promise of safety."""
    assert {danger, "testimonial-disease-outcome"} <= {f.rule for f in check(text, format="text").findings}
