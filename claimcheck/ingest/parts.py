"""Several texts as one page: the parts of an e-mail, the files of an e-book.

The page's source is the parts one after the other, each on lines of its own, so that places inside a part count from
where it begins.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.ingest.read import read_blocks
from claimcheck.ingest.skip import NONE, Selectors
from claimcheck.model import Block, Document, Place, SourceMap


class Part(Struct, frozen=True):
    """A text, how to read it ("text", "markdown", "html") and where it stands in its file; see `model.Place`."""

    text: str
    format: str
    unit: str
    label: str
    lines: bool = True
    """Whether lines of it mean something to a person who has the file."""


def joined(
    name: str, format: str, parts: Iterable[Part], notices: Iterable[str] = (), skip: Selectors = NONE
) -> Document:
    """The page that the parts make, each read on its own. `skip` names elements of HTML to leave out."""
    texts: list[str] = []
    blocks: list[Block] = []
    places: list[Place] = []
    at = groups = 0
    for part in parts:
        text = part.text if part.text.endswith("\n") else part.text + "\n"
        read = [_moved(block, at, groups) for block in read_blocks(part.format, text, skip)]
        groups = max((block.group for block in read), default=groups)
        blocks += read
        places.append(Place(at, at + len(text), part.unit, part.label, int(part.lines)))
        texts.append(text)
        at += len(text)
    return Document(name, format, "".join(texts), tuple(blocks), notices=tuple(notices), places=tuple(places))


def _moved(block: Block, by: int, groups: int) -> Block:
    where = block.map
    moved = SourceMap(where.out, tuple(at + by for at in where.src), tuple(at + by for at in where.end))
    return replace(block, map=moved, group=block.group and block.group + groups)
