"""A page as it is read: its source, its blocks and sentences, and how they lead back to it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from claimcheck.model.words import Strength

_WIDE = re.compile(r"[^\x00-\x7f]")

BlockKind = Literal["heading", "paragraph", "item", "cell", "quote", "caption", "footer", "code", "reference", "meta"]


class SourceMap(Struct, frozen=True):
    """Where each character of a block's text came from, as runs.

    Run k covers block offsets `out[k] .. out[k+1]` and source offsets `src[k] .. end[k]`; `out` therefore has one
    entry more than the others, the length of the text. In a run whose two lengths are equal the characters
    correspond one by one; in any other (an entity, a folded run of white space) every character stands for the
    whole source stretch.
    """

    out: tuple[int, ...]
    src: tuple[int, ...]
    end: tuple[int, ...]

    @property
    def shift(self) -> int | None:
        """How far behind its block offset every character stands in the source; None where that differs. Most blocks
        of plain text have one."""
        return self.src[0] if len(self.src) == 1 and self.out[1] == self.end[0] - self.src[0] else None

    def start_of(self, at: int) -> int:
        """Source offset at which the character at block offset `at` begins."""
        if len(self.src) == 1 and self.out[1] == self.end[0] - self.src[0]:
            return self.src[0] + at
        k = self._run(at)
        return self.src[k] + (at - self.out[k] if self._plain(k) else 0)

    def end_of(self, at: int) -> int:
        """Source offset just past the character that ends at block offset `at` (so `at` is exclusive)."""
        if len(self.src) == 1 and self.out[1] == self.end[0] - self.src[0]:
            return self.src[0] + at
        k = self._run(at - 1)
        return self.src[k] + (at - self.out[k]) if self._plain(k) else self.end[k]

    def at(self, offset: int) -> int:
        """The block offset of the source character at `offset`, or of the next one of the block; the inverse of
        `start_of`. Where the source stood in another order than the block, the answer is only near."""
        k = max(bisect_right(self.src, offset) - 1, 0)
        if offset <= self.src[k]:
            return self.out[k]
        return min(self.out[k] + (offset - self.src[k]), self.out[k + 1]) if self._plain(k) else self.out[k]

    def _run(self, at: int) -> int:
        return min(max(bisect_right(self.out, at) - 1, 0), len(self.src) - 1)

    def _plain(self, k: int) -> bool:
        return self.out[k + 1] - self.out[k] == self.end[k] - self.src[k]


class Link(Struct, frozen=True):
    """A link inside a block: the anchor's offsets in the block's text and the target as written."""

    start: int
    end: int
    url: str


class Block(Struct, frozen=True):
    """One stretch of prose that layout sets apart: a heading, a paragraph, a list item, a table cell.

    `text` is what a reader sees: entities decoded, markup gone, every run of white space one space, no space at
    either end, zero-width characters and soft hyphens dropped. `level` is 1-6 for a heading, the nesting depth
    (from 1) for an item, else 0. `group` numbers the list, table or quote a block belongs to (0: none), so that
    blocks of one list share it. `hidden` says where text that is not in the body came from ("alt", "title", "meta",
    "tooltip", "open graph", "json-ld", "front matter"), empty for body text. `left_out` says why a block is not of the
    page's own words, empty for one that is judged.
    """

    kind: BlockKind
    text: str
    map: SourceMap
    level: int = 0
    group: int = 0
    links: tuple[Link, ...] = ()
    hidden: str = ""
    left_out: str = ""

    @property
    def start(self) -> int:
        """Source offset of the first character."""
        return self.map.start_of(0)

    @property
    def end(self) -> int:
        """Source offset past the last character."""
        return self.map.end_of(len(self.text))


class Sentence(Struct, frozen=True):
    """One sentence, heading, item, cell or caption.

    `at` is where `text` begins in its block's text; `block` is that block's index in the document. `contexts`
    are the labels of the whole sentence (sorted), `strength` what it asserts about a treatment or exposure.
    """

    text: str
    start: int
    end: int
    block: int
    at: int
    strength: Strength = "none"
    contexts: tuple[str, ...] = ()


class Place(Struct, frozen=True):
    """Where a stretch of the source stands in a file that is no text itself: "page" "3", "paragraph" "12", "part" "2".

    `line` counts from 1 inside such a part; 0 where lines mean nothing. `box` is left, top, right and bottom in points
    from the upper left corner of a page that is `size` (width, height) points large.
    """

    start: int
    end: int
    unit: str
    label: str
    line: int = 0
    box: tuple[float, float, float, float] | None = None
    size: tuple[float, float] | None = None


class Document(Struct, frozen=True, dict=True):
    """A page as read: its unedited source, its blocks in reading order, and once cut, its sentences.

    `notices` are plain sentences about what reading had to do ("3 bytes were not UTF-8 and were replaced").
    `left_out` are the blocks that are not judged, each with its reason.
    `places` lead from the source back to a file that is no text, in order; empty where the file is the source.
    `first_line` is the number of the source's first line, of a section of a longer text.
    """

    name: str
    format: str
    source: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...] = ()
    notices: tuple[str, ...] = ()
    left_out: tuple[Block, ...] = ()
    places: tuple[Place, ...] = ()
    first_line: int = 1

    @cached_property
    def _line_starts(self) -> list[int]:
        """Where lines begin; what follows the last line's end belongs to it."""
        return list(accumulate(map(len, self.source.splitlines(keepends=True)[:-1]), initial=0))

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a source offset."""
        starts = self._line_starts
        line = bisect_right(starts, offset)
        return line - 1 + self.first_line, offset - starts[line - 1] + 1

    @cached_property
    def _wide(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """Where characters stand that are no ASCII, and how many units of UTF-16 and of UTF-8 beyond one a character
        there are before each of them, and at last in all."""
        at, utf16, utf8 = array("Q"), array("Q", [0]), array("Q", [0])
        for m in () if self.source.isascii() else _WIDE.finditer(self.source):
            code = ord(m[0])
            at.append(m.start())
            utf16.append(utf16[-1] + (code > 0xFFFF))
            utf8.append(utf8[-1] + (code > 0x7FF) + (code > 0xFFFF) + 1)
        return at, utf16, utf8

    def columns(self, offset: int) -> tuple[int, int, int, int]:
        """The 1-based line and columns of a source offset: in code points, and in code units of UTF-16 and UTF-8."""
        line, column = self.place(offset)
        at, utf16, utf8 = self._wide
        if not at:
            return line, column, column, column
        begin, end = bisect_left(at, offset - column + 1), bisect_left(at, offset)
        return line, column, column + utf16[end] - utf16[begin], column + utf8[end] - utf8[begin]

    @cached_property
    def _unseen(self) -> tuple[list[int], list[Block]]:
        blocks = [b for b in self.blocks if b.hidden]
        return [b.start for b in blocks], blocks

    def hidden(self, start: int, end: int) -> str:
        """The `hidden` of the block that holds a stretch of the source; empty where that is seen, or is empty."""
        starts, blocks = self._unseen
        number = bisect_right(starts, start) - 1
        return blocks[number].hidden if number >= 0 and start < end <= blocks[number].end else ""
