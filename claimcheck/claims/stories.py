"""Patients' own stories of getting better: claims by another mouth, for which the page answers."""

from __future__ import annotations

from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.engine.place import Facts, Place
from claimcheck.engine.predicates import PREDICATES
from claimcheck.programs import expression

_FIRST_PERSON = expression(r"\b(?:i|i'm|i've|my|me|mine)\b")
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


def tells_of_recovery(scan: Scan, around: Surroundings, sentence: int) -> bool:
    """Whether the sentence is a patient's story of improvement: first person, in quotation marks or about the
    teller's own complaint, with something that got better and nothing that got worse, and not reported to warn."""
    text = scan.marked[sentence].folded
    if not _FIRST_PERSON.search(text) or _WORSE.search(text) or _TREATS.search(text):
        return False
    place = Place(scan, Facts(), sentence, 0, len(text))
    quoted = place.kind == "quote" or '"' in text
    complains = scan.has(sentence, "symptom", "condition")
    if not quoted and not (PREDICATES["testimonial"](place) and complains and _MINE.search(text)):
        return False
    if not (_BETTER.search(text) or (complains and scan.has(sentence, "efficacy", "efficacy-noun", "outcome"))):
        return False
    return not _NOT_THEIRS & around.covering(sentence, 0, len(text)).keys()
