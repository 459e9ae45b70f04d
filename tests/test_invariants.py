"""Laws that hold for every page whatever it says, through the public door, on pages put together at random."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcheck import check
from claimcheck.context.words import Known
from claimcheck.rules.load import built_in

TREATMENTS = ("Stem cell infusions", "Exosome injections", "PRP injections", "Ozone infusions")
VERBS = ("reduce", "relieve", "ease", "improve")
COMPLAINTS = ("the pain of osteoarthritis", "fatigue in lupus", "the symptoms of fibromyalgia", "back pain")
DANGERS = ("Stop taking your insulin.", "Throw away your medication.", "Our stem cells cure lupus.")
FILLER = (
    "The first visit takes about an hour and ends with a cup of tea.",
    "Parking is free in the street behind the house on all days of the week.",
    "A nurse explains every step and answers questions by telephone afterwards.",
)
RISKS = "Injections carry risks of infection, bleeding and allergic reactions."
HYPE = ("This breakthrough changes everything.", "Studies show that it works.", "No side effects were ever seen.")
FLAGGED = ("cure lupus", "are 100% safe", "guarantee remission", "reverse diabetes")

claims = st.tuples(st.sampled_from(TREATMENTS), st.sampled_from(VERBS), st.sampled_from(COMPLAINTS))
extras = st.lists(st.sampled_from((*FILLER, *HYPE, RISKS)), max_size=4, unique=True)

laws = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def page(claim: tuple[str, str, str], more: list[str], end: str = ".", verb: str = "") -> str:
    """A page that makes one claim, ending as given, among other sentences, a paragraph each."""
    treatment, effect, complaint = claim
    return "\n\n".join([f"{treatment} {verb or effect} {complaint}{end}", *FILLER, *more])


def score(text: str) -> int:
    """The score, which every page here has."""
    found = check(text, format="text").verdict.score
    assert found is not None
    return found


def fired(text: str) -> set[str]:
    """The rules that found something."""
    return {f.rule for f in check(text, format="text").findings}


@laws
@given(claims, extras)
def test_a_labelled_citation_never_lowers_the_score(claim, more):
    """I1: a trial that fits, cited beside the claim with its DOI, costs nothing."""
    complaint = claim[2]
    cited = f" in a randomised trial of 120 adults with {complaint} (doi:10.1000/abc.123)."
    assert score(page(claim, more, cited)) >= score(page(claim, more))


FAULTY = (
    " (https://clinicaltrials.gov/study/NCT01234567).",
    " (https://www.biorxiv.org/content/10.1101/2025.02.03.636001v1).",
    " (https://www.prnewswire.com/news-releases/cells-301.html).",
    " ([Effects in a murine model](https://doi.org/10.1000/abc126)).",
    " ([Study protocol for a trial](https://doi.org/10.1000/abc127)).",
)


@laws
@given(claims, extras, st.sampled_from(FAULTY))
def test_citing_badly_is_never_worse_than_not_citing(claim, more, fault):
    """I1: a faulty but independent source leaves the page no lower than none."""
    assert score(page(claim, more, fault)) >= score(page(claim, more))


@laws
@given(claims, extras)
def test_a_null_trial_cited_as_support_is_never_worse_than_nothing(claim, more):
    """I1: even a source that contradicts the claim leaves the page no lower than none."""
    treatment = claim[0]
    told = f"In a randomised trial (doi:10.1000/abc.1) {treatment.lower()} were no better than placebo in 90 adults."
    assert score(page(claim, [*more, told], " (doi:10.1000/abc.1).")) >= score(page(claim, more))


@laws
@given(claims, extras)
def test_a_hedge_never_lowers_the_score(claim, more):
    """I2: "may ease" scores no lower than "ease", and "can" makes the claim one of ability."""
    assert score(page(claim, more, verb=f"may {claim[1]}")) >= score(page(claim, more))
    plain = check(page(claim, [], verb=f"can {claim[1]}"), format="text")
    assert plain.verdict.strength == "can"


@laws
@given(st.sampled_from(TREATMENTS), st.sampled_from(FLAGGED), claims)
def test_a_warning_frame_removes_the_finding_and_leaves_the_gap(treatment, words, claim):
    """I3: what a page warns of is not held against it."""
    alone, warned = page(claim, []), page(claim, [f"Be sceptical of claims that {treatment.lower()} {words}."])
    assert fired(warned) <= fired(alone)
    assert check(warned, format="text").verdict.gap == check(alone, format="text").verdict.gap


@laws
@given(claims, extras)
def test_telling_of_risks_never_lowers_the_score(claim, more):
    """I4: a sentence about the treatment's risks beside the claim costs nothing."""
    rest = [m for m in more if m != RISKS]
    told = f". {claim[0]} carry risks of infection and bleeding."
    assert score(page(claim, rest, told)) >= score(page(claim, rest))


@pytest.mark.parametrize("illness", ["lupus", "arthritis", "diabetes", "multiple sclerosis", "cancer"])
@pytest.mark.parametrize("treatment", TREATMENTS)
def test_a_denied_cure_is_none_and_a_doubled_one_is(treatment, illness):
    """I5: "is not a cure for" never fires, "not only cures ... but" always does."""
    assert "unqualified-cure" not in fired(f"{treatment} are not a cure for {illness}.")
    assert "unqualified-cure" in fired(f"{treatment} not only cure {illness} but also give you energy.")


@laws
@given(claims, st.permutations([*FILLER, *HYPE, RISKS, DANGERS[2]]))
def test_the_order_of_paragraphs_does_not_matter(claim, order):
    """I6: the same paragraphs in another order fire the same rules."""
    said = f"{claim[0]} {claim[1]} {claim[2]}."
    named = [text.replace("it works", f"{claim[0].lower()} work") for text in order]
    assert fired("\n\n".join([said, *named])) == fired("\n\n".join([*sorted(named), said]))


@laws
@given(claims, extras, st.sampled_from(DANGERS))
def test_a_critical_finding_caps_the_page(claim, more, danger):
    """I7: whatever else a page does well, one dangerous line makes it a red flag at 24 or below."""
    cited = f" in a randomised trial of 120 adults with {claim[2]} (doi:10.1000/abc.123)."
    verdict = check(page(claim, [*more, danger], cited), format="text").verdict
    assert verdict.label == "red-flag"
    assert verdict.score <= 24


@laws
@given(claims, extras)
def test_every_point_lost_can_be_traced(claim, more):
    """I9: the ledger sums to the score, its charges name a rule that fired, and whatever was let go says why."""
    report = check(page(claim, [*more, "Be wary of sites that say stem cells cure lupus."]), format="text")
    ledger = report.verdict.arithmetic
    assert sum(line.points for line in ledger) == report.verdict.score
    rules = {f.rule for f in report.findings}
    assert {line.what.split()[0] for line in ledger if line.part in ("language", "omissions")} <= rules
    assert all(f.because is not None and f.because.context for f in report.suppressed)


@pytest.mark.parametrize("words", ["My lupus is gone thanks to the stem cells", "I threw my crutches away"])
def test_a_patients_words_are_judged_and_a_critics_are_not(words):
    """I10: a testimonial is the page's own promise; the same words quoted to warn are not."""
    story = f'"{words}", says Anna from Bern.\n\n' + "\n\n".join(FILLER)
    critic = f'Be wary of stories such as "{words}".\n\n' + "\n\n".join(FILLER)
    assert {f.family for f in check(story, format="text").findings} & {"testimonials"}
    assert not {f.family for f in check(critic, format="text").findings} & {"testimonials"}


HIGH = (
    "What big pharma will never admit is in this small green book.",
    "Doctors are afraid to discuss what is told in this small green book.",
)


@pytest.mark.parametrize("line", HIGH)
def test_a_grave_line_alone_gives_a_verdict(line):
    """A page that claims no benefit but has a finding of high severity is scored all the same."""
    report = check("\n\n".join([line, *FILLER]), format="text")
    assert not report.claims
    assert {f.severity for f in report.findings} & {"high", "critical"}
    assert report.verdict.score is not None
    assert report.verdict.label not in ("no-claim", "too-short")


SAID = (
    "Our stem cells cure lupus.",
    "Exosome injections may ease back pain within days.",
    "After my infusion I walked again and my arthritis was gone.",
    "A randomised trial of 120 adults showed less pain than placebo.",
    "Drink ginger tea for migraine.",
    "Does PRP cure arthritis?",
    "Take part in our stem cell trial.",
    "We see high response rates.",
    "We offer umbilical stem cell infusions for lupus.",
    'She said: "Our stem cells cure lupus."',
)
AROUND = (
    "{}",
    "# {}\n\nWe offer stem cell infusions for $9,000. Book now.",
    "## Do not believe it if somebody says:\n\n- {}\n- No side effects were ever seen.",
    "> {}\n\nThat is what a patient wrote.",
    "Home remedies for migraine:\n\n* {}",
    "Stem cell infusions are our speciality. {} It is proven.",
    "{}\n\nSource: https://doi.org/10.1000/abc.123",
    "{} The trial treated 40 adults. The fee is $6,000.",
    "A randomised trial of 40 adults with lupus showed less pain. {}\n\nBook now.",
    "The agency issued a warning letter. The regulator warned patients of misleading claims. {}",
    "Book a consultation. {} Study number NCT01234567.",
    "The regulator warned clinics about such claims. {} That claim is false.",
    "**Warning:** unproven. {}\n\nYes, it does. Prices start at $5,000 for 2 patients.",
    "The treatment is experimental and not approved. {}",
)


@pytest.mark.parametrize("said", SAID)
def test_what_was_judged_before_changes_nothing(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence is judged by what stands around it here, also where the same words stood elsewhere before."""
    rules = built_in()
    pages = ["\n\n".join([*FILLER[: k % 3], around.format(said), *FILLER]) for k, around in enumerate(AROUND * 2)]
    judged = []
    for page in pages:
        monkeypatch.setitem(rules.shared, "sentences", Known(rules))
        judged.append(check(page, format="markdown"))
    monkeypatch.setitem(rules.shared, "sentences", Known(rules))
    assert [check(page, format="markdown") for page in [*pages, *reversed(pages)]] == [*judged, *reversed(judged)]
