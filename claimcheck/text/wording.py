"""What the words of one sentence (folded) tell of who speaks, and how carefully of research."""

from __future__ import annotations

from claimcheck.programs import expression

_NAMED = expression(
    r"\b(?:et al|(?:18|19|20)\d\d|published (?:in|by)|journal of|in the (?:journal|lancet|bmj)|the lancet|jama|cochrane"
    r"|university|institute of|researchers (?:at|from))\b"
)
_TENTATIVE = expression(
    r"\b(?:may|might|could|possibly|perhaps|probably|likely|appears?|seems?|suggest(?:s|ed)?|some evidence|believe"
    r"|think|thought|preliminary|limited|unclear|not clear)\b"
)
_SPECIES = expression(
    r"\b(?:mice|mouse|rats?|rabbits?|dogs?|horses?|pigs?|sheep|goats|monkeys?|macaques?|zebrafish|hamsters?)\b"
)
_EVIDENCE_BASED = expression(r"evidence[ -]based")
_PROVEN = expression(r"\b(?:proven|validated|backed)\b")
_FIRST_PERSON = expression(r"\b(?:i|i'm|i've|my|me|mine)\b")
_OPENS_WITH_I = expression(r"\W*(?:i|my)\b")
_INDEX = expression(r"\b(?:pubmed|pmc|medline|clinicaltrials\.gov|google scholar|researchgate)\b")


def names_source(text: str) -> bool:
    """A year, a journal or an institution is named, though nothing to look up."""
    return bool(_NAMED.search(text))


def tentative(text: str) -> bool:
    """The sentence says somewhere that this may be so, not that it is."""
    return bool(_TENTATIVE.search(text))


def names_species(text: str) -> bool:
    """The animal is named, so that a reader can tell how far the result reaches."""
    return bool(_SPECIES.search(text))


def only_evidence_based(text: str) -> bool:
    """ "Evidence-based", and no stronger label beside it."""
    return bool(_EVIDENCE_BASED.search(text)) and not _PROVEN.search(text)


def names_index(text: str) -> bool:
    """An index or a registry of studies is named, which publishes none itself."""
    return bool(_INDEX.search(text))


def first_person(text: str) -> bool:
    """Somebody speaks of themselves."""
    return bool(_FIRST_PERSON.search(text))


def opens_in_first_person(text: str) -> bool:
    """The sentence begins with whoever speaks: "I ...", "My ..."."""
    return bool(_OPENS_WITH_I.match(text))
