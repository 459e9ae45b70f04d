"""What a text says of a study beside its design: how many took part, the phase, who they were, how it ended."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Literal

from claimcheck.evidence.cues import Cues
from claimcheck.programs import expression

Direction = Literal["for", "against", "unclear"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {w: n for n, w in enumerate(_ONES)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
_NUMBER = (
    rf"(?P<n>\d{{1,3}}(?:[, ]\d{{3}}){{1,2}}|\d{{1,6}}|(?:{'|'.join(_TENS)})(?:[ \-](?:{'|'.join(_ONES[1:10])}))?"
    rf"|{'|'.join(sorted(_ONES[1:], key=len, reverse=True))})"
)
_UNIT = (
    r"(?:%|per ?cent|months?|weeks?|years?|days?|hours?|minutes?|fold|times|mg|ml|million|trials?|studies|sites?"
    r"|cent(?:re|er)s?|countries)"
)
_NO_LINK = r"(?!(?:to|of|in|and|or|per|by|for|months?|weeks?|years?|days?)\b)"
_BETWEEN = rf"(?: {_NO_LINK}[a-z][\w'\-]{{0,20}}){{0,4}}"
_BEFORE = r"(?<![\w.,%/$£€\-])"
_AFTER = rf"(?![\w%]|\.\d|[ \-]{_UNIT}(?!\w))"
_N_EQUALS = r"(?<!\w)n ?= ?(?P<n>\d{1,3}(?:,\d{3})|\d{1,6})(?!\d)"
_ENROLLED = rf"\b(?:enrolled|recruited|included|involving|randomi[sz]ed|followed|treated) {_NUMBER}\b{_AFTER}"

_PHASE = expression(
    r"\bphases?[ \-](?P<a>iv|iii|ii|i|[1-4]|one|two|three)(?P<sub>[ab])?"
    r"(?:(?:[/\-]| and | to )(?P<b>iii|ii|[23])(?P<sub2>[ab])?)?(?!\w)"
)
_YEAR = expression(r"(?:19\d\d|20[0-3]\d)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1", "two": "2", "three": "3"}


@cache
def _sizes(who: str) -> tuple[re.Pattern[str], ...]:
    """Ways to state a sample size, the surest first."""
    counted = rf"{_BEFORE}{_NUMBER}{_AFTER}{_BETWEEN} {who}\b"
    out_of = rf"\b(?:out )?of (?:the )?{_NUMBER}{_BETWEEN} {who}\b"
    return tuple(expression(p) for p in (_N_EQUALS, out_of, counted, _ENROLLED))


def participants(text: str, cues: Cues) -> int | None:
    """The sample size a folded text states: "n = 40", "of 120 patients", "17 adults"; None where it states none.

    "12 of 20 patients" is 20; a percentage, a duration, a dose or a year is no sample.
    """
    for rank, pattern in enumerate(_sizes(cues.source("who"))):
        for m in pattern.finditer(text):
            size = _number(m["n"])
            if size is not None and (rank == 0 or not _YEAR.fullmatch(m["n"])):
                return size
    return None


def _number(text: str) -> int | None:
    plain = re.sub(r"[, ](?=\d)", "", text)
    if plain.isdigit():
        return int(plain)
    parts = re.split(r"[ \-]", plain)
    return sum(_WORDS[p] for p in parts) if all(p in _WORDS for p in parts) else None


def phase(text: str) -> str:
    """The phase a folded text names, in digits ("1/2a", "3"); empty where it names none."""
    m = _PHASE.search(text)
    if not m:
        return ""
    first = _ROMAN.get(m["a"], m["a"]) + (m["sub"] or "")
    return first + (f"/{_ROMAN.get(m['b'], m['b'])}{m['sub2'] or ''}" if m["b"] else "")


def direction(text: str, cues: Cues) -> Direction:
    """Which way the result told in a folded text points; "unclear" where none is told.

    A null result of a treatment counts against it.
    """
    from claimcheck.strength import result  # late: it loads its own rules, which name predicates that ask for sources

    judged = result(text)
    if judged in ("null", "against") or cues.find("against", text):
        return "against"
    if judged == "for" or cues.find("for", text):
        return "for"
    return "unclear"


def population(text: str, names: Collection[str], cues: Cues) -> str:
    """Who was studied, in one word: "cells", "animals", "children", "adults"; empty where it is not said."""
    if "animal-study" in names or "animals" in names:
        return "animals"
    if "laboratory-study" in names:
        return "cells"
    return next((who for who in ("children", "adults") if cues.find(who, text)), "")
