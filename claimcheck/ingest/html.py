"""HTML to blocks, in one pass that no broken page can stop.

Not a parser after the standard: an element matters only for where a block ends and what kind it is, so the reader
keeps a stack of the elements that decide that, closes what authors leave open, and takes the rest as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import count

from msgspec.structs import replace

from claimcheck.ingest import mainpart, meta, tags
from claimcheck.ingest.blocks import Builder, Draft
from claimcheck.ingest.frames import Frames
from claimcheck.ingest.shape import finish
from claimcheck.ingest.skip import NONE, Selectors
from claimcheck.ingest.unseen import Unseen
from claimcheck.ingest.zones import Zone
from claimcheck.model import Block, BlockKind, Link
from claimcheck.programs import expression

_BLANK_LINE = expression(r"\n[ \t\r]*\n")
_LAYOUT_CELL = 40
"""Words above which a table cell is taken for a paragraph in a table that only lays out the page."""


def read_html(source: str, skip: Selectors = NONE) -> tuple[Block, ...]:
    """The blocks of an HTML page or fragment, in order of where they begin. `skip` names elements to leave out."""
    groups = count(1)
    return finish(source, html_drafts(source, 0, len(source), groups, skip), groups)


def html_drafts(source: str, start: int, end: int, groups: Iterator[int], skip: Selectors = NONE) -> list[Draft]:
    """The drafts of the HTML between two source offsets; those that are not of the page's own words say why."""
    reader = _Reader(source, groups, Unseen(source, skip=skip))
    reader.read(start, end)
    drafts = meta.once(mainpart.settle(reader.drafts, reader.zones))
    for begin, stop, why in reader.unseen.spans:
        inner = _Reader(source, groups, Unseen(source, reveal=True))
        inner.read(begin, stop)
        drafts += (replace(d, block=replace(d.block, left_out=why)) for d in inner.drafts)
    return drafts


class _Reader:
    """One pass over a stretch of HTML. `unseen` decides what of it is passed over."""

    def __init__(self, source: str, groups: Iterator[int], unseen: Unseen) -> None:
        self.drafts: list[Draft] = []
        self.unseen = unseen
        self._source = source
        self._builder = Builder(source)
        self._xml = source.lstrip()[:5] == "<?xml"  # where <script/> is empty
        self._frames = Frames(groups)
        self._unclosed: set[str] = set()  # raw elements known to have no closing tag any more
        self._code = False
        self._link: tuple[int, str] | None = None
        self._raised = 0
        self._strong = 0
        self._leading = self._heavy = False  # emphasis began with the block; some of it was bold
        self._given = 0  # drafts there were when the innermost heading opened

    @property
    def zones(self) -> list[Zone]:
        """The parts of the page so far."""
        return self._frames.zones

    def read(self, at: int, end: int) -> None:
        """Read everything between two offsets."""
        while at < end:
            at = self._tokens(at, end)
            if at >= end:
                at = self.unseen.over(end)
        self.flush()

    def _tokens(self, at: int, end: int) -> int:
        """Read on from `at`, up to `end` or past the next element with raw text; how far it came."""
        unseen = self.unseen
        for m in tags.TOKEN.finditer(self._source, at, end):
            kind = m.lastgroup
            if kind == "text":
                if not unseen.element:
                    if m[0].isspace() and not self._frames.top.preformatted:
                        self._builder.blank(m.start())
                    else:
                        self._text(*m.span())
            elif kind == "attrs":
                tag = m["tag"].lower()
                if unseen.element and not unseen.returns(tag, m["attrs"], bool(m["close"]), m.start()):
                    if unseen.lettering:
                        self.flush()
                elif m["close"]:
                    self._end_tag(tag, *m.span())
                elif tag in tags.RAW:
                    return self._past_raw(tag, m, end)
                else:
                    self._start_tag(tag, m)
            elif unseen.element or kind is None:
                continue
            elif kind == "entity":
                self._entity(self._builder, *m.span())
            else:
                self._text(*m.span())
        return end

    def _past_raw(self, tag: str, m: re.Match[str], end: int) -> int:
        """Where reading goes on after an element of raw text."""
        if self._xml and m["attrs"].endswith("/"):
            return m.end()
        found = None if tag in self._unclosed else tags.closing(tag, self._source, m.end(), end)
        if not found:
            self._unclosed.add(tag)
            if tag == "title":  # what follows is the page
                return m.end()
            return m.end() if m["attrs"].endswith("/") else end
        inside, after = found
        if self.unseen.element:
            return after
        if tag == "script" and "ld+json" in m["attrs"].lower():
            self.drafts += meta.json_texts(self._source, m.end(), inside)
        elif tag == "style" and "media" not in m["attrs"].lower():
            self.unseen.learn(self._source[m.end() : inside])
        elif tag == "title":
            self._aside((m.end(), inside), 0, "meta", "title")
        elif tag == "xmp":
            self.flush()
            self._builder.add(m.end(), inside)
            self.flush()
        return after

    def flush(self) -> None:
        """End the block that is being built."""
        builder, frame = self._builder, self._frames.top
        if not builder.size:
            if self._link:
                self._link = (0, self._link[1])
            self._leading = self._heavy = False
            self._strong = 0
            return
        if self._link:
            builder.links.append(Link(self._link[0], builder.size, self._link[1]))
            self._link = (0, self._link[1])
        if self._strong and self._leading:
            builder.strong = builder.size
        if builder.strong == builder.size and not self._heavy:
            builder.strong = 0  # all in italics is no heading
        kind: BlockKind = "code" if self._code else frame.kind
        if draft := builder.draft(kind, frame.level, frame.group, zone=frame.zone):
            if kind == "cell" and draft.block.text.count(" ") >= _LAYOUT_CELL:
                draft = replace(draft, block=replace(draft.block, kind="paragraph"))
            self.drafts.append(draft)
        self._builder = Builder(self._source)
        self._leading = self._heavy = False
        self._strong = 0

    def _start_tag(self, tag: str, m: re.Match[str]) -> None:
        attrs = m["attrs"]
        if tag in tags.AT_TIMES and self._frames.ignores(tag):
            return
        if tag in tags.BOUNDARY:
            self.flush()
            self._frames.close_forgotten(tag, len(self.drafts) > self._given)
            self._code &= self._frames.top.preformatted
        if attrs or tag in tags.OFTEN_HIDDEN or self.unseen.watches:
            if self.unseen.begins(tag, attrs, *m.span()):
                return
            if attrs and (span := meta.tooltip(attrs)):
                self._aside(span, m.start("attrs"), "meta", "tooltip")
        if category := tags.CATEGORY.get(tag):
            self._frames.enter(tag, category, attrs)
            if self._frames.top.kind == "heading":
                self._given = len(self.drafts)
        elif tag == "br":
            self._line_break(*m.span())
        elif tag in tags.STRONG or tag in tags.EMPHASIS:
            if not self._strong:
                self._leading = self._builder.size == self._builder.strong
            self._strong += 1
            self._heavy |= tag in tags.STRONG
        elif tag == "a":
            self._end_link()
            if (url := tags.value(attrs, "href")) is not None:
                self._link = (self._builder.next, url)
        elif tag == "sup":
            self._raised += 1
        elif tag == "code" or tag == "samp":
            self._code |= self._frames.top.preformatted
        elif tag in tags.VOID and attrs:
            self._void(tag, attrs, m.start("attrs"))

    def _void(self, tag: str, attrs: str, at: int) -> None:
        if tag == "meta":
            named = tags.value(attrs, "name") or tags.value(attrs, "property") or ""
            if hidden := meta.NAMES.get(named.lower()):
                self._aside(tags.attribute(attrs, "content"), at, "meta", hidden)
        elif tag in ("img", "area") or (tag == "input" and (tags.value(attrs, "type") or "").lower() == "image"):
            if not tags.hides(tag, attrs):
                self._aside(tags.attribute(attrs, "alt"), at, "caption", "alt")
        elif tag == "input" and (tags.value(attrs, "type") or "").lower() in ("submit", "button"):
            self._aside(tags.attribute(attrs, "value"), at, "paragraph", "")

    def _aside(self, span: tuple[int, int] | None, at: int, kind: BlockKind, hidden: str) -> None:
        """A block of its own from an attribute; the text around it is not broken."""
        if span is None:
            return
        builder = Builder(self._source)
        start, end = span[0] + at, span[1] + at
        for m in tags.ENTITY.finditer(self._source, start, end):
            builder.add(start, m.start())
            self._entity(builder, *m.span())
            start = m.end()
        builder.add(start, end)
        if self._link and hidden == "alt":
            builder.links.append(Link(0, builder.size, self._link[1]))
        if draft := builder.draft(kind, hidden=hidden, zone=self._frames.top.zone):
            self.drafts.append(draft)

    def _line_break(self, start: int, end: int) -> None:
        if self._builder.broken:
            strong = self._strong
            self.flush()
            self._strong, self._leading, self._heavy = strong, strong > 0, strong > 0
        else:
            self._builder.line_break(start, end)

    def _end_tag(self, tag: str, start: int, end: int) -> None:
        if self.unseen.lettering and self.unseen.resumes(tag):
            self.flush()
        elif tag in tags.BOUNDARY:
            if not self._frames.closes(tag):
                return
            self.flush()
            self._frames.leave(tag)
            self._code &= self._frames.top.preformatted
        elif tag == "br":
            self._line_break(start, end)
        elif tag == "a":
            self._end_link()
        elif tag in tags.STRONG or tag in tags.EMPHASIS:
            if self._strong == 1 and self._leading:
                self._builder.strong = self._builder.size
            self._strong = max(self._strong - 1, 0)
        elif tag == "sup":
            self._raised = max(self._raised - 1, 0)

    def _end_link(self) -> None:
        if self._link:
            self._builder.links.append(Link(self._link[0], self._builder.size, self._link[1]))
            self._link = None

    def _text(self, start: int, end: int) -> None:
        if self._raised:
            text = self._source[start:end]
            raised = tags.superscript(text)
            if raised != text:
                start += len(text) - len(text.lstrip())
                self._builder.put(raised.strip(), start, start + len(text.strip()))
                return
        elif self._frames.top.preformatted:
            for blank in _BLANK_LINE.finditer(self._source, start, end):
                self._builder.add(start, blank.start())
                self.flush()
                start = blank.end()
        self._builder.add(start, end)

    def _entity(self, builder: Builder, start: int, end: int) -> None:
        written = self._source[start:end]
        read = unescape(written)
        if read == written:
            builder.add(start, end)
        else:
            builder.put(read, start, end)
