"""Literals: stretches of text without which a pattern cannot match, and which of them to look for first.

A literal is written as the scan sees text: letters a-z, digits, and one space for every other character. A space at
its edge says that a word begins or ends there. What has no letter or digit ("%", "—") stands as it is and is looked
for in the folded text. "{slot}" is a lexicon term, DIGIT any digit.
"""

from __future__ import annotations

from collections.abc import Iterable

COMMON = frozenset(
    "a an and are as at be by can do for from get had has have he her his i if in is it its may me my no "
    "not of on or our out so than that the their them they this to up us was we were what when which who "
    "will with you your more all one also".split()
)
FREQUENT = frozenset(
    "body cell cells disease free help immune pain patient patients repair research results stem studies study "
    "therapy tissue treatment treatments".split()
)
"""Words that pages on treatments use in sentence after sentence."""

_PLAIN = bytes(c if chr(c).isalnum() and c < 128 else 32 for c in range(256))

DIGIT = "{0}"
"""A digit of any script, as an expression asks for one. No lexicon is called so."""

MOST = 6
"""Needs that are kept of one pattern; more of them no longer rule anything out."""


def searchable(folded: str) -> bytes:
    """Folded text as literals are looked for in it, a space before and after; offsets are one more."""
    return b" %b " % folded.encode("ascii", "replace").translate(_PLAIN)


def literal(text: str, begins: bool = False, ends: bool = False) -> str:
    """The literal of folded `text`; `begins` and `ends` say that no letter or digit may stand beside it there."""
    if not any(c.isascii() and c.isalnum() for c in text):
        return text
    plain = text.encode("ascii", "replace").translate(_PLAIN).decode()
    return " " * begins + plain + " " * ends


def is_sign(word: str) -> bool:
    """Whether a literal holds no letter or digit that a scan could find."""
    return not any(c.isascii() and c.isalnum() for c in word)


def selectivity(literals: frozenset[str]) -> float:
    """How rarely a text will hold one of `literals`; a guess from their lengths, higher is rarer."""

    def worth(word: str) -> float:
        if word == DIGIT:
            return 1.6
        if word.startswith("{"):
            return 2.1 if "." in word else 2.0
        if is_sign(word):
            return 1.2 if word in ",.:;-'\"" else 3.5
        if (bare := word.strip()) in COMMON:
            return 1.0
        part = word[:1] != " " or word[-1:] != " "  # found inside longer words too
        return (1.4 if bare in FREQUENT else 1.9) + min(len(bare), 12) / 4 - (0.6 if part else 0.0)

    return min(worth(x) for x in literals) - 0.02 * len(literals)


def rank(needs: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """The needs without repetition, the most selective first, as many as pay."""
    return tuple(sorted(dict.fromkeys(needs), key=lambda n: (-selectivity(n), sorted(n)))[:MOST])
