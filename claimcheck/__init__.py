"""claimcheck: the linter for health claims.

    from claimcheck import check
    report = check(open("page.txt").read())
    report.verdict.label, report.verdict.score

The names are imported when first used, so that `import claimcheck` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.model import Report
    from claimcheck.pipeline import check, read
    from claimcheck.rules.load import load_rules

__all__ = ["Report", "check", "load_rules", "read"]
__version__ = "0.1.0"

_HOMES = {"check": "pipeline", "read": "pipeline", "load_rules": "rules.load", "Report": "model"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"claimcheck.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'claimcheck' has no attribute {name!r}")
