"""The commands put together. Commands import what they need when they run, so that help is quick."""

from __future__ import annotations

from typing import Annotated

import typer

from claimcheck.cli.baseline import baseline
from claimcheck.cli.check import check
from claimcheck.cli.config import config
from claimcheck.cli.evidence import evidence
from claimcheck.cli.explain import explain
from claimcheck.cli.init import init
from claimcheck.cli.options import version
from claimcheck.cli.rules import rules
from claimcheck.cli.schema import schema
from claimcheck.cli.testrules import test_rules

_EXAMPLES = """\b
Examples:
  claimcheck page.html                     judge a page
  cat page.txt | claimcheck                judge what is piped in
  claimcheck site/ --fail-on overstated    fail a build on the verdict
  claimcheck page.md --explain --why-not   the arithmetic, and what was let go
  claimcheck *.html --output report.json   write a file that programs read
  claimcheck explain unqualified-cure      what a rule means, and who says so

Exit status: 0 nothing is at or above --fail-on; 1 something is; 2 the run itself failed, at least in part.

A page that is named like a command is written ./rules, or stands after --.
"""

app = typer.Typer(
    name="claimcheck",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    subcommand_metavar="PAGE... | COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(epilog=_EXAMPLES)
def _claimcheck(
    show_version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """The linter for health claims: says which sentences of a page promise more than they can show, weighs the
    evidence the page cites, and prints a verdict that a patient can read and a build can fail on.

    Without a command, claimcheck checks the pages named; see `claimcheck check --help` for its options.
    """


for command in (check, baseline, config, evidence, explain, init, rules, schema):
    app.command(command.__name__)(command)
app.command("test-rules")(test_rules)
