"""Which sentences speak of the treatment the page is about: by name, by pronoun, or under a heading that names it.

Claims, credits and omissions all ask this, so that what is said of steroids or of the illness is never held for or
against the treatment.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import NamedTuple

from msgspec import Struct

from claimcheck.context.once import once, once_each
from claimcheck.context.scan import Scan
from claimcheck.programs import expression

NAMED = ("treatment.unproven", "treatment.supplement", "treatment.gene-cell")
GENERIC = "treatment.generic"

_CORE = frozenset(
    {
        "therapy",
        "treatment",
        "infusion",
        "infusions",
        "injection",
        "injections",
        "procedure",
        "protocol",
        "drip",
        "drips",
    }
)
"""Generic words that on a page with a treatment of its own mean that one, whatever stands before them but these:"""

_OTHER = expression(
    r"(?:standard|conventional|existing|usual|current|approved|established|traditional|routine|ordinary|other|prescribed"
    r"|medical|drug|first[ -]line|supportive|previous|prior|alternative|available|hospital|cancer|steroid|long-term"
    r"|immunosuppressive|necessary|effective)(?:[ -](?:medical|drug|medicine|care|or|and|of|[a-z]{1,12}ive))? \Z"
)
_MEANT = expression(
    r"(?:\A|[\"'(,;:—] ?|\b(?:the|this|that|these|our|your|each|every|an?|one|of|with|after|before|during|by|and|or"
    r"|from|under|in|for|receiv\w+|own|unique|advanced|new|novel|natural|regenerative|innovative|special"
    r"|personali[sz]ed) )\Z"
)
"""What stands before a generic word that has no kind of its own ("the treatment", not "talk therapy")."""

_OUR = expression(r"\b(?:our|this|these)(?: [\w-]+){0,2} \Z")
_THE = expression(r"\bthe \Z")

_CONTINUES = expression(
    r"\W*(?:it|its|it's|they|their|this|these|those|such|both|the (?:cells|treatment|therapy|procedure|infusions?"
    r"|product|formula|effects?|benefits?|results?|improvements?|method|approach|technique)|here|in addition"
    r"|additionally|moreover|furthermore|also|as a result|in plain terms|in short|for example|that is)\b"
)
_RESULTS = expression(
    r"\W*(?:(?:most|many|some|all|our|the|nearly|almost|over|about|more than|up to|a|half|of|\d[\d.,%]*|[a-z]+teen"
    r"|[a-z]+ty) ){0,4}(?:patients?|people|participants?|adults|children|clients?|users?|volunteers|results?|benefits?"
    r"|improvements?|symptoms?|you|half|third|quarter|studies|trials?|research)\b"
)
_SELLER = expression(
    r"\b(?:we|our (?!bod|own bod|lives|life|hair|skin|cells|immune|health|children|famil|society)\w+)\b"
)
_ACTS_WITHIN = 25
"""Characters between the seller and the verb."""

_INVITES = expression(
    r"\W*(?:say goodbye|say hello|get|find|enjoy|experience|regain|reclaim|feel|live|end|stop|start|discover|achieve"
    r"|wake|return|no more|fewer|less|more|better|faster)\b"
)
_FIGURES = expression(r"\d ?%|\bper ?cent\b|\b(?:half|third|quarter|majority)\b|\b\d+ of \d+\b")


@once_each
def subjects_of(scan: Scan) -> Subjects:
    """The page's subjects, worked out once for all who ask."""
    return Subjects(scan)


class Subjects(Struct, dict=True):
    """Answers, for one page, which sentences concern the treatment and what it is called there."""

    scan: Scan

    def names(self, sentence: int) -> str:
        """The treatment the sentence itself names, as written (folded), or the empty string."""
        return _named(self.scan, sentence)[self._sells]

    def of(self, sentence: int) -> str:
        """The treatment the sentence is about, named in it or carried over, or the empty string."""
        return self._about[sentence]

    def near(self, sentence: int, start: int = 0, end: int = 0) -> bool:
        """Whether the sentence concerns the treatment: it speaks of it, or of nothing else on a page about one, or
        stands beside a sentence that does. One about standard care or an illness does not; words in the span from
        `start` to `end` do not count as such ("not an established treatment")."""
        if self._about[sentence]:
            return True
        if self._others(sentence, start, end, "drug", "standard-care"):
            return False
        if self.named_on_page and not self._others(sentence, start, end, "condition"):
            return True
        return any(self._about[n] for n in self._beside(sentence))

    def _others(self, sentence: int, low: int, high: int, *slots: str) -> bool:
        """Whether a term of these lexicons stands outside a span, and is no harm or complaint as well ("infection")."""
        complaints = {(a, b) for slot in ("risk", "symptom") for a, b, _ in self.scan.terms(sentence, slot)}
        found = {(a, b) for slot in slots for a, b, _ in self.scan.terms(sentence, slot)} - complaints
        return any(not (low <= a and b <= high) for a, b in found)

    @cached_property
    def named_on_page(self) -> bool:
        """Whether the page names a treatment that is no standard care."""
        return any(self.scan.has(n, *NAMED) for n in range(len(self.scan.words)))

    def _beside(self, sentence: int) -> list[int]:
        sentences = self.scan.document.sentences
        return [
            n
            for n in (sentence - 1, sentence + 1)
            if 0 <= n < len(sentences) and sentences[n].block == sentences[sentence].block
        ]

    @cached_property
    def _sells(self) -> bool:
        """Whether "the treatment" on this page can only be the one it sells or names."""
        return self.named_on_page or any(self.scan.has(n, "offer.own") for n in range(len(self.scan.words)))

    @cached_property
    def _about(self) -> list[str]:
        document = self.scan.document
        above = self.scan.governors
        of_block: dict[int, str] = {}
        about: list[str] = []
        for number, sentence in enumerate(document.sentences):
            block = document.blocks[sentence.block]
            own = self.names(number)
            if not own and block.kind not in ("reference", "code"):
                first = not number or document.sentences[number - 1].block != sentence.block
                before = "" if first else about[number - 1]
                governing = next((of_block[b] for b in reversed(above[sentence.block]) if of_block.get(b)), "")
                own = self._carried(number, before, governing, block.kind)
            about.append(own)
            if own:
                of_block[sentence.block] = own
        return about

    def _carried(self, number: int, before: str, governing: str, kind: str) -> str:
        """The treatment of the sentence before, or of the heading or lead-in, where this sentence continues it."""
        words = _continuing(self.scan, number)
        if before and (words.continues or words.figures):
            return before
        if self.scan.has(number, "drug", "standard-care"):
            return ""
        if governing and (words.continues or kind in ("item", "cell", "heading")):
            return governing
        return "the treatment" if words.sells and self._sells else ""


class _Continuing(NamedTuple):
    """How a sentence that names no treatment goes on with the one before it: `continues` by its first words, `figures`
    by giving results; `sells` says that it speaks of what is sold here, on a page that sells."""

    continues: bool
    figures: bool
    sells: bool


@once
def _continuing(scan: Scan, sentence: int) -> _Continuing:
    text = scan.words[sentence].folded
    elided = _begins_with(scan, sentence, "efficacy") or bool(_INVITES.match(text))
    continues = elided or bool(_CONTINUES.match(text) or _RESULTS.match(text))
    results = scan.has(sentence, "outcome", "measure", "symptom") and not _begins_with(scan, sentence, "condition")
    promises = elided and scan.has(sentence, "efficacy", "efficacy-noun", "symptom")
    return _Continuing(
        continues, results and bool(_FIGURES.search(text)), promises or _seller_acts(scan, sentence, text)
    )


@once
def _named(scan: Scan, sentence: int) -> tuple[str, str]:
    """The treatment that a sentence names, as written (folded): on any page, and on one that sells."""
    for slot in NAMED:
        for _, _, text in scan.terms(sentence, slot):
            return text, text
    text = scan.words[sentence].folded
    at_a_seller = ""
    for start, _, word in scan.terms(sentence, GENERIC):
        before = text[max(0, start - 60) : start]
        meant = (word in _CORE and _MEANT.search(before)) or _OUR.search(before) or _THE.search(before)
        if meant and not (_OTHER.search(before) or _of_a_drug(scan, sentence, start)):
            at_a_seller = at_a_seller or word
            if "our " in before:
                return word, at_a_seller
    return "", at_a_seller


def _of_a_drug(scan: Scan, sentence: int, start: int) -> bool:
    """Whether the generic word belongs to a drug or a standard procedure ("insulin therapy")."""
    return any(0 <= start - end <= 1 for slot in ("drug", "standard-care") for _, end, _ in scan.terms(sentence, slot))


def _seller_acts(scan: Scan, sentence: int, text: str) -> bool:
    """Whether "we" or "our ..." is what acts: a verb of effect follows within a few words."""
    verbs = [start for start, _, _ in scan.terms(sentence, "efficacy")[:20]]
    sellers = islice(_SELLER.finditer(text), 20) if verbs else ()
    return any(0 <= start - m.end() <= _ACTS_WITHIN for m in sellers for start in verbs)


def _begins_with(scan: Scan, sentence: int, slot: str) -> bool:
    terms = scan.terms(sentence, slot)
    return bool(terms) and not scan.words[sentence].folded[: terms[0][0]].strip(" \"'(*•✔✓★-–")
