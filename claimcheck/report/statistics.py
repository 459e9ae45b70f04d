"""How often which rule fired, over all pages: what to take up first, or what to leave out of a policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from claimcheck.model import SEVERITIES, Report, Severity
from claimcheck.report.plain import clean


class Tally(Struct):
    """The counts of the pages seen so far, of which none is held."""

    counts: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    worst: dict[str, Severity] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        """Count a page."""
        self.counts.update(f.rule for f in report.findings)
        self.pages.update({f.rule for f in report.findings})
        self.labels[report.verdict.label] += 1
        for finding in report.findings:
            worst = self.worst.get(finding.rule, "info")
            self.worst[finding.rule] = max(worst, finding.severity, key=SEVERITIES.index)
        self.titles.update((note.id, note.title) for note in report.rules)

    def text(self) -> str:
        """A line a rule: findings, pages, worst severity, id and title; the most frequent first. Then the verdicts."""
        lines = ["findings  pages  severity  rule"] if self.counts else []
        for rule, count in sorted(self.counts.items(), key=lambda item: (-item[1], item[0])):
            title = f"  ({clean(self.titles[rule])})" if rule in self.titles else ""
            lines.append(f"{count:8}  {self.pages[rule]:5}  {self.worst[rule]:8}  {rule}{title}")
        verdicts = ", ".join(f"{self.labels[label]} {label}" for label in sorted(self.labels))
        return "\n".join([*lines, f"verdicts: {verdicts}" if verdicts else "no pages"]) + "\n"


def render(reports: Iterable[Report]) -> str:
    """The tally of some reports as text."""
    tally = Tally()
    for report in reports:
        tally.add(report)
    return tally.text()
