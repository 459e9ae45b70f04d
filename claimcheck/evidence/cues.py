"""Word lists of a rule table, each as one compiled expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from claimcheck.programs import expression


class Cues:
    """The lists of the rule table "study-words" by name, compiled when first asked for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    def find(self, name: str, text: str) -> re.Match[str] | None:
        """The first place in a folded text where the list `name` matches."""
        return self.pattern(name).search(text)

    def opens(self, name: str, text: str) -> bool:
        """Whether a folded text begins with the list `name`, punctuation aside."""
        return bool(_joined(tuple(self._table[name]), r"\W*", "").match(text))

    def ends(self, name: str, text: str) -> bool:
        """Whether a folded text ends with the list `name` and at most two words more."""
        return bool(_joined(tuple(self._table[name]), "", r"(?: [\w\-]{1,20},?){0,2} ?\Z").search(text))

    def pattern(self, name: str) -> re.Pattern[str]:
        """The list as one expression between word boundaries."""
        return _joined(tuple(self._table[name]), "", "")

    def source(self, name: str) -> str:
        """The list as an expression to build others from."""
        return "(?:" + "|".join(self._table[name]) + ")"


@cache
def _joined(alternatives: tuple[str, ...], before: str, after: str) -> re.Pattern[str]:
    return expression(rf"{before}(?<!\w)(?:{'|'.join(alternatives)})(?!\w){after}")
