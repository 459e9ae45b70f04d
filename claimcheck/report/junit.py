"""JUnit XML, as build servers show test results: a suite a page, a failing case a finding.

A page without findings has one case, which passes. Characters that XML cannot hold are written as escapes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from claimcheck.model import Finding, Report
from claimcheck.report import machine, parts
from claimcheck.report.options import Options
from claimcheck.report.plain import clean


def render(reports: Sequence[Report], **options: Any) -> str:
    """All pages as test suites."""
    Options(**options)
    count = sum(len(r.findings) for r in reports)
    cases = sum(max(len(r.findings), 1) for r in reports)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="claimcheck" tests="{cases}" failures="{count}" errors="0">')
    for report in reports:
        lines += _suite(report)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(report: Report) -> Iterator[str]:
    findings = machine.ordered(report.findings)
    name = _value(report.title)
    tests = max(len(findings), 1)
    yield f'  <testsuite name={name} tests="{tests}" failures="{len(findings)}" errors="0">'
    if not findings:
        yield f"    <testcase name={_value(parts.headline(report.verdict))} classname={name}/>"
    for finding in findings:
        yield from _case(finding, name)
    yield "  </testsuite>"


def _case(finding: Finding, name: str) -> Iterator[str]:
    title = f"{finding.rule} ({finding.line}:{finding.column})"
    yield f'    <testcase name={_value(title)} classname={name} line="{finding.line}">'
    kind = f'type="{finding.severity}"'
    text = escape(clean(finding.context or finding.message))
    yield f"      <failure message={_value(finding.message)} {kind}>{text}</failure>"
    yield "    </testcase>"


def _value(text: str) -> str:
    return quoteattr(clean(text))
