"""What may be kept between runs, in the user's cache folder: bytes by name, written whole and read whole or not at all.

Nothing here raises for what a disk, another run or a stranger does to the folder: what cannot be read back exactly as
it was written counts as not there. Two runs may use the folder at once.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

try:
    from _blake2 import blake2b  # the one of hashlib, which takes up all of OpenSSL first
except ImportError:  # not this interpreter's way
    from hashlib import blake2b

__all__ = ["ENVIRONMENT", "OFF", "blake2b", "folder", "read", "trim", "write"]

ENVIRONMENT = "CLAIMCHECK_CACHE"
"""The variable that names another folder, or with OFF none."""
OFF = "off"
_STALE = 3600.0  # seconds after which an unfinished file is one that a killed run has left
_UNFINISHED = ".part"


def folder() -> Path | None:
    """The cache folder, which need not exist yet: that of the environment's CLAIMCHECK_CACHE, else the platform's
    usual one. None where CLAIMCHECK_CACHE is "off", or no home can be told."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return None if named == OFF else Path(named)
    from platformdirs import user_cache_path

    usual = user_cache_path("claimcheck", appauthor=False)
    return usual if usual.is_absolute() else None  # "~" stays as it is for a user without a home


def write(path: Path, data: bytes) -> str:
    """Put `data` at `path`, whole or not at all, and make the folders above it. Returns what went wrong, empty if
    nothing did."""
    part = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}{_UNFINISHED}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with open(part, "xb") as file:
                file.write(_seal(data))
                file.write(data)
            os.replace(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        return f"{path.parent}: cannot be written: {getattr(error, 'strerror', None) or error}"
    return ""


def read(path: Path | str) -> memoryview | None:
    """What `write` put at `path`, None where there is nothing or it is not whole."""
    try:
        with open(path, "rb") as file:
            held = memoryview(file.read())
    except (OSError, ValueError):
        return None
    data = held[_SEAL:]
    return data if held[:_SEAL] == _seal(data) else None


def trim(root: Path, limit: int) -> None:
    """Delete the files below `root` that were written or touched longest ago, until the rest has at most `limit`
    bytes, and what killed runs left unfinished."""
    held = []
    for path, status in _files(root):
        if path.endswith(_UNFINISHED):
            if time.time() - status.st_mtime > _STALE:
                _delete(path)
        else:
            held.append((status.st_mtime, status.st_size, path))
    total = sum(size for _, size, _ in held)
    for _, size, path in sorted(held):
        if total <= limit:
            return
        _delete(path)
        total -= size


def _files(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    for here, _, names in os.walk(root):
        for name in names:
            path = os.path.join(here, name)
            try:
                yield path, os.stat(path, follow_symlinks=False)
            except OSError:
                continue  # another run has deleted it


def _delete(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


_SEAL = 12


def _seal(data: bytes | memoryview) -> bytes:
    """What tells whether data is whole: its length and its check sum, as archives and file systems have them. A digest
    would take as long as all the rest of a read."""
    return len(data).to_bytes(8, "little") + zlib.crc32(data).to_bytes(4, "little")
