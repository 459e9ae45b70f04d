"""The report of one page: what the template shows, decided here; how it looks, there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from claimcheck import __version__
from claimcheck.model import SEVERITIES, STRENGTHS, Citation, Claim, Evidence, Finding, LedgerLine, Report, RuleNote
from claimcheck.report import advertising, parts
from claimcheck.report.html import charts, voice
from claimcheck.report.html.passages import passages, stretches
from claimcheck.report.html.templating import fill
from claimcheck.report.options import Options

FULL_CARDS = 120
"""So many findings tell everything themselves; on a page with more, only the first of each rule does."""

CARDS_AT_LEAST, TEXT_PER_CARD = 150, 3000
"""Findings with a card of their own: the gravest, one for so many characters of the page and never fewer than that.
The others are marked, and their marks open their rule's first card. This keeps the report within three times the
page's text, however much of it is flagged."""

MOST_CLAIMS, MOST_LINES = 40, 200
"""Claims and ledger lines that are shown before the rest is summed up."""

FIRST_CLAIMS = 6
"""Claims in sight; the others open at a click."""

FAR = 100_000
"""Characters of a page from which on a browser lays out only what is near the window."""


class Card(Struct, frozen=True):
    """What a mark opens: the finding, its number on the page, its rule's words, whether it tells everything."""

    number: int
    finding: Finding
    note: RuleNote | None
    whole: bool


class Ground(Struct, frozen=True):
    """A piece of evidence with the sources that lead to it."""

    evidence: Evidence
    citations: tuple[Citation, ...]


class Lean(Struct, frozen=True):
    """A claim with what it leans on: evidence in its window, and citations that belong to no such evidence."""

    claim: Claim
    grounds: tuple[Ground, ...]
    citations: tuple[Citation, ...]
    bar: charts.Ladder


def page(report: Report, options: Options, back: str = "") -> str:
    """The report as one HTML file. `back` is the address of the index it belongs to."""
    findings = tuple(sorted(parts.flagged(report), key=lambda f: (f.start, f.end, f.rule)))
    cards, targets, explained = _cards(report, findings)
    leans = _leans(report)
    verdict, view = report.verdict, options.view
    return fill(
        "report.html",
        report=report,
        verdict=verdict,
        view=view,
        editor=view == "editor",
        words=voice.WORDS[view],
        names=voice.SEVERITY[view],
        voice=voice,
        back=back,
        version=__version__,
        scale=charts.scale(verdict),
        axes=_axes(report, view),
        plot=charts.plot(report),
        cards=cards,
        targets=targets,
        explained=explained,
        stretches=stretches(passages(report, findings)),
        far=sum(len(b.text) for b in report.page) > FAR,
        findings=findings,
        loose=[i for i, f in enumerate(findings) if f.start == f.end or not report.page],
        counts=[(s, n) for s in reversed(SEVERITIES) if (n := Counter(f.severity for f in findings)[s])],
        advertised=advertising.advertised(report),
        countries=advertising.COUNTRIES,
        legal=advertising.legal_apart(report),
        no_lawyer=advertising.NO_LAWYER,
        leans=leans[:FIRST_CLAIMS],
        more_leans=leans[FIRST_CLAIMS:MOST_CLAIMS],
        more_claims=len(leans[MOST_CLAIMS:]),
        ledger=_ledger(verdict.arithmetic[:MOST_LINES]),
        more_lines=verdict.arithmetic[MOST_LINES:],
        released=report.suppressed if options.why_not else (),
        left_out=report.left_out if options.why_not else (),
        left=parts.left,
        let_go=parts.let_go,
        place=parts.place,
        located=parts.located,
    )


def _axes(report: Report, view: str) -> tuple[charts.Bar, ...]:
    said = parts.axes(report)
    won = said[2].won
    if view == "patient":
        verdict = report.verdict
        marked, gaps = len(parts.flagged(report)), len(report.omissions)
        proof = voice.PROOF[verdict.level]
        plain = (
            f"{voice.BOLDNESS[verdict.strength]} We marked {parts.many(marked, 'place') if marked else 'nothing'}.",
            f"The best proof it points to: {proof}.",
            (f"It leaves out {parts.many(gaps, 'thing')} you need to know." if gaps else "It tells you what you need.")
            + (f" It gets {parts.many(round(won), 'point')} back for what it does well." if won else ""),
        )
        names = ("What it says", "What proof it shows", "What it leaves out")
        said = tuple(
            parts.Axis(n, words, round(a.lost), round(a.won)) for n, words, a in zip(names, plain, said, strict=True)
        )
    else:
        # the credits have a list of their own below the drawing
        back = f"; credits give back {parts.signed(won)}" if won else ""
        said = (*said[:2], replace(said[2], says=parts.many(len(report.omissions), "omission") + back))
    return charts.bars(said)


def _cards(report: Report, findings: Sequence[Finding]) -> tuple[dict[int, Card], dict[int, int], dict[str, int]]:
    """The cards by index of finding; for every finding the card that its mark opens; for every rule the card that
    tells everything."""
    room = max(CARDS_AT_LEAST, sum(len(block.text) for block in report.page) // TEXT_PER_CARD)
    notes = parts.notes(report)
    first: dict[str, int] = {}
    for i, finding in enumerate(findings):
        first.setdefault(finding.rule, i)
    gravest = sorted(range(len(findings)), key=lambda i: (-SEVERITIES.index(findings[i].severity), i))
    kept = sorted({*first.values(), *gravest[:room]})
    all_whole = len(findings) <= FULL_CARDS
    opened = set(first.values())
    cards = {
        i: Card(n, findings[i], notes.get(findings[i].rule), all_whole or i in opened) for n, i in enumerate(kept, 1)
    }
    return cards, {i: i if i in cards else first[f.rule] for i, f in enumerate(findings)}, first


def _leans(report: Report) -> list[Lean]:
    leans = []
    for claim in sorted(report.claims, key=lambda c: (-c.gap, -STRENGTHS.index(c.strength), c.start)):
        grounds = tuple(
            Ground(e, tuple(report.citations[c] for c in e.citations))
            for e in (report.evidence[i] for i in claim.evidence)
        )
        told = {c for i in claim.evidence for c in report.evidence[i].citations}
        rest = tuple(report.citations[c] for c in claim.citations if c not in told)
        leans.append(Lean(claim, grounds, rest, charts.ladder(claim.have, claim.need)))
    return leans


def _ledger(lines: Sequence[LedgerLine]) -> list[tuple[LedgerLine, float]]:
    """Each line with the sum so far."""
    total, rows = 0.0, []
    for line in lines:
        total += line.points
        rows.append((line, total))
    return rows
