"""Where findings stand, in the units that other programs count: ends, and columns in UTF-16 and UTF-8 code units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimcheck.model import Document, Finding, Place, Region


def placed(document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with their regions. Costs one pass over the lines that have findings."""
    found = tuple(findings)
    offsets = sorted({at for f in found for at in (f.start, f.end)})
    columns: dict[int, tuple[int, int, int, int]] = {}
    last = (0, -1, 0, 0)  # line, offset up to which the line is measured, UTF-16 and UTF-8 units up to there
    for at in offsets:
        line, column = document.place(at)
        begin = at - column + 1
        measured, wide, bytes_ = (last[1], last[2], last[3]) if last[0] == line else (begin, 0, 0)
        passed = document.source[measured:at]
        wide += len(passed.encode("utf-16-le", "surrogatepass")) // 2
        bytes_ += len(passed.encode("utf-8", "surrogatepass"))
        last = (line, at, wide, bytes_)
        columns[at] = (line, column, wide + 1, bytes_ + 1)
    return tuple(
        replace(f, region=_region(columns[f.start], columns[f.end]), place=place_of(document, f.start, f.end))
        for f in found
    )


def place_of(document: Document, start: int, end: int) -> Place | None:
    """Where a stretch of the source stands in the file it was taken from, None where that is the source itself or
    the stretch is empty. A box encloses what stands of it on the page on which it begins."""
    first = _at(document.places, start)
    if first is None or start == end:
        return None
    line = first.line and first.line + document.place(start)[0] - document.place(first.start)[0]
    box = first.box
    for place in document.places[bisect_right(document.places, start, key=lambda p: p.start) :]:
        if place.start >= end or (place.unit, place.label) != (first.unit, first.label):
            break
        if box and place.box:
            x0, y0, x1, y1 = place.box
            box = (min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1))
    return replace(first, start=start, end=end, line=line, box=box)


def in_words(place: Place) -> str:
    """A place as a person says it: "page 3", "paragraph 12", "part 2, line 14"."""
    name = f"{place.unit} {place.label}"
    return f"{name}, line {place.line}" if place.line else name


def whereabouts(places: Sequence[Place], offset: int | None, line: int | None) -> str:
    """Where a source offset stands, for people: its line, or its place in a file that is no text."""
    place = _at(places, offset or 0)
    return in_words(replace(place, line=0)) if place else f"line {line}"


def _at(places: Sequence[Place], offset: int) -> Place | None:
    """The place that holds a source offset, or the last one before it; None where there are no places."""
    return places[max(bisect_right(places, offset, key=lambda p: p.start) - 1, 0)] if places else None


def _region(start: tuple[int, int, int, int], end: tuple[int, int, int, int]) -> Region:
    return Region(end[0], end[1], start[2], end[2], start[3], end[3])
