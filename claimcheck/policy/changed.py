"""Which lines a change touches: a unified diff, from a file, a pipe or git, to line numbers by file."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping

from msgspec import Struct

from claimcheck.errors import UsageError
from claimcheck.model import Finding, Report
from claimcheck.programs import expression

_FILE = expression(r"\+\+\+ (?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<plain>[^\t\r\n]*))")
_HUNK = expression(r"@@ -\d+(?:,(?P<old>\d+))? \+(?P<at>\d+)(?:,(?P<count>\d+))? @@")


class Changes(Struct, frozen=True):
    """The lines added or changed, by the real path of the file."""

    lines: Mapping[str, frozenset[int]]

    def touches(self, report: Report, finding: Finding) -> bool:
        """Whether a finding stands on a changed line; one about the whole page, whether the page changed at all."""
        changed = self.lines.get(os.path.realpath(report.source), frozenset())
        if finding.start == finding.end:
            return bool(changed)
        last = finding.region.end_line if finding.region else finding.line
        if report.record:
            last = report.record.end_line
        return any(line in changed for line in range(finding.line, last + 1))


def parse(diff: str, root: str = ".") -> Changes:
    """The changes of a unified diff whose names count from the folder `root`; a leading `b/` is git's."""
    lines: dict[str, set[int]] = {}
    current: set[int] | None = None
    at = left_old = left_new = 0
    for line in diff.split("\n"):
        if left_old > 0 or left_new > 0:  # inside a hunk, whatever the line looks like
            if line.startswith("+"):
                if current is not None:
                    current.add(at)
                at, left_new = at + 1, left_new - 1
            elif line.startswith("-"):
                left_old -= 1
            elif not line.startswith("\\"):
                at, left_old, left_new = at + 1, left_old - 1, left_new - 1
        elif m := _FILE.match(line):
            name = _unquoted(m["quoted"]) if m["quoted"] is not None else m["plain"]
            current = None
            if name != "/dev/null":
                path = os.path.realpath(os.path.join(root, name.removeprefix("b/")))
                current = lines.setdefault(path, set())
        elif m := _HUNK.match(line):
            at = int(m["at"])
            left_old = int(m["old"]) if m["old"] is not None else 1
            left_new = int(m["count"]) if m["count"] is not None else 1
    return Changes({path: frozenset(found) for path, found in lines.items()})


def since(reference: str) -> Changes:
    """What has changed in the working tree since a commit, branch or tag, files that git does not know included.

    Raises UsageError where git is missing or does not know the reference.
    """
    root = _git("rev-parse", "--show-toplevel").strip()
    if reference.startswith("-"):
        raise UsageError(f"--diff {reference}: is no commit, branch or tag")
    base = _git(
        "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}", what=reference
    ).strip()
    diff = _git("diff", "--unified=0", "--no-color", "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/", base, "--")
    lines = dict(parse(diff, root).lines)
    for name in _git("-C", root, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if name:
            lines[os.path.realpath(os.path.join(root, name))] = _all_lines(os.path.join(root, name))
    return Changes(lines)


def _all_lines(path: str) -> frozenset[int]:
    try:
        with open(path, "rb") as file:
            return frozenset(range(1, file.read().count(b"\n") + 2))
    except OSError:
        return frozenset()


def _git(*arguments: str, what: str = "") -> str:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise UsageError(
            f"--diff needs git: {error.strerror}\n  Or pipe a diff in: git diff | claimcheck --diff -"
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[0] if said else f"there is no commit, branch or tag called {what!r}"
        raise UsageError(f"--diff: {reason}")
    return done.stdout.decode("utf-8", "surrogateescape")


def _unquoted(name: str) -> str:
    """A file name as git quotes it: C escapes of bytes."""
    plain = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8) & 255]), name.encode("utf-8", "surrogateescape"))
    for code, char in ((rb"\"", b'"'), (rb"\t", b"\t"), (rb"\n", b"\n"), (rb"\\", b"\\")):
        plain = plain.replace(code, char)
    return plain.decode("utf-8", "surrogateescape")
