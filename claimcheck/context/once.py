"""Work that is done once: for a sentence's words, wherever they stand again; for a page; for the rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

from claimcheck.context.scan import Scan

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


class _Keeper(Protocol):
    @property
    def shared(self) -> dict[str, Any]: ...


K = TypeVar("K", bound=_Keeper)


def once_each(work: Callable[[K], T]) -> Callable[[K], T]:
    """`work` on a page or a rule set, done once for each and kept with it."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def known(of: K) -> T:
        if name not in of.shared:
            of.shared[name] = work(of)
        found: T = of.shared[name]
        return found

    return known
