"""Parts of HTML pages that a team does not want judged."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from test_bounds import calls

from claimcheck.cli import main
from claimcheck.ingest import Content, read_page

CURE = "Our infusions cure lupus."


@pytest.mark.parametrize(
    ("html", "selector", "left"),
    [
        ("<p>a</p><div class='x strip'><div>b</div>c</div><p>d</p>", ".strip", "a d"),
        ("<p>a</p><DIV ID=bar>b</DIV><p>d</p>", "#bar", "a d"),
        ("<p>a</p><footer>b<p>c</p></footer>d", "footer", "a d"),
        ("<p>a</p><div class=strip>b<p>d</p>", ".strip", "a b d"),
        ("<script>'<div class=strip>'</script><p>a</p></div>", ".strip", "a"),
        ("<p>a</p><div class=strip>b<div>c</div><p>d</p>", ".strip", "a b c d"),
        ("<p class=strips>a</p><img class=strip alt=b>", ".strip", "a"),
        ("<div( class=strip>a</div(>b", ".strip", "b"),
        ("<p>a <span class=strip>b</span> c</p>", ".strip", "a c"),
        ("<ul><li>a<li class=strip>b<li>c</ul>", ".strip", "a c"),
    ],
)
def test_what_is_named_is_not_read(html: str, selector: str, left: str) -> None:
    """Whole elements go, nested ones of the same tag with them, and are listed; what is not closed stays."""
    document = read_page(html, "a.html", "html", skip=(selector,))
    assert " ".join(b.text for b in document.blocks if not b.hidden) == left
    skipped = [b for b in document.left_out if b.left_out == "skipped"]
    assert document.source == html and bool(document.notices) == bool(skipped)
    everything = read_page(html, "a.html", "html")
    assert sum(len(b.text) for b in (*document.blocks, *skipped)) >= sum(len(b.text) for b in everything.blocks) - 1


def epub_of(chapter: str) -> bytes:
    """An e-book of one chapter."""
    box = "<container><rootfiles><rootfile full-path='a.opf'/></rootfiles></container>"
    book = "<package><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest>"
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": box,
        "a.opf": book + "<spine><itemref idref='c'/></spine></package>",
        "c.xhtml": chapter,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


MAIL = """Subject: News
MIME-Version: 1.0
Content-Type: {kind}; boundary=x

--x
Content-Type: text/html

<main><p>We are a clinic.</p><div class=strip>Our infusions cure lupus.</div></main><nav><a href=/a>Menu</a></nav>
--x--
"""
PART = MAIL.split("\n\n")[2].removesuffix("\n--x--\n")


@pytest.mark.parametrize("format", ["eml", "mhtml", "epub", "markdown"])
@pytest.mark.parametrize("content", ["main", "all"])
def test_html_inside_other_files_is_left_out_alike(format: str, content: Content) -> None:
    """In e-mails, saved pages, e-books and Markdown too, `skip` and `content` leave HTML out, and it is listed."""
    if format == "epub":
        data = epub_of(f"<html><body>{PART}</body></html>")
    else:
        kind = "multipart/related" if format == "mhtml" else "multipart/alternative"
        data = MAIL.format(kind=kind).encode() if format != "markdown" else PART.encode()
    document = read_page(data, f"a.{format}", format, content, (".strip",))
    assert CURE not in " ".join(b.text for b in document.blocks)
    left = {b.left_out: document.source[b.start : b.end] for b in document.left_out}
    assert left.pop("skipped") == CURE
    assert left == ({"navigation": "Menu"} if content == "main" else {})
    assert document.notices[-1] == "4 words of the page not judged: skip = .strip."


@pytest.mark.parametrize(
    ("css", "html", "left"),
    [
        (".x{display:none}", "<p class='y x'>a</p>b", "b"),
        ("#x, p.y { visibility: hidden !important }", "<p id=x>a</p><p class=y>b</p><b class=y>c</b>", "c"),
        (".x{position:absolute;width:1px;clip:rect(0,0,0,0)}", "<p>a <span class=x>b</span> c</p>", "a c"),
        ("footer{display:none}", "<p>a</p><footer>Our offer ends on Sunday.</footer>d", "a d"),
        (".x{display:none}.x.open{display:block}", "<p class=x>a</p>", "a"),
        (".x{display:none}@media (width>9px){.x{display:flex}}", "<p class=x>a</p>", "a"),
        ("@media print{.x{display:none}}", "<p class=x>a</p>", "a"),
        (".elementor-invisible{visibility:hidden}", "<p class=elementor-invisible>a</p>", "a"),
        ("body{visibility:hidden}", "<body><p>a</p></body>", "a"),
        (".answer{display:none}", "<p class=answer>a</p>", "a"),
        (".x{display:none}", "<p class=x>a</p><script>document.querySelectorAll('.x')</script>", "a"),
        ("/* .x{display:none} */ .y{color:red}", "<p class=x>a</p>", "a"),
        ("p x{display:none}", "<p>a</p>", "a"),
        ("@import 'a';.x{display:none", "<p class=x>a</p>", "a"),
    ],
)
def test_a_style_sheet_of_the_page_hides_for_good_or_not(css: str, html: str, left: str) -> None:
    """What a simple selector hides for good is left out and listed; what may come into view is read."""
    document = read_page(f"<style>{css}</style>{html}", "a.html", "html")
    assert " ".join(b.text for b in document.blocks) == left
    assert bool(document.left_out) == (left != "a")


def test_style_sheets_are_read_in_linear_time() -> None:
    """Twice the style sheet, or twice as many of them, is twice the work."""
    for unit in (".x{display:none}", "{", "}", "/*", "@media x{", "<style>.a{display:none}</style><p class=b>c</p>"):

        def work(times: int, unit: str = unit) -> int:
            return calls(lambda: read_page(f"<style>{unit * times}</style><p class=x>a</p>", "a.html", "html"))

        work(100)
        assert work(2000) <= 2.3 * work(1000) + 200, unit


def test_the_configuration_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    """What is skipped is not reported, the report says so, and a word that names nothing is refused."""
    monkeypatch.chdir(tmp_path)
    page = f"<html><body><p>We are a clinic.</p><div class=banner>{CURE}</div><p>Open at nine.</p></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert main(["a.html"]) == 1
    (tmp_path / "claimcheck.toml").write_text('skip = [".banner"]\n', encoding="utf-8")
    capsys.readouterr()
    assert main(["a.html", "--format", "json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert report["notices"] == ["4 words of the page not judged: skip = .banner."]
    (tmp_path / "claimcheck.toml").write_text('skip = ["div > p"]\n', encoding="utf-8")
    assert main(["a.html"]) == 2
    assert "claimcheck.toml:1: skip: 'div > p' is neither" in capsys.readouterr().err
