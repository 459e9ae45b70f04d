"""Where a page really says something: matches that their surroundings leave standing and that concern the treatment.

Omissions ask whether something is said at all, credits whether it is said of the treatment; "no risks" says nothing
of risks, and the side effects of steroids are no side effects of the cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.context.scan import Hit, Scan
from claimcheck.context.subjects import Subjects
from claimcheck.context.surroundings import Surroundings

UNSAID = frozenset({"negated", "questioned", "conditional", "definition", "historical", "quoted"})
"""Contexts in which words are used without being said."""

ENOUGH_WORDS = 25
"""With fewer words there is too little text to weigh, and nothing can be said to be left out."""

_NOT_SAID_IN = frozenset({"code", "reference"})


def mentions(
    scan: Scan,
    around: Surroundings,
    subjects: Subjects,
    owner: str,
    *,
    of_treatment: bool = False,
    unless: str = "",
    unsaid: frozenset[str] = UNSAID,
    negation_is_claim: bool = True,
) -> Iterator[Hit]:
    """The hits of `owner` that stand, in reading order.

    `of_treatment` asks for a sentence that concerns the treatment, or stands beside one that does. `unless` names an
    owner whose hits excuse those they overlap. `unsaid` are the contexts that take a hit back; a negation among the
    matched words does not ("not approved"), unless `negation_is_claim` is false.
    """
    sentences, blocks = scan.document.sentences, scan.document.blocks
    for number in scan.holding(owner):
        if blocks[sentences[number].block].kind in _NOT_SAID_IN:
            continue
        found = scan.words[number].found
        for start, end in found[owner]:
            if of_treatment and not subjects.near(number, start, end):
                continue
            if unless and any(low < end and start < high for low, high in found.get(unless, ())):
                continue
            if unsaid.isdisjoint(around.contexts(number, start, end, negation_is_claim)):
                yield Hit(owner, number, start, end)


def word_count(scan: Scan) -> int:
    """Words of prose on the page (no code), counted to the sentence with which they are enough."""
    words, blocks = 0, scan.document.blocks
    for sentence in scan.document.sentences:
        if blocks[sentence.block].kind != "code":
            words += len(sentence.text.split())
        if words >= ENOUGH_WORDS:
            break
    return words
