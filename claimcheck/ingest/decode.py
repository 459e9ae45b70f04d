"""Bytes to text: which encoding, what could not be read, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from claimcheck.errors import ReadError
from claimcheck.ingest.charsets import MULTIBYTE
from claimcheck.ingest.charsets import codec as codec_of
from claimcheck.programs import expression

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "is a PDF", "Leave out --input-format, or name it pdf."),
    (b"PK\x03\x04", "is a ZIP archive or an office document", "Leave out --input-format, or name it docx or epub."),
    (b"\xd0\xcf\x11\xe0", "is an old office document", "Save it as .docx and check that."),
    (b"{\\rtf", "is a rich-text (RTF) document", "Save it as .docx and check that."),
    (b"\x89PNG", "is a picture", ""),
    (b"\xff\xd8\xff", "is a picture", ""),
    (b"GIF8", "is a picture", ""),
    (b"\x1f\x8b", "is compressed", "Unpack it first."),
)
_NOT_TEXT = "claimcheck reads text, Markdown, HTML, PDF, DOCX, e-mail, MHTML and EPUB."
# Controls no text holds; tab, newline, form feed, backspace and escape do occur.
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\b\x1b") + b"\x7f"
_CONTROL_SHARE = 0.05

_DECLARED = expression(
    rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']?(?P<xml>[\w.:-]{2,40})"
    rb"|<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*(?P<meta>[\w.:-]{2,40})",
    re.IGNORECASE,
)
_SURROGATE = expression("[\ud800-\udfff]")
_LOOK = 4096  # bytes in which a declaration is looked for; browsers look at 1,024
_COMMENT = expression(rb"<!--.*?-->", re.DOTALL)
_MIXED = "claimcheck.mixed"


def decode(data: bytes | str, name: str, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of a page and, in plain sentences, what had to be done to read it.

    In this order: a byte order mark, UTF-16 without one, a declared character set (`charset`, what the page's sender
    says, before what the page says), UTF-8, windows-1252. A declared
    single-byte set is not believed if the bytes are valid UTF-8 beyond ASCII, as they are in pages saved anew by
    an editor. Where text in windows-1252 was pasted into UTF-8, each is read as what it is. Other bytes that cannot
    be read become U+FFFD. A byte order mark is not part of the text. Raises ReadError for what is no text.
    """
    if isinstance(data, str):
        return _checked(data, name)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text, wrong = _replacing(data[len(mark) :], codec)
            return _not_binary(text, name), _said(wrong, codec)
    if codec := _utf16(data):
        text, wrong = _replacing(data, codec)
        return _not_binary(text, name), (f"read as {codec.upper()}, which it does not declare", *_said(wrong, codec))
    for signature, problem, advice in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(name, problem, advice or _NOT_TEXT)
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(data):
        raise ReadError(name, "is not text (binary data)", _NOT_TEXT)
    return _eight_bit(data, charset)


def _checked(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    _not_binary(text, name)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates, which no output could be written with
        text, wrong = _SURROGATE.subn("\ufffd", text)
        return text, (f"{_number(wrong, 'surrogate was', 'surrogates were')} replaced by U+FFFD",)
    return text, ()


def _eight_bit(data: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    m = _DECLARED.search(_COMMENT.sub(b"", data[:_LOOK]))
    label = (m["xml"] or m["meta"]).decode("ascii", "replace").lower() if m else ""
    label = charset.strip(" \"'").lower()[:40] or label
    declared = codec_of(label)
    notices = () if declared or not label else (f"declares the unknown character set '{label}'",)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, wrong = _replacing(data, "utf-8")
        beyond = len(text) - len(text.encode("ascii", "ignore"))
        mostly = beyond - wrong >= wrong
        codec = declared or ("utf-8" if mostly else "cp1252")
        if codec != "utf-8":
            text, wrong = _replacing(data, codec)
        elif wrong and (mixed := _mixed(data)):
            return mixed, (*notices, f"{_number(wrong, 'byte was', 'bytes were')} not UTF-8 and read as windows-1252")
        if codec == "cp1252" and not declared:
            notices = (*notices, "is not UTF-8; read as windows-1252")
        return text, (*notices, *_said(wrong, codec))
    if declared in MULTIBYTE and (not data.isascii() or b"\x1b" in data):
        text, wrong = _replacing(data, declared)
        return text, _said(wrong, declared)
    if declared not in ("", "utf-8") and not data.isascii():
        notices = (f"declares {label} but is UTF-8; read as UTF-8",)
    return text, notices


def _mixed(data: bytes) -> str:
    """UTF-8 into which stretches in windows-1252 were pasted; empty where the strays are no letters or marks there."""
    codecs.register_error(_MIXED, _stray)
    try:
        return data.decode("utf-8", _MIXED)
    except UnicodeDecodeError:
        return ""


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError) or error.end >= len(error.object):
        raise error  # cut short at the end
    return error.object[error.start : error.end].decode("cp1252"), error.end


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: in Latin script every other byte is zero. Judged on the first 4,096 bytes."""
    head = data[: _LOOK & ~1]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd, half = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if odd > 0.6 * half and even <= 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd <= 0.02 * half else ""


def _replacing(data: bytes, codec: str) -> tuple[str, int]:
    text = data.decode(codec, "replace")
    return text, text.count("\ufffd") - (data.count("\ufffd".encode(codec)) if codec.startswith("utf") else 0)


def _said(wrong: int, codec: str) -> tuple[str, ...]:
    if wrong <= 0:
        return ()
    name = {"cp1252": "windows-1252"}.get(codec, codec.upper())
    return (f"{_number(wrong, 'byte sequence was', 'byte sequences were')} not {name} and replaced by U+FFFD",)


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _not_binary(text: str, name: str) -> str:
    # Counting each control by itself is twenty times faster than str.translate on text beyond ASCII.
    if sum(text.count(chr(c)) for c in _CONTROLS) > _CONTROL_SHARE * len(text):
        raise ReadError(name, "is not text (binary data)", _NOT_TEXT)
    return text
