"""Markdown to blocks: CommonMark's block structure with GitHub's tables, read line by line.

Two departures, for pages pasted from elsewhere: "•", "✔" and their like begin list items too, and a first line "---"
opens front matter only if a key follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Literal

from msgspec import Struct

from claimcheck.ingest import marks
from claimcheck.ingest.blocks import Draft
from claimcheck.ingest.generators import front_matter, masked
from claimcheck.ingest.html import html_drafts
from claimcheck.ingest.inline import label, render
from claimcheck.ingest.shape import LABEL_LEVEL, finish
from claimcheck.ingest.skip import NONE, Selectors
from claimcheck.model import Block, BlockKind

_DEEPEST = 50
"""Lists and quotes in one another; below that a marker is text, or a line of markers would cost quadratic time."""


class _Container(Struct, frozen=True):
    """An open block quote, or a list item, whose further lines are indented by `indent` columns."""

    kind: BlockKind
    group: int
    level: int = 0
    indent: int = 0


def read_markdown(source: str, skip: Selectors = NONE) -> tuple[Block, ...]:
    """The blocks of a Markdown page, in source order. HTML blocks are read as HTML; `skip` names elements of theirs to
    leave out."""
    groups = count(1)
    source = masked(source)
    return finish(source, _Reader(source, groups, skip).drafts(), groups)


class _Reader:
    """Containers that are open, and the one leaf in them that still grows."""

    def __init__(self, source: str, groups: Iterator[int], skip: Selectors) -> None:
        self._source = source
        self._groups = groups
        self._skip = skip
        self._targets = {label(m[1]): m[2] for m in reversed(list(marks.TARGET.finditer(source)))}
        self._notes = count(max((int(m[1]) for m in marks.NUMBERED_NOTE.finditer(source)), default=0) + 1)
        self._drafts: list[Draft] = []
        self._open: list[_Container] = []
        self._list = 0  # the group of the list that an item at the top would continue; whether it is numbered
        self._numbered = False
        self._marker: tuple[int, int] | None = None  # the number of an item that has no text yet
        self._leaf: Literal["", "paragraph", "code", "fence", "html", "table"] = ""
        self._lines: list[tuple[int, int, bool]] = []  # of the leaf: start, end, whether a forced break follows
        self._fence = ""
        self._until: re.Pattern[str] | None = None  # what ends an HTML block; None: a blank line
        self._table = 0
        self._boxes: list[str] = []  # the fences of open directives
        self._defining = 0  # the group of the last definition

    def drafts(self) -> Iterator[Draft]:
        front = marks.FRONT_MATTER.match(self._source)
        at = front.end() if front else 0
        yield from front_matter(self._source, at)
        for m in marks.LINE.finditer(self._source, at):
            if m.group():
                self._line(m.start(), m.start() + len(m.group().rstrip("\r\n")), m.end())
                yield from self._drafts
                self._drafts.clear()
        self._close()
        yield from self._drafts

    def _line(self, at: int, end: int, following: int) -> None:
        blank = not self._source[at:end].strip(" \t\f\v\xa0")
        at, matched = self._continued(at, end, blank)
        inside = matched == len(self._open)
        blank = blank or not self._source[at:end].strip(" \t\f\v\xa0")
        if self._leaf == "html":
            if self._until or not (blank or not inside):
                self._lines.append((at, end, False))
                if self._until and self._until.search(self._source, at, end):
                    self._close()
                return
            self._close()
        elif self._leaf == "fence":
            if inside and not marks.ends_fence(self._source[at:end], self._fence):
                self._lines.append((at, end, False))
                return
            self._close()
            if inside:
                return
        if blank:
            if self._leaf != "code":
                self._close()
            self._leave(matched)
            return
        self._begin(at, end, following, matched)

    def _continued(self, at: int, end: int, blank: bool) -> tuple[int, int]:
        """Skip what marks the line as part of the open containers: where its rest begins, how many they are."""
        for number, container in enumerate(self._open):
            start, columns = marks.indent(self._source, at, end)
            if container.kind == "quote":
                if columns > 3 or not self._source.startswith(">", start, end):
                    return at, number
                at = start + 1 + self._source.startswith((" ", "\t"), start + 1, end)
            elif not blank:
                if columns < container.indent:
                    return at, number
                at = marks.past(self._source, at, container.indent)
        return at, len(self._open)

    def _begin(self, at: int, end: int, following: int, matched: int) -> None:
        """Read the containers that begin in the rest of a line, then its leaf."""
        source = self._source
        while True:
            start, columns = marks.indent(source, at, end)
            if start >= end:
                return
            inside = matched == len(self._open)
            deeper = matched < _DEEPEST
            marker = marks.MARKER.match(source, start, end) if deeper else None
            if columns >= 4 and not (marker and self._open):
                if self._leaf == "paragraph":
                    self._lines.append(marks.segment(source, start, end))
                    return
                if not marker:
                    self._grow("code", matched, start, end)
                    return
            if source[start] == ">" and deeper:
                self._enter(matched, _Container("quote", next(self._groups)))
                at = start + 1 + source.startswith((" ", "\t"), start + 1, end)
            elif self._leaf == "paragraph" and inside and (m := marks.UNDERLINE.match(source, start, end)):
                self._heading(1 if m[1][0] == "=" else 2)
                return
            elif marks.RULE.match(source, start, end):
                self._close()
                self._leave(matched)
                self._list = self._list if self._open else 0
                return
            elif marker and self._may_begin(marker, end, inside):
                at = self._item(marker, end, columns, matched)
            else:
                break
            matched = len(self._open)
        self._begin_leaf(start, end, following, matched)

    def _begin_leaf(self, start: int, end: int, following: int, matched: int) -> None:
        source, quoted = self._source, any(c.kind == "quote" for c in self._open[:matched])
        inside = matched == len(self._open)
        if m := marks.HEADING.match(source, start, end):
            self._close()
            self._leave(matched)
            closing = marks.CLOSING_MARKS.search(source, m.end(), end)
            self._lines = [(m.end(), closing.start() if closing else end, False)]
            self._heading(len(m[1]))
        elif source[start] in ":!?=`~" and self._box(start, end, matched, inside):
            return
        elif m := marks.FENCE.match(source, start, end):
            self._close()
            self._leave(matched)
            self._leaf, self._fence = "fence", m[1]
        elif not quoted and (until := marks.markup(source, start, end, self._leaf == "paragraph")) is not False:
            self._close()
            self._grow("html", matched, start, end)
            self._until = until
            if until and until.search(source, start + 2, end):
                self._close()
        elif self._leaf == "table" and inside:
            self._row(start, end)
        elif (inside or self._leaf != "paragraph") and marks.begins_table(source, start, end, following):
            self._leave(matched)
            self._close()
            self._leaf, self._table = "table", next(self._groups)
            self._row(start, end)
        elif self._leaf == "paragraph":
            self._lines.append(marks.segment(source, start, end))
        elif not marks.TARGET.match(source, start, end):
            if self._open and (m := marks.TASK.match(source, start, end)):
                start = m.end()
            elif marks.FOOTNOTE.match(source, start, end) and matched < _DEEPEST:
                self._enter(matched, _Container("reference", 0, 0, 4))
                matched = len(self._open)
            self._grow("paragraph", matched, start, end)

    def _box(self, start: int, end: int, matched: int, inside: bool) -> bool:
        """Read a line that begins or ends a box of a site generator, or begins a definition; whether it was one."""
        source, line = self._source, self._source[start:end]
        if self._boxes and (marks.ends_fence(line, self._boxes[-1]) or marks.OPTION.match(line)):
            self._close()
            if line[0] == self._boxes[-1][0] and not marks.OPTION.match(line):
                self._boxes.pop()
            return True
        if m := marks.DIRECTIVE.match(source, start, end):
            self._boxes.append(line[: len(line) - len(line.lstrip(line[0]))])
        elif not (m := marks.DIV.match(source, start, end) or marks.BOX.match(source, start, end)):
            return self._definition(start, end, matched, inside)
        self._close()
        self._leave(matched)
        if m["title"]:
            self._lines = [(*m.span("title"), False)]
            self._heading(LABEL_LEVEL)
        if line[0] in "!?=":
            self._enter(matched, _Container("paragraph", 0, 0, 4))
        return True

    def _definition(self, start: int, end: int, matched: int, inside: bool) -> bool:
        """Read ": a definition" under a term of one line, or under the definition before it; whether it was one."""
        m = marks.DEFINITION.match(self._source, start, end)
        another = not inside and self._open[matched].group == self._defining
        if not m or self._leaf != "paragraph" or not (another or (inside and len(self._lines) == 1)):
            return False
        if not another:
            self._heading(LABEL_LEVEL)
            self._defining = next(self._groups)
        self._enter(matched, _Container("item", self._defining, 1, m.end() - start))
        self._grow("paragraph", matched + 1, m.end(), end)
        return True

    def _grow(self, leaf: Literal["paragraph", "code", "html"], matched: int, start: int, end: int) -> None:
        if matched < len(self._open) or self._leaf != leaf:
            self._close()
            self._leave(matched)
            self._leaf = leaf
        self._lines.append(marks.segment(self._source, start, end) if leaf == "paragraph" else (start, end, False))

    def _may_begin(self, marker: re.Match[str], end: int, inside: bool) -> bool:
        """Whether a marker begins an item here: in a paragraph only one with text, and of the numbers only 1."""
        if self._leaf != "paragraph" or not inside:
            return True
        return bool(self._source[marker.end() : end].strip()) and (bool(self._open) or marker["number"] in (None, "1"))

    def _item(self, marker: re.Match[str], end: int, columns: int, matched: int) -> int:
        """Open a list item; where its text begins."""
        at, wide = marks.indent(self._source, marker.end(), end)
        if at >= end or wide > 4:
            at, wide = min(marker.end() + 1, end), 1
        self._close()
        self._leave(matched)
        items = [c for c in self._open if c.kind == "item"]
        numbered = bool(marker["number"])
        if not items and (not self._list or numbered != self._numbered):
            self._list, self._numbered = next(self._groups), numbered
        group = items[-1].group if items else self._list
        width = columns + marker.end() - marker.start() + wide
        self._open.append(_Container("item", group, len(items) + 1, width))
        self._marker = (marker.start(), marker.end()) if numbered else None
        return at

    def _enter(self, matched: int, container: _Container) -> None:
        self._close()
        self._leave(matched)
        self._open.append(container)

    def _leave(self, matched: int) -> None:
        if matched < len(self._open):
            self._close()
            del self._open[matched:]

    def _row(self, start: int, end: int) -> None:
        if not marks.DELIMITER_ROW.match(self._source, start, end):
            for cell in marks.cells(self._source, start, end):
                self._emit("cell", 0, self._table, [(*cell, False)])

    def _heading(self, level: int) -> None:
        self._emit("heading", level, self._open[-1].group if self._open else 0, self._lines)
        self._leaf, self._lines = "", []

    def _close(self) -> None:
        leaf, lines, self._leaf, self._lines = self._leaf, self._lines, "", []
        if not lines:
            return
        if leaf == "html":
            self._list = self._list if self._open else 0
            self._drafts += html_drafts(self._source, lines[0][0], lines[-1][1], self._groups, self._skip)
        elif leaf in ("code", "fence"):
            self._emit("code", 0, 0, lines)
        elif marks.FOOTNOTE.match(self._source, lines[0][0]):
            self._emit("reference", 0, 0, lines)
        else:
            around = self._open[-1] if self._open else _Container("paragraph", 0)
            self._emit(around.kind, around.level, around.group, lines)

    def _emit(self, kind: BlockKind, level: int, group: int, lines: list[tuple[int, int, bool]]) -> None:
        if not self._open:
            self._list = 0
        marker, self._marker = self._marker, None
        read = render(self._source, lines, self._targets, self._notes, verbatim=kind == "code")
        if draft := read.text.draft(kind, level, group, marker=marker):
            self._drafts.append(draft)
        self._drafts += filter(None, (image.draft("caption", hidden="alt") for image in read.images))
        self._drafts += filter(None, (note.draft("reference") for note in read.notes))
