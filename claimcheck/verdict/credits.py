"""What the page does well, by the vocabulary in `rules/evidence/credits.toml` and the links it gives."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.context.mentions import mentions
from claimcheck.context.scan import Hit, Scan
from claimcheck.context.subjects import Subjects, subjects_of
from claimcheck.context.surroundings import Surroundings
from claimcheck.engine.place import Facts, Place
from claimcheck.engine.predicates import PREDICATES
from claimcheck.model import Citation
from claimcheck.verdict.score import Credit

_INDEPENDENT = 3
"""The traceability of a source that can be resolved and is not the page's own."""

_ENOUGH_LINKS = 3


def credits_of(scan: Scan, facts: Facts, around: Surroundings, cited: Sequence[Citation]) -> tuple[Credit, ...]:
    """The credits a page earns, each once, in the order of the file. `cited` are the citations for the treatment."""
    subjects = subjects_of(scan)
    earned = []
    for entry in scan.rules.tables.get("credits", {}).get("entry", ()):
        place = _links(cited) if entry["name"] == "links" else _said(scan, facts, around, subjects, entry)
        if place is not None:
            earned.append(Credit(entry["name"], entry["title"], *place))
    return tuple(earned)


def _said(
    scan: Scan, facts: Facts, around: Surroundings, subjects: Subjects, entry: dict[str, str]
) -> tuple[int, int] | None:
    owner = f"credits:credits:{entry['name']}"
    for hit in mentions(scan, around, subjects, owner, of_treatment=entry.get("about") == "treatment"):
        if not PREDICATES["testimonial"](Place(scan, facts, hit.sentence, hit.start, hit.end)):
            return _place(scan, hit)
    return None


def _place(scan: Scan, hit: Hit) -> tuple[int, int]:
    start, _ = scan.source_span(hit.sentence, hit.start, hit.end)
    return start, scan.document.place(start)[0]


def _links(cited: Sequence[Citation]) -> tuple[int, int] | None:
    """Three or more different independent sources that can be followed."""
    targets = {c.identifier or c.url: c for c in reversed(cited) if c.traceability >= _INDEPENDENT}
    if len(targets) < _ENOUGH_LINKS:
        return None
    first = min(targets.values(), key=lambda c: c.start)
    return first.start, first.line
