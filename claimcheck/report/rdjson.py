"""Reviewdog Diagnostic Format (rdjson), from which reviewdog writes review comments on any code host.

Its columns count UTF-8 code units from 1; the end of a range is exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from claimcheck.model import Finding, Report, Severity
from claimcheck.report import machine
from claimcheck.report.options import Options

SEVERITIES: dict[Severity, str] = {
    "critical": "ERROR",
    "high": "ERROR",
    "medium": "WARNING",
    "low": "INFO",
    "info": "INFO",
}


def render(reports: Sequence[Report], **options: Any) -> str:
    """One diagnostic result with every finding."""
    Options(**options)
    told = {
        "source": {"name": "claimcheck"},
        "diagnostics": [_diagnostic(r, f) for r in reports for f in machine.ordered(r.findings)],
    }
    return json.dumps(told, indent=2) + "\n"


def _diagnostic(report: Report, finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"start": {"line": finding.line}}
    if finding.region and finding.start != finding.end:
        place["start"]["column"] = finding.region.start_utf8
        place["end"] = {"line": finding.region.end_line, "column": finding.region.end_utf8}
    return {
        "message": machine.message(finding),
        "location": {"path": report.source, "range": place},
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
    }
