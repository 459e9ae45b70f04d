"""The page's own words against what surrounds them on every page of a site: menus, footers, notices, teasers, comments.

A page is a tree of zones (elements). What a zone is called, how much of it is links, whether it holds prose, and the
few phrases by which such parts introduce themselves decide. A hero, a banner and a card stay: they hold the boldest
claims. Nothing is lost: a block that is left out says why in `Block.left_out`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.ingest.blocks import Draft
from claimcheck.ingest.zones import Zone
from claimcheck.model import Block
from claimcheck.programs import expression

_TEASER = expression(
    r"(?:related|recent|latest|popular|more|further|other|similar|recommended)"
    r"(?: (?:blog|news|helpful|from our|from the|interesting))*"
    r" (?:posts?|articles?|stories|entries|news|blogs?|products|pages|topics|reads|comments)"
    r"|you (?:may|might) also (?:like|enjoy)"
    r"|(?:customers|people) also (?:bought|viewed|liked)|(?:read|up) next|read more|keep reading"
    r"|more from .{2,30}|from (?:the|our) blog|share (?:this|on)\b.*|archives?"
    r"|categories|tags|quick links|useful links|follow us.*|site ?map",
    re.IGNORECASE,
)
_COMMENTS = expression(r"(?:leave|post|add) a (?:comment|reply)|\d* ?(?:comments?|replies)(?: \(\d+\))?", re.IGNORECASE)
_COOKIES = expression(
    r"\b(?:we|(?:web ?)?site|partners)\b[^.!?]{0,60}?\b(?:uses?|stores?|places?)\b[^.!?]{0,60}\bcookies\b"
    r"|\bcookies (?:help|are used|to (?:give|improve|enhance|personali[sz]e))\b"
    r"|\bcookie (?:settings|preferences|consent)\b"
    r"|\bagree to (?:the |our )?(?:use|storing|storage) of cookies\b|\bwe value your privacy\b",
    re.IGNORECASE,
)
_JUMP = expression(r"(?:(?:skip|jump) to(?: \w+){1,4} ?){1,3}|back to (?:the )?top|(?:scroll )?to top", re.IGNORECASE)
_COPYRIGHT = expression(r"(?:©|\(c\)|\bcopyright\b) ?(?:19|20)\d\d|\ball rights reserved\b", re.IGNORECASE)
_LEGAL_LINE = expression(
    r"\b(?:privacy|cookies?|terms|rights reserved|copyright|powered by|sitemap)\b|©", re.IGNORECASE
)
_STOP = expression(r"[.!?][\"'”’)]*$")
PROSE = 8
"""Words from which a block that ends like a sentence is prose."""
_CLIMB = 60
"""Zones in one another that are looked at from a copyright line outwards; a page of them would take quadratic time."""
_SNIPPET = 3
"""Words a block, on average, up to which a zone without prose behind the main part says nothing: "Report abuse"."""
_NOTICE = 150
"""Words up to which a zone that speaks of cookies is a notice, and not a page about them."""


class _Sum(Struct):
    """What stands in a zone and in the zones inside it. Words, but for `blocks`, `short` (blocks that are nothing but
    a short link) and `first` (the number of its first block)."""

    words: int = 0
    linked: int = 0
    prose: int = 0
    blocks: int = 0
    short: int = 0
    first: int = -1
    core: bool = False  # holds the page's title or its <main>
    outside: int = 0  # links to other sites


def settle(drafts: Sequence[Draft], zones: Sequence[Zone]) -> list[Draft]:
    """The drafts, each that is not of the page's own words marked with why. Linear in drafts and zones."""
    if len(zones) < 2:
        return list(drafts)
    sums = _sums(drafts, zones)
    why = [""] * len(zones)
    spoken = _spoken(drafts, zones, sums)
    behind = _behind(zones, sums)
    for number, zone in enumerate(zones[1:], 1):
        above = why[zone.parent]
        if zones[zone.parent].named == "quote":
            why[number] = above  # whose words they are
            continue
        within = above in ("", "header", "footer", "aside")
        here = sums[number]
        tail = "footer" if number >= behind and not here.prose and 0 < here.words <= _SNIPPET * here.blocks else ""
        why[number] = (spoken.get(number) or _why(zone, here, sums[0], drafts) or tail or above) if within else above
    return [_marked(d, why[d.zone]) for d in drafts]


def _behind(zones: Sequence[Zone], sums: Sequence[_Sum]) -> int:
    """The first zone behind the page's main part, if the page says which that is and words enough stand there;
    else past the last zone."""
    mains = [number for number, zone in enumerate(zones) if zone.named == "main"]
    if len(mains) != 1 or 3 * sums[mains[0]].words < sums[0].words:
        return len(zones)
    number = mains[0] + 1
    while number < len(zones) and zones[number].parent >= mains[0]:
        number += 1
    return number


def _sums(drafts: Sequence[Draft], zones: Sequence[Zone]) -> list[_Sum]:
    sums = [_Sum() for _ in zones]
    for number, draft in enumerate(drafts):
        block, own = draft.block, sums[draft.zone]
        if block.hidden:
            continue
        words, linked = _words(block)
        own.words += words
        own.linked += linked
        links = len(block.links) if linked >= words else 0
        menu = links and words <= 6 * links and block.kind != "heading" and not _STOP.search(block.text)
        own.blocks += max(links, 1)  # a line of links is so many lines in a menu
        own.short += links if menu else 0
        own.prose += words if _is_prose(block, words, linked) else 0
        own.outside += any("://" in k.url[:9] for k in block.links)
        own.core = own.core or (block.kind == "heading" and block.level == 1)
        own.first = number if own.first < 0 else own.first
    for number in range(len(zones) - 1, 0, -1):  # a zone comes after the one it stands in
        inner, outer = sums[number], sums[zones[number].parent]
        inner.core = inner.core or zones[number].named == "main"
        outer.words += inner.words
        outer.linked += inner.linked
        outer.prose += inner.prose
        outer.blocks += inner.blocks
        outer.short += inner.short
        outer.outside += inner.outside
        outer.core = outer.core or inner.core
        if inner.first >= 0 and (outer.first < 0 or inner.first < outer.first):
            outer.first = inner.first
    return sums


def _why(zone: Zone, here: _Sum, page: _Sum, drafts: Sequence[Draft]) -> str:
    """Why a zone by itself is left out: its name, if what stands in it bears that out, or that it is a menu."""
    named = zone.named
    if named in ("main", "article", "quote"):
        return ""
    if here.core and not (named == "navigation" and zone.sure):
        return ""
    if named in ("footer", "form", "header") or (named == "navigation" and zone.sure):
        return named
    if named == "navigation" and (2 * here.linked >= here.words or here.words <= 2) and here.prose <= PROSE:
        return named  # a "drip menu" that describes what is sold is none
    if named == "aside" and (zone.sure or 2 * here.prose <= page.prose):
        return named
    if named == "related" and 3 * here.prose <= 2 * page.prose:
        return named
    if named == "comments" or (named == "cookie notice" and here.words <= 4 * _NOTICE):
        return named
    if named == "sign-up" and here.words <= 80:
        return named
    listed = here.short >= 4 and here.short >= 0.8 * here.blocks and here.words <= 5 * here.blocks
    return "navigation" if listed and not here.outside and not _introduced(here.first, drafts) else ""


def _introduced(first: int, drafts: Sequence[Draft]) -> bool:
    """Whether a heading or a lead-in stands before draft `first`: then links are what it speaks of ("We treat:")."""
    before = drafts[first - 1].block if first > 0 else None
    start = drafts[first].block
    return start.kind == "heading" or (before is not None and (before.kind == "heading" or before.text[-1] == ":"))


def _spoken(drafts: Sequence[Draft], zones: Sequence[Zone], sums: Sequence[_Sum]) -> dict[int, str]:
    """Zones that say themselves what they are: by their heading, by speaking of cookies, by a copyright line."""
    found: dict[int, str] = {}
    for number, draft in enumerate(drafts):
        block = draft.block
        if block.hidden or len(block.text) > 400:
            continue
        if block.kind == "heading" or draft.strong == len(block.text):
            text = block.text.strip(" :!…")
            why = "related" if _TEASER.fullmatch(text) else "comments" if _COMMENTS.fullmatch(text) else ""
            zone = _led(number, draft.zone, zones, sums) if why else 0
            if zone and not sums[zone].core and 3 * sums[zone].prose <= 2 * sums[0].prose:
                found.setdefault(zone, why)
        elif _speaks_of_cookies(block.text):
            zone = _largest(draft.zone, zones, sums, min(_NOTICE, sums[0].words // 2), "")
            if zone and _short_of(block, sums[zone]):
                found.setdefault(zone, "cookie notice")
        elif 3 * number >= 2 * len(drafts) and _COPYRIGHT.search(block.text):
            zone = _largest(draft.zone, zones, sums, sums[0].words // 3, "prose")
            if zone:
                found.setdefault(zone, "footer")
    return found


def _speaks_of_cookies(text: str) -> bool:
    if text.isascii():  # without one of these words the expression need not look at every place
        low = text.lower()
        if "cookie" not in low and "privacy" not in low:
            return False
    return bool(_COOKIES.search(text))


def _led(number: int, zone: int, zones: Sequence[Zone], sums: Sequence[_Sum]) -> int:
    """The smallest zone that begins with draft `number` and holds more; 0 if there is none."""
    while zone and sums[zone].blocks < 2:
        zone = zones[zone].parent
    return zone if zone and sums[zone].first == number else 0


def _largest(zone: int, zones: Sequence[Zone], sums: Sequence[_Sum], most: int, without: str) -> int:
    """The largest zone around `zone` of at most `most` words that is no part of the core; 0 if there is none."""
    best = 0
    for _ in range(_CLIMB):
        here = sums[zone]
        if not zone or here.words > most or here.core or zones[zone].named in ("main", "article"):
            break
        if without and here.prose > 0.6 * here.words:
            break
        best, zone = zone, zones[zone].parent
    return best


def _short_of(block: Block, zone: _Sum) -> bool:
    """Whether a block makes up a good part of its zone."""
    return 4 * len(block.text.split()) >= zone.words


def _marked(draft: Draft, why: str) -> Draft:
    block = draft.block
    if not why and block.links and len(block.text) < 60 and _JUMP.fullmatch(block.text):
        why = "navigation"
    if not why or block.hidden in ("title", "meta"):
        return draft
    words, linked = _words(block)
    if why == "header":  # a banner holds menus, but often also the boldest claim of the page
        menu = block.kind == "item" or (block.kind != "heading" and linked >= words)
        return replace(draft, block=replace(block, left_out="navigation")) if menu else draft
    if why in ("footer", "aside"):
        if why == "footer":
            block = replace(block, kind="footer")
        prose = _is_prose(block, words, linked)
        return replace(draft, block=block if prose or block.kind == "code" else replace(block, left_out=why))
    return replace(draft, block=replace(block, left_out=why))


def _is_prose(block: Block, words: int, linked: int) -> bool:
    """Whether a block says something: it ends like a sentence, and is neither links nor a line for lawyers."""
    if words < PROSE or 2 * linked >= words or not _STOP.search(block.text, max(len(block.text) - 4, 0)):
        return False
    return words >= 20 or not _LEGAL_LINE.search(block.text)


def _words(block: Block) -> tuple[int, int]:
    """How many words a block has, and how many of them are linked."""
    words = block.text.count(" ") + 1
    letters = sum(k.end - k.start for k in block.links)
    if letters >= 0.9 * len(block.text):
        return words, words
    return words, min(sum(block.text.count(" ", k.start, k.end) + 1 for k in block.links), words)
