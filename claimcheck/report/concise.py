"""One line a finding, as editors and grep read it: `path:line:column: severity rule message`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimcheck.model import Report
from claimcheck.report import parts
from claimcheck.report.options import Options
from claimcheck.report.plain import clean


def render(reports: Sequence[Report], **options: Any) -> str:
    """The findings of all pages, in reading order; a page without findings gives no line."""
    Options(**options)
    return "".join(
        f"{clean(report.source)}:{parts.address(f)}: {f.severity} {f.rule} {clean(f.message)}\n"
        for report in reports
        for f in sorted(report.findings, key=lambda f: (f.line, f.column, f.end, f.rule))
    )
