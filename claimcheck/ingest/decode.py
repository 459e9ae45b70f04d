"""Bytes to text: which encoding, what could not be read, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from claimcheck.errors import ReadError

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

_DECLARED = re.compile(
    rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']?(?P<xml>[\w.:-]{2,40})"
    rb"|<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*(?P<meta>[\w.:-]{2,40})",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOK = 4096  # bytes in which a declaration is looked for; browsers look at 1,024
# Names pages use (the WHATWG Encoding Standard's labels, lower case) and the codec browsers read them with. Only
# these: some Python codecs that a hostile page could name are no character sets or take quadratic time.
_CODECS = {
    **dict.fromkeys("utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8 utf-16 utf-16le utf-16be unicode".split(), "utf-8"),
    **dict.fromkeys("windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1".split(), "cp1252"),
    **dict.fromkeys("us-ascii ascii ansi_x3.4-1968 iso-ir-100 cp819 ibm819".split(), "cp1252"),
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-{n}": f"cp{n}" for n in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874)},
    **{"iso-8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "cp1251": "cp1251"},
    **{"koi8-r": "koi8-r", "koi8-u": "koi8-u", "macintosh": "mac-roman", "ibm866": "cp866", "cp866": "cp866"},
    **dict.fromkeys("gb2312 gbk gb18030 x-gbk gb_2312-80 chinese".split(), "gb18030"),
    **dict.fromkeys("big5 big5-hkscs x-x-big5 cn-big5".split(), "big5hkscs"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis windows-31j ms_kanji".split(), "cp932"),
    **{"euc-jp": "euc-jp", "x-euc-jp": "euc-jp", "iso-2022-jp": "iso2022-jp"},
    **dict.fromkeys("euc-kr ks_c_5601-1987 ksc5601 korean windows-949".split(), "cp949"),
}
_MULTIBYTE = frozenset("gb18030 big5hkscs cp932 euc-jp iso2022-jp cp949".split())


def decode(data: bytes | str, name: str, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of a page and, in plain sentences, what had to be done to read it.

    In this order: a byte order mark, UTF-16 without one, a declared character set (`charset`, what the page's sender
    says, before what the page says), UTF-8, windows-1252. A declared
    single-byte set is not believed if the bytes are valid UTF-8 beyond ASCII, as they are in pages saved anew by
    an editor. Bytes that cannot be read become U+FFFD. A byte order mark is not part of the text. Raises ReadError
    for what is no text.
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
    m = _DECLARED.search(data, 0, _LOOK)
    label = (m["xml"] or m["meta"]).decode("ascii", "replace").lower() if m else ""
    label = charset.strip(" \"'").lower()[:40] or label
    declared = _CODECS.get(label, "")
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
        if codec == "cp1252" and not declared:
            notices = (*notices, "is not UTF-8; read as windows-1252")
        return text, (*notices, *_said(wrong, codec))
    if declared in _MULTIBYTE and (not data.isascii() or b"\x1b" in data):
        text, wrong = _replacing(data, declared)
        return text, _said(wrong, declared)
    if declared not in ("", "utf-8") and not data.isascii():
        notices = (f"declares {label} but is UTF-8; read as UTF-8",)
    return text, notices


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
