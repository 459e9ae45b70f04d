"""What a country's advertising rules make of a page, beside how grave its findings are here."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct

from claimcheck.model import SEVERITIES, LegalNote, Report, Severity
from claimcheck.report import parts

COUNTRIES = {
    "us": "United States",
    "uk": "United Kingdom",
    "eu": "European Union",
    "au": "Australia",
    "ca": "Canada",
}
"""The profiles whose advertising rules are told."""
NO_LAWYER = (
    "Information on rules as of the dates given, not legal advice; whether they apply is not for this tool to say."
)


class Advertised(Struct, frozen=True):
    """A rule that fired, how grave it is here, how grave by a country's advertising rules, and what those say."""

    rule: str
    title: str
    severity: Severity
    advertising: Severity
    notes: tuple[str, ...]


def advertised(report: Report) -> list[Advertised]:
    """The findings that the advertising rules of the report's profile speak of, the gravest first."""
    said: dict[str, list[str]] = defaultdict(list)
    for note in report.legal:
        said[note.rule].append(legal(note))
    titles = parts.notes(report)
    rows = [
        Advertised(
            g.rule,
            titles[g.rule].title if g.rule in titles else g.findings[0].message,
            g.severity,
            max(graded, key=SEVERITIES.index),
            tuple(said[g.rule]),
        )
        for g in parts.groups(report.findings)
        if said[g.rule] and (graded := [f.advertising for f in g.findings if f.advertising])
    ]
    return sorted(rows, key=lambda r: -SEVERITIES.index(r.advertising))


def legal_apart(report: Report) -> list[str]:
    """The legal notes that belong to no row of `advertised`, each once."""
    told = {note for row in advertised(report) for note in row.notes}
    return [said for said in dict.fromkeys(map(legal, report.legal)) if said not in told]


def legal(note: LegalNote) -> str:
    """A legal note with its authority and date."""
    return f"{note.text} ({note.authority}, {note.date})"
