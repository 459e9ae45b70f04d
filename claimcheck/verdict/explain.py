"""The verdict in words: one paragraph, and the few sentences that moved the score most.

It judges text, not truth and not clinics: it says what the cited evidence does not support, never what is false.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimcheck.context.mentions import ENOUGH_WORDS
from claimcheck.documents.case import Case
from claimcheck.ladder import RUNGS
from claimcheck.model import Finding, LedgerLine, Place, Strength
from claimcheck.rules.ruleset import RuleSet
from claimcheck.text.regions import whereabouts
from claimcheck.verdict.score import Tally

_KIND: Mapping[Strength, str] = {
    "none": "none",
    "correlational": "a report that two things go together",
    "conditional": "that something may be so",
    "can": "that the treatment can do something",
    "causal": "a direct statement of effect",
    "absolute": "a promise",
}
_POINTER = (
    "with nothing to follow",
    "named but not linked",
    "with enough detail to look it up",
    "linked, and independent of the page",
)
_MOST_REASONS = 3


def no_claim() -> str:
    """Why there is no score: nothing to weigh."""
    return "No claim about what a treatment does for people was found on this page, so there is nothing to weigh."


def too_short(words: int) -> str:
    """Why there is no score: too little text."""
    if not words:
        return "There is no English text here to weigh."
    return f"There are only {words} words of text here; with fewer than {ENOUGH_WORDS} there is too little to weigh."


def explanation(case: Case, result: Tally, findings: Sequence[Finding], rules: RuleSet) -> str:
    """The paragraph: strongest claim, best evidence, what that claim needs, findings, gaps, score."""
    parts = []
    if case.claims:
        quoted = _short(case.strongest, 160).rstrip(".")
        parts.append(f"The strongest claim is {_KIND[case.strength]} ({case.strength}): '{quoted}'.")
    elif case.care:
        parts.append("The page explains an illness and what medicine does about it, and claims no benefit beyond that.")
    else:
        parts.append("The page asserts no benefit of the treatment.")
    if case.level or case.traceability:
        pointer = _POINTER[case.traceability]
        parts.append(
            f"The best evidence the page points to is {RUNGS[case.level]} (level {case.level} of 9), {pointer}."
        )
        if case.against > case.level:
            parts.append(f"It also reports {RUNGS[case.against]} that found no effect.")
    elif case.claims:
        parts.append("The page points to no evidence for it.")
    if case.gap:
        need = f"{RUNGS[case.need]} (level {case.need})"
        parts.append(f"Such a claim needs {need}; it is not supported by the evidence this page cites.")
    elif case.claims and case.short:
        parts.append(f"That reaches what this claim needs; {case.short} of its claims have less beside them.")
    elif case.claims:
        parts.append("The wording stays within the evidence this page cites.")
    if main := _main(findings, rules):
        parts.append(f"Main findings: {'; '.join(main)}.")
    if gaps := _gaps(findings, rules):
        parts.append(f"The page does not tell you {'; '.join(gaps)}.")
    name = result.label.replace("-", " ")
    parts.append(f"Score {result.score} of 100: {name}.")
    return " ".join(parts)


def reasons(result: Tally, findings: Sequence[Finding], case: Case, places: Sequence[Place]) -> tuple[str, ...]:
    """At most three sentences that cost the page most, dearest first."""
    said = {(f.rule, f.start): f.message for f in findings}
    lost: list[tuple[float, str]] = []
    for line in result.lines:
        if line.points >= 0 or line.part == "rounding":
            continue
        lost.append((-line.points, _reason(line, said, places)))
    if not lost:
        return ("Nothing on the page goes beyond the evidence it cites.",) if case.claims and not case.short else ()
    return tuple(text for _, text in sorted(lost, key=lambda entry: -entry[0])[:_MOST_REASONS])


def _reason(line: LedgerLine, said: Mapping[tuple[str, int], str], places: Sequence[Place]) -> str:
    cost = f"{-line.points:.1f}".removesuffix(".0")
    rule = line.what.split(" ", 1)[0]
    words = said.get((rule, line.start if line.start is not None else 0), line.what)
    where = f" ({whereabouts(places, line.start, line.line)})" if line.line else ""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}{where}: {cost} points."


def _main(findings: Sequence[Finding], rules: RuleSet) -> list[str]:
    order = ("critical", "high", "medium")
    heavy = [f for f in findings if f.severity in order and f.family != "omissions"]
    heavy.sort(key=lambda f: (order.index(f.severity), f.start))
    titles = dict.fromkeys(rules.rule[f.rule].title.lower() for f in heavy if f.rule in rules.rule)
    return list(titles)[:3]


def _gaps(findings: Sequence[Finding], rules: RuleSet) -> list[str]:
    order = ("critical", "high", "medium", "low")
    found = [f for f in findings if f.family == "omissions" and f.severity in order and f.rule in rules.rule]
    found.sort(key=lambda f: order.index(f.severity))
    return [rules.rule[f.rule].gap.rstrip(".") for f in found if rules.rule[f.rule].gap][:3]


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " ..."
