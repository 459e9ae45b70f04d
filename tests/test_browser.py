"""The HTML report in a browser: it opens findings, filters, fits, and asks nobody for anything.

Needs Chromium (Debian's package `chromium`, or CHROMIUM naming one). Without it these tests are skipped, unless
CLAIMCHECK_BROWSER=required says that this is a place where they must run.
"""

from __future__ import annotations

import html
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from html_pages import PAYLOADS, hostile
from playwright.sync_api import Browser, Page, sync_playwright

from claimcheck import check
from claimcheck.cli import main
from claimcheck.compare import compare
from claimcheck.report import FORMATS
from claimcheck.report.comparison import render

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
REQUIRED = os.environ.get("CLAIMCHECK_BROWSER") == "required"
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
WIDTHS = (360, 768, 1440, 1920)
OPEN = "for (const d of document.querySelectorAll('details')) d.open = true"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAMES = ("hype-clinic.html", "research-digest.md", "regulator-warning.txt", "no-claim.txt")

pytestmark = pytest.mark.skipif(
    not CHROMIUM and not REQUIRED, reason="no Chromium here: install Debian's package `chromium`"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "a browser is required here and there is none: install Debian's `chromium`"
    with sync_playwright() as playwright:
        # the pages are our own files; Chromium's sandbox needs more rights than a container grants
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of the example pages in both views, their index, and one report for each payload."""
    home = tmp_path_factory.mktemp("reports")
    reports = [check((ROOT / "examples" / name).read_bytes(), source=name) for name in NAMES]
    for name, report in zip(NAMES, reports, strict=True):
        for view in ("patient", "editor"):
            text = FORMATS["html"]([report], view=view, why_not=True)
            (home / f"{name}-{view}.html").write_text(text, encoding="utf-8")
    for view in ("patient", "editor"):
        text = render("html", compare(reports[0], reports[1]), view=view, verbose=True)
        (home / f"compare-{view}.html").write_text(text, encoding="utf-8")
    for number, payload in enumerate(PAYLOADS):
        text = render("html", compare(hostile("calm"), hostile(payload)), verbose=True)
        (home / f"compared-payload-{number}.html").write_text(text, encoding="utf-8")
    for path, text in FORMATS["html"].files(home / "index.html", [*reports, *map(hostile, PAYLOADS)]):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return home


class Opened:
    """A page of the browser that notes everything it complains about and asks for."""

    def __init__(self, browser: Browser, path: Path, **context: Any) -> None:
        self.page: Page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}).new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self) -> Page:
        return self.page

    def __exit__(self, *failure: Any) -> None:
        self.page.context.close()
        if not any(failure):
            assert self.said == []
            assert all(url.startswith("file:") for url in self.asked)


def everything(folder: Path) -> list[Path]:
    """Every report there is, but the payloads' own pages."""
    names = [f"{n}-{view}.html" for n in (*NAMES, "compare") for view in ("patient", "editor")]
    return [folder / name for name in (*names, "index.html")]


def test_reports_are_quiet_and_accessible(browser: Browser, folder: Path) -> None:
    """In both themes, with every finding open, axe-core finds no violation, the console stays empty, and no request
    is made but for the file itself."""
    for path in everything(folder):
        with Opened(browser, path, color_scheme="light") as page:
            page.evaluate(OPEN)
            # through the debugger, past the page's own policy
            debugger = page.context.new_cdp_session(page)
            debugger.send("Runtime.evaluate", {"expression": AXE})
            # a theme changes colours and nothing else
            for theme, rules in (("light", "{}"), ("dark", "{runOnly: ['color-contrast', 'link-in-text-block']}")):
                page.emulate_media(color_scheme=theme)
                run = f"axe.run({rules}).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
                asked = {"expression": run, "awaitPromise": True, "returnByValue": True}
                assert debugger.send("Runtime.evaluate", asked)["result"]["value"] == [], (path.name, theme)


def test_nothing_scrolls_sideways(browser: Browser, folder: Path) -> None:
    """From 360 to 1920 pixels, with every finding open, no report is wider than its window."""
    for path in everything(folder):
        with Opened(browser, path) as page:
            page.evaluate(OPEN)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate(TOO_WIDE) == 0, (path.name, width)


@pytest.mark.parametrize("scripts", [True, False])
def test_findings_open_by_mouse_and_keyboard(browser: Browser, folder: Path, scripts: bool) -> None:
    """A mark opens its finding by click and by Enter, and a finding's heading by Space, with scripts and without."""
    with Opened(browser, folder / "hype-clinic.html-patient.html", java_script_enabled=scripts) as page:
        mark, card = page.locator("a.m").first, page.locator("details.card").first
        assert not card.locator(".body p").first.is_visible()
        mark.click()
        assert card.locator(".body p").first.is_visible()
        second, other = page.locator("a.m").nth(1), page.locator("details.card").nth(1)
        second.focus()
        page.keyboard.press("Enter")
        assert other.locator(".body p").first.is_visible()
        other.locator("summary").focus()
        page.keyboard.press("Space")
        assert not other.locator(".body p").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_filters_work(browser: Browser, folder: Path, scripts: bool) -> None:
    """Unticking a severity hides its cards and unmarks its words; the others stay."""
    with Opened(browser, folder / "hype-clinic.html-editor.html", java_script_enabled=scripts) as page:
        page.locator("#show-high").uncheck()
        assert not page.locator(".card.s-high").first.is_visible()
        assert page.locator(".card.s-critical").first.is_visible()
        assert page.locator("a.m.kh sup").first.evaluate("e => getComputedStyle(e).display") == "none"
        assert page.locator("a.m.kc sup").first.is_visible()


def test_the_index_sorts(browser: Browser, folder: Path) -> None:
    """The heads of the table sort it, either way, and say so; each row leads to its page and back."""
    with Opened(browser, folder / "index.html") as page:
        head = page.locator("th:nth-child(6)")
        for order in ("ascending", "descending"):
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == order
            column = [int(t) for t in page.locator("tbody td:nth-child(6)").all_inner_texts()]
            assert column == sorted(column, reverse=order == "descending")
        page.locator("tbody a").first.click()
        page.get_by_role("link", name="All pages").click()
        assert page.locator("tbody tr").count() == len(NAMES) + len(PAYLOADS)


def test_the_questions_stand_alone_and_print(browser: Browser, folder: Path) -> None:
    """The list of questions can be seen and printed by itself, on one sheet."""
    with Opened(browser, folder / "hype-clinic.html-patient.html") as page:
        page.get_by_role("link", name="View this list alone").click()
        assert not page.locator("#verdict").is_visible() and page.locator("ol.ask").is_visible()
        assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
        page.get_by_role("link", name="Back to the whole report").click()
        assert page.locator("#verdict").is_visible()


def test_print_fits_the_sheet(browser: Browser, folder: Path) -> None:
    """On paper nothing is wider than the sheet, controls are gone, and every finding is open."""
    with Opened(browser, folder / "hype-clinic.html-patient.html", viewport={"width": 720, "height": 1000}) as page:
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not page.locator(".filters").is_visible()
        assert page.locator(".card .body").first.evaluate("e => e.getBoundingClientRect().height") > 0


def test_payloads_do_nothing(browser: Browser, folder: Path) -> None:
    """No payload opens a dialog, writes to the console, asks for anything or leads away."""
    with Opened(browser, folder / "index.html") as page:
        for path in [*sorted((folder / "index-pages").glob("*-txt.html")), *sorted(folder.glob("compared-payload-*"))]:
            page.goto(path.as_uri())
            for card in page.locator("summary").all()[:3]:
                card.click()
            page.locator("a.m").first.click() if page.locator("a.m").count() else None
            assert page.url.split("#")[0] == path.as_uri()


RULE = """
id = "golden-drip-{number}"
kind = "flag"
title = {words}
family = "hype"
severity = "high"
status = "draft"
message = {words}
why = {words}
evidence_needed = {words}
safer = {words}
sources = [{words}]

[match]
any_phrase = ["golden drip {name}"]

[examples]
hits = ["At our clinic you get [[golden drip {name}]] today."]
misses = ["Be sceptical of any page that says: golden drip {name}."]
"""
COUNT = [chr(ord("a") + n) * 4 for n in range(len(PAYLOADS))]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command line writes about a folder where every rule, link, reason and name is an attempt."""
    home = tmp_path_factory.mktemp("attacked")
    (home / "rules").mkdir()
    (home / "pages").mkdir()
    lines = []
    for number, (payload, name) in enumerate(zip(PAYLOADS, COUNT, strict=True)):
        rule = RULE.format(number=number, name=name, words=json.dumps(payload))
        (home / "rules" / f"golden-drip-{number}.toml").write_text(rule, encoding="utf-8")
        lines += [
            f"<p>At our clinic you get golden drip {name} today.</p><p>A randomised trial of 90 adults showed that it "
            f'cures lupus (<a href="https://trials.example/{html.escape(payload)}">trial {name}</a>, '
            f'<a href="{html.escape(payload)}">more</a>).</p>',
            f"<!-- claimcheck: ignore unqualified-cure -- {payload} --><p>Drip {name} cures gout.</p>",
        ]
    (home / "pages" / "page.html").write_text("<h1>Drips</h1>" + "".join(lines), encoding="utf-8")
    named = [p for p in PAYLOADS if "/" not in p]
    for payload in named:
        (home / "pages" / f"{payload}.html").write_text("<p>Our golden drip aaaa cures lupus.</p>", encoding="utf-8")
    out = home / "index.html"
    asked = ["--rules", str(home / "rules"), "--why-not", "--isolated", "--no-cache", "--fail-on", "never", "-q"]
    assert main(["check", str(home / "pages"), *asked, "--output", str(out)]) == 0
    assert len(list((home / "index-pages").iterdir())) == 1 + len(named) >= 4
    return home


def test_payloads_in_files_do_nothing(browser: Browser, attacked: Path) -> None:
    """Rule files, suppression reasons, file names and link targets go through the command line and are only text."""
    with Opened(browser, attacked / "index.html", viewport={"width": 360, "height": 800}) as page:
        for path in [attacked / "index.html", *sorted((attacked / "index-pages").iterdir())]:
            page.goto(path.as_uri())
            page.evaluate(OPEN)
            if path.name.endswith("-page.html"):
                for part in (".card .body", ".released", ".cite"):
                    shown = "\n".join(page.locator(part).all_inner_texts())
                    assert [p for p in PAYLOADS if " ".join(p.split()) not in shown] == [], part
            assert page.locator("main img, main iframe, main form, main base, main script, main style").count() == 0
            assert page.evaluate(TOO_WIDE) == 0 and page.url == path.as_uri()


def test_a_large_page_opens(browser: Browser, tmp_path: Path) -> None:
    """The report of a page of 2 MB opens, and its end can be reached, with no more laid out than is seen."""
    text = "\n\n".join(
        "We opened a second room for visitors, and the garden is in flower again. " * 6 for _ in range(4500)
    )
    large = tmp_path / "large.html"
    large.write_text(FORMATS["html"]([check(text + "\n\nOur cells cure lupus.", source="large.txt")]), encoding="utf-8")
    with Opened(browser, large) as page:
        assert page.locator(".stretch").nth(9).evaluate("e => getComputedStyle(e).contentVisibility") == "auto"
        page.keyboard.press("End")
        page.locator("a.m").first.click()
        assert page.locator(".card .body p").first.is_visible()
