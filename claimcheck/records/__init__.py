"""Files of records (JSON Lines, CSV), read one record at a time in bounded memory: see `rows`."""

from __future__ import annotations

SUFFIXES = (".jsonl", ".ndjson", ".csv", ".tsv")


def holds_records(name: str) -> bool:
    """Whether a file's name says that it holds records."""
    return name.lower().endswith(SUFFIXES)
