"""A page's findings, claims and evidence to its verdict, or to the admission that there is nothing to weigh."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from claimcheck.context.mentions import ENOUGH_WORDS, word_count
from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.documents.case import Case, case_of, reports_no_effect, supporting
from claimcheck.engine.place import Facts
from claimcheck.model import Claim, Finding, Label, Verdict
from claimcheck.verdict.credits import credits_of
from claimcheck.verdict.explain import explanation, no_claim, reasons, too_short
from claimcheck.verdict.score import tally

if TYPE_CHECKING:
    from claimcheck.evidence import Ground


def weigh(
    scan: Scan,
    facts: Facts,
    ground: Ground,
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    around: Surroundings,
) -> Verdict:
    """The verdict. `findings` are those charged.

    There is no score for a page of fewer than 25 words, nor for one that says nothing of a treatment's effect and
    does not explain established care to its readers. But grave findings are always judged.
    """
    case = case_of(scan, ground, claims)
    critical = any(f.severity == "critical" for f in findings)
    grave = critical or any(f.severity == "high" and f.family != "omissions" for f in findings)
    explains = case.care and facts.page_type in ("info", "watch") and not facts.against_medicine
    case = replace(case, care=explains)
    words = word_count(scan)
    if not critical and words < ENOUGH_WORDS:
        return _abstains("too-short", too_short(words), facts, case)
    if not (grave or claims or explains or reports_no_effect(ground)):
        return _abstains("no-claim", no_claim(), facts, case)
    credits = credits_of(scan, facts, around, supporting(scan, ground, claims))
    result = tally(findings, case, credits)
    return Verdict(
        label=result.label,
        score=result.score,
        explanation=explanation(case, result, findings, scan.rules),
        reasons=reasons(result, findings, case, scan.document.places),
        arithmetic=result.lines,
        page_type=facts.page_type,
        strength=case.strength,
        strongest=case.strongest,
        level=case.level,
        traceability=case.traceability,
        need=case.need,
        gap=case.gap,
        gates=result.gates,
        credits=tuple(c.title for c in credits),
    )


def _abstains(label: Label, why: str, facts: Facts, case: Case) -> Verdict:
    return Verdict(
        label=label,
        score=None,
        explanation=why,
        reasons=(),
        arithmetic=(),
        page_type=facts.page_type,
        strength=case.strength,
        strongest=case.strongest,
        level=case.level,
        traceability=case.traceability,
        need=case.need,
        gap=case.gap,
    )
