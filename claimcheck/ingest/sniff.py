"""Which format a page is in: by the end of its name, else by what it holds."""

from __future__ import annotations

import re
from typing import Literal

from claimcheck.programs import expression

Format = Literal["text", "markdown", "html", "pdf", "docx", "eml", "mhtml", "epub"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "html", "pdf", "docx", "eml", "mhtml", "epub")

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mkdn": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".eml": "eml",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".epub": "epub",
}
PAGES = (
    *(".txt", ".md", ".markdown", ".mdx", ".html", ".htm", ".xhtml"),
    *(".pdf", ".docx", ".eml", ".mhtml", ".mht", ".epub"),
)
"""Ends of the names that a folder is searched for."""

_HEAD = 20_000  # characters that are looked at
_PDF = expression(rb"[\s\0]{0,1024}+%PDF-\d")
# A header that mail programs write, not people, within the first lines of nothing but headers.
_MAIL = expression(
    rb"(?:[!-9;-~]{1,70}:[^\r\n]{0,4000}\r?\n(?:[ \t][^\r\n]{0,4000}\r?\n){0,200}+){0,200}?"
    rb"(?:mime-version|message-id|received|return-path|delivered-to):[ \t]",
    re.IGNORECASE,
)
_SAVED = expression(
    rb"^(?:snapshot-content-location:|content-type:\s{1,9}multipart/related)", re.IGNORECASE | re.MULTILINE
)
_DOCUMENT = expression(
    r"\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = expression(
    r"<(/?)(?:p|div|span|h[1-6]|ul|ol|li|a|br|table|tr|td|th|section|article|main|header|footer|nav|strong|em|b|i|img|meta"
    r"|title|blockquote|script|style|button|figure)(?=[\s/>])[^<>]{0,500}>",
    re.IGNORECASE,
)
_MARKDOWN = (
    (1, ("#",), expression(r"^#{1,6} {1,4}\S", re.MULTILINE)),
    (2, ("](",), expression(r"\]\((?:https?:|mailto:|/|#|\.)[^\s()]{0,300}")),
    (1, ("**",), expression(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,200}\*\*(?![\w*])")),
    (2, ("```", "~~~"), expression(r"^ {0,3}(?:```|~~~)", re.MULTILINE)),
    (2, ("|",), expression(r"^ {0,3}\|?(?: ?:?-{2,}:? ?\|){1,20}", re.MULTILINE)),
)
"""Signs of Markdown: their weight, what they cannot be without, and how they look."""


def container(data: bytes, name: str) -> Format | None:
    """The format of a file that is no text itself, by its first bytes, else by the end of its name; None for text.

    What is in a ZIP archive is told by its contents; "docx" where that cannot be seen.
    """
    if _PDF.match(data):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "epub" if b"mimetypeapplication/epub+zip" in data[:200] or name.lower().endswith(".epub") else "docx"
    known = _by_name(name)
    if known in ("text", "markdown", "html"):
        return None
    if known == "eml" or (not known and _MAIL.match(data[:_HEAD])):
        return "mhtml" if _SAVED.search(data[:_HEAD]) else "eml"
    return known


def _by_name(name: str) -> Format | None:
    dot = name.rfind(".")
    return SUFFIXES.get(name[dot:].lower()) if dot >= 0 else None


def sniff(text: str, name: str) -> Format:
    """The format of a page of text called `name`. Text that shows no markup is "text"."""
    known = _by_name(name)
    if known in ("text", "markdown", "html"):
        return known
    head = text[:_HEAD].lstrip("\ufeff")
    if _DOCUMENT.match(head):
        return "html"
    tags = _TAG.findall(head) if "<" in head else []
    if "/" in tags and (len(tags) >= 4 or _TAG.match(head.lstrip())):
        return "html"
    score = sum(
        weight * min(len(signal.findall(head)), 2)
        for weight, hints, signal in _MARKDOWN
        if any(hint in head for hint in hints)
    )
    return "markdown" if score >= 2 else "text"
