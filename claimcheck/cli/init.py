"""`claimcheck init`: a configuration to begin with, and what a code host or a hook needs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli.choices import one_of

CONFIG = """\
# Settings of claimcheck; `claimcheck config` shows those in force, `claimcheck schema config` every key.

fail-on = "high"            # info, low, medium, high, critical, a verdict such as "overstated", or "never"
# profile = "intl"          # intl, us, uk, eu, au, ca
# ignore = ["novelty-and-leadership", "info"]   # rules, "family/*" or severities; see `claimcheck rules`
# exclude = ["drafts/"]     # as in .gitignore
# skip = [".cookies"]       # elements of HTML that are not judged: ".class", "#id" or a tag
# rules = ["my-rules"]      # folders with rules of your own
# baseline = "claimcheck-baseline.json"         # claimcheck baseline write PAGES
# allow-critical = []       # danger rules that a comment in a page may suppress

# [severity]
# "hype/*" = "low"

# [[per-file]]
# files = ["blog/**"]
# ignore = ["pressure/*"]
"""

_GITHUB = """\
name: claimcheck
on: [pull_request]
permissions:
  contents: read
jobs:
  claims:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - run: python -m pip install claimcheck
      - run: claimcheck check . --output claimcheck.sarif --format github
"""

_GITLAB = """\
claimcheck:
  image: python:3.12-slim
  script:
    - python -m pip install claimcheck
    - claimcheck check . --format concise --output gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""

_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: claimcheck
        name: claimcheck
        entry: claimcheck check --format concise
        language: python
        require_serial: true
        additional_dependencies: [claimcheck]
        files: \\.(txt|md|markdown|mdx|html|htm|xhtml|pdf|docx|eml|mhtml|mht|epub)$
"""

SNIPPETS = {
    "github": (".github/workflows/claimcheck.yml", _GITHUB),
    "gitlab": (".gitlab-ci.yml", _GITLAB),
    "pre-commit": (".pre-commit-config.yaml", _HOOK),
}
"""What may be asked for besides the configuration: the file it belongs in, and its text."""


def init(
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="|".join(SNIPPETS), callback=one_of(list(SNIPPETS)), help="What to write beside claimcheck.toml."
        ),
    ] = None,
) -> None:
    """Write a commented claimcheck.toml here, and on request what GitHub, GitLab or pre-commit needs.

    No file is overwritten: where one exists, what would stand in it is printed instead.
    """
    from claimcheck.cli.output import save, say, write

    files = [("claimcheck.toml", CONFIG)]
    if wanted:
        files.append(SNIPPETS[wanted])
    for name, text in files:
        path = Path(name)
        if path.exists():
            say(f"{name} exists and is left as it is")
            if name != "claimcheck.toml":
                write(text)
            continue
        fault = _folder(path.parent) or save(path, text)
        if fault:
            say(fault)
            raise typer.Exit(2)
        say(f"{name} written")


def _folder(path: Path) -> str:
    """Make a folder. Returns what went wrong, empty if nothing did."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"{path}: cannot be made: {error.strerror}"
    return ""
