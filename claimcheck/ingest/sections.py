"""A text too long for one page to sections, each to be judged as a page of its own, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from claimcheck.ingest import LONGEST
from claimcheck.ingest.decode import decode
from claimcheck.ingest.sniff import container, sniff
from claimcheck.model import Section
from claimcheck.programs import expression

SIZE = 500_000
"""Characters of a section, or up to half as many more, so that it ends where the text leaves off."""

_ENDS = (
    expression(r"(?:\r\n?+|\n)[ \t]*(?:\r\n?+|\n)"),
    expression(r"[.!?][\"'”’)\]]*[ \t]*(?:\r\n?|\n)"),
    expression(r"[.!?][\"'”’)\]]*\s"),
    expression(r"\r\n?|\n"),
    expression(r"\s"),
)
"""Where a section may end, the best first: between paragraphs, behind a sentence, between lines, between words."""


class Part(Struct, frozen=True):
    """A section with its text, and what there is to notice of it."""

    section: Section
    text: str
    notices: tuple[str, ...] = ()


def parts(data: bytes | str, name: str, format: str | None = None) -> Iterator[Part] | None:
    """The sections of a text of more than LONGEST characters, in order; None for a page that is to be read whole.

    Only plain text is cut, and only where it holds no comments to claimcheck: such a comment may speak of all that
    follows. Raises what `decode` raises.
    """
    told = format or (container(data, name) if isinstance(data, bytes) else None)
    if told not in (None, "text"):
        return None
    text, notices = decode(data, name)
    if len(text) <= LONGEST or (told or sniff(text, name)) != "text" or "claimcheck:" in text:
        return None
    bounds = [*_bounds(text), len(text)]
    notice = (
        f"has {len(text):,} characters, too many for one page: judged in {len(bounds) - 1} sections, each by itself"
    )
    return _cut(text, bounds, (*notices, notice))


def _bounds(text: str) -> Iterator[int]:
    """Where the sections of a text begin."""
    at = 0
    yield at
    while len(text) - at > SIZE + SIZE // 2:
        low, high = at + SIZE, at + SIZE + SIZE // 2
        found = next((m for end in _ENDS if (m := end.search(text, low, high))), None)
        at = found.end() if found else high
        at += text.startswith("\r\n", at - 1)  # the two end one line, also where the search ended between them
        yield at


def _cut(text: str, bounds: Sequence[int], notices: tuple[str, ...]) -> Iterator[Part]:
    line = 1
    for number, (start, end) in enumerate(pairwise(bounds), 1):
        part = text[start:end]
        lines = part.splitlines(keepends=True)
        last = line + len(lines) - 1
        yield Part(Section(number, len(bounds) - 1, start, line, last), part, notices if number == 1 else ())
        line = last + (lines[-1] != lines[-1].splitlines()[0])  # the next one begins on a line of its own, or on this
