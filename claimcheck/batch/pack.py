"""Frozen dataclasses to JSON and back without loss: the shape is the classes' own, so nothing but values is written.

Only for what this very version has written; the reports for other programs are in `report`.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
_Reader = Callable[[Any], Any] | None


def dumps(value: Any) -> bytes:
    """A dataclass, of which every field holds dataclasses, tuples or plain values."""
    return json.dumps(value, default=_values, separators=(",", ":")).encode("ascii")


def loads(cls: type[T], data: bytes) -> T:
    """What `dumps` has written of an instance of `cls`. Raises ValueError for anything else."""
    reader = _reader(typing.cast(Any, cls)) or _same
    try:
        return typing.cast(T, reader(json.loads(data)))
    except (TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _values(value: Any) -> list[Any]:
    cls: Any = type(value)
    return [getattr(value, name) for name in _names(cls)]


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))


@cache
def _reader(cls: Any) -> _Reader:
    """How to make a `cls` of its plain values; None where they are the same."""
    origin, arguments = typing.get_origin(cls), typing.get_args(cls)
    if is_dataclass(cls):
        return _instance(cls)
    if origin is tuple:
        item = _reader(arguments[0])
        return tuple if item is None else lambda v: tuple([item(x) for x in v])
    if origin in (types.UnionType, typing.Union):
        (some,) = {_reader(a) for a in arguments if a is not types.NoneType}
        return None if some is None else lambda v: None if v is None else some(v)
    if origin is typing.Literal or cls in (str, int, float, bool):
        return None
    raise TypeError(f"no way to write {cls!r}")


def _same(value: Any) -> Any:
    return value


def _instance(cls: Any) -> _Reader:
    hints = typing.get_type_hints(cls)
    readers = [_reader(hints[name]) for name in _names(cls)]

    def instance(values: list[Any]) -> Any:
        return cls(*[v if r is None else r(v) for r, v in zip(readers, values, strict=True)])

    return instance
