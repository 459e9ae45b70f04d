"""Which way a reported result points: nothing found, better, worse, or not a result at all."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from claimcheck.home import rules_root
from claimcheck.patterns.words import fold
from claimcheck.programs import expression
from claimcheck.sources import made
from claimcheck.strength.levels import LONGEST
from claimcheck.text.remember import remembered
from claimcheck.text.toml import read_toml

Direction = Literal["null", "for", "against", ""]

ALPHA = 0.05
"""The conventional threshold of significance: a p value at or above it is reported as no finding."""

_P = expression(
    r"\bp(?:[ -]?values?)?(?: (?:for|of) [a-z -]{1,30})? ?([=<>≤≥]|was|is)? ?([=<>])? ?(0?[.·,/] ?\d+|1\.0+|n\.?s\b)"
)
_INTERVAL = expression(
    r"\b(?:ci|c\.i\.|interval)[^0-9a-z-]{0,12}(-?\d+(?:[.·]\d+)?) ?%?(?: ?(?:to|-|,|;) ?)\+?(-?\d+(?:[.·]\d+)?)"
)
_RATIO = expression(r"\b(?:[ahi]?rrs?|[ac]?ors?|a?hrs?|ratio|ratios|relative)\b")


class _Tables(Struct, frozen=True):
    screen: re.Pattern[str]
    null: re.Pattern[str]
    pseudo: re.Pattern[str]
    against: re.Pattern[str]
    better: re.Pattern[str]


@cache
def _tables() -> _Tables:
    root = rules_root() / "strength"
    table = made("results", [(root, ".toml")], lambda: read_toml(root / "results.toml")[0], dict)

    def joined(name: str) -> re.Pattern[str]:
        return expression("|".join(f"(?:{source})" for source in table[name]))

    return _Tables(joined("screen"), joined("null"), joined("pseudo"), joined("against"), joined("for"))


@remembered
def result(text: str) -> Direction:
    """The direction of the result that one sentence reports.

    "null": no difference or effect was found, in words, by p >= 0.05 with no smaller p beside it, or by a confidence
    interval that includes no effect. "against": worse, more harm, stopped for futility. "for": better. "": none of
    these. A null statement wins over the others in the same sentence.
    """
    low = fold(text[:LONGEST])
    tables = _tables()
    if not tables.screen.search(low):
        return ""
    if tables.null.search(tables.pseudo.sub(" ", low)) or _null_numbers(low):
        return "null"
    if tables.against.search(low):
        return "against"
    return "for" if tables.better.search(low) else ""


def _null_numbers(low: str) -> bool:
    """Whether the sentence's own figures say that chance explains the difference."""
    found, missed = 0, 0
    if re.search(r"\bp\b", low):
        for m in _P.finditer(low):
            if m[3].startswith("n"):
                missed += 1
                continue
            value, relation = float(re.sub(r"[·,/] ?|\. ", ".", m[3])), m[2] or m[1] or "="
            below = value <= ALPHA if relation in "<≤" else value < ALPHA and relation not in ">≥"
            if below:
                found += 1
            elif value >= ALPHA and relation not in "<≤":
                missed += 1
    if found or missed:
        return missed > 0 and not found
    intervals = [_includes_no_effect(m, low) for m in _INTERVAL.finditer(low)]
    return bool(intervals) and all(intervals)


def _includes_no_effect(m: re.Match[str], low: str) -> bool:
    """Whether a confidence interval includes no effect: 1 for a ratio, 0 for a difference that straddles it."""
    one, other = (float(x.replace("·", ".")) for x in m.groups())
    if one < 0 < other:
        return True
    return 0 <= one <= 1 <= other and bool(_RATIO.search(low[: m.start()]))
