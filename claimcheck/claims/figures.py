"""What a percentage in a claim comes without: of how many, compared with what, from where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.model import Evidence
from claimcheck.programs import expression

_FIGURE = expression(
    r"\d ?%|\bper ?cent\b|\bsuccess rate\b|\b(?:\d+|nine|eight|seven) (?:out of|in) (?:\d+|ten)\b", re.IGNORECASE
)
_OF_HOW_MANY = expression(
    r"\bn ?= ?\d|\b\d+ (?:out )?of (?:the )?\d+\b|\bof (?:the |our )?\d[\d,]* "
    r"|\b\d[\d,]* (?:[\w-]+ ){0,2}(?:patients|people|adults|children|women|men|participants|volunteers|cases|knees)\b",
    re.IGNORECASE,
)
_COMPARED = expression(
    r"\b(?:compared|versus|vs|placebo|sham|controls?|untreated|usual care|standard care|than)\b|\bagainst \d",
    re.IGNORECASE,
)


def figure(text: str, evidence: Sequence[Evidence], cited: bool) -> str:
    """The end of a sentence that says what the figure of a claim lacks; "" where it has no figure or lacks nothing."""
    if not _FIGURE.search(text):
        return ""
    mine = [e for e in evidence if not e.other]
    lacks = []
    if not _OF_HOW_MANY.search(text) and not any(e.participants for e in mine):
        lacks.append("the number of people")
    if not _COMPARED.search(text) and not any(e.particulars.comparator not in ("", "none") for e in mine):
        lacks.append("a comparison")
    if not cited and not any(e.citations for e in mine):
        lacks.append("a source")
    if not lacks:
        return ""
    return "; its figure comes without " + " and ".join([", ".join(lacks[:-1]), lacks[-1]] if len(lacks) > 1 else lacks)
