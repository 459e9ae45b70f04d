"""`claimcheck compare OLD NEW`: what changed between two versions of a page."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import options as given
from claimcheck.cli.choices import one_of
from claimcheck.errors import UsageError
from claimcheck.report.comparison import FORMATS, format_of

if TYPE_CHECKING:
    from claimcheck.cli.settings import Settings
    from claimcheck.compare import Comparison
    from claimcheck.model import Report

STDIN = "-"


def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier version; - is standard input.")],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="[NEW]",
            help="The later version. Without it, OLD is a folder of dated copies: the last two by name are compared.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(metavar="|".join(FORMATS), callback=one_of(FORMATS), help="How to print. Default: terminal."),
    ] = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Write to FILE instead, in the format of its suffix: .html .json .txt. Repeatable; with --format, "
            "that is printed too.",
        ),
    ] = None,
    fail_on: given.FailOn = None,
    input_format: given.InputFormat = None,
    rules: given.Rules = None,
    profile: given.Profile = None,
    config: given.ConfigFile = None,
    isolated: given.Isolated = False,
    view: given.View = "patient",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Every entry, and the claims that stayed.")] = False,
) -> None:
    """Say what changed between two versions of a page: its claims, findings, evidence, gaps and verdict.

    Exit status: 0 nothing at or above --fail-on is new, or graded higher than before; 1 something is, or the verdict
    fell to the one named; 2 the run failed.
    """
    from claimcheck.cli.output import coloured, columns, rule_pages, save, say, write
    from claimcheck.cli.settings import settle
    from claimcheck.compare import compare as changes
    from claimcheck.report.comparison import render

    words = {"fail_on": fail_on, "profile": profile, "rules": tuple(map(str, rules or ()))}
    settings = settle(words, config, isolated)
    files = [(path, _format(path, format)) for path in output or ()]
    before, after = _versions(old, new, settings)
    first, second = _report(before, settings, input_format), _report(after, settings, input_format)
    comparison = changes(first, second)
    look = {"view": view, "quiet": quiet, "verbose": verbose}
    faults = [fault for path, name in files if (fault := save(path, render(name, comparison, **look)))]
    if not files or (format and format not in dict(files).values()):
        seen = {"width": columns(sys.stdout), "colour": coloured(sys.stdout), "rule_pages": rule_pages(sys.stdout)}
        write(render(format or "terminal", comparison, **look, **seen))
    for fault in faults:
        say(fault)
    raise typer.Exit(2 if faults else int(_worse(comparison, first, second, settings.config.fail_on)))


def _versions(old: str, new: str | None, settings: Settings) -> tuple[str, str]:
    """The two pages that the arguments mean. Raises UsageError."""
    if new is None:
        if not os.path.isdir(old):
            raise UsageError(f"{old}: compared with what?\n  Name the later version too, or a folder of dated copies.")
        from claimcheck.ingest import find_pages

        pages = find_pages([old], settings.choice())[0]
        if len(pages) < 2:
            raise UsageError(f"{old}: holds fewer than two pages\n  Name a folder with dated copies of one page.")
        return pages[-2], pages[-1]
    if old == new == STDIN:
        raise UsageError("only one of the two versions can come from standard input")
    for page in (old, new):
        if os.path.isdir(page):
            raise UsageError(f"{page}: is a folder\n  Name two files, or one folder of dated copies.")
    return old, new


def _report(page: str, settings: Settings, input_format: str | None) -> Report:
    """The report on one version. Exits with 2 where there is none."""
    from claimcheck.cli.output import say
    from claimcheck.cli.run import Request, begin

    run = begin([page], settings, Request(input_format, whole=True))
    if run.records:
        raise UsageError(f"{page}: is a file of records\n  compare takes two versions of one page.")
    results = list(run.results)
    faults = [*run.faults, *(done.fault for done in results if done.fault)]
    for fault in faults:
        say(fault)
    if faults or not results or results[0].report is None:
        raise typer.Exit(2)
    return results[0].report


def _worse(comparison: Comparison, old: Report, new: Report, bar: str) -> bool:
    """Whether something at or above the bar is new: a finding, or the verdict."""
    from claimcheck.cli.bar import GRADES, reaches
    from claimcheck.compare.changes import worsened

    if bar in GRADES:
        return reaches(new, bar) and not reaches(old, bar)
    return reaches(new, bar, worsened(comparison))


def _format(path: Path, format: str | None) -> str:
    name = format_of(path.name) or format
    if name is None:
        raise typer.BadParameter(f"{path}: the suffix names no format; use .html, .json or .txt")
    return name
