"""The README tells the truth: what it prints can be run, what it names exists, and what exists it names."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from snapshots import same_as
from tools import picture

from claimcheck import check
from claimcheck.cli import COMMANDS
from claimcheck.cli.bar import BARS
from claimcheck.cli.options import INPUT_FORMATS, PROFILES, VIEWS
from claimcheck.ingest.sniff import PAGES
from claimcheck.ladder import NEED_OF_CURE, NEEDS, RUNGS
from claimcheck.model import SEVERITIES
from claimcheck.report import FORMATS
from claimcheck.verdict.score import BANDS, CREDIT, CREDITS_LIMIT, GAP_LIMIT, GAP_STEP, LANGUAGE, OMITTED

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHOWN = " ".join(README.split())


def fenced(language: str) -> list[str]:
    """The code of every fence of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


LINES = [line for block in fenced("sh") for line in block.splitlines() if line.strip()]
INSTALLS = [line for line in LINES if line.startswith("python -m pip install")]
BLOCKS = [[line for line in block.splitlines() if line.strip() and line not in INSTALLS] for block in fenced("sh")]
SAYS = re.compile(
    r"claimcheck: \d+ \w+ (checked, no faults|tested, no failing examples|of \d+ pages in \S+)"
    r"|claimcheck: no findings taken out of \S+|claimcheck: \S+ written|  Next: .*"
)
"""What a command may say beside its report when all is well."""
INSTALLED_COMMANDS = [line.partition("&& ")[2] for line in INSTALLS if "claimcheck" in line]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A copy of what the README's commands work on, and an environment in which claimcheck is installed."""
    home = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", home / "examples")
    shutil.copytree(ROOT / "examples", home / "content", ignore=shutil.ignore_patterns("[!n]*"))
    for example in fenced("toml"):
        path = home / re.findall(r"^# (\S+\.toml)$", example, re.MULTILINE)[0]
        path.parent.mkdir(exist_ok=True)
        path.write_text(example, encoding="utf-8")
    scripts = home / "bin"
    scripts.mkdir()
    for name, arguments in (("claimcheck", "-m claimcheck "), ("python", "")):
        (scripts / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n', encoding="utf-8")
        (scripts / name).chmod(0o755)
    info = home / "site" / "claimcheck-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: claimcheck\nVersion: 0\n", encoding="utf-8")
    points = PROJECT["entry-points"]["spacy_factories"].items()
    (info / "entry_points.txt").write_text(
        "[spacy_factories]\n" + "".join(f"{k} = {v}\n" for k, v in points), encoding="utf-8"
    )
    path = os.pathsep.join([str(scripts), os.environ["PATH"]])
    return home, {**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join([str(ROOT), str(home / "site")])}


def shell(command: str, desk: tuple[Path, dict[str, str]]) -> subprocess.CompletedProcess[str]:
    home, around = desk
    return subprocess.run(
        ["bash", "-c", command], cwd=home, env=around, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize("block", [INSTALLED_COMMANDS, *filter(None, BLOCKS)], ids=lambda b: b[0].split("  ")[0])
def test_commands_run(block: list[str], desk: tuple[Path, dict[str, str]]) -> None:
    """Every command of a block, in its order, runs through: it prints something and finds no fault."""
    for command in block:
        done = shell(command, desk)
        assert done.returncode in (0, 1), (command, done.stderr)
        assert all(SAYS.fullmatch(line) for line in done.stderr.splitlines()), (command, done.stderr)
        if ">" not in command and "--output" not in command:
            assert done.stdout or done.stderr, command


def test_the_install_commands_are_those_of_this_project() -> None:
    """The two commands at the top install this checkout, by itself and with an extra that exists, and do something."""
    plain, tests = INSTALLS
    assert shlex.split(plain)[:5] == ["python", "-m", "pip", "install", "."]
    assert shlex.split(tests) == ["python", "-m", "pip", "install", ".[test]", "&&", "python", "-m", "pytest"]
    assert "test" in PROJECT["optional-dependencies"] and "claimcheck" in PROJECT["scripts"]
    assert (ROOT / shlex.split(plain)[-1]).is_file()


@pytest.mark.parametrize("code", fenced("python"), ids=lambda c: c.splitlines()[0])
def test_snippets_run(code: str, desk: tuple[Path, dict[str, str]]) -> None:
    """Every Python snippet runs as printed, and prints."""
    home, around = desk
    done = subprocess.run([sys.executable, "-c", code], cwd=home, env=around, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "red-flag" in done.stdout


def test_the_workflow_runs(desk: tuple[Path, dict[str, str]]) -> None:
    """The commands of the workflow are ones that this claimcheck understands."""
    (workflow,) = fenced("yaml")
    install, command = re.findall(r"- run: (.*)", workflow)
    assert install == f"python -m pip install {PROJECT['name']}"
    done = shell(f"GITHUB_STEP_SUMMARY=summary.md; {command}", desk)
    assert done.returncode in (0, 1), done.stderr
    assert (desk[0] / "summary.md").read_text(encoding="utf-8").startswith("## ")


def test_links_lead_somewhere() -> None:
    """Every link and picture of the README is a file of the project."""
    links = re.findall(r"\]\(([^)\s]+)\)", README)
    assert links and all((ROOT / link).is_file() for link in links)


def test_every_option_is_described_and_exists() -> None:
    """The options table has exactly the options of `check`, long and short."""
    import typer

    from claimcheck.cli.app import app

    command = typer.main.get_command(app()).commands["check"]  # type: ignore[attr-defined]
    real = {o for p in command.params if p.param_type_name == "option" for o in p.opts} | {"--help", "-h"}
    rows = re.findall(r"^\| (`-.*?) \|", README, re.MULTILINE)
    assert {o for row in rows for o in re.findall(r"`(--?[a-z-]+)", row)} == real
    everywhere = {o for line in LINES if "claimcheck " in line for o in re.findall(r" (--?[a-z][a-z-]*)", line)}
    assert everywhere - {"-m", "--phrase"} <= real


def test_every_choice_is_named() -> None:
    """Commands, formats, severities, labels, profiles, views and kinds of pages are all there."""
    suffixes = [s for f in FORMATS.values() for s in f.suffixes if s != ".markdown"]
    for name in (*FORMATS, *BARS, *INPUT_FORMATS, *PROFILES, *VIEWS, *suffixes, *NEEDS):
        assert f"`{name}`" in README or name == "none", name
    for name in COMMANDS:
        assert f"`{name}`" in README or f"claimcheck {name}" in README, name
    assert set(re.findall(r"`claimcheck ([a-z-]+)", README)) <= set(COMMANDS)
    assert all(f"`{suffix}`" in README for suffix in PAGES)


def test_the_arithmetic_is_the_one_that_runs() -> None:
    """The points, limits, levels and bands that the README gives are those of the program."""
    said = ", ".join(f"{s} -{LANGUAGE[s]}" for s in reversed(SEVERITIES) if LANGUAGE[s])
    assert f"| language | {said};" in README
    assert f"| evidence | -{GAP_STEP} for each level" in README and f"at most -{GAP_LIMIT} |" in README
    assert f"high or critical -{OMITTED['high']}, medium -{OMITTED['medium']}, low -{OMITTED['low']}" in README
    assert f"+{CREDIT:g} for each thing" in README and f"at most +{CREDITS_LIMIT:g}" in README
    for strength, level in NEEDS.items():
        row = re.search(rf"^\| `{strength}` \| .* \| (.*) \| (\d) \|$", README, re.MULTILINE)
        assert strength == "none" or (row and row.groups() == (RUNGS[level], str(level)))
    assert f"| a cure, an approval | | {RUNGS[NEED_OF_CURE]} | {NEED_OF_CURE} |" in README
    top = 100
    for floor, label in BANDS:
        assert re.search(rf"^\| {floor} to {top} \| `{label}`", README, re.MULTILINE)
        top = floor - 1


def test_our_own_words_raise_no_flag() -> None:
    """The README, judged by claimcheck, has no finding of medium severity or worse."""
    findings = check(README, format="markdown", source="README.md").findings
    assert [f for f in findings if SEVERITIES.index(f.severity) >= SEVERITIES.index("medium")] == []


def test_nothing_is_installed_from_elsewhere() -> None:
    """Packages are named, never fetched from an address."""
    assert not re.search(r"pip install[^\n]*(://|--index-url|--extra-index)", README)


def test_the_picture_is_of_this_program() -> None:
    """The picture shows, character for character, what the command prints today, and asks no server for anything."""
    svg, screen = picture.PICTURE.read_text(encoding="utf-8"), picture.screen()
    if picture.shown(svg) != picture.words(screen):  # the drawing itself may differ between versions of rich
        same_as(picture.PICTURE, picture.drawn(screen))
    assert re.findall(r"https?:[^\s\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_entry_points_lead_to_code() -> None:
    """The command that the README runs is the one that the package installs."""
    point = EntryPoint("claimcheck", PROJECT["scripts"]["claimcheck"], "console_scripts")
    assert callable(point.load())
