"""Where the words beside a link name another journal or body than the link leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from claimcheck.evidence.venues import mislabelled
from claimcheck.model import Citation
from claimcheck.patterns.words import fold
from claimcheck.programs import expression

_BEFORE = expression(r"(?:\S{1,40}\s+){1,5}\Z")
_NEAR = 120  # characters before a bare address in which a label is looked for


def wrong_labels(source: str, citations: Iterable[Citation], table: Mapping[str, Any]) -> frozenset[tuple[int, int]]:
    """The source offsets of names that are wrong for the link they label. `table` is the rule table "venues".

    A link is labelled by its own text, or, as a bare address, by the few words before it.
    """
    found: set[tuple[int, int]] = set()
    for c in citations:
        if not c.url:
            continue
        low = c.start
        if fold(source[c.start : c.end]).startswith(("http", "www.", "doi", "10.")):
            before = _BEFORE.search(source[max(c.start - _NEAR, 0) : c.start])
            low = c.start - len(before.group()) if before else c.start
            label, end = source[low : c.start].rstrip(" (["), c.start
        else:
            label, end = c.quote, c.end
        if wrong := mislabelled(label, c.url, table):
            at = fold(source[low:end]).find(fold(wrong[0]))
            if at >= 0:
                found.add((low + at, low + at + len(wrong[0])))
    return frozenset(found)
