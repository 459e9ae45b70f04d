"""Two reports on versions of one page, and what became of everything the first one says."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import zip_longest
from typing import TypeVar

from msgspec import Struct

from claimcheck.compare.align import Pair, align, words_of
from claimcheck.compare.shape import (
    KINDS,
    PARTS,
    ClaimChange,
    Comparison,
    FindingChange,
    Kind,
    PartChange,
    Sentences,
    Version,
)
from claimcheck.model import (
    SEVERITIES,
    STRENGTHS,
    Citation,
    Claim,
    Evidence,
    Finding,
    LedgerLine,
    Report,
    Severity,
)
from claimcheck.text.sentences import cut

_BY_PEOPLE = frozenset({"suppressed", "baseline", "ignored"})

_T = TypeVar("_T")


class _Side(Struct, frozen=True):
    """A version's sentences by source offset."""

    starts: tuple[int, ...]
    texts: tuple[str, ...]

    def at(self, offset: int) -> int | None:
        """The index of the sentence that begins at or before an offset."""
        k = bisect_right(self.starts, offset) - 1
        return k if k >= 0 else None


def compare(old: Report, new: Report) -> Comparison:
    """What changed from one version of a page to the next. Where the reports carry no page text, only the sentences
    that they quote are compared."""
    before, after = _side(old), _side(new)
    pairs = align(before.texts, after.texts)
    counts = Counter(p.how for p in pairs)
    into = {p.old: p.new for p in pairs if p.old is not None and p.new is not None}
    left, came, both = _findings(old, new, before, after, into)
    hidden = {(f.rule, f.fingerprint) for f in new.suppressed if f.because and f.because.context in _BY_PEOPLE}
    gone = tuple(f for f in left if (f.rule, f.fingerprint) not in hidden)
    evidence_gone, evidence_came = _parted(old.evidence, new.evidence, *_EVIDENCE)
    citations_gone, citations_came = _parted(old.citations, new.citations, _citation)
    omissions_gone, omissions_came = _parted(old.omissions, new.omissions, lambda o: o.rule)
    scores = old.verdict.score, new.verdict.score
    return Comparison(
        old=_version(old, len(before.texts)),
        new=_version(new, len(after.texts)),
        score_delta=None if scores[0] is None or scores[1] is None else scores[1] - scores[0],
        sentences=Sentences(counts["same"], counts["reworded"], counts["added"], counts["removed"]),
        claims=tuple(_claims(old, new, before, after, pairs)),
        new_findings=came,
        gone_findings=gone,
        stayed=tuple(c for c in both if c.direction != "same" or words_of(c.old.context) != words_of(c.new.context)),
        kept=len(both),
        set_aside=tuple(f for f in left if (f.rule, f.fingerprint) in hidden),
        evidence_added=evidence_came,
        evidence_removed=evidence_gone,
        citations_added=citations_came,
        citations_removed=citations_gone,
        omissions_new=omissions_came,
        omissions_mended=omissions_gone,
        credits_gained=tuple(c for c in new.verdict.credits if c not in old.verdict.credits),
        credits_lost=tuple(c for c in old.verdict.credits if c not in new.verdict.credits),
        ledger=_ledger(old.verdict.arithmetic, new.verdict.arithmetic),
    )


def worsened(comparison: Comparison) -> tuple[Finding, ...]:
    """The findings that are new, or graded higher than they were."""
    return comparison.new_findings + tuple(c.new for c in comparison.stayed if c.direction == "worse")


def _side(report: Report) -> _Side:
    found: dict[int, str] = {}
    for block in report.page:
        for start, end in cut(block.text):
            found.setdefault(block.map.start_of(start), block.text[start:end])
    if not report.page:
        found |= {c.start: c.sentence for c in report.claims}
        quoted = {c.sentence for c in report.claims}
        found |= {f.start: f.context for f in report.findings if f.context and f.context not in quoted}
    places = sorted(found)
    return _Side(tuple(places), tuple(found[p] for p in places))


def _version(report: Report, sentences: int) -> Version:
    v = report.verdict
    counts = sentences, len(report.claims), len(report.findings)
    return Version(report.title, v.label, v.score, v.level, v.traceability, *counts)


# --- claims ------------------------------------------------------------------------------------------------


def _claims(old: Report, new: Report, before: _Side, after: _Side, pairs: Sequence[Pair]) -> Iterable[ClaimChange]:
    """Every claim of either version, in the order of the pages, by what became of it."""
    here, there = _claims_by_sentence(old, before), _claims_by_sentence(new, after)
    changes = []
    for pair in pairs:
        was = here.get(pair.old, []) if pair.old is not None else []
        now = there.get(pair.new, []) if pair.new is not None else []
        words = (
            before.texts[pair.old] if pair.old is not None else "",
            after.texts[pair.new] if pair.new is not None else "",
        )
        changes += [ClaimChange(_kind(a, b, pair), *words, a, b) for a, b in zip_longest(was, now)]
    return sorted(changes, key=lambda c: KINDS.index(c.kind))


def _claims_by_sentence(report: Report, side: _Side) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in report.claims:
        if (k := side.at(claim.start)) is not None:
            found[k].append(claim)
    return found


def _kind(old: Claim | None, new: Claim | None, pair: Pair) -> Kind:
    if pair.how in ("added", "removed"):
        return "added" if pair.how == "added" else "removed"
    rank = _rank(new) - _rank(old)
    if rank:
        return "hardened" if rank > 0 else "softened"
    return "unchanged" if pair.how == "same" else "reworded"


def _rank(claim: Claim | None) -> int:
    return STRENGTHS.index(claim.strength) if claim else -1


# --- findings ----------------------------------------------------------------------------------------------


def _findings(
    old: Report, new: Report, before: _Side, after: _Side, into: dict[int, int]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], list[FindingChange]]:
    """Findings that went, that came, and that are in both: by fingerprint, then by rule and paired sentence."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for k, finding in enumerate(new.findings):
        waiting[finding.rule, finding.fingerprint].append(k)
    kept: dict[int, int] = {}
    for k, finding in enumerate(old.findings):
        if like := waiting[finding.rule, finding.fingerprint]:
            kept[k] = like.pop(0)
    taken = set(kept.values())
    by_sentence: dict[Hashable, list[int]] = defaultdict(list)
    for k, finding in enumerate(new.findings):
        if k not in taken:
            by_sentence[finding.rule, _where(finding, after)].append(k)
    for k, finding in enumerate(old.findings):
        if k in kept:
            continue
        place = _where(finding, before)
        if like := by_sentence[finding.rule, place if place is None else into.get(place, -1)]:
            kept[k] = like.pop(0)
    taken = set(kept.values())
    return (
        _gravest(f for k, f in enumerate(old.findings) if k not in kept),
        _gravest(f for k, f in enumerate(new.findings) if k not in taken),
        [_change(old.findings[a], new.findings[b]) for a, b in sorted(kept.items(), key=lambda p: p[1])],
    )


def _gravest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (-SEVERITIES.index(f.severity), f.start, f.end, f.rule)))


def _where(finding: Finding, side: _Side) -> int | None:
    """The sentence of a finding, None for one about the page as a whole."""
    return None if finding.start == finding.end else side.at(finding.start)


def _change(old: Finding, new: Finding) -> FindingChange:
    rank: Callable[[Severity], int] = SEVERITIES.index
    step = rank(new.severity) - rank(old.severity)
    return FindingChange(old, new, "worse" if step > 0 else "milder" if step < 0 else "same")


# --- grounds -----------------------------------------------------------------------------------------------


def _citation(citation: Citation) -> Hashable:
    return (citation.identifier or citation.url).rstrip("/").casefold() or (citation.kind, words_of(citation.quote))


_EVIDENCE: tuple[Callable[[Evidence], Hashable], ...] = (
    lambda e: (e.level, e.design, words_of(e.quote)),
    lambda e: (e.level, e.design, e.direction, e.participants, e.treatment.casefold(), e.condition.casefold()),
)


def _parted(
    old: Sequence[_T], new: Sequence[_T], *keys: Callable[[_T], Hashable]
) -> tuple[tuple[_T, ...], tuple[_T, ...]]:
    """What went and what came, of things that are the same where one of the keys says so, the earlier key first.
    What stands several times counts as often."""
    for key in keys:
        spare = Counter(map(key, new))
        kept: Counter[Hashable] = Counter()
        gone = []
        for item in old:
            name = key(item)
            if spare[name] > kept[name]:
                kept[name] += 1
            else:
                gone.append(item)
        came = []
        for item in new:
            name = key(item)
            if kept[name] > 0:
                kept[name] -= 1
            else:
                came.append(item)
        old, new = gone, came
    return tuple(old), tuple(new)


def _ledger(old: Sequence[LedgerLine], new: Sequence[LedgerLine]) -> tuple[PartChange, ...]:
    """The parts of the two ledgers; their differences add up to that of the scores."""
    sums = [{p: sum(line.points for line in lines if line.part == p) for p in PARTS} for lines in (old, new)]
    return tuple(
        PartChange(p, round(sums[0][p], 4), round(sums[1][p], 4), round(sums[1][p] - sums[0][p], 4))
        for p in PARTS
        if sums[0][p] or sums[1][p]
    )
