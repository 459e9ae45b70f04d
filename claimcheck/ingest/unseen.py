"""What of a page a reader does not see: hidden elements and drawings, passed over, and where reading goes on."""

from __future__ import annotations

from claimcheck.ingest import tags


class Unseen:
    """The `element` that is being passed over, if any, and the `lettering` of a drawing that is being read.

    `spans` are the source spans of what hidden elements hold; with `reveal` those are read. In a drawing (<svg>) only
    its lettering is read; an element of HTML that has no place in a drawing ends it, as the standard has it.
    """

    __slots__ = ("_depth", "_inner", "_opened", "_reveal", "_source", "_start", "element", "lettering", "spans")

    def __init__(self, source: str, reveal: bool = False) -> None:
        self.element = ""
        self.lettering = ""
        self.spans: list[tuple[int, int]] = []
        self._source = source
        self._reveal = reveal
        self._opened: frozenset[str] | None = None  # ids of what a button opens
        self._depth = self._inner = self._start = 0

    def begins(self, tag: str, attrs: str, at: int) -> bool:
        """Whether a start tag that ends at `at` opens something a reader does not see, not even at a click."""
        if not self._hidden(tag, attrs):
            return False
        if not (tag == "svg" and attrs.endswith("/")):
            self.element, self._depth, self._inner, self._start = tag, 1, 0, at
        return True

    def _hidden(self, tag: str, attrs: str) -> bool:
        if tag in tags.SKIPPED:
            # a template that declares a shadow tree is what the page shows
            return not (tag in tags.UNSHOWN and (self._reveal or "shadowrootmode" in attrs.lower()))
        if self._reveal or tag in tags.VOID or not (len(attrs) > 5 or tag == "dialog") or not tags.hides(tag, attrs):
            return False
        if self._opened is None:
            self._opened = tags.opened(self._source)
        return not tags.opens(attrs, self._opened)

    def end(self, at: int) -> None:
        """Stop passing over."""
        if self.element and (self.element not in tags.SKIPPED or self.element in tags.UNSHOWN):
            self.spans.append((self._start, at))
        self.element = ""

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
