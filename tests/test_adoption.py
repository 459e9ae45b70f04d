"""Adopting claimcheck on an old corpus: what was there is let off, what is new fails, and only where it changed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import bad_page

from claimcheck.cli import main
from claimcheck.policy import baseline
from claimcheck.policy.changed import parse

CURE = "Our infusions cure lupus. Book your visit today.\n"
GOUT = "Our drips cure gout.\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository of fifty old pages that make claims, as the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name in range(50):
        (tmp_path / f"{name:02}.txt").write_text(f"Page {name} of our clinic.\n\n{CURE}", encoding="utf-8")
    git("init", "-q")
    git("add", "-A")
    git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "old pages")
    return tmp_path


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout


def append(page: Path, text: str) -> None:
    page.write_text(page.read_text(encoding="utf-8") + text, encoding="utf-8")


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """The exit status of a concise run, and the cures it finds."""
    capsys.readouterr()
    status = main([*arguments, "--format", "concise"])
    return status, [line for line in capsys.readouterr().out.splitlines() if "unqualified-cure" in line]


def test_the_story_of_a_team(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fifty old pages are adopted, one new claim breaks the build, a reason lets it go, and the reason's end brings it
    back; the report for code scanning tells all of it."""
    assert main(["."]) == 1
    assert main(["baseline", "write", "."]) == 0
    (repo / "claimcheck.toml").write_text('baseline = "claimcheck-baseline.json"\n', encoding="utf-8")
    assert found(capsys, ".") == (0, [])
    append(repo / "07.txt", f"\n{GOUT}")
    status, lines = found(capsys, ".")
    assert status == 1 and [line.split(":")[:2] for line in lines] == [["./07.txt", "5"]]
    excused = "\n# claimcheck: ignore unqualified-cure until {} -- quoted from a letter we received\n"
    old = (repo / "07.txt").read_text(encoding="utf-8").removesuffix(f"\n{GOUT}")
    (repo / "07.txt").write_text(old + excused.format("2999-12-31") + GOUT, encoding="utf-8")
    assert found(capsys, ".", "--output", "r.sarif") == (0, [])
    sarif = json.loads((repo / "r.sarif").read_text())
    schema = json.loads((Path(__file__).parent / "data" / "schemas" / "sarif.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(sarif)
    results = sarif["runs"][0]["results"]
    cures = [r["suppressions"][0] for r in results if r["ruleId"] == "unqualified-cure"]
    assert sorted(s["kind"] for s in cures) == ["external"] * 50 + ["inSource"]
    (repo / "07.txt").write_text(old + excused.format("2020-01-01") + GOUT, encoding="utf-8")
    status, lines = found(capsys, ".")
    assert status == 1
    assert [line.split()[2] for line in lines] == ["expired-suppression", "unqualified-cure"]


def test_a_baseline_knows_sentences_not_places(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reflow, new markup, another format and another file name change nothing; one copy more is new."""
    main(["baseline", "write", "00.txt"])
    reflowed = (
        "<div>\n   <p>Page 0 of\n our clinic.</p><p>Our   infusions\n<b>cure lupus</b>. Book your visit today.</p>"
    )
    (repo / "moved.html").write_text(reflowed, encoding="utf-8")
    assert found(capsys, "moved.html", "--baseline", "claimcheck-baseline.json") == (0, [])
    append(repo / "00.txt", f"\n{CURE}")
    status, lines = found(capsys, "00.txt", "--baseline", "claimcheck-baseline.json")
    assert status == 1 and [line.split(":")[1] for line in lines] == ["5"]


def test_stale_entries_are_told_and_pruned(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What has been mended is told in a run over a folder, and `prune` takes it out without taking up what is new."""
    main(["baseline", "write", "."])
    before = baseline.read(Path("claimcheck-baseline.json"))
    (repo / "00.txt").write_text(f"We are a clinic.\n\n{GOUT}", encoding="utf-8")
    capsys.readouterr()
    main([".", "--baseline", "claimcheck-baseline.json", "--format", "concise"])
    assert "in the baseline; take them out" in capsys.readouterr().err
    assert main(["baseline", "prune", "."]) == 0
    after = baseline.read(Path("claimcheck-baseline.json"))
    (cure,) = [k for k, e in before.items() if e.rule == "unqualified-cure"]
    assert (before[cure].count, after[cure].count) == (50, 49)
    assert set(after) <= set(before)
    assert found(capsys, ".", "--baseline", "claimcheck-baseline.json")[0] == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "other/1"}', '{"schema": "claimcheck/baseline/1"}'])
def test_a_broken_baseline_is_told(repo: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """A file that is no baseline ends the run with status 2 and says how to write one; so does a missing file."""
    (repo / "b.json").write_text(text, encoding="utf-8")
    for name in ("b.json", "none.json"):
        assert main(["00.txt", "--baseline", name]) == 2
        err = capsys.readouterr().err
        assert name in err and "claimcheck baseline write" in err


def test_a_faulty_page_leaves_the_baseline_alone(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A baseline is written from all pages or not at all."""
    assert main(["baseline", "write", "00.txt", "gone.txt"]) == 2
    assert not (repo / "claimcheck-baseline.json").exists()
    assert "is left as it is" in capsys.readouterr().err


@given(st.lists(st.integers(min_value=0, max_value=5), max_size=4))
def test_what_is_written_is_what_is_subtracted(copies: list[int]) -> None:
    """A baseline of any reports leaves nothing of them and nothing of itself; it survives writing and reading."""
    reports = [bad_page(str(n)) for n in copies]
    known = baseline.of(reports)
    kept, stale = baseline.subtract(reports, known)
    assert not any(r.findings for r in kept) and not stale
    assert [r.verdict for r in kept] == [r.verdict for r in reports]
    assert baseline.without(known, stale) == known
    assert json.loads(baseline.dumps(known))["schema"] == baseline.SCHEMA


def test_only_changed_lines_fail(repo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Since a commit: unchanged claims are reported but fail nothing; a new line and a new page fail."""
    assert main(["--diff", "HEAD"]) == 0
    append(repo / "03.txt", "\nOpen at nine.\n")
    status, lines = found(capsys, "--diff", "HEAD")
    assert status == 0 and [line.split(":")[0] for line in lines] == ["03.txt"]
    append(repo / "03.txt", f"\n{GOUT}")
    assert found(capsys, "--diff", "HEAD")[0] == 1
    git("checkout", "-q", "03.txt")
    (repo / "new.txt").write_text(CURE, encoding="utf-8")
    assert found(capsys, ".", "--diff", "HEAD")[0] == 1
    assert found(capsys, "04.txt", "--diff", "HEAD", "--fail-on", "red-flag")[0] == 0


def test_a_diff_may_be_piped_in(
    repo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`git diff | claimcheck --diff -` does the same without git."""
    append(repo / "03.txt", f"\n{GOUT}")
    diff = git("diff")
    for text, status in ((diff, 1), ("", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        assert found(capsys, "--diff", "-")[0] == status
    monkeypatch.setattr(sys, "stdin", io.StringIO(diff))
    assert found(capsys, "04.txt", "--diff", "-")[0] == 0


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("reference", ["nowhere", "--output=x", ""])
def test_an_unknown_commit_is_told(capsys: pytest.CaptureFixture[str], reference: str) -> None:
    """A reference that git does not know ends the run with status 2; none is taken for an option of git."""
    assert main([".", f"--diff={reference}"]) == 2
    assert "--diff" in capsys.readouterr().err


def test_diffs_are_read_as_git_writes_them(tmp_path: Path) -> None:
    """Quoted names, removed files, lines that look like headers and missing line ends are read right."""
    diff = (
        'diff --git "a/caf\\303\\251.txt" "b/caf\\303\\251.txt"\n--- "a/caf\\303\\251.txt"\n+++ "b/caf\\303\\251.txt"\n'
        "@@ -1,2 +1,3 @@\n a\n+++ b/evil.txt\n+new\n-old\n\\ No newline at end of file\n"
        "--- a/gone.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n--- a/x.txt\n+++ b/x.txt\n@@ -5,0 +6 @@\n+y\n"
    )
    lines = parse(diff, str(tmp_path)).lines
    assert {Path(k).name: sorted(v) for k, v in lines.items()} == {"café.txt": [2, 3], "x.txt": [6]}
