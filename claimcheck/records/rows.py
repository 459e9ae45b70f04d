"""A file of records to its texts, one at a time: JSON Lines and CSV, in one shape.

A record that cannot be read is a ReadError in the stream, and the records after it follow. No more than one record is
held, and none longer than LIMIT.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, BinaryIO

from msgspec import Struct

from claimcheck.errors import ReadError
from claimcheck.model import Record
from claimcheck.records.sources import LIMIT, Entry, entries

_SHOWN = 12  # field names in an error
_LONG = 200  # characters of an id that are kept


class Fields(Struct, frozen=True):
    """Which fields of a record to read: its text, and an id by which its owner knows it (empty: none). A dot goes
    into an object in JSON."""

    text: str = ""
    id: str = ""


class Row(Struct, frozen=True):
    """A record to judge, and its text: as bytes where they are no UTF-8."""

    record: Record
    text: str | bytes


def read_rows(file: BinaryIO, name: str, fields: Fields) -> Iterator[Row | ReadError]:
    """The records of an open file, in order; what cannot be read is a ReadError in its place.

    Raises ReadError where no record could be read: no text field is named, or the first record lacks the one that is.
    """
    number = 0
    for entry in entries(file, name):
        number += 1
        if entry.fault:
            yield ReadError(f"{name}:{entry.line}", f"record {number} {entry.fault}")
            continue
        if number == 1 or not fields.text:
            _check_fields(entry.values, name, fields)
        yield _row(entry, number, name, fields)


def _row(entry: Entry, number: int, name: str, fields: Fields) -> Row | ReadError:
    where = f"{name}:{entry.line}"
    try:
        text = _value(entry.values, fields.text)
    except KeyError:
        return ReadError(where, f"record {number} has no field {fields.text!r}")
    if text is None:
        text = ""
    if not isinstance(text, str):
        return ReadError(where, f"record {number}: the field {fields.text!r} holds {_kind(text)}, not text")
    if len(text) > LIMIT:
        return ReadError(where, f"record {number} is longer than {LIMIT // 2**20} million characters")
    known = ""
    if fields.id:
        try:
            known = _plain(_value(entry.values, fields.id))
        except KeyError:
            return ReadError(where, f"record {number} has no field {fields.id!r}")
    record = Record(number, entry.line, entry.end_line, fields.text, known)
    return Row(record, _bytes_or_text(text))


def _check_fields(values: Mapping[str, Any], name: str, fields: Fields) -> None:
    """Raises ReadError where the first record shows that the fields are misnamed."""
    known = list(values)
    listed = ", ".join(known[:_SHOWN]) + (" ..." if len(known) > _SHOWN else "")
    if not fields.text:
        raise ReadError(name, "holds records; --text-field must say which field is the text", f"Fields: {listed}")
    for option, field in (("--text-field", fields.text), ("--id-field", fields.id)):
        try:
            if field:
                _value(values, field)
        except KeyError:
            near = get_close_matches(field, known, 1)
            meant = f"Did you mean {near[0]!r}? " if near else ""
            raise ReadError(name, f"the first record has no field {field!r} ({option})",
                            f"{meant}Fields: {listed}") from None  # fmt: skip


def _value(values: Any, field: str) -> Any:
    """The value of a field, also `a.b` of an object in an object. Raises KeyError."""
    if isinstance(values, Mapping) and field in values:
        return values[field]
    head, dot, rest = field.partition(".")
    if not dot or not isinstance(values, Mapping):
        raise KeyError(field)
    return _value(values[head], rest)


def _plain(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())[:_LONG]


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "something else")


def _bytes_or_text(text: str) -> str | bytes:
    """Text whose bytes were no UTF-8 goes on as those bytes, so that it is decoded as a page of its own would be."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        try:
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return text
    return text
