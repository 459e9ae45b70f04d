"""What a percentage in a claim comes without: of how many, compared with what, from where."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.model import Evidence
from claimcheck.programs import expression

_PEOPLE, _COMPARISON = "the number of people", "a comparison"
_FIGURE = expression(r"\d ?%|\bper ?cent\b|\bsuccess rate\b|\b(?:\d+|nine|eight|seven) (?:out of|in) (?:\d+|ten)\b")
_OF_HOW_MANY = expression(
    r"\bn ?= ?\d|\b\d+ (?:out )?of (?:the )?\d+\b|\bof (?:the |our )?\d[\d,]* "
    r"|\b\d[\d,]* (?:[\w-]+ ){0,2}(?:patients|people|adults|children|women|men|participants|volunteers|cases|knees)\b"
)
_COMPARED = expression(
    r"\b(?:compared|versus|vs|placebo|sham|controls?|untreated|usual care|standard care|than)\b|\bagainst \d"
)


def figure(scan: Scan, sentence: int, evidence: Sequence[Evidence], cited: bool) -> str:
    """The end of a sentence that says what the figure of a claim lacks; "" where it has no figure or lacks nothing."""
    lacks = []
    unsaid = _unsaid(scan, sentence)
    if unsaid is None:
        return ""
    mine = [e for e in evidence if not e.other]
    if _PEOPLE in unsaid and not any(e.participants for e in mine):
        lacks.append(_PEOPLE)
    if _COMPARISON in unsaid and not any(e.particulars.comparator not in ("", "none") for e in mine):
        lacks.append(_COMPARISON)
    if not cited and not any(e.citations for e in mine):
        lacks.append("a source")
    if not lacks:
        return ""
    return "; its figure comes without " + " and ".join([", ".join(lacks[:-1]), lacks[-1]] if len(lacks) > 1 else lacks)


@once
def _unsaid(scan: Scan, sentence: int) -> tuple[str, ...] | None:
    """What the sentence itself does not say of its figure; None where it has none."""
    text = scan.document.sentences[sentence].text.lower()
    if not _FIGURE.search(text):
        return None
    said = ((_PEOPLE, _OF_HOW_MANY), (_COMPARISON, _COMPARED))
    return tuple(what for what, words in said if not words.search(text))
