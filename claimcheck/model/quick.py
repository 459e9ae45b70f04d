"""Frozen dataclasses that cost no more to make than plain ones.

A frozen class cannot set its own fields, so the `__init__` that `dataclass` writes goes through `object.__setattr__`
for each of them, which takes several times as long as all else it does. A page makes some thousand values.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")


def quick(cls: type[T]) -> type[T]:
    """The frozen dataclass with slots, with another `__init__` for the same fields: an instance is filled while it is
    of a plain class of the same slots, and is frozen from then on. For classes that nothing is derived from, and no
    field of which has a factory."""
    named = [(f.name, f.default) for f in fields(cls)]  # type: ignore[arg-type]
    plain = type(cls.__name__, (), {"__slots__": tuple(name for name, _ in named)})
    asked = ", ".join(name if default is MISSING else f"{name}=_default_{name}" for name, default in named)
    body = ["_set(self, '__class__', _plain)", *(f"self.{name} = {name}" for name, _ in named), "self.__class__ = _cls"]
    known: dict[str, Any] = {f"_default_{name}": default for name, default in named}
    known |= {"_set": object.__setattr__, "_plain": plain, "_cls": cls}
    exec(f"def __init__(self, {asked}):\n " + "\n ".join(body), known)
    known["__init__"].__annotations__ = cls.__init__.__annotations__
    cls.__init__ = known["__init__"]  # type: ignore[method-assign]
    return cls
