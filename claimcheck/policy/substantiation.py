"""The evidence a team holds for its claims, registered in a TOML file and held against the reports.

A register buys nothing: findings stay, with their severity, and the score says what the page itself shows. What it
adds is the word that somebody holds evidence, what it is, until when, and whether its design is what the claim needs.
An entry whose time is over, or whose claim stands on no page, is a finding, so that a register cannot rot unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from claimcheck.engine.judge import fingerprint
from claimcheck.errors import ClaimcheckError
from claimcheck.ingest import matches
from claimcheck.ladder import RUNGS
from claimcheck.model import Claim, Finding, Report, RuleNote, Severity, Substantiation
from claimcheck.text.toml import read_toml

SCHEMA = "claimcheck/substantiation/1"
FAMILY = "substantiation"
Design = Literal[
    "laboratory-study", "animal-study", "case-report", "case-series", "uncontrolled-trial",
    "non-randomised-comparison", "randomised-trial", "systematic-review", "guideline-or-approval",
]  # fmt: skip
DESIGNS: tuple[str, ...] = get_args(Design)
"""The designs an entry may name; the ladder level (1-9) is the place in this list."""

META: dict[str, tuple[Severity, str, str]] = {
    "expired-substantiation": (
        "medium",
        "Registered evidence past its date",
        "Evidence ages: until somebody has looked at it again, the claim counts as one without registered evidence.",
    ),
    "dangling-substantiation": (
        "low",
        "Registered evidence for a claim the page does not make",
        "The claim has changed or gone, so nobody can tell what the evidence is held for.",
    ),
}
"""What is said of entries: id, severity, title, why."""

_NEXT = "Bring the entry of the register up to date, or take it out."


class SubstantiationError(ClaimcheckError):
    """Every fault of a substantiation file, each with its line and what was probably meant."""


class _Strict:
    """Marks a table that may hold no unknown key; keys are written with hyphens."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "use_attribute_docstrings": True}


@dataclass(frozen=True)
class Entry(_Strict):
    """Evidence that is held for one claim on a page: `claim`, `rule` or both say which."""

    identifier: str
    """What a reader would look up: a DOI, a PMID, a trial's number, the number of an internal report."""
    design: Design
    """The design of the study, on the ladder of evidence."""
    date: Day
    """When the evidence was last reviewed."""
    expires: Day
    """The last day on which it counts."""
    holder: str
    """Who holds it, and answers for it."""
    page: str
    """Which page, or pages: a pattern as in .gitignore, from the folder of this file."""
    claim: str = ""
    """Words of the claim as the page has them; case and white space do not matter."""
    rule: str = ""
    """The rule whose findings it answers, alone or within `claim`."""
    note: str = ""
    """Anything a reader should know of it."""


@dataclass(frozen=True)
class Table(_Strict):
    """A substantiation file."""

    evidence: tuple[Entry, ...] = ()
    """The entries, each under [[evidence]]."""


class Register(Struct, frozen=True):
    """A substantiation file as read: its entries, the lines on which they begin, its name and folder."""

    entries: tuple[Entry, ...]
    lines: tuple[int, ...]
    name: str
    folder: Path = field(default_factory=Path)

    def speaks_of(self, k: int, page: str) -> bool:
        """Whether entry `k` is for a page, by its name."""
        return matches((self.entries[k].page,), page, self.folder)


def read(path: Path, families: Mapping[str, str]) -> Register:
    """The register in a file; `families` gives the family of every rule by id. Raises SubstantiationError with every
    fault of it."""
    from claimcheck.rules.faults import line_of, shape_faults, suggest, validated

    try:
        table, text = read_toml(path)
    except ValueError as error:
        raise SubstantiationError(str(error)) from None
    if faults := shape_faults(Table, table, text, str(path)):
        raise SubstantiationError("\n".join(faults))
    entries: tuple[Entry, ...] = validated(Table, table).evidence
    lines = tuple(line_of(text, ("evidence", k)) for k in range(len(entries)))
    for line, entry in zip(lines, entries, strict=True):
        if not entry.claim.strip() and not entry.rule:
            faults.append(f"{path}:{line}: an entry needs 'claim' or 'rule', to say what it is held for")
        if entry.rule and entry.rule not in families:
            faults.append(f"{path}:{line}: rule: no rule called {entry.rule!r}\n  {suggest(entry.rule, [*families])}")
        if entry.expires < entry.date:
            faults.append(f"{path}:{line}: expires: {entry.expires} is before date = {entry.date}")
        if empty := [key for key in ("identifier", "holder", "page") if not getattr(entry, key).strip()]:
            faults.append(f"{path}:{line}: {empty[0]}: may not be empty")
    if faults:
        raise SubstantiationError("\n".join(f.rstrip() for f in faults))
    return Register(entries, lines, str(path), path.parent)


class Held:
    """A register held against the pages of a run, one report after another."""

    def __init__(self, register: Register, today: Day) -> None:
        self.register = register
        self.today = today
        self._asked: set[int] = set()
        self._said: set[int] = set()

    def take(self, report: Report) -> Report:
        """The report with claims and findings that say which registered evidence is held for them, and with findings
        about entries for this page that are expired, or whose claim is not there."""
        here = [k for k in range(len(self.register.entries)) if self.register.speaks_of(k, report.source)]
        live = [k for k in here if not self._expired(k)]
        self._asked.update(here)
        remarks = []
        for k in here:
            said = _speaks(self.register.entries[k], report)
            self._said.update([k] if said else [])
            if (said and self._expired(k)) or (not said and not _several(self.register.entries[k])):
                remarks.append(self._remark(k))
        marked = tuple(_marked(f, live, self.register, _need(report, f)) for f in report.findings)
        claims = tuple(_backed(c, live, self.register) for c in report.claims)
        return _with(replace(report, findings=marked, claims=claims), remarks)

    def close(self, last: Report) -> Report:
        """The last report of the run, with findings about entries for several pages of which none has the claim."""
        loose = sorted(k for k in self._asked - self._said if _several(self.register.entries[k]))
        return _with(last, [self._remark(k) for k in loose])

    def idle(self) -> list[str]:
        """Entries for a page that is not there, in words."""
        return [
            f"{_name(self.register, k)} is for a page that does not exist: {entry.page}"
            for k, entry in enumerate(self.register.entries)
            if k not in self._asked and not _several(entry) and not (self.register.folder / entry.page).exists()
        ]

    def _expired(self, k: int) -> bool:
        return self.register.entries[k].expires < self.today

    def _remark(self, k: int) -> Finding:
        entry, name = self.register.entries[k], _name(self.register, k)
        if self._expired(k):
            text = f"{name} counted until {entry.expires.isoformat()}: until it is reviewed, its claim stands alone."
            return _finding("expired-substantiation", text, entry)
        where = f"no page checked that '{entry.page}' means says" if _several(entry) else "this page does not say"
        text = f"{name} is held for {_words(entry)}, which {where}."
        return _finding("dangling-substantiation", text, entry)


def _several(entry: Entry) -> bool:
    """Whether an entry may be for more than one page."""
    return bool(set(entry.page) & set("*?[")) or entry.page.endswith("/")


def _with(report: Report, remarks: Sequence[Finding]) -> Report:
    notes = tuple(_note(rule) for rule in sorted({f.rule for f in remarks}))
    return replace(report, findings=(*report.findings, *remarks), rules=report.rules + notes)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a substantiation file. Imports pydantic."""
    from claimcheck.rules.faults import json_schema

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **json_schema(Table)}


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _says(entry: Entry, text: str) -> bool:
    return _fold(entry.claim) in _fold(text)


def _answers(entry: Entry, finding: Finding) -> bool:
    """Whether a finding is about the claim an entry is for."""
    if entry.rule and entry.rule not in (finding.rule, *finding.notes):
        return False
    return _says(entry, finding.context) if entry.claim else True


def _speaks(entry: Entry, report: Report) -> bool:
    """Whether a page makes the claim of an entry; what was suppressed is still said."""
    if any(_answers(entry, f) for f in (*report.findings, *report.suppressed) if f.scope != "document" or entry.rule):
        return True
    return not entry.rule and any(_says(entry, c.sentence) for c in report.claims)


def _need(report: Report, finding: Finding) -> int:
    """The ladder level that the claim on a finding's sentence needs, 0 where there is none."""
    return max((c.need for c in report.claims if c.start <= finding.start < c.end), default=0)


def _marked(finding: Finding, live: Sequence[int], register: Register, need: int) -> Finding:
    mine = [k for k in live if _answers(register.entries[k], finding) and finding.context]
    if not mine:
        return finding
    held = _best(mine, register, need)
    return replace(finding, substantiation=held, message=f"{finding.message} [{held.says}]")


def _backed(claim: Claim, live: Sequence[int], register: Register) -> Claim:
    mine = [
        k
        for k in live
        if (e := register.entries[k]).claim and _says(e, claim.sentence) and (not e.rule or e.rule in claim.flags)
    ]
    if not mine:
        return claim
    held = _best(mine, register, claim.need)
    return replace(claim, substantiation=held, reason=f"{claim.reason} [{held.says}]")


def _best(mine: Sequence[int], register: Register, need: int) -> Substantiation:
    """The strongest of several entries, held against the level that is needed."""
    k = max(mine, key=lambda k: (DESIGNS.index(register.entries[k].design), -k))
    e, level = register.entries[k], DESIGNS.index(register.entries[k].design) + 1
    enough = level >= need
    says = "substantiated" if enough else f"evidence is registered, but the claim needs {RUNGS[need]}"
    says += f": {e.identifier}, {e.design.replace('-', ' ')}, reviewed {e.date}, held by {e.holder} until {e.expires}"
    dates = (e.date.isoformat(), e.expires.isoformat())
    return Substantiation(
        e.identifier, e.design, level, *dates, e.holder, f"{register.name}:{register.lines[k]}", enough, says
    )


def _name(register: Register, k: int) -> str:
    return f"The evidence {register.entries[k].identifier} ({register.name}:{register.lines[k]})"


def _words(entry: Entry) -> str:
    return f"'{entry.claim}'" if entry.claim else f"findings of {entry.rule}"


def _finding(rule: str, message: str, entry: Entry) -> Finding:
    severity = META[rule][0]
    text = f"{entry.identifier}: {entry.claim or entry.rule}"
    mark = fingerprint(rule, text)
    return Finding(rule, FAMILY, severity, severity, "high", message, text, 0, 0, 1, 1, text, mark, scope="document")


def _note(rule: str) -> RuleNote:
    _, title, why = META[rule]
    return RuleNote(rule, title, why, "None: this is about the register, not about a treatment.", _NEXT, (), ())
