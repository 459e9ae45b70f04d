"""The evidence table alone: what a page describes and cites, how to find it, and which claims lean on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct, to_builtins
from msgspec.structs import asdict

from claimcheck.ladder import RUNGS
from claimcheck.model import Citation, Claim, Evidence, Particulars, Report
from claimcheck.report.json import published
from claimcheck.report.parts import TRACEABILITY, many
from claimcheck.report.plain import clean, shorten

SCHEMA: Literal["claimcheck/evidence/1"] = "claimcheck/evidence/1"


class Row(Struct, frozen=True):
    """One study described, or one source cited without a word on its study.

    `level` is the ladder level (0-9, None where the page tells no design) and `rung` the level in words. `found` says
    how a reader can find it, `targets` are the identifiers or addresses to follow. `claims` index the page's claims.
    """

    line: int
    kind: Literal["study", "source"]
    level: int | None
    rung: str
    design: str
    direction: str
    treatment: str
    other: str
    condition: str
    participants: int | None
    phase: str
    population: str
    limits: tuple[str, ...]
    particulars: Particulars
    traceability: int
    found: str
    targets: tuple[str, ...]
    quote: str
    claims: tuple[int, ...]


class Leaning(Struct, frozen=True):
    """A claim and what it leans on: the numbers of rows of the table."""

    line: int
    sentence: str
    strength: str
    need: int
    have: int
    gap: int
    reason: str
    rows: tuple[int, ...]


class Page(Struct, frozen=True):
    """The evidence table of one page."""

    source: str
    rows: tuple[Row, ...]
    claims: tuple[Leaning, ...]


class Tables(Struct, frozen=True):
    """What `claimcheck evidence --format json` prints: one table a page. Lines are 1-based, indexes 0-based."""

    schema: Literal["claimcheck/evidence/1"]
    pages: tuple[Page, ...]


def table(report: Report) -> Page:
    """The evidence table of a report: studies and other sources in the order of the page."""
    described = {k for e in report.evidence for k in e.citations}
    entries = [(e.start, "e", n) for n, e in enumerate(report.evidence)]
    shown = {report.citations[k].identifier: n for n, e in enumerate(report.evidence) for k in e.citations}
    answered = {k: shown[c.resolved] for k, c in enumerate(report.citations) if c.resolved and c.resolved in shown}
    others = described | answered.keys()  # a mark is one with the entry that answers it
    entries += [(c.start, "c", k) for k, c in enumerate(report.citations) if k not in others]
    entries.sort(key=lambda e: (e[0], e[1] == "c"))
    place = {(kind, n): row for row, (_, kind, n) in enumerate(entries)}
    rows = tuple(
        _study(report, n, report.evidence[n]) if kind == "e" else _source(report, n, report.citations[n])
        for _, kind, n in entries
    )
    for n, e in enumerate(report.evidence):
        for k in e.citations:
            place.setdefault(("c", k), place["e", n])
    for k, n in answered.items():
        place.setdefault(("c", k), place["e", n])
    claims = tuple(_leaning(c, place) for c in report.claims)
    return Page(report.source, rows, claims)


def _leaning(c: Claim, place: dict[tuple[str, int], int]) -> Leaning:
    rows = {place["e", k] for k in c.evidence} | {place["c", k] for k in c.citations}
    return Leaning(c.line, c.sentence, c.strength, c.need, c.have, c.gap, c.reason, tuple(sorted(rows)))


def _study(report: Report, n: int, e: Evidence) -> Row:
    cited = [report.citations[k] for k in e.citations]
    leaning = (i for i, c in enumerate(report.claims) if n in c.evidence or set(e.citations) & set(c.citations))
    return Row(
        e.line, "study", e.level, RUNGS[e.level], e.design, e.direction, e.treatment, e.other, e.condition,
        e.participants, e.phase, e.population, e.limits, e.particulars, e.traceability, TRACEABILITY[e.traceability],
        tuple(dict.fromkeys(map(_target, cited))), e.quote, tuple(leaning),
    )  # fmt: skip


def _source(report: Report, k: int, c: Citation) -> Row:
    leaning = tuple(i for i, claim in enumerate(report.claims) if k in claim.citations)
    target = _target(c)
    return Row(
        c.line, "source", None, "", f"{c.link_class} {c.kind}", "unclear", "", "", "", None, "", "", (), Particulars(),
        c.traceability, TRACEABILITY[c.traceability], (target,) if target else (), c.quote, leaning,
    )  # fmt: skip


def _target(c: Citation) -> str:
    return c.resolved or c.identifier or c.url or c.quote


def dumps(reports: Sequence[Report]) -> str:
    """The tables as JSON, in ASCII."""
    return json.dumps(to_builtins(Tables(SCHEMA, tuple(map(table, reports)))), indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `dumps` writes."""
    return published(Tables, SCHEMA)


def render(reports: Sequence[Report], width: int = 80, colour: bool = False) -> str:
    """The tables for people, `width` columns wide."""
    from rich.text import Text

    from claimcheck.report.terminal import bullets, labelled, make_console, section, to_text

    def lines(report: Report) -> Iterator[Any]:
        page = table(report)
        studies = [r for r in page.rows if r.kind == "study"]
        yield Text(f"{clean(report.title)}: {_studies(len(studies))} described, "
                   f"{many(len(page.rows) - len(studies), 'further source')} cited, {many(len(page.claims), 'claim')}",
                   "bold")  # fmt: skip
        for number, row in enumerate(page.rows, 1):
            level = f"level {row.level}, " if row.level is not None else ""
            yield Text(f"\n{number}. line {row.line}: {level}{clean(row.design)}", "bold")
            yield labelled("Says", shorten(row.quote, 240))
            if row.kind == "study":
                yield labelled("Tells", _told(row))
            yield labelled("To find it", "; ".join([row.found, *(shorten(t, 120) for t in row.targets)]))
            lean = "; ".join(f'line {c.line} "{shorten(c.sentence, 90)}"' for c in (page.claims[i] for i in row.claims))
            yield labelled("Claims that lean on it", lean or "none")
        bare = [c for c in page.claims if not c.rows]
        if bare:
            yield from section("Claims with nothing beside them")
            yield from bullets(f'line {c.line}: "{shorten(c.sentence, 160)}"' for c in bare)

    console = make_console(width, colour)
    return "\n".join(to_text(console, lines(report), colour) for report in reports)


def _studies(count: int) -> str:
    return f"{count or 'no'} {'study' if count == 1 else 'studies'}"


def _told(row: Row) -> str:
    """What the page tells of a study, in one line."""
    about = f"{row.treatment or 'a treatment'} in {row.condition}" if row.condition else row.treatment
    parts = [
        {"for": "points for the treatment", "against": "points against the treatment"}.get(row.direction, ""),
        about,
        f"tested {row.other} instead of the page's treatment" if row.other else "",
        f"phase {row.phase}" if row.phase else "",
        f"{row.participants} participants" if row.participants is not None else "",
        row.population,
        *(f"{name.replace('_', ' ')}: {said}" for name, said in asdict(row.particulars).items() if said),
        *row.limits,
    ]
    return "; ".join(p for p in parts if p) or "no more than that"
