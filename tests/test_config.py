"""The configuration: which file holds, what may stand in it, what its faults say, and what it does to a run."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
from snapshots import same_as_snapshot

from claimcheck.cli import main
from claimcheck.cli.bar import BARS
from claimcheck.cli.options import PROFILES
from claimcheck.policy.config import Config, ConfigError, FailOn, Profile, find, keys, read, schema

BAD = "Our clinic offers infusions for every illness.\n\nOur infusions cure lupus. Book your visit today.\n"
FULL = """
select = ["*"]
ignore = ["hype/*", "info"]
rules = ["mine"]
profile = "uk"
fail-on = "mixed"
include = ["*.txt"]
exclude = ["drafts/"]
gitignore = false
output = ["r.json"]
format = "concise"
skip = [".cookies", "#legal"]
text-field = "body"
id-field = "id"
allow-critical = ["stop-medication"]
baseline = "old.json"
substantiation = "held.toml"
[severity]
"cure/*" = "low"
[[per-file]]
files = ["blog/**"]
ignore = ["unqualified-cure"]
[per-file.severity]
no-risks-mentioned = "info"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two pages, as the working directory."""
    (tmp_path / ".git").mkdir()
    for name in ("site/a.txt", "drafts/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(BAD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "claimcheck.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What a concise run over all pages prints."""
    main([".", "--format", "concise", *arguments])
    return capsys.readouterr().out.splitlines()


def test_the_nearest_file_wins(folder: Path) -> None:
    """The search goes upwards, takes claimcheck.toml before pyproject.toml, and passes a pyproject without a table."""
    top = write(folder, "", "claimcheck.toml")
    write(folder / "site", "[tool.other]\n", "pyproject.toml")
    assert find(folder / "site") == top
    near = write(folder / "site", "[tool.claimcheck]\n", "pyproject.toml")
    assert find(folder / "site") == near
    nearer = write(folder / "site", "")
    assert find(folder / "site") == nearer


def test_the_search_ends_at_the_repository(folder: Path) -> None:
    """A file above the folder that holds .git is not taken."""
    (folder / "site" / ".git").mkdir()
    write(folder, "")
    assert find(folder / "site") is None


def test_both_homes_mean_the_same(folder: Path) -> None:
    """A table in pyproject.toml is read as the same settings as a file of its own."""
    own = read(write(folder, "ignore = ['low']\n[severity]\n'cure/*' = 'low'\n")).config
    text = "[tool.claimcheck]\nignore = ['low']\n[tool.claimcheck.severity]\n'cure/*' = 'low'\n"
    assert read(write(folder, text, "pyproject.toml")).config == own


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = []", ":1: unknown key 'selct'\n  did you mean 'select'?"),
        ("\nfail-on = 'hgih'", ":2: fail-on: 'hgih' is not one of them\n  did you mean 'high'?"),
        ("[severity]\n\n'hype/*' = 'lo'", ":3: severity.hype/*: 'lo' is not one of them\n  did you mean 'low'?"),
        ("[[per-file]]\nfiles = ['a']\nignor = []", ":3: unknown key 'per-file.0.ignor'\n  did you mean 'ignore'?"),
        ("[[per-file]]\nignore = ['x']", ":1: 'per-file.0.files' is missing"),
        ("ignore = 'x'", ":1: ignore: "),
        ("ignore = ", "not valid TOML: "),
        ("ignore = [3]", ":1: ignore.0: "),
    ],
)
def test_faults_have_a_line_and_a_suggestion(folder: Path, text: str, said: str) -> None:
    """A wrong key or value is told with its line, and with what was probably meant."""
    with pytest.raises(ConfigError) as raised:
        read(write(folder, text))
    assert said in str(raised.value)


def test_faults_are_told_at_once_and_judge_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A faulty file ends a run with status 2 before a page is judged, naming every fault."""
    write(folder, "selct = []\nprofile = 'usa'\n")
    assert main(["site"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and ":1: unknown key 'selct'" in err and ":2: profile: 'usa'" in err


@pytest.mark.parametrize("text", ["ignore = ['unqualified-cur']", "[severity]\nunqualified-cur = 'low'"])
def test_rules_named_must_exist(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """A rule that a setting names and that does not exist is a fault with a suggestion."""
    write(folder, text)
    assert main(["site"]) == 2
    assert "did you mean 'unqualified-cure'?" in capsys.readouterr().err


def test_the_schema_describes_what_is_read() -> None:
    """The published schema has every key with a description, accepts a full file and refuses an unknown key."""
    published = schema()
    assert set(published["properties"]) == set(keys())
    assert all(p.get("description") for p in published["properties"].values())
    check = jsonschema.Draft202012Validator(published)
    check.validate(tomllib.loads(FULL))
    assert list(check.iter_errors({"selct": []})) and list(check.iter_errors({"fail-on": "hgih"}))
    same_as_snapshot("config-schema.json", json.dumps(published, indent=2) + "\n")


def test_a_full_file_is_understood(folder: Path) -> None:
    """Every key can be set, and none of a full file is left at its default but `select`."""
    config = read(write(folder, FULL)).config
    assert [k for k in keys() if getattr(config, k.replace("-", "_")) == getattr(Config(), k.replace("-", "_"))] == [
        "select"
    ]


def test_choices_agree_with_the_command_line() -> None:
    """The bars and profiles of a file are those of the options."""
    assert get_args(FailOn) == BARS
    assert get_args(Profile) == PROFILES


@pytest.mark.parametrize(
    ("text", "options", "cures", "severity"),
    [
        ("", [], True, "critical"),
        ("ignore = ['cure/*']", [], False, ""),
        ("ignore = ['cure/*']", ["--select", "unqualified-cure"], True, "critical"),
        ("select = ['hype/*']", [], False, ""),
        ("ignore = ['critical']", [], False, ""),
        ("select = ['critical', 'low']", [], True, "critical"),
        ("", ["--ignore", "unqualified-cure,low"], False, ""),
        ("ignore = ['cure/*']", ["--isolated"], True, "critical"),
        ("[severity]\n'cure/*' = 'low'", [], True, "low"),
        ("[severity]\n'cure/*' = 'low'\nunqualified-cure = 'medium'", [], True, "medium"),
        ("[[per-file]]\nfiles = ['site/']\nignore = ['cure/*']", [], False, ""),
        ("[[per-file]]\nfiles = ['other/']\nignore = ['cure/*']", [], True, "critical"),
        ("[[per-file]]\nfiles = ['*.txt']\nseverity = {'cure/*' = 'info'}", [], True, "info"),
    ],
)
def test_rules_are_chosen_and_graded(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], cures: bool, severity: str
) -> None:
    """Select, ignore, severity and per-file settings choose and grade findings; the more exact word wins."""
    write(folder, text)
    found = [line for line in lines(capsys, "--exclude", "drafts", *options) if "unqualified-cure" in line]
    assert bool(found) == cures
    assert all(f": {severity} unqualified-cure" in line for line in found)


def test_no_setting_buys_a_better_verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is ignored or graded down stays in the report as suppressed, and the verdict stays as it was."""
    reports = []
    for text in ("", "ignore = ['cure/*']\n[severity]\n'efficacy/*' = 'info'"):
        write(folder, text)
        main(["site/a.txt", "--format", "json"])
        reports.append(json.loads(capsys.readouterr().out)["reports"][0])
    plain, tuned = reports
    assert tuned["verdict"] == plain["verdict"]
    (left,) = [f for f in tuned["suppressed"] if f["rule"] == "unqualified-cure"]
    assert left["because"]["context"] == "ignored" and left["because"]["cue"] == "ignore = cure/*"


@pytest.mark.parametrize(
    ("text", "ignores", "pages"),
    [
        ("", "", {"drafts/b.txt", "site/a.txt"}),
        ("exclude = ['drafts/']", "", {"site/a.txt"}),
        ("", "drafts/\n", {"site/a.txt"}),
        ("gitignore = false", "drafts/\n", {"drafts/b.txt", "site/a.txt"}),
        ("include = ['b.*']", "", {"drafts/b.txt"}),
        ("include = ['*.njk']", "", {"site/c.njk"}),
    ],
)
def test_files_are_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, ignores: str, pages: set[str]
) -> None:
    """Include, exclude and .gitignore say which files of a folder are checked."""
    write(folder, text)
    write(folder, ignores, ".gitignore")
    write(folder / "site", BAD, "c.njk")
    assert {line.split(":")[0].removeprefix("./") for line in lines(capsys)} == pages


def test_an_excluded_page_is_not_checked_though_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hook that names files does not undo an exclude, and the run says why nothing was checked; .gitignore does
    not hide what is named."""
    write(folder, "exclude = ['drafts/']")
    write(folder, "site/\n", ".gitignore")
    assert main(["drafts/b.txt"]) == 0
    assert "left out" in capsys.readouterr().err
    assert main(["site/a.txt"]) == 1
    assert main(["site"]) == 1


def test_config_shows_values_and_origins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`claimcheck config` prints every key as TOML with the line it came from."""
    write(folder, FULL.replace("mine", "site"))
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert 'profile = "uk"  # claimcheck.toml:5' in out
    shown = tomllib.loads(out)
    assert shown["severity"] == {"cure/*": "low"} and tuple(shown) == keys()
    assert main(["config", "--isolated"]) == 0
    assert all(line.endswith("# default") for line in capsys.readouterr().out.splitlines()[1:])


def test_a_named_configuration_is_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--config takes the file named instead of the nearest; one that does not exist is a fault."""
    write(folder, "ignore = ['cure/*']", "other.toml")
    assert not [line for line in lines(capsys, "--config", "other.toml") if "unqualified-cure" in line]
    assert main(["site", "--config", "none.toml"]) == 2
    assert "none.toml: cannot be read" in capsys.readouterr().err


def test_settings_count_from_their_folder(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """Patterns of a file count from its folder, those of the command line from the working directory."""
    write(folder, "exclude = ['/drafts/']\noutput = ['all.json']\nfail-on = 'never'")
    write(folder / "site", BAD, "c.txt")
    monkeypatch.chdir(folder / "site")
    assert main([".", "../drafts", "--exclude", "/c.txt"]) == 2  # a folder without a page
    sources = [r["source"] for r in json.loads((folder / "all.json").read_text())["reports"]]
    assert sources == ["./a.txt"]
