"""Regular expressions compiled once, when first used, and brought back in later runs as the compiler left them.

Compiling an expression takes the standard library a hundred times as long as taking up its finished program, and is
most of a cold start. A program is a row of numbers, which the engine checks before it runs them; where anything about
one does not fit, the expression is compiled anew.
"""

from __future__ import annotations

import marshal
import re
import sys
import zlib
from array import array
from functools import cache
from pathlib import Path
from typing import Any, AnyStr, cast

from claimcheck import __version__
from claimcheck.cache import blake2b, folder, read, write

Key = tuple[str | bytes, int]
"""The source of an expression and the flags asked for."""

Program = tuple[int, bytes, int, dict[str, int]]
"""Flags, packed code, number of groups, names of groups."""

_MOST = 20_000
"""Programs that are kept, about 15 MB; with more of them the old ones are left behind."""

_UNFIT = (
    ImportError,
    AttributeError,
    TypeError,
    ValueError,
    RuntimeError,
    OverflowError,
    MemoryError,
    re.error,
    zlib.error,
)

_fresh: dict[Key, Program] = {}


def expression(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What re.compile gives, except that it is compiled when first used: for the constants of a module."""
    return cast("re.Pattern[AnyStr]", _Waiting(source, flags))


class _Waiting:
    """An expression that is compiled when a method of it is first asked for; from then on it holds that method."""

    def __init__(self, source: Any, flags: int) -> None:
        self.pattern, self._asked = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # a protocol of the language, which a pattern has no part in
            raise AttributeError(name)
        if "_pattern" not in vars(self):
            self._pattern = compiled(self.pattern, self._asked)
        value = getattr(self._pattern, name)
        setattr(self, name, value)
        return value


def compiled(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`source` as an expression, from a kept program where there is one. Raises re.error as re.compile does."""
    known, key = _kept(), (source, int(flags))
    if key in known:
        try:
            return _revived(source, known[key])
        except _UNFIT:
            del known[key]
    try:
        program = _program(source, flags)
        pattern = _revived(source, program)
    except _UNFIT:  # not the engine this was written for, or no expression: let re.compile say so
        return re.compile(source, flags)
    _fresh[key] = program
    return pattern


def keep() -> None:
    """Keep what this process had to compile for later runs, beside what others have kept. Never raises."""
    place = _place()
    if not _fresh or place is None:
        return
    programs = _read(place)
    if len(programs) > _MOST:
        programs.clear()
    programs.update(_fresh)
    _kept().update(_fresh)
    _fresh.clear()
    write(place, marshal.dumps(programs))


@cache
def _kept() -> dict[Key, Program]:
    place = _place()
    return _read(place) if place else {}


def _read(place: Path) -> dict[Key, Program]:
    data = read(place)
    try:
        programs: dict[Key, Program] = marshal.loads(data) if data else {}
    except (ValueError, EOFError, TypeError):
        return {}
    return programs if isinstance(programs, dict) else {}


def _place() -> Path | None:
    """The file for programs of this engine, and of this version, which may rewrite expressions otherwise."""
    from re import _constants  # type: ignore[attr-defined]

    root = folder()
    engine = f"{sys.implementation.cache_tag} {sys.version} {sys.byteorder} {_constants.MAGIC} {array('I').itemsize}"
    engine += f" {__version__}"
    return root / "rules" / f"{blake2b(engine.encode(), digest_size=8).hexdigest()}.programs" if root else None


def _program(source: str | bytes, flags: int = 0) -> Program:
    """What re.compile makes of a source before it hands it to the engine, but quicker to run."""
    from re import _parser  # type: ignore[attr-defined]

    from claimcheck.trees import code_of

    tree = _parser.parse(source, flags)
    code = array("I", code_of(tree, flags)).tobytes()
    return int(flags | tree.state.flags), zlib.compress(code, 1), tree.state.groups - 1, dict(tree.state.groupdict)


def _revived(source: AnyStr, program: Program) -> re.Pattern[AnyStr]:
    import _sre  # type: ignore[import-not-found]

    flags, code, groups, names = program
    numbers = memoryview(zlib.decompress(code)).cast("I").tolist()
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    pattern: re.Pattern[AnyStr] = _sre.compile(source, flags, numbers, groups, names, tuple(by_number))
    return pattern
