"""The command line as a person or a build uses it: streams, exit statuses, and what a run that fails says."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from snapshots import same_as_snapshot

import claimcheck
from claimcheck import __version__
from claimcheck.cli import COMMANDS, main
from claimcheck.cli.bar import BARS, reaches
from claimcheck.report.parts import LIMITS

ROOT = Path(claimcheck.__file__).parents[1]

BAD = "Our clinic offers infusions for every illness.\n\nOur infusions cure lupus. Book your visit today.\n"
CLEAN = "The museum opens at nine. Tickets are sold at the door, and children under twelve pay nothing.\n"


RULE = """
id = "says-moonlight"
title = "Says moonlight"
family = "hype"
severity = "low"
message = "'{{quote}}' mentions moonlight."
why = "An example of a rule."
evidence_needed = "None."
safer = "Say nothing of it."
sources = ["Ours, 2024"]
[match]
any_phrase = ["bottled moonlight"]
[examples]
hits = ["Drink our {hit} daily."]
misses = ["We do not sell bottled moonlight."]
"""


class Terminal(io.StringIO):
    """A standard input that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a bad page and a clean one, with a terminal as standard input and no colour asked."""
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Terminal())
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bad page on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, standard output and standard error of a run."""
    status = main(arguments)
    return status, *capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["clean.txt"], 0),
        (["bad.txt"], 1),
        (["check", "bad.txt"], 1),
        (["bad.txt", "clean.txt"], 1),
        (["bad.txt", "--fail-on", "never"], 0),
        (["bad.txt", "--fail-on", "critical"], 1),
        (["bad.txt", "--fail-on", "red-flag"], 1),
        (["bad.txt", "--fail-on", "mixed"], 1),
        (["clean.txt", "--fail-on", "supported"], 0),
        (["missing.txt"], 2),
        (["bad.txt", "missing.txt"], 2),
        (["--no-such-option"], 2),
        (["bad.txt", "--fail-on", "hgih"], 2),
        (["bad.txt", "--format", "yaml"], 2),
        (["bad.txt", "--view", "doctor"], 2),
        (["bad.txt", "--rules", "nowhere"], 2),
        (["bad.txt", "--output", "report.xyz"], 2),
        (["bad.txt", "--output", "nowhere/report.json"], 2),
        (["explain", "unqualified-cure"], 0),
        (["explain", "unqualified-cur"], 2),
        (["explain"], 2),
        (["rules"], 0),
        (["schema"], 0),
        (["test-rules", "nowhere"], 2),
        (["--help"], 0),
        (["--version"], 0),
        ([], 2),
    ],
    ids=str,
)
@pytest.mark.usefixtures("folder")
def test_exit_status(arguments: list[str], status: int) -> None:
    """0: nothing at or above the bar; 1: something is; 2: the run failed, at least in part."""
    assert main(arguments) == status


@pytest.mark.usefixtures("folder")
def test_the_report_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    """One page: the report on standard output, nothing on standard error."""
    _, out, err = run(capsys, "bad.txt")
    assert out.startswith("bad.txt\n") and out.rstrip().endswith(LIMITS[-20:])
    assert "unqualified-cure" in out
    assert err == ""


@pytest.mark.usefixtures("folder")
def test_several_pages_in_a_pipe_are_concise(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe several pages give one line a finding, in the order named; the count is talk, which -q stops."""
    _, out, err = run(capsys, "clean.txt", "bad.txt")
    assert all(line.startswith("bad.txt:") for line in out.splitlines())
    assert re.search(r"^bad\.txt:3:\d+: critical unqualified-cure ", out, re.MULTILINE)
    assert err == "claimcheck: 2 pages checked, no faults\n"
    assert run(capsys, "clean.txt", "bad.txt", "-q")[2] == ""


@pytest.mark.usefixtures("folder", "piped")
@pytest.mark.parametrize("arguments", [[], ["-"], ["check"], ["check", "-"]], ids=" ".join)
def test_a_piped_page_needs_no_options(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """A page on standard input is checked, with or without `-`, with or without `check`."""
    status, out, _ = run(capsys, *arguments)
    assert status == 1
    assert out.startswith("<stdin>\n")


@pytest.mark.usefixtures("folder", "piped")
def test_standard_input_takes_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """--stdin-filename names the piped page in the report, and its suffix tells the format."""
    _, out, _ = run(capsys, "--stdin-filename", "draft.md", "--format", "json")
    report = json.loads(out)["reports"][0]
    assert (report["source"], report["format"]) == ("draft.md", "markdown")


@pytest.mark.usefixtures("folder")
def test_the_input_format_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    """--input-format wins over what the name says."""
    _, out, _ = run(capsys, "bad.txt", "--input-format", "html", "--format", "json")
    assert json.loads(out)["reports"][0]["format"] == "html"


@pytest.mark.usefixtures("folder")
def test_no_page_and_a_terminal_gives_short_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a page and without a pipe, claimcheck says how to use it instead of waiting."""
    status, out, err = run(capsys)
    assert (status, out) == (2, "")
    assert err.startswith("claimcheck: no page to check\n")
    assert len(err.splitlines()) < 6


def test_one_bad_page_costs_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages that can be read are reported although others cannot, and all faults are told, each with its page."""
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x00\x00\x00\rIHDR\x00\x00" * 40)
    status, out, err = run(capsys, "gone.txt", "bad.txt", "picture.txt", "clean.txt", "--format", "json")
    assert status == 2
    assert [r["source"] for r in json.loads(out)["reports"]] == ["bad.txt", "clean.txt"]
    assert "claimcheck: gone.txt: " in err and "claimcheck: picture.txt: " in err
    assert "2 pages checked, 2 faults" in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("folder")
def test_a_fault_of_ours_is_told_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that trips claimcheck itself gives exit status 2 and one message; the other pages are reported."""
    from claimcheck import pipeline

    judge = pipeline.check_document

    def trip(document, *rest):  # type: ignore[no-untyped-def]
        if document.name == "clean.txt":
            raise RecursionError("too deep")
        return judge(document, *rest)

    monkeypatch.setattr(pipeline, "check_document", trip)
    status, out, err = run(capsys, "clean.txt", "bad.txt", "--no-cache")
    assert status == 2
    assert "bad.txt:3:" in out
    assert "clean.txt: internal error: RecursionError: too deep (test_cli.py, line" in err
    assert "Traceback" not in err


def test_bad_rules_are_told_all_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every faulty rule file is named, together with pages that do not exist, and nothing is judged."""
    (folder / "mine").mkdir()
    for name in ("one", "two"):
        (folder / "mine" / f"{name}.toml").write_text("id = ", encoding="utf-8")
    status, out, err = run(capsys, "bad.txt", "gone.txt", "--rules", "mine")
    assert (status, out) == (2, "")
    assert all(name in err for name in ("one.toml", "two.toml", "gone.txt"))


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("way", ["./{}", "--|{}", "check|{}"])
def test_a_page_may_be_named_like_a_command(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, way: str
) -> None:
    """`./rules`, `-- rules` and `check rules` are pages, whatever the commands are called."""
    (folder / name).write_text(BAD, encoding="utf-8")
    status, out, _ = run(capsys, *way.format(name).split("|"))
    assert status == 1
    assert "unqualified-cure" in out


@pytest.mark.parametrize(
    ("file", "options", "opening"),
    [
        ("r.json", [], "{"),
        ("r.md", [], "## bad.txt"),
        ("r.txt", [], "bad.txt\n"),
        ("r.out", ["--format", "concise"], "bad.txt:"),
    ],
)
def test_a_file_is_written_as_its_suffix_says(
    folder: Path, capsys: pytest.CaptureFixture[str], file: str, options: list[str], opening: str
) -> None:
    """--output writes the format of the suffix, else that of --format, and leaves standard output empty."""
    status, out, _ = run(capsys, "bad.txt", "--output", file, *options)
    assert (status, out) == (1, "")
    assert (folder / file).read_text(encoding="utf-8").startswith(opening)


def test_a_file_and_the_terminal_in_one_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--format beside --output asks for another report on standard output."""
    _, out, _ = run(capsys, "bad.txt", "--format", "concise", "--output", "a.json", "--output", "b.md")
    assert out.startswith("bad.txt:")
    assert (folder / "a.json").exists() and (folder / "b.md").exists()


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
    ids=str,
)
@pytest.mark.usefixtures("folder")
def test_colour_is_as_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool
) -> None:
    """A pipe gets no colour unless FORCE_COLOR asks for it; NO_COLOR always wins."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(capsys, "bad.txt")[1]) == coloured


@pytest.mark.usefixtures("folder")
def test_options_shape_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    """--explain, --why-not, --view and -q reach the report."""
    assert "How the score was made" in run(capsys, "bad.txt", "--explain")[1]
    assert "Matched and let go" in run(capsys, "bad.txt", "--why-not")[1]
    assert "Wording that would say so" in run(capsys, "bad.txt", "--view", "editor")[1]
    assert len(run(capsys, "bad.txt", "-q")[1].splitlines()) == 1


def test_names_cannot_steer_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A control character in a file's name is shown as an escape, in the report and in messages."""
    (folder / "a\x1b[2Jb.txt").write_text(BAD, encoding="utf-8")
    for arguments in (["a\x1b[2Jb.txt"], ["gone\x1b[2J.txt"]):
        _, out, err = run(capsys, *arguments)
        assert "\x1b" not in out + err
        assert "\\x1b[2J" in out + err


@pytest.mark.parametrize("wrong", ["unqualified-cur", "unqualified_cure", "unqulified-cure"])
def test_an_unknown_rule_is_met_with_a_suggestion(capsys: pytest.CaptureFixture[str], wrong: str) -> None:
    """`explain` of a misspelt rule names the one that was meant."""
    status, out, err = run(capsys, "explain", wrong)
    assert (status, out) == (2, "")
    assert "did you mean 'unqualified-cure'?" in err


def test_explain_tells_what_a_rule_stands_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page of a rule has its reason, its evidence, its authority and its examples, the span marked."""
    (folder / "says-moonlight.toml").write_text(RULE.format(hit="[[bottled moonlight]]"), encoding="utf-8")
    same_as_snapshot("explain.txt", run(capsys, "explain", "says-moonlight", "--rules", ".")[1])


def test_rules_lists_every_rule_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The list and its JSON hold the same rules, each once, with family, severity and scope."""
    text = run(capsys, "rules")[1]
    table = json.loads(run(capsys, "rules", "--format", "json")[1])
    assert table["schema"] == "claimcheck/rules/1"
    ids = [rule["id"] for rule in table["rules"]]
    assert len(set(ids)) == len(ids) > 0
    assert [line.split()[1] for line in text.splitlines() if line.startswith("  ")] == ids
    assert all(rule["family"] and rule["severity"] and rule["scope"] for rule in table["rules"])


def test_schema_prints_the_published_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """`claimcheck schema` prints what the snapshot of the schema holds."""
    same_as_snapshot("schema.json", run(capsys, "schema")[1])


@pytest.mark.parametrize(
    ("hit", "status", "said"),
    [("[[bottled moonlight]]", 0, ""), ("bottled [[moonlight]]", 1, "misplaced")],
)
def test_test_rules_runs_the_examples_of_a_folder(
    folder: Path, capsys: pytest.CaptureFixture[str], hit: str, status: int, said: str
) -> None:
    """`test-rules` passes a rule that does what its examples say, and shows the example of one that does not."""
    (folder / "says-moonlight.toml").write_text(RULE.format(hit=hit), encoding="utf-8")
    code, out, err = run(capsys, "test-rules", ".")
    assert code == status
    assert said in out and bool(out) == bool(said)
    assert "1 rule tested" in err


def test_own_rules_join_a_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--rules adds the rules of a folder to the built-in ones."""
    (folder / "mine").mkdir()
    rule = RULE.format(hit="[[bottled moonlight]]")
    (folder / "mine" / "says-moonlight.toml").write_text(rule, encoding="utf-8")
    (folder / "moon.txt").write_text(BAD + "Drink our bottled moonlight daily.\n", encoding="utf-8")
    _, out, _ = run(capsys, "moon.txt", "--rules", "mine", "--format", "concise")
    assert "says-moonlight" in out and "unqualified-cure" in out


@pytest.mark.parametrize("bar", BARS)
def test_bars_are_ordered(bar: str) -> None:
    """A page reaches exactly the severities up to its worst finding and the labels up to its own."""
    from sample_report import bad_page, fair_page, no_claim_page

    assert reaches(bad_page(), bar) == (bar != "never")
    assert reaches(fair_page(), bar) == (bar == "supported")
    assert not reaches(no_claim_page(), bar)


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["--version"], ["spacy", "pydantic", "rich", "typer", "ahocorasick_rs"]),
        (["--help"], ["spacy", "pydantic", "rich", "ahocorasick_rs", "claimcheck.rules", "claimcheck.pipeline"]),
        (
            ["check", "--help"],
            ["spacy", "pydantic", "rich", "ahocorasick_rs", "claimcheck.rules", "claimcheck.pipeline"],
        ),
        (["rules"], ["spacy", "pydantic", "rich", "claimcheck.pipeline"]),
        (["explain", "unqualified-cure"], ["spacy", "pydantic", "claimcheck.pipeline"]),
        (["schema"], ["spacy", "rich", "claimcheck.pipeline"]),
    ],
    ids=lambda v: " ".join(v),
)
def test_imports_are_paid_when_needed(arguments: list[str], without: list[str]) -> None:
    """Commands that judge nothing import nothing that judging needs."""
    code = (
        f"from claimcheck.cli import main; main({arguments!r})\nimport sys; print({set(without)!r} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "set()"


def test_a_reader_that_leaves_early_is_no_fault(folder: Path) -> None:
    """`claimcheck ... | head -1` ends without a complaint, with the exit status of the check."""
    (folder / "long.txt").write_text(BAD * 3000, encoding="utf-8")
    program = [sys.executable, "-m", "claimcheck", str(folder / "long.txt"), "--format", "json"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as run:
        assert run.stdout and run.stderr
        run.stdout.read(1)
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 1


def test_an_encoding_that_lacks_a_character_ends_no_run(folder: Path) -> None:
    """On a stream that cannot write a character of the page, the character is written as an escape."""
    (folder / "accent.txt").write_text("Naïve café. " + BAD.replace("lupus", "lupus “für immer”"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "claimcheck", str(folder / "accent.txt"), "-v", "--why-not"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 1
    assert b"unqualified-cure" in done.stdout and done.stdout.isascii()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    """Every option and argument of every command has a help line."""
    import typer

    from claimcheck.cli.app import app

    parameters = typer.main.get_command(app()).commands[command].params  # type: ignore[attr-defined]
    assert all(p.help for p in parameters)


def test_help_shows_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    """The first help page fits 80 columns, names every command and shows examples."""
    _, out, _ = run(capsys, "--help")
    assert all(len(line) <= 80 for line in out.splitlines())
    assert all(f"\n  {command} " in out for command in COMMANDS)
    assert "cat page.txt | claimcheck" in out


@pytest.mark.usefixtures("folder")
def test_version_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    """--version prints the version, first or after other options."""
    for arguments in (["--version"], ["bad.txt", "--version"], ["check", "--version"]):
        assert run(capsys, *arguments) == (0, f"claimcheck {__version__}\n", "")
