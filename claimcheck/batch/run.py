"""Pages to reports, in the order given: kept ones as they are, the others judged here or by several processes.

No more pages are held than are being judged. A process that dies costs one page, which is told; Ctrl-C ends them all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from claimcheck.batch.keep import Keep
from claimcheck.batch.task import Done, Setup, Task
from claimcheck.batch.workers import Batch, Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

_PARCEL = 100  # tasks that are sent at once,
_PARCEL_BYTES = 50_000  # unless they are larger than that; judging takes some milliseconds a kilobyte
_AHEAD_BYTES = 64 * 2**20  # of pages read and not yet judged

Item = Task | Done


class _Parcel(Struct):
    """Some pages in a row. `done` has a hole for each that is still to be judged."""

    done: list[Done | None] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    future: Future[Batch] | None = None
    size: int = 0


def judge_all(
    items: Iterable[Item],
    setup: Setup,
    jobs: int = 1,
    keep: Keep | None = None,
    ready: Callable[[], None] | None = None,
) -> Iterator[Done]:
    """What becomes of each item, in order; what is Done already is passed on.

    `jobs` processes are used at most, and none beside this one where there is little to judge. `ready` is called
    once before the first page is judged here or elsewhere; what it raises ends the run.
    """
    waiting: deque[_Parcel] = deque()
    workers = Workers(setup, jobs, keep, ready)
    try:
        for parcel in _parcels(items, keep):
            waiting.append(parcel)
            if jobs > 1 and parcel.tasks:
                _send(waiting, workers)
            while _full(waiting, jobs):
                yield from _open(waiting.popleft(), workers)
        while waiting:
            yield from _open(waiting.popleft(), workers)
        workers.close()
    finally:
        workers.kill()
        if keep:
            keep.close()


def _full(waiting: Sequence[_Parcel], jobs: int) -> bool:
    if not waiting:
        return False
    first = waiting[0]
    if not first.tasks or (first.future and first.future.done()):
        return True  # nothing to wait for
    return jobs == 1 or len(waiting) > 4 * jobs or sum(p.size for p in waiting) > _AHEAD_BYTES


def _send(waiting: Iterable[_Parcel], workers: Workers) -> None:
    """Send what is to be judged to the workers, once there is work for more than one of them."""
    unsent = [p for p in waiting if p.tasks and p.future is None]
    if workers.running or len(unsent) > 1:
        for parcel in unsent:
            parcel.future = workers.submit(parcel.tasks)


def _open(parcel: _Parcel, workers: Workers) -> Iterator[Done]:
    """The results of a parcel, waited for or made here."""
    tasks, future = parcel.tasks, parcel.future
    judged = workers.results(tasks, future) if future else workers.here(tasks)
    for done in parcel.done:
        yield next(judged) if done is None else done


def _parcels(items: Iterable[Item], keep: Keep | None) -> Iterator[_Parcel]:
    parcel = _Parcel()
    for item in items:
        kept = keep.find(item) if keep and isinstance(item, Task) and item.record is None else None
        if isinstance(item, Task) and kept is None:
            parcel.tasks.append(item)
            parcel.done.append(None)
        else:
            parcel.done.append(item if isinstance(item, Done) else kept)
        parcel.size += len(item.data) if isinstance(item, Task) else 0
        if len(parcel.done) >= _PARCEL or parcel.size >= _PARCEL_BYTES:
            yield parcel
            parcel = _Parcel()
    if parcel.done:
        yield parcel
