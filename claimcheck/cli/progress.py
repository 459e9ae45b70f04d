"""A progress bar, for a person who waits: on a terminal, in a long run, and not among the reports."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
AFTER = 1.5  # seconds before a run counts as long
_EVERY = 0.1


def shown(items: Iterable[T], read: Mapping[str, int], wanted: bool) -> Iterator[T]:
    """The items, with a bar on standard error that follows `read` where one is wanted and somebody can see it."""
    if not wanted or not sys.stderr.isatty():
        yield from items
        return
    begun = last = time.monotonic()
    bar: Any = None
    try:
        for count, item in enumerate(items, 1):
            now = time.monotonic()
            if now - begun > AFTER and now - last > _EVERY:
                last = now
                bar = bar or _bar(read["total"])
                # a file of records counts as one page however many it holds, so they are told beside the bar
                bar.update(bar.task_ids[0], completed=read["done"], reports=count)
                bar.refresh()
            yield item
    finally:
        if bar is not None:
            with suppress(OSError):
                bar.stop()


def _bar(total: int) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    # without a thread of its own: processes may still be forked
    progress = Progress(
        TextColumn("{task.fields[reports]} judged"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} files"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
    )
    progress.add_task("", total=total, reports=0)
    progress.start()
    return progress
