"""From an address to what stands there: robots.txt asked, redirects followed, everything bounded."""

from __future__ import annotations

import hashlib
import http.client
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urljoin, urlsplit, urlunsplit

from msgspec import Struct

from claimcheck import __version__
from claimcheck.errors import ReadError
from claimcheck.fetch.connect import TOTAL, Deadline, connection, parts, target
from claimcheck.ingest.decode import decode

AGENT = f"claimcheck/{__version__} (reads single pages on request, to check their health claims)"
LIMIT = 32 * 1024 * 1024
"""Bytes of a page, as sent and once unpacked."""
REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_ROBOTS = 500 * 1024
"""Bytes of robots.txt that are read: as many as RFC 9309 asks for."""
_PIECE = 64 * 1024

FORMATS: dict[str, str | None] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/epub+zip": "epub",
    "message/rfc822": "eml",
    "multipart/related": "mhtml",
    "": None,
    "application/octet-stream": None,
}
"""The input format that a content type means; None: told by the content. What is not here is no page."""


class Fetched(Struct, frozen=True):
    """What stood at an address. `redirects` are the addresses after the one asked for, the last of which answered;
    `when` is UTC in ISO 8601; `data` is unpacked; `format` and `charset` are what the server said, None and "" if
    nothing."""

    url: str
    redirects: tuple[str, ...]
    when: str
    status: int
    content_type: str
    format: str | None
    charset: str
    data: bytes

    def page(self) -> tuple[bytes | str, tuple[str, ...]]:
        """What to read: text where the server said its character set, else the bytes; and what decoding had to do."""
        if not self.charset or self.format not in ("html", "text", "markdown"):
            return self.data, ()
        return decode(self.data, self.url, self.charset)

    @property
    def sha256(self) -> str:
        """The SHA-256 of `data`, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


class _Answer(Struct, frozen=True):
    status: int
    headers: Message
    data: bytes


def fetch(url: str, allow_private: bool = False, seconds: float = TOTAL) -> Fetched:
    """What stands at an http or https address.

    Raises ReadError where it cannot be had within `seconds`, where robots.txt asks programs to stay away, where any
    address on the way is private and that is not allowed, where there are more than REDIRECTS or a circle of them,
    where it is no kind of page, and where it is larger than LIMIT.
    """
    deadline = Deadline.of(seconds)
    asked: dict[str, object] = {}
    way = [urlunsplit(parts(url)._replace(fragment=""))]
    while True:
        here = way[-1]
        _ask_robots(here, url, asked, allow_private, deadline)
        answer = _get(here, url, allow_private, deadline)
        if answer.status not in _MOVED or "Location" not in answer.headers:
            break
        to = urlunsplit(urlsplit(urljoin(here, str(answer.headers["Location"])[:4000]))._replace(fragment=""))
        if to in way:
            raise ReadError(url, f"redirects in a circle: {' -> '.join([*way, to])}")
        if len(way) > REDIRECTS:
            raise ReadError(url, f"redirects more than {REDIRECTS} times: {' -> '.join([*way, to])}")
        parts(to)
        way.append(to)
    if answer.status != 200:
        reason = http.client.responses.get(answer.status, "")
        raise ReadError(url, f"cannot be fetched: the server answers {answer.status} {reason}".rstrip())
    kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
    if kind not in FORMATS:
        raise ReadError(url, f"is {kind}, which is no kind of page that claimcheck reads")
    return Fetched(
        url,
        tuple(way[1:]),
        datetime.now(UTC).isoformat(timespec="seconds"),
        answer.status,
        kind,
        "markdown" if kind == "text/plain" and way[-1].endswith((".md", ".markdown")) else FORMATS[kind],
        answer.headers.get_content_charset() or "",
        answer.data,
    )


def _get(
    url: str, told: str, allow_private: bool, deadline: Deadline, most: int = LIMIT, whole: bool = True
) -> _Answer:
    """One request. `told` is the address to name in errors; without `whole`, what is beyond `most` is left unread."""
    split = parts(url)
    headers = {"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip, deflate"}
    try:
        with connection(split, told, allow_private, deadline) as asked:
            asked.request("GET", target(split), headers={**headers, "Connection": "close"})
            answer = asked.getresponse()
            if answer.status != 200:
                return _Answer(answer.status, answer.headers, b"")
            declared = answer.headers.get("Content-Length", "")
            if whole and declared.isdecimal() and int(declared[:20]) > most:
                raise _too_large(told, most)
            data = bytearray()
            for piece in _unpacked(answer, told):
                data += piece
                if len(data) > most:
                    if whole:
                        raise _too_large(told, most)
                    del data[most:]
                    break
            if deadline.left() <= 0.01:  # then the end of the answer is our own doing
                raise TimeoutError
            return _Answer(answer.status, answer.headers, bytes(data))
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, TimeoutError) or deadline.left() <= 0.01:
            raise ReadError(told, "took too long to answer, and was left") from error
        if isinstance(error, http.client.IncompleteRead):
            raise ReadError(told, "broke off in the middle of its answer") from error
        raise ReadError(told, f"gave no answer that can be understood: {type(error).__name__}") from error


def _too_large(told: str, most: int) -> ReadError:
    return ReadError(told, f"is larger than {most // 2**20} MB, and was left", "Save it and check the file.")


def _unpacked(answer: http.client.HTTPResponse, told: str) -> Iterator[bytes]:
    """The body in pieces, each of bounded size however much it was packed."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    sent = 0
    unpack = None
    first = True
    while piece := answer.read1(_PIECE):
        sent += len(piece)
        if sent > LIMIT:
            raise _too_large(told, LIMIT)
        if coding == "identity" or not coding:
            yield piece
            continue
        if coding not in ("gzip", "x-gzip", "deflate"):
            raise ReadError(told, f"was sent packed as '{coding[:40]}', which was not asked for")
        try:
            if unpack is None:
                # "deflate" means zlib's format; some servers send it bare
                bare = coding == "deflate" and first and (piece[0] & 0x0F) != 8
                unpack = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
            first = False
            while piece and not unpack.eof:
                yield unpack.decompress(piece, _PIECE)
                piece = unpack.unconsumed_tail
        except zlib.error as error:
            raise ReadError(told, f"was sent damaged: it cannot be unpacked ({coding})") from error
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)


def _ask_robots(url: str, told: str, asked: dict[str, object], allow_private: bool, deadline: Deadline) -> None:
    """Raises ReadError where the site's robots.txt asks programs to stay away (RFC 9309); asked once a site."""
    from protego import Protego

    split = parts(url)
    site = f"{split.scheme}://{split.netloc}"
    if site not in asked:
        asked[site] = Protego.parse(_robots(f"{site}/robots.txt", told, allow_private, deadline))
    robots = asked[site]
    assert isinstance(robots, Protego)
    if not robots.can_fetch(url, "claimcheck"):
        raise ReadError(
            told, f"is not fetched: {site}/robots.txt asks programs to stay away", "Save the page in a browser instead."
        )


def _robots(url: str, told: str, allow_private: bool, deadline: Deadline) -> str:
    for _ in range(REDIRECTS + 1):
        answer = _get(url, told, allow_private, deadline, _ROBOTS, whole=False)
        if answer.status in _MOVED and "Location" in answer.headers:
            url = urljoin(url, str(answer.headers["Location"])[:4000])
            parts(url)
            continue
        if answer.status >= 500:
            raise ReadError(told, f"is not fetched: {url} answers {answer.status}, so what it allows is not known")
        return answer.data.decode("utf-8", "replace") if answer.status == 200 else ""
    return ""
