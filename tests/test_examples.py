"""The example pages get the verdicts they were written for."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from claimcheck.ingest import load
from claimcheck.model import Report
from claimcheck.pipeline import check_document
from claimcheck.rules.load import built_in

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PAGES: list[dict[str, Any]] = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))["page"]


@cache
def judged(file: str) -> Report:
    return check_document(load(str(EXAMPLES / file)))


def pages(strict: bool) -> list[Any]:
    """Every page. One that waits for rules nobody has written yet may fail, if `strict` must fail, until they are."""
    cases = []
    for page in PAGES:
        missing = sorted(set(page["fires"]) - built_in().rule.keys())
        marks = [pytest.mark.xfail(reason=f"no rule yet: {', '.join(missing)}", strict=strict)] if missing else []
        cases.append(pytest.param(page, id=page["file"], marks=marks))
    return cases


@pytest.mark.parametrize("page", pages(strict=False))
def test_the_verdict_is_an_acceptable_one(page: dict[str, Any]) -> None:
    """The label is one of those that fit the page."""
    verdict = judged(page["file"]).verdict
    assert verdict.label in page["labels"], verdict.explanation


@pytest.mark.parametrize("page", pages(strict=True))
def test_what_must_be_found_is_found(page: dict[str, Any]) -> None:
    """Each rule that the page was written to break is among its findings, or a note of one."""
    report = judged(page["file"])
    found = {name for f in report.findings for name in (f.rule, *f.notes)}
    assert sorted(set(page["fires"]) - found) == []


@pytest.mark.parametrize("page", [pytest.param(page, id=page["file"]) for page in PAGES])
def test_what_must_stay_silent_is_silent(page: dict[str, Any]) -> None:
    """No rule fires that the page only seems to break; a note of the lowest severity is no alarm."""
    findings = [f for f in judged(page["file"]).findings if f.severity != "info"]
    assert [(f.rule, f.line, f.quote) for f in findings if f.rule in page["silent"]] == []


def test_every_example_page_has_an_expectation() -> None:
    """No page stands here untested."""
    assert {page["file"] for page in PAGES} == {
        p.name for p in EXAMPLES.iterdir() if p.suffix in (".html", ".txt", ".md")
    }
