"""Lines of plain text, and which of them an editor broke: where a line merely continues the one before.

A filled paragraph shows itself by its widths: a line was broken exactly where the next word would not have fitted.
A list without bullets, or a file with a paragraph a line, does not have that property.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from claimcheck.programs import expression
from claimcheck.text.remember import remembered
from claimcheck.text.sentences import item_starts

NARROW, WIDE = 40, 140
"""Widths, in characters, between which text is taken to have been filled by an editor or a mail program."""

_BULLET = r"[-*+•●○◦▪▫■□◆◇‣⁃∙·➤►▸▶→✔✓✅☑✗✘❌★☆✦✧❖]|[–—](?=\s+[A-Z0-9\"“])|o(?=\s+[A-Z])|[\U0001f300-\U0001faff]"
_NUMBERED = r"\(?\d{1,3}[.)]|\(?(?:[a-z]|[ivx]{2,4})\)"
_MARKER = expression(rf"(?:(?P<number>{_NUMBERED})|(?:{_BULLET})\ufe0f?)(?:\s+|(?<=[•●▪✔✓✅☑➤►])(?=\w))(?=\S)")
_DASH_SIGNED = expression(r"—\s+[A-Z]")
_ENDS = expression(r"[.!?:;…][\"'”’)\]]*$")


class Line(Struct, frozen=True):
    """A line that is not blank: its `text` (without white space at its ends; offsets are the line's) and its shape.

    `indent` counts columns, a tab as four; `width` is the length with runs of white space as one space. `content`
    is where the text behind a bullet or number begins (`start` if there is none); `numbered` says which it is.
    """

    start: int
    end: int
    text: str
    indent: int
    width: int
    content: int
    numbered: bool = False

    @property
    def marked(self) -> bool:
        """Whether the line begins with a bullet or a number."""
        return self.content > self.start


def paragraphs(source: str) -> Iterator[list[tuple[int, Line]]]:
    """The lines of a text, with where each begins, in groups as blank lines divide them."""
    group: list[tuple[int, Line]] = []
    at = 0
    for raw in source.splitlines(keepends=True):
        if line := _line(raw):
            group.append((at, line))
        elif group:
            yield group
            group = []
        at += len(raw)
    if group:
        yield group


@remembered
def _line(raw: str) -> Line | None:
    text = raw.strip()
    if text and not text.isascii():
        text = text.strip("\u200b\u200e\u200f\u2060\ufeff\xad \t\xa0")
    if not text:
        return None
    start = raw.index(text[0])
    indent = start + 3 * raw.count("\t", 0, start) if start else 0
    width = len(" ".join(text.split())) if "  " in text or "\t" in text else len(text)
    m = None if text[0].isalpha() and text[0] not in "oivxabcdefgh" else _MARKER.match(text)
    if m and (_DASH_SIGNED.match(text) or (m["number"] and len(item_starts(text)) > 1)):
        m = None  # signed by a dash, or a whole numbered list on one line, whose items the sentence cutter finds
    return Line(start, start + len(text), text, indent, width, start + (m.end() if m else 0), bool(m and m["number"]))


def page_width(groups: Sequence[Sequence[Line]]) -> int:
    """The width to which a whole page was filled, in characters; 0 if its lines are no filled text."""
    soft = [(a.width, _needed(a, b)) for g in groups for a, b in pairwise(g) if _runs_on(a, b)]
    width = max((w for w, _ in soft), default=0)
    if len(soft) < 3 or not NARROW <= width <= WIDE:
        return 0
    return width if sum(n > width for _, n in soft) >= 0.8 * len(soft) else 0


def continued(group: Sequence[Line], page: int) -> list[bool]:
    """For each line of a group, whether it continues the line before it. `page` is the page's width, or 0."""
    out = [False]
    if len(group) == 1:  # as most are in text that was saved from the web
        return out
    width = max(line.width for line in group)
    pairs = list(pairwise(group))
    proof = any(_runs_on(a, b) and _needed(a, b) > width for a, b in pairs)
    if page and (width <= page or not proof):
        width, proof = page, True
    fits = NARROW <= width <= WIDE
    hanging = 0  # indent of the text of the item that is open
    for a, b in pairs:
        if a.marked:
            hanging = a.indent + (a.content - a.start)
        elif not out[-1] and a.indent < hanging:
            hanging = 0
        runs_on = _runs_on(a, b)
        joins = fits and proof and a.width <= width and (_needed(a, b) > width or (runs_on and a.width >= 0.6 * width))
        out.append(not b.marked and (joins or bool(hanging and runs_on and b.indent >= hanging)))
    return out


def _runs_on(a: Line, b: Line) -> bool:
    """Whether the words themselves say that the sentence goes on: no stop at the end, lower case next."""
    return not b.marked and b.text[0].islower() and not _ENDS.search(a.text, max(len(a.text) - 8, 0))


def _needed(a: Line, b: Line) -> int:
    """The width line `a` would have had with the first word of `b`."""
    return a.width + 1 + len(b.text[:WIDE].split(None, 1)[0])
