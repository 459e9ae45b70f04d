"""Rules over sentences to findings: a match, what excuses it, how severe what remains is.

The order of decision: the rule's own conditions and exceptions, then the contexts in their order, then the
severity: variant, hedge, caveat, citation, aggravation. Whatever is let go is kept, with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from claimcheck.context.again import again, alone
from claimcheck.context.once import once, once_each
from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.engine.matches import Match, matches
from claimcheck.engine.overlap import resolve
from claimcheck.engine.place import Facts, Place
from claimcheck.engine.predicates import OF_OTHERS, all_hold, holds, page_sells
from claimcheck.model import SEVERITIES, Because, Document, Finding, Severity
from claimcheck.programs import expression
from claimcheck.rules.files import FlagRule, Variant
from claimcheck.rules.ruleset import RuleSet
from claimcheck.text.regions import standing

_WORD = expression(r"\w+")
_CANNOT_CLEAR_DANGER = frozenset({"quoted", "legal", "attributed", "definition"})


def judge(scan: Scan, facts: Facts, surroundings: Surroundings) -> tuple[list[Finding], list[Finding]]:
    """The findings of sentence and context rules, and the matches let go, both in reading order."""
    kept: list[Finding] = []
    released: list[Finding] = []
    apart = all(a.end <= b.start for a, b in pairwise(scan.document.sentences))
    for sentence in range(len(scan.words)):
        if matches(scan, sentence):
            for finding in _found(scan, facts, sentence, surroundings, apart):
                (released if finding.because else kept).append(finding)
    return (kept, released) if apart else _settled(kept, released, scan.rules)


def _settled(kept: list[Finding], released: list[Finding], rules: RuleSet) -> tuple[list[Finding], list[Finding]]:
    return resolve(kept, rules.rule), sorted(released, key=lambda f: (f.start, f.end, f.rule))


def _found(scan: Scan, facts: Facts, sentence: int, surroundings: Surroundings, apart: bool) -> Sequence[Finding]:
    """Every finding of a sentence, let go or not; settled already where sentences stand `apart`, as in nearly all pages
    they do, so that no finding of one can overlap one of another."""
    return again(
        __name__,
        scan,
        sentence,
        _given(scan, facts, sentence, surroundings, apart),
        lambda: _judged(scan, facts, sentence, surroundings, apart),
        lambda found, by: [_moved(finding, scan.document, by) for finding in found],
    )


def _given(scan: Scan, facts: Facts, sentence: int, surroundings: Surroundings, apart: bool) -> Hashable:
    """All that a sentence's findings depend on besides its words; None where that is more than names."""
    place = alone(scan, surroundings, sentence)
    if place is None or facts.mislabelled:
        return None
    asking = _asking(scan.rules)
    asked = (name for match in matches(scan, sentence) if match.rule.id in asking for name in asking[match.rule.id])
    said = tuple([holds(name, Place(scan, facts, sentence, 0, 0)) for name in asked])
    return *place, facts.page_type, facts.evidenced, page_sells(scan, facts), said, facts.behind(sentence), apart


@once_each
def _asking(rules: RuleSet) -> Mapping[str, Sequence[str]]:
    """By rule, what it asks of other sentences; most rules ask nothing."""
    asking = {}
    for rule in rules.flags:
        conditions = (rule.match.when, rule.unless.when, *(variant.when for variant in rule.variant))
        named = {name.removeprefix("not ") for names in conditions for name in names}
        if not named.isdisjoint(OF_OTHERS):
            asking[rule.id] = sorted(named & OF_OTHERS)
    return asking


def _judged(scan: Scan, facts: Facts, sentence: int, surroundings: Surroundings, apart: bool) -> Sequence[Finding]:
    places = ((match, Place(scan, facts, sentence, match.start, match.end)) for match in matches(scan, sentence))
    found = [_weigh(match, place, surroundings) for match, place in places if all_hold(match.rule.match.when, place)]
    if not apart:
        return found
    kept, released = _settled([f for f in found if not f.because], [f for f in found if f.because], scan.rules)
    return [*kept, *released]


def _moved(finding: Finding, document: Document, by: int) -> Finding:
    """The finding on the same words `by` characters further on, perhaps of another document."""
    because = finding.because
    if because is not None:
        because = replace(because, start=because.start + by, end=because.end + by)
    return replace(finding, because=because, **standing(document, finding.start + by, finding.end + by))


def _weigh(match: Match, place: Place, surroundings: Surroundings) -> Finding:
    rule = match.rule
    excuse = _exception(match, place)
    covering = surroundings.covering(place.sentence, place.start, place.end, rule.unless.negation_is_claim)
    if excuse is None:
        excuse = _context(rule, place, covering)
    variant = variant_of(rule, place)
    severity, modifiers, cited = _severity(rule, variant, place, covering)
    message = (variant.message if variant else "") or rule.message
    return _finding(rule, message, place, severity, modifiers, excuse or cited)


def _exception(match: Match, place: Place) -> Because | None:
    if match.excuse:
        return _said("exception", place, *match.excuse)
    if place.kind == "reference":
        return Because("definition", place.kind, *place.scan.source_span(place.sentence, place.start, place.end))
    if place.facts.page_type == "watch" and _in_quotes(place):
        return Because("quoted", "", *place.scan.source_span(place.sentence, place.start, place.end))
    for name in match.rule.unless.when:
        if holds(name, place):
            return Because(name, "", *place.scan.source_span(place.sentence, place.start, place.end))
    return None


def _in_quotes(place: Place) -> bool:
    """The match stands between quotation marks of its sentence."""
    before, after = place.text[: place.start], place.text[place.end :]
    return before.count('"') % 2 == 1 and '"' in after


def _said(context: str, place: Place, start: int, end: int) -> Because:
    words = place.scan.document.sentences[place.sentence].text[start:end]
    return Because(context, words, *place.scan.source_span(place.sentence, start, end))


def _context(rule: FlagRule, place: Place, covering: dict[str, Because]) -> Because | None:
    if not covering:
        return None
    for context in place.scan.rules.order:
        excuses = (context.default and context.effect == "drop") or context.id in rule.unless.context
        if rule.never_exempt and context.id in _CANNOT_CLEAR_DANGER:
            excuses = False
        if excuses and context.id in covering and context.id not in rule.unless.keep:
            return covering[context.id]
    for soft, effect in (("hedged", rule.unless.hedged), ("caveated", rule.unless.caveated)):
        if effect == "drop" and soft in covering and not rule.never_exempt:
            return covering[soft]
    return None


def _severity(
    rule: FlagRule, variant: Variant | None, place: Place, covering: dict[str, Because]
) -> tuple[Severity, tuple[str, ...], Because | None]:
    severity = variant.severity if variant else rule.severity
    modifiers = [f"{rule.severity} to {severity}: {' and '.join(variant.when)}"] if variant else []
    if rule.never_exempt or severity == "info":
        return severity, tuple(modifiers), None
    steps = 0
    for soft, effect in (("hedged", rule.unless.hedged), ("caveated", rule.unless.caveated)):
        if effect == "down" and soft in covering:
            steps += 1
            modifiers.append(f"one step down: {soft} ('{covering[soft].cue}')")
    rank = max(SEVERITIES.index(severity) - steps, min(SEVERITIES.index(severity), 1))
    level = place.facts.levels.get(place.sentence, 0)
    if place.facts.cited.get(place.sentence, 0) >= 2:
        cited = rule.unless.cited
        here = Because("cited", "", *place.scan.source_span(place.sentence, place.start, place.end))
        if cited == "drop" or (cited == "weigh" and level >= 7):
            return SEVERITIES[rank], tuple(modifiers), here
        if cited == "down" or (cited == "weigh" and level >= 5):
            rank = min(rank, 1) if cited == "weigh" else max(rank - 1, min(rank, 1))
            modifiers.append("lowered: a source is cited")
    elif (
        not (variant and "serious-condition" in variant.when)
        and _aggravated(place)
        and rank >= SEVERITIES.index("medium")
    ):
        rank = min(rank + 1, 4)
        modifiers.append("one step up: a serious condition, offered for sale, with no evidence cited")
    return SEVERITIES[rank], tuple(modifiers), None


def variant_of(rule: FlagRule, place: Place) -> Variant | None:
    """The first variant of the rule that applies here."""
    return next((v for v in rule.variant if all_hold(v.when, place)), None)


def _aggravated(place: Place) -> bool:
    if holds("vulnerable", place):
        return True
    return holds("serious-condition", place) and place.facts.page_type == "offer" and not place.facts.evidenced


def _finding(
    rule: FlagRule,
    message: str,
    place: Place,
    severity: Severity,
    modifiers: tuple[str, ...],
    because: Because | None,
) -> Finding:
    sentence = place.scan.document.sentences[place.sentence]
    start, end = place.scan.source_span(place.sentence, place.start, place.end)
    quote = sentence.text[place.start : place.end]
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=severity,
        base=rule.severity,
        confidence=rule.confidence,
        message=message.replace("{quote}", quote),
        quote=quote,
        context=sentence.text,
        fingerprint=_digest(rule.id, _words_of(place.scan, place.sentence)),
        scope=rule.scope,
        modifiers=modifiers,
        because=because,
        **standing(place.scan.document, start, end),
    )


def fingerprint(rule: str, text: str) -> str:
    """A name for a finding that survives reflow and moving: a hash of the rule and the sentence's words."""
    return _digest(rule, _words(text))


@once
def _words_of(scan: Scan, sentence: int) -> str:
    return _words(scan.document.sentences[sentence].text)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _digest(rule: str, words: str) -> str:
    return hashlib.sha256(f"{rule}\n{words}".encode()).hexdigest()[:16]
