"""Work on a sentence that depends on more than its words, and is done again only where that differs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings

T = TypeVar("T")


def alone(scan: Scan, around: Surroundings, sentence: int) -> tuple[str, int] | None:
    """What a sentence's place adds to its words: the kind of block, and how many of its own contexts are at work. None
    where that is not all, because contexts of other sentences are at work, or its characters do not stand in the
    source one by one."""
    block = scan.document.blocks[scan.document.sentences[sentence].block]
    if block.map.shift is None or around.elsewhere(sentence):
        return None
    return block.kind, len(around.own(sentence))


def again(
    name: str, scan: Scan, sentence: int, given: Hashable, work: Callable[[], T], moved: Callable[[T, int], T]
) -> T:
    """What `work` makes of a sentence; where the same words stood before, and what else it asks was `given` the same,
    what it made of them there, `moved` by a number of characters. With None given, nothing is remembered."""
    if given is None:
        return work()
    shared, key = scan.words[sentence].shared, (name, given)
    start = scan.document.sentences[sentence].start
    if key in shared:
        then, found = shared[key]
        return moved(found, start - then)
    shared[key] = start, (found := work())
    return found
