"""Which studies a page describes: design, level, direction, size; and what is no study at all."""

import tomllib
from pathlib import Path

import pytest
from evidence_pages import read

from claimcheck.evidence.cues import Cues
from claimcheck.evidence.designs import designs_of
from claimcheck.evidence.details import participants, phase
from claimcheck.rules.load import built_in

CASES = tomllib.loads((Path(__file__).parent / "data" / "studies.toml").read_text(encoding="utf-8"))["case"]
CUES = Cues(built_in().tables["study-words"])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_studies_of_a_text(case):
    """Each text describes exactly the listed studies, at the listed level and with the listed direction."""
    _, ground = read(case["text"])
    assert [[e.level, e.direction] for e in ground.evidence] == case["expect"]
    if not ground.evidence:
        return
    first = ground.evidence[0]
    told = {"n": first.participants, "phase": first.phase, "treatment": first.treatment}
    told |= {"limits": list(first.limits), "population": first.population}
    assert {k: told[k] for k in told if k in case} == {k: v for k, v in case.items() if k in told}


def test_enough_cases():
    """The table keeps its breadth: studies of every level, and much that is none."""
    levels = {level for case in CASES for level, _ in case["expect"]}
    assert len(CASES) >= 100
    assert levels >= {1, 2, 3, 4, 5, 6, 7, 8, 9}
    assert sum(not case["expect"] for case in CASES) >= 30


def test_the_ladder_is_whole():
    """Every level from 1 to 9 has a design, and every design a title."""
    designs = designs_of(built_in())
    assert {d.level for d in designs.values()} == set(range(1, 10))
    assert all(d.title for d in designs.values())


def test_levels_leave_out_what_points_against():
    """A null trial raises no sentence's level; the weaker study that points the other way does."""
    _, ground = read("Open-label studies of MSCs reported improvement.\nA randomised trial of MSCs found no benefit.")
    assert ground.levels == {0: 5}
    assert ground.described[1] == (1,)


def test_traceability_of_a_study():
    """A study is worth what can be followed: a name or a size 1, a resolvable source 3, nothing 0."""
    texts = {
        "Early-phase trials of MSCs reported improvement.": 0,
        "A phase 1 trial of MSCs in 20 adults reported improvement.": 1,
        "Adams and colleagues reported improvement in a phase 1 trial of MSCs.": 1,
        "A phase 1 trial of MSCs reported improvement (PMID: 1234567).": 3,
        "Our own registry data on 90 patients showed improvement (PMID: 1234567).": 1,
    }
    assert {text: read(text)[1].evidence[0].traceability for text in texts} == texts


def test_a_cited_entry_is_evidence_for_the_sentence_that_cites_it():
    """The design in a reference list's title counts for the sentence whose mark resolves to it."""
    _, ground = read(
        "PRP eased knee pain [1].\n= 1. Adams B. PRP for knees: a randomised trial. Example Med. 2020;4(2):11-19."
    )
    assert [(e.level, e.traceability) for e in ground.evidence] == [(7, 2)]
    assert ground.described == {0: (0,)}


def test_an_uncited_entry_stands_behind_no_sentence():
    """A listed study that nothing cites is evidence of the page, not of a claim."""
    _, ground = read("PRP eases pain.\n= Adams B. PRP for knees: a randomised trial. Example Med. 2020;4(2):11-19.")
    assert [e.level for e in ground.evidence] == [7]
    assert ground.described == {}


def test_a_source_without_a_stated_design():
    """A cited article that the page does not describe counts as a narrative review does, a preprint one step lower."""
    _, ground = read("PRP eases pain (PMID: 1234567).\nExosomes ease pain (10.1101/2021.01.02.21250001).")
    assert [(e.level, e.traceability) for e in ground.evidence] == [(2, 3), (1, 3)]


def test_a_registry_number_is_a_plan_not_a_result():
    """A claim that only cites a registration has no evidence behind it."""
    _, ground = read("Stem cells ease pain (NCT01234567).")
    assert ground.evidence == ()
    assert ground.cited == {0: 3}


def test_links_to_the_own_site_are_no_evidence():
    """Articles of the page's own site in a list of links are not read as studies."""
    _, ground = read(
        "We treat you at Nova Regen.\n# Links\n- [Our randomised trial of PRP](https://novaregen.test/trial)"
    )
    assert ground.evidence == ()
    assert ground.citations[0].link_class == "own"


def test_approval_counts_where_the_page_points_to_it():
    """An approval of an unproven treatment is only as good as the pointer to it."""
    claim = "This gene therapy and MSC product is approved by the European Commission"
    assert read(f"{claim}.")[1].evidence == ()
    assert [e.level for e in read(f"{claim} (EU/1/12/345).")[1].evidence] == [9]


def test_standard_care_is_not_the_treatment():
    """A trial of a standard drug names no treatment of the page; a drug that is only the comparison does not matter."""
    _, ground = read("A randomised trial found that methotrexate reduced flares.")
    assert ground.evidence[0].treatment == ""
    _, ground = read("A randomised trial found no benefit of MSC therapy over methotrexate.")
    assert ground.evidence[0].treatment != ""


def test_the_lead_in_has_the_evidence_of_its_items():
    """A sentence that introduces a list has the studies of the list in its window."""
    _, ground = read(
        "MSCs eased pain in several studies:\n- A phase 1 trial of 20 adults reported relief.\n- It was safe."
    )
    assert 0 in ground.described[0]


def test_a_warning_heading_governs_what_stands_under_it():
    """Studies under a heading of red flags are examples of claims, not evidence."""
    _, ground = read("# Red flags\n- A randomised trial of 40 patients showed that it works.")
    assert ground.evidence == ()


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("17 adults with psoriasis", 17),
        ("n = 1,240", 1240),
        ("12 of the 20 patients", 20),
        ("two hundred", None),
        ("sixty-four older women", 64),
        ("90% of patients", None),
        ("6 months patients", None),
        ("in 2019 patients", None),
        ("1,930 patients", 1930),
        ("a dose of 5 mg in patients", None),
        ("enrolled 240", 240),
        ("included 14 trials", None),
        ("10 years; people", None),
        ("1.5 million people", None),
    ],
)
def test_sample_size(text, size):
    """A number of people is a sample size; a share, a duration, a dose, a year and a number of trials are none."""
    assert participants(text, CUES) == size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phase 1/2a", "1/2a"),
        ("phase iii", "3"),
        ("phase-i", "1"),
        ("phase ii/iii", "2/3"),
        ("phase 2b", "2b"),
        ("phased in", ""),
    ],
)
def test_phase(text, expected):
    """Phases are told in digits, whatever the page's numerals."""
    assert phase(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a randomised trial of " * 400,
        "A" * 30_000,
        "(" * 20_000,
        "Adams, Adams, " * 2_000,
        "NCT " * 5_000,
        "10." * 8_000,
        "[1,2" * 5_000,
        "phase 1/" * 3_000,
        "12 of 12 of " * 2_000,
        "we at the " * 2_000,
    ],
    ids=lambda t: t[:14],
)
def test_hostile_text_is_read(text):
    """Long runs of what looks like a beginning are read to the end and give a consistent answer."""
    _, ground = read(text + " https://nova.test/x")
    assert all(c.start < c.end for c in ground.citations)
