"""Answers about a text that are remembered: what a site says on every page is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

_MOST = 10_000
"""Texts, those met last, of which each answer is remembered."""
_LONGEST = 1_000
"""Characters of a text that is remembered. With it, an answer takes 10 MB at the most, and mostly one or two."""


def remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """`work` on a text, done once for texts that are met again. It must ask nothing but the text, and what it returns
    is shared and must not be changed."""
    known = lru_cache(maxsize=_MOST)(work)

    @wraps(work)
    def answer(text: str) -> T:
        return known(text) if len(text) <= _LONGEST else work(text)

    return answer
