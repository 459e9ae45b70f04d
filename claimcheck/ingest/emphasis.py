"""Which asterisks, underscores and tildes of a Markdown paragraph are emphasis (CommonMark 6.2)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct


class Token(Struct):
    """A piece of a line. `left` and `right` count the characters of a delimiter run that were markup."""

    kind: str
    start: int
    end: int
    left: int = 0
    right: int = 0
    url: str = ""


def pair(source: str, tokens: Sequence[Token]) -> None:
    """Find which characters of the delimiter runs are emphasis. Each run is pushed and popped once."""
    openers: dict[str, list[Token]] = defaultdict(list)
    for token in tokens:
        if token.kind != "delimiter":
            continue
        mark = source[token.start]
        opens, closes = _flanks(source, token, mark)
        left = token.end - token.start
        stack = openers[mark]
        while closes and left and stack:
            opener = stack[-1]
            free = (opener.end - opener.start) - opener.left - opener.right
            used = min(free, left)
            opener.right += used
            token.left += used
            left -= used
            if used == free:
                stack.pop()
        if opens and left:
            stack.append(token)


def _flanks(source: str, token: Token, mark: str) -> tuple[bool, bool]:
    """Whether a delimiter run can open and close emphasis (CommonMark 6.2)."""
    before = source[token.start - 1] if token.start else " "
    after = source[token.end] if token.end < len(source) else " "
    left = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
    right = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
    if mark == "_":
        return left and (not right or _punctuation(before)), right and (not left or _punctuation(after))
    return left, right


def _punctuation(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"
