"""Compiled rules kept between runs, by everything they are made of: the bytes of the rule files, this program, Python.

What is kept is plain data. A file that is gone, damaged or made by anything else counts as not there. A page needs few
of the patterns and terms, so these stay packed until they are asked for.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from claimcheck import sources
from claimcheck.cache import read, trim, write
from claimcheck.pack import dumps, loads
from claimcheck.patterns.tables import Tables
from claimcheck.rules.files import ContextRule, FlagRule, Group
from claimcheck.rules.ruleset import RuleSet

_ROOMS = ("patterns", "rules")
"""The code that compiles rules; in a checkout it changes without a new version."""

_LIMIT = 64 * 2**20

_FLAGS, _CONTEXTS, _GROUPS = tuple[FlagRule, ...], tuple[ContextRule, ...], tuple[Group, ...]


def place(roots: Sequence[Path]) -> Path | None:
    """Where the rules in these folders are kept; None without a cache or where one cannot be read."""
    package = Path(__file__).resolve().parents[1]
    return sources.place("rules", [*((package / room, ".py") for room in _ROOMS), *((home, ".toml") for home in roots)])


def fetch(path: Path | None) -> RuleSet | None:
    """The rules kept at `path`, None if nothing whole is there."""
    data = read(path) if path else None
    try:
        return _rules(data) if data else None
    except sources.UNFIT:
        return None


def put(path: Path | None, rules: RuleSet) -> None:
    """Keep rules at `path`. Never raises: without it the next run only takes longer."""
    if path is None:
        return
    try:
        data = _parts(rules)
    except ValueError:  # a rule table with a date in it
        return
    write(path, data)
    trim(path.parent, _LIMIT)


def _parts(rules: RuleSet) -> bytes:
    """Rules as bytes: what is read at once, then the rows one by one."""
    lookup = rules.lookup
    rows = [*lookup.patterns, lookup.terms]
    packed = [[marshal.dumps(row) for row in some] for some in rows]
    where: Any = tuple({key: marshal.dumps(bits) for key, bits in shard.items()} for shard in lookup.where)
    at_once: Any = (
        dumps(rules.flags, _FLAGS),
        dumps(rules.contexts, _CONTEXTS),
        {name: dumps(groups, _GROUPS) for name, groups in rules.lexicons.items()},
        rules.tables,
        rules.slots,
        tuple(lookup._replace(patterns=(), terms=(), where=where)),
        tuple(array("I", map(len, some)).tobytes() for some in packed),
    )
    head = marshal.dumps(at_once)
    return b"".join([len(head).to_bytes(8, "little"), head, *(row for some in packed for row in some)])


def _rules(data: memoryview) -> RuleSet:
    at = 8 + int.from_bytes(data[:8], "little")
    flags, contexts, lexicons, tables, slots, lookup, lengths = marshal.loads(data[8:at])
    rows: list[Any] = []
    for some in lengths:
        rows.append(Rows(data, at, memoryview(some).cast("I")))
        at = rows[-1].end
    known: Any = Tables(*lookup)
    where = tuple([Packed(shard) for shard in known.where])
    return RuleSet(
        loads(_FLAGS, flags),
        loads(_CONTEXTS, contexts),
        {name: loads(_GROUPS, groups) for name, groups in lexicons.items()},
        tables,
        slots,
        known._replace(patterns=tuple(rows[:-1]), terms=rows[-1], where=where),
    )


class Rows(dict[int, Any]):
    """The rows of a table by number, each unpacked when first asked for. `end` is where the last of them ends.

    It is read like a tuple; a dict is what finds an unpacked row as quickly.
    """

    def __init__(self, data: memoryview, at: int, lengths: Sequence[int]) -> None:
        super().__init__()
        self._data, self._number = data, len(lengths)
        self._starts = list(accumulate(lengths, initial=at))
        self.end = self._starts[-1]

    def __missing__(self, number: int) -> Any:
        row = self[number] = marshal.loads(self._data[self._starts[number] : self._starts[number + 1]])
        return row

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(self._number))


class Packed(dict[str, bytes]):
    """A table by name, of which each value is unpacked when it is asked for."""

    def get(self, name: str, default: Any = None) -> Any:
        return marshal.loads(self[name]) if name in self else default
