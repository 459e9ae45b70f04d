"""Evidence that a team registers: shown beside its claim, never in place of it, and never left to rot."""

import json
from pathlib import Path

import jsonschema
import pytest

from claimcheck.cli import main

CLAIM = "Our stem cell therapy reduces knee pain in adults with arthritis.\n\nThe team will gladly talk about it.\n"
ENTRY = """[[evidence]]
claim = "Reduces  knee pain"
page = "knee.txt"
identifier = "NCT01234567"
design = "randomised-trial"
date = 2020-01-01
expires = 2999-01-01
holder = "Medical affairs"
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with one page, as the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("knee.txt").write_text(CLAIM, encoding="utf-8")


def run(capsys, *arguments, register=ENTRY):
    Path("held.toml").write_text(register, encoding="utf-8")
    status = main([*arguments, "--substantiation", "held.toml"])
    out, err = capsys.readouterr()
    return status, out, err


def report(capsys, register=ENTRY, *pages):
    return json.loads(run(capsys, *(pages or ("knee.txt",)), "--format", "json", register=register)[1])["reports"][-1]


def test_a_registered_claim_is_said_to_be_substantiated(capsys):
    """The claim and its finding carry the entry, and neither severity nor score nor exit status moves."""
    plain_status = main(["knee.txt", "--format", "json"])
    plain = json.loads(capsys.readouterr().out)["reports"][0]
    status, out, _ = run(capsys, "knee.txt", "--format", "json")
    held = json.loads(out)["reports"][0]
    assert held["claims"][0]["substantiation"]["identifier"] == "NCT01234567"
    assert held["claims"][0]["substantiation"]["suffices"] is True
    marked = [f for f in held["findings"] if f["substantiation"]]
    assert [f["rule"] for f in marked] == ["unhedged-efficacy"]
    assert held["verdict"] == plain["verdict"]
    assert [(f["rule"], f["severity"]) for f in held["findings"]] == [
        (f["rule"], f["severity"]) for f in plain["findings"]
    ]
    assert status == plain_status == 1


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "concise", "sarif", "junit", "gitlab", "github"])
def test_every_format_says_so(capsys, format):
    """Whatever the format, a reader sees the identifier of the evidence registered for a finding."""
    assert "NCT01234567" in run(capsys, "knee.txt", "--format", format)[1]


def test_a_design_below_the_claim_does_not_suffice(capsys):
    """Registered evidence that is weaker than the claim needs is shown as such."""
    held = report(capsys, ENTRY.replace("randomised-trial", "uncontrolled-trial"))["claims"][0]["substantiation"]
    assert held["suffices"] is False
    assert "needs a randomised controlled trial" in held["says"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("2999-01-01", "2020-06-01", "expired-substantiation"),
        ("knee pain", "gout", "dangling-substantiation"),
    ],
)
def test_an_entry_that_no_longer_holds_is_a_finding(capsys, old, new, rule):
    """An expired entry, and one whose claim has gone from the page, are findings and substantiate nothing."""
    page = report(capsys, ENTRY.replace(old, new))
    assert [f["rule"] for f in page["findings"] if f["family"] == "substantiation"] == [rule]
    assert not any(c["substantiation"] for c in page["claims"])


def test_an_entry_for_many_pages_dangles_only_where_none_has_its_claim(capsys):
    """A pattern is content with one page that makes the claim."""
    Path("other.txt").write_text("We sell books.\n", encoding="utf-8")
    entry = ENTRY.replace('"knee.txt"', '"*.txt"')
    pages = ("knee.txt", "other.txt")
    assert not [f for f in report(capsys, entry, *pages)["findings"] if f["family"] == "substantiation"]
    gone = report(capsys, entry.replace("knee pain", "gout"), *pages)
    assert [f["rule"] for f in gone["findings"] if f["family"] == "substantiation"] == ["dangling-substantiation"]


def test_an_entry_for_a_missing_page_is_told(capsys):
    """An entry whose page no longer exists is named on standard error."""
    assert "does not exist: gone.txt" in run(capsys, "knee.txt", register=ENTRY.replace("knee.txt", "gone.txt"))[2]


def test_an_entry_by_rule_answers_the_rule(capsys):
    """An entry may name a rule instead of words."""
    entry = ENTRY.replace('claim = "Reduces  knee pain"', 'rule = "unhedged-efficacy"')
    marked = [f["rule"] for f in report(capsys, entry)["findings"] if f["substantiation"]]
    assert marked == ["unhedged-efficacy"]


def test_findings_about_entries_obey_the_configuration(capsys):
    """They can be ignored and graded like any other finding."""
    Path("claimcheck.toml").write_text(
        'substantiation = "held.toml"\nignore = ["substantiation/*"]\n', encoding="utf-8"
    )
    page = report(capsys, ENTRY.replace("knee pain", "gout"))
    assert not [f for f in page["findings"] if f["family"] == "substantiation"]
    assert [f["rule"] for f in page["suppressed"] if f["family"] == "substantiation"] == ["dangling-substantiation"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("randomised-trial", "randomized-trial", "held.toml:5: evidence.0.design: 'randomized-trial' is not one"),
        ("holder =", "holders =", "did you mean 'holder'?"),
        ('claim = "Reduces  knee pain"', 'rule = "unhegded-efficacy"', "did you mean 'unhedged-efficacy'?"),
        ("2999-01-01", "2019-01-01", "expires: 2019-01-01 is before date = 2020-01-01"),
        ('claim = "Reduces  knee pain"\n', "", "needs 'claim' or 'rule'"),
        ('"NCT01234567"', '" "', "identifier: may not be empty"),
        ("[[evidence]]", "[[evidence]", "not valid TOML"),
    ],
)
def test_a_faulty_register_is_refused(capsys, old, new, said):
    """A fault is told with its file, its line and what was probably meant, and nothing is checked."""
    status, out, err = run(capsys, "knee.txt", register=ENTRY.replace(old, new))
    assert status == 2
    assert said in err
    assert "Traceback" not in err + out


def test_a_missing_register_is_refused(capsys):
    """A register that cannot be read ends the run."""
    assert main(["knee.txt", "--substantiation", "nowhere.toml"]) == 2
    assert "nowhere.toml: cannot be read" in capsys.readouterr().err


def test_the_schema_describes_a_register(capsys):
    """What is read is what the published schema allows."""
    assert main(["schema", "substantiation"]) == 0
    schema = json.loads(capsys.readouterr().out)
    entry = {"claim": "a", "page": "b", "identifier": "c", "design": "guideline-or-approval", "holder": "d"}
    entry |= {"date": "2020-01-01", "expires": "2021-01-01"}
    jsonschema.validate({"evidence": [entry]}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"evidence": [entry | {"design": "hearsay"}]}, schema)
