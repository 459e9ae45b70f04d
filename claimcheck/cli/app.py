"""The commands put together. A run sets up the one that is asked for, which imports what it needs when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from claimcheck.cli.options import version

_EXAMPLES = """\b
Examples:
  claimcheck page.html                     judge a page
  cat page.txt | claimcheck                judge what is piped in
  claimcheck site/ --fail-on overstated    fail a build on the verdict
  claimcheck page.md --explain --why-not   the arithmetic, and what was let go
  claimcheck *.html --output report.json   write a file that programs read
  claimcheck explain unqualified-cure      what a rule means, and who says so
  claimcheck https://clinic.example/       fetch one page and judge it

Exit status: 0 nothing is at or above --fail-on; 1 something is; 2 the run itself failed, at least in part.

The network is used for web addresses only, by check and snapshot: no other command and no file asks for anything.

A page that is named like a command is written ./rules, or stands after --.
"""

_USES: dict[str, tuple[str, ...]] = {
    "check": (
        "check page.html                       judge a page",
        "check site/ --fail-on overstated      fail a build on the verdict",
        "check site/ --diff main               let only changed lines fail",
        "check site/ --output all.sarif       write a file to upload",
        "check posts.csv --text-field body     a report a record",
    ),
    "baseline": (
        "baseline write site/     let off what is there today",
        "baseline prune site/     take out what has been mended",
    ),
    "compare": (
        "compare old.html new.html      what a rewrite did",
        "compare copies/                the last two of dated copies",
    ),
    "completion": ("completion bash          print the script to evaluate",),
    "config": ("config                   what holds here, and which line says so",),
    "evidence": ("evidence page.html      what a page rests on, claim by claim",),
    "explain": ("explain unqualified-cure",),
    "init": ("init                     write claimcheck.toml", "init pre-commit          and what the hook needs"),
    "rules": ("rules --format json", "rules --rules my-rules"),
    "schema": ("schema config > claimcheck.schema.json",),
    "new-rule": ("new-rule says-magic --phrase 'magic (drip~|infusion~)'",),
    "test-rules": ("test-rules my-rules",),
    "snapshot": ("snapshot https://clinic.example/knees copies/  keep a copy",),
}
"""Examples of each command's use."""


def app(only: str = "") -> typer.Typer:
    """The program with all its commands, or with one. Each is a function in a module, both by its name."""
    made = typer.Typer(
        name="claimcheck",
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        subcommand_metavar="PAGE... | COMMAND [ARGS]...",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback(epilog=_EXAMPLES)(_claimcheck)
    for name in [only] if only else _USES:
        command = getattr(import_module(f"claimcheck.cli.{name.replace('-', '')}"), name.replace("-", "_"))
        shown = "".join(f"  claimcheck {line}\n" for line in _USES[name])
        made.command(name, epilog=f"\b\nExamples:\n{shown}")(command)
    return made


def _claimcheck(
    show_version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """The linter for health claims: says which sentences of a page promise more than they can show, weighs the
    evidence the page cites, and prints a verdict that a patient can read and a build can fail on.

    Without a command, claimcheck checks the pages named; see `claimcheck check --help` for its options.
    """
