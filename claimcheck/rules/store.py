"""Compiled rules kept between runs, by everything they are made of: the bytes of the rule files, this program, Python.

What is kept is plain data. A file that is gone, damaged or made by anything else counts as not there.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from claimcheck import __version__
from claimcheck.cache import folder, read, trim, write

_ROOMS = ("patterns", "rules")
"""The code that compiles rules; in a checkout it changes without a new version."""

_LIMIT = 64 * 2**20


def place(roots: Sequence[Path]) -> Path | None:
    """Where the rules in these folders are kept; None without a cache or where one cannot be read."""
    root = folder()
    if root is None or not all(home.is_dir() for home in roots):
        return None
    told = hashlib.sha256(f"{__version__} {sys.implementation.cache_tag} {sys.version}".encode())
    package = Path(__file__).resolve().parents[1]
    try:
        for number, home in enumerate((*(package / room for room in _ROOMS), *roots)):
            for path in sorted(home.rglob("*.py" if number < len(_ROOMS) else "*.toml")):
                data = path.read_bytes()
                told.update(f"\n{number} {path.relative_to(home).as_posix()} {len(data)}\n".encode("utf-8", "replace"))
                told.update(data)
    except OSError:
        return None
    return root / "rules" / f"{told.hexdigest()[:32]}.rules"


def fetch(path: Path | None) -> tuple[Any, ...] | None:
    """What was kept at `path`, None if nothing whole is there."""
    data = read(path) if path else None
    try:
        found = marshal.loads(data) if data else None
    except (ValueError, EOFError, TypeError):
        return None
    return found if isinstance(found, tuple) else None


def put(path: Path | None, what: tuple[Any, ...]) -> None:
    """Keep plain data at `path`. Never raises: without it the next run only takes longer."""
    if path is None:
        return
    try:
        data = marshal.dumps(what)
    except ValueError:  # a rule table with a date in it
        return
    write(path, data)
    trim(path.parent, _LIMIT)
