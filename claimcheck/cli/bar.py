"""The bar a page must stay below: what `--fail-on` takes, and which reports reach it."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.model import SEVERITIES, Finding, Label, Report

GRADES: tuple[Label, ...] = ("supported", "balanced", "mixed", "overstated", "unsupported", "red-flag")
"""The labels that are grades, from best to worst. A page without a claim, or too short to judge, has none."""

BARS: tuple[str, ...] = (*SEVERITIES, *GRADES, "never")


def reaches(report: Report, bar: str, counted: Sequence[Finding] | None = None) -> bool:
    """Whether a finding is at least as severe, or the verdict at least as bad, as `bar` (one of BARS).

    `counted` are the findings that count where not all do (None: all do). A verdict then counts only where one of
    them is left: an old page with nothing new to it fails nothing.
    """
    findings = report.findings if counted is None else counted
    if bar in SEVERITIES:
        return any(SEVERITIES.index(f.severity) >= SEVERITIES.index(bar) for f in findings)
    grade = report.verdict.label
    worse = bar in GRADES and grade in GRADES and GRADES.index(grade) >= GRADES.index(bar)
    return worse and (counted is None or bool(findings))
