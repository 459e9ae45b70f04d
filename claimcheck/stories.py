"""Patients' own stories of getting better: claims by another mouth, for which the page answers."""

from __future__ import annotations

import re

from claimcheck.predicates import PREDICATES, Facts, Place
from claimcheck.scan import Scan
from claimcheck.surroundings import Surroundings

_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|my|me|mine)\b")
_BETTER = re.compile(
    r"\b(?:again|gone|vanish\w*|disappear\w*|better|stronger|younger|no longer|walk(?:s|ed|ing)?|run|runs"
    r"|hik(?:e|es|ing)|danc(?:e|es|ed|ing)|climb\w*|slept|(?:changed|saved) my life|life[ -]changing"
    r"|off (?:my|the|all) \w+|thanks to)\b"
)
_WORSE = re.compile(
    r"\b(?:lost|worse|regret\w*|su(?:ed|es|ing)|hurt|warn(?:s|ed)?|scammed|infected|harmed|damaged|blind)\b"
)
_NOT_THEIRS = frozenset({"warned", "attributed", "questioned", "historical", "conditional"})


def tells_of_recovery(scan: Scan, around: Surroundings, sentence: int) -> bool:
    """Whether the sentence is a patient's story of improvement: first person, quoted or told as such, with something
    that got better and nothing that got worse, and not reported to warn."""
    text = scan.marked[sentence].folded
    if not _FIRST_PERSON.search(text) or _WORSE.search(text):
        return False
    if not (PREDICATES["testimonial"](Place(scan, Facts(), sentence, 0, len(text))) or '"' in text):
        return False
    if not (_BETTER.search(text) or scan.has(sentence, "efficacy", "efficacy-noun", "outcome")):
        return False
    return not _NOT_THEIRS & around.covering(sentence, 0, len(text)).keys()
