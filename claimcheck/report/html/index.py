"""The index of many pages: how they compare, and where each report is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from claimcheck import __version__
from claimcheck.ladder import RUNGS
from claimcheck.model import FAMILIES, SEVERITIES, Label, Report
from claimcheck.report import parts
from claimcheck.report.html import voice
from claimcheck.report.html.templating import fill
from claimcheck.report.options import Options

_WORST_FIRST: tuple[Label, ...] = (
    "red-flag", "unsupported", "overstated", "mixed", "balanced", "supported", "no-claim", "too-short",
)  # fmt: skip
_BIN = 10


class Row(Struct, frozen=True):
    """One page of the table; `rank` orders labels, the worst lowest."""

    report: Report
    link: str
    name: str
    rank: int
    worst: str
    worst_rank: int
    findings: int


def index(reports: Sequence[Report], options: Options, links: Sequence[str] = ()) -> str:
    """The index as one HTML file, worst pages first. `links` are addresses relative to it, one a report."""
    rows = [_row(report, links[n] if links else "", options) for n, report in enumerate(reports)]
    rows.sort(key=lambda r: (r.rank, -1 if r.report.verdict.score is None else r.report.verdict.score, r.report.title))
    scores = [r.verdict.score for r in reports if r.verdict.score is not None]
    bins = Counter(min(score // _BIN, 9) for score in scores)
    families = Counter(f.family for r in reports for f in r.findings)
    return fill(
        "index.html",
        view=options.view,
        words=voice.WORDS[options.view],
        version=__version__,
        rows=rows,
        rungs=voice.PROOF if options.view == "patient" else RUNGS,
        labels=[
            (voice.heading(label, options.view), n)
            for label in _WORST_FIRST
            if (n := sum(r.verdict.label == label for r in reports))
        ],
        bins=[(f"{b * _BIN}-{b * _BIN + (10 if b == 9 else 9)}", bins[b]) for b in range(10)],
        tallest=max(bins.values(), default=1),
        scored=len(scores),
        families=[
            (voice.family(f, options.view), families[f])
            for f in sorted(FAMILIES, key=lambda f: -families[f])
            if families[f]
        ],
        most=max(families.values(), default=1),
    )


def _row(report: Report, link: str, options: Options) -> Row:
    groups = parts.groups(report.findings)
    worst = groups[0].severity if groups else None
    return Row(
        report,
        link,
        voice.heading(report.verdict.label, options.view),
        _WORST_FIRST.index(report.verdict.label),
        voice.SEVERITY[options.view][worst] if worst else "",
        SEVERITIES.index(worst) if worst else -1,
        len(report.findings),
    )
