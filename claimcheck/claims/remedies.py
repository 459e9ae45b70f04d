"""Advice to use something for an illness: "mix honey and lemon, drink thrice a day for asthma".

Such a sentence has no verb of effect, yet a reader takes it for what it is: the page says that this helps.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.programs import expression

_SUBSTANCES = ("treatment.supplement", "treatment.unproven", "ingredient", "product.folk")
_KITCHEN = expression(
    r"\b(?:honey|lemons?|limes?|ginger|garlic|onions?|cinnamon|vinegar|pepper|cloves?|cumin|fenugreek|basil|tulsi|neem"
    r"|mint|sage|thyme|rosemary|parsley|fennel|mustard|olive oil|coconut oil|almond oil|sesame|yogh?urt|buttermilk|ghee"
    r"|papaya|pineapple|banana|carrots?|cabbage|radish|spinach|potato|tomato|cucumber|amla|henna|cranberr(?:y|ies)"
    r"|baking soda|epsom salts?|hydrogen peroxide|urine|aloe(?: vera)?)\b"
)
_USE = expression(
    r"(?:\A|[.;:,(\-•] ?|\b(?:then|and|to|should|must|can|or|you|just|simply|also|by) )\W*"
    r"(?:mix|drink|take|apply|rub|chew|swallow|inhale|gargle|eat|massage|boil|grind|soak|sip|dab|steep|add|consume|use"
    r"|place|put|spread|pour|try|dissolve|crush|dilute|ingest|insert)(?:ing)?\b"
)
_REMEDY = expression(
    r"\b(?:remed(?:y|ies)|cures?|natural treatments?|herbs? (?:for|that)|good for|useful (?:for|in|against)"
    r"|to (?:treat|cure)|home treatments?|nature'?s|what (?:helps|works)|treat(?:s|ing)?|heals?|healing|relie[fv]\w*)\b"
)
_FOR = expression(r"\b(?:for|against|in|of|to|from|with|if|suffering|when|relie[fv]\w*|cures?|treats?)\b")
_ORDINARY = expression(
    r"\b(?:doctors?|physicians?|pharmacists?|prescri\w+|as directed|do not|don't|avoid\w*|never|stop\w*|instead of|side"
    r"[ -]effects?|plenty of (?:fluids?|water)|balanced|allerg\w+|cause[sd]?|causing|trigger\w*|risk|diet rich|evidence"
    r"|stud(?:y|ies)|trials?|recipes?|providers?)\b"
)
_TAKEN_BACK = frozenset({"negated", "warned", "questioned", "attributed", "historical", "missing", "planned", "legal"})
_EXCUSED = _TAKEN_BACK - {"missing"}  # "you need fast pain relief" misses nothing

_OFFERED = expression(
    r"\b(?:fast|fast-acting|instant|quick|rapid|amazing|wonderful|incredible|lasting|long-lasting|soothing|powerful"
    r"|effective|natural|drug-free|total|complete|real|great|deep|immediate|proven|remarkable|maximum)"
    r"(?:,? (?:and )?[a-z-]{3,14}){0,2} (?:pain|symptom|arthritis|migraine|headache|joint|muscle|back|allergy|itch"
    r"|stress|sinus|eczema|psoriasis|menopause|anxiety|nerve)[ -](?:pain )?relief\b"
)
"""Relief with praise before it is what the page sells, whatever that is called."""
_CALLED = expression(r" (?:remed(?:y|ies)|cures?)\b(?! (?:is|are|does|do|rates?|research)\b)")
_MOST = 20


def offers(scan: Scan, sentence: int) -> bool:
    """Whether a sentence can advise to use something, or offer relief, going by its words and its block."""
    return bool(_relief(scan, sentence)) or _names_use(scan, sentence)


def advised(scan: Scan, around: Surroundings, sentence: int) -> str:
    """The substance (folded) that a sentence tells its readers to use for an illness; empty where it does not.

    It names a herb, a food, a supplement or the like, tells to use it, and names an illness or a complaint; or it
    stands under a heading or a lead-in that promises remedies for one. Medicines, ordinary care and cautions are none.
    """
    if not _names_use(scan, sentence):
        return ""
    substance = _substance(scan, sentence)
    at = scan.words[sentence].folded.find(substance)
    if _TAKEN_BACK & around.contexts(sentence, at, at + len(substance)):
        return ""
    return substance if _use(scan, sentence)[1] or under_remedies(scan, sentence) else ""


def _names_use(scan: Scan, sentence: int) -> bool:
    """Whether a sentence names a substance and tells to use it, or lists it."""
    block = scan.document.blocks[scan.document.sentences[sentence].block]
    return (block.kind in ("item", "cell") or _use(scan, sentence)[0]) and bool(_substance(scan, sentence))


@once
def _use(scan: Scan, sentence: int) -> tuple[bool, bool]:
    """Whether the sentence tells to use something, and whether it says for which illness or complaint."""
    text = scan.words[sentence].folded
    if not _USE.search(text):
        return False, False
    return True, scan.has(sentence, "condition", "symptom") and bool(_FOR.search(text))


@once
def _substance(scan: Scan, sentence: int) -> str:
    """What the sentence speaks of that one could use; empty where it speaks of ordinary care, or asks."""
    text = scan.words[sentence].folded
    if text.rstrip().endswith("?") or _ordinary(scan, sentence):
        return ""
    for slot in _SUBSTANCES:
        for _, _, found in scan.terms(sentence, slot):
            return found
    kitchen = _KITCHEN.search(text)
    return kitchen[0] if kitchen else ""


@once
def _ordinary(scan: Scan, sentence: int) -> bool:
    """Whether the sentence speaks of medicines, ordinary care or cautions."""
    return scan.has(sentence, "drug", "standard-care") or bool(_ORDINARY.search(scan.words[sentence].folded))


def under_remedies(scan: Scan, sentence: int) -> bool:
    """Whether a sentence that names something to use stands under a heading or lead-in that names an illness and
    promises remedies for it."""
    if not _names_use(scan, sentence):
        return False
    document = scan.document
    above = set(scan.governors[document.sentences[sentence].block][-2:])
    if not above:
        return False
    for number in range(sentence - 1, max(-1, sentence - 60), -1):
        if document.sentences[number].block in above:
            text = scan.words[number].folded
            if scan.has(number, "condition", "symptom") and _REMEDY.search(text) and not _ORDINARY.search(text):
                return True
    return False


def offers_relief(scan: Scan, around: Surroundings, sentence: int) -> bool:
    """Whether a sentence offers relief by its name: "wherever you need fast pain relief", "the asthma cure"."""
    spans = _relief(scan, sentence)
    return any(_EXCUSED.isdisjoint(around.contexts(sentence, *span)) for span in spans)


@once
def _relief(scan: Scan, sentence: int) -> Sequence[tuple[int, int]]:
    """Where the words of the sentence offer relief."""
    text = scan.words[sentence].folded
    praised = _OFFERED.search(text)
    spans = [praised.span()] if praised else []
    for slot in ("condition", "symptom"):
        for start, end, _ in scan.terms(sentence, slot):
            if named := _CALLED.match(text, end):
                spans.append((start, named.end()))
    return spans[:_MOST] if spans and not _ordinary(scan, sentence) else ()
