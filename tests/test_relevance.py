"""Whether what a page cites is about what it claims, and what that does to the claim."""

from __future__ import annotations

import pytest

from claimcheck import check

REFERENCES = "\n\n## References\n\n"


def cite(claim: str, title: str) -> str:
    """A page with one claim that cites one reference-list entry."""
    entry = f"1. Adams R, Brook T. {title}. J Trials 2021;3:10-19. doi:10.1000/abc131"
    return f"{claim} [1].\n\nThe house stands by the lake and has parking.{REFERENCES}{entry}"


FITS = [
    (
        "Stem cells reduce pain in osteoarthritis",
        "Stem cells for knee osteoarthritis: a randomised controlled trial",
        7,
    ),
    ("PRP injections ease tennis elbow", "Platelet-rich plasma or steroid for tennis elbow: a randomised trial", 7),
    ("Stem cells reduce kidney damage in lupus", "Stem cells in lupus nephritis: a randomised controlled trial", 7),
]
MISFITS = [
    ("Exosomes relieve psoriasis", "Exosomes for heart failure: a randomised controlled trial", 6, "another condition"),
    ("Our stem cells ease Parkinson's disease", "Stem cells after stroke: a randomised trial", 6, "another condition"),
    ("Ozone therapy heals rheumatoid arthritis", "Methotrexate for arthritis: a randomised trial", 0, "methotrexate"),
    ("PRP injections ease tennis elbow", "Exosomes for tennis elbow: a randomised trial", 0, "something else"),
    (
        "Stem cells reduce pain in osteoarthritis",
        "Stem cells did not reduce pain in osteoarthritis: a randomised trial",
        0,
        "found no effect",
    ),
    ("Exosomes relieve psoriasis", "Exosomes for psoriasis: a randomised trial in 12 adults", 6, "12 people"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "title", "have"), FITS)
def test_a_source_that_fits_counts_in_full(claim, title, have):
    """A trial of the same treatment in the same illness, under whatever name, bears the claim at its level."""
    report = check(cite(claim, title), format="markdown")
    assert report.claims[0].have == have
    assert not [f for f in report.findings if f.rule == "source-claim-mismatch"]


@pytest.mark.parametrize(("claim", "title", "have", "says"), MISFITS)
def test_a_source_that_does_not_fit_counts_for_less_and_the_claim_says_why(claim, title, have, says):
    """Another illness or fewer than 20 people cost a level; another treatment or a null result leave nothing."""
    (first, *_) = check(cite(claim, title), format="markdown").claims
    assert first.have == have
    assert says in first.reason


def test_the_strongest_claim_does_not_borrow_from_another_condition():
    """The page's verdict counts evidence at what it is worth to the claims that lean on it."""
    fits = check(cite("Exosomes relieve psoriasis", "Exosomes for psoriasis: a randomised trial"), format="markdown")
    other = check(cite("Exosomes relieve psoriasis", "Exosomes for asthma: a randomised trial"), format="markdown")
    assert (fits.verdict.gap, other.verdict.gap) == (0, 1)


def test_a_study_told_elsewhere_stands_behind_whoever_cites_its_identifier():
    """A claim that cites a DOI rests on the study that the page tells of under the same DOI."""
    text = (
        "Exosomes relieve psoriasis (doi:10.1000/abc.7).\n\nThe house stands by the lake.\n\n"
        "In a randomised trial (doi:10.1000/abc.7) exosomes reduced psoriasis in 60 adults."
    )
    (first, *_) = check(text, format="text").claims
    assert first.evidence
    assert first.have == 7


def test_the_evidence_table_names_the_illness_not_disease():
    """ "Disease" and complaints of any illness give way to the illness the study was about."""
    text = "A randomised trial of exosomes in 80 adults with this disease, fatigue and lupus found less pain."
    (evidence,) = check(text, format="text").evidence
    assert evidence.condition == "lupus"
    (vague,) = check("A randomised trial of exosomes in 80 adults with this disease found less pain.").evidence
    assert vague.condition != "disease"


LENT = "Prednisone calmed flares in a randomised trial of 90 patients. Exosomes act like it on the immune system."


def test_a_medicines_trial_is_not_the_sellers():
    """What a drug's trial found is no evidence for a treatment said to act like the drug."""
    report = check(LENT, format="text")
    assert "lent-evidence" in {f.rule for f in report.findings}
    assert all(c.have == 0 for c in report.claims)


ADVICE = [
    ("Mix honey and lemon, drink it thrice daily for asthma.", "honey"),
    ("For arthritis, take turmeric with warm milk every night.", "turmeric"),
    ("Gargle with warm water and ginger for a sore throat.", "ginger"),
]
NO_ADVICE = [
    "Drink plenty of water if you have a fever.",
    "Take your asthma inhaler as directed, and honey with your tea.",
    "Do not take turmeric for arthritis.",
    "Mix honey and lemon, and pour it over the salad.",
    "Is it wise to take turmeric for arthritis?",
    "Honey can cause botulism in infants.",
]


@pytest.mark.parametrize(("text", "substance"), ADVICE)
def test_advice_to_use_something_for_an_illness_is_a_claim_about_it(text, substance):
    """Whoever tells readers to take a thing for an illness says that it helps."""
    (claim,) = check(text, format="text").claims
    assert substance in claim.treatment


@pytest.mark.parametrize("text", NO_ADVICE)
def test_recipes_cautions_and_ordinary_care_are_no_advice(text):
    """Food, first aid, doctors' orders, warnings and questions are no claims."""
    assert not check(text, format="text").claims


def test_a_list_of_remedies_under_an_illness_is_a_claim_an_item():
    """Under "Home remedies for asthma" each herb is said to help against asthma."""
    text = "## Home remedies for asthma\n\n- Honey and warm water\n- Garlic boiled in milk\n- A quiet room\n"
    said = {c.sentence for c in check(text, format="markdown").claims}
    assert {"Honey and warm water", "Garlic boiled in milk"} <= said
    assert "A quiet room" not in said


@pytest.mark.parametrize("text", ["Wherever you need fast pain relief, this jar is at hand.", "The gray hair remedy."])
def test_relief_offered_by_name_is_a_claim(text):
    """Copy that sells "fast pain relief" or "the gray hair remedy" claims relief, whatever the product is called."""
    assert check(text, format="text").claims


def test_works_just_as_well_as_a_medicine_is_a_claim():
    """To equal a medicine is to have its effect."""
    (claim,) = check("The ozone drip works just as well as antibiotics.", format="text").claims
    assert claim.strength == "causal"


EXPLAINS = """Gout is a form of arthritis. The symptoms of gout include sudden pain and swelling of the big toe.

It affects about four percent of adults, and the risk factors include obesity and high blood pressure.

The diagnosis is made by a physical examination and a blood test. The doctor asks about the family history of gout.

Gout may come back after months. Untreated gout leads to complications such as kidney stones and lumps under the skin.
"""


def test_a_page_that_explains_an_illness_and_its_diagnosis_is_graded():
    """A sober page on how an illness shows and how doctors find it gets a verdict, held at 84 without a source."""
    verdict = check(EXPLAINS, format="text").verdict
    assert (verdict.label, verdict.score) == ("balanced", 84)


def test_a_doctors_report_of_a_patient_is_no_testimonial():
    """First person alone makes no patient's story."""
    assert not check("I even had one patient who set up a small room with lights and felt better.").claims
