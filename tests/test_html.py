"""The HTML report as text: nothing of a page gets out of its place, and every voice says what it should."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from pathlib import Path

import pytest
import readability
from html_pages import PAYLOADS, hostile
from msgspec.structs import replace
from sample_report import bad_page, fair_page, no_claim_page
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from claimcheck import check
from claimcheck.cli import main
from claimcheck.compare import compare
from claimcheck.model import Report
from claimcheck.report import FORMATS
from claimcheck.report.comparison import render
from claimcheck.report.html import voice
from claimcheck.report.html.passages import passages
from claimcheck.report.parts import flagged

ROOT = Path(__file__).resolve().parents[1]
HTML = FORMATS["html"]
PAGES = sorted(p.name for p in (ROOT / "examples").iterdir() if p.suffix in (".html", ".md", ".txt"))
EVERYTHING = {"explain": True, "why_not": True, "verbose": True}


def example(name: str) -> Report:
    """An example page, judged."""
    return check((ROOT / "examples" / name).read_bytes(), source=name)


def outside_own(text: str) -> HTMLParser:
    """A report without its own style and script, parsed."""
    tree = HTMLParser(text)
    assert len(tree.css("script")) == 1 and len(tree.css("style")) == 1
    for node in tree.css("script, style"):
        node.decompose()
    return tree


@pytest.mark.parametrize("view", ["patient", "editor"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_injected_markup_stays_text(payload: str, view: str) -> None:
    """A payload anywhere in a report adds no element, no attribute and no address, and is shown as it was written."""
    calm = outside_own(HTML([hostile("harmless words")], view=view, **EVERYTHING))
    tree = outside_own(HTML([hostile(payload)], view=view, **EVERYTHING))
    shape = [(n.tag, sorted(n.attributes)) for n in tree.css("*")]
    assert shape == [(n.tag, sorted(n.attributes)) for n in calm.css("*")]
    assert tree.root is not None and payload.strip()[:40] in tree.root.text()
    assert all(re.fullmatch("#[a-z0-9]+", n.attributes["href"] or "") for n in tree.css("[href]"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_injected_names_make_safe_links(payload: str, tmp_path: Path) -> None:
    """Pages with hostile names are listed under harmless file names, and the index leads to exactly those files."""
    files = dict(HTML.files(tmp_path / "all pages.html", [hostile(payload), hostile(payload)]))
    index = outside_own(files[tmp_path / "all pages.html"])
    links = [n.attributes["href"] or "" for n in index.css(".pages a")]
    assert len(links) == 2 and {tmp_path / link for link in links} < set(files)
    assert all(re.fullmatch(r"all-pages-pages/[12]-[a-z0-9-]+\.html", link) for link in links)


@pytest.mark.parametrize("report", [bad_page(), fair_page(), no_claim_page(), example("hype-clinic.html")])
def test_a_report_asks_nobody_for_anything(report: Report) -> None:
    """No address, no inline style or handler stands in a report, and its policy allows nothing to be loaded."""
    text = HTML([report], **EVERYTHING)
    tree = HTMLParser(text)
    for node in tree.css("*"):
        assert not {"src", "srcset", "action", "style", "data", "poster", "ping"} & set(node.attributes)
        assert not [a for a in node.attributes if a.startswith("on")]
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    assert not re.search(r"unsafe|\*|https?:|data:", policy)
    assert "url(" not in text.partition("</style>")[0] and "@import" not in text.partition("</style>")[0]


@pytest.mark.parametrize("name", ["hype-clinic.html", "broken.html", "drip-bar.txt", "research-digest.md"])
def test_the_page_is_shown_whole_and_marked_where_it_was_found(name: str) -> None:
    """Every block of a page is in its report word for word, and a finding's mark covers its quoted words."""
    report = example(name)
    found = tuple(flagged(report))
    shown = list(passages(report, found))
    assert ["".join(s.text for s in p.segments) for p in shown] == [b.text for b in report.page]
    for number, finding in enumerate(found):
        marked = "".join(s.text for p in shown for s in p.segments if s.finding is not None)
        quote = " ".join(html.unescape(re.sub("<[^>]*>", "", finding.quote)).split())
        assert finding.start == finding.end or quote[:12] in marked, number


@pytest.mark.parametrize("view", ["patient", "editor"])
def test_every_mark_leads_to_a_card_that_tells_everything(view: str) -> None:
    """Each mark names an element of the report, and each finding's card says why it matters and by whose word."""
    report = example("hype-clinic.html")
    tree = HTMLParser(HTML([report], view=view))
    for mark in tree.css("a.m"):
        assert tree.css_first(mark.attributes["href"] or "") is not None
    cards = tree.css(".card .body")
    assert len(cards) == len(flagged(report))
    for card in cards:
        assert all(voice.WORDS[view][part] in card.text() for part in ("why", "need", "who"))


def test_released_matches_are_shown_on_request() -> None:
    """What was matched and let go is in the report with --why-not, and only then."""
    assert voice.WORDS["editor"]["released"] not in HTML([bad_page()], view="editor")
    assert voice.WORDS["editor"]["released"] in HTML([bad_page()], view="editor", why_not=True)


@pytest.mark.parametrize(
    "page", ["Our cells cure lupus. ", "Our clinic opens at nine on weekdays. ", "We guarantee it. "]
)
def test_a_large_page_stays_within_three_times_its_text(page: str) -> None:
    """However densely a page of 400 KB is flagged, its report is at most three times as large."""
    text = "\n\n".join(page * 20 for _ in range(400_000 // (20 * len(page))))
    assert len(HTML([check(text, source="big.txt")]).encode()) <= 3 * len(text)


def ours(text: str) -> str:
    """The words of a report that are ours: without the page's own, the sources, names and the score's arithmetic."""
    tree = outside_own(text)
    for node in tree.css(
        "head, header, .t, bdi, q, .cite, table, .ledger, .steps, .points, .score, .no, .filters, .tools"
    ):
        node.decompose()
    for node in tree.css(".legal .say, .legal ul, .body ul, svg, .credits, section[aria-labelledby=score]"):
        node.decompose()
    assert tree.body is not None
    lines = [" ".join(n.text().split()) for n in tree.css("p, li, h1, h2, h3, h4, summary")]
    return " ".join(line if line.endswith((".", "?", "!")) else f"{line}." for line in lines if line)


@pytest.mark.parametrize("name", PAGES)
def test_the_patient_view_reads_like_a_text_for_a_twelve_year_old(name: str) -> None:
    """Our words to patients ask for at most seven years of school by Flesch and Kincaid's formula: an age of 12."""
    assert grade(ours(HTML([example(name)], view="patient"))) <= 7.0


HELD = """[[evidence]]
claim = "Arthritis ends here"
page = "*hype-clinic.html"
identifier = "NCT01234567"
design = "randomised-trial"
date = 2020-01-01
expires = 2999-01-01
holder = "Medical affairs"
"""


def test_so_do_the_parts_that_are_shown_on_request(tmp_path: Path) -> None:
    """So do the words around a country's rules, registered evidence, released matches and parts left out. The notes on
    those rules are exempt: a rule is told as its authority tells it."""
    (tmp_path / "held.toml").write_text(HELD, encoding="utf-8")
    page, out = tmp_path / "hype-clinic.html", tmp_path / "report.html"
    page.write_bytes((ROOT / "examples" / page.name).read_bytes())
    more = ["--profile", "us", "--substantiation", str(tmp_path / "held.toml"), "--why-not", "--explain", "-q"]
    main([str(page), *more, "--isolated", "--no-cache", "--fail-on", "never", "--output", str(out)])
    text = out.read_text(encoding="utf-8")
    assert all(part in text for part in ("Registered evidence", "Advertising rules", "Parts of the page we left out"))
    assert grade(ours(text)) <= 7.0


def test_a_comparison_reads_like_that_too() -> None:
    """So do our words to patients about what changed between two pages."""
    pages = [example(name) for name in PAGES]
    for old, new in pairwise(pages):
        assert grade(ours(render("html", compare(old, new), view="patient"))) <= 7.0, (old.source, new.source)


def grade(text: str) -> float:
    """The years of school that a text asks for."""
    sentences = re.split(r"(?<=[.?!:;])\s+", text)
    words = "\n".join(" ".join(re.findall(r"[\w'-]+|[.?!,]", sentence)) for sentence in sentences)
    return float(readability.getmeasures(words, lang="en")["readability grades"]["Kincaid"])


def test_both_views_come_from_one_analysis() -> None:
    """Patient and editor see the same marks in the same words and the same score."""
    report = example("drip-bar.txt")
    seen = []
    for view in ("patient", "editor"):
        tree = HTMLParser(HTML([report], view=view))
        score = tree.css_first(".score b")
        marks = [(n.attributes["class"], n.attributes["href"]) for n in tree.css("a.m")]
        seen.append((marks, score.text() if score else ""))
    assert seen[0] == seen[1]


def test_a_report_without_its_page_still_tells_its_findings() -> None:
    """Where the page's text was not kept, the sentences stand in the cards."""
    report = replace(example("hype-clinic.html"), page=())
    tree = HTMLParser(HTML([report]))
    assert len(tree.css(".card blockquote")) == len([f for f in flagged(report) if f.context])
