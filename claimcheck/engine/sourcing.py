"""What can be told, without opening it, of the sources that stand behind a sentence: their kind, title and label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimcheck.model import Citation
from claimcheck.patterns.words import fold
from claimcheck.programs import expression

Sources = Sequence[Citation]

_PUBLISHED = frozenset({"journal", "index", "agency"})
"""Classes of links that lead to something reviewed before it was published."""

_RELEASE = expression(
    r"\b(?:(?:press|news|media) releases?|top-?line (?:data|results?)|investor (?:update|presentation|call|deck)s?"
    r"|corporate presentations?|press room|newsroom|company (?:release|announcement)"
    r"|(?:company|manufacturer|maker) (?:has |have )?(?:announced|reports?|reported|says|said)"
    r"|(?:prnewswire|pr newswire|business ?wire|globe ?newswire|einpresswire|eurekalert))\b"
)
_LABELLED = expression(r"\b(?:pre-?prints?|not (?:yet )?(?:been )?(?:peer[ -]?reviewed|published|checked))\b")
_SERVER = expression(r"\b(?:biorxiv|medrxiv|research ?square|ssrn|preprints\.org|osf)\b")
_ADDRESS = expression(r"(?:https?://|www\.|doi\.org/)\S{1,300}|\b10\.\d{4,9}/\S{1,200}")
_ANIMALS = expression(
    r"\b(?:mice|mouse|murine|rats?|rodents?|rabbits?|canine|dogs?|equine|horses?|porcine|pigs?|sheep|ovine"
    r"|zebrafish|macaques?|primates?|in vitro|ex vivo|cell lines?|cell cultures?|cultured|organoids?|animal models?"
    r"|xenografts?)\b"
)
_NO_RESULT = expression(
    r"\b(?:(?:study|trial|review) protocol|protocol (?:for|of)|study design|rationale and design|design and rationale"
    r"|statistical analysis plan|editorial|commentary|viewpoint|perspectives?|opinions?|letter to the editor"
    r"|hypothes[ie]s|surveys? of (?:opinions?|attitudes|patients|doctors)|abstract book|book of abstracts)\b"
)
_OVERVIEW = expression(
    r"\b(?:(?:narrative|literature|mini-?|state-of-the-art) ?reviews?|a review|an overview|current perspectives"
    r"|update)\b"
)
_WEIGHED = expression(r"\b(?:systematic|meta-?analys[ie]s|cochrane|umbrella|scoping)\b")
_DRAWS = expression(
    r"\b(?:in the same way|the same (?:effects?|results?|benefits?|pathways?|mechanisms?|way|thing|is true|goes|holds)"
    r"|likewise|similarly|just (?:as well|like)|so (?:does|do|will|can) (?:our|the|this)|as well as (?:the drug|it)"
    r"|(?:this|that|which) (?:shows|proves|confirms|means|is why)|that is why|these (?:results|findings|data)"
    r"|on the same (?:grounds|basis|evidence|principle)|mimics?|works? like|acts? like)\b"
)
_RETRACTED = expression(r"\b(?:retracted|retraction|withdrawn (?:article|paper))\b")


def unpublished_release(sources: Sources, text: str) -> bool:
    """Whether the best behind a sentence (`text`, folded) is what a company announced."""
    if any(c.link_class in _PUBLISHED for c in sources):
        return False
    return any(c.link_class == "press" for c in sources) or bool(_RELEASE.search(text))


def preprint(sources: Sources, text: str) -> bool:
    """Whether a preprint stands behind the sentence (`text`, folded), and nothing that was reviewed."""
    if any(c.link_class in _PUBLISHED for c in sources):
        return False
    return any(c.link_class == "preprint" for c in sources) or bool(_SERVER.search(text))


def says_preprint(sources: Sources, text: str) -> bool:
    """Whether a reader of the sentence learns that the source is no reviewed article."""
    return bool(_LABELLED.search(_words(text)) or any(_LABELLED.search(fold(c.quote)) for c in sources))


def names_server(sources: Sources, text: str) -> bool:
    """Whether the words, not only the address, name a preprint server."""
    return any(_SERVER.search(_words(t)) for t in (text, *(fold(c.quote) for c in sources)))


def registry_only(sources: Sources) -> bool:
    """Whether trial registrations are all that stands behind the sentence."""
    kinds = {c.link_class for c in sources if c.link_class != "unknown" or c.traceability} - {"own"}
    return kinds == {"registry"}


def cannot_bear(sources: Sources, said: str, figure: bool) -> bool:
    """Whether a source's title or address says that it cannot bear a claim about people.

    It was retracted, it reports no result (a protocol, an editorial), it was done in animals or cells, or all there is
    for a `figure` is a review that weighed nothing systematically. `said` are the sentence's own words, folded: where
    they name the animals or the kind of source, nobody is misled.
    """
    titles = [_title(c) for c in sources]
    for kind in (_RETRACTED, _NO_RESULT, _ANIMALS):
        if any(kind.search(t) for t in titles) and not kind.search(said):
            return True
    return figure and bool(titles) and all(_OVERVIEW.search(t) and not _WEIGHED.search(t) for t in titles)


def draws_on(text: str) -> bool:
    """Whether a sentence (folded) draws a conclusion from what stands beside it: "in the same way", "so does"."""
    return bool(_DRAWS.search(text))


def own_words(sources: Sources, text: str) -> str:
    """A sentence's words (`text`, folded) without the link texts and addresses in it."""
    for c in sources:
        text = text.replace(fold(c.quote), " ")
    return _words(text)


def retracted(sources: Sources) -> bool:
    """Whether a source is marked as retracted."""
    return any(_RETRACTED.search(_title(c)) for c in sources)


def _title(citation: Citation) -> str:
    """The words of a source and of its address, folded, with the address's separators as spaces."""
    return fold(f"{citation.quote} {citation.resolved} " + re.sub(r"[-_/.%+]+", " ", citation.url))


def _words(text: str) -> str:
    """The text without addresses, which name what the words leave unsaid."""
    return _ADDRESS.sub(" ", text)
