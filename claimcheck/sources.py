"""What is made of files and kept between runs by all that it is made of: the bytes of the files, this program, Python.

What is kept is plain data. What is gone, damaged or made by anything else counts as not there.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from claimcheck import __version__
from claimcheck.cache import blake2b, folder, read, write

_SIZE = 20
_SETTLED = 2.0
"""Seconds without a change after which a file's times tell any later change: some file systems count in seconds."""

Files = tuple[Path, str]
"""The files below a folder whose names have a suffix."""

T = TypeVar("T")
UNFIT = (ValueError, TypeError, LookupError, AttributeError, EOFError, MemoryError)
"""What data of another shape than was kept may raise."""


def made(what: str, kinds: Iterable[Files], make: Callable[[], Any], take: Callable[[Any], T]) -> T:
    """What `take` gives of the plain data that `make` gives of files, which is kept. `what` ends the file's name."""
    path = place(what, kinds)
    data = read(path) if path else None
    if data:
        try:
            return take(marshal.loads(data))
        except UNFIT:
            pass
    plain = make()
    if path:
        write(path, marshal.dumps(plain))
    return take(plain)


def place(what: str, kinds: Iterable[Files]) -> Path | None:
    """Where things made of these files are kept; None without a cache or where a file cannot be read."""
    root = folder()
    if root is None:
        return None
    try:
        found = digest(*kinds)
    except OSError:
        return None
    engine = f"{__version__} {sys.implementation.cache_tag} {sys.version} {sys.byteorder}"
    return root / "rules" / f"{blake2b(found + engine.encode(), digest_size=16).hexdigest()}.{what}"


def digest(*kinds: Files) -> bytes:
    """A digest of names and content of all files of these kinds, in order.

    A file whose size, times and number are those of an earlier run is taken to hold what it held then. Raises OSError
    where a folder is none, or a file cannot be read.
    """
    files = [(number, *found) for number, kind in enumerate(kinds) for found in _files(*kind)]
    looks = blake2b(digest_size=_SIZE)
    changed = 0.0
    for number, name, _, status in files:
        times = status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev
        looks.update(f"{number}\0{name}\0{times}\0".encode("utf-8", "surrogateescape"))
        changed = max(changed, status.st_mtime, status.st_ctime)
    seen, now = _seen(kinds), time.time()
    held = read(seen) if seen else None
    if held and held[:-_SIZE] == looks.digest():
        return bytes(held[-_SIZE:])
    content = blake2b(digest_size=_SIZE)
    for number, name, path, _ in files:
        with open(path, "rb") as file:
            data = file.read()
        content.update(f"{number}\0{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        content.update(data)
    if seen and changed < now - _SETTLED:
        write(seen, looks.digest() + content.digest())
    return content.digest()


def _files(home: Path, suffix: str) -> Iterator[tuple[str, str, os.stat_result]]:
    """The files below a folder with that suffix, sorted: name seen from the folder, path, status."""
    if not home.is_dir():
        raise NotADirectoryError(home)
    start = len(str(home)) + 1
    for here, below, names in os.walk(home):
        below.sort()
        for name in sorted(names):
            if name.endswith(suffix):
                path = os.path.join(here, name)
                yield path[start:], path, os.stat(path)


def _seen(kinds: Iterable[Files]) -> Path | None:
    """The file for how these files looked, and what their digest was."""
    root = folder()
    told = repr([(os.path.abspath(home), suffix) for home, suffix in kinds])
    name = blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return root / "rules" / f"{name}.seen" if root else None
