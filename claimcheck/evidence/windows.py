"""Which citations support which sentence: the window rules.

A citation supports a sentence that (1) holds it, (2) is followed by it at the opening of the next sentence,
(3) stands in an item, or a paragraph with one claim, that ends with it, (4) stands directly above a line of
sources, (5) holds a mark that a list entry answers, or (6) leads into a list whose items hold it. A reference
list, "further reading" or a footer supports nothing by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from claimcheck.context.scan import Scan
from claimcheck.evidence.citations import Pointer
from claimcheck.evidence.references import Entry, source_line
from claimcheck.model import Block, Document

_TAIL = 12  # characters of closing punctuation after which a citation no longer ends its paragraph
_AFTER = " .,;:)]}\"'”*"
_FAR = 200  # blocks: a list longer than this is not one group of claims with one line of sources
_ONE_CLAIM = ("efficacy", "efficacy-noun", "outcome", "risk")


def supported(
    scan: Scan, pointers: Sequence[Pointer], listed: Mapping[int, Entry], table: Mapping[str, Any]
) -> dict[int, tuple[int, ...]]:
    """For each sentence number, the indexes of the pointers that support it, sorted."""
    if not pointers:
        return {}
    document = scan.document
    inside = sentences_by_block(document)
    found: dict[int, set[int]] = defaultdict(set)
    held: dict[int, list[tuple[int, int]]] = defaultdict(list)  # block -> (sentence, pointer)
    for k, pointer in enumerate(pointers):
        block = document.blocks[pointer.block]
        if pointer.entry or pointer.citation.kind == "malformed" or block.kind == "footer":
            continue
        if (number := sentence_at(document, inside, pointer.block, pointer.start)) is not None:
            held[pointer.block].append((number, k))
            found[number].add(k)
            if document.sentences[number].at + 2 >= pointer.start and number > inside[pointer.block][0]:
                found[number - 1].add(k)
    for home, pairs in held.items():
        _closing(scan, inside[home], pairs, pointers, found)
    _source_lines(document, inside, held, listed, table, found)
    _lead_ins(document, inside, listed, found)
    for number, ks in list(found.items()):  # a mark brings the entry it resolves to
        found[number] = ks | {t for k in ks if (t := pointers[k].target) is not None}
    return {number: tuple(sorted(ks)) for number, ks in sorted(found.items()) if ks}


def sentences_by_block(document: Document) -> dict[int, list[int]]:
    """Sentence numbers by block, in order."""
    out: dict[int, list[int]] = defaultdict(list)
    for number, sentence in enumerate(document.sentences):
        out[sentence.block].append(number)
    return out


def sentence_at(document: Document, inside: Mapping[int, list[int]], block: int, at: int) -> int | None:
    """The sentence of a block that holds the block offset `at`, or the last that begins before it."""
    numbers = inside.get(block, [])
    k = bisect_right(numbers, at, key=lambda n: document.sentences[n].at) - 1
    return numbers[k] if k >= 0 else None


def _closing(
    scan: Scan,
    numbers: list[int],
    pairs: list[tuple[int, int]],
    pointers: Sequence[Pointer],
    found: dict[int, set[int]],
) -> None:
    """A citation at the end of an item, or of a paragraph with a single claim, supports all of it."""
    document = scan.document
    block = document.blocks[document.sentences[numbers[0]].block]
    last = len(block.text) - _TAIL
    ending = {k for _, k in pairs if pointers[k].end >= last and not block.text[pointers[k].end :].strip(_AFTER)}
    if not ending or len(numbers) > 6:
        return
    if block.kind not in ("item", "cell"):
        claims = [n for n in numbers if scan.has(n, *_ONE_CLAIM)]
        if len(claims) > 1 and len(numbers) > 2:
            return
    for number in numbers:
        found[number] |= ending


def _source_lines(
    document: Document,
    inside: Mapping[int, list[int]],
    held: Mapping[int, list[tuple[int, int]]],
    listed: Mapping[int, Entry],
    table: Mapping[str, Any],
    found: dict[int, set[int]],
) -> None:
    """A line of sources supports the paragraph, or the whole list, directly above it."""
    for number, block in enumerate(document.blocks):
        if number == 0 or number in listed or not held.get(number) or not source_line(block, table):
            continue
        ks = {k for _, k in held[number]}
        above = number - 1
        while above > max(0, number - _FAR) and above in held and source_line(document.blocks[above], table):
            above -= 1
        kind, group = document.blocks[above].kind, document.blocks[above].group
        if kind in ("heading", "footer"):
            continue
        while above >= max(0, number - _FAR) and document.blocks[above].kind == kind:
            for n in inside.get(above, ()):
                found[n] |= ks
            if kind not in ("item", "cell") or document.blocks[above].group != group:
                break
            above -= 1


def _lead_ins(
    document: Document, inside: Mapping[int, list[int]], listed: Mapping[int, Entry], found: dict[int, set[int]]
) -> None:
    """The sentence that leads into a list inherits what supports its items; so do items and labels with items."""
    for number in range(len(document.blocks)):
        if not inside.get(number) or number in listed:
            continue
        below = [b for b in under(document.blocks, number) if b not in listed]
        if inherited := {k for b in below for n in inside.get(b, ()) for k in found.get(n, ())}:
            found[inside[number][-1]] |= inherited


def under(blocks: Sequence[Block], number: int) -> list[int]:
    """The blocks a lead-in, an item or a label inside a list stands over, in order.

    A paragraph stands over the list that follows it at once; an item over deeper items; a label (a heading that
    belongs to a list) over the items up to the next label.
    """
    block = blocks[number]
    if number + 1 >= len(blocks) or block.kind not in ("paragraph", "item", "heading"):
        return []
    label = block.kind == "heading"
    if label and not block.group:
        return []
    group = blocks[number + 1].group
    out: list[int] = []
    for below in range(number + 1, min(len(blocks), number + _FAR)):
        b = blocks[below]
        inner = b.kind == "heading" and b.group != 0
        if b.kind not in ("item", "cell") and not inner:
            break
        if b.group != group or (label and inner) or (block.kind == "item" and (inner or b.level <= block.level)):
            break
        out.append(below)
    return out


def evidence_windows(document: Document, told: Sequence[tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """By sentence, the indexes of the studies in its window; `told` gives, by study, the sentences that tell of it.

    A study stands in the window of its own sentences and of those beside them in the same block. What leads into a
    list has the studies of the list's items in its window; a study that a label names stands over the label's items,
    one that a heading names over the block below it.
    """
    if not told:
        return {}
    sentences, blocks = document.sentences, document.blocks
    inside = sentences_by_block(document)
    out: dict[int, set[int]] = defaultdict(set)
    within: dict[int, set[int]] = defaultdict(set)
    for k, numbers in enumerate(told):
        for number in numbers:
            within[sentences[number].block].add(k)
            for near in (number - 1, number, number + 1):
                if 0 <= near < len(sentences) and sentences[near].block == sentences[number].block:
                    out[near].add(k)
    for block, ks in within.items():
        if blocks[block].kind != "heading":
            continue
        below = under(blocks, block) if blocks[block].group else [block + 1]
        for number in (n for b in below for n in inside.get(b, ())):
            out[number] |= ks
    for block in inside:
        if inherited := {k for b in under(blocks, block) for k in within.get(b, ())}:
            out[inside[block][-1]] |= inherited
    return {number: tuple(sorted(ks)) for number, ks in sorted(out.items())}
