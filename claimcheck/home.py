"""Where the rules and word lists that ship with claimcheck are."""

from __future__ import annotations

from pathlib import Path

from claimcheck.errors import RuleError


def rules_root() -> Path:
    """The folder of built-in rules: inside an installed package, else beside the package in a checkout.

    Raises RuleError if there is neither.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "rules_data", package.parent / "rules"):
        if (root / "flags").is_dir():
            return root
    raise RuleError([f"{package}: the built-in rules are missing; install claimcheck again"])
