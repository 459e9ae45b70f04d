"""`claimcheck baseline write|prune PAGE...`: let an old corpus off what it has today."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli.choices import one_of

DOINGS = ("write", "prune")
USUAL = "claimcheck-baseline.json"


def baseline(
    doing: Annotated[
        str,
        typer.Argument(
            metavar="|".join(DOINGS), callback=one_of(DOINGS), help="Write all findings down, or prune those mended."
        ),
    ],
    pages: Annotated[list[str], typer.Argument(metavar="PAGE...", help="Files, folders or patterns.")],
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=f"The baseline. Default: that of the configuration, else {USUAL}."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Use this configuration, not the nearest one.")
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")] = False,
) -> None:
    """Keep a file of the findings that pages have today, so that `check --baseline` reports only new ones.

    Findings are known by rule and sentence, not by place. Name the same pages for write and prune.
    """
    from claimcheck.cli.output import save, say
    from claimcheck.cli.run import Request, begin
    from claimcheck.cli.settings import settle
    from claimcheck.policy import baseline as known
    from claimcheck.report.parts import many

    settings = settle({}, config, isolated)
    named = settings.config.baseline
    path = file or (settings.beside(named, "baseline") if named else Path(USUAL))
    before = known.read(path) if doing == "prune" else {}
    run = begin(pages, settings, Request())
    results = list(run.results)
    reports = [done.report for done in results if done.report]
    faults = [*run.faults, *(done.fault for done in results if not done.report)]
    if faults:
        say("\n".join([*faults, f"{path} is left as it is"]))
        raise typer.Exit(2)
    if doing == "write":
        after = known.of(reports)
        said = f"{many(sum(e.count for e in after.values()), 'finding')} of {many(len(reports), 'page')} in {path}"
    else:
        after = known.without(before, known.subtract(reports, before)[1])
        gone = sum(e.count for e in before.values()) - sum(e.count for e in after.values())
        said = f"{many(gone, 'finding')} taken out of {path}"
    if fault := save(path, known.dumps(after)):
        say(fault)
        raise typer.Exit(2)
    say(said)
