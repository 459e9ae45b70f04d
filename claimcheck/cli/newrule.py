"""`claimcheck new-rule NAME`: a rule file to begin with, whose examples can be run."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli.choices import one_of
from claimcheck.errors import UsageError
from claimcheck.model import FAMILIES, SEVERITIES
from claimcheck.programs import expression

_NAME = expression(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PLAIN = expression(r"[\w' -]+")
_WORDS = "replace these words"

_FILE = """\
# A rule of our own. `claimcheck test-rules {folder}` runs its examples; rules/README.md explains every key.
id = {id}
kind = "flag"
title = {title}
family = {family}  # {families}
severity = {severity}  # {severities}
status = "draft"
message = "'{{quote}}' ..."  # what is wrong with the words, in half a sentence
why = "Say why a reader should care."
evidence_needed = "Say what evidence would support such words, or None."
safer = "Say what could be written instead."
sources = [{source}]  # who says so, with the year

[match]
# Plain words fold case and spelling; cure~ takes inflections, (a|b) either, [word] may be there, ...3 is a gap of up to
# three words, {{condition}} any disease known.
any_phrase = [{phrase}]

[examples]
# The exact words in [[...]], in a sentence as a page would have it.
hits = [{hit}]
# Near misses: the same words in a warning, a denial, a question.
misses = [{miss}]
"""


def new_rule(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The rule's id, such as says-miracle-drip.")],
    folder: Annotated[
        Path, typer.Option("--folder", metavar="DIR", help="The folder of your rules; made if it does not exist.")
    ] = Path("my-rules"),
    phrase: Annotated[
        str, typer.Option(metavar="WORDS", help="The words to find, in the phrase language of rule files.")
    ] = "",
    family: Annotated[
        str,
        typer.Option(metavar="FAMILY", callback=one_of(FAMILIES), help="One of those `claimcheck rules` lists."),
    ] = "hype",
    severity: Annotated[
        str, typer.Option(metavar="|".join(SEVERITIES), callback=one_of(SEVERITIES), help="How grave it is.")
    ] = "medium",
) -> None:
    """Write a rule file to begin with: NAME.toml in a folder of your own.

    Its examples pass `claimcheck test-rules` as they stand where WORDS are plain words; else that says what to mend.
    """
    from claimcheck.cli.output import save, say
    from claimcheck.rules.load import load_rules

    if not _NAME.fullmatch(name):
        near = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        hint = f"\n  Did you mean {near!r}?" if _NAME.fullmatch(near) else ""
        raise UsageError(f"{name!r} is no name for a rule: small letters and digits, parted by hyphens{hint}")
    if name in load_rules().rule:
        raise UsageError(f"there is a built-in rule called {name!r}\n  claimcheck explain {name} shows it")
    path = folder / f"{name}.toml"
    if path.exists():
        raise UsageError(f"{path} exists and is left as it is")
    if fault := save(path, text(name, folder, phrase or _WORDS, family, severity), make_folder=True):
        say(fault)
        raise typer.Exit(2)
    say(f"{path} written\n  Next: edit it, then claimcheck test-rules {folder}, then claimcheck PAGE --rules {folder}")


def text(name: str, folder: Path, phrase: str, family: str, severity: str) -> str:
    """The text of a new rule file."""
    plain = " ".join(re.sub(r"\.\.\.\d*|\[[^\]]*\]|~", " ", re.sub(r"\(([^|()]*)[^()]*\)", r"\1", phrase)).split())
    words = plain if _PLAIN.fullmatch(plain) else _WORDS
    return _FILE.format(
        folder=folder,
        id=_quoted(name),
        title=_quoted(f"Says {words}"),
        family=_quoted(family),
        families=" ".join(FAMILIES),
        severity=_quoted(severity),
        severities=" ".join(SEVERITIES),
        source=_quoted(f"House style, {date.today().year}"),
        phrase=_quoted(phrase),
        hit=_quoted(f"At our clinic you get [[{words}]] today."),
        miss=_quoted(f"Be sceptical of any page that says: {words}."),
    )


def _quoted(words: str) -> str:
    """Words as a TOML string."""
    import json

    return json.dumps(words, ensure_ascii=False)
