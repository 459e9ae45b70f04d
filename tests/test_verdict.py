"""The verdict's arithmetic, row by row, and what it says."""

from __future__ import annotations

import pytest

from claimcheck.case import Case
from claimcheck.model import Finding
from claimcheck.verdict.score import Credit, Tally, tally

FAMILY_OF = {
    "omissions": "no-risks-mentioned no-traceable-evidence no-trial-registration status-not-stated "
    "product-not-identified no-outcome-measure lopsided-comparison no-standard-care-advice provenance-missing"
}


def finding(rule: str, severity: str, at: int = 0, family: str = "") -> Finding:
    """A finding as the score sees it."""
    known = next((f for f, rules in FAMILY_OF.items() if rule in rules.split()), "efficacy")
    return Finding(
        rule=rule,
        family=family or known,
        severity=severity,  # type: ignore[arg-type]
        base=severity,  # type: ignore[arg-type]
        confidence="high",
        message="",
        quote="",
        start=at,
        end=at + 1,
        line=1,
        column=1,
        context="",
        fingerprint="",
    )


def findings(table: str) -> list[Finding]:
    """Findings from "rule severity severity; rule severity": one for each severity named."""
    out = []
    for entry in table.replace("\n", " ").split(";"):
        rule, *severities = entry.split()
        for severity in severities:
            out.append(finding(rule, severity, len(out)))
    return out


def credits(number: int) -> list[Credit]:
    """That many different credits."""
    return [Credit(f"c{k}", f"does thing {k} well") for k in range(number)]


def check_ledger(result: Tally) -> None:
    """The ledger's points sum to the score."""
    assert sum(line.points for line in result.lines) == result.score


RESPONSIBLE = """evidence-inflation low low; vague-research low low low; untied-or-incomplete-reference low;
safe-and-effective-unsupported low low; no-risks-mentioned medium; no-traceable-evidence medium;
no-trial-registration low"""

DIGEST = """unhedged-efficacy high low; breakthrough-superlative medium medium medium; lasting-remission medium;
missing-denominator medium; press-release-as-evidence medium; venue-mislabel medium medium;
safer-or-better-than-standard medium; registry-as-result low low; preprint-as-established low;
hope-and-transformation-appeal low; novelty-and-leadership low; weak-hedge-as-disclaimer low;
no-standard-care-advice low; provenance-missing info"""

BLOG = """breakthrough-superlative medium; hope-and-transformation-appeal low low low; weak-hedge-as-disclaimer low;
mechanism-as-proof medium; immune-boost-reset medium; untied-or-incomplete-reference low; no-risks-mentioned medium;
status-not-stated medium; product-not-identified low; no-outcome-measure low; no-standard-care-advice low"""

OFFER = """promised-outcome high; experimental-as-routine high high; typical-outcome-narrative high high;
unhedged-efficacy high; self-citation-only high; uncited-outcome-figure medium; weak-design-as-proof medium medium low;
evidence-inflation medium; vague-research medium; surrogate-as-benefit medium; lasting-remission medium;
can-claim medium; potency-and-product-identity medium; immune-boost-reset medium; untied-or-incomplete-reference low;
no-risks-mentioned high; no-trial-registration high; provenance-missing medium"""

BROCHURE = """unhedged-efficacy high high; reduces-drug-need high high medium;
safer-or-better-than-standard high medium; can-claim medium medium medium;
asserted-regeneration medium medium low; benefit-heading medium medium medium;
lasting-remission medium medium; root-cause-claim medium medium; vague-research medium medium;
weak-design-as-proof medium; replaces-standard-care medium; natural-argument medium; immune-boost-reset medium;
weak-hedge-as-disclaimer low low; own-cells-no-risk low; evidence-inflation low; hope-and-transformation-appeal low;
novelty-and-leadership low; no-risks-mentioned high; no-traceable-evidence high; no-trial-registration medium;
status-not-stated medium; no-outcome-measure medium; lopsided-comparison medium; no-standard-care-advice medium;
provenance-missing low"""

WORKED = [
    ("a responsible page", RESPONSIBLE, Case("conditional", 5, 5, 1, 4, 1), 8, 84, "balanced"),
    ("a linked digest", DIGEST, Case("causal", 7, 5, 3, 5, 3), 7, 64, "mixed"),
    ("a hedged blog", BLOG, Case("conditional", 5, 2, 2, 2, 2), 1, 59, "mixed"),
    ("a clinic's offer", OFFER, Case("absolute", 8, 5, 1, 4, 1), 3, 27, "overstated"),
    ("a brochure", BROCHURE, Case("causal", 7, 5, 0, 3, 0), 1, 15, "unsupported"),
]


@pytest.mark.parametrize(("name", "table", "case", "good", "score", "label"), WORKED, ids=[w[0] for w in WORKED])
def test_worked_pages(name: str, table: str, case: Case, good: int, score: int, label: str) -> None:
    """Five pages tagged by hand come out at exactly the scores that were worked out on paper."""
    result = tally(findings(table), case, credits(good))
    assert (result.score, result.label) == (score, label)
    check_ledger(result)
