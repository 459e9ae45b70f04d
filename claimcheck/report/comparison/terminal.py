"""A comparison for people, at a terminal or in a pipe: the verdicts first, then claims, findings and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claimcheck.compare import Comparison
from claimcheck.compare.shape import KINDS, ClaimChange
from claimcheck.model import Citation, Finding
from claimcheck.report import parts
from claimcheck.report.comparison import words
from claimcheck.report.options import Options
from claimcheck.report.plain import clean, shorten
from claimcheck.report.terminal import bullets, make_console, section, to_text

_MOST = 12
"""Entries of a list that are shown unless all are asked for."""

_LONGEST = 240


def render(comparison: Comparison, **options: Any) -> str:
    """The comparison, at most `width` columns wide. `verbose` shows every entry and the unchanged claims; `explain`
    the difference of the ledgers line by line of its parts; `quiet` leaves one line."""
    chosen = Options(**options)
    c = comparison
    if chosen.quiet:
        return f"{clean(c.old.source)} -> {clean(c.new.source)}: {_verdicts(c)}; {words.summary(c, 'patient')}\n"
    console = make_console(chosen.width, chosen.colour)
    return to_text(console, _comparison(c, chosen), chosen.colour)


def _verdicts(c: Comparison) -> str:
    return f"{words.headline(c.old)} -> {words.headline(c.new)}"


def _comparison(c: Comparison, options: Options) -> Iterator[RenderableType]:
    view = options.view
    yield Text(f"{clean(c.old.source)} -> {clean(c.new.source)}", "bold")
    better = c.score_delta is not None and c.score_delta >= 0 and not c.new_findings
    yield Text(_verdicts(c), "bold green" if better else "bold yellow")
    yield Text(words.summary(c, view))
    if c.ledger:
        yield from section("What moved the score")
        yield _ledger(c)
    for kind in KINDS:
        changes = [x for x in c.claims if x.kind == kind and (options.verbose or words.moved(x))]
        if changes:
            yield from section(f"{words.TITLES[view][kind]} ({len(changes)})")
            yield from _listed(changes, options, _claim)
    came = words.told_apart(c.new_findings, c.omissions_new)
    gone = words.told_apart(c.gone_findings, c.omissions_mended)
    if came:
        yield from section(f"New findings ({len(came)})")
        yield from _listed(came, options, _finding)
    regraded = [x for x in c.stayed if x.direction != "same"]
    if regraded:
        yield from section(f"Findings graded otherwise ({len(regraded)})")
        yield from bullets(
            f"{parts.place(x.new)}: {x.old.severity}, now {x.new.severity}  [{x.new.rule}]" for x in regraded
        )
    if gone:
        yield from section(f"Findings gone ({len(gone)})")
        yield from _listed(gone, options, _finding)
    if c.set_aside:
        yield Text(f"\n{parts.many(len(c.set_aside), 'finding')} taken out by people, not by other words.", "dim")
    yield from _grounds(c)
    yield Text(f"\n{parts.LIMITS}", "italic")


def _ledger(c: Comparison) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right", "right", "right"):
        grid.add_column(justify=justify, no_wrap=justify == "right")
    grid.add_row(Text(" "), Text("then"), Text("now"), Text("change"))
    for line in c.ledger:
        cells = (f"{line.old:+g}" if line.old else "0", f"{line.new:+g}" if line.new else "0", parts.signed(line.delta))
        grid.add_row(Text(f" {words.PARTS[line.part]}"), *map(Text, cells))
    if c.score_delta is not None:
        grid.add_row(
            Text(" Score", "bold"), Text(str(c.old.score)), Text(str(c.new.score)), Text(f"{c.score_delta:+d}")
        )
    return grid


def _listed(items: Sequence[Any], options: Options, show: Any) -> Iterator[RenderableType]:
    most = len(items) if options.verbose else _MOST
    for item in items[:most]:
        yield from show(item)
    if len(items) > most:
        yield Text(f"  and {len(items) - most} more; -v shows them", "dim")


def _claim(change: ClaimChange) -> Iterator[RenderableType]:
    if change.old_sentence and change.kind != "unchanged":
        yield _signed("-", shorten(change.old_sentence, _LONGEST))
    if change.new_sentence:
        yield _signed(" " if change.kind == "unchanged" else "+", shorten(change.new_sentence, _LONGEST))
    yield Padding(Text(f"({words.strength(change)})", "dim"), (0, 0, 0, 4))


def _finding(finding: Finding) -> Iterable[RenderableType]:
    quote = f' "{shorten(finding.quote, 80)}"' if finding.quote else f" {shorten(finding.message, 160)}"
    yield from bullets([f"{parts.place(finding)}: {finding.severity}{quote}  [{finding.rule}]"])


def _grounds(c: Comparison) -> Iterator[RenderableType]:
    lines = [("+", f'{e.design}: "{shorten(e.quote, 120)}" (line {e.line})') for e in c.evidence_added]
    lines += [("-", f'{e.design}: "{shorten(e.quote, 120)}" (was line {e.line})') for e in c.evidence_removed]
    lines += [("+", f"{_source(x)} (line {x.line})") for x in c.citations_added]
    lines += [("-", f"{_source(x)} (was line {x.line})") for x in c.citations_removed]
    if lines:
        yield from section("Evidence and sources: added (+), removed (-)")
        yield from (_signed(sign, words) for sign, words in lines)
    if c.omissions_new:
        yield from section("No longer told")
        yield from bullets(f"{o.gap.rstrip('.')}  [{o.severity}, {o.rule}]" for o in c.omissions_new)
    if c.omissions_mended:
        yield from section("Now told")
        yield from bullets(f"{o.gap.rstrip('.')}  [{o.rule}]" for o in c.omissions_mended)


def _source(citation: Citation) -> str:
    return shorten(citation.identifier or citation.url or citation.quote, 120)


def _signed(sign: str, words: str) -> RenderableType:
    """A line of a comparison under its sign; the sign tells, the colour only helps."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(Text(f"  {sign}", {"+": "green", "-": "red"}.get(sign, "")), Text(clean(words)))
    return grid
