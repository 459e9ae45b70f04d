"""A comparison as data, in a versioned shape with a JSON Schema."""

from __future__ import annotations

import json
from typing import Any, Literal

from msgspec import Struct, to_builtins

from claimcheck.compare import Comparison
from claimcheck.report.options import Options

SCHEMA: Literal["claimcheck/compare/1"] = "claimcheck/compare/1"
"""The shape's name. Fields may be added under this name; one that goes or changes its meaning asks for a new one."""


class Compared(Struct, frozen=True):
    """What `claimcheck compare --format json` prints: the name of this shape, and what changed.

    Offsets are half-open code points of the source of the version that a thing belongs to; lines are 1-based.
    """

    schema: Literal["claimcheck/compare/1"]
    comparison: Comparison


def render(comparison: Comparison, **options: Any) -> str:
    """The comparison as JSON. Only ASCII is written."""
    Options(**options)
    return json.dumps({"schema": SCHEMA, "comparison": to_builtins(comparison)}, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `render` writes."""
    from claimcheck.report.json import published

    return published(Compared, SCHEMA)
