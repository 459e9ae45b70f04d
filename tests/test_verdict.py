"""The verdict's arithmetic, row by row, and what it says."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from msgspec.structs import replace

from claimcheck import check
from claimcheck.documents.case import Case
from claimcheck.ladder import effective
from claimcheck.model import Because, Finding, Verdict
from claimcheck.verdict.score import Credit, Tally, tally

FAMILY_OF = {
    "omissions": "no-risks-mentioned no-traceable-evidence no-trial-registration status-not-stated "
    "product-not-identified no-outcome-measure lopsided-comparison no-standard-care-advice provenance-missing"
}


def finding(rule: str, severity: str, at: int = 0, family: str = "") -> Finding:
    """A finding as the score sees it."""
    known = next((f for f, rules in FAMILY_OF.items() if rule in rules.split()), "efficacy")
    return Finding(
        rule=rule,
        family=family or known,
        severity=severity,  # type: ignore[arg-type]
        base=severity,  # type: ignore[arg-type]
        confidence="high",
        message="",
        quote="",
        start=at,
        end=at + 1,
        line=1,
        column=1,
        context="",
        fingerprint="",
    )


def findings(table: str) -> list[Finding]:
    """Findings from "rule severity severity; rule severity": one for each severity named."""
    out = []
    for entry in table.replace("\n", " ").split(";"):
        rule, *severities = entry.split()
        for severity in severities:
            out.append(finding(rule, severity, len(out)))
    return out


def credits(number: int) -> list[Credit]:
    """That many different credits."""
    return [Credit(f"c{k}", f"does thing {k} well") for k in range(number)]


def check_ledger(result: Tally) -> None:
    """The ledger's points sum to the score."""
    assert sum(line.points for line in result.lines) == result.score


RESPONSIBLE = """evidence-inflation low low; vague-research low low low; untied-or-incomplete-reference low;
safe-and-effective-unsupported low low; no-risks-mentioned medium; no-traceable-evidence medium;
no-trial-registration low"""

DIGEST = """unhedged-efficacy high low; breakthrough-superlative medium medium medium; lasting-remission medium;
missing-denominator medium; press-release-as-evidence medium; venue-mislabel medium medium;
safer-or-better-than-standard medium; registry-as-result low low; preprint-as-established low;
hope-and-transformation-appeal low; novelty-and-leadership low; weak-hedge-as-disclaimer low;
no-standard-care-advice low; provenance-missing info"""

BLOG = """breakthrough-superlative medium; hope-and-transformation-appeal low low low; weak-hedge-as-disclaimer low;
mechanism-as-proof medium; immune-boost-reset medium; untied-or-incomplete-reference low; no-risks-mentioned medium;
status-not-stated medium; product-not-identified low; no-outcome-measure low; no-standard-care-advice low"""

OFFER = """promised-outcome high; experimental-as-routine high high; typical-outcome-narrative high high;
unhedged-efficacy high; self-citation-only high; uncited-outcome-figure medium; weak-design-as-proof medium medium low;
evidence-inflation medium; vague-research medium; surrogate-as-benefit medium; lasting-remission medium;
can-claim medium; potency-and-product-identity medium; immune-boost-reset medium; untied-or-incomplete-reference low;
no-risks-mentioned high; no-trial-registration high; provenance-missing medium"""

BROCHURE = """unhedged-efficacy high high; reduces-drug-need high high medium;
safer-or-better-than-standard high medium; can-claim medium medium medium;
asserted-regeneration medium medium low; benefit-heading medium medium medium;
lasting-remission medium medium; root-cause-claim medium medium; vague-research medium medium;
weak-design-as-proof medium; replaces-standard-care medium; natural-argument medium; immune-boost-reset medium;
weak-hedge-as-disclaimer low low; own-cells-no-risk low; evidence-inflation low; hope-and-transformation-appeal low;
novelty-and-leadership low; no-risks-mentioned high; no-traceable-evidence high; no-trial-registration medium;
status-not-stated medium; no-outcome-measure medium; lopsided-comparison medium; no-standard-care-advice medium;
provenance-missing low"""

WORKED = [
    ("a responsible page", RESPONSIBLE, Case("conditional", 5, 5, 1, 4, 1), 8, 84, "balanced"),
    ("a linked digest", DIGEST, Case("causal", 7, 5, 3, 5, 3), 7, 64, "mixed"),
    ("a hedged blog", BLOG, Case("conditional", 5, 2, 2, 2, 2), 1, 59, "mixed"),
    ("a clinic's offer", OFFER, Case("absolute", 8, 5, 1, 4, 1), 3, 27, "overstated"),
    ("a brochure", BROCHURE, Case("causal", 7, 5, 0, 3, 0), 1, 15, "unsupported"),
]


@pytest.mark.parametrize(("name", "table", "case", "good", "score", "label"), WORKED, ids=[w[0] for w in WORKED])
def test_worked_pages(name: str, table: str, case: Case, good: int, score: int, label: str) -> None:
    """Five pages tagged by hand come out at exactly the scores that were worked out on paper."""
    result = tally(findings(table), case, credits(good))
    assert (result.score, result.label) == (score, label)
    check_ledger(result)


GATES = [
    ("nothing cited, a direct claim", Case("causal", 7, 0, 0, 0, 0), "", 54),
    ("nothing cited, a hedged claim", Case("correlational", 3, 2, 0, 2, 0), "", 84),
    ("three levels short", Case("conditional", 5, 2, 2, 2, 2), "", 59),
    ("three kinds of high finding", Case("causal", 7, 7, 3, 7, 3), "a high; b high; c high", 49),
    ("one critical finding", Case("causal", 7, 7, 3, 7, 3), "a critical", 24),
    ("two kinds of critical finding", Case("causal", 7, 7, 3, 7, 3), "a critical; b critical", 12),
]


@pytest.mark.parametrize(("name", "case", "table", "cap"), GATES, ids=[g[0] for g in GATES])
def test_each_gate_caps_the_score(name, case, table, cap):
    """A gate that applies is named and holds the score at its cap."""
    result = tally(findings(table) if table else [], case, credits(12))
    assert result.score <= cap
    assert any(gate.startswith(f"at most {cap}:") for gate in result.gates)


def test_three_findings_of_one_high_rule_are_no_gate():
    """The gate counts different rules, not repeats."""
    result = tally(findings("a high high high"), Case("causal", 7, 7, 3, 7, 3))
    assert result.gates == ()


def test_repeats_cost_half_then_a_quarter_then_nothing():
    """A phrase said a hundred times is no hundred offences."""
    case = Case("causal", 7, 7, 3, 7, 3)
    scores = [tally(findings("a" + " medium" * n), case).score for n in (1, 2, 3, 4, 50)]
    assert scores == [96, 94, 93, 93, 93]


def test_credits_soften_silence_but_never_words():
    """Credits give back at most half of what gap and omissions cost."""
    spoken = tally(findings("a high"), Case("causal", 7, 7, 3, 7, 3), credits(12))
    unsaid = tally(findings("no-risks-mentioned high"), Case("causal", 7, 7, 3, 7, 3), credits(12))
    assert (spoken.score, unsaid.score) == (90, 98)  # 95 + 2.5, rounded half up


def test_what_was_let_go_costs_nothing():
    """A finding with an excuse is no finding."""
    excused = replace(finding("unqualified-cure", "critical"), because=Because("negated", "not", 0, 3))
    assert tally([excused], Case("causal", 7, 7, 3, 7, 3)).score == 100


# --- whole pages -----------------------------------------------------------------------------------------------

CLAIM = (
    "Mesenchymal stem cells reduce joint pain in rheumatoid arthritis. They settle where the damage is, and most "
    "people go back to the walks and the gardens that they had given up years before."
)


def verdict(*paragraphs: str) -> Verdict:
    """The verdict on a page of these paragraphs."""
    return check("\n\n".join(paragraphs), format="text").verdict


def test_a_page_that_claims_nothing_gets_no_score():
    """claimcheck abstains where there is nothing to weigh."""
    page = verdict("Our gardeners plant roses in spring and mend the fences in summer. " * 4)
    assert (page.label, page.score, page.arithmetic) == ("no-claim", None, ())
    assert "nothing to weigh" in page.explanation


def test_a_page_of_a_few_words_gets_no_score():
    """claimcheck abstains where there is too little text, and says so."""
    page = verdict("Stem cells ease pain.")
    assert (page.label, page.score) == ("too-short", None)
    assert "4 words" in page.explanation


def test_a_critical_finding_is_judged_however_short_the_page():
    """Abstaining never hides a dangerous line."""
    page = verdict("Our stem cells cure lupus.")
    assert page.label == "red-flag"
    assert page.score <= 24


def test_a_report_of_no_effect_needs_nothing():
    """A page that only reports that a treatment did not work has made no claim to support."""
    page = verdict(
        "In a randomised placebo-controlled trial of 120 adults, mesenchymal stem cells did not improve joint pain in "
        "rheumatoid arthritis. There was no significant difference between the groups after one year of follow-up."
    )
    assert (page.need, page.gap) == (0, 0)
    assert page.score is not None


def test_the_arithmetic_of_a_page_sums_to_its_score():
    """A reader can add up the report's ledger."""
    page = verdict(CLAIM, "Book a consultation with our clinic today. There are no side effects.")
    assert sum(line.points for line in page.arithmetic) == page.score
    assert page.arithmetic[0].points == 100


def test_the_order_of_paragraphs_does_not_change_the_score():
    """What is said counts, not where."""
    parts = [
        "Mesenchymal stem cells reduce joint pain in rheumatoid arthritis.",
        "Mesenchymal stem cells may ease the fatigue of lupus in some patients.",
        "Side effects of mesenchymal stem cells include fever and infection.",
        "Mesenchymal stem cells are experimental, and larger trials of them are needed.",
    ]
    scores = {verdict(*order).score for order in permutations(parts)}
    assert len(scores) == 1


@pytest.mark.parametrize(
    "better",
    [
        ("reduce joint pain", "may reduce joint pain"),
        ("years before.", "years before (doi:10.1000/xyz123)."),
        ("years before.", "years before. Side effects of the cells include fever and infection."),
        ("years before.", "years before. We do not know how long this lasts."),
    ],
    ids=["hedged", "cited", "risks", "limits"],
)
def test_a_fairer_page_scores_no_lower(better):
    """A hedge, a source, a risk or a limit never costs a page points."""
    assert verdict(CLAIM.replace(*better)).score >= verdict(CLAIM).score


def test_a_warning_changes_nothing():
    """Telling readers to be sceptical of a promise is not making it."""
    warned = verdict(CLAIM, "Be sceptical of anyone who says that stem cells cure lupus.")
    assert (warned.label, warned.gap) == (verdict(CLAIM).label, verdict(CLAIM).gap)


@pytest.mark.parametrize(
    "page",
    [
        (CLAIM,),
        (CLAIM, "Our stem cells cure lupus. We guarantee it, and it is 100% safe."),
        ("Stem cells ease pain.",),
        (CLAIM, "Book a consultation today.", "In a small open-label study, 9 of 12 adults improved."),
    ],
)
def test_the_verdict_judges_text_and_nobody(page):
    """No verdict calls anybody a liar or anything false; it speaks of what this page cites."""
    found = verdict(*page)
    said = " ".join((found.explanation, *found.reasons, *found.gates, *found.credits)).lower()
    assert not re.search(r"\b(?:true|false|fraud\w*|illegal|quack\w*|lie[sd]?|lying)\b", said)


def test_the_explanation_tells_claim_evidence_need_and_score():
    """One paragraph names the strongest claim, the best evidence, what the claim needs, and the score."""
    found = verdict(CLAIM, "In an open-label study of 30 adults, mesenchymal stem cells eased pain.")
    for part in ("strongest claim", "best evidence", "needs", f"Score {found.score}"):
        assert part in found.explanation
    assert "not supported by the evidence this page cites" in found.explanation
    assert 1 <= len(found.reasons) <= 3


CREDITS = [
    ("how far the treatment is", "This treatment is experimental.", "It is the most advanced treatment there is."),
    ("not known", "We do not know how long this lasts.", "There is no doubt that it lasts."),
    ("design of the studies", "The treatment was tested in an open-label study.", "The treatment was tested well."),
    ("risks of the treatment", "Side effects of the treatment include fever.", "The treatment has no side effects."),
    ("own doctor", "Do not stop your medication.", "Ask our doctors about the price."),
    ("measured", "The treatment was assessed with the WOMAC.", "The treatment was assessed by many."),
    (
        "null, negative",
        "One trial of the treatment found no significant difference.",
        "Trials of it made a difference.",
    ),
    ("animals", "The treatment has not been tested in people.", "The treatment has been tested by people."),
    ("standard care", "Methotrexate remains the first-line treatment.", "Methotrexate weakens the stomach."),
    ("who pays", "This page was funded by a public grant.", "This page is well worth reading."),
    ("who wrote it", "Written by Dr Ada Green.", "Dr Green wrote a poem about it once."),
]


@pytest.mark.parametrize(("title", "earns", "misses"), CREDITS, ids=[c[0] for c in CREDITS])
def test_a_fair_sentence_earns_its_credit(title, earns, misses):
    """Each credit is earned by a sentence that says it, and not by one that merely sounds alike."""
    assert any(title in credit for credit in verdict(CLAIM, earns).credits)
    assert not any(title in credit for credit in verdict(CLAIM, misses).credits)


def test_three_independent_links_earn_a_credit():
    """Three different sources that can be followed count, one source three times does not."""
    many = [f"This was studied (doi:10.1000/abc{n})." for n in range(3)]
    assert any("links three" in c for c in verdict(CLAIM + " " + " ".join(many)).credits)
    assert not any("links three" in c for c in verdict(CLAIM + " " + " ".join(many[:1] * 3)).credits)


def test_a_patients_story_earns_no_credit():
    """What a patient says of doctors or limits is no disclosure of the page."""
    story = '"I was told it is experimental, and now I walk again," says Ana.'
    assert not any("how far" in c for c in verdict(CLAIM, story).credits)


CARE = (
    "Diabetes means that there is too much glucose in the blood.",
    "People with type 1 diabetes need insulin every day; metformin is usually the first medicine in type 2 diabetes.",
    "Some people with diabetes and severe obesity are offered bariatric surgery. Metformin can upset the stomach.",
    "Diabetes can damage the eyes and the kidneys. Statins and blood pressure tablets protect the heart. Insulin is "
    "adjusted with the help of a nurse.",
)


def test_a_page_that_explains_established_care_is_graded():
    """A sober account of an illness and its usual care is balanced, and no better without a source."""
    page = verdict(*CARE)
    assert (page.label, page.score) == ("balanced", 84)
    assert "explains an illness" in page.explanation


def test_a_page_that_speaks_against_medicine_explains_no_care():
    """The same words with a tirade against medicine get no such grade."""
    page = verdict(
        *CARE, "The pharmaceutical industry profits from toxic drugs. Doctors have been duped about diabetes."
    )
    assert page.label not in ("balanced", "supported")


# --- pages in the shape of the worked examples ---------------------------------------------------------------------

SHAPES = {
    "hedged, early studies named, none linked": (
        "Some early-phase studies of mesenchymal stem cells in lupus reported that the infusions may reduce disease "
        "activity in some patients. At least one randomised, placebo-controlled trial found no added benefit. "
        "The treatment is experimental and is not approved. Do not stop your medication; ask your rheumatologist.",
        (5, 0, "conditional"),
    ),
    "direct, one single-arm trial that can be looked up": (
        "CAR-T therapy reduces flares in lupus. A single-arm phase 1/2 trial of 15 adults reported fewer flares after "
        "CAR-T therapy (PMID: 12345678). How long this lasts is unknown.",
        (5, 3, "causal"),
    ),
    "direct, nothing cited": (
        "Umbilical cord stem cells protect the kidneys in lupus by lowering inflammation. They are a safer choice for "
        "families, and our patients come from many countries to receive the infusions at our clinic.",
        (0, 0, "causal"),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_level_traceability_strength_and_gap_of_a_page(shape):
    """The best evidence for the treatment, how far it can be followed, the strongest claim, and what lies between."""
    text, (level, traceability, strength) = SHAPES[shape]
    page = verdict(text)
    assert (page.level, page.traceability, page.strength) == (level, traceability, strength)
    assert page.gap == max(0, page.need - effective(level, traceability))
