"""What a reader may choose about a report. Nothing here changes the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

View = Literal["patient", "editor"]


class Options(Struct, frozen=True):
    """How to show a report.

    `view` is whose questions it answers: the patient's (why does it matter, what do I ask) or the editor's (what
    would the sentence need, who says so). `quiet` leaves one line a page; `verbose` shows every occurrence, the
    claims and the sources cited. `explain` adds the score's arithmetic, `why_not` the matches that were let go.
    `width` is in terminal columns, at least 40; `colour` adds terminal colours. `rule_pages` are addresses
    of rules by id, to which a terminal in colour links (OSC 8).
    """

    view: View = "patient"
    quiet: bool = False
    verbose: bool = False
    explain: bool = False
    why_not: bool = False
    width: int = 80
    colour: bool = False
    rule_pages: Mapping[str, str] = field(default_factory=dict)
