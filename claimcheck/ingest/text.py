"""Plain text to blocks: what blank lines, bullets, labels and short lines say about its layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from msgspec import Struct

from claimcheck.ingest.blocks import Draft, plain_draft
from claimcheck.ingest.references import is_entry
from claimcheck.ingest.shape import ends_sentence, finish, heading_like, label_end, noun_phrase, title_case
from claimcheck.ingest.wrap import Line, continued, page_width, paragraphs
from claimcheck.model import Block, BlockKind
from claimcheck.programs import expression
from claimcheck.text.remember import remembered
from claimcheck.text.sentences import item_starts

_RULED = "-=_*~#·•."
_RULE = expression(rf"([{_RULED}])(?:\s*\1){{2,}}")
_SECTION, _TITLE = 2, 1
"""Plain text has no ranks: every heading ends the section before it, only one underlined with "===" stands above."""


class _Unit(Struct):
    """Lines that belong together, as one block: what kind it seems to be, and where its list stands. `at` is where the
    first line begins in the source, `end` where the last one ends."""

    lines: list[Line]
    at: int
    end: int
    kind: BlockKind
    level: int = 0
    group: int = 0

    @property
    def text(self) -> str:
        """The text before normalisation, without a list marker."""
        first = self.lines[0]
        head = first.text[first.content - first.start :]
        return head if len(self.lines) == 1 else " ".join((head, *(k.text for k in self.lines[1:])))


def read_text(source: str) -> tuple[Block, ...]:
    """The blocks of a plain text, in order. Each character maps to the same character of the source."""
    groups = count(1)
    return finish(source, _drafts(source, groups), groups)


def _drafts(source: str, groups: Iterator[int]) -> Iterator[Draft]:
    parts = list(paragraphs(source))
    page = page_width([[line for _, line in part] for part in parts if len(part) > 1])
    lists = _Lists(groups)
    waiting: list[_Unit] = []  # a numbered line of its own: a heading if prose follows, else an item
    for part in parts:
        units = _units(part, page)
        for unit in units:
            lists.place(unit)
        if waiting:
            if units and units[0].kind == "paragraph":
                waiting[0].kind, waiting[0].level, waiting[0].group = "heading", _SECTION, 0
            yield from _draft(source, waiting.pop())
        if len(units) == 1 and lists.fresh and units[0].lines[0].numbered and heading_like(units[0].text):
            waiting = units
            continue
        for unit in units:
            yield from _draft(source, unit)
    for unit in waiting:
        yield from _draft(source, unit)


class _Lists:
    """Which list an item belongs to and how deep, as bullets and indentation go by."""

    def __init__(self, groups: Iterator[int]) -> None:
        self._groups = groups
        self._group = 0
        self._indents: list[int] = []
        self.fresh = False  # whether the last unit opened a list

    def place(self, unit: _Unit) -> None:
        """Give the unit its list and depth; anything but an item ends the list."""
        if unit.kind != "item":
            self._indents, self.fresh = [], False
            return
        indent = unit.lines[0].indent
        self.fresh = not self._indents
        if self.fresh:
            self._group = next(self._groups)
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        unit.level, unit.group = len(self._indents), self._group


def _units(group: Sequence[tuple[int, Line]], page: int) -> list[_Unit]:
    units: list[_Unit] = []
    for (at, line), goes_on in zip(group, continued([line for _, line in group], page), strict=True):
        if line.text[0] in _RULED and _RULE.fullmatch(line.text[:200]):
            if units and line.text[0] in "=-" and units[-1].kind == "heading":
                units[-1].level = _TITLE if line.text[0] == "=" else _SECTION
            continue
        if goes_on and units:
            units[-1].lines.append(line)
            units[-1].end = at + line.end
            units[-1].kind = "item" if units[-1].lines[0].marked else "paragraph"
        else:
            units.append(_Unit([line], at, at + line.end, "item" if line.marked else "paragraph"))
    _find_headings(units)
    return units


def _find_headings(units: list[_Unit]) -> None:
    """Settle which lines are headings.

    A short line is one; but of three or more in a row, which no blank line parts, and of those under a lead-in, only
    the first and one right before prose are: the others are a list without bullets.
    """
    short = [u.kind == "paragraph" and len(u.lines) == 1 and u.lines[0].width <= 160 and _short(u.text) for u in units]
    at = 0
    while at < len(units):
        end = at
        while end < len(units) and short[end]:
            end += 1
        led = at > 0 and units[at - 1].kind == "paragraph" and units[at - 1].text.rstrip().endswith(":")
        prose_next = end < len(units) and units[end].kind == "paragraph"
        for number in range(at, end):
            listed = led or (end - at >= 3 and number > at)
            last = number == end - 1 and prose_next and end - at >= 3
            units[number].kind = "item" if listed and not last else "heading"
            units[number].level = 0 if listed and not last else _SECTION
        at = max(end, at + 1)


@remembered
def _short(text: str) -> bool:
    """Whether a line reads as a heading or as a lead-in that names rather than says ("Key benefits:")."""
    text = " ".join(text[:200].split())
    if ends_sentence(text) or is_entry(text) or len(item_starts(text)) > 1:
        return False
    if end := label_end(text):  # "Living with Gout: A Guide for Families" is one heading
        return end < len(text) and heading_like(text) and title_case(text[end:])
    if text.endswith(":"):
        bare = text[:-1].rstrip()
        return heading_like(bare) and (title_case(bare) or (len(bare.split()) <= 4 and noun_phrase(bare)))
    return heading_like(text)


def _draft(source: str, unit: _Unit) -> Iterator[Draft]:
    first = unit.lines[0]
    start = unit.at + first.content
    marker = (unit.at + first.start, start) if first.numbered else None
    if draft := plain_draft(source, start, unit.end, unit.kind, unit.level, unit.group, marker):
        yield draft
