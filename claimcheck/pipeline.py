"""The whole program on one screen: a page in, a Report out."""

from __future__ import annotations

from msgspec.structs import replace

from claimcheck.claims.find import find_claims
from claimcheck.context.once import once_each
from claimcheck.context.pagetype import against_medicine, page_type
from claimcheck.context.scan import scan, sentences_of
from claimcheck.context.surroundings import surroundings_of
from claimcheck.documents.judge import absorb_twins, judge_document
from claimcheck.engine.judge import judge
from claimcheck.engine.place import Facts
from claimcheck.evidence import ground, wrong_labels
from claimcheck.ingest import Content, read_page
from claimcheck.model import Document, Finding, Report, RuleNote
from claimcheck.policy.profiles import under
from claimcheck.rules.load import built_in
from claimcheck.rules.ruleset import RuleSet
from claimcheck.strength import result, strength
from claimcheck.text.regions import left_out
from claimcheck.verdict import missing, weigh


def check(
    page: str | bytes,
    *,
    format: str | None = None,
    source: str = "<text>",
    rules: RuleSet | None = None,
    profile: str = "intl",
    content: Content = "main",
) -> Report:
    """Judge one page.

    `format` is "text", "markdown", "html" or for bytes "pdf", "docx", "eml", "mhtml" or "epub" (None: told by the
    content and the name `source`); bytes of text are decoded as the page declares. `content` "main" leaves menus,
    footers, notices and comments out, "all" judges them too. Raises ReadError where the input is no page.
    """
    return check_document(read_page(page, source, format, content), rules, profile)


def check_document(
    document: Document, rules: RuleSet | None = None, profile: str = "intl", prefilter: bool = True
) -> Report:
    """Judge a page that is already read. `prefilter=False` takes the slow way to the same report."""
    rules = rules or built_in()
    document = sentences_of(document)
    found = scan(document, rules, prefilter)
    around = surroundings_of(found)
    grounds = ground(found, around)
    labels = wrong_labels(document.source, grounds.citations, rules.tables.get("venues", {}))
    facts = Facts(
        page_type(found, around),
        grounds.cited,
        grounds.levels,
        grounds.sources,
        labels,
        grounds.misused,
        grounds.lent,
        against_medicine(found, around),
    )
    findings, released = judge(found, facts, around)
    claims = find_claims(found, grounds, around, findings)
    whole, excused = judge_document(found, facts, grounds, claims, findings, around)
    findings = absorb_twins([*findings, *whole])
    verdict = weigh(found, facts, grounds, claims, findings, around)
    omissions, questions = missing(findings, found, facts)
    findings, legal = under(profile, found, findings)
    found.shared.clear()  # its readers hold it in turn, and in a circle nothing is given back at once
    return Report(
        source=document.name,
        format=document.format,
        verdict=verdict,
        findings=tuple(findings),
        suppressed=(*released, *excused),
        claims=claims,
        evidence=grounds.evidence,
        citations=grounds.citations,
        omissions=omissions,
        questions=questions,
        rules=_notes(findings, rules),
        notices=document.notices,
        profile=profile,
        legal=legal,
        left_out=left_out(document),
        page=document.blocks,
        places=document.places,
    )


def read(
    page: str | bytes,
    *,
    format: str | None = None,
    source: str = "<text>",
    rules: RuleSet | None = None,
    content: Content = "main",
) -> Document:
    """Read a page and say of every sentence, flagged or not, what it asserts and in what context."""
    rules = rules or built_in()
    document = sentences_of(read_page(page, source, format, content))
    found = scan(document, rules)
    around = surroundings_of(found)
    cited = ground(found, around).cited
    judged = []
    for number, sentence in enumerate(document.sentences):
        labels = set(around.labels(number))
        if number in cited:
            labels.add("cited")
        if result(sentence.text) == "null":
            labels.add("null-result")
        judged.append(replace(sentence, strength=strength(sentence.text), contexts=tuple(sorted(labels))))
    return replace(document, sentences=tuple(judged))


def _notes(findings: list[Finding], rules: RuleSet) -> tuple[RuleNote, ...]:
    fired = {f.rule for f in findings}.union(*(f.notes for f in findings))
    told = _told(rules)
    return tuple(told[name] for name in sorted(fired))


@once_each
def _told(rules: RuleSet) -> dict[str, RuleNote]:
    """What reports say of rules, by id."""
    return {
        r.id: RuleNote(r.id, r.title, r.why.strip(), r.evidence_needed, r.safer, r.ask, r.sources) for r in rules.flags
    }
