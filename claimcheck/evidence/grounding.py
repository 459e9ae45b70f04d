"""Citations, studies and windows put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence.appraisal import Found, appraise
from claimcheck.evidence.citations import Pointer, find_citations
from claimcheck.evidence.relevance import misfits, sharing
from claimcheck.evidence.studies import StudyReader
from claimcheck.evidence.topics import Topics
from claimcheck.evidence.windows import evidence_windows, supported
from claimcheck.model import Citation, Evidence

UNSTATED = 2  # ladder level of a source whose design the page does not say, as for a narrative review
_SOURCES = frozenset({"journal", "index", "preprint", "agency", "university"})
_TREATMENTS = ("treatment.unproven", "treatment.supplement", "treatment.gene-cell")

Gathered = tuple[
    tuple[Citation, ...],
    tuple[Evidence, ...],
    dict[int, tuple[int, ...]],
    dict[int, tuple[int, ...]],
    dict[int, dict[int, frozenset[str]]],
]


def gather(scan: Scan, surroundings: Surroundings, base_url: str) -> Gathered:
    """Citations, evidence, and by sentence the indexes of the citations and the evidence in its window, and in what
    that evidence does not fit it."""
    tables = scan.rules.tables
    pointers, listed = find_citations(scan.document, scan.rules, base_url)
    supports = supported(scan, pointers, listed, tables["marks"])
    citing = _citing(pointers, supports)
    reader = StudyReader(scan, surroundings, listed)
    topics = Topics(scan, reader.cues)
    found: list[Found] = []
    for study in reader.read():
        by = () if study.entry is None else citing.get(study.entry, ())
        if one := appraise(reader, topics, study, pointers, supports, by):
            found.append(one)
    found += _unstated(scan, topics, pointers, supports, found, citing)
    found.sort(key=lambda f: (f.evidence.start, -f.evidence.level))
    described = evidence_windows(scan.document, [f.sentences for f in found])
    citations, evidence = tuple(p.citation for p in pointers), tuple(f.evidence for f in found)
    described = sharing(citations, evidence, supports, described)
    unfit = misfits(scan, citations, evidence, [f.told for f in found], supports, described)
    return citations, evidence, supports, described, unfit


def _citing(pointers: Sequence[Pointer], supports: Mapping[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """By block of a reference-list entry, the sentences that cite it."""
    out: dict[int, list[int]] = defaultdict(list)
    for number, ks in supports.items():
        for k in ks:
            if pointers[k].entry:
                out[pointers[k].block].append(number)
    return {block: tuple(numbers) for block, numbers in out.items()}


def _unstated(
    scan: Scan,
    topics: Topics,
    pointers: Sequence[Pointer],
    supports: Mapping[int, tuple[int, ...]],
    found: Sequence[Found],
    citing: Mapping[int, tuple[int, ...]],
) -> list[Found]:
    """Sources cited, or listed, for a treatment without a word on what kind of study they are."""
    described = {n for f in found for n in f.sentences}
    known = {k for f in found for k in f.evidence.citations}
    behind: dict[int, list[int]] = defaultdict(list)
    for number, ks in supports.items():
        if number in described or not scan.has(number, *_TREATMENTS, "treatment.generic"):
            continue
        for k in ks:
            if pointers[k].target is None and k not in known and _independent(pointers[k]):
                behind[k].append(number)
    entries = {p.block: k for k, p in enumerate(pointers) if p.entry and k not in known and _independent(p)}
    about: dict[int, tuple[int, str]] = {}
    for number, sentence in enumerate(scan.document.sentences):
        if (index := entries.get(sentence.block)) is not None and scan.has(number, *_TREATMENTS):
            behind[index] += citing.get(sentence.block, ())
            about[index] = number, next(t for slot in _TREATMENTS for _, _, t in scan.terms(number, slot))
    return [
        _unknown(topics, pointers[k], k, sorted(set(numbers)), about.get(k)) for k, numbers in sorted(behind.items())
    ]


def _independent(pointer: Pointer) -> bool:
    return pointer.citation.traceability >= 2 and pointer.citation.link_class in _SOURCES


def _unknown(topics: Topics, pointer: Pointer, index: int, numbers: list[int], about: tuple[int, str] | None) -> Found:
    """`about` is the sentence of the list entry that names a treatment, and that name."""
    own = (about[0],) if about else tuple(numbers)
    c = pointer.citation
    preprint = c.link_class == "preprint"
    evidence = Evidence(
        level=UNSTATED - preprint,
        design="source whose design is not stated",
        direction="unclear",
        traceability=c.traceability,
        start=c.start,
        end=c.end,
        line=c.line,
        quote=c.quote,
        treatment=about[1] if about else topics.treatment(numbers, 0, 0)[0] if numbers else "",
        condition=topics.condition(own) if own else "",
        limits=("preprint, not peer reviewed",) if preprint else (),
        citations=(index,),
    )
    return Found(evidence, tuple(numbers), own)
