"""Comparisons of two versions of a page to text: one module a format, each a pure function of a Comparison."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import Any

from claimcheck.compare import Comparison

FORMATS = ("terminal", "json", "html")

SUFFIXES = {".json": "json", ".html": "html", ".htm": "html", ".txt": "terminal"}


def render(name: str, comparison: Comparison, **options: Any) -> str:
    """A comparison in one of FORMATS. `options` are the fields of `report.options.Options`."""
    return str(import_module(f"claimcheck.report.comparison.{name}").render(comparison, **options))


def format_of(path: str) -> str | None:
    """The format that a file's name asks for, None where its suffix says nothing."""
    return SUFFIXES.get(PurePath(path).suffix.lower())
