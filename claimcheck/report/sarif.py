"""SARIF 2.1.0 (OASIS, 2020), as code-scanning services read it.

What a comment, a baseline or a configuration took out of the findings is a suppressed result with its justification.
Matches let go by the sentence's own context are no results. Columns count UTF-16 code units, lines and columns from 1.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from claimcheck.model import Finding, Report, RuleNote, Severity
from claimcheck.report import machine, parts
from claimcheck.report.options import Options

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Severity, str] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
}
_KINDS = {"suppressed": "inSource", "baseline": "external", "ignored": "external"}


def render(reports: Sequence[Report], **options: Any) -> str:
    """One run over all pages. Suppressed results stay in it, marked as such."""
    Options(**options)
    notes = {note.id: note for report in reports for note in report.rules}
    shown = [(r, f) for r in reports for f in (*machine.ordered(r.findings), *machine.ordered(parts.taken_out(r)))]
    rules = sorted({f.rule for _, f in shown})
    index = {rule: k for k, rule in enumerate(rules)}
    first = {rule: next(f for _, f in shown if f.rule == rule) for rule in rules}
    driver = {
        "name": "claimcheck",
        "version": machine.version(),
        "rules": [_rule(first[rule], notes.get(rule)) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(r, f, index[f.rule]) for r, f in shown],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(finding: Finding, note: RuleNote | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": finding.rule,
        "defaultConfiguration": {"level": LEVELS[finding.base]},
        "properties": {"tags": [finding.family], "precision": _PRECISION[finding.confidence]},
    }
    if note:
        text = f"{note.why}\n\nEvidence needed: {note.evidence_needed}\n\nWording that would say so: {note.safer}"
        if note.sources:
            text += "\n\nAuthority: " + "; ".join(note.sources)
        told["shortDescription"] = {"text": note.title}
        told["fullDescription"] = {"text": note.why or note.title}
        told["help"] = {"text": text}
    return told


_PRECISION = {"high": "very-high", "medium": "high", "low": "medium"}


def _result(report: Report, finding: Finding, index: int) -> dict[str, Any]:
    stands: dict[str, Any] = {"artifactLocation": {"uri": machine.uri(report.source)}}
    if finding.place is None:  # lines of the text taken from a PDF lead nowhere
        stands["region"] = _region(finding)
    told: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": machine.message(finding)},
        "locations": [{"physicalLocation": stands}],
        "partialFingerprints": {"claimcheck/v1": finding.fingerprint},
        "properties": {
            "severity": finding.severity,
            "verdict": report.verdict.label,
            **({"where": finding.where} if finding.where else {}),
        },
    }
    if finding.because:
        kind = _KINDS[finding.because.context]
        told["suppressions"] = [{"kind": kind, "status": "accepted", "justification": finding.because.cue}]
    return told


def _region(finding: Finding) -> dict[str, Any]:
    region = finding.region
    if region is None or finding.start == finding.end:
        return {"startLine": finding.line}
    return {
        "startLine": finding.line,
        "startColumn": region.start_utf16,
        "endLine": region.end_line,
        "endColumn": region.end_utf16,
        "snippet": {"text": finding.quote},
    }
