"""Whether a link's text names a more prestigious journal or body than the address leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from claimcheck.patterns.words import fold
from claimcheck.programs import expression

_SHORT = 8  # words: a longer link text is a title or a sentence, not the name of a venue


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return expression(pattern)


def mislabelled(label: str, url: str, table: Mapping[str, Any]) -> tuple[str, str] | None:
    """The (named, real) venue where `label`, a link's text, names one and `url` leads to another; else None.

    `table` is the rule table "venues". Nothing is said of an address whose venue cannot be told. A longer journal
    name ("Nature Medicine", "Lancet Neurology") is not the short one.
    """
    if len(label.split()) > _SHORT or not (venue := _venue(url.lower(), table)):
        return None
    wrong = [*table["prestige"], *(table["bodies"] if venue.get("bodies") else ())]
    text = fold(label)
    allowed = venue.get("named", ())
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in allowed):
        return None
    for name in sorted(wrong, key=len, reverse=True):
        m = re.search(rf"(?<![\w\-]){re.escape(name)}(?![\w\-])", text)
        if m and _is_name(label, text, m, table):
            return label[m.start() : m.end()], venue["real"]
    return None


def _venue(url: str, table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    for venue in table.get("venue", ()):
        if any(_compiled(code).search(url) for code in venue["code"]):
            return dict(venue)
    return None


def _is_name(label: str, text: str, m: re.Match[str], table: Mapping[str, Any]) -> bool:
    """Whether the words name the venue: capitalised, and not a part of a longer name."""
    if not label[m.start()].isupper():
        return False
    before, after = text[: m.start()].rstrip(), text[m.end() :].lstrip()
    if re.search(
        r"\b(?:of|in|stem|single|npj|t|b|basic|life|scientific|social|computer|cancer)\Z", before
    ) and not before.endswith("published in"):
        return False
    if after[:1] in ",(:;)]" or not after:
        return True
    return not any(re.match(rf"{re.escape(word)}(?!\w)", after) for word in table["longer"])
