"""Which files below a folder are pages: include and exclude patterns, and what `.gitignore` leaves out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from claimcheck.ingest.sniff import PAGES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Choice(Struct, frozen=True, dict=True):
    """What to take of a folder. `include` and `exclude` are patterns as in .gitignore, seen from `base`; without
    `include` the pages are the files whose suffix says so. `gitignore` leaves out what git would not track."""

    base: Path = field(default_factory=Path)
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    gitignore: bool = True
    _ignores: dict[str, GitIgnoreSpec | None] = field(default_factory=dict)

    @cached_property
    def _specs(self) -> tuple[GitIgnoreSpec | None, GitIgnoreSpec | None]:
        return _spec(self.include), _spec(self.exclude)

    @cached_property
    def _root(self) -> str:
        return os.path.realpath(self.base)

    def bars(self, path: str) -> bool:
        """Whether `exclude` leaves a file or folder out, also where it is named outright."""
        spec = self._specs[1]
        return spec is not None and spec.match_file(self._inside(path))

    def takes(self, path: str) -> bool:
        """Whether a file found in a folder is a page to check."""
        spec = self._specs[0]
        page = path.lower().endswith(PAGES) if spec is None else spec.match_file(self._inside(path))
        return page and not self.bars(path) and not self._left_out(path, False)

    def enters(self, folder: str) -> bool:
        """Whether a folder is looked into."""
        return not self.bars(folder + "/") and not self._left_out(folder, True)

    def untracked(self, folder: str) -> bool:
        """Whether .gitignore leaves a folder out."""
        return self._left_out(folder.rstrip("/") or "/", True)

    def _inside(self, path: str) -> str:
        """A path as patterns see it: from the base, or if it is not below that, by its own name."""
        full = os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path.rstrip("/")))
        if path.endswith("/"):
            full = os.path.realpath(path)
        below = os.path.relpath(full, self._root)
        name = os.path.basename(full) if below.startswith("..") else below
        return name.replace(os.sep, "/") + ("/" if path.endswith("/") else "")

    def _left_out(self, path: str, folder: bool) -> bool:
        """What the nearest .gitignore that mentions a path says of it, up to the top of its repository."""
        if not self.gitignore:
            return False
        full = os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))
        here = os.path.dirname(full)
        while True:
            spec = self._ignored_in(here)
            if spec is not None:
                said = spec.check_file(os.path.relpath(full, here).replace(os.sep, "/") + ("/" if folder else ""))
                if said.include is not None:
                    return bool(said.include)
            above = os.path.dirname(here)
            if above == here or os.path.exists(os.path.join(here, ".git")):
                return False
            here = above

    def _ignored_in(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self._ignores:
            try:
                with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
                    self._ignores[folder] = _spec(file.read().splitlines())
            except OSError:
                self._ignores[folder] = None
        return self._ignores[folder]


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec | None:
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def matches(patterns: Sequence[str], path: str, base: Path) -> bool:
    """Whether patterns as in .gitignore, seen from `base`, match a path."""
    return Choice(base, exclude=patterns, gitignore=False).bars(path)
