"""Laws of the whole program, on pages put together at random from the sentences that rules are proved with."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest_laws import reading

from claimcheck.errors import ReadError
from claimcheck.ingest import read_page
from claimcheck.model import Document, Finding, Report
from claimcheck.pipeline import check, check_document
from claimcheck.report import FORMATS
from claimcheck.rules.load import built_in

ROOT = Path(__file__).resolve().parents[1]
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_EXAMPLES = [
    example.replace("[[", "").replace("]]", "").strip()
    for rule in built_in().flags
    if rule.scope != "document"
    for example in (*rule.examples.hits, *rule.examples.misses)
]
SENTENCES = sorted({e for e in _EXAMPLES if "\n" not in e and not re.search(r"[\[\]<>*_`#|\\]|  ", e)})
"""Plain sentences that rules flag or nearly flag. One with markup in it would not read as it stands."""

paragraphs = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4
)
texts = st.tuples(paragraphs, st.sampled_from(["\n\n", "\n\n- "])).map(lambda t: t[1].join(t[0]))


def reports(report: Report) -> tuple[Finding, ...]:
    return (*report.findings, *report.suppressed)


def in_place(document: Document, finding: Finding) -> str:
    """What stands in the source where a finding is, after checking that line and column lead there."""
    assert 0 <= finding.start <= finding.end <= len(document.source)
    assert (finding.line, finding.column) == document.place(finding.start)
    lines = document.source[: finding.start].splitlines(keepends=True)
    assert finding.start == 0 or sum(map(len, lines)) == finding.start
    return document.source[finding.start : finding.end]


def folded(text: str) -> str:
    return " ".join(text.split())


def test_there_is_something_to_put_together() -> None:
    """The material is rich: laws about pages without findings would prove little."""
    assert len(SENTENCES) > 300
    assert sum(bool(check(s, format="text").findings) for s in SENTENCES[::10]) > 10


@few
@given(texts, st.sampled_from(["text", "markdown"]))
def test_a_quote_is_what_stands_in_the_source(text: str, kind: str) -> None:
    """In plain text and Markdown the source between a finding's offsets is its quote, white space aside."""
    document = read_page(text, "page", kind)
    for finding in reports(check_document(document)):
        assert folded(in_place(document, finding)) == finding.quote


@few
@given(paragraphs, st.integers(0, 3))
def test_a_quote_is_what_the_markup_reads_as(parts: list[str], way: int) -> None:
    """In HTML, with entities and tags inside sentences, the markup between a finding's offsets reads as its quote."""
    page = "".join(f"<p>{marked_up(part, way)}</p>\n" for part in parts)
    document = read_page(page, "page.html")
    for finding in reports(check_document(document)):
        where = in_place(document, finding)
        if finding.scope != "document":
            assert reading(where) == finding.quote


def marked_up(text: str, way: int) -> str:
    """A sentence as HTML might have it: escaped, with every so many words emphasised or written in entities."""
    words = html.escape(text, quote=True).split(" ")
    for at in range(way, len(words), 3):
        words[at] = (f"<b>{words[at]}</b>", f'<a href="/x">{words[at]}</a>', f"{words[at]}&nbsp;", words[at])[way]
    return " ".join(words).replace("&nbsp; ", "&nbsp;")


def test_a_document_finding_quotes_words_not_markup() -> None:
    """What a page-wide finding is anchored to is quoted as it reads."""
    page = "<p>Book at Nova Clinic.</p><p>&ldquo;Stem cells &amp; rest cured <b>my</b> lupus.&rdquo; Ann P.</p>"
    findings = [f for f in check(page, source="page.html").findings if f.scope == "document" and f.quote]
    assert findings and all(f.quote == reading(page[f.start : f.end]) for f in findings)


@pytest.mark.parametrize("way", [str.lower, str.upper, str.title])
def test_the_words_of_an_address_are_nobodys_claim(way: Callable[[str], str]) -> None:
    """Whatever the casing of an address, what it spells is no finding."""
    text = f"Write to us by {way('https://guaranteed.example/cures-lupus')} or {way('www.no-side-effects.example')}."
    assert [f for f in check(text).findings if f.scope != "document"] == []


@few
@given(texts)
def test_findings_come_in_reading_order(text: str) -> None:
    """Findings with a place of their own are in the order of the page; so are those that were let go."""
    report = check(text, format="text")
    for found in (report.findings, report.suppressed):
        places = [(f.start, f.end) for f in found if f.scope != "document"]
        assert places == sorted(places)


@few
@given(texts, st.sampled_from(["  ", " \t ", "\u00a0"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_white_space_changes_nothing(text: str, space: str, line: str) -> None:
    """Wider spaces and other line ends give the same rules, the same score and the same label."""
    wide = "\n".join(re.sub(r"(?<=\S) (?=\S)", space, row) if row[:2] != "- " else row for row in text.split("\n"))
    assert gist(check(wide.replace("\n", line), format="text")) == gist(check(text, format="text"))


def gist(report: Report) -> tuple[object, ...]:
    return [(f.rule, f.severity, f.quote) for f in reports(report)], report.verdict.label, report.verdict.score


@few
@given(texts)
def test_the_prefilter_changes_nothing(text: str) -> None:
    """Looking only where the literals of a pattern occur gives the same report as looking everywhere."""
    document = read_page(text, "page", "text")
    assert check_document(document, prefilter=False) == check_document(document)


@few
@given(
    st.one_of(st.binary(max_size=300), texts.map(str.encode), st.text(max_size=200).map(lambda t: t.encode("utf-16")))
)
def test_any_bytes_give_a_report_or_a_reason(data: bytes) -> None:
    """Whatever the bytes, there is a report that every format can print, or an error that says why not."""
    try:
        report = check(data)
    except ReadError as error:
        assert error.problem
    else:
        assert all(render([report], explain=True, why_not=True, verbose=True) for render in FORMATS.values()
                   if render.module != "concise")  # fmt: skip


@few
@given(st.text("<>/!-=\"'& abp;#x0123\n", max_size=120), st.sampled_from(SENTENCES))
def test_any_markup_gives_a_report(noise: str, sentence: str) -> None:
    """However broken the tags around it, a page is read, and its findings have their place in it."""
    document = read_page(f"{noise}<p>{html.escape(sentence)}</p>{noise}", "page.html")
    for finding in reports(check_document(document)):
        in_place(document, finding)


@few
@given(texts)
def test_the_same_page_gives_the_same_report(text: str) -> None:
    """Checking twice gives equal reports, and checking between does not matter."""
    first = check(text, format="text")
    check("Our infusions cure lupus.", format="text")
    assert check(text, format="text") == first


def test_another_process_gives_the_same_report() -> None:
    """The report does not depend on the order in which Python happens to hash strings."""
    command = [sys.executable, "-m", "claimcheck", "examples/hype-clinic.html", "--format", "json"]
    outputs = {
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1 and outputs.pop().startswith(b"{")
