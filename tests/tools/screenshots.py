"""The pictures of the HTML report in the README, taken of a real run in Chromium.

python tests/tools/screenshots.py      take them anew
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from claimcheck import check
from claimcheck.report import FORMATS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "examples" / "hype-clinic.html"
SHOTS = {
    "report-desktop.png": ({"width": 1280, "height": 900}, "light", "#verdict"),
    "report-findings.png": ({"width": 1280, "height": 700}, "light", "a.m"),
    "report-phone.png": ({"width": 390, "height": 844}, "dark", "#verdict"),
}
"""Each picture: the window, the theme, and what must be in sight. A finding in sight is opened."""


def take(folder: Path) -> None:
    """Write every picture into `folder`."""
    report = check(PAGE.read_bytes(), source=PAGE.relative_to(ROOT).as_posix())
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        file = Path(home, "report.html")
        file.write_text(FORMATS["html"]([report]), encoding="utf-8")
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, (window, theme, sight) in SHOTS.items():
            page = browser.new_context(viewport=window, color_scheme=theme, reduced_motion="reduce").new_page()
            page.goto(file.as_uri())
            if sight != "#verdict":
                page.locator(sight).first.evaluate("e => scrollTo(0, e.getBoundingClientRect().top - 150)")
                page.locator(sight).first.click()
            page.screenshot(path=folder / name)
        browser.close()


if __name__ == "__main__":
    take(ROOT / "examples")
