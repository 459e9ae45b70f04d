"""Reading HTML against a browser: the same words as Chromium's `innerText`, on pages made and mangled to be hard."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_pages import HARD, mangled
from playwright.sync_api import Browser, Page
from test_browser import browser, pytestmark  # noqa: F401

from claimcheck.ingest import read_page

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("examples", "tests/benchmarks/corpus/pages", "tests/data/builders")
HONEST = [p.read_text(encoding="utf-8") for folder in FOLDERS for p in sorted((ROOT / folder).glob("*.html"))]
MANGLED = 200

# What a reader sees at a click counts as seen, and controls stand apart.
SHOWN = """(html) => new Promise(done => {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-same-origin allow-scripts';
  frame.style = 'width: 1000px; height: 800px';
  frame.srcdoc = html;
  frame.onload = () => {
    const page = frame.contentDocument;
    for (const e of page.querySelectorAll('details')) e.open = true;
    for (const e of page.querySelectorAll('button')) e.style.display = 'block';
    for (const e of page.querySelectorAll('input[type=submit]')) e.before(' ' + e.value + ' ');
    for (const e of page.querySelectorAll('.elementor-tab-content, .faq_answer, .accordion-item__dropdown')) {
      e.hidden = false;
      e.style.display = 'block';
    }
    const text = page.body ? page.body.innerText : '';
    frame.remove();
    done(text);
  };
  document.body.append(frame);
})"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto("about:blank")
    yield page
    context.close()


def bag(text: str) -> Counter[str]:
    """The words of a text, without what nobody sees."""
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", re.sub("[\u200b\xad\u2060\ufeff]", "", text))))


def compared(tab: Page, source: str) -> tuple[Counter[str], Counter[str]]:
    """The words of a page as the browser shows them, and as they were read."""
    document = read_page(source, "page.html", content="all")
    return bag(tab.evaluate(SHOWN, source)), bag(" ".join(b.text for b in document.blocks if not b.hidden))


@pytest.mark.parametrize("kind", HARD)
def test_hard_pages_read_as_a_browser_shows_them(tab: Page, kind: str) -> None:
    """What tokenizers get wrong - entities, comments, raw text, tag soup, foreign content, tables -
    is read to the word."""
    for source in HARD[kind]:
        shown, read = compared(tab, source)
        assert read == shown, source


def test_honest_pages_read_as_a_browser_shows_them(tab: Page) -> None:
    """On every HTML page at hand the words read are those shown."""
    for source in HONEST:
        shown, read = compared(tab, source)
        assert read == shown, source[:200]


def test_mangled_pages_read_as_a_browser_shows_them(tab: Page) -> None:
    """Of two hundred mangled pages 99 % of the words shown and read are the same; every page's shown words are read to
    99 %. More may be read: where a quote never closes, a browser loses the page and we do not."""
    same = either = 0
    for seed in range(MANGLED):
        shown, read = compared(tab, mangled(HONEST[seed % len(HONEST)], seed))
        both = (shown & read).total()
        same, either = same + both, either + max(shown.total(), read.total())
        assert both >= 0.99 * shown.total(), seed
    assert same >= 0.99 * either
