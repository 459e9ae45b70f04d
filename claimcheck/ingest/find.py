"""Which files the arguments of a command line mean."""

from __future__ import annotations

import difflib
import glob
import os
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec.structs import replace

from claimcheck.errors import ReadError
from claimcheck.ingest.choose import Choice
from claimcheck.ingest.sniff import PAGES

_SIBLINGS = 5_000  # names looked through for a suggestion


def find_pages(arguments: Sequence[str], choice: Choice | None = None) -> tuple[list[str], list[ReadError]]:
    """The files that `arguments` name, in their order, each once, and what each argument that names none lacks.

    A file is taken as given, whatever its name, unless `choice` excludes it. What a folder holds is for `choice` to
    say. A folder stands for the pages in it and below, sorted; folders whose
    names begin with a dot are passed over. What is neither may be a pattern with `*`, `?`, `[...]` or `**`; it takes
    pages only, unless it spells out a suffix of its own. "-" (standard input) and web addresses are passed through.
    """
    choice = choice or Choice()
    found: dict[str, None] = {}
    errors: list[ReadError] = []
    for argument in arguments:
        try:
            pages = _expand(argument, choice)
        except ReadError as error:
            errors.append(error)
        except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
            errors.append(ReadError(argument, f"cannot be looked up: {_reason(error)}"))
        else:
            found.update(dict.fromkeys(p for p in pages if p == "-" or is_url(p) or not choice.bars(p)))
    return list(found), errors


def is_url(argument: str) -> bool:
    """Whether an argument is the address of a page on the web."""
    return argument[:8].lower().startswith(("https://", "http://"))


def _expand(argument: str, choice: Choice) -> list[str]:
    if argument == "-" or is_url(argument) or os.path.isfile(argument):
        return [argument]
    if os.path.isdir(argument):
        return _pages_in(argument, choice)
    if os.path.exists(argument):  # a pipe or a device
        return [argument]
    if glob.has_magic(argument):
        return _matching(argument, choice)
    raise ReadError(argument, "there is no such file or folder", _suggestion(argument))


def _pages_in(folder: str, choice: Choice) -> list[str]:
    barred: list[OSError] = []
    pages = []
    if choice.untracked(folder):
        choice = replace(choice, gitignore=False)  # whoever names a folder that git leaves out wants what is in it
    for here, below, names in os.walk(folder, onerror=barred.append):
        below[:] = sorted(d for d in below if not d.startswith(".") and choice.enters(os.path.join(here, d)))
        files = (os.path.join(here, n) for n in names if not n.startswith("."))
        pages += [f for f in files if choice.takes(f)]
    if pages:
        return sorted(pages)
    if barred:
        raise ReadError(folder, f"cannot be opened: {_reason(barred[0])}")
    raise ReadError(
        folder, "holds no pages", f"Looked for {', '.join(PAGES)} in it and below; name a file to check it."
    )


def _matching(pattern: str, choice: Choice) -> list[str]:
    matches = sorted(glob.iglob(pattern, recursive=True))
    suffix = os.path.splitext(pattern)[1]
    files = [m for m in matches if os.path.isfile(m) and (len(suffix) > 1 or m.lower().endswith(PAGES))]
    if not files:
        for folder in (m for m in matches if os.path.isdir(m)):
            files += _walked(folder, choice)
    if files:
        return files
    advice = "Quote a pattern so that the shell leaves it alone; `**` reaches into folders."
    if matches:
        raise ReadError(pattern, "matches no page", f"Pages end in {', '.join(PAGES)}; name another file to check it.")
    raise ReadError(pattern, "no file matches this pattern", advice)


def _walked(folder: str, choice: Choice) -> Iterator[str]:
    try:
        yield from _pages_in(folder, choice)
    except ReadError:
        return  # one folder among several without pages is no fault of the pattern


def _suggestion(path: str) -> str:
    folder, name = os.path.split(path)
    while folder and not os.path.isdir(folder):
        folder, name = os.path.split(folder)
        if not name:
            return ""
    try:
        with os.scandir(folder or ".") as entries:
            names = [e.name for e in islice(entries, _SIBLINGS)]
    except OSError:
        return ""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{os.path.join(folder, near[0])}'?"
    stem = os.path.splitext(name)[0]
    same = sorted(n for n in names if stem and os.path.splitext(n)[0] == stem)
    return f"Did you mean '{os.path.join(folder, same[0])}'?" if same else ""


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
