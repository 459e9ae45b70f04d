"""How long Chromium takes to open and scroll the report of a page of 2 MB, and how large that report is.

python tests/benchmarks/report_in_browser.py [MEGABYTES]
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from claimcheck import check
from claimcheck.report import FORMATS

KINDS = {
    "calm": "We opened a second room for visitors, and the garden is in flower again. ",
    "flagged": "We opened a second room for visitors. Our cells cure lupus, and we guarantee relief. ",
}
SCROLL = """() => new Promise(done => {
  const times = [], end = document.documentElement.scrollHeight - innerHeight;
  let last = performance.now(), step = 0;
  document.documentElement.style.scrollBehavior = "auto";
  const frame = now => {
    times.push(now - last); last = now;
    if (++step > 240) { times.shift(); times.sort((a, b) => a - b);
      done({median: times[120], p95: times[228], worst: times[times.length - 1]}); return; }
    scrollTo(0, end * step / 240);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""
"""From top to end in 240 frames; milliseconds between frames."""


def measure(text: str) -> dict[str, float]:
    """Sizes in bytes, times in milliseconds, of one page's report."""
    html = FORMATS["html"]([check(text, source="large.txt")])
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        file = Path(home, "large.html")
        file.write_text(html, encoding="utf-8")
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        began = time.perf_counter()
        page.goto(file.as_uri(), wait_until="load")
        page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
        opened = (time.perf_counter() - began) * 1000
        frames = page.evaluate(SCROLL)
        browser.close()
    sizes = {"page_bytes": len(text.encode()), "times_as_large": round(len(html.encode()) / len(text.encode()), 2)}
    return sizes | {"first_frames_ms": round(opened)} | {f"frame_{k}_ms": round(v, 1) for k, v in frames.items()}


if __name__ == "__main__":
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    for kind, words in KINDS.items():
        paragraph = words * 6 + "\n\n"
        print(kind, json.dumps(measure(paragraph * int(megabytes * 1e6 / len(paragraph)))))
