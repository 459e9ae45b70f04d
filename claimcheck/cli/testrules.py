"""`claimcheck test-rules DIR`: does every rule do what its examples say?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.errors import RuleError

if TYPE_CHECKING:
    from claimcheck.proof import Failure


def test_rules(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of rule files.")],
) -> None:
    """Run the examples of the rules in a folder. Exit status: 0 all as they say, 1 some not, 2 a bad rule file."""
    from claimcheck.cli.output import say, write
    from claimcheck.report.parts import many

    count, failures = prove_folder(folder)
    for failure in failures:
        write(f"{failure.rule}: {failure.kind}: {failure.example!r}\n  {failure.saw}\n")
    say(f"{many(count, 'rule')} tested, {many(len(failures), 'failing example')}")
    raise typer.Exit(1 if failures else 0)


def prove_folder(folder: Path) -> tuple[int, list[Failure]]:
    """How many flag rules `folder` holds, and which of their examples fail.

    Raises RuleError for faults in the files, and where there is no rule to test.
    """
    from claimcheck.home import rules_root
    from claimcheck.rules.load import load_rules

    # the built-in rules are loaded anyway; adding their folder would define each of them twice
    built_in = folder.resolve().is_relative_to(rules_root().resolve())
    rules = load_rules() if built_in else load_rules(folder)
    names = {path.stem for path in folder.rglob("*.toml")}
    wanted = frozenset(rule.id for rule in rules.flags if rule.id in names)
    if not wanted:
        raise RuleError([f"{folder}: no flag rules to test"])

    from claimcheck.proof import prove

    return len(wanted), prove(rules, wanted)
