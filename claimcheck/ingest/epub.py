"""E-books (EPUB): the files of the spine, in order, each read as HTML. Places are the file and its line."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from claimcheck.errors import ReadError
from claimcheck.ingest.archive import Archive
from claimcheck.ingest.decode import decode
from claimcheck.ingest.parts import Part, joined
from claimcheck.ingest.skip import NONE, Selectors
from claimcheck.ingest.xml import events
from claimcheck.model import Document

_CONTAINER = "META-INF/container.xml"


def read(data: bytes, name: str, skip: Selectors = NONE) -> Document:
    """The page that an e-book is. Raises ReadError where it is damaged, locked or made to do harm."""
    archive = Archive(data, name)
    book = ""
    for event, tag, attributes in events(archive.read(_CONTAINER), name, _CONTAINER):
        if event == "start" and tag == "rootfile" and not book:
            book = attributes.get("full-path", "")
    files: dict[str, tuple[str, str]] = {}
    spine: list[str] = []
    for event, tag, attributes in events(archive.read(book), name, book):
        if event == "start" and tag == "item":
            files[attributes.get("id", "")] = (attributes.get("href", ""), attributes.get("media-type", ""))
        elif event == "start" and tag == "itemref" and attributes.get("linear") != "no":
            spine.append(attributes.get("idref", ""))
    parts: list[Part] = []
    notices: list[str] = []
    chapters = (files.get(id, ("", "")) for id in spine)
    for href in dict.fromkeys(href for href, media in chapters if "html" in media):
        member = posixpath.normpath(posixpath.join(posixpath.dirname(book), unquote(href)))
        text, said = decode(archive.read(member), f"{name}: {member}")
        parts.append(Part(text, "html", "file", member))
        notices += (f"{member} {notice}" for notice in said)
    if not parts:
        raise ReadError(name, "is an e-book without chapters that can be read")
    return joined(name, "epub", parts, notices, skip)
