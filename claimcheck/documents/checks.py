"""The named conditions and structural checks of document rules: functions of a whole page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from claimcheck.claims.stories import tells_of_recovery
from claimcheck.context.mentions import UNSAID, mentions
from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.subjects import Subjects, subjects_of
from claimcheck.context.surroundings import Surroundings
from claimcheck.documents.case import case_of
from claimcheck.engine.place import Facts
from claimcheck.ladder import FOLLOWABLE
from claimcheck.model import SEVERITIES, STRENGTHS, Claim, Finding
from claimcheck.programs import expression
from claimcheck.rules.files import FlagRule

if TYPE_CHECKING:
    from claimcheck.evidence import Ground

Anchor = tuple[int, int]
"""Source offsets of the best example; (0, 0) where the page as a whole is meant."""

NOWHERE: Anchor = (0, 0)

_PROMISES = frozenset({"cure", "guarantee", "safety", "efficacy"})
_HUMAN_STUDY, _REVIEW = 3, 8
_NO_STUDY = frozenset(
    {"negated", "questioned", "warned", "aim", "planned", "missing", "conditional", "attributed", "quoted"}
)
_NOT_HELPED = _NO_STUDY | {"subject"}
_READING = expression(
    r"articles?|research|stud(?:y|ies)|scien(?:ce|tific)|publications?|papers?|journal|evidence|blog|white-?paper|trials?"
    r"|learn|results|library|news"
)
_MOST_OF_ONE = 0.6
"""A page most of whose mentions belong to one body system is about that illness and what it brings."""

_MANY_CONDITIONS, _MANY_SYSTEMS, _MANY_BENEFITS = 4, 3, 3


class Page(Struct, frozen=True, dict=True):
    """Everything document rules may ask about."""

    scan: Scan
    facts: Facts
    ground: Ground
    claims: Sequence[Claim]
    findings: Sequence[Finding]
    around: Surroundings

    @cached_property
    def subjects(self) -> Subjects:
        """Which sentences speak of the treatment."""
        return subjects_of(self.scan)

    @cached_property
    def study(self) -> Anchor | None:
        """The first study in people that the page invokes for the treatment."""
        return _study(self)

    @cached_property
    def testimonial(self) -> Anchor | None:
        """The first patient's story of getting better."""
        return next((self.span(n) for n in self.numbers if tells_of_recovery(self.scan, self.around, n)), None)

    @cached_property
    def answers(self) -> dict[str, bool]:
        """What has been found out about the page, by the name of the condition."""
        return {}

    @property
    def numbers(self) -> range:
        """The numbers of the page's sentences."""
        return range(len(self.scan.words))

    def holding(self, *slots: str) -> Iterator[int]:
        """The numbers of the sentences that hold a term of any of these lexicons or groups."""
        return (number for number, marked in enumerate(self.scan.words) if not marked.keys.isdisjoint(slots))

    def holds(self, name: str) -> bool:
        """Whether the named condition, or with "not " before it its contrary, is met."""
        if name not in self.answers:
            plain = name.removeprefix("not ")
            self.answers[name] = PAGE_PREDICATES[plain](self) is (plain == name)
        return self.answers[name]

    def span(self, sentence: int) -> Anchor:
        """The source offsets of a sentence."""
        s = self.scan.document.sentences[sentence]
        return s.start, s.end

    def states(self, rule: FlagRule) -> bool:
        """Whether the page says what an absence rule looks for."""
        unsaid = (UNSAID | set(rule.unless.context)) - set(rule.unless.keep)
        found = mentions(
            self.scan,
            self.around,
            self.subjects,
            f"absent:{rule.id}",
            of_treatment=rule.match.absent_about == "treatment",
            unless=f"overlap:{rule.id}",
            unsaid=frozenset(unsaid),
        )
        return next(found, None) is not None


def _claim(page: Page) -> bool:
    """Some benefit is asserted, be it conditionally; a mere report of a study is none."""
    return any(STRENGTHS.index(c.strength) >= STRENGTHS.index("conditional") for c in page.claims)


def _unproven_product(page: Page) -> bool:
    """A claim is made for a product that is unapproved as a class (cells, exosomes, drips ...)."""
    return any(True for _ in page.holding("treatment.unproven", "treatment.gene-cell"))


def _grave(page: Page) -> bool:
    return any(
        SEVERITIES.index(f.severity) >= SEVERITIES.index("high") and f.family in _PROMISES for f in page.findings
    )


def _indirect_status(page: Page) -> bool:
    return any(page.subjects.near(n) for n in page.holding("status.indirect"))


PAGE_PREDICATES: Mapping[str, Callable[[Page], bool]] = {
    "claim": _claim,
    "offer": lambda p: p.facts.page_type == "offer",
    "promotional": lambda p: p.facts.page_type in ("offer", "promo"),
    "info": lambda p: p.facts.page_type == "info",
    "trial-mentioned": lambda p: p.study is not None,
    "unproven-product": _unproven_product,
    "testimonials": lambda p: p.testimonial is not None,
    "figures": lambda p: any("%" in c.sentence or "percent" in c.sentence for c in p.claims),
    "indirect-status": _indirect_status,
    "grave-finding": _grave,
}


def _study(page: Page) -> Anchor | None:
    for evidence in page.ground.evidence:
        if _HUMAN_STUDY <= evidence.level <= _REVIEW and evidence.treatment:
            return evidence.start, evidence.end
    for number in page.holding("study.word"):
        if page.subjects.near(number):
            for start, end, word in page.scan.terms(number, "study.word"):
                covering = page.around.contexts(number, start, end)
                if ("trial" in word or "clinical stud" in word) and not covering & _NO_STUDY:
                    return page.span(number)
    return None


def _no_traceable_source(page: Page) -> Anchor | None:
    return NOWHERE if case_of(page.scan, page.ground, page.claims).followable < FOLLOWABLE else None


def _no_registered_trial(page: Page) -> Anchor | None:
    if any(c.traceability >= FOLLOWABLE for c in page.ground.citations):
        return None
    return page.study


def _many_conditions(page: Page) -> Anchor | None:
    """Four or more conditions of three or more body systems, none with a source, said to be helped by one treatment:
    each after a verb or noun of effect, or as an item of a list of conditions."""
    names: set[str] = set()
    seen: Counter[str] = Counter()
    best: tuple[int, int] = (0, 0)
    for number in page.holding("condition"):
        if page.subjects.of(number) and page.facts.cited.get(number, 0) < FOLLOWABLE:
            here = dict(_helped(page, number))
            names.update(here)
            seen.update(here.values())
            best = max(best, (len(set(here.values())), -number))
    spread = max(seen.values(), default=0) <= _MOST_OF_ONE * seen.total()
    if len(names) >= _MANY_CONDITIONS and len(seen) >= _MANY_SYSTEMS and spread:
        return page.span(-best[1])
    return None


def _helped(page: Page, number: int) -> Iterator[tuple[str, str]]:
    """The conditions that a sentence says are helped, each with its body system."""
    listed, text = _short_item(page, number), page.scan.words[number].folded
    for start, end, system, governed in _named(page.scan, number):
        if (governed or listed) and _NOT_HELPED.isdisjoint(page.around.contexts(number, start, end)):
            yield text[start:end], system


@once
def _named(scan: Scan, number: int) -> Sequence[tuple[int, int, str, bool]]:
    """The conditions that a sentence names as more than a complaint: start, end, body system, and whether a verb or
    noun of effect stands before it."""
    verbs = [end for slot in ("efficacy", "efficacy-noun") for _, end, _ in scan.terms(number, slot)]
    first = min(verbs, default=len(scan.words[number].folded))
    complaints = {(start, end) for start, end, _ in scan.terms(number, "symptom")}
    return [(*named, named[0] >= first) for named in scan.systems(number) if named[:2] not in complaints]


def _short_item(page: Page, sentence: int) -> bool:
    s = page.scan.document.sentences[sentence]
    return page.scan.document.blocks[s.block].kind in ("item", "cell") and len(s.text.split()) <= 6


def _own_links_only(page: Page) -> Anchor | None:
    """The only things offered for reading are the page's own."""
    if any(c.traceability >= FOLLOWABLE for c in page.ground.citations):
        return None
    for citation in page.ground.citations:
        if citation.link_class == "own" and _READING.search(f"{citation.url} {citation.quote}".lower()):
            return citation.start, citation.end
    return None


def _untied_references(page: Page) -> Anchor | None:
    """A reference that no sentence points to and no identifier or link resolves, or a study named without the means
    to find it."""
    tied = {k for indexes in page.ground.supports.values() for k in indexes}
    for number, citation in enumerate(page.ground.citations):
        resolved = citation.resolved or citation.url or citation.identifier
        if citation.kind == "malformed" or (citation.kind == "reference" and number not in tied and not resolved):
            return citation.start, citation.end
    for evidence in page.ground.evidence:
        if evidence.traceability == 1 and evidence.treatment and evidence.level >= _HUMAN_STUDY:
            return evidence.start, evidence.end
    return None


def _lopsided(page: Page) -> Anchor | None:
    """The harms of standard care are told, those of the treatment nowhere, and its benefits at length."""
    rule = page.scan.rules.rule.get("no-risks-mentioned")
    if len(page.claims) < _MANY_BENEFITS or rule is None or page.states(rule):
        return None
    for number in page.holding("drug", "standard-care"):
        if not page.subjects.of(number):
            for start, end, _ in page.scan.terms(number, "risk"):
                if not UNSAID & page.around.contexts(number, start, end):
                    return page.span(number)
    return None


def _contradictory_disclaimer(page: Page) -> Anchor | None:
    """A disclaimer takes back what findings elsewhere on the page show to be promised."""
    promised = [f for f in page.findings if f.family in _PROMISES and SEVERITIES.index(f.severity) >= 2]
    if not promised or not any(s.context == "legal" for n in page.numbers for s in page.around.own(n)):
        return None
    for number in page.numbers:
        if "legal" in page.around.labels(number):
            start, end = page.span(number)
            if any(not start <= f.start < end for f in promised):
                return start, end
    return None


PAGE_CHECKS: Mapping[str, Callable[[Page], Anchor | None]] = {
    "no-traceable-source": _no_traceable_source,
    "no-registered-trial": _no_registered_trial,
    "many-conditions": _many_conditions,
    "own-links-only": _own_links_only,
    "untied-references": _untied_references,
    "testimonial": lambda p: p.testimonial,
    "lopsided-comparison": _lopsided,
    "contradictory-disclaimer": _contradictory_disclaimer,
}
