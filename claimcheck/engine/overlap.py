"""One problem, one charge: where findings overlap, one is charged and the others become its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from claimcheck.model import FAMILIES, SEVERITIES, Finding
from claimcheck.rules.files import FlagRule


def resolve(findings: list[Finding], rules: Mapping[str, FlagRule]) -> list[Finding]:
    """Charge one finding of every cluster of nested or same spans, and of every pair a rule says it absorbs.

    A rule that names another in `absorbs` wins wherever the two overlap. Otherwise, for nested spans, the higher
    severity wins; on a tie the family that comes first in FAMILIES, then the longer span, then the id.
    """
    charged: list[Finding] = []
    for cluster in _clusters(findings):
        charged += cluster if len(cluster) == 1 else _settle(cluster, rules)
    return sorted(charged, key=lambda f: (f.start, f.end, f.rule))


def _clusters(findings: list[Finding]) -> Iterator[list[Finding]]:
    """Runs of findings that overlap one another, so that settling them costs no more than the run is long."""
    run: list[Finding] = []
    reach = -1
    for finding in sorted(findings, key=lambda f: (f.start, f.end)):
        if run and finding.start >= reach:
            yield run
            run = []
        run.append(finding)
        reach = max(reach, finding.end) if len(run) > 1 else finding.end
    if run:
        yield run


def _settle(findings: list[Finding], rules: Mapping[str, FlagRule]) -> list[Finding]:
    order = sorted(
        findings,
        key=lambda f: (-SEVERITIES.index(f.severity), FAMILIES.index(f.family), f.start - f.end, f.start, f.rule),
    )
    kept: list[Finding] = []
    notes: dict[int, list[str]] = {}
    for finding in order:
        winner = next((k for k in kept if _loses(finding, k, rules)), None)
        if winner is not None:
            notes.setdefault(id(winner), []).append(finding.rule)
            continue
        for other in [k for k in kept if _absorbs(finding, k, rules)]:
            kept.remove(other)
            notes.setdefault(id(finding), []).extend([other.rule, *notes.pop(id(other), [])])
        kept.append(finding)
    return [_with(f, notes[id(f)]) if id(f) in notes else f for f in kept]


def _with(finding: Finding, notes: Iterable[str]) -> Finding:
    return replace(finding, notes=tuple(dict.fromkeys(n for n in notes if n != finding.rule)))


def _overlap(a: Finding, b: Finding) -> bool:
    return a.start < b.end and b.start < a.end


def _nested(a: Finding, b: Finding) -> bool:
    return (a.start >= b.start and a.end <= b.end) or (b.start >= a.start and b.end <= a.end)


def _absorbs(a: Finding, b: Finding, rules: Mapping[str, FlagRule]) -> bool:
    return _overlap(a, b) and b.rule in rules[a.rule].absorbs


def _loses(finding: Finding, to: Finding, rules: Mapping[str, FlagRule]) -> bool:
    if not _overlap(finding, to) or _absorbs(finding, to, rules) or _both_stand(finding, to, rules):
        return False
    return finding.rule == to.rule or finding.rule in rules[to.rule].absorbs or _nested(finding, to)


def _both_stand(a: Finding, b: Finding, rules: Mapping[str, FlagRule]) -> bool:
    """A danger in a patient's story is charged beside the story."""
    return any(
        x.family == "testimonials" and y.family != "testimonials" and rules[y.rule].never_exempt
        for x, y in ((a, b), (b, a))
    )
