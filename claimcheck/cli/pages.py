"""From what was named on the command line to reports: every page judged, every fault kept for the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from claimcheck.cli.output import mishap
from claimcheck.errors import ClaimcheckError
from claimcheck.model import Document, Report
from claimcheck.rules import RuleSet

STDIN = "-"


def targets(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The pages that arguments name, in order and each once, and what is wrong with the others."""
    from claimcheck.ingest import find_pages

    found: dict[str, None] = {}
    faults: list[str] = []
    for argument in arguments:
        if argument == STDIN:
            found[STDIN] = None
            continue
        paths, errors = find_pages([argument])
        found.update(dict.fromkeys(paths))
        faults += map(str, errors)
    return list(found), faults


def judge(
    pages: Sequence[str], rules: RuleSet, profile: str, input_format: str | None, stdin_name: str
) -> tuple[list[Report], list[str]]:
    """A report for every page that can be judged, and what is wrong with the others."""
    from claimcheck.pipeline import check_document

    reports: list[Report] = []
    faults: list[str] = []
    for page in pages:
        try:
            reports.append(check_document(_read(page, input_format, stdin_name), rules, profile))
        except ClaimcheckError as error:
            faults.append(str(error))
        except Exception as error:
            # one page that trips us must not cost the reports of all the others
            faults.append(f"{page}: {mishap(error)}")
    return reports, faults


def _read(page: str, input_format: str | None, stdin_name: str) -> Document:
    from claimcheck.ingest import load, read_page

    if page == STDIN:
        return read_page(sys.stdin.buffer.read(), stdin_name, input_format)
    if input_format:
        return read_page(Path(page).read_bytes(), page, input_format)
    return load(page)
