"""What claimcheck brings for code hosts and hooks: it can be written, it is valid, and its commands run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import claimcheck
from claimcheck.cli import main
from claimcheck.cli.init import CONFIG, SNIPPETS
from claimcheck.ingest.sniff import PAGES
from claimcheck.policy.config import keys, read

ROOT = Path(claimcheck.__file__).parents[1]
CURE = "Our infusions cure lupus. Book your visit today.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shell(command: str, folder: Path, **around: str) -> subprocess.CompletedProcess[str]:
    """A command as a code host runs it, with this claimcheck on the path."""
    scripts = folder / "bin"
    scripts.mkdir(exist_ok=True)
    (scripts / "claimcheck").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claimcheck "$@"\n', encoding="utf-8")
    (scripts / "claimcheck").chmod(0o755)
    path = os.pathsep.join([str(scripts), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **around}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_the_first_configuration_is_valid_as_it_stands_and_opened_up(folder: Path) -> None:
    """`init` writes a file that is read, also with every line that is commented out put in force; it names real
    keys."""
    assert main(["init"]) == 0
    path = folder / "claimcheck.toml"
    assert read(path).config.fail_on == "high"
    opened = re.sub(r"^# (?=[a-z\[\"])", "", CONFIG.partition("\n\n")[2], flags=re.MULTILINE)
    path.write_text(opened, encoding="utf-8")
    found = read(path)
    assert set(found.lines) <= set(keys()) and len(found.lines) > 6


@pytest.mark.parametrize("wanted", SNIPPETS)
def test_nothing_is_overwritten(folder: Path, capsys: pytest.CaptureFixture[str], wanted: str) -> None:
    """What is asked for is written in its place; where a file is already, it stays and the text is printed."""
    name, text = SNIPPETS[wanted]
    assert main(["init", wanted]) == 0
    assert (folder / name).read_text(encoding="utf-8") == text
    (folder / name).write_text("ours\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["init", wanted]) == 0
    assert capsys.readouterr().out == text
    assert (folder / name).read_text(encoding="utf-8") == "ours\n"


def test_an_unknown_wish_is_met_with_a_suggestion(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`init gitlb` writes nothing and names what was meant."""
    assert main(["init", "gitlb"]) == 2
    assert "did you mean 'gitlab'?" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("wanted", ["github", "gitlab"])
def test_the_commands_of_snippets_run(folder: Path, wanted: str) -> None:
    """The command a snippet gives to the code host finds a claim and writes its report."""
    (folder / "a.txt").write_text(CURE, encoding="utf-8")
    (command,) = re.findall(r"- (?:run: )?(claimcheck .*)", SNIPPETS[wanted][1])
    done = shell(command, folder)
    assert done.returncode == 1 and "unqualified-cure" in done.stdout, done.stderr
    written = folder / re.findall(r"--output (?:\w+=)?(\S+)", command)[0]
    assert "unqualified-cure" in written.read_text(encoding="utf-8")


def test_the_hook_gets_files_and_fails_on_claims(folder: Path) -> None:
    """The entry of the hook, given the files that its pattern takes, fails on a claim and passes without one."""
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entry, files = re.findall(r"entry: (.*)", hooks)[0], re.findall(r"files: (.*)", hooks)[0]
    assert all(re.search(files, f"page{suffix}") for suffix in PAGES) and not re.search(files, "page.py")
    assert f"entry: {entry}\n" in SNIPPETS["pre-commit"][1] and f"files: {files}\n" in SNIPPETS["pre-commit"][1]
    (folder / "a.txt").write_text(CURE, encoding="utf-8")
    (folder / "rules").write_text("We open at nine.\n", encoding="utf-8")
    assert shell(f"{entry} a.txt rules", folder).returncode == 1
    assert shell(f"{entry} rules", folder).returncode == 0


def test_the_action_runs(folder: Path) -> None:
    """The steps of the Action use only inputs that exist; the one that checks annotates, and leaves SARIF to upload."""
    action = (ROOT / ".github" / "actions" / "claimcheck" / "action.yml").read_text(encoding="utf-8")
    declared = set(re.findall(r"^  ([a-z]+):\n    description", action, re.MULTILINE))
    assert set(re.findall(r"inputs\.([a-z]+)", action)) == declared
    (command,) = re.findall(r"- run: (claimcheck .*)", action)
    (folder / "a.txt").write_text(CURE, encoding="utf-8")
    done = shell(command, folder, PAGES="a.txt", OPTIONS="--fail-on critical", SARIF="out.sarif")
    assert done.returncode == 1 and done.stdout.startswith("::error file=a.txt,"), done.stderr
    results = json.loads((folder / "out.sarif").read_text())["runs"][0]["results"]
    assert "unqualified-cure" in {r["ruleId"] for r in results}
