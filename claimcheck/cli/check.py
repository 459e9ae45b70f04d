"""`claimcheck check`, the command that is meant when none is named: judge pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli.bar import BARS, reaches
from claimcheck.cli.choices import one_of, words
from claimcheck.cli.output import coloured, columns, save, say, write
from claimcheck.report import FORMATS, format_of
from claimcheck.report.parts import many

if TYPE_CHECKING:
    from claimcheck.cli.settings import Settings
    from claimcheck.model import Finding, Report
    from claimcheck.policy.changed import Changes

PROFILES = ("intl", "us", "uk", "eu", "au", "ca")
INPUT_FORMATS = ("text", "markdown", "html")
VIEWS = ("patient", "editor")

_SHORT_HELP = """no page to check
  claimcheck page.html        check a file, a folder or a pattern
  cat page.txt | claimcheck   check what is piped in
  claimcheck --help           everything else"""


def version(wanted: bool) -> None:
    """The callback of `--version`."""
    if wanted:
        from claimcheck import __version__

        write(f"claimcheck {__version__}\n")
        raise typer.Exit


def check(
    pages: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PAGE]...", help="Files, folders or patterns; - is standard input.", show_default=False
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            callback=one_of(list(FORMATS)),
            help=f"How to print: {', '.join(FORMATS)}. Default: terminal; concise in a pipe with several "
            "pages; github in GitHub Actions.",
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[FORMAT=]FILE",
            help="Write to FILE instead, in the format named or meant by the suffix: .json .jsonl .sarif .html .md ... "
            "Repeatable; with --format, that is printed too.",
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="SEVERITY|LABEL|never",
            callback=one_of(BARS),
            help="Exit with 1 when a finding is this severe (info low medium high critical) or a verdict this bad "
            "(balanced mixed overstated unsupported red-flag). Default: high.",
        ),
    ] = None,
    input_format: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(INPUT_FORMATS),
            callback=one_of(INPUT_FORMATS),
            help="What the pages are. Default: told by name and content.",
        ),
    ] = None,
    stdin_filename: Annotated[
        str, typer.Option(metavar="NAME", help="The name to use for standard input; its suffix tells its format.")
    ] = "<stdin>",
    rules: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="Use the rules in DIR as well. Repeatable.")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(PROFILES),
            callback=one_of(PROFILES),
            help="Whose advertising rules to mention; the score is the same everywhere. Default: intl.",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD", help="Report only these rules, family/* or severities. Repeatable, or by commas."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD", help="Report none of these rules, family/* or severities. Repeatable, or by commas."
        ),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Leave out files and folders, as in .gitignore. Repeatable."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Use this configuration, not the nearest claimcheck.toml or pyproject.toml."),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Report no finding that this file knows; see claimcheck baseline --help."),
    ] = None,
    substantiation: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Say for which claims FILE registers evidence; the score stays."),
    ] = None,
    diff: Annotated[
        str | None,
        typer.Option(
            metavar="REF|-",
            help="Let only changed lines fail: those since a commit, or of a unified diff on standard input. "
            "Without pages, checks the changed ones.",
        ),
    ] = None,
    no_suppressions: Annotated[
        bool, typer.Option("--no-suppressions", help="Obey no comment in a page: report what it would suppress.")
    ] = False,
    isolated: Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")] = False,
    view: Annotated[
        str,
        typer.Option(
            metavar="|".join(VIEWS),
            callback=one_of(VIEWS),
            help="Whom the report speaks to; the result is the same.",
        ),
    ] = "patient",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line a page, no talk.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Every occurrence, the claims, the sources cited.")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Print how often each rule fired instead of the reports.")
    ] = False,
    why_not: Annotated[bool, typer.Option("--why-not", help="Show what matched and was let go, and why.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the score was made, as a running sum.")] = False,
    show_version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Check pages. This is what is meant without a command.

    Prints the verdict on each page, and which of its sentences promise more than they can show.
    """
    arguments = pages or ([] if sys.stdin is None or sys.stdin.isatty() or diff else ["-"])
    if not arguments and not diff:
        say(_SHORT_HELP)
        raise typer.Exit(2)

    from claimcheck.cli.run import changed_pages, examine
    from claimcheck.cli.settings import settle

    given = {
        "select": words(select),
        "ignore": words(ignore),
        "exclude": tuple(exclude or ()),
        "rules": tuple(map(str, rules or ())),
        "fail_on": fail_on,
        "profile": profile,
        "output": tuple(output or ()),
        "format": format,
        "baseline": baseline,
        "substantiation": substantiation,
    }
    settings = settle(given, config, isolated)
    files = _files(settings, format)
    format = settings.config.format or None
    changes = _changes(diff)
    if changes and not pages:
        arguments = changed_pages(changes)
    reports, faults, found = examine(arguments, settings, input_format, stdin_filename, not no_suppressions)
    known = settings.config.baseline
    if known:
        from claimcheck.policy import baseline as before

        reports, stale = before.subtract(reports, before.read(settings.beside(known, "baseline")))
        if stale and not quiet and not diff and any(Path(a).is_dir() for a in arguments):
            say(f"{many(len(stale), 'stale entry')} in the baseline; take them out: claimcheck baseline prune PAGES")

    options = {"view": view, "quiet": quiet, "verbose": verbose, "explain": explain, "why_not": why_not}
    for path, name in files:
        for file, text in FORMATS[name].files(path, reports, **options):
            if fault := save(file, text, make_folder=file != path):
                faults.append(fault)
    if statistics:
        from claimcheck.report.statistics import render

        write(render(reports))
    elif not files or (format and format not in dict(files).values()):
        chosen = format or _usual_format(found)
        look = {"width": columns(sys.stdout), "colour": coloured(sys.stdout)}
        write(FORMATS[chosen](reports, **options, **look))
    for fault in faults:
        say(fault)
    if not quiet and (len(arguments) > 1 or found > 1):
        say(f"{many(len(reports), 'page')} checked, {many(len(faults), 'fault')}")

    def counted(report: Report) -> list[Finding] | None:
        """The findings that may fail the run, None for all."""
        if changes is not None:
            return [f for f in report.findings if changes.touches(report, f)]
        return list(report.findings) if known else None

    raise typer.Exit(2 if faults else int(any(reaches(r, settings.config.fail_on, counted(r)) for r in reports)))


def _changes(diff: str | None) -> Changes | None:
    if diff is None:
        return None
    from claimcheck.policy.changed import parse, since

    return parse(sys.stdin.read()) if diff == "-" else since(diff)


def _usual_format(pages: int) -> str:
    """How to print where nobody says: for people at a terminal, annotations in GitHub Actions."""
    if os.environ.get("GITHUB_ACTIONS") == "true" and os.environ.get("GITHUB_WORKFLOW") and not sys.stdout.isatty():
        return "github"
    return "terminal" if sys.stdout.isatty() or pages == 1 else "concise"


def _files(settings: Settings, format: str | None) -> list[tuple[Path, str]]:
    """The files to write, each with its format. Raises BadParameter where nothing tells it."""
    files = []
    for given in settings.config.output:
        told, equals, rest = given.partition("=")
        named = bool(equals) and told in FORMATS
        path = settings.beside(rest if named else given, "output")
        name = told if named else format_of(path.name) or format
        if name is None:
            raise typer.BadParameter(
                f"{path}: the suffix names no format; write FORMAT={path}, or use a suffix such as .json or .sarif"
            )
        files.append((path, name))
    return files
