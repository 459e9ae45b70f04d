"""GitLab's code quality report: a JSON list that merge requests show and compare.

Fingerprints are those of rule, sentence and page, so that a finding keeps its identity when the page is re-indented.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from claimcheck.model import Report, Severity
from claimcheck.report import machine
from claimcheck.report.options import Options

SEVERITIES: dict[Severity, str] = {
    "critical": "critical",
    "high": "major",
    "medium": "minor",
    "low": "info",
    "info": "info",
}


def render(reports: Sequence[Report], **options: Any) -> str:
    """Every finding as an issue."""
    Options(**options)
    issues = [
        {
            "description": machine.message(finding),
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": SEVERITIES[finding.severity],
            "location": {
                "path": report.source.removeprefix("./"),
                "lines": {"begin": finding.line, "end": finding.region.end_line if finding.region else finding.line},
            },
        }
        for report in reports
        for finding, fingerprint in machine.unique(report, machine.ordered(report.findings))
    ]
    return json.dumps(issues, indent=2) + "\n"
