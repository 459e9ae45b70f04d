"""Contexts: what the words around a match do to it. A warning about a promise is not a promise.

After NegEx and ConText (Chapman 2001, Harkema 2009): a cue opens a scope in a direction, a pseudo-cue is no cue, a
stop closes the scope. Added to theirs: questions, quotation marks, headings and lead-ins that govern what stands
under them, and cues in a neighbouring sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck.matcher import Marked
from claimcheck.model import Block
from claimcheck.rulefiles import ContextRule
from claimcheck.ruleset import RuleSet

_QUOTED = re.compile(r'"[^"]{1,300}"|(?<![\w])\'[^\']{1,300}\'(?!\w)')


@dataclass(frozen=True, slots=True)
class Scope:
    """An open context in one sentence: the cue's span and the stretch it covers, in offsets of the sentence."""

    context: str
    start: int
    end: int
    low: int
    high: int
    governs: bool = False


def scopes(marked: Marked, rules: RuleSet, only: Sequence[ContextRule] | None = None) -> list[Scope]:
    """Every scope that the sentence's own cues open."""
    found: dict[str, list[tuple[int, int]]] = {}
    for owner, pattern in rules.matcher.cues(marked.keys):
        for m in pattern.regex.finditer(marked.text):
            span = marked.span(m)
            if span[1] > span[0]:
                found.setdefault(owner, []).append(span)
    out: list[Scope] = []
    text = marked.folded
    for context in only if only is not None else rules.contexts:
        key = f"context:{context.id}"
        pseudo = found.get(f"{key}:pseudo", [])
        stops = found.get(f"{key}:stop", [])
        for k, cue in enumerate(context.cue):
            spans = found.get(f"{key}:cue:{k}", [])
            if cue.ends and text.rstrip(" \"')”").endswith(cue.ends):
                spans = [(0, len(text))]
            for start, end in spans:
                if any(a < end and start < b for a, b in pseudo):
                    continue
                low, high = _reach(text, start, end, cue.direction, cue.reach, stops, context.stop_marks)
                if not cue.in_quotes:
                    out.append(Scope(context.id, start, end, low, high, cue.governs))
                    continue
                for quoted in _QUOTED.finditer(text):
                    if len(quoted.group().split()) <= 8:
                        out.append(Scope(context.id, start, end, quoted.start(), quoted.end()))
    return out


GOVERNING = frozenset({"warned", "negated", "aim"})
"""Contexts that a lead-in ending with a colon hands down to the items under it."""


def _reach(
    text: str, start: int, end: int, direction: str, reach: int, stops: list[tuple[int, int]], marks: str
) -> tuple[int, int]:
    low, high = 0, len(text)
    for a, b in stops:
        if a >= end:
            high = min(high, a)
        if b <= start and direction != "sentence":
            low = max(low, b)
    if direction == "sentence":
        return low, high
    if marks:
        for m in re.finditer(f"[{re.escape(marks)}]", text):
            if m.start() >= end:
                high = min(high, m.start())
            elif m.end() <= start:
                low = max(low, m.end())
    if reach:
        words = re.compile(r"\S+\s*")
        at = end
        for _ in range(reach):
            if not (m := words.match(text, _skip(text, at))):
                break
            at = m.end()
        high = min(high, max(at, end))
        before = text[low:start].split()
        if len(before) > reach:
            low = start - len(" ".join(before[-reach:])) - 1
    if direction == "forward":
        low = start
    elif direction == "backward":
        high = end
    return low, high


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


LABEL = 6
"""The heading level that readers give to a label inside a list ("Organ protection: ...")."""


def governors(blocks: Sequence[Block]) -> list[tuple[int, ...]]:
    """For each block, the numbers of those that may govern it: the headings above it and its list's lead-in."""
    out: list[tuple[int, ...]] = []
    headings: list[tuple[int, int]] = []
    lead: tuple[int, ...] = ()
    for number, block in enumerate(blocks):
        above = tuple(n for _, n in headings)
        if block.kind == "heading" and block.level == LABEL and block.group:
            # a label inside a list governs its own item and leaves the list's lead-in in force
            out.append(above + lead)
        elif block.kind == "heading":
            level = block.level or 7
            headings = [(lv, n) for lv, n in headings if lv < level]
            out.append(tuple(n for _, n in headings))
            headings.append((level, number))
            lead = ()
        elif block.kind in ("item", "cell"):
            out.append(above + lead)
        else:
            out.append(above)
            lead = (number,) if block.text.endswith((":", "?")) else ()
    return out


def hands_down(scope: Scope, block: Block) -> bool:
    """Whether a scope in a heading or lead-in covers what stands under it."""
    if block.kind == "heading":
        return scope.governs
    return scope.governs or (scope.context in GOVERNING and scope.high >= len(block.text.rstrip(" :?")))
