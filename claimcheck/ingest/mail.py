"""E-mails (.eml) and pages saved by a browser as one file (.mhtml): the subject, and the parts a reader is shown.

Places are the header, or a part by its number as mail programs count ("2.1") with the line in it as it reads once
decoded.
"""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator
from email.errors import MessageError, NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect
from email.header import decode_header
from email.message import Message

from claimcheck.errors import ReadError
from claimcheck.ingest.decode import decode
from claimcheck.ingest.parts import Part, joined
from claimcheck.ingest.skip import NONE, Selectors
from claimcheck.ingest.sniff import container
from claimcheck.model import Document
from claimcheck.programs import expression

LIMIT = 64 * 1024 * 1024
"""Bytes of an e-mail; those with films attached have more, and no more words."""

_PARTS, _HEADER = 200, 64 * 1024
_BOUNDARY = expression(rb"boundary\s{0,9}=", re.IGNORECASE)
_UNBOUNDED = (NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect)
_TEXTS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown"}


def read(data: bytes, name: str, skip: Selectors = NONE) -> Document:
    """The page that an e-mail or a saved page is.

    Of alternatives the richest is read, of a page with its pictures the page, of an e-mail with others attached all of
    them. Raises ReadError where there is nothing to read or the file was made to do harm.
    """
    if len(data) > LIMIT:
        raise ReadError(name, f"is an e-mail of more than {LIMIT // 2**20} MB", "Save it without what is attached.")
    if len(_BOUNDARY.findall(data)) > _PARTS:  # every line is held against every boundary that is open
        raise ReadError(name, f"is an e-mail of more than {_PARTS} parts in one another")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # saved anew by an editor
        data = data.decode("utf-16", "replace").encode("utf-8")
    kind = container(data, "") or "eml"
    try:
        reader = _Reader(name)
        message = email.message_from_bytes(data)
        if not message.keys():
            raise ReadError(name, "is no e-mail: it begins with no header", "--input-format says what it is instead.")
        parts = list(reader.parts(message))
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise ReadError(name, "is an e-mail that cannot be taken apart") from error
    if not parts and any(isinstance(defect, _UNBOUNDED) for defect in message.defects):
        raise ReadError(name, "is damaged: what divides its parts is missing", "Save it anew.")
    if not parts:
        reader.notices.append("holds no text")
    return joined(name, kind, parts, reader.notices, skip)


class _Reader:
    """One walk through a message. `notices` says what was not read."""

    def __init__(self, name: str) -> None:
        self.notices: list[str] = []
        self._name = name

    def parts(self, message: Message, number: str = "") -> Iterator[Part]:
        """The texts of a message in order. `number` is that of the message inside another one."""
        self._bounded(message)
        unit = "header of part" if number else "header"
        if subject := _header(message, "Subject"):
            yield Part(subject, "text", unit, f"{number} Subject".strip(), lines=False)
        if saved := _header(message, "Snapshot-Content-Location"):
            self.notices.append(f"is a page that was saved from {saved}")
        yield from self._texts(message, number or ("" if message.is_multipart() else "1"))

    def _texts(self, part: Message, number: str) -> Iterator[Part]:
        self._bounded(part)
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for inner in _children(part):
                yield from self.parts(inner, number)
        elif part.is_multipart():
            below = [(f"{number}.{n}".lstrip("."), p) for n, p in enumerate(_children(part), 1)]
            for at, child in self._chosen(kind, part, below):
                yield from self._texts(child, at)
        elif kind in _TEXTS and part.get_content_disposition() != "attachment":
            yield self._text(part, kind, number)
        elif file := part.get_filename():
            self.notices.append(f"has '{file}' attached, which was not read; save it and check that")

    def _chosen(self, kind: str, whole: Message, parts: list[tuple[str, Message]]) -> list[tuple[str, Message]]:
        """The parts of a multipart that a mail program or a browser shows."""
        if kind == "multipart/alternative":
            shown = [p for p in parts if p[1].get_content_type() in _TEXTS or p[1].is_multipart()]
            rich = [p for p in shown if p[1].get_content_type() not in ("text/plain", "text/markdown")]
            return (rich or shown)[-1:]
        if kind == "multipart/related":
            start = whole.get_param("start")
            named = [p for p in parts if start and p[1].get("Content-ID") == start]
            return named[:1] or [p for p in parts if p[1].get_content_type() in _TEXTS or p[1].is_multipart()][:1]
        return parts

    def _text(self, part: Message, kind: str, number: str) -> Part:
        data = part.get_payload(decode=True)
        where = f"{self._name}: part {number}"
        text, said = decode(data if isinstance(data, bytes) else b"", where, part.get_content_charset() or "")
        self.notices += (f"part {number} {notice}" for notice in said)
        return Part(text, _TEXTS[kind], "part", number)

    def _bounded(self, part: Message) -> None:
        """Headers are taken apart in more than linear time."""
        if any(len(str(value)) > _HEADER for value in part.values()):
            raise ReadError(self._name, f"has a header of more than {_HEADER // 1024} kB")


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _header(message: Message, name: str) -> str:
    """A header as a person reads it: encoded words decoded, on one line. Empty without it."""
    value = message.get(name)
    if value is None:
        return ""
    pieces = []
    for piece, charset in decode_header(value):
        try:
            pieces.append(decode(piece, name, charset or "")[0] if isinstance(piece, bytes) else piece)
        except ReadError:  # encoded words that hold no text
            continue
    return " ".join("".join(pieces).split())
