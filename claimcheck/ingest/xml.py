"""XML as a stream of events, with everything refused that makes XML dangerous: document types, entities, deep nesting.

Expat is used directly: office files need no tree, and no wrapper of the standard library refuses a document type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal
from xml.parsers import expat

from claimcheck.errors import ReadError

DEPTH = 400
"""Elements that may stand in one another. Word nests about ten a table."""

Event = tuple[Literal["start", "end", "text"], str, Mapping[str, str]]
"""What was met: "start" or "end" with an element's local name ("start" with attributes), "text" with the words."""

_CHUNK = 64 * 1024


def events(data: bytes, name: str, member: str) -> Iterator[Event]:
    """The events of the XML file `member` of the page `name`; names are local, without their name spaces.

    Raises ReadError where it is not well-formed, has a document type, or is nested more than DEPTH deep.
    """
    waiting: list[Event] = []
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise ReadError(name, f"has a part '{member}' that is nested more than {DEPTH} deep")
        waiting.append(("start", _local(tag), {_local(k): v for k, v in attributes.items()}))

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        waiting.append(("end", _local(tag), {}))

    def doctype(*_: object) -> None:
        raise ReadError(name, f"has a part '{member}' with a document type, which may hide entities that do harm")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: waiting.append(("text", text, {}))
    parser.StartDoctypeDeclHandler = doctype
    for at in range(0, max(len(data), 1), _CHUNK):
        chunk = data[at : at + _CHUNK]
        try:
            parser.Parse(chunk, at + _CHUNK >= len(data))
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = f", line {error.lineno}" if isinstance(error, expat.ExpatError) else ""
            raise ReadError(name, f"has a damaged part '{member}'{line}") from error
        yield from waiting
        waiting.clear()


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]
