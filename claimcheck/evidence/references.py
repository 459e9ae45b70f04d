"""Reference lists: which blocks are entries of one, which lines name the sources of what stands above them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from claimcheck.model import Block, Document
from claimcheck.programs import expression
from claimcheck.text.remember import remembered

_SURNAME = r"(?:(?:[dv][a-z]{1,3}|al|el|la|le)[ \-]){0,2}[A-Z][\w'’\-]{1,30}"
_APA = expression(
    rf"\W{{0,4}}(?:\d{{1,3}}[.)]\s?)?(?P<author>{_SURNAME}), (?:[A-Z]\.[ \-]?){{1,4}}[^()]{{0,400}}"
    r"\((?P<year>(?:19|20)\d\d)[a-z]?\b"
)
_VANCOUVER = expression(
    rf"\W{{0,4}}(?:\[?\d{{1,3}}[.)\]]\s?)?(?P<author>{_SURNAME}) [A-Z]{{1,3}}(?:, {_SURNAME} [A-Z]{{1,3}}){{0,30}}"
    r"(?:,? et al\.?)?[.,:] [^\n]{1,500}?\b(?P<year>(?:19|20)\d\d)(?: [A-Z][a-z]{2}(?: \d{1,2})?)?[;,.)]"
)
_LOOSE = expression(
    rf"\W{{0,4}}(?:\[?\d{{1,3}}[.)\]]\s?)?(?P<author>{_SURNAME})\b[^\n]{{0,500}}?\b(?P<year>(?:19|20)\d\d)\b"
)
_AUTHOR = expression(rf"\W{{0,4}}(?:\[?\d{{1,3}}[.)\]]\s?)?{_SURNAME},? [A-Z]{{1,3}}\b")
_YEAR = expression(r"\b(?:19|20)\d\d\b")
_OWN_NUMBER = expression(r"\W{0,2}(\d{1,3})[.)\]]\s?")
_MARKED_NUMBER = expression(r"\[?(\d{1,3})[.)\]]\s*\Z")
_PLACE_IN_JOURNAL = expression(
    r"\d{4};\s?\d+|\b\d{1,4}\s?\(\d{1,3}\)|,\s?\d{1,4}(?:,|:|\.|\Z)|\b(?:vol|volume)\b|\d+:\s?e?\d+|\bpp?\.\s?\d"
)
_JOURNAL = expression(
    r"\b(?:Journal|J|Frontiers|Annals|Archives|Lancet|Nature|Science|Cell|BMJ|JAMA|NEJM|New England|PLoS|PLOS|Blood"
    r"|Circulation|Stem Cells|Arthritis|Cytotherapy|Rheumatology|Immunology|Dermatology|Transplantation|Medicine"
    r"|Cochrane|Reviews?|Research|Reports|Letters|Proc|Int|Am|Br|Eur|Clin|Ann|Arch)\b"
)


class Entry(Struct, frozen=True):
    """One entry of a reference list. `detail` is 2 where author, year and journal are named, else 1."""

    block: int
    number: int
    author: str
    year: str
    detail: int


def list_heading(text: str, table: Mapping[str, Any]) -> bool:
    """Whether a heading or lead-in, as a whole, announces a list of sources."""
    return len(text) < 60 and _bare(text) in table["list_headings"]


@remembered
def _bare(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).strip().lower()


@remembered
def _shape(text: str) -> re.Match[str] | None:
    """The author and the year that open an entry written as most are."""
    return _APA.match(text[:700]) or _VANCOUVER.match(text[:700])


def source_line(block: Block, table: Mapping[str, Any]) -> bool:
    """Whether a block names sources for what stands directly above it: "Source: ...", or nothing but a link."""
    if block.text.lower().startswith(tuple(table["source_openers"])):
        return True
    return only_link(block)


def only_link(block: Block) -> bool:
    """Whether a block is a link and hardly anything else."""
    linked = sum(link.end - link.start for link in block.links)
    return bool(block.links) and linked >= 0.8 * len(block.text)


def entries(document: Document, table: Mapping[str, Any]) -> dict[int, Entry]:
    """The reference-list entries of a page by block number, in reading order."""
    found: dict[int, Entry] = {}
    inside = from_lead = False
    count = 0
    for number, block in enumerate(document.blocks):
        if block.hidden or block.kind == "code":
            continue
        opens = block.kind in ("heading", "paragraph") and list_heading(block.text, table)
        if block.kind == "heading" or opens:
            inside = opens
            from_lead = block.kind != "heading"
            count = 0
            continue
        if from_lead and inside and block.kind not in ("item", "cell", "reference"):
            inside = False
        shape = _shape(block.text)
        listed = block.kind == "reference" and not source_line(block, table)
        if not shape and not ((inside or listed) and _points(block)) and not (listed and _AUTHOR.match(block.text)):
            continue
        count += 1
        found[number] = _entry(document, number, count, shape or _LOOSE.match(block.text[:700]))
    return found


def _points(block: Block) -> bool:
    """Whether a block of a source list gives something to follow."""
    return bool(block.links or _YEAR.search(block.text) or "10." in block.text or "PMID" in block.text)


def _entry(document: Document, number: int, count: int, shape: re.Match[str] | None) -> Entry:
    block = document.blocks[number]
    own = _OWN_NUMBER.match(block.text) or _MARKED_NUMBER.search(document.source[max(0, block.start - 6) : block.start])
    text = block.text
    author, year = (shape["author"].lower(), shape["year"]) if shape else ("", "")
    findable = bool(author and year and (_PLACE_IN_JOURNAL.search(text) or _JOURNAL.search(text)))
    return Entry(number, int(own[1]) if own else count, author, year, 2 if findable else 1)


def by_number(listed: Sequence[Entry]) -> dict[int, Entry]:
    """Entries by their number; the first of a number counts."""
    out: dict[int, Entry] = {}
    for entry in listed:
        out.setdefault(entry.number, entry)
    return out


def by_author(listed: Sequence[Entry]) -> dict[tuple[str, str], Entry]:
    """Entries by first author's surname (lower case) and year."""
    out: dict[tuple[str, str], Entry] = {}
    for entry in listed:
        if entry.author:
            out.setdefault((entry.author, entry.year), entry)
    return out
