"""What goes to standard output and standard error, and how it may look there."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from typing import TextIO

from claimcheck.report.plain import clean

WIDEST = 100
"""Longer lines than this are hard to read, however wide the terminal is."""


def prepare() -> None:
    """Let a character that a stream's encoding lacks be written as an escape, not end the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write(text: str) -> None:
    """Write to standard output. A reader that has left early (`| head`) is no fault and changes no exit status."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # the interpreter flushes once more on leaving, and would complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """Tell the person at the terminal; lines after the first are advice and are indented as they come."""
    print("claimcheck: " + "\n".join(clean(line) for line in text.splitlines()), file=sys.stderr)


def save(path: Path, text: str, make_folder: bool = False) -> str:
    """Write a report to a file, and first the folder it stands in if wanted. Returns what went wrong, empty if
    nothing did."""
    try:
        if make_folder:
            path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        return f"{path}: cannot be written: {error.strerror}"
    return ""


def coloured(stream: TextIO) -> bool:
    """Whether to use colour: on a terminal, or where FORCE_COLOR asks for it; never where NO_COLOR forbids it."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def rule_pages(stream: TextIO) -> dict[str, str]:
    """The addresses of the built-in rules' files by rule, for a terminal to link to; none elsewhere."""
    if not stream.isatty() or not coloured(stream):
        return {}
    from claimcheck.home import rules_root

    return {path.stem: path.as_uri() for path in (rules_root() / "flags").glob("*/*.toml")}


def columns(stream: TextIO) -> int:
    """How wide to write: the terminal's width within reason, 80 columns elsewhere."""
    return min(shutil.get_terminal_size().columns, WIDEST) if stream.isatty() else 80
