"""Reports kept between runs, or what was printed of them, each under all that it depends on: the page, the rules, the
settings, the program.

Whatever is wrong with what was kept, the page is judged anew.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from claimcheck import cache
from claimcheck.batch.task import Brief, Done, Setup, Task
from claimcheck.model import Report
from claimcheck.pack import dumps, loads
from claimcheck.sources import digest

LIMIT = 256 * 2**20
"""Bytes that the reports of all runs may take; those not asked for longest go first."""
_OFTEN = LIMIT // 16  # bytes after whose writing the folder is measured again
_SHAPE = b"1"


class Kept(Struct, frozen=True):
    """A report, with the first and the last day on which it is true (suppressions run out)."""

    since: str
    until: str
    report: Report


class KeptBrief(Struct, frozen=True):
    """What a run has wanted of a report, with the same days: so a run that only prints takes up no report."""

    since: str
    until: str
    brief: Brief


_Entry = TypeVar("_Entry", Kept, KeptBrief)


class Keep:
    """The kept reports that fit a run. `fault` says why nothing can be written, `written` how many bytes were."""

    def __init__(self, root: Path, setup: Setup) -> None:
        self._root = root / "reports"
        self._setup = setup
        self._stamp = _stamp(setup)
        self.fault = ""
        self.written = 0

    def find(self, task: Task) -> Done | None:
        """The kept report on a page, or what the run wants of it; None where there is none."""
        brief, path = self._setup.brief, self._path(task)
        if brief is None:
            return self._report(path)
        short = self._read(KeptBrief, self._path_of_brief(path))
        if short:
            return Done(None, until=date.fromisoformat(short.until), brief=short.brief)
        if (whole := self._report(path)) is None:
            return None
        done = whole.shortened(brief)
        self._put(path, done)
        return done

    def put(self, task: Task, done: Done) -> None:
        """Keep what the run wants of a page, if it was judged and the folder can be written."""
        self._put(self._path(task), done)

    def _put(self, path: Path, done: Done) -> None:
        since, until = self._setup.plan.today.isoformat(), done.until.isoformat()
        if done.brief:
            self._write(self._path_of_brief(path), KeptBrief(since, until, done.brief))
        elif done.report:
            self._write(path, Kept(since, until, done.report))

    def _report(self, path: Path) -> Done | None:
        kept = self._read(Kept, path)
        return Done(kept.report, until=date.fromisoformat(kept.until)) if kept else None

    def _read(self, shape: type[_Entry], path: Path) -> _Entry | None:
        data = cache.read(path)
        if data is None:
            return None
        try:
            kept = loads(shape, data)
            fits = kept.since <= self._setup.plan.today.isoformat() <= kept.until
        except ValueError:
            return None
        if not fits:
            return None
        with suppress(OSError):  # a folder that may only be read serves as well
            os.utime(path)
        return kept

    def _write(self, path: Path, kept: Kept | KeptBrief) -> None:
        if self.fault:
            return
        data = dumps(kept)
        self.fault = cache.write(path, data)
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
        told = (
            task.name,
            task.format,
            task.section,
            task.notices,
            policy.select,
            policy.ignore,
            sorted(policy.severity.items()),
        )
        data = task.data if isinstance(task.data, bytes) else task.data.encode("utf-8", "surrogatepass")
        key = self._stamp + repr(told).encode("utf-8", "surrogatepass") + b"\0"
        name = cache.blake2b(key + data, digest_size=20).hexdigest()
        return self._root / name[:2] / name[2:]

    def _path_of_brief(self, path: Path) -> Path:
        asked = self._setup.brief and repr(self._setup.brief.keywords)
        return path.with_name(cache.blake2b(f"{path.name} {asked}".encode(), digest_size=19).hexdigest())


def _stamp(setup: Setup) -> bytes:
    """A digest of the program, the rules and the settings. Raises OSError where a rule file cannot be read."""
    from claimcheck import __version__
    from claimcheck.home import rules_root

    plan, root = setup.plan, rules_root()
    package = Path(__file__).resolve().parents[1]
    settings = (
        setup.profile,
        setup.content,
        setup.skip,
        plan.policy,
        plan.per_file,
        plan.comments,
        plan.allow_critical,
    )
    told = (__version__, sys.version, settings)
    # a checkout changes without a new version
    code = [] if root.is_relative_to(package) else [(package, ".py")]
    suffixes = find_spec("publicsuffixlist")
    lists = [(Path(place), ".dat") for place in (suffixes and suffixes.submodule_search_locations) or ()]
    found = digest(*code, *lists, (root, ".toml"), *((folder, ".toml") for folder in setup.folders))
    return cache.blake2b(_SHAPE + repr(told).encode("utf-8", "surrogatepass") + found, digest_size=20).digest()
