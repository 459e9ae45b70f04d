"""The pictures of the HTML report in the README, taken of a real run in Chromium.

python tests/tools/screenshots.py            take them anew
python tests/tools/screenshots.py FOLDER     into a folder, to look at
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from claimcheck import check
from claimcheck.compare import compare
from claimcheck.report import FORMATS
from claimcheck.report.comparison import render

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "examples" / "hype-clinic.html"
REWRITE = ROOT / "examples" / "careful-clinic.html"
SHOTS = {
    "report-desktop.png": ("report", {"width": 1280, "height": 900}, "light", "#verdict"),
    "report-findings.png": ("report", {"width": 1280, "height": 700}, "light", "a.m"),
    "report-phone.png": ("report", {"width": 390, "height": 844}, "dark", "#verdict"),
    "report-index.png": ("index", {"width": 1280, "height": 900}, "light", "#verdict"),
    "report-compare.png": ("compare", {"width": 1280, "height": 900}, "light", "#verdict"),
}
"""Each picture: what of, the window, the theme, and what must be in sight. A finding in sight is opened."""


def take(folder: Path) -> None:
    """Write every picture into `folder`."""
    examples = sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in (".html", ".md", ".txt"))
    reports = {p: check(p.read_bytes(), source=p.relative_to(ROOT).as_posix()) for p in examples}
    texts = {
        "report": FORMATS["html"]([reports[PAGE]]),
        "index": FORMATS["html"](list(reports.values())),
        "compare": render("html", compare(reports[PAGE], reports[REWRITE])),
    }
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        for name, text in texts.items():
            Path(home, f"{name}.html").write_text(text, encoding="utf-8")
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, (of, window, theme, sight) in SHOTS.items():
            page = browser.new_context(viewport=window, color_scheme=theme, reduced_motion="reduce").new_page()
            page.goto(Path(home, f"{of}.html").as_uri())
            if sight != "#verdict":
                page.locator(sight).first.evaluate("e => scrollTo(0, e.getBoundingClientRect().top - 150)")
                page.locator(sight).first.click()
            page.screenshot(path=folder / name)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples")
