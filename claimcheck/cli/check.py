"""`claimcheck check`, the command that is meant when none is named: judge pages."""

from __future__ import annotations

import os
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from claimcheck.cli import COMMANDS
from claimcheck.cli import options as given
from claimcheck.cli.bar import reaches
from claimcheck.cli.choices import words
from claimcheck.cli.online import online_for
from claimcheck.cli.output import say
from claimcheck.report import FORMATS
from claimcheck.report.parts import many

if TYPE_CHECKING:
    from claimcheck.batch.task import Brief
    from claimcheck.cli.settings import Settings
    from claimcheck.ingest import Content
    from claimcheck.model import Finding, Report
    from claimcheck.policy.baseline import Baseline
    from claimcheck.policy.changed import Changes

_SHORT_HELP = """no page to check
  claimcheck page.html        check a file, a folder or a pattern
  cat page.txt | claimcheck   check what is piped in
  claimcheck --help           everything else"""


def check(
    pages: given.Pages = None,
    format: given.Format = None,
    output: given.Output = None,
    fail_on: given.FailOn = None,
    input_format: given.InputFormat = None,
    content: given.Content = "main",
    stdin_filename: given.StdinFilename = "<stdin>",
    text_field: given.TextField = None,
    id_field: given.IdField = None,
    rules: given.Rules = None,
    profile: given.Profile = None,
    select: given.Select = None,
    ignore: given.Ignore = None,
    exclude: given.Exclude = None,
    config: given.ConfigFile = None,
    baseline: given.Baseline = None,
    substantiation: given.Substantiation = None,
    diff: given.Diff = None,
    no_suppressions: given.NoSuppressions = False,
    isolated: given.Isolated = False,
    jobs: given.Jobs = None,
    no_cache: given.NoCache = False,
    allow_private: given.AllowPrivate = False,
    save: given.Save = None,
    view: given.View = "patient",
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
    statistics: given.Statistics = False,
    why_not: given.WhyNot = False,
    explain: given.Explain = False,
    show_version: given.Version = False,
) -> None:
    """Check pages. This is what is meant without a command.

    Prints the verdict on each page, and which of its sentences promise more than they can show. Only a web address
    makes it use the network: one request for the page, after the site's robots.txt was asked.
    """
    arguments = pages or ([] if sys.stdin is None or sys.stdin.isatty() or diff else ["-"])
    if not arguments and not diff:
        say(_SHORT_HELP)
        raise typer.Exit(2)

    from claimcheck.cli.brief import brief, counted_as
    from claimcheck.cli.progress import shown
    from claimcheck.cli.run import Request, begin, changed_pages
    from claimcheck.cli.settings import settle
    from claimcheck.cli.sinks import Stream, sinks

    told = {
        "select": words(select),
        "ignore": words(ignore),
        "exclude": tuple(exclude or ()),
        "rules": tuple(map(str, rules or ())),
        "fail_on": fail_on,
        "profile": profile,
        "output": tuple(output or ()),
        "format": format,
        "baseline": baseline,
        "substantiation": substantiation,
        "text_field": text_field,
        "id_field": id_field,
    }
    settings = settle(told, config, isolated)
    files = settings.files()
    changes = _changes(diff)
    if changes and not pages:
        arguments = changed_pages(changes)
    online = online_for(arguments, allow_private, save, quiet)
    options = {"view": view, "quiet": quiet, "verbose": verbose, "explain": explain, "why_not": why_not}
    known = Known(settings)

    def targets(several: bool) -> list[tuple[Path | None, str]]:
        usual = settings.config.format or _usual_format(several)
        printed = not files or (settings.config.format and settings.config.format not in dict(files).values())
        return [*files, *([(None, usual)] if printed and not statistics else [])]

    def wanted(several: bool) -> partial[Brief] | None:
        names = tuple(name for _, name in targets(several))
        if known or diff or statistics or settings.config.substantiation or not all(FORMATS[n].streams for n in names):
            return None
        return partial(brief, formats=names, options=options, bar=settings.config.fail_on)

    request = Request(
        *(input_format, stdin_filename, not no_suppressions, jobs, not no_cache, quiet, cast("Content", content)),
        online=online,
        brief=wanted,
    )
    run = begin(arguments, settings, request)
    if run.faults and not os.path.exists(arguments[0]):
        from difflib import get_close_matches

        for near in get_close_matches(arguments[0], COMMANDS, 1, 0.75):
            run.faults[0] += f"\n  Or was the command meant? claimcheck {near}"
    several = len(run.pages) > 1 or run.records
    out = sinks(targets(several), statistics, options)
    streams = [sink for sink in out if isinstance(sink, Stream)]

    counts: Counter[str] = Counter(page=0)
    faults, reached = run.faults, False
    bar = not quiet and not (sys.stdout.isatty() and any(sink.where is None for sink in streams))
    for done in shown(run.results, run.read, bar):
        if done.brief:
            counts[done.brief.kind] += 1
            reached = reached or done.brief.reached
            for sink, text in zip(streams, done.brief.texts, strict=True):
                sink.put(text)
            continue
        if done.report is None:
            faults.append(done.fault)
            continue
        report = known.take(done.report)
        counts[counted_as(report)] += 1
        for each in out:
            each.add(report)
        reached = reached or reaches(report, settings.config.fail_on, _counted(report, changes, known))
    for each in out:
        faults += each.end()

    stale = known.stale() if not diff and any(map(os.path.isdir, arguments)) else 0
    if stale and not quiet:
        say(f"{many(stale, 'stale entry')} in the baseline; take them out: claimcheck baseline prune PAGES")
    for fault in faults:
        say(fault)
    if not quiet and (len(arguments) > 1 or several):
        judged = ", ".join(many(n, noun) for noun, n in counts.items() if n) or many(0, "page")
        say(f"{judged} checked, {many(len(faults), 'fault')}")
    raise typer.Exit(2 if faults else int(reached))


class Known:
    """The findings that a baseline lets go, if there is a baseline."""

    def __init__(self, settings: Settings) -> None:
        self._entries: Baseline | None = None
        self._left: Counter[str] = Counter()
        if named := settings.config.baseline:
            from claimcheck.policy import baseline

            self._entries = baseline.read(settings.beside(named, "baseline"))
            self._left = baseline.counts(self._entries)

    def __bool__(self) -> bool:
        return self._entries is not None

    def take(self, report: Report) -> Report:
        """The report without what is known."""
        if self._entries is None:
            return report
        from claimcheck.policy.baseline import take

        return take(report, self._left)

    def stale(self) -> int:
        """How many entries no page has taken."""
        return sum(n > 0 for n in self._left.values())


def _counted(report: Report, changes: Changes | None, known: Known) -> list[Finding] | None:
    """The findings that may fail the run, None for all."""
    if changes is not None:
        return [f for f in report.findings if changes.touches(report, f)]
    return list(report.findings) if known else None


def _changes(diff: str | None) -> Changes | None:
    if diff is None:
        return None
    from claimcheck.policy.changed import parse, since

    return parse(sys.stdin.read()) if diff == "-" else since(diff)


def _usual_format(several: bool) -> str:
    """How to print where nobody says: for people at a terminal, annotations in GitHub Actions."""
    if os.environ.get("GITHUB_ACTIONS") == "true" and os.environ.get("GITHUB_WORKFLOW") and not sys.stdout.isatty():
        return "github"
    return "terminal" if sys.stdout.isatty() or not several else "concise"
