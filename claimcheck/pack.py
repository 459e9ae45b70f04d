"""Values of our own classes to bytes and back without loss: the shape is the classes' own, so only values are written.

Only for what this very program has written, under this very Python; the reports for other programs are in `report`.
"""

from __future__ import annotations

import marshal
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
_Way = Callable[[Any], Any] | None
"""How to make one form of a value of the other; None where they are the same."""


def dumps(value: Any, shape: Any = None) -> bytes:
    """A value of which every field holds such values, tuples or plain values; or a value of another `shape`."""
    way = _plain(typing.cast(Any, shape or type(value)))
    return marshal.dumps(way(value) if way else value)


def loads(shape: type[T], data: bytes | memoryview) -> T:
    """What `dumps` has written of a value of that shape. Raises ValueError for anything else."""
    way = _made(typing.cast(Any, shape))
    try:
        value = marshal.loads(data)
        return typing.cast(T, way(value) if way else value)
    except (TypeError, AttributeError, LookupError, EOFError, MemoryError, RecursionError) as error:
        raise ValueError(str(error)) from error


@cache
def _plain(shape: Any) -> _Way:
    """How to make plain values of a value of a shape."""
    if not _is_ours(shape):
        return _inside(shape, _plain)
    parts = [(name, _plain(inner)) for name, inner in _fields(shape)]
    return lambda v: tuple([getattr(v, name) if way is None else way(getattr(v, name)) for name, way in parts])


@cache
def _made(shape: Any) -> _Way:
    """How to make a value of a shape of its plain values."""
    if not _is_ours(shape):
        return _inside(shape, _made)
    ways = [_made(inner) for _, inner in _fields(shape)]
    others = [(number, way) for number, way in enumerate(ways) if way is not None]
    cls: Any = shape

    def made(values: Any) -> Any:
        values = list(values)
        if len(values) != len(ways):
            raise ValueError(f"not a {cls.__name__}")
        for number, way in others:
            values[number] = way(values[number])
        return cls(*values)

    return made


def _inside(shape: Any, of: Callable[[Any], _Way]) -> _Way:
    """The way of a shape that is no class of ours: of tuples, of what may be None, of plain values."""
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin is tuple:
        item = of(arguments[0])
        return None if item is None else lambda v: tuple(map(item, v))
    if origin in (types.UnionType, typing.Union):
        (some,) = {of(a) for a in arguments if a is not types.NoneType}
        return None if some is None else lambda v: None if v is None else some(v)
    if origin in (typing.Literal, dict) or shape in (str, int, float, bool):
        return None
    raise TypeError(f"no way to write {shape!r}")


def _is_ours(shape: Any) -> bool:
    return is_dataclass(shape) or hasattr(shape, "__struct_fields__")


def _fields(shape: Any) -> list[tuple[str, Any]]:
    hints = typing.get_type_hints(shape)
    names = [f.name for f in fields(shape)] if is_dataclass(shape) else shape.__struct_fields__
    return [(name, hints[name]) for name in names]
