"""Where reports go: to files and to standard output, as they come where the format lets them, else at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, TextIO

from msgspec import Struct, field

from claimcheck.cli.output import coloured, columns, rule_pages, save, write
from claimcheck.model import Report
from claimcheck.report import FORMATS
from claimcheck.report.statistics import Tally

MOST_HELD = 20_000
"""Records that are held for a format that needs all of them at once; about a gigabyte."""

Where = Path | None
"""A file, or None for standard output."""


class Sink(Protocol):
    """What takes the reports of a run. `end` returns what went wrong."""

    def add(self, report: Report) -> None: ...

    def end(self) -> list[str]: ...


def sinks(targets: Iterable[tuple[Where, str]], statistics: bool, options: Mapping[str, Any]) -> list[Sink]:
    """The sinks for files and standard output, each with its format; `statistics` are printed besides."""
    targets = list(targets)
    made: list[Sink] = [Stream(where, name, options) for where, name in targets if FORMATS[name].streams]
    if whole := [(where, name) for where, name in targets if not FORMATS[name].streams]:
        made.append(_Whole(whole, options))
    return [*made, _Statistics()] if statistics else made


class Stream(Struct):
    """A file, or standard output, that grows by each report."""

    where: Where
    name: str
    options: Mapping[str, Any]
    fault: str = ""
    file: TextIO | None = None

    def __post_init__(self) -> None:
        self._try(self._open)

    def add(self, report: Report) -> None:
        self.put(FORMATS[self.name].each(report, **self.options))

    def put(self, text: str) -> None:
        """Write the text of one page."""
        if self.where is None:
            write(text)
        elif self.file and not self.fault:
            self._try(lambda: self.file and self.file.write(text))

    def end(self) -> list[str]:
        if self.file:
            self._try(self.file.close)
        return [self.fault] if self.fault else []

    def _open(self) -> None:
        if self.where is not None:
            self.file = self.where.open("w", encoding="utf-8", newline="\n")

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            self.fault = self.fault or f"{self.where}: cannot be written: {error.strerror}"


class _Whole(Struct):
    """Files, or standard output, whose formats need all reports at once."""

    targets: list[tuple[Where, str]]
    options: Mapping[str, Any]
    held: list[Report] = field(default_factory=list)
    left_out: int = 0

    def add(self, report: Report) -> None:
        if report.record is None or len(self.held) < MOST_HELD:
            self.held.append(report)
        else:
            self.left_out += 1

    def end(self) -> list[str]:
        faults: list[str] = []
        for where, name in self.targets:
            if where is None:
                look = {
                    "width": columns(sys.stdout),
                    "colour": coloured(sys.stdout),
                    "rule_pages": rule_pages(sys.stdout),
                }
                write(FORMATS[name](self.held, **self.options, **look))
                continue
            for path, text in FORMATS[name].files(where, self.held, **self.options):
                faults += filter(None, [save(path, text, make_folder=path != where)])
        if self.left_out:
            names = ", ".join(sorted({name for _, name in self.targets}))
            streams = ", ".join(name for name, f in FORMATS.items() if f.streams)
            faults.append(f"{names}: holds no more than {MOST_HELD:,} records; {self.left_out:,} are left out\n"
                          f"  These formats take any number: {streams}")  # fmt: skip
        return faults


class _Statistics(Tally):
    """The tally, printed at the end."""

    def end(self) -> list[str]:
        write(self.text())
        return []
