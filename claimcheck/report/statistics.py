"""How often which rule fired, over all pages: what to take up first, or what to leave out of a policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimcheck.model import SEVERITIES, Report, Severity
from claimcheck.report.plain import clean


def render(reports: Sequence[Report]) -> str:
    """A line a rule: findings, pages, worst severity, id and title; the most frequent first. Then the verdicts."""
    counts: Counter[str] = Counter(f.rule for r in reports for f in r.findings)
    pages: Counter[str] = Counter(rule for r in reports for rule in {f.rule for f in r.findings})
    worst: dict[str, Severity] = {}
    for finding in (f for r in reports for f in r.findings):
        worst[finding.rule] = max(worst.get(finding.rule, "info"), finding.severity, key=SEVERITIES.index)
    titles = {note.id: note.title for r in reports for note in r.rules}
    lines = []
    if counts:
        lines.append("findings  pages  severity  rule")
    for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        title = f"  ({clean(titles[rule])})" if rule in titles else ""
        lines.append(f"{count:8}  {pages[rule]:5}  {worst[rule]:8}  {rule}{title}")
    labels = Counter(r.verdict.label for r in reports)
    lines.append(
        "verdicts: " + ", ".join(f"{labels[label]} {label}" for label in sorted(labels)) if labels else "no pages"
    )
    return "\n".join(lines) + "\n"
