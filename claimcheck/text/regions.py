"""Where findings stand, in the units that other programs count: ends, and columns in UTF-16 and UTF-8 code units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claimcheck.model import Document, Finding, Region


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
    return tuple(replace(f, region=_region(columns[f.start], columns[f.end])) for f in found)


def _region(start: tuple[int, int, int, int], end: tuple[int, int, int, int]) -> Region:
    return Region(end[0], end[1], start[2], end[2], start[3], end[3])
