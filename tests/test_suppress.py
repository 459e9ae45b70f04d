"""Comments against findings: what they take out, how narrowly, and what is said of those that rot."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claimcheck import load_rules
from claimcheck.cli import main
from claimcheck.ingest import read_page
from claimcheck.model import Report
from claimcheck.pipeline import check_document
from claimcheck.policy.suppress import META, Ground, suppress
from claimcheck.text.directives import directives, mask

RULES = load_rules()
FAMILIES = {r.id: r.family for r in RULES.flags}
GUARDED = frozenset(r.id for r in RULES.flags if r.never_exempt)
TODAY = date(2026, 6, 1)
CURE = "<p>Our infusions cure lupus. Book your visit today.</p>"
GOUT = "<p>Our infusions cure gout.</p>"
STOP = "<p>Stop taking your immunosuppressants.</p>"


def judged(source: str, name: str = "p.html", guarded: frozenset[str] = GUARDED) -> Report:
    document = read_page(source, name)
    return suppress(document, check_document(document, RULES), Ground(FAMILIES, guarded, TODAY))


def of(report: Report, rule: str = "unqualified-cure") -> list[str]:
    return [f.quote for f in report.findings if f.rule == rule]


def remarks(report: Report) -> list[str]:
    return [f.rule for f in report.findings if f.rule in META]


@pytest.mark.parametrize(
    ("source", "left", "said"),
    [
        ("<!-- claimcheck: ignore unqualified-cure -- a letter we quote -->" + CURE, 0, []),
        ("<!-- claimcheck: ignore cure/* — a letter we quote -->" + CURE, 0, []),
        ("<!-- claimcheck: ignore unqualified-cure -- a letter -->" + CURE + GOUT, 1, []),
        (CURE + "<!-- claimcheck: ignore unqualified-cure -- too late -->", 1, ["unused-suppression"]),
        ("<!-- claimcheck: off cure/* -- a letter -->" + CURE + GOUT, 0, []),
        ("<!-- claimcheck: off cure/* -- a letter -->" + CURE + "<!-- claimcheck: on cure/* -->" + GOUT, 1, []),
        (CURE + "<!-- claimcheck: on cure/* -->", 1, ["unused-suppression"]),
        ('<!-- claimcheck: ignore unqualified-cure "cure lupus" -- a letter -->' + CURE, 0, []),
        ('<!-- claimcheck: ignore unqualified-cure "cure warts" -- a letter -->' + CURE, 1, ["unused-suppression"]),
        ("<!-- claimcheck: ignore unqualified-cure until 2026-06-01 -- a letter -->" + CURE, 0, []),
        (
            "<!-- claimcheck: ignore unqualified-cure until 2026-05-31 -- a letter -->" + CURE,
            1,
            ["expired-suppression"],
        ),
        ("<!-- claimcheck: ignore unqualified-cure until spring -- x -->" + CURE, 1, ["malformed-suppression"]),
        ("<!-- claimcheck: ignore unqualified-cure -->" + CURE, 1, ["unreasoned-suppression"]),
        ("<!-- claimcheck: ignore unqualified-cure -- -->" + CURE, 1, ["unreasoned-suppression"]),
        ("<!-- claimcheck: ignore -- because -->" + CURE, 1, ["malformed-suppression"]),
        ("<!-- claimcheck: ignore unqualified-cur -- because -->" + CURE, 1, ["malformed-suppression"]),
        ("<!-- claimcheck: silence everything, please! -->" + CURE, 1, ["malformed-suppression"]),
        ("<!-- claimcheck: ignore hype/* -- because -->" + CURE, 1, ["unused-suppression"]),
        ("<script>'<!-- claimcheck: off cure/* -- x -->'</script>" + CURE, 1, []),
    ],
)
def test_comments_take_out_what_they_name(source: str, left: int, said: list[str]) -> None:
    """A comment takes out findings of its rule in its stretch, and is a finding where it does nothing or may not."""
    report = judged(source)
    assert (len(of(report)), remarks(report)) == (left, said)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("p.md", "<!-- claimcheck: ignore unqualified-cure -- a letter -->\n\nOur infusions cure lupus. Book today.\n"),
        ("p.txt", "# claimcheck: ignore unqualified-cure -- a letter\nOur infusions cure lupus. Book today.\n"),
        ("p.txt", "Welcome.\n  // claimcheck: ignore unqualified-cure -- a letter\nOur infusions cure lupus.\n"),
        ("p.txt", "<!-- claimcheck: ignore unqualified-cure -- a letter -->\nOur infusions cure lupus.\n"),
    ],
)
def test_every_kind_of_page_has_comments(name: str, source: str) -> None:
    """Markdown takes HTML comments, plain text a comment line; the comment itself is not read as prose."""
    report = judged(source, name)
    assert of(report) == [] and remarks(report) == []
    assert [f.because.cue for f in report.suppressed if f.because and f.because.context == "suppressed"] == ["a letter"]


@pytest.mark.parametrize(
    "source",
    ["```\n<!-- claimcheck: off cure/* -- x -->\n```\n\nOur infusions cure lupus.\n",
     "Write `<!-- claimcheck: off cure/* -- x -->` first.\n\nOur infusions cure lupus.\n"],
)  # fmt: skip
def test_a_comment_shown_as_code_is_none(source: str) -> None:
    """Markdown that explains the comments suppresses nothing by it."""
    report = judged(source, "p.md")
    assert len(of(report)) == 1 and remarks(report) == []


def test_danger_lines_need_the_configuration() -> None:
    """A comment alone does not take out a danger line, neither by rule nor by family; with leave it does."""
    for words in ("stop-medication", "standard-care/*"):
        source = f"<!-- claimcheck: ignore {words} -- our letter -->{STOP}"
        assert "stop-medication" in GUARDED
        report = judged(source)
        assert of(report, "stop-medication") and remarks(report) == ["refused-suppression"]
        report = judged(source, guarded=GUARDED - {"stop-medication"})
        assert not of(report, "stop-medication") and remarks(report) == []


def test_the_verdict_stays() -> None:
    """A suppressed finding is kept with its reason and the comment's place, and buys no better score."""
    comment = "<!-- claimcheck: ignore unqualified-cure -- a letter -->"
    plain, quiet = judged(" " * len(comment) + CURE), judged(comment + CURE)
    assert quiet.verdict == plain.verdict
    (taken,) = [f for f in quiet.suppressed if f.because and f.because.context == "suppressed"]
    assert taken.because and (taken.because.start, taken.because.end) == (0, len(comment))


def test_masking_keeps_every_place() -> None:
    """Blanking comment lines changes no length and no line, so positions stay those of the source."""
    source = "a\r\n# claimcheck: ignore x -- y\r\nb\n// claimcheck: off x -- é\n"
    masked = mask(source)
    assert len(masked) == len(source) and masked.split() == ["a", "b"]
    assert [i for i, c in enumerate(masked) if c in "\r\n"] == [i for i, c in enumerate(source) if c in "\r\n"]


def test_comments_are_bounded() -> None:
    """However many comments a page has, a thousand are read."""
    assert len(directives("<!-- claimcheck: ignore x -- y -->" * 3000, "html")) == 1000


def test_a_run_obeys_comments_unless_told_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The suppressed finding fails no build and stays in JSON and SARIF; --no-suppressions brings it back."""
    monkeypatch.chdir(tmp_path)
    text = "<!-- claimcheck: ignore unqualified-cure -- a letter -->\n" + CURE
    (tmp_path / "p.html").write_text(text, encoding="utf-8")
    assert main(["p.html", "--format", "json", "--output", "r.sarif"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert [f["because"]["cue"] for f in report["suppressed"] if f["rule"] == "unqualified-cure"] == ["a letter"]
    results = json.loads((tmp_path / "r.sarif").read_text())["runs"][0]["results"]
    assert [r["suppressions"][0]["justification"] for r in results if "suppressions" in r] == ["a letter"]
    assert main(["p.html", "--no-suppressions"]) == 1


def test_remarks_are_graded_and_ignored_like_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The configuration grades and leaves out findings about comments by their names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.html").write_text("<!-- claimcheck: ignore hype/* -- x --><p>Open at nine.</p>", encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text("[severity]\nunused-suppression = 'high'\n", encoding="utf-8")
    assert main(["p.html"]) == 1
    assert main(["p.html", "--ignore", "suppressions/*"]) == 0
