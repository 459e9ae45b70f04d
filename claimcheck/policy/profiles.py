"""What advertising rules of a country say of findings: another severity in a column of its own, and notes.

A profile never touches the verdict or a finding's severity: whether a claim is supported depends on no country.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from claimcheck.context.scan import Scan
from claimcheck.errors import UsageError
from claimcheck.model import Finding, LegalNote

NONE = "intl"
"""The profile without a country."""


def under(profile: str, scan: Scan, findings: Sequence[Finding]) -> tuple[list[Finding], tuple[LegalNote, ...]]:
    """The findings with the severity that the profile's rules give them, and what those rules say.

    A class of things ("medicine", "food") holds for a finding if its own sentence mentions one; where that mentions
    none of any class, if the page does. Raises UsageError for a profile that there is not.
    """
    tables = scan.rules.tables
    table = tables.get(f"profile-{profile}")
    if table is None:
        names = (k.removeprefix("profile-") for k in tables if tables[k].get("kind") == "profile")
        raise UsageError(f"there is no profile {profile!r}; known: {', '.join(sorted(names))}")
    if profile == NONE or not findings:
        return list(findings), ()
    classes = _Classes(scan)
    graded, notes = [], []
    for finding in findings:
        entry = _entry(table.get("rule", ()), finding, classes)
        graded.append(replace(finding, advertising=entry["severity"] if entry else finding.severity))
        if entry:
            notes.append(_note(table, finding.rule, entry["note"], entry["source"]))
    general = [
        _note(table, "", note["text"], note["source"])
        for note in table.get("note", ())
        if "when" not in note or note["when"] in classes.page
    ]
    return graded, tuple(dict.fromkeys([*general, *notes]))


def _entry(entries: Iterable[dict[str, Any]], finding: Finding, classes: _Classes) -> dict[str, Any] | None:
    """The first entry on a finding's rule whose class holds."""
    fitting = (e for e in entries if e["id"] == finding.rule)
    return next((e for e in fitting if "when" not in e or e["when"] in classes.of(finding)), None)


def _note(table: dict[str, Any], rule: str, text: str, source: str) -> LegalNote:
    told = next(s for s in table["source"] if s["key"] == source)
    return LegalNote(rule, text, told["authority"], told["date"])


class _Classes:
    """The classes of things that sentences, and the page as a whole, mention."""

    def __init__(self, scan: Scan) -> None:
        entries = scan.rules.tables["profile-classes"]["class"]
        self._of: dict[str, frozenset[str]] = {}
        for number, sentence in enumerate(scan.document.sentences):
            folded = sentence.text.lower()
            self._of[sentence.text] = frozenset(
                e["name"]
                for e in entries
                if scan.has(number, *e.get("slots", ())) or any(w in folded for w in e.get("words", ()))
            )
        self.page = frozenset[str]().union(*self._of.values())

    def of(self, finding: Finding) -> frozenset[str]:
        """The classes that hold for a finding."""
        return self._of.get(finding.context) or self.page
