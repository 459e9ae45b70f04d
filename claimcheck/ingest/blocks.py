"""Blocks under construction: normalised text that grows together with the map back to its source.

Every reader hands stretches of the source to a `Builder`; nothing else in this room makes text, so white space,
invisible characters and ligatures are treated alike in every format, and no character loses its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.model import Block, BlockKind, Link, SourceMap
from claimcheck.programs import expression
from claimcheck.text.remember import remembered

# Characters a reader does not see: controls, soft hyphen, joiners, direction marks, variation selectors, tags.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_WHITE = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # all that `\\s` takes but the space
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# One match is a whole run of white space and unseen characters, or a ligature; a lone plain space never matches,
# because a match a word would make every reader several times slower. A run that begins with spaces matters only
# where they are two: a single one before it says the same. The first set lets the search skip to what is in it.
_RUN = rf"(?:(?<![ﬀ-ﬆ])[\s{_UNSEEN}]*+)?+"
_ODD = expression(rf"[{_WHITE}{_UNSEEN}ﬀ-ﬆ]{_RUN}")
_ODD_OR_SPACES = expression(rf"(?:[{_WHITE}{_UNSEEN}ﬀ-ﬆ]|[ ](?=[\s{_UNSEEN}])){_RUN}")
_SPACE = expression(r"\s")


class Draft(Struct, frozen=True):
    """A finished block with what its layout said, which decides how it may be cut further.

    `breaks` are block offsets of the spaces that stand for forced line breaks; `strong` is the length of an
    emphasised beginning (0: none); `marker` is the source span of the list marker before it, if it is a number;
    `zone` is the number of the part of the page it stands in.
    """

    block: Block
    breaks: tuple[int, ...] = ()
    strong: int = 0
    marker: tuple[int, int] | None = None
    zone: int = 0


class Builder:
    """The text of one block as it grows.

    Stretches are added in source order. White space is held back until text follows it, so the finished text has
    single spaces and none at its ends.
    """

    __slots__ = ("_breaks", "_end", "_even", "_gap", "_out", "_parts", "_source", "_src", "links", "size", "strong")

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._out: list[int] = []
        self._src: list[int] = []
        self._end: list[int] = []
        self._even = False  # whether the last run maps character by character, so that it can grow
        self._gap: tuple[int, int] | None = None
        self._breaks: list[int] = []
        self.size = 0
        self.links: list[Link] = []
        self.strong = 0

    def add(self, start: int, end: int) -> None:
        """Append a stretch of the source as it stands."""
        source, at = self._source, start
        odd = _ODD if source.find("  ", start, end) < 0 else _ODD_OR_SPACES
        for m in odd.finditer(source, start, end):
            a, b = m.span()
            if a > at:
                self._plain(at, a)
            at = b
            run = m.group()
            if run in _LIGATURES:
                self.put(_LIGATURES[run], a, b)
            elif white := _SPACE.search(run):
                self.space(a + white.start(), a + white.end())
        if end > at:
            self._plain(at, end)

    def blank(self, start: int) -> None:
        """Append a stretch of nothing but white space that begins at `start`."""
        if self.size and self._gap is None:
            self._gap = (start, start + 1)

    def put(self, text: str, start: int, end: int) -> None:
        """Append `text`, which stands for the source stretch (start, end): an entity, a ligature, a digit."""
        if _ODD_OR_SPACES.search(text):
            text = _ODD_OR_SPACES.sub(_visible, text)
        if text[:1] == " ":
            self.space(start, end)
        if shown := text.strip():
            self._emit(shown, start, end)
            if text[-1] == " ":
                self.space(start, end)

    def space(self, start: int, end: int) -> None:
        """Append white space; only the first of several counts."""
        if self.size and self._gap is None:
            self._gap = (start, end)

    def line_break(self, start: int, end: int) -> None:
        """Append white space that stands for a forced line break."""
        self.space(start, end)
        if self.size and self._breaks[-1:] != [self.size]:
            self._breaks.append(self.size)

    @property
    def broken(self) -> bool:
        """Whether nothing was added since the last forced line break."""
        return self._breaks[-1:] == [self.size] and self._gap is not None

    @property
    def next(self) -> int:
        """Block offset at which the next visible character will stand."""
        return self.size + (self._gap is not None)

    def draft(
        self,
        kind: BlockKind,
        level: int = 0,
        group: int = 0,
        hidden: str = "",
        marker: tuple[int, int] | None = None,
        zone: int = 0,
    ) -> Draft | None:
        """The finished block, or None if it has no text."""
        if not self.size:
            return None
        where = SourceMap((*self._out, self.size), tuple(self._src), tuple(self._end))
        text = self._parts[0] if len(self._parts) == 1 else "".join(self._parts)
        links: tuple[Link, ...] = ()
        if self.links:
            found = (Link(k.start + (text[k.start : k.start + 1] == " "), k.end, k.url) for k in self.links)
            links = tuple([k for k in found if k.start < k.end])
        breaks = tuple([b for b in self._breaks if b < self.size]) if self._breaks else ()
        block = Block(kind, text, where, level, group, links, hidden)
        return Draft(block, breaks, min(self.strong, self.size), marker, zone)

    def _plain(self, start: int, end: int) -> None:
        source = self._source
        if source[start] == " ":
            self.space(start, start + 1)
            start += 1
        after = end
        if start < end and source[end - 1] == " ":
            end -= 1
        if start < end:
            if self._gap is not None:
                self._run(" ", *self._gap)
                self._gap = None
            if self._even and self._end[-1] == start:
                self._end[-1] = end
            else:
                self._out.append(self.size)
                self._src.append(start)
                self._end.append(end)
                self._even = True
            self._parts.append(source[start:end])
            self.size += end - start
        if end < after and start <= end:
            self.space(end, after)

    def _emit(self, text: str, start: int, end: int) -> None:
        if self._gap is not None:
            gap, self._gap = self._gap, None
            self._run(" ", *gap)
        self._run(text, start, end)

    def _run(self, text: str, start: int, end: int) -> None:
        even = len(text) == end - start
        if even and self._even and self._end[-1] == start:
            self._end[-1] = end
        else:
            self._out.append(self.size)
            self._src.append(start)
            self._end.append(end)
            self._even = even
        self._parts.append(text)
        self.size += len(text)


def plain_draft(
    source: str,
    start: int,
    end: int,
    kind: BlockKind,
    level: int = 0,
    group: int = 0,
    marker: tuple[int, int] | None = None,
) -> Draft | None:
    """What a Builder makes of a single stretch of the source, which most blocks of plain text are."""
    text = source[start:end]
    if not _is_even(text):
        builder = Builder(source)
        builder.add(start, end)
        return builder.draft(kind, level, group, marker=marker)
    return Draft(Block(kind, text, SourceMap((0, len(text)), (start,), (end,)), level, group), marker=marker)


@remembered
def _is_even(text: str) -> bool:
    """Whether a stretch of the source, character by character, is the text of a block."""
    return not (text[:1] in ("", " ") or text[-1] == " " or "  " in text or _ODD.search(text))


def _visible(odd: re.Match[str]) -> str:
    run = odd.group()
    return _LIGATURES.get(run) or (" " if _SPACE.search(run) else "")


def cut(
    block: Block,
    start: int,
    end: int,
    *,
    kind: BlockKind | None = None,
    level: int | None = None,
    group: int | None = None,
) -> Block | None:
    """The part of a block between two block offsets as a block of its own, stripped; None if nothing is left.

    `kind`, `level` and `group` are the block's unless given.
    """
    text = block.text
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    if start >= end:
        return None
    links = block.links
    if links:
        first = bisect_left(links, start + 1, key=lambda k: k.end)
        last = bisect_left(links, end, key=lambda k: k.start)
        links = tuple([Link(max(k.start, start) - start, min(k.end, end) - start, k.url) for k in links[first:last]])
    return replace(
        block,
        kind=block.kind if kind is None else kind,
        text=text[start:end],
        map=_slice(block.map, start, end),
        level=block.level if level is None else level,
        group=block.group if group is None else group,
        links=links,
    )


def _slice(where: SourceMap, start: int, end: int) -> SourceMap:
    if (shift := where.shift) is not None:
        return SourceMap((0, end - start), (start + shift,), (end + shift,))
    first, last = bisect_right(where.out, start) - 1, bisect_left(where.out, end)
    out, src, stop = (list(part[first:last]) for part in (where.out, where.src, where.end))
    bounds = where.out[first : last + 1]
    if bounds[-1] - bounds[-2] == stop[-1] - src[-1]:
        stop[-1] -= bounds[-1] - end
    if bounds[1] - bounds[0] == where.end[first] - where.src[first]:
        src[0] += start - bounds[0]
    out[0] = start
    return SourceMap((*(at - start for at in out), end - start), tuple(src), tuple(stop))


def join(first: Block, second: Block) -> Block:
    """Two neighbours as one block of the second's kind, with a space between them."""
    size = len(first.text) + 1
    gap = (first.end, min(first.end + 1, second.start))
    where = SourceMap(
        (*first.map.out, *(at + size for at in second.map.out)),
        (*first.map.src, gap[0], *second.map.src),
        (*first.map.end, gap[1], *second.map.end),
    )
    links = (*first.links, *(Link(k.start + size, k.end + size, k.url) for k in second.links))
    return replace(second, text=f"{first.text} {second.text}", map=where, links=links)


def in_order(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks by where they begin; hidden ones (an image's alt text) come after text that begins with them."""
    return tuple(sorted(blocks, key=lambda b: (b.map.src[0], bool(b.hidden))))
