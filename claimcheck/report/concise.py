"""One line a finding, as editors and grep read it: `path:line:column: severity rule message`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimcheck.model import Finding, Report
from claimcheck.report import machine, parts
from claimcheck.report.options import Options
from claimcheck.report.plain import clean


def render(reports: Sequence[Report], **options: Any) -> str:
    """The findings of all pages, in reading order; a page without findings gives no line."""
    Options(**options)
    return "".join(each(report, **options) for report in reports)


def each(report: Report, **options: Any) -> str:
    """The lines of one page. The findings of a record end in the id of the record, where it has one."""
    Options(**options)
    known = f" [{clean(report.record.id)}]" if report.record and report.record.id else ""
    return "".join(
        f"{clean(report.source)}:{parts.address(f)}: {f.severity} {f.rule} {_said(f)}{known}\n"
        for f in machine.ordered(report.findings)
    )


def _said(finding: Finding) -> str:
    unseen = parts.unseen(finding)
    return clean(f"{unseen}: {finding.message}" if unseen else finding.message)
