"""What points to a source: entries of a reference list, and web addresses written out in the text."""

from __future__ import annotations

import re

from msgspec.structs import replace

from claimcheck.model import Block, Link
from claimcheck.programs import expression

_NAME = r"[A-Z][\w'’-]{0,40}+(?:[ -][A-Z][\w'’-]{1,40}+){0,2}"
_NUMBER = r"(?:\[\d{1,3}\]|\(?\d{1,3}[.)])?\s?"
_YEAR = expression(r"(?:19|20)(?<!\w..)\d\d")  # the look-behind stands where the search can skip to digits
_ENTRY = expression(
    # APA and Harvard: Name, A., & Name, B. (2019). Title.
    rf"{_NUMBER}{_NAME}, (?:[A-Z]\.[ -]?){{1,4}}[^()]{{0,700}}?\((?:19|20)\d\d[a-z]?(?:, [A-Z][^()]{{2,20}})?\)[.,:]?\s"
    # an organisation as the author: Some Agency. (2020, May). Title.
    rf"|{_NUMBER}[A-Z][\w'’&,\- ]{{2,90}}\. \((?:19|20)\d\d[a-z]?(?:, [A-Z][^()]{{2,20}})?\)\.\s"
    # Vancouver: Name AB, Name C, et al. Title. Journal. 2019;12(3):4
    rf"|{_NUMBER}{_NAME} [A-Z]{{1,3}}(?:, ?{_NAME} [A-Z]{{1,3}}){{0,40}}+(?:,? et al)?\. .{{5,600}}?"
    r"\b(?:19|20)\d\d\b[^;:]{0,16}; ?\d{1,4}(?:\([^()]{1,12}\))?:"
)
_LIST_WORDS = frozenset("references sources bibliography literature citations footnotes endnotes".split())
_AROUND = frozenset(
    "and & the of list our key main further additional selected scientific reading works cited notes".split()
)
_POINTS = expression(r"\b10\.\d{4,9}/|\bet al\b|\bPMID\b|\bNCT\d{8}\b|://|\bwww\.")
_URL = expression(r"""(?:https?://|\bwww\.)[^\s<>"“”«»]{2,2000}+""", re.IGNORECASE)
_ONLY_URL = expression(r"[<(\[]?(?:https?://|www\.)[^\s<>]{2,4000}+>?", re.IGNORECASE)


def is_entry(text: str) -> bool:
    """Whether a line reads as an entry of a reference list, or is nothing but a web address."""
    if text[:1].isalnum() or text[:1] in "[(<":
        return bool((_YEAR.search(text) and _ENTRY.match(text)) or _ONLY_URL.fullmatch(text))
    return False


def is_list_title(text: str) -> bool:
    """Whether a heading opens a reference list ("References", "Further reading and key sources:")."""
    words = text.strip(" :.0123456789").lower().split() if len(text) <= 60 else []
    named = any(w in _LIST_WORDS for w in words) or words in (["further", "reading"], ["works", "cited"])
    return named and all(w in _LIST_WORDS or w in _AROUND for w in words)


def points(block: Block) -> bool:
    """Whether a block under such a heading is an entry: short, with something that can be looked up."""
    if len(block.text) > 600:
        return False
    found = block.links or _POINTS.search(block.text) or (block.kind == "item" and _YEAR.search(block.text))
    return bool(found)


def with_addresses(block: Block) -> Block:
    """The block with a link for each address written out in its text, besides the links it already has."""
    text = block.text
    if "://" not in text and "ww." not in text.lower():
        return block
    found = []
    taken, at = block.links, 0
    for m in _URL.finditer(text):
        start, end = m.start(), m.start() + len(_trimmed(m.group()))
        while at < len(taken) and taken[at].end <= start:
            at += 1
        if at == len(taken) or taken[at].start >= end:
            found.append(Link(start, end, text[start:end]))
    if not found:
        return block
    return replace(block, links=tuple(sorted((*taken, *found), key=lambda k: k.start)))


def _trimmed(url: str) -> str:
    """An address without the punctuation of the sentence around it; balanced brackets belong to it."""
    end = len(url)
    surplus = {close: url.count(close) - url.count(opening) for opening, close in ("()", "[]", "{}")}
    while end > 0:
        last = url[end - 1]
        if last in surplus:
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in ".,;:!?'’‘*_":
            break
        end -= 1
    return url[:end]
