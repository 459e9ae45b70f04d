"""What was fetched, kept: the page as it came, and beside it a record of where, when and what."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from claimcheck.errors import ReadError
from claimcheck.fetch.get import Fetched

_SUFFIXES = {"markdown": ".md", "text": ".txt", None: ""}


def save(page: Fetched, path: Path) -> None:
    """Write a page to `path`, and its record (address, redirects, date, content type, SHA-256) to `path` + ".json".

    A page replaces the one before only once it is whole. Raises ReadError where it cannot be written.
    """
    record = {
        "url": page.url,
        "redirects": list(page.redirects),
        "date": page.when,
        "status": page.status,
        "content-type": page.content_type,
        "charset": page.charset,
        "bytes": len(page.data),
        "sha256": page.sha256,
    }
    try:
        for file, data in ((path, page.data), (beside(path), json.dumps(record, indent=2).encode() + b"\n")):
            part = file.with_name(f".{file.name}.{os.getpid()}.part")
            part.write_bytes(data)
            part.replace(file)
    except OSError as error:
        raise ReadError(str(path), f"cannot be written: {error.strerror}") from error


def beside(path: Path) -> Path:
    """The file with the record of a page that is kept."""
    return path.with_name(path.name + ".json")


def snapshot(page: Fetched, folder: Path) -> tuple[Path, bool]:
    """Keep a dated copy of a page in `folder`, unless the latest copy there is the same. The file, and whether it is
    new.

    The name is made of the address and the date, so that copies of one page stand in the order they were made. Raises
    ReadError where it cannot be written.
    """
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", page.url.partition("://")[2]).strip("-.")[:80] or "page"
    suffix = _SUFFIXES.get(page.format, f".{page.format}")
    stamp = page.when[:19].replace(":", "").replace("-", "").replace("T", "-")
    before = [r for r in sorted(folder.glob("*.json")) if _record(r).get("url") == page.url]
    if before and _record(before[-1]).get("sha256") == page.sha256:
        return before[-1].with_suffix(""), False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadError(str(folder), f"cannot be made: {error.strerror}") from error
    path = folder / f"{name.removesuffix(suffix)}.{stamp}{suffix}"
    save(page, path)
    return path, True


def _record(path: Path) -> dict[str, object]:
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
