"""Plain-text snapshots: a stale one is rewritten and the test fails, so the change is read in the diff."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "snapshots"


def same_as_snapshot(name: str, text: str) -> None:
    """Fail where `text` is not what `tests/snapshots/NAME` holds, after writing it there."""
    same_as(FOLDER / name, text)


def same_as(path: Path, text: str) -> None:
    """Fail where `text` is not what the file holds, after writing it there."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if text != before:
        path.write_text(text, encoding="utf-8", newline="\n")
        name = path.relative_to(FOLDER.parents[1])
        pytest.fail(f"{name} was stale and has been rewritten: review the diff, then run again")
