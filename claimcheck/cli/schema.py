"""`claimcheck schema`: the JSON Schema of the JSON report."""

from __future__ import annotations


def schema() -> None:
    """Print the JSON Schema of what --format json writes."""
    import json

    from claimcheck.cli.output import write
    from claimcheck.report.json import schema as report_schema

    write(json.dumps(report_schema(), indent=2) + "\n")
