"""The commands put together. Commands import what they need when they run, so that help is quick."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from claimcheck.cli.baseline import baseline
from claimcheck.cli.check import check
from claimcheck.cli.compare import compare
from claimcheck.cli.completion import completion
from claimcheck.cli.config import config
from claimcheck.cli.evidence import evidence
from claimcheck.cli.explain import explain
from claimcheck.cli.init import init
from claimcheck.cli.newrule import new_rule
from claimcheck.cli.options import version
from claimcheck.cli.rules import rules
from claimcheck.cli.schema import schema
from claimcheck.cli.snapshot import snapshot
from claimcheck.cli.testrules import test_rules

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


_COMMANDS: dict[Callable[..., None], tuple[str, ...]] = {
    check: (
        "check page.html                       judge a page",
        "check site/ --fail-on overstated      fail a build on the verdict",
        "check site/ --diff main               let only changed lines fail",
        "check site/ --output all.sarif       write a file to upload",
        "check posts.csv --text-field body     a report a record",
    ),
    baseline: (
        "baseline write site/     let off what is there today",
        "baseline prune site/     take out what has been mended",
    ),
    compare: (
        "compare old.html new.html      what a rewrite did",
        "compare copies/                the last two of dated copies",
    ),
    completion: ("completion bash          print the script to evaluate",),
    config: ("config                   what holds here, and which line says so",),
    evidence: ("evidence page.html      what a page rests on, claim by claim",),
    explain: ("explain unqualified-cure",),
    init: ("init                     write claimcheck.toml", "init pre-commit          and what the hook needs"),
    rules: ("rules --format json", "rules --rules my-rules"),
    schema: ("schema config > claimcheck.schema.json",),
    new_rule: ("new-rule says-magic --phrase 'magic (drip~|infusion~)'",),
    test_rules: ("test-rules my-rules",),
    snapshot: ("snapshot https://clinic.example/knees copies/  keep a copy",),
}
"""The commands, each with examples of its use."""

for command, examples in _COMMANDS.items():
    shown = "".join(f"  claimcheck {line}\n" for line in examples)
    app.command(command.__name__.replace("_", "-"), epilog=f"\b\nExamples:\n{shown}")(command)
