"""Drawings as numbers: where each bar, tick and dot of a report stands, in units of its drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from claimcheck.ladder import NEEDS
from claimcheck.model import STRENGTHS, Report, Strength, Verdict
from claimcheck.report import parts

WIDTH = 300
"""The width of a bar's whole scale."""

AXIS_POINTS = 60
"""What language can cost at most. The three axes share this scale, so that their lengths can be compared."""

TOP = 9
"""The top of the ladder of evidence."""


class Bar(Struct, frozen=True):
    """One axis: its words, and the length of what it lost and won."""

    axis: parts.Axis
    lost: float
    won: float


class Ladder(Struct, frozen=True):
    """How far evidence reaches (`have`) and should reach (`need`), as lengths and as levels."""

    have: int
    need: int
    solid: float
    hatched: float


class Cell(Struct, frozen=True):
    """Claims of one strength whose evidence stands at one level: how many are short of what they need, how many are
    not, and whether the level is below what this strength needs as a rule."""

    level: int
    short: int
    held: int
    below: bool


class Row(Struct, frozen=True):
    """The claims of one strength, by the level of their evidence."""

    strength: Strength
    cells: tuple[Cell, ...]


def bars(axes: Sequence[parts.Axis]) -> tuple[Bar, ...]:
    """The axes as bars on one scale."""
    return tuple(Bar(a, _length(-a.lost, AXIS_POINTS), _length(a.won, AXIS_POINTS)) for a in axes)


def scale(verdict: Verdict) -> float | None:
    """Where the score stands on a line of `WIDTH`."""
    return None if verdict.score is None else _length(verdict.score, 100)


def ladder(have: int, need: int) -> Ladder:
    """Two levels as a bar: solid up to what there is, hatched up to what is needed."""
    return Ladder(have, need, _length(have, TOP), _length(max(need - have, 0), TOP))


def plot(report: Report) -> tuple[Row, ...]:
    """The claims of a page, the strongest wording first, each at the level of the evidence beside it."""
    counts = Counter((c.strength, c.have, c.gap > 0) for c in report.claims)
    used = {c.strength for c in report.claims}
    return tuple(
        Row(s, tuple(Cell(n, counts[s, n, True], counts[s, n, False], n < NEEDS[s]) for n in range(TOP + 1)))
        for s in reversed(STRENGTHS)
        if s in used
    )


def _length(value: float, whole: float) -> float:
    return round(WIDTH * min(max(value / whole, 0.0), 1.0), 1)
