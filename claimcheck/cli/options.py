"""The options of `check`, as typer reads them: what each takes, and what its help says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli.bar import BARS
from claimcheck.cli.choices import beginning, one_of
from claimcheck.report import FORMATS

PROFILES = ("intl", "us", "uk", "eu", "au", "ca")
INPUT_FORMATS = ("text", "markdown", "html", "pdf", "docx", "eml", "mhtml", "epub")
CONTENTS = ("main", "all")
VIEWS = ("patient", "editor")


def version(wanted: bool) -> None:
    """The callback of `--version`."""
    if wanted:
        from claimcheck import __version__
        from claimcheck.cli.output import write

        write(f"claimcheck {__version__}\n")
        raise typer.Exit


Pages = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PAGE]...", help="Files, folders, patterns, web addresses; - is standard input.", show_default=False
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        callback=one_of(list(FORMATS)),
        autocompletion=beginning(list(FORMATS)),
        help=f"How to print: {', '.join(FORMATS)}. Default: terminal; concise in a pipe with several pages; "
        "github in GitHub Actions.",
    ),
]
Output = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[FORMAT=]FILE",
        help="Write to FILE instead, in the format named or meant by the suffix: .json .jsonl .sarif .html .md ... "
        "Repeatable; with --format, that is printed too.",
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        metavar="SEVERITY|LABEL|never",
        callback=one_of(BARS),
        autocompletion=beginning(BARS),
        help="Exit with 1 when a finding is this severe (info low medium high critical) or a verdict this bad "
        "(balanced mixed overstated unsupported red-flag). Default: high.",
    ),
]
InputFormat = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(INPUT_FORMATS),
        callback=one_of(INPUT_FORMATS),
        autocompletion=beginning(INPUT_FORMATS),
        help="What the pages are. Default: told by name and content.",
    ),
]
Content = Annotated[
    str,
    typer.Option(
        metavar="|".join(CONTENTS),
        callback=one_of(CONTENTS),
        help="What of an HTML page to judge: its own words, or menus, footers, notices and comments too.",
    ),
]
StdinFilename = Annotated[
    str, typer.Option(metavar="NAME", help="The name to use for standard input; its suffix tells its format.")
]
TextField = Annotated[
    str | None,
    typer.Option(metavar="FIELD", help="The text of a record, in files of records: .jsonl .ndjson .csv .tsv."),
]
IdField = Annotated[str | None, typer.Option(metavar="FIELD", help="What names a record in reports.")]
Rules = Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Use the rules in DIR as well. Repeatable.")]
Profile = Annotated[
    str | None,
    typer.Option(
        metavar="|".join(PROFILES),
        callback=one_of(PROFILES),
        autocompletion=beginning(PROFILES),
        help="Whose advertising rules to show; the score is the same everywhere. Default: intl.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(metavar="WORD", help="Report only these rules, family/* or severities. Repeatable, or by commas."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="WORD", help="Report none of these rules, family/* or severities. Repeatable, or by commas."),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Leave out files and folders, as in .gitignore. Repeatable."),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Use this configuration, not the nearest claimcheck.toml or pyproject.toml."),
]
Baseline = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Report no finding that this file knows; see claimcheck baseline --help."),
]
Substantiation = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Say for which claims FILE registers evidence; severity and score stay."),
]
Diff = Annotated[
    str | None,
    typer.Option(
        metavar="REF|-",
        help="Let only changed lines fail: those since a commit, or of a unified diff on standard input. "
        "Without pages, checks the changed ones.",
    ),
]
NoSuppressions = Annotated[
    bool, typer.Option("--no-suppressions", help="Obey no comment in a page: report what it would suppress.")
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to judge with. Default: one a processor."),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache", help="Judge every page anew, and keep no reports; compiled rules are kept all the same."
    ),
]
View = Annotated[
    str,
    typer.Option(
        metavar="|".join(VIEWS),
        callback=one_of(VIEWS),
        autocompletion=beginning(VIEWS),
        help="Whom the report speaks to; the result is the same.",
    ),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch web addresses of your own network and machine too.")
]
Save = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Keep the page fetched in FILE, its date and hash in FILE.json."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="One line a page, no talk.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Every occurrence, the claims, the sources cited.")]
Statistics = Annotated[
    bool, typer.Option("--statistics", help="Print how often each rule fired instead of the reports.")
]
WhyNot = Annotated[
    bool, typer.Option("--why-not", help="Show what matched and was let go, what was left out, and why.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Show how the score was made, as a running sum.")]
Version = Annotated[
    bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version and leave.")
]
