"""What kind of page this is: it sells, it promotes, it informs, or it watches those who sell."""

from __future__ import annotations

from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.model import PageType

_LETS_GO = frozenset({"negated", "warned", "attributed", "questioned", "quoted", "historical"})


def page_type(scan: Scan, around: Surroundings) -> PageType:
    """Told from cues in `rules/evidence/page-type.toml`, counted in sentences that leave them asserted.

    A page that watches (a regulator, a critic) needs two cues of its own and more of them than of selling; a page
    sells with one strong cue or two weaker ones, or with much talk of money, which counts in full only beside words
    of a seller's own; it promotes with three promotional sentences about a treatment (or a food, a herb, a device)
    and hardly a limit: one, or one for every eight promotional sentences.
    """
    names = ("sells", "may-sell", "money", "prices", "watches", "promotes", "limits")
    counts = {name: _count(scan, around, name) for name in names}
    own, money = counts["may-sell"], counts["money"] + counts["prices"] // 2
    sells = counts["sells"] + (own + (money if own else money // 2)) // 2
    if counts["watches"] >= 2 and counts["watches"] > sells:
        return "watch"
    if sells:
        return "offer"
    if counts["promotes"] >= 3 and counts["limits"] <= max(1, counts["promotes"] // 8):
        return "promo"
    return "info"


def against_medicine(scan: Scan, around: Surroundings) -> bool:
    """Whether the page speaks against medicine in its own voice."""
    return _count(scan, around, "against-medicine") > 0


def _count(scan: Scan, around: Surroundings, name: str) -> int:
    owner = f"page-type:page-type:{name}"
    numbers = scan.holding(owner)
    if name in ("watches", "limits"):
        return len(numbers)
    found = ((n, scan.words[n].found[owner]) for n in numbers)
    return sum(any(_LETS_GO.isdisjoint(around.contexts(n, *span)) for span in spans) for n, spans in found)
