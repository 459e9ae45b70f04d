"""Where rules over sentences match, and which of their exceptions stand there: told by a sentence's words alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.words import Matches, Span
from claimcheck.programs import expression
from claimcheck.rules.files import FlagRule

_CLAUSE = expression(r"[;:—]|, (?:but|while|whereas|although)\b")


class Match(NamedTuple):
    """A rule and where it matches, in offsets of the sentence; `excuse` are the words of an exception of the rule."""

    rule: FlagRule
    start: int
    end: int
    excuse: Span | None


@once
def matches(scan: Scan, sentence: int) -> tuple[Match, ...]:
    """Every match of a sentence rule in the sentence."""
    found, text = scan.words[sentence].found, scan.words[sentence].folded
    owners = [owner.split(":")[:2] for owner in found]
    names = dict.fromkeys(name for kind, name in owners if kind in ("flag", "part"))
    rules = [scan.rules.rule[name] for name in names]
    return tuple(
        Match(rule, start, end, _excuse(found, rule, start, end))
        for rule in rules
        if rule.scope != "document"
        for start, end in (*found.get(f"flag:{rule.id}", ()), *_together(found, rule, text))
    )


def _excuse(found: Matches, rule: FlagRule, low: int, high: int) -> Span | None:
    for start, end in found.get(f"overlap:{rule.id}", ()):
        if start < high and low < end:
            return start, end
    return next(iter(found.get(f"unless:{rule.id}", ())), None)


def _together(found: Matches, rule: FlagRule, text: str) -> Iterator[Span]:
    """Where all parts of a rule stand together, in its order if it asks for one; once in a clause or sentence."""
    parts = [found.get(f"part:{rule.id}:{k}", ()) for k in range(len(rule.match.all_of))]
    if not parts or not all(parts):
        return
    bounds = [0, len(text)]
    if rule.match.within == "clause":
        bounds = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    for low, high in pairwise(bounds):
        chosen: list[Span] = []
        after = low
        for part in parts:
            inside = next(((start, end) for start, end in part if start >= after and end <= high), None)
            if inside is None:
                break
            chosen.append(inside)
            after = inside[1] if rule.match.ordered else low
        else:
            yield min(start for start, _ in chosen), max(end for _, end in chosen)
