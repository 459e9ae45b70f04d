"""`claimcheck rules`: what claimcheck looks for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimcheck.cli.choices import one_of
from claimcheck.model import FAMILIES
from claimcheck.report.parts import many

if TYPE_CHECKING:
    from claimcheck.rules.files import FlagRule

FORMATS = ("text", "json")
SCHEMA = "claimcheck/rules/1"
_TOLD = (
    "id", "family", "severity", "confidence", "scope", "status", "title", "message", "why", "evidence_needed",
    "safer", "ask", "gap", "sources",
)  # fmt: skip


def rules(
    format: Annotated[
        str, typer.Option(metavar="|".join(FORMATS), callback=one_of(FORMATS), help="How to print the list.")
    ] = "text",
    rules: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="List the rules in DIR as well. Repeatable.")
    ] = None,
) -> None:
    """List the rules by family, with severity and scope."""
    from claimcheck.cli.output import write
    from claimcheck.cli.settings import settle
    from claimcheck.rules.load import load_rules

    folders = settle({"rules": tuple(map(str, rules or []))}, None, False).rule_folders
    flags = sorted(load_rules(*folders).flags, key=lambda r: (FAMILIES.index(r.family), r.id))
    if format == "json":
        import json

        write(json.dumps({"schema": SCHEMA, "rules": [_table(rule) for rule in flags]}, indent=2) + "\n")
    else:
        write(listing(flags))


def _table(rule: FlagRule) -> dict[str, Any]:
    return {key: getattr(rule, key) for key in _TOLD}


def listing(flags: Iterable[FlagRule]) -> str:
    """Rules under their families, one a line: severity, id, title, and what is unusual about it."""
    flags = list(flags)
    width = max((len(r.id) for r in flags), default=0)
    lines: list[str] = []
    family = ""
    for rule in flags:
        if rule.family != family:
            family = rule.family
            lines += [""] * bool(lines) + [family]
        marks = [m for m in (rule.scope, rule.status) if m not in ("sentence", "stable")]
        end = f"  [{', '.join(marks)}]" if marks else ""
        lines.append(f"  {rule.severity:8}  {rule.id:{width}}  {rule.title}{end}")
    return "\n".join([*lines, "", f"{many(len(flags), 'rule')}; claimcheck explain RULE tells more."]) + "\n"
