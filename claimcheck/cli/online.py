"""Pages from the web, for `check` and `snapshot`. Nothing else leaves the machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from msgspec import Struct

from claimcheck.cli.output import say


class Online(Struct, frozen=True):
    """How to fetch: whether addresses of one's own network are allowed, where to keep what came, whether to talk."""

    allow_private: bool = False
    keep: Path | None = None
    quiet: bool = False


def online_for(arguments: Sequence[str], allow_private: bool, keep: Path | None, quiet: bool) -> Online:
    """What the command line says of fetching. Raises BadParameter where more pages than one would be kept in a file."""
    if keep:
        from claimcheck.ingest import is_url

        if sum(map(is_url, arguments)) != 1:
            told = "name one web address with it; claimcheck snapshot keeps several"
            raise typer.BadParameter(told, param_hint="--save")
    return Online(allow_private, keep, quiet)


def read_url(url: str, online: Online) -> tuple[bytes | str, str | None]:
    """What stands at an address, kept if wanted, and its input format as the server says. Raises ReadError."""
    from claimcheck.fetch import fetch, save

    fetched = fetch(url, online.allow_private)
    if online.keep:
        save(fetched, online.keep)
    page, notices = fetched.page()
    if not online.quiet:
        way = " -> ".join([fetched.url, *fetched.redirects])
        say(f"fetched {way} ({len(fetched.data):,} bytes, sha256 {fetched.sha256[:12]})")
        for notice in notices:
            say(f"{url}: {notice}")
    return page, fetched.format
