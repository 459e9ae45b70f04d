"""How fast claimcheck is, beside whichever of its peers are installed: one command, ratios and JSON.

    python tests/benchmarks/speed.py [--only PART ...] [--runs N] [--pages N] [--large] [--output speed.json]

The parts are cold, many, growth, rules, stages and counts; together they take some minutes. `--large` adds pages of 10
and 100 MB and 10,000 rules of one's own, and takes many minutes more. Peers run over the same files, with the checks
that `peers.py` gives; one that fails is left out, and said to be.

Pages are put together, with a fixed seed, from the corpus of labelled texts beside this file: what clinics, shops,
hospitals, papers and authorities write, a claim in every third sentence or so. On "a site" sentences stand as they are,
and come again on other pages as menus and boilerplate do; "all new" gives every sentence a name and a number of its
own, so that none is met twice. Commands run in processes of their own; what is printed is the median. The counts do
not depend on the machine: how often Python calls a function for each character, and how many expressions run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from peers import commands

SEED = 20
PAGE = 10_000  # characters
CORPUS = Path(__file__).resolve().parent / "corpus"
OURS = [sys.executable, "-m", "claimcheck"]
CURVE = (10_000, 100_000, 1_000_000)


@cache
def texts() -> tuple[str, ...]:
    """The sentences and paragraphs of the corpus."""
    found: list[str] = []
    for path in sorted(CORPUS.glob("sentences*.toml")):
        found += [item["text"] for item in tomllib.loads(path.read_text(encoding="utf-8"))["item"]]
    for path in sorted((CORPUS / "pages").glob("*.txt")):
        found += path.read_text(encoding="utf-8").split("\n\n")
    return tuple(" ".join(text.split()) for text in found if not re.search(r"[<>*_`#|\\]", text))


def pages(size: int = PAGE, new: bool = False, seed: int = SEED) -> Iterator[str]:
    """Pages of about `size` characters without end, the same for the same seed; `new` makes every sentence another."""
    chance = random.Random(seed)
    while True:
        parts: list[str] = []
        left = size
        while left > 0:
            text = chance.choice(texts())
            parts.append(re.sub(r"(?=[.!?:](?: |$))", lambda m: f" {named(chance)}", text) if new else text)
            left -= len(parts[-1]) + 2
        yield "\n\n".join(parts)


def named(chance: random.Random) -> str:
    """A name and a number that nobody has said before."""
    return "".join(chance.choices("aeioulmnrst", k=7)).capitalize() + f" {chance.randrange(10**5)}"


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
    """What each peer takes over the same files, and how many times as long as ours that is."""
    for name, command in commands(home).items():
        try:
            found = timed([*command, *map(str, paths)], runs, home)
        except OSError as error:  # more files than fit a command
            print(f"  {name} was left out: {error}", file=sys.stderr)
            continue
        yield name, found | {"theirs / ours": round(found["seconds"] / ours, 2)}


def cold(home: Path, runs: int) -> dict[str, Any]:
    """Starting up: one page of 8 KB, one with nothing to find, help, a rule explained; and the peers on that page."""
    page, plain = home / "page.txt", home / "plain.txt"
    page.write_text(next(pages(8_000)), encoding="utf-8")
    plain.write_text("The bus stops here twice an hour. " * 230, encoding="utf-8")
    fresh = ["--no-cache"]
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
    found: dict[str, Any] = {}
    for kind, new in (("all new", True), ("a site", False)):
        folder = home / kind
        folder.mkdir()
        for number, text in zip(range(count), pages(new=new), strict=False):
            (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        command = [*OURS, str(folder), "--isolated", "--format", "concise"]
        for jobs in ("1", "2"):
            name = f"{count} pages, {kind}, --jobs {jobs}"
            found[name] = timed([*command, "--no-cache", "--jobs", jobs], runs, home)
    ours = found[name]["seconds"]
    timed(command, 1, home)
    found[f"{count} pages, cached"] = timed(command, runs, home)
    with (folder / "00000.txt").open("a", encoding="utf-8") as page:
        page.write(" One sentence more.")
    found[f"{count} pages, one changed"] = timed(command, 1, home)
    return found | dict(peers(sorted(folder.iterdir()), 1, home, ours))


def large(home: Path, sizes: tuple[int, ...], runs: int) -> dict[str, Any]:
    """One page of each size, with the seconds and megabytes a million characters take."""
    found = {}
    for size in sizes:
        path = home / f"{size}.txt"
        path.write_text(next(pages(size, new=True)), encoding="utf-8")
        command = [*OURS, str(path), "--isolated", "--format", "concise", "--no-cache"]
        if size <= CURVE[-1]:
            timed(command, 1, home)  # compiles what these pages need
        result = timed(command, runs, home)
        found[f"{size:,} characters"] = result | {"seconds per MB": round(result["seconds"] / (size / 1e6), 2)}
        path.unlink()
    return found


def stages() -> dict[str, float]:
    """Megabytes a second of each stage of check() in one process, once everything is loaded; best of three."""
    import claimcheck.pipeline as pipeline
    from claimcheck.rules.load import built_in

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
    sample = list(islice(pages(new=True), 50))  # few enough to be remembered
    [pipeline.check(text, format="text") for text in sample]  # compiles what they need
    rules = built_in()
    volume = sum(map(len, sample)) / 1e6
    found: dict[str, float] = {}
    for kind in ("new", "met before"):
        best: dict[str, float] = {}
        for _ in range(3):
            if kind == "new":
                rules.shared.clear()
            spent.clear()
            began = time.perf_counter()
            for text in sample:
                pipeline.check(text, format="text")
            spent["check, all stages"] = time.perf_counter() - began
            best = {n: min(s, best.get(n, s)) for n, s in spent.items()}
        found |= {f"{kind}: {n}": round(volume / s, 2) for n, s in sorted(best.items(), key=lambda i: -i[1]) if s}
    return found


def counts() -> dict[str, float]:
    """Counts of work that are the same on every machine, on pages that are all new and again when they are known."""
    from claimcheck import check
    from claimcheck.patterns.matcher import Matcher
    from claimcheck.rules.load import built_in

    rules, sample = built_in(), list(islice(pages(new=True), 20))
    [check(text, format="text") for text in sample]
    calls = ran = sentences = 0
    mark = Matcher.mark

    def counted(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    def marking(self: Matcher, *given: Any) -> Any:
        nonlocal ran, sentences
        marked, candidates = mark(self, *given)
        ran, sentences = ran + len(candidates), sentences + 1
        return marked, candidates

    volume, found = sum(map(len, sample)), {}
    Matcher.mark = marking  # type: ignore[method-assign]
    for kind in ("new", "met before"):
        if kind == "new":
            rules.shared.clear()
        calls = ran = sentences = 0
        sys.setprofile(counted)
        for text in sample:
            check(text, format="text")
        sys.setprofile(None)
        found[f"{kind}: calls a character"] = round(calls / volume, 3)
        found[f"{kind}: sentences read"] = sentences
        found[f"{kind}: expressions run a sentence"] = round(ran / max(sentences, 1), 2)
    Matcher.mark = mark  # type: ignore[method-assign]
    return found


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
        command = [*OURS, str(page), "--isolated", "--rules", str(folder), "--no-cache"]
        found[f"{size:,} rules, first run"] = timed(command, 1, home)
        found[f"{size:,} rules"] = timed(command, runs, home)
    return found


def show(title: str, table: dict[str, Any]) -> None:
    unit = "MB/s" if title.startswith("Stages") else ""
    print(f"\n{title}")
    for name, value in table.items():
        shown = value if isinstance(value, dict) else {unit: value}
        print(f"  {name:32}" + "  ".join(f"{k} {v:g}" for k, v in shown.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", nargs="+", choices=("cold", "many", "growth", "rules", "stages", "counts"), help="these parts"
    )
    parser.add_argument("--runs", type=int, default=5, help="of which the median is printed (default: %(default)s)")
    parser.add_argument("--pages", type=int, default=1_000, help="in the folder of many (default: %(default)s)")
    parser.add_argument("--large", action="store_true", help="pages of 10 and 100 MB and 10,000 rules as well")
    parser.add_argument("--output", type=Path, help="write the figures as JSON")
    given = parser.parse_args()
    runs, large_sizes, own = given.runs, (10_000_000, 100_000_000), (100, 1_000, 10_000)
    results: dict[str, Any] = {"python": sys.version, "cores": os.cpu_count(), "seed": SEED, "load": [os.getloadavg()]}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["CLAIMCHECK_CACHE"] = str(home / "cache")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each start compiles every module anew
        parts: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
            "cold": ("Cold start", lambda: cold(home, runs)),
            "many": ("Many pages of 10 KB", lambda: many(home, runs, given.pages)),
            "growth": ("Growth of one page", lambda: large(home, CURVE, runs)),
            "rules": ("Growth of the rules", lambda: rules(home, own if given.large else own[:2], runs)),
            "stages": ("Stages, in one process", stages),
            "counts": ("Counts of work", counts),
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
