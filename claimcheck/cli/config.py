"""`claimcheck config`: the settings in force, and where each came from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer


def config(
    path: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Show this file instead of the nearest one.")
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Use no configuration file: show the defaults.")] = False,
) -> None:
    """Show the settings in force for pages below the working directory, and where each came from."""
    import json
    from dataclasses import asdict

    from claimcheck.cli.output import write
    from claimcheck.cli.settings import check_words, settle
    from claimcheck.policy.config import keys
    from claimcheck.rules.load import load_rules

    settings = settle({}, path, isolated)
    check_words(settings, load_rules(*settings.rule_folders))
    values = asdict(settings.config)
    lines = [f"# {settings.found.path or 'no configuration file: the defaults'}"]
    for key in keys():
        name = key.replace("-", "_")
        lines.append(f"{key} = {_toml(values[name], json.dumps)}  # {settings.origin[name]}")
    write("\n".join(lines) + "\n")


def _toml(value: Any, quoted: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{quoted(k.replace('_', '-'))} = {_toml(v, quoted)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(v, quoted) for v in value) + "]"
    return str(quoted(value))
