"""Sentences of two versions of a text paired: the same ones first, then those that were reworded.

The work grows with the length of the texts. Sentences that stand in both are paired by their words. What is left is
held against a bounded number of candidates: sentences that share rare words, and those that stand at the same place
between two pairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Literal, NamedTuple

from claimcheck.programs import expression

ALIKE = 0.5
"""The least likeness (0-1, see `_likeness`) at which two sentences count as one reworded."""

WITHIN, FEWEST = 0.7, 4
"""What the share of the shorter sentence's words that stand in the longer one counts for, and how many words it must
have: a sentence to which a source, a figure or a caveat was added is still the same sentence."""

CANDIDATES = 8
"""Sentences that one sentence is compared with."""

COMMON = 40
"""A word that stands in more unpaired sentences than this finds no candidates: it would make the work quadratic."""

WORDS = 400
"""Words of a sentence that are compared."""

NEAR = 2
"""How many unpaired sentences around the same place, between the same pairs, are candidates."""

_WORD = expression(r"\w+(?:['’]\w+)?|[%€$£]")


class Pair(NamedTuple):
    """A sentence of the old text with its like in the new one, by index; None where it has none."""

    old: int | None
    new: int | None
    how: Literal["same", "reworded", "added", "removed"]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a sentence, folded: what must be equal for two sentences to be the same."""
    return tuple(_WORD.findall(text.casefold()))


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Every sentence of both texts once, in the order of the new text, removed ones after their predecessor.

    A sentence that stands several times is paired in order. Punctuation, case and white space do not count.
    """
    before, after = [words_of(t) for t in old], [words_of(t) for t in new]
    partner = _same(before, after)
    rest_old = [i for i in range(len(old)) if i not in partner]
    taken = set(partner.values())
    rest_new = [j for j in range(len(new)) if j not in taken]
    same = set(partner)
    partner |= _reworded(before, after, rest_old, rest_new, partner)
    return _in_order(len(old), len(new), partner, same)


def _same(before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]) -> dict[int, int]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, words in enumerate(after):
        places[words].append(j)
    waiting = {words: iter(found) for words, found in places.items()}
    pairs = {}
    for i, words in enumerate(before):
        if words in waiting and (match := next(waiting[words], None)) is not None:
            pairs[i] = match
    return pairs


def _reworded(
    before: Sequence[tuple[str, ...]],
    after: Sequence[tuple[str, ...]],
    rest_old: list[int],
    rest_new: list[int],
    partner: dict[int, int],
) -> dict[int, int]:
    """Pairs among what is left, the most alike first; of equals, those that stand nearest to each other."""
    bags_old = {i: Counter(before[i][:WORDS]) for i in rest_old}
    bags_new = {j: Counter(after[j][:WORDS]) for j in rest_new}
    holding: dict[str, list[int]] = defaultdict(list)
    for j, bag in bags_new.items():
        for word in bag:
            holding[word].append(j)
    beside = _beside(rest_old, rest_new, partner)
    scored = []
    for i, bag in bags_old.items():
        votes: Counter[int] = Counter()
        for word in bag:
            if len(found := holding.get(word, ())) <= COMMON:
                for j in found:
                    votes[j] += 1
        for j in {j for j, _ in votes.most_common(CANDIDATES)} | beside[i]:
            alike = _likeness(bag, bags_new[j])
            if alike >= ALIKE:
                scored.append((-alike, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _beside(rest_old: list[int], rest_new: list[int], partner: dict[int, int]) -> dict[int, set[int]]:
    """For each unpaired old sentence, the unpaired new ones at about its place after the same pair."""
    paired = sorted(partner)
    places = defaultdict(list)
    anchors_new = sorted(partner.values())
    for j in rest_new:
        k = bisect_right(anchors_new, j)
        places[anchors_new[k - 1] if k else -1].append(j)
    count: Counter[int] = Counter()
    beside = {}
    for i in rest_old:
        k = bisect_right(paired, i)
        anchor = partner[paired[k - 1]] if k else -1
        at = count[anchor]
        count[anchor] += 1
        beside[i] = set(islice(places.get(anchor, ()), max(at - NEAR, 0), at + NEAR + 1))
    return beside


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The Dice coefficient over words, or `WITHIN` times the overlap coefficient where that is more."""
    sizes = one.total(), other.total()
    if not all(sizes):
        return 0.0
    shared = sum(min(n, other[w]) for w, n in one.items())
    dice = 2 * shared / sum(sizes)
    return max(dice, WITHIN * shared / min(sizes)) if min(sizes) >= FEWEST else dice


def _in_order(count_old: int, count_new: int, partner: dict[int, int], same: set[int]) -> list[Pair]:
    back = {j: i for i, j in partner.items()}
    removed_after: dict[int, list[int]] = defaultdict(list)
    anchor = -1
    for i in range(count_old):
        if i in partner:
            anchor = partner[i]
        else:
            removed_after[anchor].append(i)
    out = [Pair(i, None, "removed") for i in removed_after[-1]]
    for j in range(count_new):
        k = back.get(j)
        out.append(Pair(k, j, "added" if k is None else "same" if k in same else "reworded"))
        out += [Pair(i, None, "removed") for i in removed_after.get(j, ())]
    return out
