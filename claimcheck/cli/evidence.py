"""`claimcheck evidence PAGE...`: the evidence table alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli.choices import one_of

FORMATS = ("text", "json")


def evidence(
    pages: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PAGE]...", help="Files, folders or patterns; - is standard input.", show_default=False
        ),
    ] = None,
    format: Annotated[
        str, typer.Option(metavar="|".join(FORMATS), callback=one_of(FORMATS), help="How to print the table.")
    ] = "text",
    stdin_filename: Annotated[
        str, typer.Option(metavar="NAME", help="The name to use for standard input; its suffix tells its format.")
    ] = "<stdin>",
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Use this configuration, not the nearest one.")
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")] = False,
) -> None:
    """Print what pages rest on: every study described and source cited, its design, its level on the ladder of
    evidence, how it can be found, and which claims lean on it.

    The exit status tells only whether the pages could be read: 0 or 2.
    """
    from claimcheck.cli.output import coloured, columns, say, write
    from claimcheck.cli.run import Request, begin
    from claimcheck.cli.settings import settle
    from claimcheck.report.evidence import dumps, render

    arguments = pages or ([] if sys.stdin is None or sys.stdin.isatty() else ["-"])
    if not arguments:
        say("no page whose evidence to show\n  claimcheck evidence page.html")
        raise typer.Exit(2)
    run = begin(arguments, settle({}, config, isolated), Request(stdin_name=stdin_filename))
    results = list(run.results)
    reports = [done.report for done in results if done.report]
    faults = [*run.faults, *(done.fault for done in results if not done.report)]
    if format == "json":
        write(dumps(reports))
    else:
        write(render(reports, columns(sys.stdout), coloured(sys.stdout)))
    for fault in faults:
        say(fault)
    raise typer.Exit(2 if faults else 0)
