"""The bar a page must stay below: what `--fail-on` takes, and which reports reach it."""

from __future__ import annotations

from claimcheck.model import SEVERITIES, Label, Report

GRADES: tuple[Label, ...] = ("supported", "balanced", "mixed", "overstated", "unsupported", "red-flag")
"""The labels that are grades, from best to worst. A page without a claim, or too short to judge, has none."""

BARS: tuple[str, ...] = (*SEVERITIES, *GRADES, "never")


def reaches(report: Report, bar: str) -> bool:
    """Whether a finding is at least as severe, or the verdict at least as bad, as `bar` (one of BARS)."""
    if bar in SEVERITIES:
        return any(SEVERITIES.index(f.severity) >= SEVERITIES.index(bar) for f in report.findings)
    grade = report.verdict.label
    return bar in GRADES and grade in GRADES and GRADES.index(grade) >= GRADES.index(bar)
