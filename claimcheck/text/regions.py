"""Where findings stand, in the units that other programs count: ends, and columns in UTF-16 and UTF-8 code units."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from claimcheck.model import Document, LeftOut, Place, Region

_QUOTE = 80
"""Characters quoted of a part that was left out."""


def standing(document: Document, start: int, end: int) -> dict[str, Any]:
    """The fields of a Finding that say where a stretch of the source stands."""
    line, column, utf16, utf8 = document.columns(start)
    end_line, end_column, end_utf16, end_utf8 = document.columns(end)
    return {
        "start": start,
        "end": end,
        "line": line,
        "column": column,
        "region": Region(end_line, end_column, utf16, end_utf16, utf8, end_utf8),
        "place": place_of(document, start, end),
        "where": document.hidden(start, end),
    }


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


def left_out(document: Document) -> tuple[LeftOut, ...]:
    """What of a page was not judged, in reading order: blocks left out for one reason, with nothing judged between
    them, are one part."""
    kept = [b.start for b in document.blocks]
    out: list[LeftOut] = []
    last = -1
    for block in document.left_out:
        words, before = len(block.text.split()), bisect_right(kept, block.start)
        if out and before == last and out[-1].why == block.left_out:
            part = out[-1]
            quote = part.quote if len(part.quote) > _QUOTE else f"{part.quote} | {block.text[:_QUOTE]}"
            out[-1] = replace(part, words=part.words + words, quote=quote, end=max(part.end, block.end))
        else:
            line = document.place(block.start)[0]
            out.append(LeftOut(block.left_out, words, block.text[:_QUOTE], block.start, block.end, line))
        last = before
    return tuple(replace(p, quote=p.quote if len(p.quote) <= _QUOTE else p.quote[:_QUOTE].rstrip() + "…") for p in out)
