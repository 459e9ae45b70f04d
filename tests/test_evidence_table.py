"""`claimcheck evidence`: the evidence of a page alone, and which claims lean on it."""

import json
from pathlib import Path

import jsonschema
import pytest

from claimcheck.cli import main

PAGE = (
    "Our stem cell infusion reduces joint pain in adults. A single-arm study of 17 adults reported less joint pain "
    "after the stem cell infusion (NCT01234567).\n\nOur stem cell infusion cures gout.\n"
)


@pytest.fixture
def page(tmp_path, monkeypatch):
    """The page above, in the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    return "page.txt"


def test_the_table_for_people(capsys, page):
    """A study is shown with its design, how to find it and the claim that leans on it; a bare claim is listed."""
    assert main(["evidence", page]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "level 5, " in out
    assert "17 participants" in out
    assert "comparator: none" in out
    assert "NCT01234567" in out
    assert 'Claims that lean on it: line 1 "Our stem cell infusion reduces joint pain' in out
    assert 'Claims with nothing beside them - line 3: "Our stem cell infusion cures gout."' in out


def test_the_table_as_data(capsys, page):
    """The JSON validates against its published schema, and rows and claims name each other."""
    assert main(["evidence", page, "--format", "json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert main(["schema", "evidence"]) == 0
    jsonschema.validate(table, json.loads(capsys.readouterr().out))
    (sheet,) = table["pages"]
    for number, claim in enumerate(sheet["claims"]):
        for row in claim["rows"]:
            assert number in sheet["rows"][row]["claims"]
    (study,) = [r for r in sheet["rows"] if r["kind"] == "study"]
    assert (study["level"], study["participants"], study["targets"]) == (5, 17, ["NCT01234567"])
    assert study["claims"]


def test_a_source_without_a_study_is_a_row(capsys, tmp_path):
    """A link of which the page tells no study stands in the table without a level."""
    path = tmp_path / "page.md"
    path.write_text("Opening hours are at [the hall](https://hall.example.org/hours).\n", encoding="utf-8")
    assert main(["evidence", str(path), "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["pages"][0]["rows"]
    assert (row["kind"], row["level"], row["targets"]) == ("source", None, ["https://hall.example.org/hours"])


def test_pages_that_cannot_be_read(capsys, page):
    """One missing page ends with status 2 and does not cost the table of the other."""
    assert main(["evidence", "missing.txt", page]) == 2
    out, err = capsys.readouterr()
    assert "level 5" in out
    assert "missing.txt" in err
