"""Which blocks of a page stand over which: the headings above a block, and the lead-in of its list."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.model import Block

LABEL = 6
"""The heading level that readers give to a label inside a list ("Organ protection: ...")."""


def governors(blocks: Sequence[Block]) -> list[tuple[int, ...]]:
    """For each block, the numbers of those that may govern it: the headings above it and its list's lead-in."""
    out: list[tuple[int, ...]] = []
    headings: list[tuple[int, int]] = []
    above: tuple[int, ...] = ()  # the numbers of the headings
    lead: tuple[int, ...] = ()
    for number, block in enumerate(blocks):
        if block.kind == "heading" and block.level == LABEL and block.group:
            # a label inside a list governs its own item and leaves the list's lead-in in force
            out.append(above + lead)
        elif block.kind == "heading":
            level = block.level or 7
            headings = [(lv, n) for lv, n in headings if lv < level]
            above = tuple(n for _, n in headings)
            out.append(above)
            headings.append((level, number))
            above += (number,)
            lead = ()
        elif block.kind in ("item", "cell"):
            out.append(above + lead)
        else:
            out.append(above)
            lead = (number,) if block.text.endswith((":", "?")) else ()
    return out
