"""What a page leaves out, or does only as a whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from claimcheck import check
from claimcheck.documents.checks import PAGE_CHECKS, PAGE_PREDICATES
from claimcheck.documents.judge import TWINS, absorb_twins
from claimcheck.model import Finding, Report
from claimcheck.proof import prove
from claimcheck.rules.load import built_in
from claimcheck.rules.vocabulary import DOCUMENT_CHECKS, DOCUMENT_PREDICATES

CLAIMS = (
    "Mesenchymal stem cells reduce joint pain in rheumatoid arthritis. They settle where the damage is, and most "
    "people go back to the walks and the gardens that they had given up years before."
)
SELLS = "Book a consultation with our clinic today."
WATCHES = "The regulator sent a warning letter to the clinic. It warned patients against unproven treatments."
DOCUMENT_RULES = sorted(r.id for r in built_in().flags if r.scope == "document")


def report(*paragraphs: str) -> Report:
    """The report on a page of these paragraphs."""
    return check("\n\n".join(paragraphs), format="text")


def severities(found: Report) -> dict[str, str]:
    """Document rules that fired, with their severities."""
    return {f.rule: f.severity for f in found.findings if f.scope == "document"}


@pytest.mark.parametrize("rule", DOCUMENT_RULES)
def test_examples_of_document_rules_hold(rule):
    """Every document rule finds its examples and keeps silent on its near misses."""
    assert prove(built_in(), frozenset({rule})) == []


@pytest.mark.parametrize("rule", DOCUMENT_RULES)
def test_document_rules_carry_enough_examples(rule):
    """Every document rule shows at least eight pages that lack something and eight that do not."""
    examples = built_in().rule[rule].examples
    assert len(examples.hits) >= 8
    assert len(examples.misses) >= 8


def test_every_omission_says_what_the_page_does_not_tell():
    """An omission has a gap that completes "the page does not tell you", and a question to ask."""
    for rule in built_in().flags:
        if rule.family == "omissions":
            assert rule.gap.endswith("."), rule.id
            assert rule.gap[0].islower(), rule.id
            assert rule.ask, rule.id


def test_names_in_rule_files_are_the_names_that_exist():
    """The names rule files may use are those of the functions behind them."""
    assert set(PAGE_PREDICATES) == DOCUMENT_PREDICATES
    assert set(PAGE_CHECKS) == DOCUMENT_CHECKS


def test_severity_follows_the_kind_of_page():
    """An omission weighs as listed where something is sold, one step less where the page informs, and nothing where
    it watches others."""
    sold, told = severities(report(CLAIMS, SELLS)), severities(report(CLAIMS))
    assert sold["no-risks-mentioned"] == "high"
    assert told["no-risks-mentioned"] == "medium"
    watched = severities(report(WATCHES, CLAIMS, WATCHES))
    assert watched.get("no-risks-mentioned", "info") == "info"


@pytest.mark.parametrize(
    "text",
    [
        "Our gardeners plant roses in spring, mend the fences in summer and sweep the leaves in autumn. In winter they "
        "rest, drink tea and draw plans for the next year, which is often quite different.",
        "Stem cells do not cure lupus, and nobody should say that they do. Whoever promises that has not read the "
        "trials, which were small and which found no difference between the groups after a year.",
    ],
)
def test_a_page_without_a_claim_leaves_nothing_out(text):
    """Where nothing is promised, nothing is missing."""
    assert severities(report(text)) == {}


def test_a_snippet_leaves_nothing_out():
    """One sentence is too little text for anything to be missing from it."""
    assert severities(report("Stem cells reduce joint pain.")) == {}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("no-risks-mentioned", "The cells can cause infection and fever."),
        ("no-uncertainty", "We do not know how long this lasts."),
        ("no-standard-care-advice", "Talk to your own doctor first."),
        ("no-outcome-measure", "Pain was measured with the WOMAC score."),
        ("status-not-stated", "The treatment is experimental."),
        ("product-not-identified", "The cells come from umbilical cord and are given intravenously."),
        ("no-traceable-evidence", "The treatment was tested in a trial (doi:10.1000/xyz123)."),
        ("provenance-missing", "Written by Dr Ada Green, last updated on 3 May 2024."),
    ],
)
def test_saying_it_removes_the_omission_and_never_lowers_the_score(rule, sentence):
    """One sentence that says what was missing takes the finding away, and the page scores no lower."""
    before, after = report(CLAIMS, SELLS), report(CLAIMS + " " + sentence, SELLS)
    assert rule in severities(before)
    assert rule not in severities(after)
    assert after.verdict.score >= before.verdict.score


def finding(rule: str) -> Finding:
    """A bare document finding."""
    return Finding(rule, "omissions", "high", "high", "high", "", "", 0, 0, 1, 1, "", rule, scope="document")


@pytest.mark.parametrize(("lesser", "winner"), sorted(TWINS.items()))
def test_twins_are_charged_once(lesser, winner):
    """Of two rules that name one problem the lesser becomes a note of the other, wherever they stand."""
    (kept,) = absorb_twins([finding(lesser), finding(winner)])
    assert (kept.rule, kept.notes) == (winner, (lesser,))
    assert [f.rule for f in absorb_twins([finding(lesser)])] == [lesser]


def test_one_note_for_a_twin_that_fired_twice():
    """A winner found in two places carries the note once."""
    winner = finding("experimental-as-routine")
    kept = absorb_twins([finding("status-not-stated"), winner, replace(winner, start=9)])
    assert [f.notes for f in kept] == [("status-not-stated",), ()]


def test_questions_are_few_and_start_with_medication():
    """At most eight questions, none twice, and keeping one's treatment comes first where it is at stake."""
    found = report(CLAIMS, "Stem cells cure lupus and you can stop taking your medication.", SELLS)
    assert 0 < len(found.questions) <= 8
    assert len(set(found.questions)) == len(found.questions)
    assert "current treatment" in found.questions[0]


def test_gaps_without_a_rule_are_told_on_pages_that_sell():
    """Price and aftercare are missed where something is sold and not named, and not where they are."""
    silent = {o.rule for o in report(CLAIMS, SELLS).omissions}
    said = {
        o.rule
        for o in report(CLAIMS, SELLS, "It costs $4,000 in all. Follow-up visits are included for a year.").omissions
    }
    assert {"total-cost", "aftercare"} <= silent
    assert not {"total-cost", "aftercare"} & said


def test_omissions_come_gravest_first():
    """The list of gaps begins with the one that matters most."""
    order = ("critical", "high", "medium", "low", "info")
    found = [order.index(o.severity) for o in report(CLAIMS, SELLS).omissions]
    assert found == sorted(found)
    assert len(found) > 3
