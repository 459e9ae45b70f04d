"""Comments in a page that speak to claimcheck: which findings its authors suppress, and why.

    <!-- claimcheck: ignore unqualified-cure -- we quote the regulator's letter -->     the next block
    <!-- claimcheck: ignore unqualified-cure "cures lupus" until 2027-03-01 -- ... -->  one match, for a time
    <!-- claimcheck: off hype/* -- reviewed by the board, 3 May --> ... <!-- claimcheck: on hype/* -->
    # claimcheck: ignore unqualified-cure -- ...                         in plain text: a line of its own; also //

A rule and, after two dashes, a reason are required. A comment that asks for something else is kept with its fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from claimcheck.programs import expression

_HTML = expression(r"<!--[ \t\r\n]{0,20}claimcheck:(?P<said>[^<>]{0,1000}?)-->")
_LINE = expression(r"^[ \t]{0,20}(?:#|//)[ \t]{0,9}claimcheck:(?P<said>[^\r\n]{0,1000})", re.MULTILINE)
_RAW = expression(r"<(script|style|textarea|title)\b", re.IGNORECASE)
_SAID = expression(
    r"\s*(?P<verb>[a-z]+)(?P<rules>(?:[ ,]+[a-z0-9][a-z0-9-]*(?:/\*)?)*?)"
    r"(?:\s+[\"“](?P<quote>[^\"”]+)[\"”])?(?:\s+until\s+(?P<until>\S+))?\s*(?:(?:--+|—|–)\s*(?P<reason>.*?))?\s*",
    re.DOTALL,
)
_FORM = 'write: ignore RULE ["words"] [until YYYY-MM-DD] -- reason'
VERBS = ("ignore", "off", "on")
MOST = 1_000
"""Comments read of one page; what stands against later ones is reported."""


class Directive(Struct, frozen=True):
    """One comment: `ignore` speaks of the next block, `off` of everything up to `on` of the same rules. `fault` says
    why it cannot be obeyed, with `kind` "unreasoned" or "malformed"; both are empty where it can."""

    verb: str
    rules: tuple[str, ...]
    quote: str
    until: date | None
    reason: str
    start: int
    end: int
    fault: str = ""
    kind: str = ""


def mask(source: str) -> str:
    """Plain text with its comment lines blanked, at the same length: they are not read as prose."""
    if "claimcheck:" not in source:
        return source
    for pattern in (_LINE, _HTML):
        source = pattern.sub(lambda m: re.sub(r"[^\r\n]", " ", m.group()), source)
    return source


def directives(source: str, format: str) -> list[Directive]:
    """The comments of a page, in order. In HTML none is read inside a script, a style or a form field."""
    if "claimcheck:" not in source:
        return []
    found = list(_HTML.finditer(source))
    if format == "text":
        found += _LINE.finditer(source)
    raw = _raw(source) if format in ("html", "eml", "mhtml", "epub") and found else []
    found = [m for m in found if not any(a <= m.start() < b for a, b in raw)]
    return list(_read(sorted(found, key=lambda m: m.start())[:MOST]))


def _raw(source: str) -> list[tuple[int, int]]:
    """The stretches of an HTML page that hold no comments. One look at every character, whatever is left open."""
    low, spans, at = source.lower(), [], 0
    while opened := _RAW.search(low, at):
        end = low.find(f"</{opened[1]}", opened.end())
        at = end if end >= 0 else len(low)
        spans.append((opened.start(), at))
    return spans


def _read(found: list[re.Match[str]]) -> Iterator[Directive]:
    for m in found:
        start, end = m.start() + len(m.group()) - len(m.group().lstrip()), m.end()
        said = _SAID.fullmatch(" ".join(m["said"].split()))
        if not said or said["verb"] not in VERBS:
            yield Directive("", (), "", None, "", start, end, f"cannot be read; {_FORM}", "malformed")
            continue
        rules = tuple(re.split(r"[ ,]+", said["rules"].strip(" ,"))) if said["rules"].strip(" ,") else ()
        fault, kind, until = "", "", None
        if said["until"]:
            try:
                until = date.fromisoformat(said["until"])
            except ValueError:
                fault, kind = f"{said['until']!r} is no date such as 2027-03-01", "malformed"
        reason = (said["reason"] or "").strip()
        if not rules:
            fault, kind = f"names no rule; {_FORM}", "malformed"
        elif said["verb"] == "on":
            reason = reason or "-"
        elif not reason and not fault:
            fault, kind = f"gives no reason; {_FORM}", "unreasoned"
        yield Directive(said["verb"], rules, said["quote"] or "", until, reason, start, end, fault, kind)
