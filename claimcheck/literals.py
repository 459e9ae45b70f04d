"""Which of the literals a pattern needs is worth looking for first."""

from __future__ import annotations

COMMON = frozenset(
    "a an and are as at be by can do for from get had has have he her his i if in is it its may me my no "
    "not of on or our out so than that the their them they this to up us was we were what when which who "
    "will with you your more all one also patients treatment".split()
)


def selectivity(literals: frozenset[str]) -> float:
    """How rarely a text will hold one of `literals`; a guess from their lengths, higher is rarer."""

    def worth(literal: str) -> float:
        if literal.startswith("{"):
            return 3.0
        return 1.0 if literal in COMMON else 2.0 + min(len(literal), 12) / 4

    return min(worth(x) for x in literals) - 0.02 * len(literals)


def rank(needs: list[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """The needs without repetition, the most selective first."""
    return tuple(sorted(dict.fromkeys(needs), key=lambda n: (-selectivity(n), sorted(n))))
