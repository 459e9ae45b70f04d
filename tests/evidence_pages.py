"""Pages for the evidence tests, built from lines so that a test shows just what it is about.

A line that begins with "# " is a heading, "- " an item ("-- " one level deeper), "> " a quotation, "~ " the footer,
"= " an entry of a reference list; anything else is a paragraph. `[text](url)` and bare addresses are links.
"""

from __future__ import annotations

import re
from typing import Any

from claimcheck.context.scan import Scan, scan, sentences_of
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence import Ground, ground
from claimcheck.model import Block, Document, Link, SourceMap
from claimcheck.rules.load import built_in

_KINDS: tuple[tuple[str, str, int], ...] = (
    ("# ", "heading", 2),
    ("- ", "item", 1),
    ("-- ", "item", 2),
    ("> ", "quote", 0),
    ("~ ", "footer", 0),
    ("= ", "reference", 0),
)
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)|(https?://[^\s)\]]*[^\s)\].,;])")


def page(text: str, name: str = "<text>") -> Document:
    """A document with one block a line."""
    blocks: list[Block] = []
    source = ""
    group = 0
    for line in filter(None, text.splitlines()):
        kind, level = "paragraph", 0
        for mark, name_of_kind, depth in _KINDS:
            if line.startswith(mark):
                kind, level, line = name_of_kind, depth, line[len(mark) :]
        links: list[Link] = []
        plain = ""
        at = 0
        for m in _LINK.finditer(line):
            plain += line[at : m.start()]
            shown = m[1] or m[3]
            links.append(Link(len(plain), len(plain) + len(shown), m[2] or m[3]))
            plain, at = plain + shown, m.end()
        plain += line[at:]
        group += kind != "item" and bool(blocks) and blocks[-1].kind == "item"
        where = SourceMap((0, len(plain)), (len(source),), (len(source) + len(plain),))
        fields: Any = {"kind": kind, "text": plain, "map": where, "level": level, "links": tuple(links)}
        blocks.append(Block(**fields, group=group + 1 if kind == "item" else 0))
        source += plain + "\n\n"
    return sentences_of(Document(name, "text", source, tuple(blocks)))


def read(text: str, name: str = "<text>", base_url: str = "") -> tuple[Scan, Ground]:
    """A page, scanned with the built-in rules, and its ground."""
    found = scan(page(text, name), built_in())
    return found, ground(found, Surroundings(found), base_url)
