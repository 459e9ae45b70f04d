"""A comparison as one HTML file: the design, the policy and the safety of the report's."""

from __future__ import annotations

from typing import Any

from claimcheck import __version__
from claimcheck.compare import Comparison
from claimcheck.compare.shape import KINDS, ClaimChange
from claimcheck.report import parts
from claimcheck.report.comparison import words
from claimcheck.report.html import voice
from claimcheck.report.html.templating import fill
from claimcheck.report.options import Options

MOST = 300
"""Entries of a list that are shown before the rest is counted."""


def render(comparison: Comparison, **options: Any) -> str:
    """The comparison as a page. Claims that did not change at all are counted, and listed with `verbose`."""
    chosen = Options(**options)
    view = chosen.view
    by_kind: dict[str, list[ClaimChange]] = {kind: [] for kind in KINDS}
    for change in comparison.claims:
        if chosen.verbose or words.moved(change):
            by_kind[change.kind].append(change)
    return fill(
        "compare.html",
        c=comparison,
        view=view,
        editor=view == "editor",
        words=voice.WORDS[view],
        names=voice.SEVERITY[view],
        voice=voice,
        told=words,
        place=parts.place,
        version=__version__,
        most=MOST,
        groups=[(kind, words.TITLES[view][kind], by_kind[kind]) for kind in KINDS if by_kind[kind]],
        came=words.told_apart(comparison.new_findings, comparison.omissions_new),
        gone=words.told_apart(comparison.gone_findings, comparison.omissions_mended),
        regraded=[x for x in comparison.stayed if x.direction != "same"],
    )
