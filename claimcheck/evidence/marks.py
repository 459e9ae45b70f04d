"""Marks that point from the text to a reference list: [1], raised digits, (Smith et al., 2019).

Much looks like a mark and is none: CD4⁺, 10⁶, m², "(May 2025)". Doubtful shapes (a digit glued to a full stop,
"(3)", "Smith (2019)") count only where a list entry answers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from claimcheck.programs import expression

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED, "0123456789")
_DIGIT = expression(r"[0-9]")
_ANY = expression(rf"[0-9\[({_RAISED}]")
"""Without one of these signs there is no mark."""
_ANY_RAISED = expression(f"[{_RAISED}]")
_NUMBERED = expression(r"\[(?P<n>\d{1,3}(?:\s?[,;–\-]\s?\d{1,3}){0,20})\]")
_SUPERSCRIPT = expression(
    rf"(?:(?P<word>(?<![A-Za-z])[A-Za-z]{{3,40}})|(?<=[.,;:)\]”\"’'%]))(?P<n>[{_RAISED}]{{1,3}}(?:[,–\-⁻][{_RAISED}]{{1,3}}){{0,10}})"
    rf"(?![⁺⁻⁼{_RAISED}\w])"
)
_GLUED = expression(r"[.,](?<=[a-z)]{3}.)(?P<n>\d{1,3}(?:[,–\-]\d{1,3}){0,10})(?=\s|\Z)")
_ROUND = expression(r"\((?<=\w \()(?P<n>\d{1,3}(?:\s?[,–\-]\s?\d{1,3}){0,10})\)(?=[.,;:]|\Z)")

_NAME = r"[A-Z][a-zà-ž][\w'’\-]{0,30}"
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?(?!\d|[–\-]\d)"
_AND = rf"(?:, {_NAME}){{0,4}},? (?:and|&) (?P<second>{_NAME}|colleagues|co-?workers|coauthors)(?:,? et al\.?)?"
_SEVERAL = expression(
    rf"\b(?P<author>{_NAME})(?:,? et al\.?|{_AND})"
    rf"(?P<venue>,? \(?(?:in )?[A-Z][\w&.]{{1,20}}(?: [\w&.]{{1,20}}){{0,5}})?,? ?[(\[]?{_YEAR}"
)
_SINGLE = expression(rf"[(;] ?(?:see |e\.g\.,? |reviewed in )?(?P<author>{_NAME}), {_YEAR}(?=[);,])")
_LOOSE = expression(rf"\b(?P<author>{_NAME}),? \(?{_YEAR}\)?")
_REPORTS = expression(
    r"\s(?:found|reported|showed|describe[ds]?|observed|concluded|studied|compared|randomi[sz]ed|noted|reviewed)\b"
)


class Mark(Struct, frozen=True):
    """A mark, with its offsets in the block. `numbers` for numbered marks, `author` (lower case) and `year` else.

    `doubtful` marks count only where an entry answers them; `venue` says that a journal is named with the authors.
    """

    kind: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    author: str = ""
    year: str = ""
    doubtful: bool = False
    venue: bool = False


@cache
def _placeholder(pattern: str) -> re.Pattern[str]:
    return expression(pattern)


def find_marks(text: str, table: Mapping[str, Any]) -> list[Mark]:
    """Every mark in a block's text, in order and disjoint; `table` is the rule table "marks"."""
    if not _ANY.search(text):
        return []
    found = [*_numbered(text), *_raised(text, table), *_named(text, table)]
    if "[" in text or "(" in text:
        found += [Mark("malformed", *m.span()) for m in _placeholder(table["placeholders"]).finditer(text)]
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda k: (k.start, k.doubtful, -k.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _numbered(text: str) -> Iterator[Mark]:
    if "[" in text:
        for m in _NUMBERED.finditer(text):
            if numbers := _numbers(m["n"]):
                yield Mark("number", m.start(), m.end(), numbers)
    if _DIGIT.search(text):
        for pattern in (_GLUED, _ROUND):
            for m in pattern.finditer(text):
                start = m.start("n") if pattern is _GLUED else m.start()
                yield Mark("number", start, m.end(), _numbers(m["n"]), doubtful=True)


def _raised(text: str, table: Mapping[str, Any]) -> Iterator[Mark]:
    if not _ANY_RAISED.search(text):
        return
    for m in _SUPERSCRIPT.finditer(text):
        if (m["word"] or "").lower() in table["raised_units"]:
            continue
        if numbers := _numbers(m["n"].translate(_PLAIN).replace("⁻", "-")):
            yield Mark("superscript", m.start("n"), m.end("n"), numbers)


def _named(text: str, table: Mapping[str, Any]) -> Iterator[Mark]:
    if "19" not in text and "20" not in text:
        return
    never = table["not_authors"]
    for m in _SEVERAL.finditer(text):
        if m["author"] not in never and m["second"] not in never:
            yield Mark("author-year", m.start(), m.end(), (), m["author"].lower(), m["year"], venue=bool(m["venue"]))
    for m in _SINGLE.finditer(text):
        if m["author"] not in never:
            yield Mark("author-year", m.start("author"), m.end(), (), m["author"].lower(), m["year"])
    for m in _LOOSE.finditer(text):
        if m["author"] not in never:
            sure = bool(_REPORTS.match(text, m.end())) and m.group().endswith(")")
            yield Mark("author-year", m.start(), m.end(), (), m["author"].lower(), m["year"], doubtful=not sure)


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers a mark lists; a range counts every one of them. Nothing where it cannot be one (0, 7-3, 1-90)."""
    out: list[int] = []
    for piece in re.split(r"[,;]", text.replace(" ", "")):
        ends = [int(n) for n in re.split(r"[–\-]", piece) if n]
        if not ends or 0 in ends or len(ends) > 2 or ends[-1] < ends[0] or ends[-1] - ends[0] > 30:
            return ()
        out += range(ends[0], ends[-1] + 1)
    return tuple(dict.fromkeys(out))
