"""Faults in rule files, each with its file, its line and a suggestion. Imported only when there is one to explain
or a file from outside to check."""

from __future__ import annotations

import re
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
    counts = dict.fromkeys(range(len(lines)), 0)
    table: list[str] = []
    seen: dict[str, int] = {}
    wanted = [p for p in path if isinstance(p, int)]
    best = 1
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*\[{1,2}([\w.\-]+)\]{1,2}\s*(?:#.*)?$", line):
            table = header[1].split(".")
            seen[header[1]] = seen.get(header[1], -1) + 1
            if keys[: len(table)] == table and seen[header[1]] == (wanted[0] if wanted and "[[" in line else 0):
                best = number
            continue
        key = re.match(r"\s*([\w\-]+)\s*=", line)
        if key and keys == [*table, key[1]] and (not table or best > 1 or not wanted):
            counts[number - 1] += 1
            return number
    return best


def line_of_text(source: str, text: str) -> int:
    """The line on which a string value (a phrase, an example) begins."""
    first = text.strip().splitlines()[0] if text.strip() else text
    for number, line in enumerate(source.splitlines(), 1):
        if first in line or first.replace("\\", "\\\\") in line:
            return number
    return 1


def shape_faults(cls: Any, table: dict[str, Any], source: str, where: str) -> list[str]:
    """What pydantic finds wrong with a parsed file of shape `cls`, one line each."""
    from dataclasses import fields

    from pydantic import TypeAdapter, ValidationError

    try:
        TypeAdapter(cls).validate_python(table)
    except ValidationError as error:
        faults = []
        for fault in error.errors():
            path = fault["loc"]
            line = line_of(source, path)
            name = ".".join(str(p) for p in path)
            if fault["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
                parent: Any = cls if len(path) == 1 else None
                known = [f.name for f in fields(parent)] if parent else []
                hint = suggest(str(path[-1]), known) if known else ""
                faults.append(f"{where}:{line}: unknown key '{name}'" + (f"\n  {hint}" if hint else ""))
            elif fault["type"] in ("missing", "missing_argument"):
                faults.append(f"{where}:{line}: '{name}' is missing")
            else:
                faults.append(f"{where}:{line}: {name}: {fault['msg']}, not {fault['input']!r}")
        return faults
    return []
