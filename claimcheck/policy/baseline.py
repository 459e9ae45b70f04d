"""The findings that were there before: a file of what an old corpus is let off, so that only new ones are reported.

An entry is a finding's fingerprint (rule and sentence, no place) with how often it may occur. So it survives reflow,
new indentation and moved files; a sentence copied once more is new.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.errors import ClaimcheckError
from claimcheck.model import Because, Finding, Report

SCHEMA = "claimcheck/baseline/1"
_TOLD = 80


class BaselineError(ClaimcheckError):
    """A baseline that cannot be read."""


class Entry(Struct, frozen=True):
    """What is known of one fingerprint: how often it may occur; rule and words are there for the people who read."""

    rule: str
    count: int
    words: str = ""


Baseline = Mapping[str, Entry]


def read(path: Path) -> dict[str, Entry]:
    """The baseline in a file. Raises BaselineError."""
    advice = "Write it with: claimcheck baseline write PAGES"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["schema"] != SCHEMA:
            raise BaselineError(f"{path}: is of the kind {table['schema']!r}, not {SCHEMA!r}\n  {advice}")
        return {
            str(k): Entry(str(v["rule"]), int(v["count"]), str(v.get("words", "")))
            for k, v in table["findings"].items()
        }
    except OSError as error:
        raise BaselineError(f"{path}: cannot be read: {error.strerror}\n  {advice}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BaselineError(f"{path}: is no baseline\n  {advice}") from error


def dumps(baseline: Baseline) -> str:
    """A baseline as the text of its file, sorted so that a change is a small diff."""
    order = sorted(baseline.items(), key=lambda item: (item[1].rule, item[0]))
    findings: dict[str, Any] = {k: {"rule": e.rule, "count": e.count, "words": e.words} for k, e in order}
    return json.dumps({"schema": SCHEMA, "findings": findings}, indent=1) + "\n"


def of(reports: Iterable[Report]) -> dict[str, Entry]:
    """The baseline that lets every finding of `reports` go."""
    found: dict[str, Entry] = {}
    for finding in (f for r in reports for f in r.findings):
        before = found.get(finding.fingerprint)
        words = " ".join(finding.context.split())[:_TOLD]
        found[finding.fingerprint] = Entry(finding.rule, (before.count if before else 0) + 1, words)
    return found


def subtract(reports: Sequence[Report], baseline: Baseline) -> tuple[list[Report], dict[str, Entry]]:
    """The reports without known findings, which become suppressed ones, and the entries that are stale: what is left
    of the baseline. Of several findings alike the first ones are the known."""
    left = counts(baseline)
    return [take(report, left) for report in reports], rest(baseline, left)


def counts(baseline: Baseline) -> Counter[str]:
    """How often each fingerprint may still occur, before any page is seen."""
    return Counter({k: e.count for k, e in baseline.items()})


def take(report: Report, left: Counter[str]) -> Report:
    """One report without the findings that are `left` in the baseline; what it takes is taken off `left`."""
    kept: list[Finding] = []
    known: list[Finding] = []
    for finding in report.findings:
        if left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
            because = Because("baseline", "known before", finding.start, finding.end)
            known.append(replace(finding, because=because))
        else:
            kept.append(finding)
    return replace(report, findings=tuple(kept), suppressed=report.suppressed + tuple(known)) if known else report


def rest(baseline: Baseline, left: Counter[str]) -> dict[str, Entry]:
    """The entries, or parts of them, that no page has taken: stale ones."""
    return {k: replace(baseline[k], count=left[k]) for k in baseline if left[k] > 0}


def without(baseline: Baseline, stale: Baseline) -> dict[str, Entry]:
    """The baseline with its stale entries taken away."""
    fewer = {k: replace(e, count=e.count - (stale[k].count if k in stale else 0)) for k, e in baseline.items()}
    return {k: e for k, e in fewer.items() if e.count > 0}
