"""The report for people, at a terminal or in a pipe: the verdict first, then why, then what to do with it.

Every word of a page goes through `plain.clean` into a rich Text; nothing is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import StringIO
from typing import Any

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from claimcheck.ladder import RUNGS
from claimcheck.model import SEVERITIES, Finding, Report, RuleNote
from claimcheck.report import advertising, parts
from claimcheck.report.options import Options
from claimcheck.report.plain import around, clean, right_to_left, shorten

_SEVERITY_STYLE = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "cyan", "info": "dim"}
_LABEL_STYLE = {"supported": "bold green", "balanced": "bold green", "mixed": "bold yellow"}
_MARK = "bold underline"
_ISOLATE, _POP = "\u2068", "\u2069"
_INDENT = 4


def render(reports: Sequence[Report], **options: Any) -> str:
    """The reports one after the other, at most `width` columns wide, in plain text unless `colour` is set."""
    chosen = Options(**options)
    if chosen.quiet:
        return "".join(f"{clean(r.title)}: {parts.headline(r.verdict)}; {parts.counted(r)}\n" for r in reports)
    console = make_console(chosen.width, chosen.colour)
    between = f"\n{'=' * console.width}\n"
    return between.join(to_text(console, _report(report, chosen, console), chosen.colour) for report in reports)


def make_console(width: int, colour: bool) -> Console:
    """A console that writes into memory and looks at nothing in its surroundings."""
    return Console(
        file=StringIO(),
        width=max(width, 40),
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        _environ={},
    )


def to_text(console: Console, pieces: Iterable[RenderableType], colour: bool) -> str:
    """What `pieces` look like on the console."""
    with console.capture() as capture:
        console.print(Group(*pieces))  # all at once: each call has its price
    text = capture.get()
    return text if colour else "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _report(report: Report, options: Options, console: Console) -> Iterator[RenderableType]:
    verdict, titles = report.verdict, parts.TITLES[options.view]
    yield Text(clean(report.title), "bold")
    yield Text.assemble(
        (parts.headline(verdict), _LABEL_STYLE.get(verdict.label, "bold red" if verdict.score is not None else "bold")),
        f"  ({parts.PAGE_TYPES[verdict.page_type]})",
    )
    yield Text(clean(verdict.explanation))
    yield from bullets(verdict.reasons)
    for notice in report.notices:
        yield Text(f"Note: {clean(notice)}", "dim")
    if verdict.score is not None:
        yield from section("The three axes")
        yield _axes(report)
    yield from _findings(report, options, console)
    yield from _advertising(report)
    if aside := parts.set_aside(report):
        yield Text(f"\n{aside}")
    if report.omissions:
        yield from section(titles["gaps"])
        yield from bullets(f"{o.gap.rstrip('.')}  [{o.severity}, {o.rule}]" for o in report.omissions)
    if verdict.credits:
        yield from section(parts.CREDITS)
        yield from bullets(verdict.credits)
    if report.questions:
        yield from section(titles["questions"])
        yield from bullets(report.questions)
    if options.verbose:
        yield from _grounds(report)
        if left := parts.not_judged(report):
            yield Text(f"\n{left} --why-not lists them; --content all judges what is not hidden.", "dim")
    if options.explain:
        yield from _ledger(report)
    if options.why_not:
        yield from _released(report, options, console)
        yield from _not_read(report)
    elif in_context := len(report.suppressed) - len(parts.taken_out(report)):
        yield Text(f"\n{parts.many(in_context, 'match')} let go in context; --why-not shows why.", "dim")
    yield Text(f"\n{parts.LIMITS}", "italic")


def section(title: str) -> Iterator[RenderableType]:
    """A heading with the empty line above it."""
    yield Text(f"\n{title}", "bold")


def bullets(lines: Iterable[str]) -> Iterator[RenderableType]:
    """A list, each entry wrapped under itself."""
    for line in lines:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(Text(" -"), Text(clean(line)))
        yield grid


def labelled(label: str, words: str, indent: int = _INDENT) -> RenderableType:
    """A paragraph that opens with what it is."""
    return Padding(Text.assemble((f"{label}: ", "bold"), clean(words)), (0, 0, 0, indent))


def _axes(report: Report) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for options in ({}, {"ratio": 1}, {"justify": "right", "no_wrap": True}):
        grid.add_column(**options)
    for axis in parts.axes(report):
        grid.add_row(Text(f" {axis.name}", "bold"), Text(axis.says), Text(axis.points))
    return grid


def _findings(report: Report, options: Options, console: Console) -> Iterator[RenderableType]:
    flagged, notes = parts.flagged(report), parts.notes(report)
    if not flagged:
        yield Text(f"\n{parts.NO_FINDINGS}")
    groups = parts.groups(flagged)
    for severity in reversed(SEVERITIES):
        here = [g for g in groups if g.severity == severity]
        if here:
            yield Text(f"\n{severity.upper()}", _SEVERITY_STYLE[severity])
        for group in here:
            yield from _group(group, notes.get(group.rule), options, console)


def _group(group: parts.Group, note: RuleNote | None, options: Options, console: Console) -> Iterator[RenderableType]:
    first = group.findings[0]
    title = clean(note.title) if note else clean(first.message)
    style = Style(link=options.rule_pages.get(group.rule)) if options.colour else Style()
    said = Text.assemble(f"{parts.place(first)}: ", (title, "bold"), "  ", (f"[{group.rule}]", style))
    yield Padding(said, (0, 0, 0, 2))
    shown = group.findings if options.verbose else (first,)
    for number, finding in enumerate(shown):
        if number:
            yield Text(f"  {parts.place(finding)} ({finding.severity}):")
        yield from _sentence(finding, console, not options.colour)
        if finding.substantiation:
            yield labelled("Registered evidence", finding.substantiation.says)
        if options.verbose or options.view == "editor":
            yield from _background(finding)
    # low and info findings are matters of tone: the sentence tells the story, -v tells the rest
    if note and (options.verbose or SEVERITIES.index(group.severity) >= SEVERITIES.index("medium")):
        yield labelled("Why it matters", note.why)
        yield labelled("Evidence needed", note.evidence_needed)
        if options.view == "editor":
            yield labelled("Wording that would say so", note.safer)
        if options.verbose or options.view == "editor":
            yield labelled("Authority", "; ".join(note.sources))
    if not options.verbose and len(group.findings) > 1:
        yield labelled("Also", parts.repeats(group))


def _sentence(finding: Finding, console: Console, carets: bool) -> Iterator[RenderableType]:
    return marked(*around(finding.context, finding.quote), console, carets) if finding.quote else iter(())


def marked(before: str, quote: str, after: str, console: Console, carets: bool) -> Iterator[RenderableType]:
    """A sentence with its span marked: by style in colour, by a line of carets without.

    Terminals differ in how they order a line with words from right to left, so that nothing can stand under them:
    there the span is put in brackets, which go where its words go, and each line is an isolate of its own.
    """
    if right_to_left(before + quote + after):
        if carets:
            before, after = f"{before}[[", f"]]{after}"
        text = Text.assemble(clean(before), (clean(quote), _MARK), clean(after))
        for line in text.wrap(console, console.width - _INDENT - 2):
            yield Text.assemble(" " * _INDENT, "| ", _ISOLATE, line, _POP)
        return
    text = Text.assemble(clean(before), (clean(quote), _MARK), clean(after))
    for line in text.wrap(console, console.width - _INDENT - 2):
        yield Text.assemble(" " * _INDENT, "| ", line)
        for span in line.spans if carets else ():
            left, words = line.plain[: span.start], line.plain[span.start : span.end].rstrip()
            yield Text(" " * _INDENT + "| " + " " * cell_len(left) + "^" * cell_len(words))


def _background(finding: Finding) -> Iterator[RenderableType]:
    if finding.modifiers:
        yield labelled("Severity", f"{finding.base} by rule; {'; '.join(finding.modifiers)}")
    if finding.notes:
        yield labelled("Says also", ", ".join(finding.notes))


def _advertising(report: Report) -> Iterator[RenderableType]:
    """What a country's advertising rules make of the findings, beside how grave they are here."""
    rows = advertising.advertised(report)
    if not report.legal:
        return
    yield from section(f"Advertising rules: {advertising.COUNTRIES[report.profile]}")
    grid = Table.grid(padding=(0, 2, 0, 0))
    if rows:
        grid.add_row(*(Text(c, "bold") for c in ("  by these rules", "here", "finding")))
    for row in rows:
        style = _SEVERITY_STYLE[row.advertising]
        grid.add_row(Text(f"  {row.advertising}", style), Text(row.severity), Text(row.rule))
    yield grid
    notes = dict.fromkeys(advertising.legal(note) for note in report.legal)
    yield from bullets([*notes, advertising.NO_LAWYER])


def _grounds(report: Report) -> Iterator[RenderableType]:
    """The claims and what the page rests them on."""
    where = partial(parts.located, report)
    if report.claims:
        yield from section("Claims, held against the evidence beside them")
        yield from bullets(f'{where(c)}: "{shorten(c.sentence, 200)}" {c.reason}' for c in report.claims)
    if report.evidence:
        yield from section("Evidence the page describes")
        yield from bullets(
            f"{where(e)}: {e.design} ({RUNGS[e.level]}; {parts.TRACEABILITY[e.traceability]}; "
            f'{e.direction} the treatment): "{shorten(e.quote, 160)}"'
            for e in report.evidence
        )
    if report.citations:
        yield from section("Sources the page names")
        yield from bullets(
            f"{where(c)}: {shorten(c.url or c.identifier or c.quote, 160)} ({parts.TRACEABILITY[c.traceability]})"
            for c in report.citations
        )


def _ledger(report: Report) -> Iterator[RenderableType]:
    """The score as a running sum that a reader can redo."""
    yield from section("How the score was made")
    if report.verdict.score is None:
        yield Text("  This page was not scored.")
        return
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column()
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    total = 0.0
    for line in report.verdict.arithmetic:
        total += line.points
        where = f"{parts.located(report, line)}: " if line.line else ""
        grid.add_row(
            Text(f"  {line.part}"),
            Text(where + clean(line.what)),
            Text(parts.signed(line.points)),
            Text(f"{total:.2f}"),
        )
    grid.add_row(Text("  score", "bold"), Text(""), Text(""), Text(str(report.verdict.score), "bold"))
    yield grid


def _released(report: Report, options: Options, console: Console) -> Iterator[RenderableType]:
    yield from section("Matched and let go")
    if not report.suppressed:
        yield Text("  Nothing: every match is reported above.")
    for finding in report.suppressed:
        yield Text(f"  {parts.place(finding)}: {finding.rule} ({finding.severity})")
        yield from _sentence(finding, console, not options.colour)
        yield labelled("Let go", parts.let_go(finding))


def _not_read(report: Report) -> Iterator[RenderableType]:
    """The parts of the page that were left out."""
    if report.left_out:
        yield from section("Left out of the page")
        yield from bullets(map(parts.left, report.left_out))
