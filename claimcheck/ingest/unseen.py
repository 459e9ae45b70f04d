"""What of a page is not read: hidden elements and drawings, what a team skips, and where reading goes on."""

from __future__ import annotations

import re
from typing import Literal

from claimcheck.ingest import tags
from claimcheck.ingest.skip import NONE, Selectors, names
from claimcheck.ingest.styles import hiding

_LOST = 20
"""Elements without an end tag after which nothing is skipped any more: each costs another look at the page."""


class Unseen:
    """The `element` that is being passed over, if any, and the `lettering` of a drawing that is being read.

    `spans` are the source spans of what such elements hold, with the reason; with `reveal` they are read. In a drawing
    (<svg>) only its lettering is read; an element of HTML that has no place in a drawing ends it, as the standard has
    it. An element to skip whose end tag is missing is read: where it ends is for browsers to guess.
    """

    __slots__ = (
        *("_depth", "_hiding", "_inner", "_lost", "_opened", "_reveal", "_scripted", "_shown", "_skip", "_source"),
        *("_start", "_why", "element", "lettering", "spans"),
    )

    def __init__(self, source: str, reveal: bool = False, skip: Selectors = NONE) -> None:
        self.element = ""
        self.lettering = ""
        self.spans: list[tuple[int, int, str]] = []
        self._source = source
        self._reveal = reveal
        self._skip = skip
        self._lost: set[str] = set()  # tags of elements to skip that never ended
        self._hiding: set[str] = set()  # by the page's style sheets
        self._shown: set[str] = set()
        self._opened: frozenset[str] | None = None  # ids of what a button opens
        self._scripted: frozenset[str] | None = None  # names by which a script finds elements
        self._depth = self._inner = self._start = 0
        self._why: Literal["hidden", "skipped"] = "hidden"

    @property
    def watches(self) -> bool:
        """Whether elements are looked for by name."""
        return bool(self._skip or self._hiding)

    def learn(self, css: str) -> None:
        """Take account of a style sheet of the page."""
        if "none" in css or "hidden" in css or "absolute" in css or "collapse" in css:
            hidden, shown = hiding(css)
            self._shown.update(shown)
            self._hiding.update(hidden)

    def begins(self, tag: str, attrs: str, start: int, end: int) -> bool:
        """Whether a start tag between two offsets opens something that is not read, not even after a click."""
        if self._skip and self._skips(tag, attrs, end):
            self._why = "skipped"
            if tag in tags.VOID:
                self.spans.append((start, end, "skipped"))
                return True
        elif not self._hidden(tag, attrs):
            return False
        else:
            self._why = "hidden"
        if not (tag == "svg" and attrs.endswith("/")):
            self.element, self._depth, self._inner, self._start = tag, 1, 0, end
        return True

    def _skips(self, tag: str, attrs: str, at: int) -> bool:
        if self._reveal or tag in self._lost or len(self._lost) > _LOST or not self._skip & names(tag, attrs):
            return False
        if tag in tags.VOID or tag in tags.SIBLINGS or tags.ending(re.escape(tag)).search(self._source, at):
            return True
        self._lost.add(tag)
        return False

    def _hidden(self, tag: str, attrs: str) -> bool:
        if tag in tags.SKIPPED:
            # a template that declares a shadow tree is what the page shows
            return not (tag in tags.UNSHOWN and (self._reveal or "shadowrootmode" in attrs.lower()))
        if self._reveal or tag in tags.VOID:
            return False
        if not (((len(attrs) > 5 or tag == "dialog") and tags.hides(tag, attrs)) or self._styled(tag, attrs)):
            return False
        if self._opened is None:
            self._opened = tags.opened(self._source)
        return not tags.opens(attrs, self._opened)

    def _styled(self, tag: str, attrs: str) -> bool:
        """Whether a style sheet hides the element, and no rule and no script seems to show it."""
        if (
            not self._hiding
            or self._hiding.isdisjoint(called := names(tag, attrs))
            or not self._shown.isdisjoint(called)
        ):
            return False
        if self._scripted is None:
            self._scripted = tags.scripted(self._source)
        return self._scripted.isdisjoint(name.lstrip(".#") for name in called)

    def end(self, at: int) -> None:
        """Stop passing over."""
        if self.element and (
            self._why == "skipped" or self.element not in tags.SKIPPED or self.element in tags.UNSHOWN
        ):
            self.spans.append((self._start, at, self._why))
        self.element = ""

    def over(self, end: int) -> int:
        """The page ended at `end`: where reading has to go on because an element to skip did not."""
        if self.element and self._why == "skipped":
            self._lost.add(self.element)
            self.element = ""
            return self._start
        self.end(end)
        return end

    def returns(self, tag: str, attrs: str, closing: bool, at: int) -> bool:
        """Whether a tag inside what is passed over ends that and is itself to be read."""
        if self.element == "svg":
            if not closing and tag in tags.BREAKS_OUT:
                self.end(at)
                return True
            if not closing and tag in tags.LETTERING and not attrs.endswith("/"):
                self.element, self.lettering = "", tag
                return False
        ended = not self._inner and (
            (tag in tags.CONTAINERS and closing and self.element in tags.SIBLINGS and self.element != "p")
            or (not closing and tag in tags.SIBLINGS.get(self.element, ()))
        )
        if ended:
            self.end(at)
            return True
        if tag == self.element and tag not in tags.VOID:
            self._depth += -1 if closing else 1
            if not self._depth:
                self.end(at)
        elif tag in tags.CONTAINERS:
            self._inner = max(self._inner + (-1 if closing else 1), 0)
        return False

    def resumes(self, tag: str) -> bool:
        """Whether a closing tag ends the lettering that is being read, so that the drawing is passed over again."""
        if not self.lettering or tag not in (self.lettering, "svg"):
            return False
        self.element, self.lettering = ("svg", "") if tag != "svg" else ("", "")
        return True
