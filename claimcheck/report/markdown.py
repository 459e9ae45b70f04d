"""The report as GitHub-flavoured Markdown, for a pull-request comment or to pass on.

Words from the page are escaped: they make no link, no heading, no HTML, and notify nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from claimcheck.model import SEVERITIES, Finding, Report
from claimcheck.programs import expression
from claimcheck.report import advertising, parts
from claimcheck.report.options import Options
from claimcheck.report.plain import around, clean, shorten

_SYNTAX = expression(r"[\\`*_\[\]|~$]")
_OPENING = expression(r"^(\d*)([-+=#>.)])")
# GitHub makes mentions, references and links of bare text; an invisible break in the middle stops that.
_AUTOLINK = expression(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=GH)(?=-\d)", re.IGNORECASE)
_BREAK = "&#8203;"
_BOLD = "\ufdd0"  # a noncharacter, reserved for use inside a program


def render(reports: Sequence[Report], **options: Any) -> str:
    """The reports one after the other, each under a heading of its own."""
    chosen = Options(**options)
    if chosen.quiet:
        return "".join(f"- {escape(r.title)}: **{parts.headline(r.verdict)}**; {parts.counted(r)}\n" for r in reports)
    return "\n".join("\n".join(_report(report, chosen)) + "\n" for report in reports)


def escape(text: str) -> str:
    """`text` as Markdown that shows exactly that text."""
    return _literal(clean(text).strip())


def _literal(text: str) -> str:
    text = _OPENING.sub(r"\1\\\2", _SYNTAX.sub(r"\\\g<0>", text))
    return _AUTOLINK.sub(_BREAK, text.replace("&", "&amp;").replace("<", "&lt;"))


def _report(report: Report, options: Options) -> Iterator[str]:
    verdict, titles = report.verdict, parts.TITLES[options.view]
    yield f"## {escape(report.title)}"
    yield f"\n**{parts.headline(verdict)}** ({parts.PAGE_TYPES[verdict.page_type]})"
    yield f"\n{escape(verdict.explanation)}\n"
    yield from bullets(verdict.reasons)
    yield from bullets(f"Note: {notice}" for notice in report.notices)
    if verdict.score is not None:
        yield "\n| Axis | What the page does | Points |\n|---|---|---:|"
        for axis in parts.axes(report):
            yield f"| {axis.name} | {escape(axis.says)} | {axis.points} |"
    yield from _findings(report, options)
    yield from _advertising(report)
    if aside := parts.set_aside(report):
        yield f"\n{aside}"
    if report.omissions:
        yield f"\n### {titles['gaps']}\n"
        yield from (f"- {escape(o.gap.rstrip('.'))} ({o.severity}, `{o.rule}`)" for o in report.omissions)
    if verdict.credits:
        yield f"\n### {parts.CREDITS}\n"
        yield from bullets(verdict.credits)
    if report.questions:
        yield f"\n### {titles['questions']}\n"
        yield from bullets(report.questions)
    if options.verbose:
        yield from _claims(report)
    if options.explain and verdict.score is not None:
        yield from _ledger(report)
    if options.why_not and report.suppressed:
        yield "\n### Matched and let go\n"
        for f in report.suppressed:
            yield f"- {parts.place(f)}, `{f.rule}`: {_marked(f)} (let go: {escape(parts.let_go(f))})"
    if options.why_not and report.left_out:
        yield "\n### Left out of the page\n"
        yield from bullets(map(parts.left, report.left_out))
    yield f"\n*{parts.LIMITS}*"


def bullets(lines: Iterable[str]) -> Iterator[str]:
    """A list of words from outside."""
    return (f"- {escape(line)}" for line in lines)


def _findings(report: Report, options: Options) -> Iterator[str]:
    flagged, notes = parts.flagged(report), parts.notes(report)
    if not flagged:
        yield f"\n{parts.NO_FINDINGS}"
        return
    yield "\n### Findings"
    for group in parts.groups(flagged):
        note, first = notes.get(group.rule), group.findings[0]
        title = escape(note.title if note else first.message)
        yield f"\n**{group.severity}**, {parts.place(first)}: {title} (`{group.rule}`)\n"
        for finding in group.findings if options.verbose else (first,):
            if finding.quote:
                yield f"> {_marked(finding)}\n"
            if finding.substantiation:
                yield f"- Registered evidence: {escape(finding.substantiation.says)}"
        if note and (options.verbose or SEVERITIES.index(group.severity) >= SEVERITIES.index("medium")):
            yield f"- Why it matters: {escape(note.why)}"
            yield f"- Evidence needed: {escape(note.evidence_needed)}"
            if options.view == "editor":
                yield f"- Wording that would say so: {escape(note.safer)}"
                yield f"- Authority: {escape('; '.join(note.sources))}"
        if not options.verbose and len(group.findings) > 1:
            yield f"- Also: {escape(parts.repeats(group))}"


def _advertising(report: Report) -> Iterator[str]:
    if report.legal:
        yield f"\n### Advertising rules: {advertising.COUNTRIES[report.profile]}\n"
    if rows := advertising.advertised(report):
        yield "| By these rules | Here | Finding |\n|---|---|---|"
        yield from (f"| {row.advertising} | {row.severity} | `{row.rule}` |" for row in rows)
        yield ""
    if report.legal:
        yield from bullets([*dict.fromkeys(advertising.legal(note) for note in report.legal), advertising.NO_LAWYER])


def _marked(finding: Finding) -> str:
    """The sentence with its span in bold. The span is set between marks first, so that it is escaped in one piece."""
    before, quote, after = map(clean, around(finding.context, finding.quote))
    inner = quote.strip()  # bold must touch its words
    lead, rest = quote[: len(quote) - len(quote.lstrip())], quote[len(quote.rstrip()) :]
    marked = f"{before}{lead}{_BOLD}{inner}{_BOLD}{rest}{after}".strip() if inner else f"{before}{after}".strip()
    return _literal(marked).replace(_BOLD, "**")


def _claims(report: Report) -> Iterator[str]:
    if report.claims:
        yield "\n### Claims, held against the evidence beside them\n"
        yield from bullets(
            f'{parts.located(report, c)}: "{shorten(c.sentence, 200)}" {c.reason}' for c in report.claims
        )


def _ledger(report: Report) -> Iterator[str]:
    yield "\n### How the score was made\n\n| Part | What | Points | Sum |\n|---|---|---:|---:|"
    total = 0.0
    for line in report.verdict.arithmetic:
        total += line.points
        where = f"{parts.located(report, line)}: " if line.line else ""
        yield f"| {line.part} | {escape(where + line.what)} | {parts.signed(line.points)} | {total:.2f} |"
    yield f"| **score** | | | **{report.verdict.score}** |"
