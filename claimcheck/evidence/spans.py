"""Disjoint stretches of a text, asked for overlap in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable


class Spans:
    """Half-open stretches; of those that overlap, the first (at the same start, the longer) is kept."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._kept: list[tuple[int, int]] = []
        for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
            if not self._kept or start >= self._kept[-1][1]:
                self._kept.append((start, end))
        self._starts = [start for start, _ in self._kept]

    def over(self, start: int, end: int) -> tuple[int, int] | None:
        """The last kept stretch that shares a character with [start, end), if any does."""
        k = bisect_left(self._starts, end) - 1
        return self._kept[k] if k >= 0 and self._kept[k][1] > start else None
