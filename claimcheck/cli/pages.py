"""From pages to reports: every page judged, every fault kept for the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from claimcheck.cli.online import Online, read_url
from claimcheck.cli.output import mishap
from claimcheck.errors import ClaimcheckError, ReadError
from claimcheck.model import Document, Report
from claimcheck.policy.apply import Plan, enforce
from claimcheck.rules.ruleset import RuleSet

STDIN = "-"


def judge(
    pages: Sequence[str],
    rules: RuleSet,
    profile: str,
    input_format: str | None,
    stdin_name: str,
    plan: Plan,
    online: Online,
) -> tuple[list[Report], list[str]]:
    """A report for every page that can be judged, and what is wrong with the others."""
    from claimcheck.pipeline import check_document

    reports: list[Report] = []
    faults: list[str] = []
    for page in pages:
        name = stdin_name if page == STDIN else page
        try:
            document = _read(page, name, input_format, online)
            reports.append(enforce(document, check_document(document, rules, profile), plan))
        except ClaimcheckError as error:
            faults.append(str(error))
        except Exception as error:
            # one page that trips us must not cost the reports of all the others
            faults.append(f"{name}: {mishap(error)}")
    return reports, faults


def _read(page: str, name: str, input_format: str | None, online: Online) -> Document:
    from claimcheck.ingest import is_url, load, read_page

    if is_url(page):
        data, told = read_url(page, online)
        return read_page(data, name, input_format or told)
    if page != STDIN:
        return load(page, input_format)
    if sys.stdin is None:
        raise ReadError(name, "standard input is closed", "Name a file, or pipe a page in.")
    try:
        piped = sys.stdin.buffer.read()
    except OSError as error:
        raise ReadError(name, f"cannot be read: {error.strerror}") from error
    return read_page(piped, name, input_format)
