"""`claimcheck snapshot`: keep dated copies of pages on the web."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def snapshot(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Web addresses.", show_default=False)],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to keep the copies.", show_default=False)],
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch addresses of your own network and machine too.")
    ] = False,
) -> None:
    """Keep dated copies of pages on the web, with a record of address, date and SHA-256 beside each.

    Uses the network: one request a page, without cookies, after the site's robots.txt was asked. A page that is as it
    was in its latest copy is not kept again. Copies are checked like any file.
    """
    from claimcheck.cli.output import say, write
    from claimcheck.errors import ReadError
    from claimcheck.fetch import fetch
    from claimcheck.fetch import snapshot as keep

    faults = 0
    for url in urls:
        try:
            path, new = keep(fetch(url, allow_private), folder)
        except ReadError as error:
            say(str(error))
            faults += 1
        else:
            write(f"{path}\n" if new else f"{path} (unchanged since)\n")
    raise typer.Exit(2 if faults else 0)
