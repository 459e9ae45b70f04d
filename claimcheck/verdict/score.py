"""The arithmetic of the verdict: a pure function of findings, claim, evidence and credits, as a ledger.

    score = 100 - language - gap - omissions + credits, held under the lowest gate that applies, rounded half up

Every number here is a judgement, not a measurement: weights and gates say that one dangerous promise is enough, that
repeating a phrase is no new offence, and that a source nobody can look up supports little. All amounts are multiples
of 1/16, so the ledger adds up exactly in binary floating point.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.documents.case import Case
from claimcheck.ladder import FOLLOWABLE, RUNGS, effective
from claimcheck.model import SEVERITIES, STRENGTHS, Finding, Label, LedgerLine, Severity

LANGUAGE: dict[Severity, int] = {"critical": 25, "high": 10, "medium": 4, "low": 1, "info": 0}
"""Points of a finding about what is said."""

OMITTED: dict[Severity, int] = {"critical": 5, "high": 5, "medium": 3, "low": 1, "info": 0}
"""Points of a finding about what is left unsaid."""

REPEATS = (1.0, 0.5, 0.25)
"""Weights of the first, second and third finding of one rule; later ones cost nothing."""

BRACKETS = ((20.0, 1.0), (40.0, 0.5), (80.0, 0.25))
"""Widths and rates: the first 20 raw points in full, the next 40 at half, the next 80 at a quarter, no more."""
_NO_MORE = sum(width for width, _ in BRACKETS)

CITATION_QUALITY = frozenset(
    {
        "press-release-as-evidence",
        "preprint-as-established",
        "untied-or-incomplete-reference",
        "venue-mislabel",
        "registry-as-result",
        "source-claim-mismatch",
    }
)
CITATION_QUALITY_LIMIT = 10.0
"""Raw points that citing imperfectly may cost in all, so that it stays cheaper than not citing."""

GAP_STEP, GAP_LIMIT, OMISSIONS_LIMIT = 4, 20, 20
CREDIT, CREDITS_LIMIT = 2.0, 12.0

BANDS: tuple[tuple[int, Label], ...] = (
    (85, "supported"),
    (70, "balanced"),
    (50, "mixed"),
    (25, "overstated"),
    (0, "unsupported"),
)
"""The lowest score of each label."""


_TELLING = 7
"""From this level on, a null result that the page reports itself lets it say "may": its readers have both sides."""


class Credit(Struct, frozen=True):
    """Something the page does well: its name, the title readers see, where it stands."""

    name: str
    title: str
    start: int | None = None
    line: int | None = None


class Tally(Struct, frozen=True):
    """The outcome: score 0-100, label, the ledger that sums to the score, and every gate that applies."""

    score: int
    label: Label
    lines: tuple[LedgerLine, ...]
    gates: tuple[str, ...]


def tally(findings: Sequence[Finding], case: Case, credits: Sequence[Credit] = ()) -> Tally:
    """Score a page. `findings` are the ones charged; any that was let go (`because` is set) is passed over."""
    charged = [f for f in findings if f.because is None]
    lines = _ledger(charged, case, credits)
    if refund := _refund(charged, case, credits, lines):
        lines.append(LedgerLine("credit", refund, "citing imperfectly never costs more than citing nothing"))
    total = _sum(lines)
    gates = _gates(charged, case)
    if gates and gates[0][0] < total:
        cap, what = gates[0]
        lines.append(LedgerLine("gate", cap - total, f"held at {cap}: {what}"))
        total = float(cap)
    score = math.floor(total + 0.5)
    if score != total:
        lines.append(LedgerLine("rounding", score - total, "rounded to a whole number"))
    critical = any(f.severity == "critical" for f in charged)
    label: Label = "red-flag" if critical else next(name for floor, name in BANDS if score >= floor)
    return Tally(score, label, tuple(lines), tuple(f"at most {cap}: {what}" for cap, what in gates))


def _ledger(charged: Sequence[Finding], case: Case, credits: Sequence[Credit]) -> list[LedgerLine]:
    """Everything before gates. It lies in 0-100 by construction: no part exceeds its limit, and credits never exceed
    half of what gap and omissions cost."""
    lines = [LedgerLine("start", 100.0, "every page starts at 100")]
    lines += _language(charged)
    disclosure = [*_gap(case), *_omissions(charged)]
    return [*lines, *disclosure, *_credits(credits, min(CREDITS_LIMIT, -_sum(disclosure) / 2))]


def _sum(lines: Iterable[LedgerLine]) -> float:
    return sum(line.points for line in lines)


def _refund(charged: Sequence[Finding], case: Case, credits: Sequence[Credit], lines: Sequence[LedgerLine]) -> float:
    """What to give back so that poor citations leave the page no lower than the same page without citations."""
    others = [f for f in charged if f.rule not in CITATION_QUALITY]
    if len(others) == len(charged):
        return 0.0
    bare = replace(case, traceability=0, followable=0, effective=effective(case.level, 0))
    instead = _ledger(others, bare, credits)
    without = min([_sum(instead), *(cap for cap, _ in _gates(others, bare))])
    said, unsaid = (_sum(line for line in ledger if line.part == "language") for ledger in (lines, instead))
    return min(max(without - _sum(lines), 0.0), unsaid - said)


def _language(findings: Iterable[Finding]) -> Iterator[LedgerLine]:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.family != "omissions":
            by_rule[finding.rule].append(finding)
    raw: list[tuple[float, int, Finding]] = []
    for found in by_rule.values():
        found.sort(key=lambda f: (-LANGUAGE[f.severity], f.start))
        for nth, finding in enumerate(found[: len(REPEATS)]):
            raw.append((LANGUAGE[finding.severity] * REPEATS[nth], nth, finding))
    raw.sort(key=lambda r: (-r[0], r[2].start, r[2].rule))
    counted = charged = quality = 0.0
    for points, nth, finding in raw:
        allowed = points
        if finding.rule in CITATION_QUALITY:
            allowed = min(points, CITATION_QUALITY_LIMIT - quality)
            quality += allowed
        if counted >= _NO_MORE:
            break
        counted += allowed
        charge = _bracketed(counted) - charged
        charged += charge
        if charge:
            what = _priced(finding, LANGUAGE[finding.severity], nth, allowed < points, charge < allowed)
            yield LedgerLine("language", -charge, what, finding.start, finding.line)


def _priced(finding: Finding, points: int, nth: int, limited: bool, bracketed: bool) -> str:
    """A ledger entry in words: the rule, its words, and what made it cheaper."""
    quote = f" '{finding.quote}'" if finding.quote else ""
    reasons = [f"{finding.severity} {points}"]
    if nth:
        reasons.append(f"{('second', 'third')[nth - 1]} of its kind x{REPEATS[nth]:g}")
    if limited:
        reasons.append(f"citation quality costs at most {CITATION_QUALITY_LIMIT:g}")
    if bracketed:
        reasons.append("later points of a long list count less")
    return f"{finding.rule}{quote} ({', '.join(reasons)})"


def _bracketed(raw: float) -> float:
    total = 0.0
    for width, rate in BRACKETS:
        total += min(max(raw, 0.0), width) * rate
        raw -= width
    return total


def _gap(case: Case) -> Iterator[LedgerLine]:
    if case.gap:
        points = min(GAP_LIMIT, GAP_STEP * case.gap)
        what = (
            f"the strongest claim needs {RUNGS[case.need]} (level {case.need}); the page offers level {case.effective}"
        )
        yield LedgerLine("gap", -float(points), what, case.start, case.line)


def _omissions(findings: Iterable[Finding]) -> Iterator[LedgerLine]:
    total = 0
    unsaid = [f for f in findings if f.family == "omissions"]
    for finding in sorted(unsaid, key=lambda f: (-SEVERITIES.index(f.severity), f.rule)):
        points = min(OMITTED[finding.severity], OMISSIONS_LIMIT - total)
        total += points
        if points:
            place = (finding.start, finding.line) if finding.end else (None, None)
            yield LedgerLine("omissions", -float(points), f"{finding.rule} ({finding.severity})", *place)


def _credits(credits: Sequence[Credit], limit: float) -> Iterator[LedgerLine]:
    """Two points each, up to `limit`: credits soften what evidence and disclosure cost, never what was said."""
    given: set[str] = set()
    for credit in credits:
        points = min(CREDIT, limit)
        if points > 0 and credit.name not in given:
            given.add(credit.name)
            limit -= points
            yield LedgerLine("credit", points, credit.title, credit.start, credit.line)


def _gates(findings: Sequence[Finding], case: Case) -> list[tuple[int, str]]:
    """Every cap that applies, lowest first."""
    critical = {f.rule for f in findings if f.severity == "critical"}
    high = {f.rule for f in findings if f.severity == "high" and f.rule not in CITATION_QUALITY}
    unfollowable = (case.claims or case.care) and case.followable < FOLLOWABLE
    direct = STRENGTHS.index(case.strength) >= STRENGTHS.index("can")
    open_about_it = case.strength == "conditional" and case.against >= _TELLING
    gates = [
        (12, "two or more different critical findings", len(critical) >= 2),
        (24, "a critical finding", bool(critical)),
        (49, "three or more different findings of high severity", len(high) >= 3),
        (54, "a direct claim without any source that can be looked up", unfollowable and direct),
        (59, "the strongest claim is three or more levels above its evidence", case.gap >= 3 and not open_about_it),
        (84, "the strongest claim is three or more levels above its evidence", case.gap >= 3),
        (84, "no source that can be looked up", unfollowable),
    ]
    return [(cap, what) for cap, what, applies in gates if applies]
