"""Document rules to findings: what a page as a whole leaves out, or does only as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from claimcheck.context.mentions import ENOUGH_WORDS, word_count
from claimcheck.context.once import once_each
from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.documents.checks import NOWHERE, PAGE_CHECKS, Anchor, Page
from claimcheck.engine.judge import fingerprint
from claimcheck.engine.place import Facts
from claimcheck.model import SEVERITIES, Because, Claim, Document, Finding, Severity
from claimcheck.rules.files import FlagRule
from claimcheck.rules.ruleset import RuleSet
from claimcheck.text.regions import standing

if TYPE_CHECKING:
    from claimcheck.evidence import Ground

TWINS: Mapping[str, str] = {
    "status-not-stated": "experimental-as-routine",
    "one-therapy-many-conditions": "condition-list",
    "no-traceable-evidence": "self-citation-only",
}
"""Document rules that are one problem with another rule: where that one fired, they become its notes."""

_ACCEPTED = frozenset({"hedged", "caveated", "scoped", "planned", "missing", "null-result", "negated"})
"""Contexts that do not take back the words of a document rule: a story may well say "I could not walk"."""

_LONGEST_QUOTE = 120


def judge_document(
    scan: Scan,
    facts: Facts,
    ground: Ground,
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    surroundings: Surroundings,
) -> tuple[list[Finding], list[Finding]]:
    """The findings of document rules, and the matches let go. No rule fires on a page that makes no claim, and
    nothing is missed on a page too short to say it.

    `findings` are those of sentences. Of each pair of twins the lesser is a note of the other; where that other is
    among `findings`, `absorb_twins` over both lists does it.
    """
    if not claims:
        return [], []
    page = Page(scan, facts, ground, claims, findings, surroundings)
    brief = word_count(scan) < ENOUGH_WORDS
    kept: list[Finding] = []
    released: list[Finding] = []
    for rule in _document_rules(scan.rules):
        if brief and rule.family == "omissions":
            continue
        if not all(map(page.holds, rule.match.when)):
            continue
        anchor, because = _fires(rule, page)
        if anchor is not None:
            finding = _finding(rule, page, anchor, because)
            (released if because else kept).append(finding)
    return absorb_twins(kept), released


@once_each
def _document_rules(rules: RuleSet) -> Sequence[FlagRule]:
    return [r for r in rules.flags if r.scope == "document"]


def absorb_twins(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those whose twin is among them; the twin keeps the other's rule as a note."""
    fired = {f.rule for f in findings}
    lost = {rule for rule, winner in TWINS.items() if rule in fired and winner in fired}
    if not lost:
        return list(findings)
    out: list[Finding] = []
    noted: set[str] = set()
    for finding in findings:
        if finding.rule in lost:
            continue
        extra = tuple(r for r in sorted(lost) if TWINS[r] == finding.rule and r not in noted)
        noted.update(extra)
        out.append(replace(finding, notes=(*finding.notes, *extra)) if extra else finding)
    return out


def _fires(rule: FlagRule, page: Page) -> tuple[Anchor | None, Because | None]:
    """Where a document rule fires, if it does, and what excuses it."""
    match = rule.match
    if match.document and (found := PAGE_CHECKS[match.document](page)) is not None:
        return found, None
    if (match.absent_phrase or match.absent_regex) and not page.states(rule):
        return NOWHERE, None
    excused: tuple[Anchor | None, Because | None] = (None, None)
    for hit in page.scan.hits(f"flag:{rule.id}"):
        where = page.scan.source_span(hit.sentence, hit.start, hit.end)
        because = _excuse(rule, page, hit.sentence, hit.start, hit.end)
        if because is None:
            return where, None
        excused = (where, because)
    return excused


def _excuse(rule: FlagRule, page: Page, sentence: int, start: int, end: int) -> Because | None:
    """What lets a match of a document rule's words go: an exception, a citation, a context."""
    words = page.scan.document.sentences[sentence].text
    for owner in ("overlap", "unless"):
        for hit in page.scan.hits(f"{owner}:{rule.id}", sentence):
            if owner == "unless" or (hit.start < end and start < hit.end):
                span = page.scan.source_span(sentence, hit.start, hit.end)
                return Because("exception", words[hit.start : hit.end], *span)
    if rule.unless.cited == "drop" and page.facts.cited.get(sentence, 0) >= 2:
        return Because("cited", "", *page.span(sentence))
    covering = page.around.covering(sentence, start, end)
    for context in page.scan.rules.order:
        excuses = (context.effect == "drop" and context.id not in _ACCEPTED) or context.id in rule.unless.context
        if excuses and context.id in covering and context.id not in rule.unless.keep:
            return covering[context.id]
    return None


def _severity(rule: FlagRule, page: Page) -> tuple[Severity, tuple[str, ...]]:
    """The severity on this kind of page: as listed where something is sold or promoted, one step lower where the
    page informs, only noted where it watches others. What is cited badly or told by patients stays at least low."""
    chosen = next((v for v in rule.variant if all(map(page.holds, v.when))), None)
    severity = chosen.severity if chosen else rule.severity
    modifiers = []
    if chosen and severity != rule.severity:
        modifiers.append(f"{rule.severity} to {severity}: {' and '.join(chosen.when)}")
    adjusted = severity
    if page.facts.page_type == "watch":
        adjusted = "info"
    elif page.facts.page_type == "info":
        floor = 0 if rule.family == "omissions" else 1
        rank = SEVERITIES.index(severity)
        adjusted = SEVERITIES[max(rank - 1, min(rank, floor))]
    if adjusted != severity:
        kind = "watches others" if page.facts.page_type == "watch" else "informs and does not sell"
        modifiers.append(f"{severity} to {adjusted}: the page {kind}")
    return adjusted, tuple(modifiers)


def _words(document: Document, start: int, end: int) -> str:
    """What a reader sees of a stretch of the source."""
    numbers = sorted({s.block for s in document.sentences if s.start < end and start < s.end})
    seen = (b.text[b.map.at(start) : b.map.at(end)] for b in map(document.blocks.__getitem__, numbers))
    return " ".join(" ".join(seen).split())


def _finding(rule: FlagRule, page: Page, anchor: Anchor, because: Because | None) -> Finding:
    start, end = anchor
    whole = "" if anchor == NOWHERE else _words(page.scan.document, start, end)
    quote = whole if len(whole) <= _LONGEST_QUOTE else whole[:_LONGEST_QUOTE].rsplit(" ", 1)[0]
    severity, modifiers = _severity(rule, page)
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=severity,
        base=rule.severity,
        confidence=rule.confidence,
        message=rule.message.replace("{quote}", quote),
        quote=quote,
        context=whole,
        fingerprint=fingerprint(rule.id, whole),
        scope="document",
        modifiers=modifiers,
        because=because,
        **standing(page.scan.document, start, end),
    )
