"""How fast claimcheck is, beside whichever of its peers are installed: one command, ratios and JSON.

    python tests/benchmarks/speed.py [--only PART ...] [--runs N] [--pages N] [--large] [--output speed.json]

The parts are cold, many, growth, rules and stages; together they take some minutes. `--large` adds pages of 10 and
100 MB and 10,000 rules of one's own, and takes some minutes more. A peer runs with the checks it comes with, over the
same files; one that fails is left out, and said to be.

Pages are put together from the sentences that rules are proved with, with a fixed seed. About a third of a page is
what its "site" repeats on every page, as clinics' sites do; the other sentences have their names and numbers changed,
so that few of them are the same. Commands run in processes of their own; what is printed is the median.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

SEED = 20
PAGE = 10_000  # characters
REPEATED = 0.35  # of a page's sentences are those of its site
SITE = 25  # pages of one site
OURS = [sys.executable, "-m", "claimcheck"]
PEERS = {
    "proselint": ["proselint", "check"],
    "vale": ["vale", "--no-exit"],
    "write-good": ["write-good"],
    "textlint": ["textlint", "--rule", "terminology"],
    "alex": ["alex", "--quiet"],
}
"""What is run of each where it is on PATH."""
CURVE = (10_000, 100_000, 1_000_000)


@cache
def sentences() -> tuple[str, ...]:
    """Our own sentences: those that rules flag and those that they nearly flag."""
    from claimcheck.rules.load import built_in

    found = {
        e.replace("[[", "").replace("]]", "").strip()
        for rule in built_in().flags
        if rule.scope != "document"
        for e in (*rule.examples.hits, *rule.examples.misses)
    }
    return tuple(sorted(e for e in found if "\n" not in e and not re.search(r"[<>*_`#|\\]", e)))


def pages(size: int = PAGE, seed: int = SEED) -> Iterator[str]:
    """Pages of about `size` characters without end, the same for the same seed."""
    chance = random.Random(seed)
    number = 0
    while True:
        if number % SITE == 0:
            site = [changed(chance.choice(sentences()), chance) for _ in range(30)]
        number += 1
        parts: list[str] = []
        left = size
        while left > 0:
            same = chance.random() < REPEATED
            sentence = chance.choice(site) if same else changed(chance.choice(sentences()), chance)
            sentence += "" if sentence[-1] in ".!?:" else "."
            parts += (sentence, chance.choice((" ", " ", " ", "\n\n")))
            left -= len(sentence) + 1
        yield "".join(parts)


def changed(sentence: str, chance: random.Random) -> str:
    """The sentence with its numbers changed, and with a clinic and a month that make it another one."""
    sentence = re.sub(r"\d", lambda m: m[0] if m[0] == "0" else str(chance.randint(1, 9)), sentence)
    name = "".join(chance.choices("aeioulmnrst", k=7)).capitalize()
    return f"{sentence[:-1]} at {name}{sentence[-1]}" if sentence[-1] in ".!?" else f"{name}: {sentence}"


def timed(command: list[str], runs: int, home: Path, cached: bool = False) -> dict[str, float]:
    """Seconds (median), those of processors, and megabytes (peak; no less than this script has) of a command. An exit
    status of 2 or above of ours ends the measurement."""
    took, used, peak = [], [], 0
    for _ in range(runs):
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=home)
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        took.append(time.perf_counter() - began)
        used.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss)
        if command[: len(OURS)] == OURS and process.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)}: exit {process.returncode}\n{said.decode(errors='replace')}")
    middle = statistics.median
    return {"seconds": round(middle(took), 3), "CPU": round(middle(used), 3), "MB": round(peak / 1024, 1)}


def peers(paths: list[Path], runs: int, home: Path, ours: float) -> Iterator[tuple[str, dict[str, float]]]:
    """What each peer on PATH takes over the same files, and how many times as long as ours that is."""
    for name, command in PEERS.items():
        if not shutil.which(command[0]):
            continue
        try:
            found = timed([*command, *map(str, paths)], runs, home)
        except OSError as error:  # more files than fit a command
            print(f"  {name} was left out: {error}", file=sys.stderr)
            continue
        yield name, found | {"theirs / ours": round(found["seconds"] / ours, 2)}


@cache
def options() -> tuple[list[str], list[str]]:
    """What this version takes: to leave results out of the cache, and to use both cores."""
    text = subprocess.run([*OURS, "check", "--help"], capture_output=True, text=True).stdout
    return ["--no-cache"] if "--no-cache" in text else [], ["--jobs", "2"] if "--jobs" in text else []


def cold(home: Path, runs: int) -> dict[str, Any]:
    """Starting up: one page of 8 KB, one with nothing to find, help, a rule explained; and the peers on that page."""
    page, plain = home / "page.txt", home / "plain.txt"
    page.write_text(next(pages(8_000)), encoding="utf-8")
    plain.write_text("The bus stops here twice an hour. " * 230, encoding="utf-8")
    fresh, _ = options()
    timed([*OURS, str(page), "--isolated", *fresh], 1, home)  # rules are compiled once
    found = {
        "8 KB page": timed([*OURS, str(page), "--isolated", *fresh], runs, home),
        "8 KB page again": timed([*OURS, str(page), "--isolated"], runs, home),
        "8 KB page, nothing in it": timed([*OURS, str(plain), "--isolated", *fresh], runs, home),
        "--help": timed([*OURS, "--help"], runs, home),
        "explain": timed([*OURS, "explain", "unqualified-cure"], runs, home),
    }
    return found | dict(peers([page], runs, home, found["8 KB page"]["seconds"]))


def many(home: Path, runs: int, count: int) -> dict[str, Any]:
    """A folder of pages of 10 KB: first run, again from the cache, one page changed; and the peers on it."""
    folder = home / "site"
    folder.mkdir()
    for number, text in zip(range(count), pages(), strict=False):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    fresh, both = options()
    command = [*OURS, str(folder), "--isolated", "--format", "concise", *both]
    found = {f"{count} pages": timed([*command, *fresh], runs, home)}
    if fresh:
        timed(command, 1, home)
        found[f"{count} pages, cached"] = timed(command, runs, home)
        with (folder / "00000.txt").open("a", encoding="utf-8") as page:
            page.write(" One sentence more.")
        found[f"{count} pages, one changed"] = timed(command, 1, home)
    return found | dict(peers(sorted(folder.iterdir()), 1, home, found[f"{count} pages"]["seconds"]))


def large(home: Path, sizes: tuple[int, ...], runs: int) -> dict[str, Any]:
    """One page of each size, with the seconds and megabytes a million characters take."""
    found = {}
    for size in sizes:
        path = home / f"{size}.txt"
        path.write_text(next(pages(size)), encoding="utf-8")
        result = timed([*OURS, str(path), "--isolated", "--format", "concise", *options()[0]], runs, home)
        found[f"{size:,} characters"] = result | {"seconds per MB": round(result["seconds"] / (size / 1e6), 2)}
        path.unlink()
    return found


def stages() -> dict[str, float]:
    """Megabytes a second of each stage of check() in one process, once everything is loaded; best of three."""
    import claimcheck.pipeline as pipeline

    names = [n for n in vars(pipeline) if callable(getattr(pipeline, n)) and n.islower() and not n.startswith("_")]
    names = [n for n in names if n not in ("check", "check_document", "read", "replace", "dataclass", "built_in")]
    spent: dict[str, float] = {}

    def clocked(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            result = work(*args, **kwargs)
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - began
            return result

        return run

    for name in names:
        setattr(pipeline, name, clocked(name, getattr(pipeline, name)))
    texts = [text for _, text in zip(range(100), pages(seed=SEED + 1), strict=False)]
    [pipeline.check(text, format="text") for _, text in zip(range(25), pages(), strict=False)]
    best: dict[str, float] = {}
    for _ in range(3):
        spent.clear()
        began = time.perf_counter()
        for text in texts:
            pipeline.check(text, format="text")
        spent["check, all stages"] = time.perf_counter() - began
        best = {n: min(s, best.get(n, s)) for n, s in spent.items()}
    volume = sum(map(len, texts)) / 1e6
    return {n: round(volume / s, 2) for n, s in sorted(best.items(), key=lambda i: -i[1]) if s}


def rules(home: Path, sizes: tuple[int, ...], runs: int) -> dict[str, Any]:
    """Rules of one's own, in growing number: the first run compiles them, the second takes them up."""
    from claimcheck.home import rules_root

    text = (rules_root() / "flags/cure/unqualified-cure.toml").read_text(encoding="utf-8")
    page = home / "page.txt"
    page.write_text(next(pages(8_000)), encoding="utf-8")
    found = {}
    for size in sizes:
        folder = home / f"rules-{size}"
        folder.mkdir()
        for k in range(size):
            own = text.replace('id = "unqualified-cure"', f'id = "own-{k}"')
            own = re.sub(
                r"(?ms)^\[match\].*?^\[", f'[match]\nany_phrase = ["w{k} cures {{condition}}"]\n\n[', own, count=1
            )
            (folder / f"own-{k}.toml").write_text(own, encoding="utf-8")
        command = [*OURS, str(page), "--isolated", "--rules", str(folder), *options()[0]]
        found[f"{size:,} rules, first run"] = timed(command, 1, home)
        found[f"{size:,} rules"] = timed(command, runs, home)
    return found


def show(title: str, table: dict[str, Any]) -> None:
    print(f"\n{title}")
    for name, value in table.items():
        shown = value if isinstance(value, dict) else {"MB/s": value}
        print(f"  {name:32}" + "  ".join(f"{k} {v:g}" for k, v in shown.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=("cold", "many", "growth", "rules", "stages"), help="these parts")
    parser.add_argument("--runs", type=int, default=5, help="of which the median is printed (default: %(default)s)")
    parser.add_argument("--pages", type=int, default=200, help="in the folder of many (default: %(default)s)")
    parser.add_argument("--large", action="store_true", help="pages of 10 and 100 MB and 10,000 rules as well")
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    given = parser.parse_args()
    runs, large_sizes, own = given.runs, (10_000_000, 100_000_000), (100, 1_000, 10_000)
    results: dict[str, Any] = {"python": sys.version, "cores": os.cpu_count(), "seed": SEED, "load": [os.getloadavg()]}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["CLAIMCHECK_CACHE"] = str(home / "cache")
        parts: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
            "cold": ("Cold start", lambda: cold(home, runs)),
            "many": ("Many pages of 10 KB", lambda: many(home, runs, given.pages)),
            "growth": ("Growth of one page", lambda: large(home, CURVE, runs)),
            "rules": ("Growth of the rules", lambda: rules(home, own if given.large else own[:2], runs)),
            "stages": ("Stages, in one process", stages),
        }
        chosen = {name: part for name, part in parts.items() if not given.only or name in given.only}
        if given.large and "growth" in chosen:
            chosen["large"] = ("Large pages", lambda: large(home, large_sizes, 1))
        for name, (title, measure) in chosen.items():
            results[name] = measure()
            show(title, results[name])
    results["load"].append(os.getloadavg())
    if given.output:
        given.output.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
