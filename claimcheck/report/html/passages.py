"""The page's own text in reading order, cut where findings and evidence begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.model import SEVERITIES, Block, Finding, Place, Report
from claimcheck.text.regions import in_words

_EVIDENCE = -1
_NESTED = 8
"""How many blocks may begin inside another one (pictures inside a paragraph) before a mark in it is overlooked."""

_SHORT = 40
"""Menu entries and cells of so many characters stand beside each other."""

_COLUMN, _STRETCH = 70, 60
"""Characters in a line, and lines in a stretch of text: about two screens. style.css says how tall that is."""

_LABELS = {
    "alt": "Picture text",
    "title": "Page title",
    "meta": "Page description",
    "front matter": "Page description",
    "open graph": "Shown where the page is shared",
    "json-ld": "Data for search engines",
    "tooltip": "Tooltip",
}
_PLAIN = {"paragraph": "p", "heading": "hd", "item": "li", "quote": "bq", "reference": "rf", "code": "cd"}


class Segment(Struct, frozen=True):
    """A stretch of a passage: its words, the finding that marks it (an index, None for none), whether a finding
    begins here, and whether it belongs to a sentence that describes evidence."""

    text: str
    finding: int | None
    opens: bool
    evidence: bool


class Passage(Struct, frozen=True):
    """One block to show: `look` is a style class, `heading` the level of a heading (3-6, else 0), `label` where
    text from outside the body came from, `place` the page or part that begins here, `findings` the indices of findings
    that begin here. `inline` passages are menu entries and table cells, which stand beside each other."""

    look: str
    heading: int
    label: str
    place: str
    segments: tuple[Segment, ...]
    findings: tuple[int, ...]
    inline: bool


_CARD = 4
"""The level of the headings inside a finding's card."""


def passages(report: Report, findings: Sequence[Finding]) -> Iterator[Passage]:
    """The report's page, marked with `findings` (by their index there) and with its evidence."""
    marks = [(f.start, f.end, i) for i, f in enumerate(findings) if f.start < f.end]
    marks += [(e.start, e.end, _EVIDENCE) for e in report.evidence if e.start < e.end]
    within = _shared_out(report.page, marks)
    above, turns = 2, _turns(report.places)
    turn = next(turns, None)
    for number, block in enumerate(report.page):
        if not block.text:
            continue
        heading = 0
        if block.kind == "heading" and not block.hidden:
            # levels may not be skipped in an outline, whatever the page did
            heading = above = min(block.level + 2, above + 1, 6)
        segments = tuple(_segments(block.text, within.get(number, ()), findings))
        opened = tuple(dict.fromkeys(s.finding for s in segments if s.finding is not None and s.opens))
        if opened:  # the cards that open here have headings of their own
            above = min(above, _CARD)
        look = _PLAIN.get(block.kind, "dim" if block.kind in ("footer", "meta") else "p")
        inline = block.kind == "cell" and not opened and len(block.text) <= _SHORT
        place = ""
        while turn and turn.start <= block.start:
            place, turn = in_words(turn).capitalize(), next(turns, None)
        yield Passage(look, heading, _LABELS.get(block.hidden, ""), place, segments, opened, inline)


def stretches(shown: Iterable[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Passages in groups of about one height, so that a browser need not lay out what is far from sight."""
    group: list[Passage] = []
    lines = 0
    for passage in shown:
        group.append(passage)
        lines += 1 + sum(len(s.text) for s in passage.segments) // _COLUMN
        if lines >= _STRETCH and not passage.inline:
            yield tuple(group)
            group, lines = [], 0
    if group:
        yield tuple(group)


def _turns(places: Iterable[Place]) -> Iterator[Place]:
    """Where each page or part of a file begins. Paragraphs are no such thing: they are seen."""
    for (unit, _), held in groupby(places, key=lambda p: (p.unit, p.label)):
        if unit != "paragraph":
            yield replace(next(held), line=0)


def _shared_out(
    blocks: Sequence[Block], marks: Iterable[tuple[int, int, int]]
) -> dict[int, list[tuple[int, int, int]]]:
    """The marks of each block, in offsets of its text. Blocks come in the order in which they begin."""
    firsts = [block.map.src[0] for block in blocks]
    shared: dict[int, list[tuple[int, int, int]]] = {}
    for start, end, index in marks:
        number = max(bisect_right(firsts, start) - _NESTED, 0)
        while number < len(blocks) and firsts[number] < end:
            where = blocks[number].map
            a, b = where.at(start), where.at(end)
            if a < b:
                shared.setdefault(number, []).append((a, b, index))
            number += 1
    return shared


def _segments(text: str, marks: Iterable[tuple[int, int, int]], findings: Sequence[Finding]) -> Iterator[Segment]:
    """`text` cut at every mark's edge; where findings overlap, the most severe one has the words."""
    edges: dict[int, list[tuple[int, bool]]] = {0: [], len(text): []}
    for start, end, index in marks:
        edges.setdefault(start, []).append((index, True))
        edges.setdefault(end, []).append((index, False))
    places = sorted(edges)
    active: dict[int, int] = {}
    opened: set[int] = set()
    for at, then in pairwise(places):
        for index, opens in edges[at]:
            active[index] = active.get(index, 0) + (1 if opens else -1)
        shown = [i for i, count in active.items() if i >= 0 and count > 0]
        finding = max(shown, key=lambda i: (SEVERITIES.index(findings[i].severity), -i), default=None)
        yield Segment(
            text[at:then], finding, finding is not None and finding not in opened, active.get(_EVIDENCE, 0) > 0
        )
        if finding is not None:
            opened.add(finding)
        active = {i: count for i, count in active.items() if count > 0}
