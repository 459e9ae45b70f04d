"""A run over pages: found, judged and held against the settings. What `check` and `baseline` share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct, field
from msgspec.structs import replace

from claimcheck.cli.online import Online, read_url
from claimcheck.cli.output import say
from claimcheck.cli.settings import Settings, check_words
from claimcheck.errors import ReadError, RuleError

if TYPE_CHECKING:
    from functools import partial

    from claimcheck.batch.keep import Keep
    from claimcheck.batch.run import Item
    from claimcheck.batch.task import Brief, Done, Setup, Task
    from claimcheck.ingest import Content
    from claimcheck.model import Report
    from claimcheck.policy.changed import Changes

STDIN = "-"
MOST_FAULTS = 50
"""Faulty records of one file that are told one by one."""


class Request(Struct, frozen=True):
    """What the command line asks of a run, besides the settings."""

    input_format: str | None = None
    stdin_name: str = "<stdin>"
    comments: bool = True
    jobs: int | None = None
    """Processes to judge with; None: as many as there are processors."""
    cache: bool = True
    quiet: bool = False
    content: Content = "main"
    whole: bool = False
    """Whether a page is judged as one, however long it is."""
    online: Online = field(default_factory=Online)
    brief: Callable[[bool], partial[Brief] | None] = lambda several: None
    """What is wanted of each report instead of it, by whether there are several; see `batch.task.Setup`."""


class Run(Struct):
    """A run that has begun: the pages found, what is wrong with the arguments, and the results to come, in order."""

    pages: list[str]
    faults: list[str]
    results: Iterator[Done]
    records: bool = False
    """Whether some of the pages are files of records, of which each gives many results."""
    read: dict[str, int] = field(default_factory=dict)
    """How far the run is, for a progress bar: "done" of "total"."""


def begin(arguments: list[str], settings: Settings, request: Request) -> Run:
    """Find the pages that `arguments` mean and begin to judge them.

    The results raise RuleError where the rules are faulty, UsageError where the settings name rules that do not exist.
    """
    from claimcheck.batch.run import judge_all
    from claimcheck.batch.task import Setup
    from claimcheck.ingest import find_pages, is_url
    from claimcheck.records import holds_records

    found, errors = find_pages(arguments, settings.choice())
    written = {os.path.realpath(path) for path in settings.outputs()}
    found = [p for p in found if p in arguments or os.path.realpath(p) not in written]
    faults = [str(error) for error in errors]
    if arguments and not found and not faults:
        say("every page named is left out by the configuration's exclude, or by --exclude")
    names = [request.stdin_name if page == STDIN else page for page in found if not is_url(page)]
    records = any(map(holds_records, names))
    plan, brief = settings.plan(request.comments), request.brief(records or len(found) > 1)
    setup = Setup(settings.rule_folders, settings.config.profile, plan, request.content, settings.skip(), brief)
    run = Run(found, faults, iter(()), records, {"done": 0, "total": len(found)})
    keep = _keep(setup) if request.cache else None

    def ready() -> None:
        try:
            check_words(settings, setup.rules)
        except RuleError as error:
            raise RuleError([*faults, *error.faults]) from None

    run.results = judge_all(
        _items(found, settings, request, run.read), setup, request.jobs or processors(), keep, ready
    )
    if keep and not request.quiet:
        run.results = _watched(run.results, keep)
    if settings.config.substantiation:
        run.results = _substantiated(run.results, settings, setup)
    return run


def _substantiated(results: Iterator[Done], settings: Settings, setup: Setup) -> Iterator[Done]:
    """The results with what is registered for their claims. One is held back: the last report tells of entries that
    no page needed."""
    from claimcheck.policy.apply import apply
    from claimcheck.policy.substantiation import Held, read

    path = settings.beside(settings.config.substantiation, "substantiation")
    held = Held(read(path, {r.id: r.family for r in setup.rules.flags}), setup.plan.today)

    def ruled(done: Done, report: Report) -> Done:
        return replace(done, report=apply(report, setup.plan.of(report.source)))

    last: Done | None = None
    for done in results:
        if done.report is None:
            yield done
            continue
        if last is not None and last.report is not None:
            yield ruled(last, last.report)
        last = replace(done, report=held.take(done.report))
    if last is not None and last.report is not None:
        yield ruled(last, held.close(last.report))
    for told in held.idle():
        say(told)


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _keep(setup: Setup) -> Keep | None:
    from claimcheck import cache
    from claimcheck.batch.keep import Keep

    root = cache.folder()
    try:
        return Keep(root, setup) if root else None
    except OSError:
        return None  # a rule file that cannot be read: loading the rules will say so


def _watched(results: Iterator[Done], keep: Keep) -> Iterator[Done]:
    yield from results
    if keep.fault:
        advice = "CLAIMCHECK_CACHE names another folder; with --no-cache no report is kept."
        say(f"reports are not kept for the next run: {keep.fault}\n  {advice}")


def _items(pages: list[str], settings: Settings, request: Request, read: dict[str, int]) -> Iterator[Item]:
    from claimcheck.batch.task import Done, Task
    from claimcheck.ingest import LONGEST, is_url, read_bytes
    from claimcheck.records import holds_records

    whole = request.whole or bool(settings.config.substantiation)  # whose entries are for pages
    for page in pages:
        name = request.stdin_name if page == STDIN else page
        try:
            if is_url(page):
                got, told = read_url(page, request.online)
                yield Task(name, got, request.input_format or told)
            elif holds_records(name):
                yield from _records(page, name, settings, request)
            else:
                data = _standard_input(name).read() if page == STDIN else read_bytes(page)
                if len(data) > LONGEST and not whole and (cut := _sections(name, data, request)):
                    del data  # or it is held as long as there are sections
                    yield from cut
                else:
                    yield Task(name, data, request.input_format)
        except ReadError as error:
            yield Done(None, str(error))
        except OSError as error:
            yield Done(None, f"{name}: cannot be read: {error.strerror}")
        read["done"] += 1


def _sections(name: str, data: bytes, request: Request) -> Iterator[Task] | None:
    """The sections of a page that is too long to be judged as one; None where it is not cut."""
    from claimcheck.batch.task import Task
    from claimcheck.ingest.sections import parts

    cut = parts(data, name, request.input_format)
    return (
        None
        if cut is None
        else (Task(name, part.text, "text", section=part.section, notices=part.notices) for part in cut)
    )


def _records(page: str, name: str, settings: Settings, request: Request) -> Iterator[Item]:
    from claimcheck.batch.task import Done, Task
    from claimcheck.records.rows import Fields, read_rows

    fields = Fields(settings.config.text_field, settings.config.id_field)
    faults = 0
    with _standard_input(name) if page == STDIN else open(page, "rb") as file:
        for row in read_rows(file, name, fields):
            if isinstance(row, ReadError):
                faults += 1
                if faults <= MOST_FAULTS:
                    yield Done(None, str(row))
            else:
                yield Task(name, row.text, request.input_format, row.record)
    if faults > MOST_FAULTS:
        yield Done(None, f"{name}: {faults - MOST_FAULTS} more records cannot be read")


def _standard_input(name: str) -> BinaryIO:
    if sys.stdin is None:
        raise ReadError(name, "standard input is closed", "Name a file, or pipe a page in.")
    return sys.stdin.buffer


def changed_pages(changes: Changes) -> list[str]:
    """The pages among changed files that still exist, as seen from the working directory."""
    from claimcheck.ingest.sniff import PAGES

    paths = sorted(os.path.relpath(p) for p in changes.lines if p.lower().endswith(PAGES) and os.path.isfile(p))
    return [p for p in paths if not p.startswith("..")]
