"""Reports to text: one module a format, each a pure function of Reports that is imported when it is used.

FORMATS["json"](reports)                        the text of a format
FORMATS["terminal"](reports, view="editor")     with options; see `options.Options`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct

from claimcheck.model import Report


class Format(Struct, frozen=True):
    """A way to write reports: the module that has its `render`, and the suffixes of files that mean it."""

    module: str
    suffixes: tuple[str, ...] = ()

    def __call__(self, reports: Sequence[Report], **options: Any) -> str:
        """The text of `reports`. `options` are the fields of `options.Options`; what a format has no use for, it
        ignores. Raises TypeError for an option that does not exist."""
        return str(self._room().render(reports, **options))

    @property
    def streams(self) -> bool:
        """Whether a file of this format is its pages' texts one after the other, so that none need be held."""
        return hasattr(self._room(), "each")

    def each(self, report: Report, **options: Any) -> str:
        """The text of one page, in a format that `streams`."""
        return str(self._room().each(report, **options))

    def files(self, path: Path, reports: Sequence[Report], **options: Any) -> Iterator[tuple[Path, str]]:
        """What to write where a report goes to `path`: one file, or where the format wants them, more beside it."""
        room = self._room()
        if hasattr(room, "files"):
            yield from room.files(path, reports, **options)
        else:
            yield path, str(room.render(reports, **options))

    def _room(self) -> Any:
        return import_module(f"claimcheck.report.{self.module}")


FORMATS: dict[str, Format] = {
    "terminal": Format("terminal", (".txt",)),
    "concise": Format("concise"),
    "json": Format("json", (".json",)),
    "jsonl": Format("jsonl", (".jsonl", ".ndjson")),
    "sarif": Format("sarif", (".sarif",)),
    "github": Format("github"),
    "gitlab": Format("gitlab", (".gitlab.json",)),
    "junit": Format("junit", (".xml",)),
    "rdjson": Format("rdjson", (".rdjson",)),
    "markdown": Format("markdown", (".md", ".markdown")),
    "html": Format("html", (".html",)),
}


def format_of(path: str) -> str | None:
    """The format that a file's name asks for, None where its suffix says nothing."""
    name = PurePath(path).name.lower()
    fitting = [(len(s), n) for n, f in FORMATS.items() for s in f.suffixes if name.endswith(s)]
    return max(fitting)[1] if fitting else None
