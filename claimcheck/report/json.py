"""The report as data: everything claimcheck found, in a versioned shape with a JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from claimcheck.model import Report
from claimcheck.report.options import Options

SCHEMA: Literal["claimcheck/report/1"] = "claimcheck/report/1"
"""The shape's name. Fields may be added under this name; one that goes or changes its meaning asks for a new one."""

_UNWRITTEN = ("page", "places")


class Reports(Struct, frozen=True):
    """What `claimcheck --format json` prints: the name of this shape, and one report a page, in the order checked.

    Offsets are half-open code points of the page's source text; lines and columns are 1-based.
    """

    schema: Literal["claimcheck/report/1"]
    reports: tuple[Report, ...]


def render(reports: Sequence[Report], **options: Any) -> str:
    """The reports as JSON; see `dumps`."""
    Options(**options)
    return dumps(reports)


def dumps(reports: Sequence[Report]) -> str:
    """The reports as JSON, keys in the order of the fields, without the text of the pages (`Report.page`).

    Only ASCII is written: whatever a page holds, the text is valid in any encoding and steers no terminal.
    """
    return json.dumps({"schema": SCHEMA, "reports": [as_table(r) for r in reports]}, indent=2) + "\n"


def as_table(report: Report) -> dict[str, Any]:
    """One report as plain values, without the text of the page."""
    table: dict[str, Any] = to_builtins(replace(report, page=(), places=()))
    return {name: value for name, value in table.items() if name not in _UNWRITTEN}


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `dumps` writes."""
    table = published(Reports, SCHEMA)
    for unwritten in _UNWRITTEN:
        del table["$defs"]["Report"]["properties"][unwritten]
        table["$defs"]["Report"]["required"].remove(unwritten)
    for unused in ("Block", "Link", "SourceMap"):
        del table["$defs"][unused]
    return table


def published(shape: type, name: str) -> dict[str, Any]:
    """The JSON Schema called `name` of a value that is written whole."""
    parts = msgspec.json.schema(shape)["$defs"]
    for part in parts.values():
        part["description"] = " ".join(part["description"].split())
        # fields with a default are optional to msgspec; every one of them is always written
        part["required"] = list(part["properties"])
    whole = parts.pop(shape.__name__)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **whole, "$defs": parts}
