"""How long a run over many pages takes: new, from what is kept, and with one page changed.

    python tests/benchmarks/many_files.py [FILES] [KILOBYTES]

Writes pages made of the examples' sentences to a folder of its own, each different from every other, and prints
seconds passed, and in brackets seconds of processor time, for two processes and for one.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("hype-clinic.html", "careful-clinic.html", "supplement.html")


def make(folder: Path, files: int, size: int) -> None:
    """Write `files` HTML pages of about `size` bytes."""
    paragraphs = []
    for name in SOURCES:
        text = (ROOT / "examples" / name).read_text(encoding="utf-8")
        paragraphs += [line.strip() for line in text.splitlines() if line.strip().startswith(("<p", "<li", "<h"))]
    chance = random.Random(1)
    for number in range(files):
        page = f"<html><body><h1>Page {number}</h1>\n"
        while len(page) < size:
            page += chance.choice(paragraphs) + f"\n<p>Room {chance.randrange(10**6)} is on the first floor.</p>\n"
        (folder / f"{number:05}.html").write_text(page + "</body></html>\n", encoding="utf-8")


def run(folder: Path, kept: Path, *options: str) -> str:
    """Seconds that a run takes, and those of processors."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CLAIMCHECK_CACHE": str(kept)}
    command = [sys.executable, "-m", "claimcheck", ".", "--format", "concise", "--fail-on", "never", "-q", *options]
    begun, worked = time.perf_counter(), os.times()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    took, now = time.perf_counter() - begun, os.times()
    spent = now.children_user + now.children_system - worked.children_user - worked.children_system
    return f"{took:.2f} s ({spent:.2f})"


def main() -> None:
    files, size = [*map(int, sys.argv[1:3]), *(1000, 10)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "pages")
        folder.mkdir()
        make(folder, files, size * 1000)
        for jobs in ("2", "1"):
            kept = Path(home, f"kept-{jobs}")
            times = [run(folder, kept, "--jobs", jobs) for _ in range(2)]
            (folder / "00000.html").write_text(f"<p>Changed for {jobs}. Our drips cure lupus.</p>", encoding="utf-8")
            times.append(run(folder, kept, "--jobs", jobs))
            kilobytes = sum(p.stat().st_size for p in kept.rglob("*") if p.is_file()) // 1000
            print(f"--jobs {jobs}: first {times[0]}, again {times[1]}, one changed {times[2]}; kept {kilobytes:,} kB",
                  flush=True)  # fmt: skip
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
