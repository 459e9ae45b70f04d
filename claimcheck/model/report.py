"""What is said of a page: findings, omissions, the verdict with its ledger, the report."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from claimcheck.model.evidence import Citation, Claim, Evidence, Substantiation
from claimcheck.model.page import Block, Place
from claimcheck.model.words import Confidence, Label, PageType, Severity, Strength


class Because(Struct, frozen=True):
    """Why a match was let go: the context that excused it, the words that opened it, and how far they reach."""

    context: str
    cue: str
    start: int
    end: int


class Region(Struct, frozen=True):
    """Where a finding ends, and its columns in the units of other programs.

    `end_line` and `end_column` (code points) are just past the last character; `start_utf16` and `end_utf16` are the
    columns of both ends in UTF-16 code units, `start_utf8` and `end_utf8` in bytes of UTF-8. All count from 1.
    """

    end_line: int
    end_column: int
    start_utf16: int
    end_utf16: int
    start_utf8: int
    end_utf8: int


class Finding(Struct, frozen=True):
    """One place where the page promises more than it shows, or a match that was let go (`because` is set).

    `severity` is after modifiers, `base` as the rule states it; `modifiers` say in words what moved it.
    `context` is the whole sentence; `notes` are ids of rules absorbed by this finding (one problem, one charge).
    A document finding without a place of its own has start == end == 0, line 1, column 1. `where` is the
    block's `hidden`.
    """

    rule: str
    family: str
    severity: Severity
    base: Severity
    confidence: Confidence
    message: str
    quote: str
    start: int
    end: int
    line: int
    column: int
    context: str
    fingerprint: str
    scope: Literal["sentence", "context", "document"] = "sentence"
    modifiers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    because: Because | None = None
    region: Region | None = None
    place: Place | None = None
    advertising: Severity | None = None
    """How grave the advertising rules of the report's profile take it to be; None where no country is chosen."""
    where: str = ""
    substantiation: Substantiation | None = None


class Omission(Struct, frozen=True):
    """Something a fair page would have said: the rule, its severity, the gap in words, what to ask."""

    rule: str
    severity: Severity
    gap: str
    questions: tuple[str, ...]


class LedgerLine(Struct, frozen=True):
    """One entry of the score's arithmetic. `points` are added to the running total; the first line is +100."""

    part: Literal["start", "language", "gap", "omissions", "credit", "gate", "rounding"]
    points: float
    what: str
    start: int | None = None
    line: int | None = None


class Verdict(Struct, frozen=True):
    """The evidence-strength verdict.

    `score` is 0-100, None where the page makes no claim or is too short; `arithmetic` sums to it exactly.
    `level`/`traceability` are the best evidence cited for the treatment; `strength` the strongest claim, `need`
    the level it asks for, `gap` the distance. `reasons` are the few sentences that moved the score most.
    """

    label: Label
    score: int | None
    explanation: str
    reasons: tuple[str, ...]
    arithmetic: tuple[LedgerLine, ...]
    page_type: PageType
    strength: Strength
    strongest: str
    level: int
    traceability: int
    need: int
    gap: int
    gates: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


class RuleNote(Struct, frozen=True):
    """What a reader of a report needs to know about a rule that fired."""

    id: str
    title: str
    why: str
    evidence_needed: str
    safer: str
    ask: tuple[str, ...]
    sources: tuple[str, ...]


class LegalNote(Struct, frozen=True):
    """What a country's advertising rules have to say, with who says so and of which date; `rule` is the rule that it
    is about, empty for a note on the page as a whole. Information, not a legal conclusion."""

    rule: str
    text: str
    authority: str
    date: str


class LeftOut(Struct, frozen=True):
    """A part of a page that was not judged: why ("navigation", "footer", "aside", "form", "cookie notice", "related",
    "comments", "sign-up", "hidden", "repeated", "language", "skipped"), how many words it has, and how it begins."""

    why: str
    words: int
    quote: str
    start: int
    end: int
    line: int


class Record(Struct, frozen=True):
    """Which record of a file of records a report is about: its number (from 1), the first and the last of its lines
    in the file, the field that was read, and what its field of ids holds."""

    number: int
    line: int
    end_line: int
    field: str
    id: str = ""


class Section(Struct, frozen=True):
    """Which part of a text too long for one page a report is about: its number (from 1) `of` so many, the offset in
    the text at which it begins, and its first and last line."""

    number: int
    of: int
    start: int
    line: int
    end_line: int


class Report(Struct, frozen=True):
    """Everything claimcheck has to say about one page, or one record or section of `source`."""

    source: str
    format: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]
    citations: tuple[Citation, ...]
    omissions: tuple[Omission, ...]
    questions: tuple[str, ...]
    rules: tuple[RuleNote, ...]
    notices: tuple[str, ...] = ()
    profile: str = "intl"
    legal: tuple[LegalNote, ...] = ()
    """What the advertising rules of `profile` say of what was found."""
    left_out: tuple[LeftOut, ...] = ()
    record: Record | None = None
    """Set for a record. Its findings then stand on the record's line, while offsets count in its field's text."""
    section: Section | None = None
    """Set for a section. Its lines are those of the whole text, while offsets, and columns of a line that it begins
    within, count from its own start."""
    page: tuple[Block, ...] = ()
    """The page's own text, for a report that shows it beside what is said of it. May be empty; not in the JSON."""
    places: tuple[Place, ...] = ()
    """`Document.places`; not in the JSON, where each finding has its own."""

    @property
    def title(self) -> str:
        """What people call it: the file, and which record or section of it."""
        if record := self.record:
            return f"{self.source}, record {record.number}" + f" ({record.id})" * bool(record.id)
        if section := self.section:
            return f"{self.source}, section {section.number} of {section.of}"
        return self.source
