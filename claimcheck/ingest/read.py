"""A page, from bytes or a file to a Document with blocks."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from claimcheck.errors import ReadError, UsageError
from claimcheck.ingest.decode import decode
from claimcheck.ingest.sniff import FORMATS, container, sniff
from claimcheck.model import Block, Document

if TYPE_CHECKING:
    from claimcheck.ingest.skip import Selectors

LIMIT = 256 * 1024 * 1024
"""Bytes a file may have. Prose takes five to seven times as much memory to read, text of tiny lines seventy times."""

Content = Literal["main", "all"]
CONTENT: tuple[Content, ...] = ("main", "all")

_FILES = {"pdf": "pdf.read", "docx": "docx", "eml": "mail", "mhtml": "mail", "epub": "epub"}
"""The modules that read formats which are no text; imported when such a file comes up."""
_HOLD_HTML = ("eml", "mhtml", "epub")


def read_page(
    data: bytes | str,
    name: str = "<text>",
    format: str | None = None,
    content: Content = "main",
    skip: tuple[str, ...] = (),
) -> Document:
    """A page as a Document with blocks, not yet cut into sentences.

    `format` is one of FORMATS; without it the first bytes, the end of `name` and the content decide. The document's
    `source` is the decoded text, line ends and all, without a byte order mark; of a file that is no text, the text
    taken from it. With `content` "main" menus, footers, notices, teasers and comments are left out, with "all" only
    what nobody sees; `skip` names further elements of HTML to leave out, also in Markdown, e-mails and e-books:
    `.class`, `#id` or a tag; a notice says so. An empty page has no blocks; one in another language than English has
    none to judge, and a notice that says so. Raises ReadError for what cannot be read, UsageError for no known format.
    """
    if format is not None and format not in FORMATS:
        raise UsageError(f"there is no input format '{format}'; known: {', '.join(FORMATS)}")
    return _english(_chosen(_told(_whole(data, name, format, frozenset(skip)), skip), content))


def _told(document: Document, skip: tuple[str, ...]) -> Document:
    """The document with a notice of how much `skip` leaves out of it."""
    words = sum(b.text.count(" ") + 1 for b in document.blocks if b.left_out == "skipped")
    if not words:
        return document
    notice = f"{words:,} word{'s' * (words != 1)} of the page not judged: skip = {', '.join(skip)}."
    return replace(document, notices=(*document.notices, notice))


def _whole(data: bytes | str, name: str, format: str | None, skip: Selectors) -> Document:
    """The document with all its blocks."""
    if isinstance(data, bytes) and (file := format or container(data, name)) in _FILES:
        module = import_module(f"claimcheck.ingest.{_FILES[file]}")
        document: Document = module.read(data, name, skip) if file in _HOLD_HTML else module.read(data, name)
        return document
    if format in _FILES:
        raise ReadError(name, f"is text, but {format} was asked for", "Pass the bytes of the file.")
    source, notices = decode(data, name)
    kind = format or sniff(source, name)
    read = source
    if kind == "text":
        from claimcheck.text.directives import mask

        read = mask(source)
    return Document(name, kind, source, read_blocks(kind, read, skip), notices=notices)


def read_blocks(kind: str, source: str, skip: Selectors) -> tuple[Block, ...]:
    """The blocks of a text of a kind ("text", "markdown", "html"), whose reader is imported when it comes up."""
    if kind == "html":
        from claimcheck.ingest.html import read_html

        return read_html(source, skip)
    if kind == "markdown":
        from claimcheck.ingest.markdown import read_markdown

        return read_markdown(source, skip)
    from claimcheck.ingest.text import read_text

    return read_text(source)


def _english(document: Document) -> Document:
    """The document; if it is in another language, which is said and not judged, with nothing that is to be judged."""
    from claimcheck.ingest import tongue

    code = tongue.declared(document.source) if document.format == "html" else ""
    name = tongue.foreign((b.text for b in document.blocks if b.kind != "code"), code)
    if not name:
        return document
    notice = f"is in another language ({name}); only English is judged, so nothing on this page was"
    left = (*document.left_out, *(replace(b, left_out="language") for b in document.blocks))
    ordered = tuple(sorted(left, key=lambda b: b.start))
    return replace(document, blocks=(), left_out=ordered, notices=(*document.notices, notice))


def _chosen(document: Document, content: Content) -> Document:
    """The document with the blocks that are to be judged, the others beside them."""
    unseen = ("hidden", "repeated", "skipped")
    left = tuple(b for b in document.blocks if b.left_out and (content == "main" or b.left_out in unseen))
    if not left:
        return document
    if content == "main" and not any(not (b.left_out or b.hidden) for b in document.blocks):
        return _chosen(document, "all")  # a page that is all menu, as a fragment may be
    gone = frozenset(map(id, left))
    return replace(document, blocks=tuple(b for b in document.blocks if id(b) not in gone), left_out=left)


def load(path: str, format: str | None = None, content: Content = "main") -> Document:
    """The page in the file `path`, which becomes its name. Raises what `read_page` and `read_bytes` raise."""
    return read_page(read_bytes(path), path, format, content)


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
