"""Contexts: what the words around a match do to it. A warning about a promise is not a promise.

After NegEx and ConText (Chapman 2001, Harkema 2009): a cue opens a scope in a direction, a pseudo-cue is no cue, a
stop closes the scope. Added to theirs: questions, quotation marks, headings and lead-ins that govern what stands
under them, and cues in a neighbouring sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from msgspec import Struct

from claimcheck.model import Block
from claimcheck.patterns.matcher import Marked
from claimcheck.programs import expression
from claimcheck.rules.files import ContextRule
from claimcheck.rules.ruleset import RuleSet

_CLOSING = " \"')”"
"""What may stand after the sign that ends a sentence."""
_WORD = expression(r"\S+\s*")
_QUOTED = expression(r'"[^"]{1,300}"|(?<![\w])\'[^\']{1,300}\'(?!\w)')


class Scope(Struct, frozen=True):
    """An open context in one sentence: the cue's span and the stretch it covers, in offsets of the sentence."""

    context: str
    start: int
    end: int
    low: int
    high: int
    governs: bool = False


MOST = 60
"""Scopes of one context that are looked at in one sentence; no honest sentence opens more."""


def scopes(marked: Marked, rules: RuleSet) -> list[Scope]:
    """Every scope that the sentence's own cues open, at most `MOST` of one context."""
    found: dict[str, list[tuple[int, int]]] = {}
    for owner, pattern in marked.cues:
        for m in pattern.find(marked.text):
            span = marked.span(m)
            if span[1] > span[0]:
                found.setdefault(owner, []).append(span)
    text = marked.folded
    last = text.rstrip(_CLOSING)[-1:]
    if not found and last not in rules.endings:  # most sentences
        return []
    touched = {owner.split(":", 2)[1] for owner in found}
    out: list[Scope] = []
    for context in rules.contexts:
        if context.id in touched or (last and last in context.endings):
            out += islice(_opened(context, text, found), MOST)
    return out


def _opened(context: ContextRule, text: str, found: Mapping[str, list[tuple[int, int]]]) -> Iterator[Scope]:
    """The scopes of one context; `found` are the spans of cues, pseudo-cues and stops by owner."""
    key = f"context:{context.id}"
    pseudo = found.get(f"{key}:pseudo", ())
    limits = _Limits(text, found.get(f"{key}:stop", ()), context.stop_marks)
    for k, cue in enumerate(context.cue):
        spans = found.get(f"{key}:cue:{k}", [])
        if cue.ends and text.rstrip(_CLOSING).endswith(cue.ends):
            spans = [(0, len(text))]
        for start, end in spans:
            if any(a < end and start < b for a, b in pseudo):
                continue
            if not cue.in_quotes:
                low, high = limits.reach(start, end, cue.direction, cue.reach)
                yield Scope(context.id, start, end, low, high, cue.governs)
                continue
            for quoted in _QUOTED.finditer(text):
                if len(quoted.group().split()) <= 8:
                    yield Scope(context.id, start, end, quoted.start(), quoted.end())


GOVERNING = frozenset({"warned", "negated", "aim"})
"""Contexts that a lead-in ending with a colon hands down to the items under it."""


class _Limits:
    """Where the scopes of one context end in a text: at its stops and its punctuation."""

    def __init__(self, text: str, stops: Sequence[tuple[int, int]], marks: str) -> None:
        self._text = text
        self._starts = sorted(a for a, _ in stops)
        self._ends = sorted(b for _, b in stops)
        self._marks = [m.start() for m in _marks(marks).finditer(text)] if marks else []

    def reach(self, start: int, end: int, direction: str, words: int) -> tuple[int, int]:
        """The stretch that a cue from `start` to `end` covers; `words` 0 means as far as the clause."""
        text, low, high = self._text, 0, len(self._text)
        k = bisect_left(self._starts, end)
        if k < len(self._starts):
            high = self._starts[k]
        if direction == "sentence":
            return low, high
        if k := bisect_right(self._ends, start):
            low = self._ends[k - 1]
        k = bisect_left(self._marks, end)
        if k < len(self._marks):
            high = min(high, self._marks[k])
        if k := bisect_left(self._marks, start):
            low = max(low, self._marks[k - 1] + 1)
        if words:
            at = end
            for _ in range(words):
                if not (m := _WORD.match(text, _skip(text, at))):
                    break
                at = m.end()
            high = min(high, max(at, end))
            before = text[low:start].split()
            if len(before) > words:
                low = start - len(" ".join(before[-words:])) - 1
        if direction == "forward":
            low = start
        elif direction == "backward":
            high = end
        return low, high


@cache
def _marks(marks: str) -> re.Pattern[str]:
    return expression(f"[{re.escape(marks)}]")


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def covers(scope: Scope, start: int, end: int, negation_is_claim: bool = False) -> bool:
    """Whether a scope excuses the match at (start, end).

    A cue among the matched words counts too ("cells have never cured lupus"), unless the cue is the claim
    ("no side effects").
    """
    inside = start <= scope.start and scope.end <= end
    if inside and negation_is_claim and scope.context == "negated":
        return False
    if scope.context == "subject" and scope.end > start:
        return False  # what acts stands before what it does
    if inside and scope.start == start and scope.end == end:
        return False
    return scope.low < end and start < scope.high


def hands_down(scope: Scope, block: Block) -> bool:
    """Whether a scope in a heading or lead-in covers what stands under it."""
    if block.kind == "heading":
        return scope.governs
    return scope.governs or (scope.context in GOVERNING and scope.high >= len(block.text.rstrip(" :?")))
