"""`claimcheck completion SHELL`: let a shell complete commands, options and their values."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from claimcheck.cli import VARIABLE
from claimcheck.cli.choices import one_of

SHELLS = ("bash", "zsh", "fish")
_WORDS = {"bash": "COMP_WORDS", "zsh": "_TYPER_COMPLETE_ARGS", "fish": "_TYPER_COMPLETE_ARGS"}


def completion(
    shell: Annotated[
        str, typer.Argument(metavar="|".join(SHELLS), callback=one_of(SHELLS), help="The shell to complete in.")
    ],
) -> None:
    """Print what makes a shell complete claimcheck's commands and options.

    \b
    bash:  eval "$(claimcheck completion bash)"       in ~/.bashrc
    zsh:   eval "$(claimcheck completion zsh)"        in ~/.zshrc, after compinit
    fish:  claimcheck completion fish | source        in config.fish
    """
    from claimcheck.cli import main

    os.environ[VARIABLE] = f"source_{shell}"
    try:
        raise typer.Exit(main([]))
    finally:
        del os.environ[VARIABLE]


def prepare(commands: Sequence[str]) -> None:
    """Answer a shell, where one asks. What is typed without a command is completed as `check`."""
    asked = os.environ.get(VARIABLE, "")
    if not asked:
        return
    from typer.completion import completion_init  # type: ignore[attr-defined]  # its documented place

    completion_init()
    name = _WORDS.get(asked.partition("_")[2], "")
    words = os.environ.get(name, "").split(" ")
    first = words[1] if len(words) > 1 else ""
    begun = len(words) == 2 and not first.startswith("-")
    if first in commands or begun or first in ("-h", "--help"):
        return
    os.environ[name] = " ".join([words[0], "check", *words[1:]])
    if "COMP_CWORD" in os.environ:
        os.environ["COMP_CWORD"] = str(int(os.environ["COMP_CWORD"] or 0) + 1)
