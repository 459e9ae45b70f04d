"""Patients' own stories of getting better: claims by another mouth, for which the page answers."""

from __future__ import annotations

from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.programs import expression
from claimcheck.text.wording import first_person, opens_in_first_person

_BETTER = expression(
    r"\b(?:again|gone|vanish\w*|disappear\w*|better|stronger|younger|no longer|walk(?:s|ed|ing)?|run|runs"
    r"|hik(?:e|es|ing)|danc(?:e|es|ed|ing)|climb\w*|slept|(?:changed|saved) my life|life[ -]changing"
    r"|off (?:my|the|all) \w+|thanks to)\b"
)
_WORSE = expression(
    r"\b(?:lost|worse|regret\w*|su(?:ed|es|ing)|hurt|warn(?:s|ed)?|scammed|infected|harmed|damaged|blind)\b"
)
_TREATS = expression(
    r"\b(?:a|one|my|our|the|some|many|these) (?:patients?|clients?)\b|\bi (?:prescribe|recommend|advise)"
)
"""Words of one who treats others, not of a patient."""
_MINE = expression(r"\bmy\b|\bi (?:am|feel|felt|can|could|no longer|slept|sleep|walk|run|got|have been)\b")
_NOT_THEIRS = frozenset({"warned", "attributed", "questioned", "historical", "conditional"})

_STORY, _IF_QUOTED = "story", "story if quoted"


def tells(scan: Scan, sentence: int) -> bool:
    """Whether the words of a sentence can be a story of recovery."""
    return bool(_story(scan, sentence))


def tells_of_recovery(scan: Scan, around: Surroundings, sentence: int) -> bool:
    """Whether the sentence is a patient's story of improvement: first person, in quotation marks or about the
    teller's own complaint, with something that got better and nothing that got worse, and not reported to warn."""
    story, document = _story(scan, sentence), scan.document
    if not story or (story == _IF_QUOTED and document.blocks[document.sentences[sentence].block].kind != "quote"):
        return False
    return _NOT_THEIRS.isdisjoint(around.contexts(sentence, 0, len(scan.words[sentence].folded)))


@once
def _story(scan: Scan, sentence: int) -> str:
    """Whether the words are a patient's story, or are one if they stand in a quotation; empty where neither."""
    text = scan.words[sentence].folded
    if not first_person(text) or _WORSE.search(text) or _TREATS.search(text):
        return ""
    complains = scan.has(sentence, "symptom", "condition")
    if not (_BETTER.search(text) or (complains and scan.has(sentence, "efficacy", "efficacy-noun", "outcome"))):
        return ""
    own = complains and opens_in_first_person(text) and _MINE.search(text)
    return _STORY if own or '"' in text else _IF_QUOTED
