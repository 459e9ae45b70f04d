"""What a sentence asserts of a benefit: its predicate, what that is about, and whether anything takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.programs import expression

TAKES_BACK = frozenset({"planned", "missing", "null-result"})
"""Contexts that excuse no finding by themselves, but make a sentence no claim."""

_SCOPED = frozenset({"scoped"})
_PREDICATES = ("efficacy", "efficacy-noun", "outcome")
_BENEFITS = ("condition", "symptom", "outcome", "efficacy-noun", "measure.validated", "body")
_MECHANISMS = ("body", "measure.laboratory")
_REACH = 12
"""Words between a predicate and the benefit it can be about."""

_MOST_TERMS = 40
"""Terms of one kind that are looked at in one sentence; no honest sentence has more, and pairs are quadratic."""

_GOVERNS = 40
"""Characters from a verb of effect to the harm it is said to reduce."""

_CLAUSE = expression(r"[;:—]")
_EMPTY = expression(r"results?|outcomes?|respon\w+|better|younger|drops?|decreased?|reduc\w+")
"""Words of outcome that say nothing without what they are an outcome of."""

_SAFETY = expression(r"\b(?:safe|safely|safer|safety|well[ -]tolerated|harmless|gentle|non-?toxic|low[ -]risk)\b")
_MECHANISM = expression(
    r"\b(?:immune|immuno\w*|cytokines?|chemokines?|interleukins?|il-\d+|tnf\S*|th\d+|tregs?|lymphocytes?|macrophages?"
    r"|neutrophils?|dendritic|signall?ing|paracrine|growth factors?|receptors?|proliferation|differentiation|secret\w+"
    r"|pathways?|cells?)\b"
)
"""Talk of how it works, not of what a patient would notice."""

_HARM = expression(
    r"\b(?:caus(?:e[sd]?|ing)|lead(?:s|ing)? to|result(?:s|ed|ing)? in|carr(?:y|ies)|risks? (?:of|such|include)"
    r"|includ(?:e[sd]?|ing)|complications?|side[ -]effects?|adverse|developed|suffered|reported|experienced"
    r"|damage[sd]?|harm(?:s|ed)?)\b"
)

_WORSE = expression(
    r"\b(?:delay(?:ing|s)? (?:a |the |your |proper |proven )?(?:treatment|care)|gets? worse|worsen(?:s|ed|ing)?)\b"
)
"""Talk of what goes wrong without treatment, or with it."""

Span = tuple[int, int]
Pair = tuple[Span, Span]
"""A predicate and the benefit it is about."""


class Assertion(Struct, frozen=True):
    """A benefit that a sentence asserts: from predicate to object, in offsets of the sentence.

    `hedged`: every asserted predicate is under a hedge. `scoped`: all are said of animals or the laboratory.
    `safety_only`: the sentence says that the treatment is safe, and no more.
    """

    start: int
    end: int
    hedged: bool
    scoped: bool
    safety_only: bool


def assertion(scan: Scan, around: Surroundings, sentence: int) -> Assertion | None:
    """What the sentence asserts, or None: it speaks of no benefit, or every predicate that does is denied, warned
    of, asked, hoped for, planned or said by others."""
    of_benefit, of_safety = _worded(scan, sentence)
    held = _held(scan, around, sentence, of_benefit)
    safety_only = not held
    if not held:
        held = _held(scan, around, sentence, of_safety)
    if not held:
        return None
    first, second, _ = min(held, key=lambda h: h[0])
    return Assertion(
        min(first[0], second[0]),
        max(first[1], second[1]),
        all("hedged" in contexts for _, _, contexts in held),
        all("scoped" in contexts for _, _, contexts in held),
        safety_only,
    )


@once
def _worded(scan: Scan, sentence: int) -> tuple[Sequence[Pair], Sequence[Pair]]:
    """What the words of the sentence say, whatever takes it back: predicates with their benefits, and words of safety;
    neither where it speaks of harm."""
    text = scan.words[sentence].folded
    speaks = scan.has(sentence, *_PREDICATES, *_BENEFITS)
    safety = [(m.span(), m.span()) for m in _SAFETY.finditer(text)]
    if not (speaks or safety) or _harmful(scan, sentence, text):
        return (), ()
    if not speaks:
        return (), safety
    mechanisms = [t for t in _spans(scan, sentence, *_MECHANISMS) if _MECHANISM.search(text[t[0] : t[1]])]
    predicates = _outside(mechanisms, _spans(scan, sentence, *_PREDICATES))
    benefits = _outside(mechanisms, _spans(scan, sentence, *_BENEFITS))
    pairs = _pairs(text, predicates, benefits, mechanisms)
    if not pairs and not mechanisms:
        pairs = [(b, b) for b in benefits]  # "cells work for arthritis": no predicate the lexicons know
    return pairs, safety


def _spans(scan: Scan, sentence: int, *names: str) -> list[Span]:
    words, numbers = scan.words[sentence], scan.rules.slots
    wanted = {numbers[name] for name in names if name in words.keys}
    if not wanted:
        return []
    return sorted({(start, end) for start, end, slots in words.terms if not wanted.isdisjoint(slots)})[:_MOST_TERMS]


def _outside(of: list[Span], spans: list[Span]) -> list[Span]:
    return [s for s in spans if not any(o[0] <= s[0] and s[1] <= o[1] for o in of)] if of else spans


def _pairs(text: str, predicates: list[Span], benefits: list[Span], mechanisms: list[Span]) -> list[Pair]:
    """Each predicate with the nearest benefit in its reach, what follows it first; a nominal benefit ("relief") is
    its own predicate. A predicate whose object is a mechanism ("calm the immune response") has none."""
    pairs = []
    for predicate in predicates:
        near = _within_reach(text, predicate, [b for b in benefits if b != predicate])
        after = [(words, b) for words, b in near if b[0] >= predicate[1]]
        objects = _within_reach(text, predicate, [m for m in mechanisms if m[0] >= predicate[1]])
        if objects and not any(b[0] < objects[0][1][0] for _, b in after):
            continue
        if near:
            pairs.append((predicate, min(after or near)[1]))
        elif predicate in benefits and not _EMPTY.fullmatch(text, *predicate):
            pairs.append((predicate, predicate))
    return pairs


def _within_reach(text: str, predicate: Span, spans: Sequence[Span]) -> list[tuple[int, Span]]:
    """Those of the spans that the predicate can be about, each with the number of words between."""
    start, end = predicate
    found = []
    for span in spans:
        low, high = (end, span[0]) if end <= span[0] else (span[1], start)
        words = text.count(" ", low, high)
        if words <= _REACH and not _CLAUSE.search(text, low, high):
            found.append((words, span))
    return found


def _held(
    scan: Scan, around: Surroundings, sentence: int, pairs: Sequence[Pair]
) -> list[tuple[Span, Span, frozenset[str]]]:
    """The pairs whose predicate nothing takes back, each with the contexts that cover it."""
    held = []
    for predicate, benefit in pairs:
        covering = frozenset(around.contexts(sentence, *predicate))
        if TAKES_BACK.isdisjoint(covering) and scan.rules.dropping.isdisjoint(covering - _SCOPED):
            held.append((predicate, benefit, covering))
    return held


def _harmful(scan: Scan, sentence: int, text: str) -> bool:
    """Whether the sentence speaks of harm: a risk stands after a verb of harm, and no benefit verb governs it."""
    if _WORSE.search(text):
        return True
    if scan.has(sentence, "efficacy-noun", "outcome"):
        return False
    verbs = _spans(scan, sentence, "efficacy")
    for start, _ in _spans(scan, sentence, "risk"):
        governed = any(0 <= start - end <= _GOVERNS for _, end in verbs)
        if not governed and _HARM.search(text, max(0, start - 60), start):
            return True
    return False
