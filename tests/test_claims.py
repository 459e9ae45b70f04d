"""Which sentences are claims about a treatment, how strong, and what they rest on."""

from __future__ import annotations

import pytest

from claimcheck import check
from claimcheck.model import Claim


def claims(text: str) -> tuple[Claim, ...]:
    """The claims of a page given as text."""
    return check(text, format="text").claims


ASSERTED = [
    ("Stem cells reduce pain in osteoarthritis.", "causal"),
    ("Our exosome infusions repair damaged cartilage.", "causal"),
    ("MSCs may reduce flares of lupus.", "conditional"),
    ("Stem cell therapy might ease fatigue in some patients.", "conditional"),
    ("PRP injections can reduce knee pain.", "can"),
    ("Stem cell infusions were associated with less pain.", "correlational"),
    ("Our stem cells cure lupus.", "absolute"),
    ("Our stem cells are guaranteed to relieve your arthritis.", "absolute"),
    ("Turmeric capsules relieve arthritis.", "causal"),
    ("CAR-T therapy could reduce disease activity in lupus.", "conditional"),
]


@pytest.mark.parametrize(("text", "strength"), ASSERTED)
def test_an_asserted_benefit_is_a_claim_of_its_strength(text, strength):
    """A sentence that says what a treatment does is a claim, as strong as its words."""
    (claim,) = claims(text)
    assert claim.strength == strength
    assert claim.sentence == text


NO_CLAIM = [
    ("the illness acts", "Stem cells are studied here. Lupus damages the kidneys and the skin."),
    ("denied", "Stem cells do not reduce pain in osteoarthritis."),
    ("a warning", "Be wary of clinics that say stem cells heal arthritis."),
    ("a question", "Do stem cells reduce pain in osteoarthritis?"),
    ("an aim of research", "Researchers are investigating whether stem cells reduce flares of lupus."),
    ("said by sellers", "Clinics claim that exosomes reverse ageing of the skin."),
    ("standard care", "Methotrexate reduces joint pain in rheumatoid arthritis."),
    ("a harm", "Stem cell injections can cause infection and bleeding."),
    ("missing", "What is missing is a randomised trial showing that stem cells improve arthritis."),
    ("a null result", "Stem cell therapy did not improve pain in a randomised trial."),
    ("a mechanism", "MSCs inhibit T cells and secrete cytokines."),
    ("a hypothesis", "If stem cells cured lupus, it would be on the front page."),
    ("an address", "Stem cells are grown here. See https://example.org/cells-relieve-pain-in-arthritis for more."),
    ("an address in capitals", "Our stem cells are at WWW.STEM-CELLS-RELIEVE-ARTHRITIS.EXAMPLE on most days."),
    ("no health at all", "Our gardeners plant roses and mend the fences in spring."),
]


@pytest.mark.parametrize(("why", "text"), NO_CLAIM, ids=[w for w, _ in NO_CLAIM])
def test_what_is_not_asserted_is_no_claim(why, text):
    """Words about a benefit that the page does not itself promise are no claim."""
    assert [c.sentence for c in claims(text)] == []


CARRIED = [
    ("Stem cells are given by drip. They reduce pain in arthritis.", "They reduce pain in arthritis."),
    ("Stem cell therapy\n\n- Reduces joint pain\n- Eases fatigue", "Reduces joint pain"),
    ("Exosome therapy takes an hour. It relieves arthritis.", "It relieves arthritis."),
    ("Stem cells are grown here. Our treatment relieves arthritis.", "Our treatment relieves arthritis."),
]


@pytest.mark.parametrize(("text", "sentence"), CARRIED)
def test_a_sentence_continues_the_treatment_before_it(text, sentence):
    """Pronouns, items under a heading and "our treatment" speak of the treatment that was named."""
    assert sentence in {c.sentence for c in claims(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Stem cells are studied here. Steroids reduce joint pain in rheumatoid arthritis.",
        "Stem cell therapy is new. Standard treatment reduces joint pain.",
        "Stem cells are grown here. Insulin therapy controls diabetes.",
    ],
)
def test_standard_care_is_never_the_treatment(text):
    """What is said of drugs and standard treatment is not held against the treatment beside them."""
    assert claims(text) == ()


def test_the_need_follows_the_strength():
    """Each strength asks for its level of the ladder; a cure asks for more than any trial."""
    page = (
        "Stem cells may reduce pain. Stem cells can reduce pain. Stem cells reduce pain in arthritis. "
        "Our stem cells cure lupus."
    )
    assert [c.need for c in claims(page)] == [5, 6, 7, 9]


def test_a_claim_knows_its_place():
    """Offsets, line and quotation of a claim agree with the source."""
    page = "Welcome.\n\nStem cells reduce pain in arthritis."
    (claim,) = claims(page)
    assert page[claim.start : claim.end] == claim.sentence
    assert claim.line == 3


def test_evidence_in_the_window_counts_less_when_nobody_can_find_it():
    """A trial that is named gives one level less than the same trial with a reference."""
    bare = "In a randomised placebo-controlled trial of 80 adults, stem cells reduced pain in arthritis."
    linked = bare[:-1] + " (doi:10.1000/xyz123)."
    (without,), (with_doi,) = claims(bare), claims(linked)
    assert with_doi.have > without.have
    assert with_doi.gap < without.gap or with_doi.gap == 0
    assert "without a way to find it" in without.reason
    assert "without a way to find it" not in with_doi.reason


def test_a_claim_says_what_it_rests_on():
    """The reason names the words, the absence of sources, and what would be needed."""
    (claim,) = claims("Stem cells reduce pain in arthritis.")
    assert "reduce pain" in claim.reason
    assert "cites nothing" in claim.reason
    assert "a randomised controlled trial" in claim.reason


def test_a_story_of_recovery_is_a_claim_of_the_page():
    """A patient's words of improvement count as the page's direct claim; a complaint does not."""
    (told,) = claims('"I could not climb the stairs, and now my pain is gone," says Ana.')
    assert told.strength == "causal"
    assert claims('"I lost my sight after the injection," says a former patient.') == ()


def test_a_claim_about_animals_needs_an_animal_study():
    """What is said of mice is held to that, and is never a direct claim about people."""
    found = claims("In mice, stem cells reduced joint pain.")
    assert all(c.need == 2 and c.strength in ("conditional", "correlational") for c in found)


def test_words_about_safety_alone_are_no_direct_claim():
    """That infusions were well tolerated is a report early trials can answer."""
    assert all(
        c.strength in ("correlational", "conditional")
        for c in claims("In early studies stem cell infusions were well tolerated in some patients.")
    )


def test_evidence_of_a_drug_is_lent():
    """A trial of another treatment does not carry a claim, and the reason names what was tested."""
    (claim,) = claims(
        "Our exosome infusion reduces knee pain in arthritis, as shown in a randomised trial of metformin in diabetes "
        "(PMID: 12345678)."
    )
    assert claim.have < claim.need
    assert "tested something else (metformin)" in claim.reason


def test_evidence_of_the_treatment_beside_a_drug_is_its_own():
    """A drug that the treatment was only compared with, or added to, lends nothing."""
    text = (
        "Exosome infusions reduce knee pain. A randomised trial of 90 adults compared exosome infusions with ibuprofen "
        "and found less knee pain (PMID: 12345678)."
    )
    page = check(text, format="text")
    assert [e.other for e in page.evidence] == [""]
    assert page.claims[0].have == 7


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("85% of patients improved after our stem cell infusion.", "the number of people, a comparison and a source"),
        ("68% of 40 patients improved after stem cells.", "a comparison and a source"),
        ("After stem cells 60% of 40 patients improved, compared with 30% on placebo.", "a source"),
        ("Stem cells reduce pain in osteoarthritis.", ""),
    ],
)
def test_a_figure_says_what_it_comes_without(text, lacks):
    """A percentage without its denominator, comparison or source is said to lack them, and no other."""
    (claim,) = claims(text)
    assert claim.reason.partition("its figure comes without ")[2] == lacks


def test_a_lowered_finding_makes_no_claim():
    """A figure about the illness is no claim, though a rule has looked at it."""
    assert claims("In this disease the kidneys lose about 10% of their function every year.") == ()
