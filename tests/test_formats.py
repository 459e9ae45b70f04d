"""The formats for other programs: each against the schema of its specification, or as its readers take it apart."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sample_report import bad_page, fair_page, no_claim_page

from claimcheck import check
from claimcheck.cli import main
from claimcheck.model import Because, Report
from claimcheck.report import FORMATS, format_of
from claimcheck.report.json import schema
from claimcheck.report.statistics import render as statistics

SCHEMAS = Path(__file__).parent / "data" / "schemas"
HOSTILE = '</failure>]]> %0A::error::x, "q" \x1b[2J \x00 \ud800 café 😀\r\n::warning::y'
TEXT = "Welcome.\n\n😀 Café: our infusions cure lupus. Book your visit today.\n\nThey have no side effects.\n"
PAGES = [check(TEXT, source="./site/a b#1.txt"), bad_page(), fair_page(), no_claim_page()]


def hostile() -> Report:
    """A page whose name and words try to break out of every format; some findings were taken out by people."""
    report = bad_page(f"a{HOSTILE}.txt")
    findings = tuple(replace(f, message=HOSTILE, quote=HOSTILE, context=HOSTILE) for f in report.findings)
    reasons = ("suppressed", "baseline", "ignored")
    taken = tuple(replace(f, because=Because(r, HOSTILE, 0, 1)) for f, r in zip(findings, reasons, strict=False))
    return replace(report, findings=findings, suppressed=report.suppressed + taken)


ALL = [*PAGES, hostile()]


@pytest.mark.parametrize("options", [{}, {"view": "editor", "verbose": True, "explain": True, "why_not": True}])
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_our_own_workings_shows(name: str, options: dict[str, Any]) -> None:
    """No format prints a noncharacter, a character of private use, or the escape of one, where no page holds one."""
    for piece in (
        FORMATS[name](PAGES, **options),
        *(text for _, text in FORMATS[name].files(Path("r"), PAGES, **options)),
    ):
        assert not re.search(
            r"[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]|\\+u(fd[de]|ff[ef]|e\w\w)", piece, re.IGNORECASE
        )


def loads(name: str, reports: list[Report]) -> Any:
    return json.loads(FORMATS[name](reports))


@pytest.mark.parametrize("name", ["sarif", "gitlab", "rdjson"])
@pytest.mark.parametrize("reports", [[], PAGES, ALL], ids=["none", "pages", "hostile"])
def test_valid_against_the_specification(name: str, reports: list[Report]) -> None:
    """The output validates against the schema of its format, also without a page and with hostile words."""
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text())).validate(loads(name, reports))


def test_jsonl_is_the_json_report_line_by_line() -> None:
    """Every line is one report of the JSON format, and validates as one."""
    lines = [json.loads(line) for line in FORMATS["jsonl"](ALL).splitlines()]
    assert lines == loads("json", ALL)["reports"]
    published = schema()
    one = {**published["$defs"]["Report"], "$defs": published["$defs"]}
    for line in lines:
        jsonschema.Draft202012Validator(one).validate(line)


def test_sarif_results_point_at_the_words() -> None:
    """Cut out of the page by lines and UTF-16 columns, every region is the text of its finding."""
    rows = [line.encode("utf-16-le") for line in TEXT.split("\n")]
    results = loads("sarif", PAGES[:1])["runs"][0]["results"]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in results]
    placed = [r for r in regions if "startColumn" in r]
    assert placed
    for region in placed:
        row = rows[region["startLine"] - 1][2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2]
        assert row.decode("utf-16-le") == region["snippet"]["text"]
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "site/a%20b%231.txt"


def test_sarif_keeps_what_people_took_out() -> None:
    """Findings taken out by comment, baseline or configuration are suppressed results; matches let go are none."""
    (run,) = loads("sarif", [hostile()])["runs"]
    kinds = [r["suppressions"][0]["kind"] for r in run["results"] if "suppressions" in r]
    assert sorted(kinds) == ["external", "external", "inSource"]
    assert len(run["results"]) == len(hostile().findings) + 3
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert all("help" in rule for rule in run["tool"]["driver"]["rules"] if rule["id"] != "no-risks-mentioned")


def test_rdjson_columns_count_bytes() -> None:
    """Cut out of the page's UTF-8 bytes, every range is the text of its finding."""
    rows = TEXT.encode().split(b"\n")
    placed = [d for d in loads("rdjson", PAGES[:1])["diagnostics"] if "end" in d["location"]["range"]]
    quotes = [f.quote for f in sorted(PAGES[0].findings, key=lambda f: (f.line, f.column)) if f.start != f.end]
    cut = []
    for diagnostic in placed:
        start, end = diagnostic["location"]["range"]["start"], diagnostic["location"]["range"]["end"]
        cut.append(rows[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode())
    assert cut == quotes and cut


def test_gitlab_fingerprints_are_unique_and_stay() -> None:
    """No two issues share a fingerprint, and moving a sentence down the page changes none."""
    prints = [i["fingerprint"] for i in loads("gitlab", ALL)]
    assert len(set(prints)) == len(prints)
    moved = check(f"\n\n{TEXT}", source=PAGES[0].source)
    assert {i["fingerprint"] for i in loads("gitlab", [moved])} == {
        i["fingerprint"] for i in loads("gitlab", PAGES[:1])
    }


@pytest.mark.parametrize("reports", [[], PAGES, ALL], ids=["none", "pages", "hostile"])
def test_junit_is_what_its_readers_count(reports: list[Report]) -> None:
    """The XML parses, and its counts are those of its cases and failures; a page without findings passes."""
    root = ElementTree.fromstring(FORMATS["junit"](reports).encode("utf-8", "surrogatepass"))
    assert [s.tag for s in root] == ["testsuite"] * len(reports)
    for suite, report in zip(root, reports, strict=True):
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases) == max(len(report.findings), 1)
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure")) == len(report.findings)
    assert int(root.attrib["tests"]) == len(root.findall(".//testcase"))


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them: `::name key=value,...::data`, at the start of a line."""
    found = []
    for line in text.splitlines():
        if m := re.match(r"::(\w+)(?: ([^:]*))?::(.*)$", line):
            pairs = dict(p.split("=", 1) for p in m[2].split(",")) if m[2] else {}
            found.append((m[1], {k: _plain(v) for k, v in pairs.items()}, _plain(m[3])))
    return found


def _plain(text: str) -> str:
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_annotations_are_one_a_finding() -> None:
    """The runner reads one annotation a finding with its file, line and title, and no command from a page's words."""
    for report in ALL:
        found = commands(FORMATS["github"]([report]))
        assert len(found) == len(report.findings)
        assert {name for name, _, _ in found} <= {"error", "warning", "notice"}
        assert all({"file", "line", "title"} <= set(place) for _, place, _ in found)
    _, place, _ = commands(FORMATS["github"](PAGES[:1]))[0]
    assert place["file"] == PAGES[0].source and place["line"] == "3"


@given(st.text(max_size=60))
def test_no_name_breaks_a_format(name: str) -> None:
    """Whatever a page is called, every format for programs can be read back."""
    report = replace(bad_page(), source=name or "x")
    for format in ("json", "jsonl", "sarif", "gitlab", "rdjson"):
        json.loads(FORMATS[format]([report]))
    ElementTree.fromstring(FORMATS["junit"]([report]).encode("utf-8", "surrogatepass"))
    assert len(commands(FORMATS["github"]([report]))) == len(report.findings)


@pytest.mark.parametrize(
    ("path", "name"),
    [("a.json", "json"), ("a.gitlab.json", "gitlab"), ("a.SARIF", "sarif"), ("a.xml", "junit"), ("a.ndjson", "jsonl")],
)
def test_a_suffix_means_a_format(path: str, name: str) -> None:
    """The longest suffix that fits says the format."""
    assert format_of(path) == name


def test_words_that_the_page_does_not_show_are_told_apart() -> None:
    """A finding in a title, a description or a picture's text says so in every format that prints its message."""
    page = "<title>Our cells cure lupus</title><p>We are open.</p><img src=a alt='Our cells cure gout'>"
    report = check(page, source="a.html")
    for format in ("concise", "github", "gitlab", "rdjson", "sarif"):
        text = FORMATS[format]([report])
        assert "the page's title: 'Our cells cure lupus' promises" in text, format
        assert "the text of a picture: 'Our cells cure gout' promises" in text, format
    results = json.loads(FORMATS["sarif"]([report]))["runs"][0]["results"]
    assert [r["properties"]["where"] for r in results if "where" in r["properties"]] == ["title", "alt"]


def test_statistics_count_rules_and_verdicts() -> None:
    """The most frequent rule stands first, with findings and pages; the verdicts close the list."""
    head, first, *_, last = statistics([bad_page("a"), bad_page("b"), fair_page()]).splitlines()
    assert head.split() == ["findings", "pages", "severity", "rule"]
    assert first.split()[:4] == ["6", "2", "critical", "unqualified-cure"]
    assert last == "verdicts: 2 red-flag, 1 supported"
    assert statistics([]) == "no pages\n"


def test_several_formats_in_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One run prints one format and writes others; a name before "=" says what a suffix cannot."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    asked = ["--format", "concise", "--output", "r.sarif", "--output", "gitlab=quality.json", "--output", "r.xml"]
    assert main(["a.txt", *asked]) == 1
    assert capsys.readouterr().out.startswith("a.txt:3:")
    assert json.loads((tmp_path / "r.sarif").read_text())["version"] == "2.1.0"
    assert isinstance(json.loads((tmp_path / "quality.json").read_text()), list)
    assert ElementTree.parse(tmp_path / "r.xml").getroot().tag == "testsuites"
    assert main(["a.txt", "--statistics"]) == 1
    assert capsys.readouterr().out.startswith("findings")


def test_actions_get_annotations_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In GitHub Actions findings are annotations, unless another format is asked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKFLOW", "claims")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    main(["a.txt"])
    assert capsys.readouterr().out.startswith("::error file=a.txt,line=3,")
    main(["a.txt", "--format", "concise"])
    assert capsys.readouterr().out.startswith("a.txt:3:")
