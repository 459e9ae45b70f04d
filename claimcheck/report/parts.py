"""What a report says, in words that do not depend on the format: the axes, the groups of findings, fixed lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from claimcheck.ladder import RUNGS
from claimcheck.model import (
    SEVERITIES,
    Citation,
    Claim,
    Evidence,
    Finding,
    Label,
    LedgerLine,
    LeftOut,
    Report,
    RuleNote,
    Severity,
    Verdict,
)
from claimcheck.report.options import View
from claimcheck.report.plain import clean, shorten
from claimcheck.text.regions import in_words, whereabouts

LIMITS = (
    "claimcheck judges the wording of a page, not whether a treatment works. "
    "Keep your current treatment and discuss this with the clinician who knows you."
)

CREDITS = "To its credit, the page"

NO_FINDINGS = "No sentence on this page was flagged."

TITLES: dict[View, dict[str, str]] = {
    "patient": {
        "gaps": "What this page does not tell you",
        "questions": "Questions to ask the clinic",
    },
    "editor": {
        "gaps": "What the page leaves out",
        "questions": "Questions a reader is left with",
    },
}

HIDDEN = {
    "title": "the page's title",
    "meta": "the page's description for search engines",
    "front matter": "the page's front matter",
    "open graph": "the text shown where the page is shared",
    "json-ld": "the data for search engines",
    "alt": "the text of a picture",
    "tooltip": "a tooltip",
}
"""Where words stand that are not in the body of a page."""

TRACEABILITY = ("nothing to follow", "named, not linked", "can be looked up", "linked and independent")

STRENGTHS = {
    "none": "claims no benefit",
    "correlational": "reports an association",
    "conditional": 'claims with a hedge ("may help")',
    "can": 'claims an ability ("can help")',
    "causal": 'claims an effect outright ("reduces", "treats")',
    "absolute": 'claims a certainty ("cures", "guaranteed", "100%")',
}

PAGE_TYPES = {
    "offer": "a page that sells",
    "promo": "a page that promotes",
    "info": "a page that informs",
    "watch": "a page that watches sellers",
}


class Axis(Struct, frozen=True):
    """One of the three axes: what it found and the points it cost (negative) and gave (positive)."""

    name: str
    says: str
    lost: float
    won: float = 0.0

    @property
    def points(self) -> str:
        """The points as text, empty where nothing moved."""
        return " ".join(signed(p) for p in (self.lost, self.won) if p)


class Group(Struct, frozen=True):
    """The findings of one rule at the worst severity among them, the worst and earliest first."""

    rule: str
    severity: Severity
    findings: tuple[Finding, ...]


def headline(verdict: Verdict) -> str:
    """The label and the score: "RED FLAG 12/100"; a page that was not scored has the label alone."""
    return graded(verdict.label, verdict.score)


def graded(label: Label, score: int | None) -> str:
    """A label with its score."""
    said = label.upper().replace("-", " ")
    return said if score is None else f"{said} {score}/100"


def axes(report: Report) -> tuple[Axis, ...]:
    """Language, evidence and disclosure, each on its own: none of them can buy off another."""
    verdict = report.verdict
    lost: dict[str, float] = defaultdict(float)
    for line in verdict.arithmetic:
        lost[line.part] += line.points
    language = f"{STRENGTHS[verdict.strength]}; {counted(report)}"
    evidence = f"best cited: {RUNGS[verdict.level]}, {TRACEABILITY[verdict.traceability]}"
    if verdict.gap:
        evidence += f"; the strongest claim needs {RUNGS[verdict.need]}"
    disclosure = many(len(report.omissions), "omission")
    if verdict.credits:
        disclosure += f"; {many(len(verdict.credits), 'thing')} to its credit"
    return (
        Axis("Language", language, lost["language"]),
        Axis("Evidence", evidence, lost["gap"]),
        Axis("Disclosure", disclosure, lost["omissions"], lost["credit"]),
    )


def counted(report: Report) -> str:
    """How many findings there are of each severity, omissions apart: "1 critical, 3 high"."""
    counts = Counter(f.severity for f in flagged(report))
    said = [f"{counts[s]} {s}" for s in reversed(SEVERITIES) if counts[s]]
    return ", ".join(said) + (" finding" if counts.total() == 1 else " findings") if said else many(0, "finding")


def flagged(report: Report) -> tuple[Finding, ...]:
    """The findings about what the page says. What it does not say is told by its omissions."""
    told = {o.rule for o in report.omissions}
    return tuple(f for f in report.findings if f.rule not in told)


def groups(findings: Iterable[Finding]) -> list[Group]:
    """Findings by rule, the most severe rule first; ties in reading order."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (-SEVERITIES.index(f.severity), f.start, f.end, f.rule)):
        by_rule.setdefault(finding.rule, []).append(finding)
    return [Group(rule, found[0].severity, tuple(found)) for rule, found in by_rule.items()]


def notes(report: Report) -> dict[str, RuleNote]:
    """What the rules of a report say of themselves, by id."""
    return {note.id: note for note in report.rules}


def place(finding: Finding) -> str:
    """Where a finding stands, for people."""
    if finding.start == finding.end:
        return "whole page"
    at = clean(in_words(finding.place)) if finding.place else f"line {finding.line}"
    return ", in ".join(filter(None, (at, unseen(finding))))


def unseen(finding: Finding) -> str:
    """Which words that are not in the body of a page a finding is about, for people; empty for the body."""
    return HIDDEN[finding.where] if finding.where else ""


def located(report: Report, thing: Claim | Evidence | Citation | LedgerLine) -> str:
    """Where something on the page stands, for people: its line, or its place in a file that is no text."""
    return clean(whereabouts(report.places, thing.start, thing.line))


_SHORT = {"page": "p", "header": "", "file": ""}


def address(finding: Finding) -> str:
    """Where a finding stands, as editors and grep read it: "12:5" (line and column), "p3", "part2:14"."""
    if finding.place is None:
        return f"{finding.line}:{finding.column}"
    place = finding.place
    name = f"{_SHORT.get(place.unit, place.unit)}{place.label}"
    return clean(re.sub(r"[\s:]+", "_", name)) + (f":{place.line}" if place.line else "")


def repeats(group: Group, most: int = 3) -> str:
    """The findings of a group after the first, shortened: 'line 9 "cures arthritis"; and 4 more'. Empty for none."""
    rest = group.findings[1:]
    said = [f'{place(f)} "{clean(shorten(f.quote, 40))}"' for f in rest[:most]]
    if len(rest) > most:
        said.append(f"and {len(rest) - most} more")
    return "; ".join(said)


TAKEN_OUT = ("suppressed", "baseline", "ignored")
"""Why a person, not the sentence's context, took a finding out: a comment, the baseline, the configuration."""


def taken_out(report: Report) -> tuple[Finding, ...]:
    """The findings that a person took out."""
    return tuple(f for f in report.suppressed if f.because and f.because.context in TAKEN_OUT)


def set_aside(report: Report) -> str:
    """How many findings people took out, and by what: "2 findings taken out: 1 suppressed, 1 baseline"."""
    taken = taken_out(report)
    if not taken:
        return ""
    counts = Counter(f.because.context for f in taken if f.because)
    said = ", ".join(f"{counts[c]} {c}" for c in TAKEN_OUT if counts[c])
    return f"{many(len(taken), 'finding')} taken out by people: {said}; the verdict counts them."


def let_go(finding: Finding) -> str:
    """Why a suppressed match was let go: the context, its cue, and how far that reaches in the source."""
    because = finding.because
    if because is None:
        return ""
    cue = f' by "{clean(shorten(because.cue, 60))}"' if because.cue else ""
    return f"{because.context}{cue}, which covers characters {because.start}-{because.end}"


def not_judged(report: Report) -> str:
    """How much of a page was left out, by what it is: "42 words left out: 30 navigation, 12 footer". Empty for none."""
    words: Counter[str] = Counter()
    for part in report.left_out:
        words[part.why] += part.words
    if not words:
        return ""
    said = ", ".join(f"{n} {why}" for why, n in words.most_common())
    return f"{many(words.total(), 'word')} left out: {said}."


def left(part: LeftOut) -> str:
    """One part of a page that was left out, for people."""
    return f'line {part.line}: {part.why}, {many(part.words, "word")}: "{clean(part.quote)}"'


def many(count: int, noun: str) -> str:
    """A count with its noun: "no pages", "1 page", "2 pages", "2 matches"."""
    if noun.endswith("ry"):
        return f"{count or 'no'} {noun if count == 1 else noun[:-1] + 'ies'}"
    ending = "es" if noun.endswith("ch") else "s"
    return f"{count or 'no'} {noun}{'' if count == 1 else ending}"


def signed(points: float) -> str:
    """Points with their sign and no needless zeros: "-7.5", "+4", "0"."""
    return f"{round(points, 2):+g}" if round(points, 2) else "0"
