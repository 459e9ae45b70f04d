"""Text that a page holds for machines: descriptions, what is shown where it is shared, JSON-LD. Claims hide there.

Much of it repeats the page. What it repeats word for word is read once, where a reader sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from msgspec.structs import replace

from claimcheck.ingest import tags
from claimcheck.ingest.blocks import Builder, Draft
from claimcheck.programs import expression

NAMES = {
    "description": "meta",
    **dict.fromkeys(("og:title", "og:description", "twitter:title", "twitter:description"), "open graph"),
    **dict.fromkeys(("og:image:alt", "twitter:image:alt"), "open graph"),
}
"""Names and properties of <meta> whose content is text, and what `Block.hidden` calls it."""

_SPOKEN = frozenset(
    "name headline alternativeheadline description disambiguatingdescription abstract text articlebody reviewbody "
    "slogan award positivenotes negativenotes caption tooltip".split()
)
"""Properties of schema.org whose values are text for people, lower case."""
_STRING = expression(r'"(?P<text>(?:[^"\\]++|\\.)*+)"(?P<key>\s*+:)?', re.DOTALL)
_PIECE = expression(rf"[^\\<&]++|\\u[0-9a-fA-F]{{4}}|\\.|<[^<>]{{0,500}}+>|{tags.ENTITY.pattern}|[<&\\]", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " "}
_SENTENCE = expression(r"(?<=[.!?])\s+")
_FEWEST = 3
"""Words of a JSON-LD value or a tooltip that are more than a name."""


def json_texts(source: str, start: int, end: int, hidden: str = "json-ld") -> Iterator[Draft]:
    """A block for each text in the JSON between two offsets, with its escapes, tags and entities undone. JSON that is
    broken is read as far as its strings can be told."""
    key = ""
    for m in _STRING.finditer(source, start, end):
        if m["key"]:
            key = m["text"][:40].lower()
        elif key in _SPOKEN and m["text"].count(" ") + 1 >= _FEWEST:
            builder = Builder(source)
            _json_string(builder, source, *m.span("text"))
            if draft := builder.draft("meta", hidden=hidden):
                yield draft


def _json_string(builder: Builder, source: str, start: int, end: int) -> None:
    for m in _PIECE.finditer(source, start, end):
        piece, (a, b) = m.group(), m.span()
        if piece[0] == "<" and len(piece) > 1:
            if piece[1:2].isalpha() or piece[1:2] == "/":
                builder.space(a, b)
            else:
                builder.add(a, b)
        elif piece[0] == "\\" and len(piece) > 1:
            letter = chr(int(piece[2:], 16)) if len(piece) == 6 else _ESCAPES.get(piece[1], piece[1])
            builder.put("\ufffd" if "\ud800" <= letter <= "\udfff" else letter, a, b)
        elif piece[0] == "&" and (read := unescape(piece)) != piece:
            builder.put(read, a, b)
        else:
            builder.add(a, b)


def tooltip(attrs: str) -> tuple[int, int] | None:
    """Where a start tag has a `title` that says more than a name."""
    span = tags.attribute(attrs, "title") if "title" in attrs.lower() else None
    return span if span and attrs.count(" ", *span) + 1 >= _FEWEST else None


def once(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those for machines marked as left out where they only repeat what stands elsewhere."""
    machine = ("open graph", "json-ld", "tooltip")
    if not any(d.block.hidden in machine for d in drafts):
        return list(drafts)
    seen = {key for d in drafts if d.block.hidden not in machine for key in _keys(d.block.text)}
    out = []
    for draft in drafts:
        if draft.block.hidden in machine:
            keys = _keys(draft.block.text)
            if all(key in seen for key in keys):
                draft = replace(draft, block=replace(draft.block, left_out="repeated"))
            seen.update(keys)
        out.append(draft)
    return out


def _keys(text: str) -> list[str]:
    """The sentences of a text as they are compared, and where it is short the text itself."""
    parts = (re.sub(r"[^\w ]", "", s).casefold().strip() for s in _SENTENCE.split(text))
    return [p for p in parts if p]
