"""A study as Evidence: its level after what weakens it, its direction, how well it can be traced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from claimcheck.context.scan import Scan
from claimcheck.evidence.citations import Pointer
from claimcheck.evidence.cues import Cues
from claimcheck.evidence.designs import grade
from claimcheck.evidence.details import Direction, direction, participants, phase, population
from claimcheck.evidence.particulars import particulars
from claimcheck.evidence.studies import Study, StudyReader
from claimcheck.evidence.topics import Topics
from claimcheck.model import Citation, Evidence

SMALL = 20  # participants: below this a result counts as imprecise (GRADE) and the study is called small
_TERMS = 4  # outcome measures that are named of one study
_QUOTE = 600  # characters of a study's sentence that are kept
_WORTHLESS = frozenset({"own", "shop", "news", "company", "encyclopaedia", "unknown"})


class Found(Struct, frozen=True):
    """A piece of evidence, the sentences in whose window it stands, and those whose words tell of it."""

    evidence: Evidence
    sentences: tuple[int, ...]
    told: tuple[int, ...]


def appraise(
    reader: StudyReader,
    topics: Topics,
    study: Study,
    pointers: Sequence[Pointer],
    supports: Mapping[int, tuple[int, ...]],
    supported: Sequence[int] = (),
) -> Found | None:
    """A study as Evidence, with the sentences it stands behind; None where it shows nothing.

    `supported` are the sentences that cite the study's reference-list entry. An approval or a guideline for an
    unproven treatment counts only where the page points to it; so does an entry that leads nowhere independent.
    """
    scan, cues, whole = reader.scan, reader.cues, study.whole
    level, title = grade(study.names, whole, reader.designs)
    if study.entry is None:
        cited = tuple(sorted({k for n in study.sentences for k in supports.get(n, ())}))
    else:
        cited = tuple(k for n in supported for k in supports[n] if pointers[k].block == study.entry)
        cited = cited[:1] or tuple(k for k, p in enumerate(pointers) if p.entry and p.block == study.entry)
    sources = [pointers[k].citation for k in cited]
    if study.entry is not None and all(c.link_class in _WORTHLESS and c.traceability < 2 for c in sources):
        return None
    treatment, unproven = topics.treatment(study.sentences, study.start, study.end, study.entry is None)
    other = topics.other(study.sentences, study.end, study.entry is not None)
    if other:
        treatment = ""
    if level == 9 and unproven and not any(_authority(c) for c in sources):
        return None
    size = next((n for t in (study.text, *study.rest) if (n := participants(t, cues)) is not None), None)
    level, limits = _weakened(scan, study, level, size, sources, cues)
    first = study.sentences[0]
    text = scan.document.sentences[first].text
    start, end = scan.source_span(first, 0, len(text))
    evidence = Evidence(
        level=level,
        design=title,
        direction=_points(study, cues),
        traceability=_trace(study, size, topics.named(first), sources, cues),
        start=start,
        end=end,
        line=scan.document.place(start)[0],
        quote=text[:_QUOTE],
        treatment=treatment,
        other=other,
        condition=topics.condition(study.sentences),
        participants=size,
        phase=phase(whole),
        population=population(whole, study.names, cues),
        limits=limits,
        citations=cited,
        particulars=particulars(
            whole, _named(scan, study, "measure.validated"), _named(scan, study, "measure.laboratory")
        ),
    )
    own = study.sentences if study.entry is None else ()
    return Found(evidence, tuple(sorted({*own, *supported})), tuple(study.sentences))


def _named(scan: Scan, study: Study, slot: str) -> tuple[str, ...]:
    """The first few terms of a word list that the study's sentences name (folded)."""
    terms = (text for n in study.sentences for _, _, text in scan.terms(n, slot))
    return tuple(dict.fromkeys(terms))[:_TERMS]


def _authority(c: Citation) -> bool:
    return c.link_class in ("agency", "journal", "index") and c.traceability > 1


def _trace(study: Study, size: int | None, named: bool, sources: Sequence[Citation], cues: Cues) -> int:
    """Traceability 0-3: that of the best source; 1 where only a size or a name is given; 1 at most for own data."""
    best = max((c.traceability for c in sources), default=0)
    if best == 0 and (size is not None or named):
        return 1
    return min(best, 1) if cues.find("ours", study.whole) else best


def _points(study: Study, cues: Cues) -> Direction:
    if study.entry is not None:  # a title asks more often than it answers
        return "against" if direction(study.text, cues) == "against" else "unclear"
    told = [d for text in (study.text, *study.rest) if (d := direction(text, cues)) != "unclear"]
    return told[0] if told else "unclear"


def _weakened(
    scan: Scan, study: Study, level: int, size: int | None, sources: Sequence[Citation], cues: Cues
) -> tuple[int, tuple[str, ...]]:
    """The level after what weakens a study whatever its design, and those limits in words."""
    whole, limits, classes = study.whole, [], {c.link_class for c in sources}
    if study.names & {"uncontrolled-trial", "open-label"} and "randomised-trial" not in study.names:
        limits.append("no comparison group")
    if size is not None and size < SMALL and level >= 4:
        limits.append(f"only {size} participants")
    if cues.find("preprint", whole) or classes == {"preprint"}:
        level -= 1
        limits.append("preprint, not peer reviewed")
    if cues.find("press", whole) or (classes and classes <= {"press", "company"}):
        level = min(level, 4)
        limits.append("known from an announcement only")
    if classes == {"registry"} and size is None and _points(study, cues) == "unclear":
        limits.append("registered, no result told")
    if cues.find("conference", whole):
        level = min(level, 5)
        limits.append("conference abstract")
    if level >= 3 and _markers_only(scan, study):
        level -= 1
        limits.append("laboratory markers only")
    if cues.find("ours", whole):
        limits.append("the seller's own data")
    if cues.find("retracted", whole):
        level = 0
        limits.append("retracted")
    return max(level, 0), tuple(limits)


def _markers_only(scan: Scan, study: Study) -> bool:
    """Whether nothing but laboratory values is told of the result (GRADE: indirect outcome)."""
    felt = ("outcome", "symptom", "measure.validated", "efficacy-noun", "condition")
    told = any(scan.has(n, "measure.laboratory") for n in study.sentences)
    return told and not any(scan.has(n, *felt) for n in study.sentences)
