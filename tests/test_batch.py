"""Many pages in one run: the same reports in the same order, however many processes judge and whatever is kept."""

from __future__ import annotations

import json
import marshal
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import claimcheck
from claimcheck import check
from claimcheck.batch import workers
from claimcheck.batch.keep import Keep, Kept
from claimcheck.batch.run import judge_all
from claimcheck.batch.task import Done, Setup, Task
from claimcheck.cli import main
from claimcheck.model import Report
from claimcheck.pack import dumps, loads

ROOT = Path(claimcheck.__file__).parents[1]
CURE = "Our infusions cure lupus. Book your visit today.\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty pages, each with a claim of its own, as the working directory; reports are kept beside them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(tmp_path / ".kept"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for n in range(40):
        filler = "We open at nine and close at five on every day of the week but Sunday. " * 40
        (tmp_path / f"{n:02}.txt").write_text(f"{filler}\n\nPage {n}.\n\n{CURE}", encoding="utf-8")
    return tmp_path


def out_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main([*arguments])
    return status, *capsys.readouterr()


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.[thm]*[tld]")), ids=lambda p: p.name)
def test_a_report_survives_being_kept(example: Path) -> None:
    """What is written of a report is read back equal, the page's own text included."""
    kept = Kept("2026-01-01", "9999-12-31", check(example.read_bytes(), source=example.name))
    assert loads(Kept, dumps(kept)) == kept


@pytest.mark.parametrize("value", [None, 3, (), [1, 2, 3], ("a", "b", ()), ("a", "b", None), {"a": "b"}, "abc"])
def test_what_is_no_report_is_refused(value: object) -> None:
    """Values that are no report, or not all of one, raise ValueError, and nothing else."""
    data = marshal.dumps(value)
    for cut in (data, data[:-1], b""):
        with pytest.raises(ValueError):
            loads(Kept, cut)


def test_processes_change_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One process and several, kept reports and new ones give the same bytes in the same order."""
    (site / "20.txt").write_bytes(b"\x89PNG")
    runs = [out_of(capsys, ".", "--format", "json", *more) for more in (
        ["--jobs", "1", "--no-cache"], ["--jobs", "2", "--no-cache"], ["--jobs", "3"], [], ["--jobs", "1"],
    )]  # fmt: skip
    assert runs[0][0] == 2 and "20.txt: is a picture" in runs[0][2]
    assert len(json.loads(runs[0][1])["reports"]) == 39
    assert runs.count(runs[0]) == len(runs)


def test_what_was_printed_is_kept_for_that_way_of_printing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another format, another option or another bar never gets what an earlier run has printed."""
    ways = (
        ["--format", "concise", "--fail-on", "never"],
        ["--format", "concise", "--fail-on", "critical"],
        ["--format", "jsonl"],
        ["--format", "terminal", "--explain"],
        ["--format", "sarif"],
    )
    for way in [*ways, *ways]:
        assert out_of(capsys, "check", ".", *way) == out_of(capsys, "check", ".", *way, "--no-cache")


def test_a_spawned_process_judges_like_a_forked_one(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be forked they load the rules themselves, and judge the same."""
    tasks = [Task(p.name, p.read_bytes()) for p in sorted(site.glob("0*.txt"))]
    here = list(judge_all(tasks, Setup()))
    monkeypatch.setattr(workers.sys, "platform", "other")
    assert list(judge_all(tasks * 4, Setup(), jobs=2)) == here * 4


def test_a_kept_report_needs_no_rules(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run judges nothing and loads no rules; one changed page is judged anew."""
    first = out_of(capsys, ".", "--format", "concise")
    monkeypatch.setattr("claimcheck.rules.load.load_rules", None)
    assert out_of(capsys, ".", "--format", "concise") == first
    monkeypatch.undo()
    os.chdir(site)
    os.environ["CLAIMCHECK_CACHE"] = str(site / ".kept")
    try:
        (site / "05.txt").write_text("We are a clinic.\n", encoding="utf-8")
        out = out_of(capsys, ".", "--format", "concise")[1]
    finally:
        os.environ["CLAIMCHECK_CACHE"] = "off"
    assert "./05.txt" not in out and "./06.txt" in out


def test_whatever_a_report_depends_on_makes_it_anew(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings, comments, profile, rules and name are part of what a report is kept under."""
    page = site / "00.txt"
    page.write_text(f"# claimcheck: ignore unqualified-cure -- we quote a letter\n{CURE}", encoding="utf-8")
    runs = [[], ["--no-suppressions"], ["--profile", "uk"], ["--input-format", "markdown"]]
    runs.append(["--no-suppressions", "--ignore", "cure/*"])
    seen = {out_of(capsys, "00.txt", "--format", "json", *more)[1] for more in (*runs, *runs)}
    assert len(seen) == len(runs)
    (site / "mine").mkdir()
    (site / "mine" / "broken.toml").write_text("id =", encoding="utf-8")
    assert main(["00.txt", "--rules", "mine"]) == 2
    assert main(["00.txt", "--rules", "nowhere"]) == 2


def test_a_suppression_runs_out_in_a_kept_report(site: Path) -> None:
    """A report is kept no longer than its suppressions hold, and not believed before the day it was made."""
    from datetime import date

    from msgspec.structs import replace

    text = f"# claimcheck: ignore unqualified-cure until 2030-05-01 -- we quote a letter\n{CURE}"
    task, setup = Task("a.txt", text), Setup()

    def on(day: date) -> tuple[bool, list[str]]:
        that_day = replace(setup, plan=replace(setup.plan, today=day))
        keep = Keep(site / ".kept", that_day)
        known = keep.find(task) is not None
        (done,) = judge_all([task], that_day, keep=keep)
        return known, sorted(f.rule for f in done.report.findings if "suppression" in f.rule) if done.report else []

    assert on(date(2030, 4, 30)) == (False, [])
    assert on(date(2030, 5, 1)) == (True, [])
    assert on(date(2030, 5, 2)) == (False, ["expired-suppression"])
    assert on(date(2030, 5, 1))[1] == []


@pytest.mark.parametrize("spoil", [b"", b"garbage", b"\0" * 5000])
def test_spoilt_entries_cost_time_only(site: Path, capsys: pytest.CaptureFixture[str], spoil: bytes) -> None:
    """Entries that were emptied or overwritten are judged anew and mended."""
    first = out_of(capsys, "00.txt", "01.txt", "--format", "json")
    entries = [p for p in (site / ".kept" / "reports").rglob("*") if p.is_file()]
    assert len(entries) == 2
    for entry in entries:
        entry.write_bytes(spoil)
    assert out_of(capsys, "00.txt", "01.txt", "--format", "json") == first
    assert all(p.read_bytes() != spoil for p in entries)


def test_a_folder_that_cannot_be_written_is_told_once(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost where nothing can be kept: the reports are whole, and one line says why the next run is slow."""
    plain = out_of(capsys, ".", "--no-cache", "--format", "concise")
    (site / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CLAIMCHECK_CACHE", str(site / "file" / "below"))
    status, out, err = out_of(capsys, ".", "--format", "concise", "--jobs", "2", "--exclude", "file")
    assert (status, out) == plain[:2]
    assert err.count("not kept for the next run") == 1 and "CLAIMCHECK_CACHE" in err


def test_a_process_that_dies_costs_one_page(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that kills whoever judges it is told by name; all others get their reports, in order."""

    def deadly(task: Task, setup: Setup) -> Done:
        if task.name == "07":
            os.kill(os.getpid(), signal.SIGKILL)
        return Done(None, task.name)

    monkeypatch.setattr(workers, "judge", deadly)
    names = [f"{n:02}" for n in range(20)]
    done = list(judge_all([Task(n, "x" * 30_000) for n in names], Setup(), jobs=2))
    assert [d.fault for d in done if d.fault in names] == [n for n in names if n != "07"]
    assert done[7].fault.startswith("07: the process that judged it was killed")


def shell(site: Path, *arguments: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CLAIMCHECK_CACHE": str(site / ".kept")}
    return subprocess.Popen(
        [sys.executable, "-m", "claimcheck", *arguments],
        cwd=site, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def in_the_middle(site: Path) -> subprocess.Popen[bytes]:
    """A run that has begun to keep reports, and waits for a page that never comes."""
    running = shell(site, ".", "-", "--format", "json", "--jobs", "2", stdin=subprocess.PIPE)
    end = time.monotonic() + 60
    while time.monotonic() < end and running.poll() is None and not [*(site / ".kept").glob("reports/*/*")]:
        time.sleep(0.01)
    return running


def test_an_interrupted_run_is_brief_about_it(site: Path) -> None:
    """Ctrl-C ends the run with status 130 and no traceback."""
    running = in_the_middle(site)
    running.send_signal(signal.SIGINT)
    running.wait(timeout=30)
    _, err = running.communicate()
    assert running.returncode == 130 and b"Traceback" not in err and err.count(b"\n") <= 1


def test_a_killed_run_spoils_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run killed midway leaves no process behind, and the next one reads what it kept."""
    running = in_the_middle(site)
    running.kill()
    running.wait(timeout=30)
    running.communicate(timeout=30)  # returns when the last process has let go of the pipes
    assert out_of(capsys, ".", "--format", "json")[1] == out_of(capsys, ".", "--format", "json", "--no-cache")[1]


def test_two_runs_at_once(site: Path) -> None:
    """Two runs that keep reports in one folder both give whole results."""
    both = [shell(site, ".", "--format", "json") for _ in range(2)]
    outs = [run.communicate(timeout=120) for run in both]
    assert outs[0][0] == outs[1][0] and len(json.loads(outs[0][0])["reports"]) == 40


def test_the_report_kept_is_the_report_given(site: Path) -> None:
    """Two pages alike but for their names are kept apart."""
    setup = Setup()
    keep = Keep(site / ".kept", setup)
    first = [d.report for d in judge_all([Task("a.txt", CURE), Task("b.txt", CURE)], setup, keep=keep)]
    again = [d.report for d in judge_all([Task("b.txt", CURE), Task("a.txt", CURE)], setup, keep=keep)]
    assert again == first[::-1] and all(isinstance(r, Report) for r in first)
