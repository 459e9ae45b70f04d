"""Word lists of a rule table, each as one compiled expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from claimcheck.context.once import once_each
from claimcheck.programs import expression
from claimcheck.rules.ruleset import RuleSet


@once_each
def cues_of(rules: RuleSet) -> Cues:
    """The word lists that tell of studies."""
    return Cues(rules.tables["study-words"])


class Cues:
    """The lists of the rule table "study-words" by name, compiled when first asked for."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._sources = {name: f"(?:{'|'.join(words)})" for name, words in table.items() if isinstance(words, list)}
        self._compiled: dict[tuple[str, str, str], re.Pattern[str]] = {}

    def find(self, name: str, text: str) -> re.Match[str] | None:
        """The first place in a folded text where the list `name` matches."""
        return self.pattern(name).search(text)

    def opens(self, name: str, text: str) -> bool:
        """Whether a folded text begins with the list `name`, punctuation aside."""
        return bool(self._between(r"\W*", name, "").match(text))

    def ends(self, name: str, text: str) -> bool:
        """Whether a folded text ends with the list `name` and at most two words more."""
        return bool(self._between("", name, r"(?: [\w\-]{1,20},?){0,2} ?\Z").search(text))

    def pattern(self, name: str) -> re.Pattern[str]:
        """The list as one expression between word boundaries."""
        return self._between("", name, "")

    def source(self, name: str) -> str:
        """The list as an expression to build others from."""
        return self._sources[name]

    def _between(self, before: str, name: str, after: str) -> re.Pattern[str]:
        key = before, name, after
        if key not in self._compiled:
            self._compiled[key] = expression(rf"{before}(?<!\w){self._sources[name]}(?!\w){after}")
        return self._compiled[key]
