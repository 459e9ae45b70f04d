"""The strongest thing that a sentence asserts, on the scale none < correlational < ... < absolute."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache

from msgspec import Struct

from claimcheck.model import STRENGTHS, Strength
from claimcheck.patterns.words import fold
from claimcheck.strength.grammar import Event, Grammar, grammar

LONGEST = 4_000
"""Characters of a sentence that are judged; what runs on longer is no prose, and the work must stay bounded."""

_REACH = 6
"""How many words past a verb an "entirely" or "for good" may stand to make it absolute."""


class Assertion(Struct, frozen=True):
    """A predicate found in a sentence: which event, at which word (counted in classes), asserted how strongly."""

    event: str
    level: Strength
    at: int


def strength(text: str) -> Strength:
    """What one sentence asserts about the treatment or exposure it speaks of.

    The strongest of its unhedged predicates decides, as a reader takes it: "may ease pain and heals joints" is
    causal. Denied effects, aims, questions and calls for more research assert nothing. The text is one sentence or
    heading, with its white space normalised.
    """
    bare = text.rstrip(" \"'”’)")
    if bare.endswith("?"):
        return "can" if grammar().hook.match(fold(bare)) else "none"
    return max((a.level for a in assertions(text)), key=STRENGTHS.index, default="none")


def assertions(text: str) -> list[Assertion]:
    """Every predicate of the sentence with its level, hedged and denied ones included ("none")."""
    g = grammar()
    tags = g.tagger.tags(text[:LONGEST])
    return _Sentence(g, tags).assertions() if g.screen.search(tags) else []


class _Sentence:
    """One sentence as a string of classes, with the beginnings of its clauses and its calls for action."""

    def __init__(self, g: Grammar, tags: str) -> None:
        self.g, self.tags = g, tags
        self.levels: dict[int, Strength] = {}

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(m.end() for m in self.g.gates["break"].finditer(self.tags))]

    @cached_property
    def calls(self) -> list[int]:
        return [m.start() for m in self.g.gates["call"].finditer(self.tags)]

    def assertions(self) -> list[Assertion]:
        found = []
        backwards, length, classes = self.tags[::-1], len(self.tags), set(self.tags)
        for event in self.g.events:
            if event.heads.isdisjoint(classes) or (event.needs and event.needs.isdisjoint(classes)):
                continue
            for m in event.regex.finditer(self.tags):
                at = m.start()
                reach = self.g.operator.match(backwards, length - at)
                begin = length - reach.end() if reach else at
                operators = self.tags[begin:at]
                if event.needs and event.needs.isdisjoint(operators):
                    continue
                level = self._level(event, operators, begin, m)
                self.levels[at] = level
                found.append(Assertion(event.name, level, at))
        return found

    def _level(self, event: Event, operators: str, begin: int, m: re.Match[str]) -> Strength:
        tags, gates, at = self.tags, self.g.gates, m.start()
        start = self.starts[bisect_right(self.starts, begin) - 1]
        if gates["open"].search(tags, start, begin) or gates["unproved"].search(tags, 0, start) or self._called_for(at):
            return "none"
        if event.level == "correlational":
            denied = gates["denied"].search(tags, max(start, at - 5), at)
            return "none" if denied or not self.g.sets["unasserted"].isdisjoint(operators) else "correlational"
        if not event.research and self._by_research(start, begin, at):
            return "none"
        if gates["denied"].match(tags, start, begin) or (begin and gates["likelier"].match(tags, begin - 1)):
            return "none"
        if event.noun and gates["denied"].search(tags, max(start, at - 3), m.end()):
            return "none"
        level = self._asserted(event, operators, at)
        if event.noun and level == "causal" and gates["hedged"].search(tags, start, at):
            return "conditional"
        if level == "causal" and gates["absolute"].search(tags, begin, m.end() + _REACH):
            return "absolute"
        return level

    def _asserted(self, event: Event, operators: str, at: int) -> Strength:
        if event.level == "carry":
            before = [k for k in self.levels if k < at]
            if before:
                return self.levels[max(before)]
            return "causal" if self.tags[at] in self.g.sets["participle"] else "none"
        if event.level != "causal":
            return event.level
        if self.g.gates["asks"].match(self.tags):
            operators = self.tags[0] + operators
        return by_operators(operators)

    def _called_for(self, at: int) -> bool:
        """Whether a "should" or "is needed" makes the predicate part of a recommendation.

        What follows the call is, to the next semicolon or colon; what comes before it is too, unless another clause
        begins between ("X eases pain, but trials are needed", "X eases pain and should be offered").
        """
        gates, tags = self.g.gates, self.tags
        for call in self.calls:
            low, high = min(at, call), max(at, call)
            if gates["apart"].search(tags, low, high):
                continue
            if at > call or not (gates["joined"].search(tags[:call]) or gates["between"].search(tags, at, call)):
                return True
        return False

    def _by_research(self, start: int, begin: int, at: int) -> bool:
        """Whether the subject is research itself ("this study improves our understanding")."""
        gates, tags = self.g.gates, self.tags
        comma = tags.rfind(self.g.comma, start, begin - 1) + 1
        if gates["research"].fullmatch(tags, max(start, comma), begin):
            return True
        if not (start and tags[begin - 1] == self.g.also) or any(start <= k < at for k in self.levels):
            return False
        return bool(gates["research"].fullmatch(tags, 0, self.starts[1] - 1))  # "our data show ... and may help ..."


@lru_cache(maxsize=4096)
def by_operators(operators: str) -> Strength:
    """What the words before a verb of effect make of it: modals, negation, "fails to", "has been shown to".

    `operators` is a string of classes. An infinitive asserts nothing by itself ("drugs to reduce pain"), unless
    what governs it does ("was shown to", "is able to", "could be used to").
    """
    sets = grammar().sets
    have = set(operators)
    if have & sets["denying"] or have & sets["aiming"]:
        return "none"
    before = operators.split(grammar().to, 1)[0] if grammar().to in operators else None
    if before is not None:
        used = have & sets["used"] and set(before) & sets["putting"]
        if not used and not set(before) & sets["licensing"]:
            return "none"
    if have & sets["hedging"]:
        return "conditional"
    return "can" if have & sets["enabling"] else "causal"
