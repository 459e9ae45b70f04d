"""What a sentence's words say by themselves, wherever it stands: worked out once and remembered over pages."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

from msgspec import Struct, field

from claimcheck.context.contexts import Scope, scopes
from claimcheck.patterns.matcher import Found
from claimcheck.programs import expression
from claimcheck.rules.ruleset import RuleSet

Span = tuple[int, int]

Matches = Mapping[str, tuple[Span, ...]]
"""Owners with the spans of their patterns."""


class Words(Struct, frozen=True):
    """A sentence's words: in small letters (`folded`, of the same length), the lexicon `terms` among them, in order of
    start, and the names of their slots (`keys`); by owner the spans of what matches (`found`); the scopes that their
    cues open; and whether they begin with an answer to a question. All offsets are the sentence's.

    `shared` is what readers of the words have worked out for one another, by name; see `once`.
    """

    folded: str
    keys: frozenset[str]
    terms: tuple[Found, ...]
    found: Matches
    scopes: tuple[Scope, ...]
    answer: bool
    shared: dict[Hashable, Any] = field(default_factory=dict)


def words_of(text: str, rules: RuleSet, prefilter: bool = True) -> Words:
    """Read a sentence. Without `prefilter` every pattern runs, with the same result."""
    bare = without_addresses(text)
    marked, candidates = rules.matcher.mark(bare, prefilter)
    found: dict[str, list[Span]] = {}
    read = marked.text
    for owner, pattern in candidates:
        for m in pattern.find(read):
            span = marked.span(m, pattern.group)
            if span[1] > span[0]:
                found.setdefault(owner, []).append(span)
    whole = marked if bare is text else rules.matcher.mark(text, prefilter)[0]  # an address may hold a cue
    return Words(
        marked.folded,
        marked.keys,
        marked.terms,
        {owner: _disjoint(spans) for owner, spans in found.items()} if found else _NOTHING,
        tuple(scopes(whole, rules)),
        any(owner == "context:questioned:answered" and p.regex.match(whole.text) for owner, p in whole.cues),
    )


_NOTHING: Matches = {}
_ADDRESS = expression(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def without_addresses(text: str) -> str:
    """The text with the characters of web addresses blotted out one by one: their words are nobody's claim."""
    low = text.lower()
    return _ADDRESS.sub(lambda m: "/" * len(m[0]), text) if "://" in low or "www." in low else text


def _disjoint(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, without any that overlaps an earlier or (at the same start) a longer one."""
    if len(spans) == 1:
        return tuple(spans)
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


REMEMBERED = 1_500_000
"""Characters of sentences that are remembered: what a site says on every page is read once. About 50 MB."""


class Known(dict[str, Words]):
    """Sentences that were read. When it is half full, what was not met since the last time is forgotten."""

    def __init__(self, rules: RuleSet) -> None:
        super().__init__()
        self._rules = rules
        self._held = 0
        self._before: dict[str, Words] = {}

    def __missing__(self, text: str) -> Words:
        self._held += len(text)
        if self._held > REMEMBERED // 2:
            self._before = dict(self)
            self.clear()
            self._held = len(text)
        known = self._before.pop(text, None)
        words = self[text] = words_of(text, self._rules) if known is None else known
        return words
