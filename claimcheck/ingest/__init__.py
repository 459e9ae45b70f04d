"""Bytes to Document: text, Markdown and HTML as blocks of prose, each with a map back to the source.

The names are imported when first used: a page whose report is kept is found and not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.ingest.choose import Choice, matches
    from claimcheck.ingest.find import find_pages, is_url
    from claimcheck.ingest.read import CONTENT, Content, load, read_bytes, read_page

__all__ = [
    "CONTENT",
    "LONGEST",
    "Choice",
    "Content",
    "find_pages",
    "is_url",
    "load",
    "matches",
    "read_bytes",
    "read_page",
]

LONGEST = 2_000_000
"""Characters of a text that is judged whole, where a longer one is cut into sections; a long novel has one million."""

_HOMES = {"Choice": "choose", "matches": "choose", "find_pages": "find", "is_url": "find"}


def __getattr__(name: str) -> Any:
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"claimcheck.ingest.{_HOMES.get(name, 'read')}"), name)
    raise AttributeError(f"module 'claimcheck.ingest' has no attribute {name!r}")
