"""How Markdown's blocks begin: patterns for the start of a line, and columns, with a tab as far as the next fourth."""

from __future__ import annotations

import re
from typing import Literal

from claimcheck.ingest import tags
from claimcheck.programs import expression

LINE = expression(r"[^\r\n]*+(?:\r\n?|\n)?")
FRONT_MATTER = expression(
    r"\ufeff?(?:(---|\+\+\+)[ \t]*\r?\n(?=[\w\"-]+[ \t]*[:=]|#).*?\n(?:\1|\.\.\.)|\{[ \t]*\r?\n[ \t]*\".*?\n\})"
    r"[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
TARGET = expression(
    r"^ {0,3}\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*<?([^\s<>]{1,2000})>?(?:[ \t]+[\"'(][^\n]{0,500})?[ \t\r]*$",
    re.MULTILINE,
)
FOOTNOTE = expression(r"\[\^[^\[\]\s]{1,100}\]:")
NUMBERED_NOTE = expression(r"^ {0,3}\[\^(\d{1,6})\]:", re.MULTILINE)
HEADING = expression(r"(#{1,6})(?:[ \t]+|$)")
CLOSING_MARKS = expression(r"(?:(?<=[ \t])|^)#+[ \t]*$")
UNDERLINE = expression(r"(=+|-+)[ \t]*$")
RULE = expression(r"(?:(?:\*[ \t]*){3,}+|(?:-[ \t]*){3,}+|(?:_[ \t]*){3,}+)$")
FENCE = expression(r"(`{3,}+(?![^\n]*`)|~{3,}+)")
MARKER = expression(r"(?:[-+*•●▪■‣✔✓✅☑★➤►]\ufe0f?|(?P<number>\d{1,9})[.)])(?=[ \t]|$)")
TASK = expression(r"\[[ xX]\][ \t]")
DELIMITER_ROW = expression(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t]*$")
DIV = expression(r":{3,}+[ \t]*(?:[\w-]{1,40}+)?+[ \t]*+\[?(?P<title>[^\n\]]{0,200})\]?[ \t]*$")
"""A box of Docusaurus, VuePress or Pandoc begins or ends: ":::tip Title"."""
BOX = expression(
    r"(?:(?:!!!|\?\?\?\+?)[ \t]+[\w-]{1,40}(?:[ \t]+[\w-]{1,40}){0,4}|===[!+]?)[ \t]*"
    r"(?:\"(?P<title>[^\"\n]{0,200})\")?[ \t]*$"
)
"""A box or tab of MkDocs begins, whose text is indented: '!!! note "Title"'."""
DIRECTIVE = expression(
    r"(?:`{3,}|~{3,}|:{3,})[ \t]*\{(?:note|tip|hint|important|warning|caution|danger|error|attention|admonition|seealso"
    r"|pull-quote|epigraph|dropdown|card|tab-item|margin|sidebar|topic)\}(?P<title>[^\n`]{0,200})$"
)
"""A fence of MyST that holds prose."""
OPTION = expression(r":[\w-]{1,40}:(?:[ \t][^\n]*)?$")
DEFINITION = expression(r":[ \t]{1,3}(?=\S)")
_CELL = expression(r"(?:\\.|`[^`\n]{0,1000}+`|[^|\\])*+")
_MARKUP = expression(r"<(?:(?P<comment>!--)|[?!]|/?(?P<tag>[a-zA-Z][a-zA-Z0-9-]*+)(?=[\s/>]|$))")
_ALONE = expression(r"</?[a-zA-Z][^<>]{0,2000}+>[ \t]*$")
_COMMENT_END = expression(r"-->")

Closing = re.Pattern[str] | None | Literal[False]


def indent(source: str, at: int, end: int) -> tuple[int, int]:
    """Where the text of a line begins and how many columns stand before it."""
    start = at
    while start < end and source[start] in " \t":
        start += 1
    columns = 0
    for letter in source[at:start]:
        columns += 4 - columns % 4 if letter == "\t" else 1
    return start, columns


def past(source: str, at: int, columns: int) -> int:
    """The offset `columns` columns of white space further; a tab counts whole."""
    done = 0
    while done < columns and source[at] in " \t":
        done += 4 - done % 4 if source[at] == "\t" else 1
        at += 1
    return at


def markup(source: str, start: int, end: int, in_paragraph: bool) -> Closing:
    """What ends the HTML block that begins here: a pattern, or None for a blank line. False: no HTML begins."""
    m = _MARKUP.match(source, start, end)
    if not m:
        return False
    if m["comment"]:
        return _COMMENT_END
    tag = (m["tag"] or "").lower()
    if tag in tags.RAW or tag == "pre":
        return tags.ending(tag)
    if not tag or tag in tags.BOUNDARY or tag in tags.SKIPPED or tag in ("html", "head", "body"):
        return None
    return None if not in_paragraph and _ALONE.match(source, start, end) else False


def segment(source: str, start: int, end: int) -> tuple[int, int, bool]:
    """A line of a paragraph without the backslash that breaks it, and whether a break follows."""
    slash = source[end - 1] == "\\" and source[end - 2 : end] != "\\\\"
    return start, end - slash, slash or source[start:end].endswith("  ")


def ends_fence(line: str, fence: str) -> bool:
    """Whether a line ends the code that `fence` opened."""
    text = line.strip()
    return text.startswith(fence) and not text.strip(fence[0])


def begins_table(source: str, start: int, end: int, following: int) -> bool:
    """Whether a line is a table's head: the next one, at `following`, rules off as many columns."""
    if "|" not in source[start:end] or following >= len(source):
        return False
    m = LINE.match(source, following)
    below = m.group().strip(" \t\r\n>") if m else ""
    if "-" not in below or not DELIMITER_ROW.match(below):
        return False
    return len(cells(source, start, end)) == below.strip("|").count("|") + 1


def cells(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a table row's cells."""
    start, _ = indent(source, start, end)
    start += source[start:end][:1] == "|"
    found = []
    while start <= end:
        m = _CELL.match(source, start, end)
        stop = m.end() if m else end
        if stop < end or source[start:stop].strip():
            found.append((start, stop))
        start = max(stop, start) + 1
    return found
