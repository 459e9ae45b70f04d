"""What a team decides about findings: which are reported, and how severe they are taken to be.

A policy never touches the verdict. The score says what the page's own words deserve, so no configuration can buy a
better one; it decides what is listed as a finding, and so what fails. What is left out stays in the report's
suppressed findings, with the setting that left it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from claimcheck.ingest import matches
from claimcheck.model import SEVERITIES, Because, Document, Finding, Report, Severity
from claimcheck.policy.suppress import Ground, covers, suppress

if TYPE_CHECKING:
    from claimcheck.rules.ruleset import RuleSet

EVERYTHING = "*"


class Policy(Struct, frozen=True):
    """The settings that hold for one page. Words of `select`, `ignore` and `severity` are rule ids, "family/*",
    severities (not in `severity`) and "*"; where several fit a finding the most exact one counts, and of equally
    exact ones `ignore`."""

    select: Sequence[str] = (EVERYTHING,)
    ignore: Sequence[str] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)


def apply(report: Report, policy: Policy) -> Report:
    """The report with findings graded and chosen as `policy` has it."""
    if policy == Policy():
        return report
    kept: list[Finding] = []
    left: list[Finding] = []
    for finding in report.findings:
        graded = _graded(finding, policy.severity)
        reason = left_out(graded, policy)
        if reason is None:
            kept.append(graded)
        else:
            left.append(replace(graded, because=Because("ignored", reason, graded.start, graded.end)))
    if not left and tuple(kept) == report.findings:
        return report
    return replace(report, findings=tuple(kept), suppressed=report.suppressed + tuple(left))


def left_out(finding: Finding, policy: Policy) -> str | None:
    """The setting that leaves a finding out, None where it is reported."""
    chosen, _ = _best(finding, policy.select)
    barred, word = _best(finding, policy.ignore)
    if chosen < 0:
        return f"not in select = {', '.join(policy.select)}"
    return f"ignore = {word}" if barred >= chosen and barred >= 0 else None


def unknown_words(words: Iterable[str], families: Mapping[str, str], severities: bool = True) -> list[str]:
    """Those of `words` that name no rule. `families` gives the family of every rule by its id."""
    known = {EVERYTHING, *families, *(f"{f}/*" for f in families.values()), *(SEVERITIES if severities else ())}
    return [w for w in words if w not in known]


def _best(finding: Finding, words: Iterable[str]) -> tuple[int, str]:
    ranked = [(covers(w, finding.rule, finding.family, finding.severity), w) for w in words]
    return max(ranked, default=(-1, ""))


def _graded(finding: Finding, severity: Mapping[str, Severity]) -> Finding:
    rank, word = _best(finding, severity)
    if rank < 0 or severity[word] == finding.severity:
        return finding
    change = f"{finding.severity} to {severity[word]}: configured"
    return replace(finding, severity=severity[word], modifiers=(*finding.modifiers, change))


class Plan(Struct, frozen=True):
    """The policy of a run: what holds for every page, and what is added for those that patterns seen from `base`
    match."""

    policy: Policy = field(default_factory=Policy)
    per_file: tuple[tuple[tuple[str, ...], Policy], ...] = ()
    base: Path = field(default_factory=Path)
    comments: bool = True
    """Whether comments in pages are obeyed."""
    allow_critical: tuple[str, ...] = ()
    """Danger rules that a comment may suppress."""
    today: date = field(default_factory=date.today)

    def of(self, page: str) -> Policy:
        """The policy for a page, by its name."""
        policy = self.policy
        for patterns, own in self.per_file:
            if matches(patterns, page, self.base):
                ignore = (*policy.ignore, *own.ignore)
                policy = Policy(policy.select, ignore, {**policy.severity, **own.severity})
        return policy


def enforce(document: Document, report: Report, plan: Plan, rules: RuleSet) -> Report:
    """The report on a document as the team that runs claimcheck wants it."""
    if plan.comments and "claimcheck:" in document.source:
        guarded = frozenset(r.id for r in rules.flags if r.never_exempt) - frozenset(plan.allow_critical)
        report = suppress(document, report, Ground({r.id: r.family for r in rules.flags}, guarded, plan.today))
    return apply(report, plan.of(document.name))
