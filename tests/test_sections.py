"""A text too long for one page: judged in sections, every finding at its place in the whole."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import ingest
from claimcheck.cli import main
from claimcheck.ingest import sections
from claimcheck.pipeline import check
from claimcheck.report.json import schema

CLAIM = "Our infusions cure lupus.\nBook your visit today.\n\n"
LONG = "".join(
    f"{CLAIM}Visitor {n} takes the bus to the harbour, where the market is held on Saturdays.\n\n" for n in range(60)
)


@pytest.fixture(autouse=True)
def short_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections of two thousand characters of texts longer than four thousand: what is long is slow to judge."""
    monkeypatch.setattr(ingest, "LONGEST", 4_000)
    monkeypatch.setattr(sections, "LONGEST", 4_000)
    monkeypatch.setattr(sections, "SIZE", 2_000)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    return status, *capsys.readouterr()


def written(folder: Path, text: str, name: str = "long.txt") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


@given(
    st.lists(st.sampled_from([CLAIM, "word ", "\n", "\r\n", "\r", "End. ", "x" * 700, "\u2028", "\x0c"]), max_size=120)
)
def test_sections_are_the_whole_text(pieces: list[str]) -> None:
    """However a text is made, its sections put together are it, and each begins on the line that it says."""
    text = "".join([*pieces, "\n\n", LONG])
    cut = list(sections.parts(text, "<text>") or ())
    assert "".join(part.text for part in cut) == text
    assert [part.section.number for part in cut] == list(range(1, len(cut) + 1))
    for part in cut:
        here = part.section
        assert text[here.start :].startswith(part.text) and here.of == len(cut) and len(part.text) <= 3_000
        assert here.line == len(f"{text[: here.start]}|".splitlines())
        assert here.end_line == len(text[: here.start + len(part.text)].splitlines())


def test_a_line_end_of_two_characters_is_not_cut() -> None:
    """Where the search for a place to cut ends within a line end, both of its characters stay before the cut."""
    text = "x" * 2_999 + "\r\n" + LONG
    cut = list(sections.parts(text, "<text>") or ())
    assert cut[0].text.endswith("\r\n") and [part.section.line for part in cut[:2]] == [1, 2]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_findings_stand_where_they_stand_in_the_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    """Judged in sections, by one process or two, a text gives each sentence's finding on its own line and column."""
    status, out, _ = run(capsys, written(tmp_path, LONG), "--format", "concise", "--no-cache", "--jobs", jobs)
    found = sorted(tuple(map(int, line.split(":")[1:3])) for line in out.splitlines() if "unqualified-cure" in line)
    whole = [(f.line, f.column) for f in check(LONG).findings if f.rule == "unqualified-cure"]
    assert status == 1 and found == whole and len(whole) == 60


def test_each_section_has_a_report_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report says which section it is about, valid by the published schema; the first says how many there are."""
    _, out, _ = run(capsys, written(tmp_path, LONG), "--format", "json")
    told = json.loads(out)
    jsonschema.Draft202012Validator(schema()).validate(told)
    reports = told["reports"]
    assert [r["section"]["number"] for r in reports] == list(range(1, len(reports) + 1)) and len(reports) > 2
    assert f"judged in {len(reports)} sections" in reports[0]["notices"][0] and not reports[1]["notices"]
    assert reports[1]["section"]["line"] == reports[0]["section"]["end_line"] + 1
    for report in reports:
        text = LONG[report["section"]["start"] :]
        assert all(f["quote"] == text[f["start"] : f["end"]] for f in report["findings"] if f["scope"] == "sentence")


def test_sections_are_kept_like_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run prints what the first did, also where the same words begin on another line."""
    page = written(tmp_path, LONG)
    first = run(capsys, page, "--format", "concise")
    assert run(capsys, page, "--format", "concise") == first
    status, out, _ = run(capsys, written(tmp_path, LONG[:-1] + "\n" * 9), "--format", "concise")
    assert (status, out) == first[:2]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("short.txt", LONG[:4_000]),
        ("long.html", f"<html><body><p>{LONG}</body></html>"),
        ("long.md", LONG),
        ("commented.txt", f"# claimcheck: off unqualified-cure -- quoted from a letter\n{LONG}"),
    ],
)
def test_what_stays_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    """A text that is not too long, a page with markup and one with comments to claimcheck have one report each."""
    _, out, _ = run(capsys, written(tmp_path, text, name), "--format", "jsonl")
    assert [json.loads(line)["section"] for line in out.splitlines()] == [None]


def test_a_long_pipe_is_cut_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Piped text is judged in sections as well, each under its own title, and counts as so many sections."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LONG.encode())))
    status, out, _ = run(capsys)
    assert status == 1 and "<stdin>, section 1 of 4" in out and "<stdin>, section 4 of 4" in out


def test_two_versions_are_compared_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A claim that is gone at the end of a long text is found gone: compare does not stop at the first section."""
    old, new = written(tmp_path, LONG, "old.txt"), written(tmp_path, LONG[: LONG.rindex("Our infusions")], "new.txt")
    _, out, _ = run(capsys, "compare", old, new)
    assert "1 went away" in out and f"line {LONG.count(chr(10)) - 4}: critical" in out


def test_a_register_is_held_against_the_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Evidence that is held for a claim in one place of a long text is not missed in the others."""
    page = written(tmp_path, f"Our exosomes relieve gout.\n\n{LONG}")
    entry = {"identifier": "NCT01234567", "design": "randomised-trial", "holder": "Board", "claim": "relieve gout",
             "page": "long.txt", "date": "2026-01-01", "expires": "2999-01-01"}  # fmt: skip
    lines = [f"{key} = {value if value[:1] == '2' else json.dumps(value)}" for key, value in entry.items()]
    register = written(tmp_path, "\n".join(["[[evidence]]", *lines]), "held.toml")
    _, out, err = run(capsys, page, "--substantiation", register, "--format", "concise")
    assert "relieve" in out + err and "dangling-substantiation" not in out
