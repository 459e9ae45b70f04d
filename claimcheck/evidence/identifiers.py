"""Identifiers that make a source resolvable: registry numbers, DOIs, PubMed numbers, regulators' numbers.

Shapes are data (`rules/evidence/identifiers.toml`); they run on the text as written, since case and dashes count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from claimcheck.context.once import once_each
from claimcheck.evidence.spans import Spans
from claimcheck.programs import expression
from claimcheck.rules.ruleset import RuleSet

_NEAR = 80  # characters before a short identifier in which a word must say what it is
_TAIL = expression(
    r"(?:\.full(?:\.pdf|-text)?|\.pdf|\.abstract|/full|/abstract|/pdf|/meta|/?v\d{1,2})+\Z", re.IGNORECASE
)
_DIGIT = expression(r"\d")
_CLOSING = {")": "(", "]": "[", ">": "<"}


class Identifier(Struct, frozen=True):
    """An identifier found in a text, with its offsets there; `malformed` ones are look-alikes, never a source."""

    kind: str
    identifier: str
    url: str
    link_class: str
    start: int
    end: int
    weight: int | None = None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return expression(pattern)


@once_each
def _keys(rules: RuleSet) -> Sequence[tuple[str, int]]:
    """The words of which a text must hold one of each shape, with the shape's number."""
    shapes = rules.tables["identifiers"].get("shape", ())
    return [(key, number) for number, shape in enumerate(shapes) for key in shape["keys"]]


def find_identifiers(text: str, rules: RuleSet) -> list[Identifier]:
    """Every identifier in `text`, in order and disjoint.

    Canonical forms are those of the registers ("NCT01234567"); a DOI is lower case and trimmed (`trim_doi`).
    """
    if not _DIGIT.search(text):
        return []
    low, table = text.lower(), rules.tables["identifiers"]
    found: list[Identifier] = []
    slips: list[Identifier] = []
    for number in dict.fromkeys([number for key, number in _keys(rules) if key in low]):
        shape = table["shape"][number]
        near = shape.get("near")
        for m in _compiled(shape["regex"]).finditer(text):
            before = low[max(0, m.start() - _NEAR) : m.start()]
            if near and not any(word in before for word in near):
                continue
            if found_one := _identifier(m, shape, table):
                found.append(found_one)
        for pattern in shape.get("malformed", ()):
            slips += [
                Identifier("malformed", m.group().strip(), "", "unknown", *m.span())
                for m in _compiled(pattern).finditer(text)
            ]
    return _disjoint(found, slips) if found or slips else []


def _identifier(m: re.Match[str], shape: Mapping[str, Any], table: Mapping[str, Any]) -> Identifier | None:
    kind, link_class, end = shape["name"], shape["class"], m.end()
    raw = re.sub(r"\s", "", m["id"])
    if kind == "doi" and raw.startswith("10."):
        raw = trim_doi(raw)
        end = m.start("id") + len(raw)
        raw = raw.lower()
        if raw.endswith("/"):
            return None
        if is_preprint(raw, table):
            link_class = "preprint"
    elif kind == "chictr":
        raw = raw.upper()
        raw = raw if raw[:1] == "-" or raw[:1].isdigit() else "-" + raw
    elif kind not in ("doi", "jrct", "rebec"):
        raw = raw.upper()
    identifier = shape["canonical"].format(id=raw)
    url = shape.get("url", "").format(id=raw, identifier=identifier)
    return Identifier(kind, identifier, url, link_class, m.start(), end, shape.get("weight"))


def is_preprint(doi: str, table: Mapping[str, Any]) -> bool:
    """Whether a DOI belongs to a preprint server."""
    return bool(_compiled(table["preprint"]).match(doi))


def trim_doi(doi: str) -> str:
    """A DOI without what a sentence or an address added to it.

    Trailing punctuation and unmatched closing brackets go, then "v1", ".full", ".full.pdf"; balanced brackets
    belong to the DOI.

    >>> trim_doi("10.1016/S0953-7562(09)80401-2).")
    '10.1016/S0953-7562(09)80401-2'
    """
    while doi:
        last = doi[-1]
        if last in ".,;:'\"-_<([" or (last in _CLOSING and doi.count(last) > doi.count(_CLOSING[last])):
            doi = doi[:-1]
            continue
        tail = _TAIL.search(doi, max(0, len(doi) - 40))
        if tail and "/" in doi[: tail.start()].rstrip("/"):
            doi = doi[: tail.start()]
            continue
        return doi
    return doi


def _disjoint(found: list[Identifier], slips: list[Identifier]) -> list[Identifier]:
    """All that do not overlap an earlier or longer one; a look-alike never overlaps a real one."""
    kept = _first_come(found)
    taken = Spans((one.start, one.end) for one in kept)
    free = [slip for slip in slips if not taken.over(slip.start, slip.end)]
    return sorted(kept + _first_come(free), key=lambda i: i.start)


def _first_come(found: list[Identifier]) -> list[Identifier]:
    kept: list[Identifier] = []
    for one in sorted(found, key=lambda i: (i.start, -i.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
