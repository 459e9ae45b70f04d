"""Every pointer to a source on a page, as Citations, with where each stands and which list entry it resolves to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.context.once import once_each
from claimcheck.evidence.identifiers import Identifier, find_identifiers
from claimcheck.evidence.links import Address, Classes, address, brand
from claimcheck.evidence.marks import Mark, find_marks
from claimcheck.evidence.own import OwnSite
from claimcheck.evidence.references import Entry, by_author, by_number, entries, only_link
from claimcheck.evidence.spans import Spans
from claimcheck.model import Block, Citation, Document, Link
from claimcheck.rules.ruleset import RuleSet
from claimcheck.text.remember import remembered

_QUOTE = 300  # characters of a citation's text that are kept


class Pointer(Struct, frozen=True):
    """A citation in its place: its block and offsets there, and the index of the list entry it resolves to."""

    citation: Citation
    block: int
    start: int
    end: int
    entry: bool = False
    target: int | None = None


class _Reader(Struct):
    document: Document
    rules: RuleSet
    classes: Classes
    own: OwnSite

    def pointer(
        self, block: int, start: int, end: int, kind: str, identifier: str, url: str, link_class: str, trace: int
    ) -> Pointer:
        b = self.document.blocks[block]
        at, stop = b.map.start_of(start), b.map.end_of(end)
        quote = b.text[start:end][:_QUOTE]
        line = self.document.place(at)[0]
        return Pointer(Citation(kind, identifier, url, link_class, trace, at, stop, line, quote), block, start, end)

    def link_class(self, link: Link, place: Address, block: Block) -> str:
        """The class of a link: a known source, the page's own site, a company named beside it, or unknown."""
        known = self.classes.of(place)
        if not place.host:
            return "own"
        if known in ("unknown", "press", "news", "shop", "university") and self.own.owns(place):
            return "own"
        if known == "unknown":
            near = block.text[max(0, link.start - 80) : link.end]
            words = re.sub(r"https?://\S{1,300}", " ", near.lower())
            if len(name := brand(place.host)) >= 4 and name in re.sub(r"[^a-z0-9]", "", words):
                return "company"
        return known

    def identified(self, block: int, one: Identifier) -> Pointer:
        trace = 0 if one.kind == "malformed" else self.classes.weight(one.link_class)
        trace = trace if one.weight is None else one.weight
        return self.pointer(block, one.start, one.end, one.kind, one.identifier, one.url, one.link_class, trace)

    def linked(self, number: int, link: Link) -> Pointer | None:
        block = self.document.blocks[number]
        place = address(link.url)
        if place is None or link.end <= link.start:
            return None
        link_class = self.link_class(link, place, block)
        if link_class == "own" and (place.path in ("", "/") or any(s in place.path for s in self.classes.skip)):
            return None
        if block.kind == "footer" and self.classes.weight(link_class) < 3:
            return None
        ids = find_identifiers(link.url, self.rules)
        kind, identifier = (ids[0].kind, ids[0].identifier) if ids and ids[0].kind != "malformed" else ("url", "")
        if ids and ids[0].link_class == "preprint" and link_class == "journal":
            link_class = "preprint"
        trace = self.classes.weight(link_class)
        if place.path in ("", "/"):  # a front page names a source but leads to none
            trace = min(trace, 1)
        return self.pointer(number, link.start, link.end, kind, identifier, link.url, link_class, trace)


def find_citations(document: Document, rules: RuleSet, base_url: str = "") -> tuple[list[Pointer], dict[int, Entry]]:
    """The citations of a page in reading order, and the reference-list entries by block.

    A mark that an entry answers carries that entry's traceability; an author-year mark that none answers is only a
    name (1), a number that none answers leads nowhere (0).
    """
    reader = _Reader(document, rules, _classes(rules), OwnSite(document, base_url))
    listed = entries(document, rules.tables["marks"])
    read = _reading(rules)
    pointers: list[Pointer] = []
    marks: list[tuple[int, Mark]] = []
    index: dict[int, int] = {}  # block of an entry -> index of its citation
    for number, block in enumerate(document.blocks):
        if block.kind == "code" or block.hidden == "meta":
            continue
        identifiers, found = read(block.text)
        here = _sources(reader, number, identifiers) if identifiers or block.links else []
        if number in listed:
            index[number] = len(pointers)
            slips = [p for p in here if p.citation.kind == "malformed"]
            pointers.append(_entry(reader, listed[number], [p for p in here if p not in slips]))
            pointers += slips
            continue
        if found and block.kind != "heading" and not block.hidden:
            taken = Spans((p.start, p.end) for p in here)
            marks += [(number, mark) for mark in found if not taken.over(mark.start, mark.end)]
        pointers += here
    pointers += _resolved(reader, marks, pointers, listed, index)
    return _ordered(pointers), listed


@once_each
def _classes(rules: RuleSet) -> Classes:
    return Classes(rules.tables["links"])


@once_each
def _reading(rules: RuleSet) -> Callable[[str], tuple[Sequence[Identifier], Sequence[Mark]]]:
    """What finds the identifiers and the marks in a text."""

    @remembered
    def read(text: str) -> tuple[Sequence[Identifier], Sequence[Mark]]:
        return tuple(find_identifiers(text, rules)), tuple(find_marks(text, rules.tables["marks"]))

    return read


def _sources(reader: _Reader, number: int, identifiers: Sequence[Identifier]) -> list[Pointer]:
    """Links and identifiers of one block; where they overlap, one citation with both."""
    block = reader.document.blocks[number]
    linked = {(p.start, p.end): p for link in block.links if (p := reader.linked(number, link))}
    anchors = Spans((link.start, link.end) for link in block.links)
    loose = []
    for identifier in identifiers:
        one = reader.identified(number, identifier)
        over = anchors.over(one.start, one.end)
        if over is None:
            loose.append(one)
        elif over in linked and linked[over].citation.kind == "url" and one.citation.kind != "malformed":
            c = replace(linked[over].citation, kind=one.citation.kind, identifier=one.citation.identifier)
            linked[over] = replace(linked[over], citation=c)
    return sorted([*linked.values(), *loose], key=lambda p: p.start)


def _entry(reader: _Reader, entry: Entry, here: list[Pointer]) -> Pointer:
    """A reference-list entry as one citation, with the best identifier or link it holds."""
    block = reader.document.blocks[entry.block]
    named = f"{entry.author.title()} {entry.year}".strip()
    best = max(here, key=lambda p: p.citation.traceability, default=None)
    if best is None:
        kind, link_class = "reference", "journal" if entry.detail == 2 else "unknown"
        found = reader.pointer(entry.block, 0, len(block.text), kind, named, "", link_class, entry.detail)
        return replace(found, entry=True)
    c = best.citation
    if only_link(block):
        return replace(best, entry=True)
    lowest = 0 if c.link_class in ("own", "shop") else entry.detail
    trace = max(c.traceability, lowest)
    kind, identifier = "reference", c.identifier or named
    found = reader.pointer(entry.block, 0, len(block.text), kind, identifier, c.url, c.link_class, trace)
    return replace(found, entry=True)


def _resolved(
    reader: _Reader,
    marks: list[tuple[int, Mark]],
    pointers: list[Pointer],
    listed: Mapping[int, Entry],
    index: Mapping[int, int],
) -> list[Pointer]:
    """The marks as citations; `target` points at the entry that answers (the first, where a mark lists several)."""
    numbers, authors = by_number(list(listed.values())), by_author(list(listed.values()))
    out: list[Pointer] = []
    for block, mark in marks:
        if mark.kind == "malformed":
            out.append(reader.pointer(block, mark.start, mark.end, "malformed", "", "", "unknown", 0))
            continue
        if mark.numbers:
            answers = [numbers[n] for n in mark.numbers if n in numbers]
            identifier = ",".join(map(str, mark.numbers))
        else:
            answer = authors.get((mark.author, mark.year))
            answers = [answer] if answer else []
            identifier = f"{mark.author.title()} {mark.year}"
        if mark.doubtful and not answers:
            continue
        if not answers:
            trace = 0 if mark.numbers else 2 if mark.venue else 1
            out.append(reader.pointer(block, mark.start, mark.end, mark.kind, identifier, "", "unknown", trace))
            continue
        for entry in answers:
            source = pointers[index[entry.block]].citation
            found = reader.pointer(
                block, mark.start, mark.end, mark.kind, identifier, source.url, source.link_class, source.traceability
            )
            cited = replace(found.citation, resolved=source.identifier or source.quote[:80])
            out.append(replace(found, citation=cited, target=index[entry.block]))
    return out


def _ordered(pointers: list[Pointer]) -> list[Pointer]:
    """The pointers in reading order, with targets renumbered."""
    order = sorted(range(len(pointers)), key=lambda k: (pointers[k].block, pointers[k].start, k))
    new = {old: k for k, old in enumerate(order)}
    return [replace(p, target=None if p.target is None else new[p.target]) for p in (pointers[k] for k in order)]
