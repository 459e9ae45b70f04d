"""A run over pages: found, judged and held against the settings. What `check` and `baseline` share."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from claimcheck.cli.output import say
from claimcheck.cli.pages import judge
from claimcheck.cli.settings import Settings, check_words
from claimcheck.errors import RuleError
from claimcheck.ingest import find_pages
from claimcheck.model import Report
from claimcheck.policy.apply import apply
from claimcheck.rules.load import load_rules

if TYPE_CHECKING:
    from claimcheck.policy.changed import Changes


def examine(
    arguments: Sequence[str],
    settings: Settings,
    input_format: str | None = None,
    stdin_name: str = "<stdin>",
    suppressions: bool = True,
) -> tuple[list[Report], list[str], int]:
    """The reports on the pages that `arguments` mean, what went wrong, and how many pages were found.

    Exits with 2 where the rules are faulty, and raises UsageError where the settings name rules that do not exist.
    """
    found, errors = find_pages(arguments, settings.choice())
    faults = [str(error) for error in errors]
    try:
        ruleset = load_rules(*settings.rule_folders)
    except RuleError as error:
        say("\n".join([*faults, *error.faults]))
        raise typer.Exit(2) from None
    check_words(settings, ruleset)
    if arguments and not found and not faults:
        say("every page named is left out by the configuration's exclude, or by --exclude")
    plan = settings.plan(ruleset, suppressions)
    register = settings.register(ruleset)
    reports, more = judge(found, ruleset, settings.config.profile, input_format, stdin_name, plan)
    if register is not None:
        from claimcheck.policy import substantiation

        reports = [apply(r, plan.of(r.source)) for r in substantiation.substantiate(reports, register, date.today())]
        if any(Path(a).is_dir() for a in arguments):
            for told in substantiation.idle(register, reports):
                say(told)
    return reports, faults + more, len(found)


def changed_pages(changes: Changes) -> list[str]:
    """The pages among changed files that still exist, as seen from the working directory."""
    from claimcheck.ingest.sniff import PAGES

    paths = sorted(os.path.relpath(p) for p in changes.lines if p.lower().endswith(PAGES) and os.path.isfile(p))
    return [p for p in paths if not p.startswith("..")]
