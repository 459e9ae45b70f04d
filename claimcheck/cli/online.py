"""Pages from the web, for `check` and `snapshot`. Nothing else leaves the machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from claimcheck.cli.output import say


@dataclass(frozen=True, slots=True)
class Online:
    """How to fetch: whether addresses of one's own network are allowed, where to keep what came, whether to talk."""

    allow_private: bool = False
    keep: Path | None = None
    quiet: bool = False


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
