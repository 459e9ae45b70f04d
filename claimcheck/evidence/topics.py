"""What a described study is about: the treatment, the condition, and whether anybody is named behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

from claimcheck.context.once import once
from claimcheck.context.scan import Scan
from claimcheck.context.subjects import subjects_of
from claimcheck.evidence.cues import Cues
from claimcheck.evidence.relevance import condition_named
from claimcheck.programs import expression

_SECTION = 12  # sentences before a study's own, in its section, that may name its treatment
_INSTITUTION = "University|Institute|Hospital|College|Academy|School|Cent(?:er|re)|Clinic|Foundation"
_NAMED = expression(
    r"\b[A-Z][a-z]+ [A-Z]{1,3}\b(?:, [A-Z][a-z]+ [A-Z]{1,3}){0,9} and colleagues|\bet al\b"
    r"|\b[A-Z][a-z]+ and (?:colleagues|co-?workers)\b"
    rf"|\b(?:{_INSTITUTION}) (?:of|for) [A-Z]|\b[A-Z]\w+ (?:{_INSTITUTION})\b"
    r"|\b(?:[Pp]ublished|[Rr]eported|appeared) in (?:the )?(?:journal )?[A-Z]"
    r"|\b(?:Journal of|The Lancet|New England Journal|Cochrane|NEJM|JAMA|BMJ|PLoS|PLOS|Nature [A-Z])"
    r"|\b[Tt]he [A-Z]{3,10}(?:-[A-Z0-9]{1,6})? (?:trial|study)\b"
    r"|\b(?:groups?|researchers|team|investigators|scientists) (?:in|at|from) (?:the )?[A-Z]"
)
_TESTED = expression(r" ?(?:trials?|stud(?:y|ies))? ?(?:of|testing|using) (?:[\w\-]{1,20} ){0,2}")
"""What stands between a design and what it tested."""
_UNPROVEN = ("treatment.unproven", "treatment.gene-cell", "treatment.supplement")
_OTHER = ("drug", "standard-care")
_MORE = ("ingredient", "product", "treatment.generic")
"""What a title may name beside a drug that could be what was tested."""


@once
def _names_somebody(scan: Scan, sentence: int) -> bool:
    return bool(_NAMED.search(scan.document.sentences[sentence].text))


class Topics:
    """Answers for one page what its studies are about."""

    def __init__(self, scan: Scan, cues: Cues) -> None:
        self._scan = scan
        self._cues = cues
        self._subjects = subjects_of(scan)

    def treatment(self, sentences: Sequence[int], start: int, end: int, around: bool = True) -> tuple[str, bool]:
        """The treatment a study tested, as the page writes it (folded), and whether it is an unproven one.

        Looked for in the study's own sentences, nearest to its design words (`start`, `end` in the first); then,
        with `around`, before them in the section and in the headings above. Where a drug or standard care was
        tested instead, the treatment is "". A mere "therapy" counts where the page means its own by it.
        """
        first = sentences[0]
        outside = chain(self._before(first), self._above(first)) if around else ()
        for number in chain(sentences, outside):
            where = (start, end) if number == first else (0, 0)
            for slot in _UNPROVEN if self._scan.has(number, *_UNPROVEN) else ():
                if found := self._nearest(number, slot, *where):
                    return found, slot != "treatment.gene-cell"
            if number in sentences and self._other(number):
                return "", False
        return (self._subjects.of(first) if around else ""), False

    def other(self, sentences: Sequence[int], end: int, title: bool = False) -> str:
        """The drug or standard care that a study tested instead of an unproven treatment (folded), "" if none is told.

        "A trial of metformin" is one of metformin, whatever else its sentence names; `end` is where the design words
        of the first sentence end. A `title` of a list entry tells everything that was tested.
        """
        first = sentences[0]
        folded = self._scan.words[first].folded
        terms = [(a, text) for slot in _OTHER for a, _, text in self._scan.terms(first, slot)]
        ours = [(n, a) for n in sentences for slot in _UNPROVEN for a, _, _ in self._scan.terms(n, slot)]
        if title and (ours or self._scan.has(first, *_MORE) or self._cues.find("comparator", folded)):
            return ""
        for start, text in sorted(terms):
            if ours and not _TESTED.fullmatch(folded[end:start] if start >= end else ""):
                continue
            if any(n != first or a >= end for n, a in ours) or self._cues.ends("comparator", folded[:start]):
                continue
            return text
        return ""

    def condition(self, sentences: Sequence[int]) -> str:
        """The first condition named by these sentences, those before them or the headings above (folded)."""
        first = sentences[0]
        for number in chain(sentences, islice(self._before(first), 2), self._above(first)):
            if text := condition_named(self._scan, number):
                return text
        return ""

    def named(self, sentence: int) -> bool:
        """Whether a group, an institution, a journal or a trial is named in the sentence or the one before it."""
        return any(_names_somebody(self._scan, n) for n in (sentence, *islice(self._before(sentence), 1)))

    def _other(self, sentence: int) -> bool:
        """Whether a drug or standard care is what was tested, not only what it is compared with or added to."""
        folded = self._scan.words[sentence].folded
        terms = [start for slot in _OTHER for start, _, _ in self._scan.terms(sentence, slot)]
        return any(not self._cues.ends("comparator", folded[:start]) for start in terms)

    def _nearest(self, sentence: int, slot: str, start: int, end: int) -> str:
        terms = [(max(a - end, start - b, 0), a, text) for a, b, text in self._scan.terms(sentence, slot)]
        return min(terms)[2] if terms else ""

    def _before(self, sentence: int) -> Iterator[int]:
        """The sentences before one in its section, the nearest first."""
        document = self._scan.document
        for number in range(sentence - 1, max(-1, sentence - 1 - _SECTION), -1):
            if document.blocks[document.sentences[number].block].kind == "heading":
                break
            yield number

    def _above(self, sentence: int) -> Iterator[int]:
        """The first sentences of the headings and the lead-in above a sentence, the nearest first."""
        above = self._scan.governors[self._scan.document.sentences[sentence].block][-3:]
        yield from (self._firsts[block] for block in sorted(above, reverse=True) if block in self._firsts)

    @cached_property
    def _firsts(self) -> dict[int, int]:
        out: dict[int, int] = {}
        for number, sentence in enumerate(self._scan.document.sentences):
            out.setdefault(sentence.block, number)
        return out
