"""The command line: argv to exit status. The only room that prints or exits."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

COMMANDS = (
    *("check", "baseline", "compare", "completion", "config", "evidence", "explain", "init", "new-rule"),
    *("rules", "test-rules", "schema", "snapshot"),
)
_OWN_OPTIONS = ("-h", "--help", "--version")
VARIABLE = "_CLAIMCHECK_COMPLETE"
"""What a shell sets when it asks how to go on."""


def start() -> int:
    """`main` in a process of its own."""
    status = main()
    gc.freeze()  # the interpreter looks for garbage among all that is left before it ends: a twentieth of a short run
    return status


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (`sys.argv` if `argv` is None) and return the exit status.

    0: nothing at or above `--fail-on`; 1: something is; 2: the run itself failed, at least in part.
    """
    gc.set_threshold(100_000, 20, 20)  # hardly anything here forms a cycle, and looking for some takes a twentieth
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--version"]:
        # before anything else is imported: scripts ask for it often
        from claimcheck import __version__

        print(f"claimcheck {__version__}")
        return 0
    if not arguments or arguments[0] not in COMMANDS + _OWN_OPTIONS:
        # What is no command is a page. A page named like a command is written ./rules, or comes after "--".
        arguments.insert(0, "check")

    from claimcheck.cli.app import app
    from claimcheck.cli.output import prepare, say
    from claimcheck.errors import ClaimcheckError, mishap

    prepare()
    if VARIABLE in os.environ:
        from claimcheck.cli.completion import prepare as complete

        complete(COMMANDS)
    alone = arguments[0] in COMMANDS and VARIABLE not in os.environ
    try:
        app(arguments[0] if alone else "")(arguments, prog_name="claimcheck")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except ClaimcheckError as error:
        say(str(error))
    except Exception as error:
        say(mishap(error))
    return 2
