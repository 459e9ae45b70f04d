"""The processes that judge pages beside this one."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from claimcheck import programs
from claimcheck.batch.garbage import Garbage
from claimcheck.batch.keep import Keep
from claimcheck.batch.task import Done, Setup, Task, judge

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Batch = tuple[list[Done], str, int]
"""What a process gives back: results, what went wrong with keeping them, and the bytes it kept."""

_here: tuple[Setup, Keep | None] | None = None  # of this process: what a fork inherits, or what `_begin` was given
_garbage = Garbage()  # of this process as well
_times = 0  # that programs might have been kept


class Workers:
    """Processes that are started when first needed, each with the rules ready."""

    def __init__(
        self, setup: Setup, jobs: int, keep: Keep | None = None, ready: Callable[[], None] | None = None
    ) -> None:
        self._setup = setup
        self._jobs = jobs
        self._keep = keep
        self._ready = ready
        self._pool: ProcessPoolExecutor | None = None

    @property
    def running(self) -> bool:
        """Whether there are processes to send work to."""
        return self._pool is not None

    def here(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Judge some pages in this process, one when asked for it. Raises RuleError, and what `ready` raises."""
        self._prepare()
        for task in tasks:
            done = _judge_and_keep(task, self._setup, self._keep)
            _garbage.after(len(task.data))
            _keep_programs()  # before the page is handed over: who asks for one page does not come back
            yield done

    def _prepare(self) -> None:
        if self._ready:
            self._ready()
            self._ready = None
        _ = self._setup.rules  # before any process is forked
        _garbage.begin()

    def submit(self, tasks: list[Task]) -> Future[Batch]:
        """Have some pages judged elsewhere. Raises what `here` raises."""
        from concurrent.futures.process import BrokenProcessPool  # here and below: a run over one page needs none

        if self._pool is None:
            self._prepare()
            self._pool = self._start(self._jobs)
        try:
            return self._pool.submit(_judge_all, tasks)
        except BrokenProcessPool:
            self.kill()
            return self.submit(tasks)

    def results(self, tasks: Sequence[Task], future: Future[Batch]) -> Iterator[Done]:
        """What was submitted, once it is judged. Where a process died over it, each page is judged again on its own,
        and the one that kills its process again is the one that is told."""
        from concurrent.futures.process import BrokenProcessPool

        _garbage.after(sum(len(task.data) for task in tasks))
        try:
            yield from self._taken(future)
        except BrokenProcessPool:
            self.kill()
            for task in tasks:
                with self._start(1) as alone:
                    try:
                        yield from self._taken(alone.submit(_judge_all, [task]))
                    except BrokenProcessPool:
                        yield Done(
                            None, f"{task.where}: the process that judged it was killed, perhaps for want of memory"
                        )

    def _taken(self, future: Future[Batch]) -> list[Done]:
        results, fault, written = future.result()
        if self._keep:
            self._keep.heard(fault, written)
        return results

    def close(self) -> None:
        """Let the processes end, all work being done."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def kill(self) -> None:
        """End the processes at once, whatever they are doing."""
        if self._pool is not None:
            import multiprocessing

            for process in multiprocessing.active_children():
                process.terminate()
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
        _garbage.end()
        programs.keep()

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        global _here
        _here = (self._setup, self._keep)
        # a fork has the rules at once; elsewhere, and where threads make a fork unsafe, each process loads them
        fork = sys.platform == "linux" and threading.active_count() == 1
        return ProcessPoolExecutor(
            jobs,
            multiprocessing.get_context("fork" if fork else "spawn"),
            initializer=_begin,
            initargs=() if fork else (replace(self._setup), self._keep),  # a copy has no rules to send along
        )


def _begin(setup: Setup | None = None, keep: Keep | None = None) -> None:
    global _here
    if setup:
        _here = (setup, keep)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to hear
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End with the parent, however that ends: a killed one leaves nobody behind that waits for work."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _judge_all(tasks: list[Task]) -> Batch:
    assert _here is not None
    setup, keep = _here
    before = keep.written if keep else 0
    _garbage.begin()
    results = []
    for task in tasks:
        results.append(_judge_and_keep(task, setup, keep))
        _garbage.after(len(task.data))
    _keep_programs()
    return (results, keep.fault, keep.written - before) if keep else (results, "", 0)


def _keep_programs() -> None:
    """Keep what was compiled, at first each time and then ever less often: keeping writes all there is."""
    global _times
    _times += 1
    if _times.bit_count() == 1:
        programs.keep()


def _judge_and_keep(task: Task, setup: Setup, keep: Keep | None) -> Done:
    done = judge(task, setup).shortened(setup.brief)
    if keep and task.record is None:
        keep.put(task, done)
    return done
