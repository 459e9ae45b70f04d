"""Laws of the score that hold for every page, checked on generated ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from claimcheck.documents.case import Case
from claimcheck.ladder import NEEDS, effective
from claimcheck.model import SEVERITIES, Finding
from claimcheck.verdict.score import BANDS, CITATION_QUALITY, Credit, tally

LANGUAGE_RULES = ("unhedged-efficacy", "can-claim", "vague-research", "promised-outcome", "unqualified-cure")
OMISSION_RULES = ("no-risks-mentioned", "no-traceable-evidence", "status-not-stated", "provenance-missing")
QUALITY_RULES = tuple(sorted(CITATION_QUALITY))


def finding(rule: str, severity: str, at: int, family: str) -> Finding:
    """A finding as the score sees it."""
    return Finding(
        rule,
        family,
        severity,
        severity,
        "high",
        "",
        "words",
        at,
        at + 1,
        1,
        1,
        "",
        "",  # type: ignore[arg-type]
    )


places = st.integers(0, 500)
language = st.builds(finding, st.sampled_from(LANGUAGE_RULES), st.sampled_from(SEVERITIES), places, st.just("efficacy"))
mild_language = st.builds(
    finding, st.sampled_from(LANGUAGE_RULES), st.sampled_from(SEVERITIES[:4]), places, st.just("efficacy")
)
omissions = st.lists(
    st.builds(
        finding, st.sampled_from(OMISSION_RULES), st.sampled_from(SEVERITIES[:4]), st.just(0), st.just("omissions")
    ),
    max_size=4,
    unique_by=lambda f: f.rule,
)
quality = st.lists(
    st.builds(finding, st.sampled_from(QUALITY_RULES), st.sampled_from(SEVERITIES[:3]), places, st.just("citations")),
    max_size=8,
)
credits = st.lists(st.sampled_from([Credit(f"c{k}", f"credit {k}") for k in range(12)]), max_size=14)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any claim over any evidence."""
    strength = draw(st.sampled_from(tuple(NEEDS)))
    level, traceability = draw(st.integers(0, 9)), draw(st.integers(0, 3))
    followable = draw(st.integers(traceability, 3))
    return Case(strength, NEEDS[strength], level, traceability, effective(level, traceability), followable)


pages = st.tuples(st.lists(language, max_size=25), omissions, quality)


@given(pages, cases(), credits)
def test_the_ledger_sums_to_the_score(page, case, given_credits):
    """Every point lost or won stands in the ledger, and nothing else does."""
    result = tally([f for part in page for f in part], case, given_credits)
    assert sum(line.points for line in result.lines) == result.score
    assert 0 <= result.score <= 100
    assert all(line.points for line in result.lines)


@given(pages, cases(), credits)
def test_one_critical_finding_is_enough(page, case, given_credits):
    """Whatever else a page does well, a critical finding holds it at 24 and calls it a red flag."""
    danger = finding("stop-medication", "critical", 3, "standard-care")
    result = tally([*(f for part in page for f in part), danger], case, given_credits)
    assert result.score <= 24
    assert result.label == "red-flag"


@given(pages, cases(), credits)
def test_the_label_is_the_band_of_the_score(page, case, given_credits):
    """Without a critical finding the label follows from the score alone."""
    findings = [f for part in page for f in part]
    result = tally(findings, case, given_credits)
    band = next(label for floor, label in BANDS if result.score >= floor)
    critical = any(f.severity == "critical" for f in findings)
    assert result.label == ("red-flag" if critical else band)


@given(pages, cases(), credits, st.integers(0, 9), st.integers(0, 3))
def test_a_good_citation_never_lowers_the_score(page, case, given_credits, level, traceability):
    """Adding evidence, or making it easier to follow, leaves the score where it was or raises it."""
    findings = [f for part in page for f in part]
    held = effective(level, traceability)
    better = replace(case, followable=max(case.followable, traceability))
    if held > case.effective:
        better = replace(better, level=level, traceability=traceability, effective=held)
    before = tally(findings, case, given_credits).score
    assert tally(findings, better, given_credits).score >= before
    answered = [f for f in findings if f.rule != "no-traceable-evidence"]
    assert tally(answered, better, given_credits).score >= before


@given(st.lists(mild_language, max_size=25), omissions, quality, cases(), credits)
def test_citing_badly_is_never_worse_than_not_citing(said, unsaid, faults, case, given_credits):
    """However poor its citations, a page scores no lower than the same page without any."""
    bare = replace(case, traceability=0, followable=0, effective=effective(case.level, 0))
    without = tally([*said, *unsaid], bare, given_credits).score
    assert tally([*said, *unsaid, *faults], case, given_credits).score >= without


@given(pages, cases(), credits, st.randoms())
def test_order_does_not_matter(page, case, given_credits, random):
    """The same findings and credits in another order give the same score, label and gates."""
    findings = [f for part in page for f in part]
    result = tally(findings, case, given_credits)
    shuffled, turned = list(findings), list(given_credits)
    random.shuffle(shuffled)
    random.shuffle(turned)
    other = tally(shuffled, case, turned)
    assert (other.score, other.label, other.gates) == (result.score, result.label, result.gates)


@given(pages, cases(), credits, st.data())
def test_taking_a_finding_away_never_lowers_the_score(page, case, given_credits, data):
    """Mending a sentence, or saying what was unsaid, never costs points."""
    findings = [f for part in page for f in part]
    if findings:
        gone = data.draw(st.integers(0, len(findings) - 1))
        fewer = findings[:gone] + findings[gone + 1 :]
        assert tally(fewer, case, given_credits).score >= tally(findings, case, given_credits).score


@given(pages, cases(), credits)
def test_every_point_lost_names_its_rule(page, case, given_credits):
    """A charge for words or for an omission begins with the rule that made it."""
    findings = [f for part in page for f in part]
    known = {f.rule for f in findings}
    for line in tally(findings, case, given_credits).lines:
        if line.part in ("language", "omissions"):
            assert line.what.split()[0] in known


@given(pages, cases(), st.sampled_from(("can", "causal", "absolute")))
def test_a_hedge_never_lowers_the_score(page, case, bold):
    """The same page with its strongest claim turned into "may" scores no lower."""
    findings = [f for part in page for f in part]
    boldly = replace(case, strength=bold, need=NEEDS[bold])
    hedged = replace(case, strength="conditional", need=NEEDS["conditional"])
    assert tally(findings, hedged).score >= tally(findings, boldly).score
