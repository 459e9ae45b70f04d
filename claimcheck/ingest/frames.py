"""Which HTML elements are open, and what text inside them becomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from claimcheck.ingest import tags
from claimcheck.ingest.shape import LABEL_LEVEL
from claimcheck.ingest.zones import ZONED, Zone, zone_of
from claimcheck.model import BlockKind


class Frame(Struct, frozen=True):
    """What text inside an element becomes."""

    kind: BlockKind = "paragraph"
    level: int = 0
    group: int = 0
    depth: int = 0
    zone: int = 0
    preformatted: bool = False


class Frames:
    """The stack of open elements.

    Only elements in `tags.CATEGORY` are on it. A closing tag closes everything inside its element; one that closes
    nothing does nothing. Every operation takes time in proportion to what it closes.
    """

    zones: list[Zone]
    """The parts of the page so far, each after the one it stands in; the first is the page."""

    def __init__(self, groups: Iterator[int]) -> None:
        self.zones = [Zone()]
        self._groups = groups
        self._frames = [Frame()]
        self._open: list[str] = []  # the category of each frame but the first
        self._where: dict[str, list[int]] = defaultdict(list)  # where in the stack each category is open

    @property
    def top(self) -> Frame:
        """What text becomes here."""
        return self._frames[-1]

    def enter(self, tag: str, category: str, attrs: str = "") -> None:
        """Open an element."""
        self._frames.append(self._frame(tag, category, attrs))
        self._where[category].append(len(self._open))
        self._open.append(category)

    def leave(self, tag: str) -> None:
        """Close the element of a closing tag, unless it stands outside the table cell we are in."""
        if tag in tags.ROWS:
            self._close("cell", "table")
        elif category := tags.CATEGORY.get(tag):
            where, cells = self._where[category], self._where["cell"]
            if where and (category in ("cell", "table") or not cells or where[-1] >= cells[-1]):
                self._pop(where[-1])

    def ignores(self, tag: str) -> bool:
        """Whether a start tag is nothing here: a part of a table outside one, a form in a form."""
        return bool((tag in tags.OF_TABLES and not self._where["table"]) or (tag == "form" and self._where["form"]))

    def closes(self, tag: str) -> bool:
        """Whether a closing tag ends anything; one whose element is not open does not, but for </p>, as in browsers."""
        category = tags.CATEGORY.get(tag)
        if tag in tags.OF_TABLES:
            return bool(self._where["table"])
        return category is None or bool(self._where[category])

    def close_forgotten(self, tag: str, gave: bool) -> None:
        """Close what a start tag shows to have ended: <li> before <li>, a cell before a row, a heading before text.

        `gave` says whether the innermost heading has given a block already; an empty one may wrap its text.
        """
        if tag == "li":
            self._close("li", "list")
        elif tag in ("dt", "dd"):
            self._close("term", "dl")
        elif tag in ("td", "th") or tag in tags.ROWS:
            self._close("cell", "table")
        heading = self._where["heading"]
        innermost = heading and heading[-1] == len(self._open) - 1
        if innermost and (tags.CATEGORY.get(tag) == "heading" or (gave and tag in tags.ENDS_HEADING)):
            self._pop(heading[-1])

    def _frame(self, tag: str, category: str, attrs: str) -> Frame:
        """What text becomes inside `tag`, given what it becomes around it."""
        now = self._frames[-1]
        zone, pre = now.zone, now.preformatted
        if category in ZONED and (category != "li" or attrs):
            self.zones.append(zone_of(tag, attrs, zone))
            zone = len(self.zones) - 1
        if category == "heading":
            return Frame("heading", int(tag[1]), now.group, now.depth, zone, pre)
        if category == "summary" or tag == "dt":
            return Frame("heading", LABEL_LEVEL, now.group, now.depth, zone, pre)
        if category in ("list", "dl"):
            group = now.group if now.depth else next(self._groups)
            return Frame("item", now.depth + 1, group, now.depth + 1, zone, pre)
        if category in ("li", "term"):
            return Frame("item", max(now.depth, 1), now.group, now.depth, zone, pre)
        if category == "table":
            return Frame("paragraph", 0, next(self._groups), 0, zone, pre)
        if category in ("caption", "cell"):
            return Frame("cell" if tag in ("td", "th") else "caption", 0, now.group, 0, zone, pre)
        if category == "blockquote":
            return Frame("quote", 0, next(self._groups), 0, zone, pre)
        return Frame(now.kind, now.level, now.group, now.depth, zone, pre or category == "pre")

    def _close(self, category: str, within: str) -> None:
        where, outer = self._where[category], self._where[within]
        if where and (not outer or where[-1] > outer[-1]):
            self._pop(where[-1])

    def _pop(self, depth: int) -> None:
        while len(self._open) > depth:
            self._where[self._open.pop()].pop()
            self._frames.pop()
