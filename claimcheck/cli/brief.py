"""What a run needs of a page that it only prints: the text, made where the page was judged. A report that goes from
one process to another costs as much as printing it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claimcheck.cli.bar import reaches
from claimcheck.model import Report
from claimcheck.report import FORMATS


@dataclass(frozen=True, slots=True)
class Brief:
    """A page's text in each of a run's formats, whether it is a record, and whether it fails the run."""

    texts: tuple[str, ...]
    record: bool
    reached: bool


def brief(report: Report, formats: tuple[str, ...], options: Mapping[str, Any], bar: str) -> Brief:
    """The brief of a report. Every format must be one that streams; `bar` is that of `reaches`."""
    texts = tuple(FORMATS[name].each(report, **options) for name in formats)
    return Brief(texts, report.record is not None, reaches(report, bar))
