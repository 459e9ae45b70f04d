"""What a comparison says, in words that do not depend on the format."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.compare import Comparison
from claimcheck.compare.shape import ClaimChange, Kind, Version
from claimcheck.model import Finding, Omission
from claimcheck.report import parts
from claimcheck.report.options import View

TITLES: dict[View, dict[Kind, str]] = {
    "patient": {
        "added": "New claims",
        "hardened": "Claims that got bolder",
        "softened": "Claims that got more careful",
        "removed": "Claims that are gone",
        "reworded": "Same claim, other words",
        "unchanged": "Claims that did not change",
    },
    "editor": {
        "added": "Claims added",
        "hardened": "Claims hardened",
        "softened": "Claims softened",
        "removed": "Claims removed",
        "reworded": "Claims reworded, as strong as before",
        "unchanged": "Claims unchanged",
    },
}

PARTS = {
    "language": "Language",
    "gap": "Gap between claim and evidence",
    "omissions": "Omissions",
    "credit": "Credits",
    "gate": "Caps on the score",
    "rounding": "Rounding",
}


def headline(version: Version) -> str:
    """The label and score of a version."""
    return parts.graded(version.label, version.score)


def summary(c: Comparison, view: View) -> str:
    """The change in one or two sentences: the score, and what came and went."""
    if c.score_delta is None:
        said = "The two versions cannot be compared by score."
    elif c.score_delta == 0:
        said = "The score is the same."
    else:
        points = parts.many(abs(c.score_delta), "point")
        said = f"The score went {'up' if c.score_delta > 0 else 'down'} by {points}."
    new, gone = len(c.new_findings), len(c.gone_findings)
    if view == "patient":
        if new or gone:
            came = f"{parts.many(new, 'new problem')} came up".capitalize()
            return f"{said} {came}, and {gone or 'none'} went away."
        return f"{said} No problem came or went."
    s = c.sentences
    return (
        f"{said} {parts.many(new, 'finding').capitalize()} new, {gone or 'none'} gone, {c.kept or 'none'} kept. "
        f"Sentences: {s.same} the same, {s.reworded} reworded, {s.added} added, {s.removed} removed."
    )


def strength(change: ClaimChange) -> str:
    """How strongly the claim was and is put, and its gap where that moved: "absolute, now conditional"."""
    was, now = change.old.strength if change.old else "", change.new.strength if change.new else ""
    if not was or not now:
        if change.kind == "softened":
            return f"{was}; now claims nothing"
        if change.kind == "hardened":
            return f"claimed nothing; now {now}"
        return was or now
    said = was if was == now else f"{was}, now {now}"
    a, b = (change.old.gap, change.new.gap) if change.old and change.new else (0, 0)
    return said if a == b else f"{said}; gap to its evidence {a}, now {b}"


def moved(change: ClaimChange) -> bool:
    """Whether a claim changed in words, strength or evidence."""
    if change.kind != "unchanged":
        return True
    return change.old is not None and change.new is not None and change.old.gap != change.new.gap


def told_apart(findings: Sequence[Finding], omissions: Sequence[Omission]) -> list[Finding]:
    """The findings about what a page says; what it leaves out is told by the omissions."""
    rules = {o.rule for o in omissions}
    return [f for f in findings if f.rule not in rules]
