"""Elements of an HTML page by simple selectors: those a team does not want judged, those a style sheet hides."""

from __future__ import annotations

from functools import lru_cache

from claimcheck.ingest import tags
from claimcheck.programs import expression

SELECTOR = expression(r"[.#]?[A-Za-z_][\w:-]*")
"""What names elements: `.class`, `#id`, or a tag."""

Selectors = frozenset[str]
NONE: Selectors = frozenset()
LONGEST = 4000
"""Characters of a start tag in which its names are looked for."""


def names(tag: str, attrs: str) -> Selectors:
    """The selectors by which a start tag's element can be named."""
    return _names(tag, attrs[:LONGEST]) if "=" in attrs else frozenset([tag])


@lru_cache(maxsize=4096)
def _names(tag: str, attrs: str) -> Selectors:
    classes = (tags.value(attrs, "class") or "").split()
    id = tags.value(attrs, "id")
    found = (tag, *("." + c for c in classes), *(f"{tag}.{c}" for c in classes), *([f"#{id}"] if id else ()))
    return frozenset(found)
