"""What kind of source a link leads to, and whether it only leads back to the page's own site.

Known sources are told by domain (`rules/evidence/links.toml`). Registrable domains come from the Public Suffix
List as packaged by `publicsuffixlist`: pure Python, 0.5 MB, nothing fetched (tldextract pulls in an HTTP client).
Parsing the whole list takes 100 ms, most of it to encode names that hardly a page has, so the library is given the
lines of the top-level domains that a page's links have, at about 1 ms each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from claimcheck.programs import expression

_SCHEME = expression(r"([a-z][a-z0-9+.\-]{0,20}):", re.IGNORECASE)
_BARE_HOST = expression(r"(?:www\.|[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,5}/)", re.IGNORECASE)


class Address(Struct, frozen=True):
    """A link's host (lower case, without "www.") and path; a relative link has no host."""

    host: str
    path: str


def address(url: str) -> Address | None:
    """The parts of a link to a page; None for anchors, mail, telephone numbers, scripts and broken addresses."""
    url = url.strip()[:2000]
    if not url or url.startswith("#"):
        return None
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in ("http", "https") and not url[scheme.end() :][:1].isdigit():
        return None
    if not scheme and not url.startswith("//"):
        if not _BARE_HOST.match(url):
            return Address("", url.split("#")[0].lower())
        url = "//" + url
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # brackets that are no IPv6 address
        return None
    if not host or ("." not in host and host != "localhost"):
        return None
    return Address(host.removeprefix("www."), parts.path.lower())


class Classes:
    """The table of link classes, arranged for look-up by domain."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._domains: dict[str, list[tuple[str, str]]] = {}
        self._suffixes: dict[str, str] = {}
        self._paths: list[tuple[str, str]] = []
        self._weights = {name: int(table[name]["weight"]) for name in ("own", "company", "unknown") if name in table}
        self.skip: tuple[str, ...] = tuple(table.get("own", {}).get("skip", ()))
        for entry in table.get("class", ()):
            name = entry["name"]
            self._weights[name] = int(entry["weight"])
            for domain in entry.get("domains", ()):
                host, slash, path = domain.partition("/")
                self._domains.setdefault(host, []).append((slash + path, name))
            self._suffixes.update(dict.fromkeys(entry.get("suffixes", ()), name))
            self._paths += [(path, name) for path in entry.get("paths", ())]
        for choices in self._domains.values():
            choices.sort(key=lambda c: -len(c[0]))
        self._paths.sort(key=lambda p: p[1] != "press")  # a newsroom anywhere is a newsroom first of all

    def of(self, place: Address) -> str:
        """The class of a link: by domain and path, else by what the path says, else "unknown"."""
        labels = place.host.split(".")[-6:]
        for k in range(len(labels) - 1):
            for prefix, name in self._domains.get(".".join(labels[k:]), ()):
                if place.path.startswith(prefix):
                    return name
        for path, name in self._paths:
            if path in place.path:
                return name
        return next((self._suffixes[s] for s in (".".join(labels[-2:]), labels[-1]) if s in self._suffixes), "unknown")

    def weight(self, link_class: str) -> int:
        """Traceability of a link of that class, 0-3."""
        return self._weights.get(link_class, 1)


@cache
def _suffix_rules() -> dict[str, list[str]]:
    """The rules of the Public Suffix List by the last label of what they name, as written there: in letters."""
    from publicsuffixlist import PSLFILE

    rules: dict[str, list[str]] = defaultdict(list)
    for line in Path(PSLFILE).read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            rule = line.split(" ", 1)[0]
            rules[rule[rule.rfind(".") + 1 :].lower()].append(rule)
    return rules


@cache
def _public_suffixes(top: str) -> Any:
    """The Public Suffix List as far as it concerns one top-level domain, given in letters or in its ASCII form."""
    from publicsuffixlist import PublicSuffixList

    try:
        written = top.encode().decode("idna") if top.startswith("xn--") else top
    except UnicodeError:
        written = top
    return PublicSuffixList(_suffix_rules().get(written, ()))


@cache
def registrable(host: str) -> str:
    """The part of a host that somebody registered: "clinic.example.co.uk" gives "example.co.uk"."""
    return _public_suffixes(host.rstrip(".").rpartition(".")[2].lower()).privatesuffix(host) or host


def brand(host: str) -> str:
    """The name in a host's registrable domain, letters and digits only: "nova-regen.co.uk" gives "novaregen"."""
    return re.sub(r"[^a-z0-9]", "", registrable(host).split(".")[0])
