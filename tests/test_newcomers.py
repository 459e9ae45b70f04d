"""What helps a team to begin: rule files that can be run at once, shells that complete, help with examples."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import claimcheck
from claimcheck.cli import COMMANDS, main
from claimcheck.cli.completion import SHELLS

ROOT = Path(claimcheck.__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("phrase", "status", "found"),
    [
        (None, 0, "replace these words"),
        ("moon water", 0, "Moon  Water"),
        ("bottle~ [pure] (moonlight|starlight) ...3 (daily|weekly)", 0, "bottles starlight in a weekly"),
        ("{condition} lantern", 1, "lupus lantern"),
    ],
)
def test_a_new_rule_can_be_run_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str], phrase: str | None, status: int, found: str
) -> None:
    """The file loads, finds its words and can be explained; its examples pass, or say what is to be filled in."""
    given = ["--phrase", phrase] if phrase else []
    assert main(["new-rule", "says-so", "--family", "mechanism", "--severity", "high", *given]) == 0
    assert main(["test-rules", "my-rules"]) == status
    assert status == 0 or "says-so: missing:" in capsys.readouterr().out
    (folder / "a.txt").write_text(f"At our clinic you get {found} today.\n", encoding="utf-8")
    main(["a.txt", "--rules", "my-rules", "--format", "concise"])
    assert "high says-so" in capsys.readouterr().out
    (folder / "claimcheck.toml").write_text('rules = ["my-rules"]\n', encoding="utf-8")
    assert main(["explain", "says-so"]) == 0
    assert "high severity" in capsys.readouterr().out
    assert main(["rules"]) == 0 and "says-so" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Says_So"], "Did you mean 'says-so'?"),
        (["../x"], "is no name for a rule"),
        (["unqualified-cure"], "there is a built-in rule called 'unqualified-cure'"),
        (["says-so", "--family", "hpye"], "did you mean 'hype'?"),
        (["says-so", "--severity", "hihg"], "did you mean 'high'?"),
        (["says-so", "--folder", "file/below"], "file/below/says-so.toml: cannot be written"),
        (["says-that"], "my-rules/says-that.toml exists and is left as it is"),
    ],
)
def test_what_cannot_be_a_new_rule_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """Names, families and places that do not work are told with what would; no file is overwritten."""
    (folder / "file").write_text("", encoding="utf-8")
    (folder / "my-rules").mkdir()
    (folder / "my-rules" / "says-that.toml").write_text("ours", encoding="utf-8")
    assert main(["new-rule", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert (folder / "my-rules" / "says-that.toml").read_text(encoding="utf-8") == "ours"


def test_findings_about_comments_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """`explain` knows every id that a report may hold, those about suppressions too."""
    assert main(["explain", "unused-suppression"]) == 0
    assert "low severity" in capsys.readouterr().out


def completed(words: str, shell: str = "bash") -> list[str]:
    """What a shell is told to offer after `words`."""
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_TYPER_COMPLETE_ARGS": words}
    environment = {**os.environ, **asked, "_CLAIMCHECK_COMPLETE": f"complete_{shell}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "claimcheck"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("claimcheck expl", ["explain"]),
        ("claimcheck check --form", ["--format"]),
        ("claimcheck page.html --form", ["--format"]),
        ("claimcheck --no-ca", ["--no-cache"]),
        ("claimcheck page.html --format js", ["json", "jsonl"]),
        ("claimcheck explain unqualified-c", ["unqualified-cure"]),
    ],
)
def test_a_shell_completes(words: str, offered: list[str]) -> None:
    """Commands, options and their values are completed, also where no command is typed."""
    assert completed(words) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_is_taught(shell: str, capfd: pytest.CaptureFixture[str]) -> None:
    """`completion SHELL` prints a script that asks claimcheck, and nothing else."""
    assert main(["completion", shell]) == 0
    out, err = capfd.readouterr()
    assert f"_CLAIMCHECK_COMPLETE=complete_{shell}" in out and not err
    assert "_CLAIMCHECK_COMPLETE" not in os.environ


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of every command fits 80 columns and ends in examples that name it."""
    assert main([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "claimcheck" in out.partition("Examples:")[2], out


@pytest.mark.parametrize(("wrong", "right"), [("--fromat", "--format"), ("--no-cahce", "--no-cache")])
def test_a_misspelt_option_is_met_with_the_right_one(
    wrong: str, right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The option that was meant is named."""
    assert main(["a.txt", wrong, "x"]) == 2
    assert right in capsys.readouterr().err
