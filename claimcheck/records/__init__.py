"""Files of records (JSON Lines, CSV), read one record at a time in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.records.rows import Fields, Row, read_rows

__all__ = ["Fields", "Row", "holds_records", "read_rows"]

SUFFIXES = (".jsonl", ".ndjson", ".csv", ".tsv")


def holds_records(name: str) -> bool:
    """Whether a file's name says that it holds records."""
    return name.lower().endswith(SUFFIXES)


def __getattr__(name: str) -> Any:
    if name in __all__:  # imported when first used: few runs read records
        from claimcheck.records import rows

        return getattr(rows, name)
    raise AttributeError(f"module 'claimcheck.records' has no attribute {name!r}")
