"""What a run needs of a page that it only prints: the text, made where the page was judged. A report that goes from
one process to another costs as much as printing it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimcheck.batch.task import Brief
from claimcheck.cli.bar import reaches
from claimcheck.model import Report
from claimcheck.report import FORMATS


def brief(report: Report, formats: tuple[str, ...], options: Mapping[str, Any], bar: str) -> Brief:
    """The brief of a report. Every format must be one that streams; `bar` is that of `reaches`."""
    texts = tuple(FORMATS[name].each(report, **options) for name in formats)
    return Brief(texts, counted_as(report), reaches(report, bar))


def counted_as(report: Report) -> str:
    """What a report counts as: "page", "record" or "section"."""
    return "record" if report.record else "section" if report.section else "page"
