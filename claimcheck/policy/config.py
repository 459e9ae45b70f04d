"""`claimcheck.toml`, or `[tool.claimcheck]` in `pyproject.toml`: found, read and validated.

The nearest file wins, and nothing is merged: what a team reads in one file is what holds. The search goes from the
working directory upwards and ends at the folder that holds `.git`, so that no file from elsewhere is taken by surprise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, ClassVar, Literal

from claimcheck.errors import ClaimcheckError
from claimcheck.model import Severity

Strings = tuple[str, ...]
Profile = Literal["intl", "us", "uk", "eu", "au", "ca"]
FailOn = Literal[
    "info", "low", "medium", "high", "critical",
    "supported", "balanced", "mixed", "overstated", "unsupported", "red-flag", "never",
]  # fmt: skip
NAMES = ("claimcheck.toml", "pyproject.toml")
SCHEMA = "claimcheck/config/1"


class ConfigError(ClaimcheckError):
    """Every fault of a configuration file, each with its line and what was probably meant."""


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Strict:
    """Marks a table that may hold no unknown key; keys are written with hyphens."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "alias_generator": _kebab,
        "use_attribute_docstrings": True,
    }


@dataclass(frozen=True)
class PerFile(_Strict):
    """What is different for some files. The settings of every table that matches a page are added up."""

    files: Strings
    """Which files: patterns as in .gitignore, from the folder of the configuration file."""
    ignore: Strings = ()
    """What to leave out for them, as in the main `ignore`."""
    severity: dict[str, Severity] = field(default_factory=dict)
    """Severities for them, as in the main `severity`; these win."""


@dataclass(frozen=True)
class Config(_Strict):
    """What claimcheck.toml, or [tool.claimcheck] in pyproject.toml, may hold. Paths count from its folder."""

    select: Strings = ("*",)
    """What is reported: rule ids, "family/*", severities, or "*" for everything."""
    ignore: Strings = ()
    """What is not reported, in the same words. The more exact of two words wins: an id over its family."""
    severity: dict[str, Severity] = field(default_factory=dict)
    """Severities of your own by rule id or "family/*". They decide what is shown and what fails, never the score."""
    rules: Strings = ()
    """Folders with rules of your own."""
    profile: Profile = "intl"
    """Whose advertising rules to show in a column of their own; the score is the same everywhere."""
    fail_on: FailOn = "high"
    """What ends the run with status 1: a finding this severe, or a verdict this bad."""
    include: Strings = ()
    """Which files of a folder are pages, as in .gitignore. Default: every suffix that is read, from .txt to .epub."""
    exclude: Strings = ()
    """Files and folders to leave out, as in .gitignore; also where they are named on the command line."""
    gitignore: bool = True
    """Whether folders are searched without what .gitignore leaves out."""
    output: Strings = ()
    """Files to write instead of printing, in the format of their suffix, or "format=file"."""
    format: str = ""
    """How to print. Default: terminal; concise in a pipe with several pages; github in GitHub Actions."""
    skip: Strings = ()
    """Elements of HTML pages that are not judged, such as a cookie banner: ".class", "#id" or a tag."""
    text_field: str = ""
    """The field that is the text of a record, in files of records: .jsonl .ndjson .csv .tsv."""
    id_field: str = ""
    """The field that names a record in reports."""
    allow_critical: Strings = ()
    """Danger rules (marked never exempt) that a comment in a page may suppress."""
    baseline: str = ""
    """The file of findings that were there before; they are not reported again."""
    substantiation: str = ""
    """The file in which evidence held for claims is registered; see `claimcheck schema substantiation`."""
    per_file: tuple[PerFile, ...] = ()
    """What is different for some files."""


@dataclass(frozen=True)
class Found:
    """A configuration, the file it came from (None: none was found), and the lines on which its keys stand."""

    config: Config
    path: Path | None = None
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that the paths and patterns of the configuration count from."""
        return self.path.parent if self.path else Path()


def find(start: Path) -> Path | None:
    """The configuration file nearest to the folder `start`, upwards."""
    here = start.resolve()
    for folder in (here, *here.parents):
        for name in NAMES:
            path = folder / name
            if path.is_file() and (name != "pyproject.toml" or _has_table(path)):
                return path
        if (folder / ".git").exists():
            return None
    return None


def _has_table(path: Path) -> bool:
    import tomllib

    try:
        tool = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):
        return False  # another tool's broken file is not ours to report
    return isinstance(tool, dict) and "claimcheck" in tool


def read(path: Path) -> Found:
    """The configuration in a file. Raises ConfigError with every fault of it."""
    from claimcheck.text.toml import read_toml

    try:
        table, text = read_toml(path)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    prefix: tuple[str, ...] = ()
    if path.name == "pyproject.toml":
        prefix = ("tool", "claimcheck")
        tool = table.get("tool", {})
        own = tool.get("claimcheck", {}) if isinstance(tool, dict) else {}
        if not isinstance(own, dict):
            raise ConfigError(f"{path}: tool.claimcheck must be a table")
        table = own
    from claimcheck.rules.faults import line_of, shape_faults, validated

    if faults := shape_faults(Config, table, text, str(path), prefix):
        raise ConfigError("\n".join(faults))
    config: Config = validated(Config, table)
    return Found(config, path, {key: line_of(text, (*prefix, key)) for key in table})


def keys() -> tuple[str, ...]:
    """The keys of a configuration file, in the order of their description."""
    return tuple(_kebab(f.name) for f in fields(Config))


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a configuration file. Imports pydantic."""
    from claimcheck.rules.faults import json_schema

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **json_schema(Config)}
