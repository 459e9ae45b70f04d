"""`claimcheck schema [WHAT]`: the JSON Schema of what claimcheck writes, or of what it reads."""

from __future__ import annotations

from typing import Annotated

import typer

from claimcheck.cli.choices import one_of

SCHEMAS = ("report", "compare", "config", "substantiation", "evidence")


def schema(
    what: Annotated[
        str,
        typer.Argument(
            metavar="|".join(SCHEMAS),
            callback=one_of(SCHEMAS),
            help="The JSON report, that of compare, the configuration file, registered evidence, or the table of "
            "claimcheck evidence.",
        ),
    ] = "report",
) -> None:
    """Print the JSON Schema of what a command writes as JSON, or of a file that claimcheck reads."""
    import json

    from claimcheck.cli.output import write

    if what == "report":
        from claimcheck.report.json import schema as wanted
    elif what == "compare":
        from claimcheck.report.comparison.json import schema as wanted
    elif what == "evidence":
        from claimcheck.report.evidence import schema as wanted
    elif what == "substantiation":
        from claimcheck.policy.substantiation import schema as wanted
    else:
        from claimcheck.policy.config import schema as wanted
    write(json.dumps(wanted(), indent=2) + "\n")
