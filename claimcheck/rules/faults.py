"""Faults in rule files, each with its file, its line and a suggestion. Imported only when there is one to explain
or a file from outside to check."""

from __future__ import annotations

import re
import typing
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any


def suggest(wrong: str, known: list[str]) -> str:
    """A "did you mean" for `wrong`, with the known names where they are few."""
    near = get_close_matches(wrong, known, 1, 0.6)
    text = f"did you mean {near[0]!r}?" if near else ""
    if len(known) <= 30:
        text += ("  " if text else "") + "known: " + ", ".join(sorted(known))
    return text


def line_of(source: str, path: tuple[str | int, ...]) -> int:
    """The 1-based line on which the key at `path` stands in TOML text, as near as can be told."""
    lines = source.splitlines()
    keys = [p for p in path if isinstance(p, str)]
    table: list[str] = []
    seen: dict[str, int] = {}
    wanted = [p for p in path if isinstance(p, int)]
    best = 1
    here = True  # in the table that is meant, where there are several of one name
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*(\[{1,2})([\w.\-]+)\]{1,2}\s*(?:#.*)?$", line):
            table = header[2].split(".")
            seen[header[2]] = seen.get(header[2], -1) + 1
            here = keys[: len(table)] == table
            if here and wanted and header[1] == "[[":
                here = seen[header[2]] == wanted[0]
            best = number if here else best
            continue
        key = re.match(r"\s*[\"']?([\w\-/*.]+)[\"']?\s*=", line)
        if key and here and keys == [*table, key[1]]:
            return number
    return best


def line_of_text(source: str, text: str) -> int:
    """The line on which a string value (a phrase, an example) begins."""
    first = text.strip().splitlines()[0] if text.strip() else text
    for number, line in enumerate(source.splitlines(), 1):
        if first in line or first.replace("\\", "\\\\") in line:
            return number
    return 1


def shape_faults(cls: Any, table: dict[str, Any], source: str, where: str, prefix: tuple[str, ...] = ()) -> list[str]:
    """What pydantic finds wrong with a parsed file of shape `cls`, one line each. `prefix` is the path of `table` in
    the file, where it is not the whole of it."""
    from pydantic import ValidationError

    try:
        validated(cls, table)
    except ValidationError as error:
        faults = []
        for fault in error.errors():
            path = fault["loc"]
            line = line_of(source, (*prefix, *path))
            name = ".".join(str(p) for p in path)
            if fault["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
                known = _keys_at(cls, path[:-1])
                hint = suggest(str(path[-1]), known) if known else ""
                faults.append(f"{where}:{line}: unknown key '{name}'" + (f"\n  {hint}" if hint else ""))
            elif fault["type"] in ("missing", "missing_argument"):
                faults.append(f"{where}:{line}: '{name}' is missing")
            elif fault["type"] == "literal_error" and isinstance(fault["input"], str):
                known = re.findall(r"'([^']+)'", str(fault.get("ctx", {}).get("expected", "")))
                faults.append(f"{where}:{line}: {name}: {fault['input']!r} is not one of them\n  "
                              + suggest(fault["input"], known))  # fmt: skip
            else:
                faults.append(f"{where}:{line}: {name}: {fault['msg']}, not {fault['input']!r}")
        return faults
    return []


def validated(cls: Any, table: dict[str, Any]) -> Any:
    """A parsed table as an instance of `cls`. Raises pydantic's ValidationError."""
    from pydantic import TypeAdapter

    return TypeAdapter(cls).validate_python(table)


def json_schema(cls: Any) -> dict[str, Any]:
    """The JSON Schema of files of shape `cls`."""
    from pydantic import TypeAdapter

    return TypeAdapter(cls).json_schema()


def _keys_at(cls: Any, path: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand in the table at `path` of a file of shape `cls`, as they are written."""
    for step in path:
        if isinstance(step, str):
            cls = typing.get_type_hints(cls).get(step.replace("-", "_"), None) if is_dataclass(cls) else None
            if typing.get_origin(cls) is tuple:
                cls = typing.get_args(cls)[0]
    if not is_dataclass(cls):
        return []
    rename = getattr(cls, "__pydantic_config__", {}).get("alias_generator", str)
    return [rename(f.name) for f in fields(cls)]
