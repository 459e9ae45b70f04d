"""What can go wrong in a run that is not the page's fault, said so that a person can act on it."""

from __future__ import annotations

from collections.abc import Iterable


class ClaimcheckError(Exception):
    """A failure of the run itself (exit status 2). `str()` is the text a user reads: where, what, what next."""


class ReadError(ClaimcheckError):
    """An input that cannot be read as a page: missing, unreadable, binary, of an unknown format."""

    def __init__(self, name: str, problem: str, advice: str = "") -> None:
        self.name, self.problem, self.advice = name, problem, advice
        super().__init__(f"{name}: {problem}" + (f"\n  {advice}" if advice else ""))


class RuleError(ClaimcheckError):
    """Every fault found in a set of rule files, each a `path:line: what` with a suggestion where there is one."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class UsageError(ClaimcheckError):
    """A request that names something claimcheck does not know (a rule, a format, a severity)."""


def mishap(error: Exception) -> str:
    """What to say of a fault of our own: what happened and where, without the whole traceback."""
    import traceback
    from pathlib import PurePath

    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({PurePath(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    said = f"{type(error).__name__}: {error}"[:300]
    return f"internal error: {said}{where}\n  This is a fault of claimcheck, not of the page. Please report it."
