"""How long Chromium takes to open and scroll the report of a page of 2 MB, and how large that report is.

python tests/benchmarks/report_in_browser.py [MEGABYTES]

Two ways through a page: the wheel, 300 pixels a notch and 60 notches a second, over the first 30 screens; and the
keyboard, from end to top and by Page Down from the middle. Frames are counted from inside, one a repaint.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from claimcheck import check
from claimcheck.report import FORMATS

KINDS = {
    "calm": "We opened a second room for visitors, and the garden is in flower again. ",
    "flagged": "We opened a second room for visitors. Our cells cure lupus, and we guarantee relief. ",
}
WINDOW = {"width": 1280, "height": 900}
NOTCH, SCREENS, HERTZ = 300, 30, 60
WATCH = """() => {
  window.frames_ = []; let last = performance.now(), on = true;
  const frame = now => { frames_.push(now - last); last = now; if (on) requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  window.stop_ = () => { on = false; return frames_.slice(1); };
}"""
"""Milliseconds from one repaint to the next, until stopped."""
PAINTED = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"


def _summed(name: str, frames: list[float]) -> dict[str, float]:
    ordered = sorted(frames)
    at = {"median": 0.5, "p95": 0.95, "worst": 1.0}
    return {f"{name}_{k}_ms": round(ordered[min(int(len(ordered) * q), len(ordered) - 1)], 1) for k, q in at.items()}


def _wheel(page: Page) -> list[float]:
    page.mouse.move(500, 500)
    page.evaluate(WATCH)
    began = time.perf_counter()
    for notch in range(SCREENS * WINDOW["height"] // NOTCH):
        page.mouse.wheel(0, NOTCH)
        time.sleep(max(0.0, began + (notch + 1) / HERTZ - time.perf_counter()))
    page.wait_for_timeout(300)
    return list(page.evaluate("() => stop_()"))


def _keys(page: Page) -> list[float]:
    """How long each jump takes until it is painted."""
    times = []
    for key in ("End", "Home", "End", *["PageUp"] * 10, "Home", *["PageDown"] * 10):
        began = time.perf_counter()
        page.keyboard.press(key)
        page.evaluate(PAINTED)
        times.append((time.perf_counter() - began) * 1000)
    return times


def measure(text: str) -> dict[str, float]:
    """Sizes in bytes, times in milliseconds, of one page's report."""
    html = FORMATS["html"]([check(text, source="large.txt")])
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        file = Path(home, "large.html")
        file.write_text(html, encoding="utf-8")
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW)
        began = time.perf_counter()
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_selector("#verdict")
        page.evaluate(PAINTED)
        seen = (time.perf_counter() - began) * 1000
        page.wait_for_load_state("load")
        page.evaluate(PAINTED)
        whole = (time.perf_counter() - began) * 1000
        elements = page.evaluate("document.querySelectorAll('*').length")
        wheel, keys = _wheel(page), _keys(page)
        browser.close()
    sizes = {"page_bytes": len(text.encode()), "times_as_large": round(len(html.encode()) / len(text.encode()), 2)}
    times = {"elements": elements, "first_view_ms": round(seen), "loaded_ms": round(whole)}
    return sizes | times | _summed("wheel", wheel) | _summed("key", keys)


if __name__ == "__main__":
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    for kind, words in KINDS.items():
        paragraph = words * 6 + "\n\n"
        print(kind, json.dumps(measure(paragraph * int(megabytes * 1e6 / len(paragraph)))), flush=True)
