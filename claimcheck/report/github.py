"""Workflow commands of GitHub Actions: one annotation a finding, at its place in the changed files.

Words from a page are escaped as GitHub's toolkit does it, so that none of them is a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimcheck.model import Finding, Report, Severity
from claimcheck.report import machine, parts
from claimcheck.report.options import Options
from claimcheck.report.plain import clean

KINDS: dict[Severity, str] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "notice",
    "info": "notice",
}


def render(reports: Sequence[Report], **options: Any) -> str:
    """An annotation for every finding, and after those of a page, its verdict as plain text in the log."""
    Options(**options)
    return "".join(each(report, **options) for report in reports)


def each(report: Report, **options: Any) -> str:
    """The lines of one page."""
    chosen = Options(**options)
    lines = [_annotation(report, f) for f in machine.ordered(report.findings)]
    if not chosen.quiet:
        lines.append(f"{clean(report.title)}: {parts.headline(report.verdict)}; {parts.counted(report)}".lstrip(":"))
    return "".join(f"{line}\n" for line in lines)


def _annotation(report: Report, finding: Finding) -> str:
    place = {"file": report.source, "line": str(finding.line)}
    region = finding.region
    if region and finding.start != finding.end:
        place["endLine"] = str(region.end_line)
        if region.end_line == finding.line:  # GitHub refuses columns for several lines
            place |= {"col": str(finding.column), "endColumn": str(region.end_column)}
    place["title"] = f"{finding.rule} ({finding.severity})"
    given = ",".join(f"{key}={_property(clean(value))}" for key, value in place.items())
    return f"::{KINDS[finding.severity]} {given}::{_data(clean(machine.message(finding)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
