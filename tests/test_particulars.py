"""How a described study was run, as far as the text says."""

import tomllib
from pathlib import Path

import pytest
from evidence_pages import read
from msgspec.structs import asdict

from claimcheck.evidence.particulars import particulars

CASES = tomllib.loads((Path(__file__).parent / "data" / "particulars.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_particulars_of_a_text(case):
    """Each sentence gives exactly the particulars it tells, and no others."""
    text, expect = case["text"].lower(), dict(case["expect"])
    expect.pop("outcomes", None)  # needs the word lists of a page: below
    assert {k: v for k, v in asdict(particulars(text)).items() if v} == expect


def test_particulars_reach_the_evidence():
    """A page's evidence carries the particulars of its study, the laboratory measures marked as surrogates."""
    _, ground = read(
        "A double-blind, placebo-controlled trial of curcumin in 80 adults found a lower WOMAC.\n"
        "An open-label study of MSCs in 12 patients reported lower creatinine after six months."
    )
    first, second = (e.particulars for e in ground.evidence)
    assert (first.blinding, first.comparator, first.outcomes) == ("double blind", "placebo", "womac")
    assert (second.blinding, second.follow_up, second.outcomes) == (
        "open label",
        "six months",
        "creatinine (surrogate)",
    )
