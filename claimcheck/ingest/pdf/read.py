"""A PDF to a Document. The file is taken apart in a process of its own; see `words`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from claimcheck.errors import ReadError
from claimcheck.ingest.flow import paged
from claimcheck.ingest.pdf.layout import Word, lines_of
from claimcheck.ingest.pdf.paragraphs import paragraphs_of
from claimcheck.ingest.sniff import container
from claimcheck.model import Document

SECONDS = 90
"""Time that taking a PDF apart may take. One of 300 pages takes three to six seconds."""

_FAULTS = {
    "password": ("is locked with a password", "Open it and save a copy without one."),
    "damaged": ("is a PDF that cannot be opened (damaged or cut short)", "Open it in a reader and save it anew."),
    "large": ("is a PDF of more than 2,000 pages or 5 million characters", "Split it."),
}


def read(data: bytes, name: str) -> Document:
    """The page that a PDF is.

    Columns are read one after the other, divided words put together, page numbers and what runs on every page left out
    after the first time. Places are pages with boxes. Raises ReadError where the PDF is damaged, locked, too large or
    made to do harm, and where what reads PDFs is not installed.
    """
    if container(data, "") != "pdf":
        raise ReadError(name, "is no PDF, whatever its name says", "--input-format says what it is instead.")
    if find_spec("pypdfium2") is None:
        raise ReadError(name, "is a PDF, which needs an extra to be read", 'pip install "claimcheck[pdf]"')
    pages = _taken_apart(data, name)
    sizes = [(float(page["size"][0]), float(page["size"][1])) for page in pages]
    lines = [lines_of([_word(w) for w in page["words"]], number) for number, page in enumerate(pages, 1)]
    return paged(name, "pdf", paragraphs_of(lines, sizes), _notices(pages))


def _taken_apart(data: bytes, name: str) -> list[dict[str, Any]]:
    program = Path(__file__).with_name("words.py")
    # -P: the folder of the program holds modules named like those of the standard library
    command = [sys.executable, "-P", "-X", "utf8", str(program)]
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env=around)
    except subprocess.TimeoutExpired:
        raise ReadError(name, f"is a PDF that could not be read in {SECONDS} seconds", "Split it.") from None
    except OSError as error:
        raise ReadError(name, f"is a PDF, and no process could be started to read it: {error.strerror}") from error
    if done.returncode:
        raise ReadError(name, "is a PDF that broke its reader, or took more memory or time than it may have")
    said = json.loads(done.stdout)
    if "fault" in said:
        raise ReadError(name, *_FAULTS[said["fault"]])
    pages: list[dict[str, Any]] = said["pages"]
    return pages


def _word(values: Sequence[Any]) -> Word:
    text = values[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Word(text, *values[1:])


def _notices(pages: Sequence[dict[str, Any]]) -> list[str]:
    notices = []
    empty = [n for n, page in enumerate(pages, 1) if not page["words"]]
    pictures = [n for n in empty if pages[n - 1]["pictures"]]
    if empty and len(empty) == len(pages):
        notices.append("holds no text" + (": its pages are pictures, as a scanner makes them" if pictures else ""))
    elif pictures:
        notices.append(f"{_pages(pictures)} no text, only pictures, which were not read")
    if lost := [n for n, page in enumerate(pages, 1) if page["lost"] > 20]:
        notices.append(f"{_pages(lost)} characters with no text behind them, which were not read")
    return notices


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:12])) + (" and more" if len(numbers) > 12 else "")
    return f"page {shown} has" if len(numbers) == 1 else f"pages {shown} have"
