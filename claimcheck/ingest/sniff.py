"""Which format a page is in: by the end of its name, else by what it holds."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["text", "markdown", "html"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "html")

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
}
PAGES = (".txt", ".md", ".markdown", ".mdx", ".html", ".htm", ".xhtml")
"""Ends of the names that a folder is searched for."""

_HEAD = 20_000  # characters that are looked at
_DOCUMENT = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"<(/?)(?:p|div|span|h[1-6]|ul|ol|li|a|br|table|tr|td|th|section|article|main|header|footer|nav|strong|em|b|i|img|meta"
    r"|title|blockquote|script|style|button|figure)(?=[\s/>])[^<>]{0,500}>",
    re.IGNORECASE,
)
_MARKDOWN = (
    (1, re.compile(r"^#{1,6} {1,4}\S", re.MULTILINE)),
    (2, re.compile(r"\]\((?:https?:|mailto:|/|#|\.)[^\s()]{0,300}")),
    (1, re.compile(r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,200}\*\*(?![\w*])")),
    (2, re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)),
    (2, re.compile(r"^ {0,3}\|?(?: ?:?-{2,}:? ?\|){1,20}", re.MULTILINE)),
)


def sniff(text: str, name: str) -> Format:
    """The format of a page called `name`. Text that shows no markup is "text"."""
    dot = name.rfind(".")
    if dot >= 0 and (known := SUFFIXES.get(name[dot:].lower())):
        return known
    head = text[:_HEAD].lstrip("\ufeff")
    if _DOCUMENT.match(head):
        return "html"
    tags = _TAG.findall(head)
    if "/" in tags and (len(tags) >= 4 or _TAG.match(head.lstrip())):
        return "html"
    score = sum(weight * min(len(signal.findall(head)), 2) for weight, signal in _MARKDOWN)
    return "markdown" if score >= 2 else "text"
