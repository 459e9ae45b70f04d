"""Comments against findings: what each takes out, and what is wrong with those that take out nothing.

Like every policy they leave the verdict alone. A comment that is out of date, unused, without a reason or without
meaning is a finding of its own, so that suppressions cannot rot unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from msgspec import Struct, field
from msgspec.structs import replace

from claimcheck.model import Because, Document, Finding, Report, RuleNote, Severity
from claimcheck.text.directives import Directive, directives
from claimcheck.text.regions import standing

FAMILY = "suppressions"
_NEXT = "Fix the comment or take it out."
META: dict[str, tuple[Severity, str, str]] = {
    "malformed-suppression": ("high", "A comment to claimcheck that cannot be obeyed", "Nobody knows what it lets go."),
    "unreasoned-suppression": ("high", "A suppression without a reason", "A reader cannot tell why it was let go."),
    "refused-suppression": (
        "high",
        "A suppression of a danger line",
        "Such a line can harm readers directly; letting it go takes `allow-critical` in the configuration too.",
    ),
    "expired-suppression": ("medium", "A suppression past its date", "Its time is over; the finding counts again."),
    "unused-suppression": ("low", "A suppression of nothing", "What it let go is gone, or it stands in a wrong place."),
}
"""What is said of comments: id, severity, title, why."""


class Ground(Struct, frozen=True):
    """What comments are held against: the family of every rule by id, the danger rules that no comment may take out,
    and the day."""

    families: Mapping[str, str] = field(default_factory=dict)
    guarded: frozenset[str] = frozenset()
    today: date = date.max


def suppress(document: Document, report: Report, ground: Ground) -> Report:
    """The report with the findings taken out that the page's comments cover, and with findings about comments."""
    comments = [d for d in directives(document.source, document.format) if not _shown(document, d)]
    if not comments:
        return report
    kept: list[Finding] = []
    taken: list[Finding] = []
    used: set[int] = set()
    refused: dict[int, str] = {}
    active = [(k, d, _reach(document, comments, k)) for k, d in enumerate(comments) if _obeyed(d, ground)]
    for finding in report.findings:
        for k, comment, reach in active:
            if not _covers(comment, reach, finding):
                continue
            if danger := next((r for r in (finding.rule, *finding.notes) if r in ground.guarded), ""):
                refused[k] = danger
                continue
            used.add(k)
            because = Because("suppressed", comment.reason, comment.start, comment.end)
            taken.append(replace(finding, because=because))
            break
        else:
            kept.append(finding)
    said = [f for k, d in enumerate(comments) for f in _remarks(document, comments, k, d, used, refused, ground)]
    notes = tuple(_note(rule) for rule in sorted({f.rule for f in said}))
    return replace(
        report,
        findings=(*kept, *said),
        suppressed=report.suppressed + tuple(taken),
        rules=report.rules + notes,
    )


def covers(word: str, rule: str, family: str, severity: str = "") -> int:
    """How exactly a word names a rule: 3 its id, 2 its family, 1 its severity, 0 everything, -1 not at all."""
    if word == rule:
        return 3
    if word == f"{family}/*":
        return 2
    if word == severity:
        return 1
    return 0 if word == "*" else -1


def _shown(document: Document, comment: Directive) -> bool:
    """A comment that the page shows as text (code, an example of use) is none."""
    return any(b.start <= comment.start < b.end and "claimcheck:" in b.text for b in document.blocks)


def _obeyed(comment: Directive, ground: Ground) -> bool:
    return (
        not comment.fault
        and comment.verb != "on"
        and not _unknown(comment, ground)
        and not (comment.until and comment.until < ground.today)
    )


def _unknown(comment: Directive, ground: Ground) -> list[str]:
    known = {*ground.families, *(f"{f}/*" for f in ground.families.values())}
    return [r for r in comment.rules if r not in known]


def _reach(document: Document, comments: Sequence[Directive], at: int) -> tuple[int, int]:
    """The stretch of the source that a comment speaks of."""
    comment = comments[at]
    if comment.verb == "off":
        closing = (c for c in comments[at + 1 :] if c.verb == "on" and set(comment.rules) <= set(c.rules))
        end = next(closing, None)
        return comment.end, end.start if end else len(document.source)
    inside = [b for b in document.blocks if b.start <= comment.start < b.end]
    after = [b for b in document.blocks if b.start >= comment.end and not b.hidden]
    block = inside[0] if inside else min(after, key=lambda b: b.start, default=None)
    return (block.start, block.end) if block else (0, 0)


def _covers(comment: Directive, reach: tuple[int, int], finding: Finding) -> bool:
    if max((covers(word, finding.rule, finding.family) for word in comment.rules), default=-1) < 2:
        return False
    if finding.scope == "document" and finding.rule in comment.rules:
        return True  # it is about the page, wherever it is shown
    if not reach[0] <= finding.start < reach[1]:
        return False
    quote, words = " ".join(comment.quote.lower().split()), finding.quote.lower()
    return not quote or quote in words or words in quote


def _remarks(
    document: Document,
    comments: Sequence[Directive],
    at: int,
    comment: Directive,
    used: set[int],
    refused: Mapping[int, str],
    ground: Ground,
) -> list[Finding]:
    """What there is to say of one comment."""
    rules = ", ".join(comment.rules)
    unknown = _unknown(comment, ground)
    if comment.fault:
        return [_finding(document, comment, f"{comment.kind}-suppression", f"This suppression {comment.fault}.")]
    if unknown:
        near = get_close_matches(unknown[0], [*ground.families, *ground.families.values()], 1)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        text = f"This suppression names no rule that exists: '{unknown[0]}'{hint}"
        return [_finding(document, comment, "malformed-suppression", text)]
    if comment.verb == "on":
        opened = any(c.verb == "off" and set(c.rules) <= set(comment.rules) for c in comments[:at])
        text = f"'on {rules}' ends no 'off'."
        return [] if opened else [_finding(document, comment, "unused-suppression", text)]
    if comment.until and comment.until < ground.today:
        text = f"The suppression of {rules} ended on {comment.until.isoformat()} ('{comment.reason}')."
        return [_finding(document, comment, "expired-suppression", text)]
    if at in refused:
        text = f"{refused[at]} is a danger line: a comment alone does not suppress it."
        return [_finding(document, comment, "refused-suppression", text)]
    if at not in used:
        return [_finding(document, comment, "unused-suppression", f"The suppression of {rules} lets nothing go.")]
    return []


def _finding(document: Document, comment: Directive, rule: str, message: str) -> Finding:
    from claimcheck.engine.judge import fingerprint  # here, so that a kept report does not pay for the engine

    severity = META[rule][0]
    text = " ".join(document.source[comment.start : comment.end].split())
    return Finding(
        rule=rule,
        family=FAMILY,
        severity=severity,
        base=severity,
        confidence="high",
        message=message,
        quote=text,
        context=text,
        fingerprint=fingerprint(rule, text),
        **standing(document, comment.start, comment.end),
    )


def _note(rule: str) -> RuleNote:
    _, title, why = META[rule]
    return RuleNote(rule, title, why, "None: this is about the comment, not about a treatment.", _NEXT, (), ())
