"""JSON Lines and CSV to entries: the values of a record, or what is wrong with it, and its lines in the file."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

from msgspec import Struct, field

LIMIT = 16 * 1024 * 1024
"""Characters that a record may have. One that is longer is passed over, and said."""
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENDS = ("\n", "\r")
_DELIMITERS = (",", ";", "\t")


class Entry(Struct, frozen=True):
    """A record as it stands in a file, on lines `line` to `end_line`; `fault` is set where it cannot be read."""

    line: int
    end_line: int
    values: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


def entries(file: BinaryIO, name: str) -> Iterator[Entry]:
    """The records of an open file; `name` tells whether it is JSON Lines or CSV."""
    lower = name.lower()
    if lower.endswith((".csv", ".tsv")):
        yield from _csv(_Lines(file), "\t" if lower.endswith(".tsv") else "")
    else:
        yield from _json(_Lines(file))


class _Lines:
    """The lines of a file as text, none longer than LIMIT; `number` is that of the last one, `cut` whether it was
    longer. Bytes that are no UTF-8 stay as surrogates."""

    def __init__(self, file: BinaryIO) -> None:
        buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file))
        head = buffered.peek(2)[:2]
        encoding = next((e for mark, e in _MARKS if head == mark), "utf-8-sig")
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        self._text = io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline="")
        self.number = 0
        self.cut = False

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(LIMIT):
            self.number += 1
            self.cut = len(line) == LIMIT and not line.endswith(_ENDS)
            yield line
            rest = line
            while self.cut and rest and not rest.endswith(_ENDS):
                rest = self._text.readline(LIMIT)


def _json(lines: _Lines) -> Iterator[Entry]:
    for line in lines:
        at = lines.number
        if lines.cut:
            yield Entry(at, at, fault=_too_long())
        elif line.strip():
            yield _object(line, at)


def _object(line: str, at: int) -> Entry:
    try:
        values = json.loads(line)
    except RecursionError:
        return Entry(at, at, fault="is nested too deep")
    except ValueError as error:
        said = getattr(error, "msg", None) or str(error)
        column = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return Entry(at, at, fault=f"is not JSON: {said[:80]}{column}")
    if not isinstance(values, dict):
        return Entry(at, at, fault="is not a JSON object")
    return Entry(at, at, values)


def _csv(lines: _Lines, delimiter: str) -> Iterator[Entry]:
    stream = iter(lines)
    first = next(stream, "")
    if not first:
        return
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    csv.field_size_limit(LIMIT)
    rows = csv.reader(_again(first, stream), delimiter=delimiter)
    header: list[str] = []
    while True:
        begin = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            long = "field limit" in str(error)
            fault = f"{_too_long()}; is a quotation mark left open?" if long else f"is not CSV: {error}"
            yield Entry(begin, rows.line_num, fault=fault)
            continue
        if not row:
            continue
        if not header:
            header = [name.strip() for name in row]
        elif lines.cut:
            yield Entry(begin, rows.line_num, fault=_too_long())
        elif len(row) != len(header):
            fault = f"has {len(row)} field{'s' * (len(row) != 1)} where the header has {len(header)}"
            yield Entry(begin, rows.line_num, fault=fault)
        else:
            yield Entry(begin, rows.line_num, dict(zip(header, row, strict=True)))


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _too_long() -> str:
    return f"is longer than {LIMIT // 2**20} million characters"
