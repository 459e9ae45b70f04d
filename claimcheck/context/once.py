"""What follows from a sentence's words alone, or from the rules alone, is worked out once for any number of pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from claimcheck.context.scan import Scan
from claimcheck.rules.ruleset import RuleSet

T = TypeVar("T")


def once(work: Callable[[Scan, int], T]) -> Callable[[Scan, int], T]:
    """`work` on a sentence of a scan, done once for all sentences of the same words under the same rules.

    So it may look at the sentence's words, terms and hits, and at the rules; never at its block, its place or its
    neighbours. What it returns is shared and must not be changed.
    """
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def known(scan: Scan, sentence: int) -> T:
        shared = scan.words[sentence].shared
        if name not in shared:
            shared[name] = work(scan, sentence)
        found: T = shared[name]
        return found

    return known


def once_per_rules(work: Callable[[RuleSet], T]) -> Callable[[RuleSet], T]:
    """`work` on a rule set, done once for each and kept with it. What it returns is shared and must not be changed."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def known(rules: RuleSet) -> T:
        shared = rules.shared
        if name not in shared:
            shared[name] = work(rules)
        found: T = shared[name]
        return found

    return known
