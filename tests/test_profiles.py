"""Profiles: a country's advertising rules in a column of their own, with authority and date, and never in the score."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from claimcheck import check
from claimcheck.cli.options import PROFILES
from claimcheck.errors import UsageError
from claimcheck.home import rules_root
from claimcheck.model import SEVERITIES
from claimcheck.report import FORMATS
from claimcheck.rules.load import built_in

ROOT = Path(__file__).resolve().parents[1]
FOLDER = rules_root() / "profiles"
TABLES = {p: tomllib.loads((FOLDER / f"{p}.toml").read_text(encoding="utf-8")) for p in PROFILES}
CLASSES = tomllib.loads((FOLDER / "classes.toml").read_text(encoding="utf-8"))["class"]
PAGE = (ROOT / "examples" / "hype-clinic.html").read_bytes()


def test_there_is_a_file_for_every_profile() -> None:
    """The profiles that may be asked for are those that there are files of."""
    assert {p.stem for p in FOLDER.glob("*.toml")} == {*PROFILES, "classes"}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_holds_together(profile: str) -> None:
    """Every entry names a rule, a severity, a class and a source that exist; every source has an authority and a date,
    and is used; no severity is lower than the rule's own; nothing is called illegal."""
    table = TABLES[profile]
    rules = built_in().rule
    sources = {s["key"]: s for s in table.get("source", ())}
    entries = [*table.get("rule", ()), *table.get("note", ())]
    assert {e["source"] for e in entries} == set(sources)
    for source in sources.values():
        assert len(source["authority"]) > 10 and re.search(r"\b(19|20)\d\d\b", source["date"])
    for entry in entries:
        assert entry.get("when", CLASSES[0]["name"]) in {c["name"] for c in CLASSES}
        words = entry.get("note") or entry["text"]
        assert words.endswith(".") and not re.search(r"\b(illegal|unlawful|fraud|offence|crime)\b", words)
    for entry in table.get("rule", ()):
        assert set(entry) <= {"id", "severity", "when", "note", "source"}
        assert SEVERITIES.index(entry["severity"]) >= SEVERITIES.index(rules[entry["id"]].severity)


def test_classes_name_word_lists_that_exist() -> None:
    """A class that named no lexicon would never hold."""
    slots = built_in().slots
    assert not [s for c in CLASSES for s in c.get("slots", ()) if s not in slots]


@pytest.mark.parametrize("profile", PROFILES)
def test_the_score_is_the_same_everywhere(profile: str) -> None:
    """A profile changes no severity, no finding and no point; it adds a severity of its own, and dated notes."""
    there, here = check(PAGE, source="a.html", profile=profile), check(PAGE, source="a.html")
    assert there.verdict == here.verdict
    assert [(f.rule, f.severity, f.start) for f in there.findings] == [
        (f.rule, f.severity, f.start) for f in here.findings
    ]
    if profile == "intl":
        assert not there.legal and not any(f.advertising for f in there.findings)
    else:
        assert all(f.advertising for f in there.findings)
        assert there.legal and all(note.authority and note.date for note in there.legal)


@pytest.mark.parametrize(
    ("profile", "text", "rule", "severity"),
    [
        ("us", "Our exosomes are exempt from FDA approval. Book your infusion today.", "exemption-claim", "critical"),
        ("us", "Our stem cells are exempt from FDA approval. Book your infusion today.", "exemption-claim", "high"),
        ("uk", "Our stem cell infusions have no side effects. Book today.", "no-side-effects", "critical"),
        ("uk", "Our massage has no side effects. Book today.", "no-side-effects", "high"),
        ("au", "Our massage has no side effects. Book today.", "no-side-effects", "critical"),
        ("ca", "Our drips reverse diabetes. Book today.", "restricted-advertising", None),
    ],
)
def test_the_severity_is_that_of_the_country_and_the_product(
    profile: str, text: str, rule: str, severity: str | None
) -> None:
    """Rules that ask what is sold look at the sentence, then at the page."""
    found = {f.rule: f.advertising for f in check(text, profile=profile).findings}
    assert found.get(rule) == severity, found


@pytest.mark.parametrize("format", ["terminal", "markdown", "html"])
@pytest.mark.parametrize("profile", ["us", "uk", "eu", "au", "ca"])
def test_people_see_the_column_and_the_notes(profile: str, format: str) -> None:
    """The report names the country, puts both severities side by side, and says who says so and of when."""
    report = check(PAGE, source="a.html", profile=profile)
    text = " ".join(FORMATS[format]([report], width=100).split()) if format == "terminal" else FORMATS[format]([report])
    assert "Advertising rules: " in text and "not legal advice" in text
    assert all(note.date in text for note in report.legal)
    assert "Advertising rules" not in FORMATS[format]([check(PAGE, source="a.html")])


def test_programs_read_both_severities() -> None:
    """JSON has the profile's severity beside the rule's, and the notes."""
    report = json.loads(FORMATS["json"]([check(PAGE, source="a.html", profile="au")]))["reports"][0]
    pairs = {f["rule"]: (f["severity"], f["advertising"]) for f in report["findings"]}
    assert pairs["patient-testimonial"] == ("medium", "critical")
    assert {"rule", "text", "authority", "date"} == set(report["legal"][0])


def test_an_unknown_profile_is_told() -> None:
    """The library names the profiles that there are."""
    with pytest.raises(UsageError, match="no profile 'de'; known: au, ca, eu, intl, uk, us"):
        check("We open at nine.", profile="de")
