"""Reports kept between runs, each under all that it depends on: the page, the rules, the settings, the program.

Whatever is wrong with what was kept, the page is judged anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimcheck import cache
from claimcheck.batch.task import Done, Setup, Task
from claimcheck.model import Report
from claimcheck.pack import dumps, loads

LIMIT = 256 * 2**20
"""Bytes that the reports of all runs may take; those not asked for longest go first."""
_OFTEN = LIMIT // 16  # bytes after whose writing the folder is measured again
_SHAPE = b"1"


@dataclass(frozen=True, slots=True)
class Kept:
    """A report, with the first and the last day on which it is true (suppressions run out)."""

    since: str
    until: str
    report: Report


class Keep:
    """The kept reports that fit a run. `fault` says why nothing can be written, `written` how many bytes were."""

    def __init__(self, root: Path, setup: Setup) -> None:
        self._root = root / "reports"
        self._setup = setup
        self._stamp = _stamp(setup)
        self.fault = ""
        self.written = 0

    def find(self, task: Task) -> Done | None:
        """The kept report on a page, None where there is none."""
        path = self._path(task)
        data = cache.read(path)
        if data is None:
            return None
        try:
            kept = loads(Kept, data)
            fits = kept.since <= self._setup.plan.today.isoformat() <= kept.until
        except ValueError:
            return None
        if not fits:
            return None
        with suppress(OSError):  # a folder that may only be read serves as well
            os.utime(path)
        return Done(kept.report, until=date.fromisoformat(kept.until))

    def put(self, task: Task, done: Done) -> None:
        """Keep what became of a page, if that is a report and the folder can be written."""
        if done.report is None or self.fault:
            return
        data = dumps(Kept(self._setup.plan.today.isoformat(), done.until.isoformat(), done.report))
        self.fault = cache.write(self._path(task), data)
        self.written += len(data)

    def heard(self, fault: str, written: int) -> None:
        """Take over what another process has to say of its writing."""
        self.fault = self.fault or fault
        self.written += written

    def close(self) -> None:
        """Make room, once in a while."""
        if self.written > _OFTEN or (self.written and int.from_bytes(os.urandom(1)) < 16):
            cache.trim(self._root, LIMIT)

    def _path(self, task: Task) -> Path:
        policy = self._setup.plan.of(task.name)
        told = (task.name, task.format, policy.select, policy.ignore, sorted(policy.severity.items()))
        data = task.data if isinstance(task.data, bytes) else task.data.encode("utf-8", "surrogatepass")
        key = hashlib.blake2b(self._stamp + repr(told).encode("utf-8", "surrogatepass") + b"\0" + data, digest_size=20)
        name = key.hexdigest()
        return self._root / name[:2] / name[2:]


def _stamp(setup: Setup) -> bytes:
    """A digest of the program, the rules and the settings. Raises OSError where a rule file cannot be read."""
    from importlib.metadata import version

    from claimcheck import __version__
    from claimcheck.home import rules_root

    plan, root = setup.plan, rules_root()
    package = Path(__file__).resolve().parents[1]
    programs = (__version__, sys.version, version("publicsuffixlist"))
    settings = (
        setup.profile,
        setup.content,
        setup.skip,
        plan.policy,
        plan.per_file,
        plan.comments,
        plan.allow_critical,
    )
    told = programs + settings
    digest = hashlib.blake2b(_SHAPE + repr(told).encode("utf-8", "surrogatepass"), digest_size=20)
    # a checkout changes without a new version
    code = () if root.is_relative_to(package) else ((package, "*.py"),)
    for folder, pattern in (*code, (root, "*.toml"), *((f, "*.toml") for f in setup.folders)):
        if not folder.is_dir():
            raise NotADirectoryError(folder)
        digest.update(b"\0\0folder\0")
        for name, data in _files(folder, pattern):
            digest.update(f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.digest()


def _files(folder: Path, pattern: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob(pattern)):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
