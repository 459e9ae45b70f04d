"""One report a line (JSON Lines), each as in the list of `--format json`: for streams, and for data sets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from claimcheck.model import Report
from claimcheck.report.json import as_table
from claimcheck.report.options import Options


def render(reports: Sequence[Report], **options: Any) -> str:
    """A line a page, in the order checked. Only ASCII is written."""
    Options(**options)
    return "".join(each(report, **options) for report in reports)


def each(report: Report, **options: Any) -> str:
    """The line of one page."""
    Options(**options)
    return json.dumps(as_table(report)) + "\n"
