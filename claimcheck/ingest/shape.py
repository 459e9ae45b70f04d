"""From drafts to blocks: what layout alone does not cut apart.

A label and its text, bullets inside a paragraph, forced line breaks that make a list, a bold line that serves as a
heading, entries of a reference list. The same for every format, so that a page reads alike however it was saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from claimcheck.ingest.blocks import Builder, Draft, cut, in_order, join
from claimcheck.ingest.references import is_entry, is_list_title, points, with_addresses
from claimcheck.model import Block
from claimcheck.programs import expression
from claimcheck.text.remember import remembered

LABEL_LEVEL = 6
"""Level of headings that are labels or bold lines: below every heading that carries a level of its own."""

_PROSE = ("paragraph", "item")
_STOPS = frozenset(".!?;,…")
_LISTED = (*_PROSE, "cell", "footer")
_CLOSERS = "\"'”’)]»*"
_OPENERS = "\"'“‘([«*¿¡"
_TWO_SENTENCES = expression(r"[a-z]{3}[.!?]\s+[\"“(]?[A-Z]")
_LABEL = expression(r"(?P<label>[^:.!?;]{2,80}+)[:：](?= )")
_SMALL = frozenset("a an and as at by for from in into of on or our per the to vs with your & – - / +".split())
# Words that make a clause of what stands before a colon: "We treat one thing:", "He said:", "cells such as:".
_CLAUSE = frozenset(
    "i we you he she it they us this that these those there here who which what is are was were be been being am can "
    "could may might must shall will would should has have had do does did don't doesn't won't can't cannot not never "
    "said says say claims claim claimed asks asked warns warned states stated reads read wrote writes told called "
    "like as such including include includes following means mean if when while because but so only "
    "beware avoid remember believe think know imagine consider ask".split()
)
# A mark after a space or at the start. The look-behind stands behind the mark, so that the search skips to marks.
_DASH_ITEM = expression(r"[-–](?<![^ ].) (?=[\"“(]?[A-Z])")
_TICK_ITEM = expression(r"[•●▪■◆‣✔✓✅☑★➤►](?<![^ ].) ?(?=[^\s•●▪■◆‣✔✓✅☑★➤►])")
_SIGN = expression("[:：–•●▪■◆‣✔✓✅☑★➤►]")
_LIST_LINE = expression(r"(?:[-–•●▪■◆‣✔✓✅☑★➤►*] |\(?\d{1,2}[.)] )")


def finish(source: str, drafts: Iterable[Draft], groups: Iterator[int]) -> tuple[Block, ...]:
    """The blocks of a page in source order. `groups` gives fresh group numbers."""
    out: list[Block] = []
    listing = 0  # level of the heading that opened a reference list, else 0
    for draft in drafts:
        block = draft.block
        if block.kind in _PROSE and not (listing or draft.breaks or draft.strong) and _is_plain(block.text):
            out.append(block)
            continue
        if block.kind in _LISTED and (is_entry(block.text) or (listing and block.kind in _PROSE and points(block))):
            out.append(with_addresses(_entry(source, draft)))
            continue
        for shaped in _shape(draft, groups):
            if shaped.kind != "heading" or shaped.left_out:
                pass
            elif is_list_title(shaped.text):
                listing = shaped.level
            elif shaped.level <= listing:
                listing = 0
            out.append(with_addresses(shaped))
    return in_order(out)


@remembered
def _is_plain(text: str) -> bool:
    """Whether nothing in a text could be a label, a bullet, a list, an address or an entry: no colon, no mark that
    begins an item, no reading as one."""
    return not (" - " in text or _SIGN.search(text) or "ww." in text.lower() or is_entry(text))


def heading_like(text: str) -> bool:
    """Whether a line of its own reads as a heading: no closing punctuation, a capital or digit first, short.

    Short is up to twelve words, in title case eighteen.
    """
    if len(text) > 160 or not text or text.rstrip(_CLOSERS)[-1:] in ("", *".!?;,:…"):
        return False
    start = text.lstrip(_OPENERS)[:1]
    if not (start.isupper() or start.isdigit()) or (n := len(text.split())) > 18:
        return False
    if n > 12 and not title_case(text):
        return False
    return any(c.isalpha() for c in text) and "://" not in text and not _TWO_SENTENCES.search(text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as neither a heading nor a lead-in does."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS


def title_case(text: str) -> bool:
    """Whether nearly all words that count begin with a capital, and there are at least two."""
    words = [w.lstrip(_OPENERS) for w in text.split() if w.lower() not in _SMALL]
    capital = sum(w[:1].isupper() or w[:1].isdigit() for w in words)
    return len(words) >= 2 and capital >= 0.8 * len(words)


def noun_phrase(text: str) -> bool:
    """Whether no word of `text` makes it a clause (a closed list of verbs, pronouns and subordinators)."""
    return not any(w.strip(_OPENERS + _CLOSERS + ",").lower().replace("’", "'") in _CLAUSE for w in text.split())


def label_end(text: str, strong: int = 0) -> int:
    """Length of the label, with its colon, that opens `text`; 0 if there is none.

    `strong` is the length of an emphasised beginning. A plain label has at most six words, is in title case or a
    bare noun phrase, and what follows does not run on in lower case.
    """
    if strong:
        end = strong if text[strong - 1] in ":：" else strong + 1
        if text[end - 1 : end] in (":", "：") and len(text[:end].split()) <= 16:
            return end
    m = _LABEL.match(text)
    if not m:
        return 0
    label, first = m["label"], text[m.end() + 1 : m.end() + 2]
    if len(label.split()) > 6 or not (label.lstrip(_OPENERS)[:1].isupper() or label[:1].isdigit()):
        return 0
    if not any(c.isalpha() for c in label) or first in ("", *"\"“‘'/"):
        return 0
    fits = title_case(label) or (noun_phrase(label) and not first.islower())
    return m.end() if fits else 0


def _entry(source: str, draft: Draft) -> Block:
    """A reference-list entry, with its number if the source has one, by which marks in the text find it."""
    block = draft.block
    if draft.marker:
        number = Builder(source)
        number.add(*draft.marker)
        if before := number.draft("reference"):
            block = join(before.block, block)
    whole = cut(block, 0, len(block.text), kind="reference")
    assert whole is not None  # a draft has text
    return whole


def _shape(draft: Draft, groups: Iterator[int]) -> Iterator[Block]:
    block = draft.block
    if block.kind not in _PROSE:
        yield block
    elif (mark := _TICK_ITEM.match(block.text)) and not _TICK_ITEM.search(block.text, mark.end()):
        level = max(block.level, 1)  # a tick or bullet typed in front of the text
        yield from _kept(cut(block, mark.end(), len(block.text), kind="item", level=level))
    elif parts := _broken(draft):
        items = block.group or next(groups)
        for part, strong in parts:
            yield from _labelled(part, strong, items if part.kind == "item" else block.group, groups)
    elif draft.strong == len(block.text) and heading_like(block.text.rstrip(":")):
        yield from _kept(cut(block, 0, len(block.text.rstrip(" :")), kind="heading", level=LABEL_LEVEL))
    else:
        yield from _labelled(block, draft.strong, block.group, groups)


def _broken(draft: Draft) -> list[tuple[Block, int]]:
    """The pieces between forced line breaks, if those make a list or set a bold first line apart; else nothing."""
    block, bounds = draft.block, (0, *draft.breaks, len(draft.block.text))
    lines = [block.text[a:b].strip() for a, b in pairwise(bounds)]
    if len(lines) < 2:
        return []
    if 0 < draft.strong <= draft.breaks[0] and draft.strong >= len(lines[0]) and len(lines) == 2:
        kinds = ["paragraph", block.kind]
    elif len(lines) >= 3 and all(len(k) <= 90 and heading_like(k.rstrip(",;.")) for k in lines):
        kinds = ["item"] * len(lines)
    elif sum(bool(_LIST_LINE.match(k)) for k in lines) >= 2:
        kinds = ["item" if _LIST_LINE.match(k) else "paragraph" for k in lines]
    elif sum(label_end(k) > 0 for k in lines) >= 2:
        kinds = ["paragraph"] * len(lines)
    else:
        return []
    out = []
    for kind, (a, b), line in zip(kinds, pairwise(bounds), lines, strict=True):
        m = _LIST_LINE.match(line) if kind == "item" else None
        start = a + (len(block.text[a:b]) - len(block.text[a:b].lstrip())) + (m.end() if m else 0)
        level = max(block.level, 1) if kind == "item" else 0
        if part := cut(block, start, b, kind=kind, level=level):
            out.append((part, len(part.text) if b <= draft.strong else 0))
    return out


def _labelled(block: Block, strong: int, group: int, groups: Iterator[int]) -> Iterator[Block]:
    if strong == len(block.text) and heading_like(block.text.rstrip(":")):
        yield from _kept(cut(block, 0, len(block.text.rstrip(" :")), kind="heading", level=LABEL_LEVEL, group=group))
        return
    end = label_end(block.text, strong)
    if end:
        yield from _kept(cut(block, 0, end - 1, kind="heading", level=LABEL_LEVEL, group=group))
    rest = cut(block, end, len(block.text), group=group) if end or group != block.group else block
    if rest:
        yield from _bulleted(rest, groups)


def _bulleted(block: Block, groups: Iterator[int]) -> Iterator[Block]:
    """The block, or its bullets if it runs at least three (two of a kind no sentence holds) in one line."""
    text = block.text
    marks = [m.span() for m in _TICK_ITEM.finditer(text)] if not text.isascii() else []
    if len(marks) < 2:
        marks = [m.span() for m in _DASH_ITEM.finditer(text)] if " - " in text or " – " in text else []
        if len(marks) < 3:
            yield block
            return
    lead = cut(block, 0, marks[0][0])
    if lead:
        short = heading_like(lead.text) and len(lead.text.split()) <= 6
        yield from _kept(cut(lead, 0, len(lead.text), kind="heading", level=LABEL_LEVEL) if short else lead)
    level, group = (block.level + bool(lead), block.group) if block.kind == "item" else (1, next(groups))
    for (_, start), (end, _) in zip(marks, (*marks[1:], (len(text), 0)), strict=True):
        yield from _kept(cut(block, start, end, kind="item", level=level, group=group))


def _kept(block: Block | None) -> Iterator[Block]:
    if block:
        yield block
