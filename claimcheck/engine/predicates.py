"""The named conditions of rule files: about a match's sentence, and about the page as a whole.

A rule names them in `when`; "not NAME" asks for the opposite. All are pure functions of what the scan found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from claimcheck.context.once import once, once_each
from claimcheck.context.scan import Scan
from claimcheck.engine import sourcing
from claimcheck.engine.pagewide import fee_near, registered_study, status_stated
from claimcheck.engine.place import Facts, Place
from claimcheck.programs import expression
from claimcheck.text import wording


def _serious(place: Place) -> bool:
    return not place.scan.rules.serious.isdisjoint(place.scan.words[place.sentence].keys)


def _systems(place: Place) -> int:
    return len({system for _, _, system in place.scan.systems(place.sentence)})


def _near(place: Place, *slots: str, words: int = 12) -> bool:
    numbers = {place.scan.rules.slots.get(s) for s in slots}
    for start, end, its in place.scan.words[place.sentence].terms:
        if not numbers.isdisjoint(its):
            between = place.text[end : place.start] if end <= place.start else place.text[place.end : start]
            if len(between.split()) <= words:
                return True
    return False


def _risk_near(place: Place) -> bool:
    """A risk or harm is what the words are about, and not something they say gets less."""
    strong = place.scan.rules.slots.get("efficacy.strong")
    terms = place.scan.words[place.sentence].terms
    less = any(strong in slots and place.start <= a < place.end for a, _, slots in terms)
    return not less and _near(place, "risk", words=6)


def _testimonial(place: Place) -> bool:
    """Words of a patient: a quotation block, or first person inside quotation marks or as a whole sentence."""
    if not wording.first_person(place.text):
        return False
    if place.kind == "quote":
        return True
    before, after = place.text[: place.start], place.text[place.end :]
    return (before.count('"') % 2 == 1 and '"' in after) or wording.opens_in_first_person(place.text)


_HELPS = expression(r"\b(?:can|could|helps?|helping|aids?|aiding|supports?|promotes?|stimulates?|encourages?)\b")


_LIFE_SAVING = expression(
    r"\b(?:chemo(?:therapy)?|radiotherapy|radiation|cancer|sepsis|insulin|type 1 diabetes|stroke|dialysis)\b"
)


def _weak_form(place: Place) -> bool:
    """The effect is introduced by "can", "help" or "aid" rather than stated flatly."""
    return bool(_HELPS.search(place.text[max(place.start - 40, 0) : place.end]))


_NOUN_OF_REPAIR = expression(
    r"(?:regeneration|repair|renewal|restoration|rejuvenation|regrowth|properties|qualities)\Z"
)


def _short_list(place: Place) -> bool:
    """The match ends a heading or lead-in whose list does not name conditions of three body systems or more."""
    leads = re.search(r"\b(?:treats?|helps?(?: with)?|address(?:es)?)\W*\Z", place.text)
    if not leads or place.text.rstrip().endswith("."):
        return False
    document, named = place.scan.document, set()
    for number in range(place.sentence + 1, min(place.sentence + 61, len(document.sentences))):
        if document.blocks[document.sentences[number].block].kind not in ("item", "cell"):
            break
        named |= {system for _, _, system in place.scan.systems(number)}
    return len(named) < 3


def _nominal(place: Place) -> bool:
    """Repair is named ("signals for tissue repair"), with no verb of effect before it that would state it."""
    if not _NOUN_OF_REPAIR.search(place.text[place.start : place.end]):
        return False
    verbs = (place.scan.terms(place.sentence, f"efficacy.{group}") for group in ("strong", "weak"))
    return not any(a < place.end - 12 and place.start - a < 40 for terms in verbs for a, _, _ in terms)


def _label(place: Place) -> bool:
    """The match stands in a heading, an item or a cell, or the sentence has no full stop."""
    if ":" in place.text[place.start : place.end]:
        return True
    return place.kind in ("heading", "item", "cell") or place.text.rstrip()[-1:] not in ".!?"


def _selling(place: Place) -> bool:
    """The page or the sentence sells, promotes, or is about what is sold unapproved."""
    return page_sells(place.scan, place.facts) or place.has(*_SOLD, "offer.own")


def page_sells(scan: Scan, facts: Facts) -> bool:
    """The page sells or promotes, speaks against medicine or is about what is sold unapproved, or none of it can be
    told."""
    return facts.page_type in ("offer", "promo") or facts.against_medicine or _about_what_is_sold(scan)


@once_each
def _about_what_is_sold(scan: Scan) -> bool:
    """One sentence in ten names what is sold unapproved, or there are too few to tell."""
    number = len(scan.words)
    return number < 4 or 10 * sum(not words.keys.isdisjoint(_SOLD) for words in scan.words) >= number


_SOLD = (
    "treatment.unproven", "treatment.supplement", "treatment.gene-cell",
    "ingredient.herb", "ingredient.compound", "ingredient.oil", "ingredient.gadget", "ingredient.drip",
)  # fmt: skip


_FIGURE = expression(r"(\d{1,3})(?:\.\d+)? ?(?:%|per ?cent)")
_COUNT = expression(
    r"\bn ?= ?\d|\b\d+ (?:of|out of) \d+\b"
    r"|\b\d+ (?:\w+ )?(?:patients|adults|people|participants|children|women|men|volunteers)\b"
)


def _high_figure(place: Place) -> bool:
    """The figure is 90 per cent or more."""
    return any(int(m[1]) >= 90 for m in _FIGURE.finditer(place.text[place.start : place.end]))


def _nearby_count(place: Place) -> bool:
    """A number of people is stated within two sentences."""
    near = range(max(place.sentence - 2, 0), min(place.sentence + 3, len(place.scan.words)))
    return any(_counts_people(place.scan, number) for number in near)


@once
def _counts_people(scan: Scan, sentence: int) -> bool:
    return bool(_COUNT.search(scan.words[sentence].folded))


def _reported_count(place: Place) -> bool:
    """The sentence reports a count of people and points to a source, if only by a mark."""
    pointed = place.facts.cited.get(place.sentence, 0) >= 1 or re.search(r"\[\d{1,3}\]|[¹²³]", place.text)
    return bool(pointed) and _counts_people(place.scan, place.sentence)


def _described_study(place: Place) -> bool:
    """A study's design and number of people are given within two sentences, though nothing to find it by."""
    low, high = max(place.sentence - 2, 0), place.sentence + 3
    return _nearby_count(place) and any("study.design" in m.keys for m in place.scan.words[low:high])


def _mislabelled(place: Place) -> bool:
    """The words name another venue than the link beside them leads to, or an index as if it published studies."""
    span = place.scan.source_span(place.sentence, place.start, place.end)
    return span in place.facts.mislabelled or wording.names_index(place.text[place.start : place.end])


def _mismatch(place: Place) -> bool:
    """A source cannot bear the sentence: its title or address says so, or what the page tells of it."""
    if place.misused:
        return any(PREDICATES[name](place) for name in ("null-source", "other-condition", "other-treatment"))
    if not place.sources:
        return False
    said = sourcing.own_words(place.sources, place.text)
    figure = re.search(r"%|per ?cent", place.text[place.start : place.end])
    return sourcing.cannot_bear(place.sources, said, figure is not None)


_UNAPPROVED = tuple(f"product.{group}" for group in ("cell", "blood", "gas", "drip", "compound", "folk"))


PREDICATES: dict[str, Callable[[Place], bool]] = {
    "serious-condition": _serious,
    "condition": lambda p: p.has("condition"),
    "several-systems": lambda p: _systems(p) >= 3,
    "treatment": lambda p: p.has("treatment", "ingredient"),
    "unproven-treatment": lambda p: p.has("treatment.unproven", "treatment.gene-cell"),
    "own-offer": lambda p: p.has("offer.own"),
    "vulnerable": lambda p: p.has("people.vulnerable", "people.child"),
    "child": lambda p: p.has("people.child"),
    "heading": lambda p: p.kind == "heading",
    "item": lambda p: p.kind in ("item", "cell"),
    "offer-page": lambda p: p.facts.page_type == "offer",
    "promotional-page": lambda p: p.facts.page_type in ("offer", "promo"),
    "watch-page": lambda p: p.facts.page_type == "watch",
    "cited": lambda p: p.facts.cited.get(p.sentence, 0) >= 2,
    "uncited": lambda p: p.facts.cited.get(p.sentence, 0) < 2,
    "testimonial": _testimonial,
    "outcome-near": lambda p: _near(p, "outcome", "efficacy", "efficacy-noun"),
    "risk-near": _risk_near,
    "weak-form": _weak_form,
    "label": _label,
    "nominal": _nominal,
    "short-list": _short_list,
    "selling": _selling,
    "no-evidence": lambda p: not p.facts.evidenced,
    "high-figure": _high_figure,
    "reported-count": _reported_count,
    "nearby-count": _nearby_count,
    "described-study": _described_study,
    "source-named": lambda p: wording.names_source(p.text),
    "tentative": lambda p: wording.tentative(p.text),
    "animal-named": lambda p: wording.names_species(p.text),
    "evidence-based-only": lambda p: wording.only_evidence_based(p.text[p.start : p.end]),
    "press-release": lambda p: sourcing.unpublished_release(p.sources, p.text),
    "said-unpublished": lambda p: sourcing.says_preprint(p.sources, p.text),
    "preprint": lambda p: sourcing.preprint(p.sources, p.text) and not sourcing.says_preprint(p.sources, p.text),
    "preprint-server-named": lambda p: sourcing.names_server(p.sources, p.text),
    "registry-only": lambda p: sourcing.registry_only(p.sources),
    "retracted-source": lambda p: sourcing.retracted(p.sources),
    "source-mismatch": _mismatch,
    "null-source": lambda p: "null" in p.misused,
    "other-condition": lambda p: "condition" in p.misused,
    "other-treatment": lambda p: "treatment" in p.misused and p.has("treatment", "ingredient", "product"),
    "lent-evidence": lambda p: p.sentence in p.facts.lent and p.has(*_SOLD, "product") and sourcing.draws_on(p.text),
    "venue-mislabelled": _mislabelled,
    "life-saving-care": lambda p: bool(_LIFE_SAVING.search(p.text)),
    "drug-or-standard-care": lambda p: p.has("drug", "standard-care"),
    "unapproved-product": lambda p: p.has(*_UNAPPROVED),
    "status-stated": lambda p: status_stated(p.scan),
    "registered-study": lambda p: registered_study(p.scan),
    "fee-near": lambda p: fee_near(p.scan, p.sentence),
}


OF_SENTENCE: frozenset[str] = frozenset(
    "serious-condition condition several-systems treatment unproven-treatment own-offer vulnerable child selling "
    "reported-count nearby-count described-study source-named tentative animal-named press-release said-unpublished "
    "preprint preprint-server-named registry-only retracted-source null-source other-condition "
    "other-treatment lent-evidence life-saving-care drug-or-standard-care "
    "unapproved-product fee-near".split()
)
"""Predicates that are the same for every match in a sentence, and are worked out for the first."""


OF_OTHERS: frozenset[str] = frozenset(
    "short-list nearby-count described-study status-stated registered-study fee-near".split()
)
"""Predicates that ask what other sentences say, whatever the match; all the others ask the words, the kind of block,
what stands behind the sentence, and what kind of page it is."""


def holds(name: str, place: Place) -> bool:
    """Whether a predicate of a sentence, or its opposite ("not NAME"), holds."""
    return all_hold((name,), place)


def all_hold(names: Iterable[str], place: Place) -> bool:
    """Whether every one of these predicates holds; they are asked in their order, until one does not."""
    for name in names:
        denied = name.startswith("not ")
        asked = name[4:] if denied else name
        if asked in OF_SENTENCE:
            known, question = place.facts.known, (asked, place.sentence)
            answer = known.get(question)
            if answer is None:
                answer = known[question] = PREDICATES[asked](place)
        else:
            answer = PREDICATES[asked](place)
        if answer is denied:
            return False
    return True
