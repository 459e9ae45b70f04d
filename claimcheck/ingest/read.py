"""A page, from bytes or a file to a Document with blocks."""

from __future__ import annotations

import os
from collections.abc import Callable

from claimcheck.errors import ReadError, UsageError
from claimcheck.ingest.decode import decode
from claimcheck.ingest.html import read_html
from claimcheck.ingest.markdown import read_markdown
from claimcheck.ingest.sniff import FORMATS, sniff
from claimcheck.ingest.text import read_text
from claimcheck.model import Block, Document
from claimcheck.text.directives import mask

LIMIT = 256 * 1024 * 1024
"""Bytes a file may have. Prose takes five to seven times as much memory to read, text of tiny lines seventy times."""

_READERS: dict[str, Callable[[str], tuple[Block, ...]]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
}


def read_page(data: bytes | str, name: str = "<text>", format: str | None = None) -> Document:
    """A page as a Document with blocks, not yet cut into sentences.

    `format` is "text", "markdown" or "html"; without it the end of `name` decides, else the content. The document's
    `source` is the decoded text, line ends and all, without a byte order mark. An empty page has no blocks. Raises
    ReadError for binary data, UsageError for an unknown format.
    """
    if format is not None and format not in FORMATS:
        raise UsageError(f"there is no input format '{format}'; known: {', '.join(FORMATS)}")
    source, notices = decode(data, name)
    kind = format or sniff(source, name)
    read = mask(source) if kind == "text" else source
    return Document(name, kind, source, _READERS[kind](read), notices=notices)


def load(path: str, format: str | None = None) -> Document:
    """The page in the file `path`, which becomes its name. Raises what `read_page` and `read_bytes` raise."""
    return read_page(read_bytes(path), path, format)


def read_bytes(path: str) -> bytes:
    """What is in a file. Raises ReadError for one that cannot be opened or is larger than LIMIT."""
    try:
        with open(path, "rb") as file:
            data = file.read(LIMIT + 1) if os.fstat(file.fileno()).st_size <= LIMIT else None
    except IsADirectoryError:
        raise ReadError(path, "is a folder", "Name the pages in it, or let find_pages() do so.") from None
    except (OSError, ValueError) as error:
        raise ReadError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if data is None or len(data) > LIMIT:
        raise ReadError(path, f"is larger than {LIMIT // 2**20} MB", "Split it, or check the pages it was made from.")
    return data
