"""The report as a page to look at, mail and print: one file that asks no server for anything and runs without scripts.

Words from a page are only ever text: templates escape by default, control characters and direction overrides are
written out, and a content security policy inside the file forbids everything but its own style and script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

from claimcheck.model import Report
from claimcheck.report.html.index import index
from claimcheck.report.html.page import page
from claimcheck.report.options import Options


def render(reports: Sequence[Report], **options: Any) -> str:
    """One report as a page; of several, the index alone, without links. See `files` for an index with its pages."""
    chosen = Options(**options)
    return page(reports[0], chosen) if len(reports) == 1 else index(reports, chosen)


def files(path: Path, reports: Sequence[Report], **options: Any) -> Iterator[tuple[Path, str]]:
    """What to write, and where: one report at `path`; of several, an index at `path` and the pages in a folder
    beside it, named like it."""
    chosen = Options(**options)
    if len(reports) == 1:
        yield path, page(reports[0], chosen)
        return
    folder = f"{_plain(path.stem)}-pages"
    names = [f"{folder}/{number:0{len(str(len(reports)))}}-{_plain(PurePath(r.source).name)}.html"
             for number, r in enumerate(reports, 1)]  # fmt: skip
    yield path, index(reports, chosen, names)
    for name, report in zip(names, reports, strict=True):
        yield path.parent / name, page(report, chosen, back=_up(path))


def _plain(name: str) -> str:
    """A name of letters, digits and hyphens, safe in any file system and any link."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()[:60]).strip("-") or "page"


def _up(path: Path) -> str:
    from urllib.parse import quote

    return "../" + quote(path.name)
