"""Every finding on every page at hand points at its words: the source between its offsets reads as its quote."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from pathlib import Path

import pytest
from browser_pages import HARD, mangled
from ingest_laws import assert_lawful, reading
from selectolax.lexbor import LexborHTMLParser
from tools import brochure

from claimcheck import check, read
from claimcheck.ingest import read_page

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("examples", "tests/benchmarks/corpus/pages", "tests/data/builders", "tests/data/markdown")
PAGES = {
    p.name: p.read_text(encoding="utf-8")
    for folder in FOLDERS
    for suffix in ("html", "md", "mdx")
    for p in sorted((ROOT / folder).glob(f"*.{suffix}"))
}
HTML = [source for name, source in PAGES.items() if name.endswith("html")]
BOLD = (
    "Our stem cells cure lupus",
    "no side effects",
    "100% guaranteed",
    "reverses ageing overnight",
    "works for everyone",
)
MARKS = re.compile(r"\]\([^)]*\)|\]\[[^\]]*\]|<!--.*?-->|</?[a-zA-Z][^>]*>|^\s*[>|]\s?", re.MULTILINE)


def letters(text: str) -> str:
    """Letters and digits alone: what markup is never."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def shown(source: str) -> str:
    """What a stretch of broken HTML reads as to a standard parser."""
    tree = LexborHTMLParser(f"<body>{source}")
    for node in tree.css("script, style, template, noscript, title"):
        node.decompose()
    return tree.body.text() if tree.body else ""


def assert_in_place(source: str, name: str) -> int:
    """Each sentence finding's source reads as its quote; how many there were."""
    report = check(source, source=name)
    found = [f for f in (*report.findings, *report.suppressed) if f.scope != "document" and f.start < f.end]
    for finding in found:
        written, quote = source[finding.start : finding.end], letters(finding.quote)
        if name.endswith("html"):
            said = unescape(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), written)) if finding.where else ""
            assert quote in (letters(reading(written)), letters(shown(written)), letters(said)), (name, written)
        else:
            assert quote == letters(unescape(MARKS.sub("", written))), (name, written)
    return len(found)


@pytest.mark.parametrize("name", PAGES)
def test_every_finding_on_every_page_is_in_its_place(name: str) -> None:
    """On the pages at hand, of HTML and Markdown, no finding misses its words."""
    assert_lawful(read_page(PAGES[name], name, content="all"))
    assert_in_place(PAGES[name], name)


@pytest.mark.parametrize("part", range(4))
def test_every_finding_on_a_mangled_page_is_in_its_place(part: int) -> None:
    """On pages that a fuzzer mangled, with bold claims set into their text, no finding misses its words."""
    count = 0
    for seed in range(part, 80, 4):
        source = HTML[seed % len(HTML)].replace("</p>", f" {BOLD[seed % 5]} in <b>m</b>ost &amp; all.</p>", 4)
        source = mangled(source, seed)
        assert_lawful(read_page(source, "page.html", content="all"))
        count += assert_in_place(source, "page.html")
    assert count > 100


FILES = [(s, w(b)) for b in (brochure.HYPE, brochure.CAREFUL) for s, w in brochure.WRITERS.items() if s != "md"]
FILES.append(("pdf", brochure.pdf(brochure.HYPE, columns=2)))


@pytest.mark.parametrize("number", range(len(FILES)), ids=[suffix for suffix, _ in FILES])
def test_every_sentence_of_every_kind_of_file_is_in_its_place(number: int) -> None:
    """Of a PDF, a Word document, an e-mail, a saved page and an e-book too, the source of every sentence and of every
    finding reads as its words, and what stands there has a place in the file."""
    suffix, data = FILES[number]
    document, report = read(data, source=f"brochure.{suffix}"), check(data, source=f"brochure.{suffix}")
    found = [(f.start, f.end, f.quote) for f in (*report.findings, *report.suppressed) if f.start < f.end]
    for start, end, text in (*((s.start, s.end, s.text) for s in document.sentences), *found):
        written = document.source[start:end]
        assert letters(text) in (letters(written), letters(reading(written))), (text, written)
        assert (
            suffix in ("txt", "html")
            or any(p.start <= start and end <= p.end for p in document.places)
            or (suffix == "pdf" and any(p.start <= start < p.end and p.box for p in document.places))
        )
    assert len(document.sentences) > 8


@pytest.mark.parametrize("kind", HARD)
def test_hard_pages_are_lawful(kind: str) -> None:
    """Blocks of pages that are hard to tokenize stand in order and inside the source."""
    for source in HARD[kind]:
        assert_lawful(read_page(source, "page.html", content="all"))
