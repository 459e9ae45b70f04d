"""The nouns of claimcheck, all frozen.

Offsets called `start` and `end` are half-open code points of the *source* text, unless a docstring says they
belong to a block. Lines and columns are 1-based; columns count code points.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Severity = Literal["info", "low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "critical")

Strength = Literal["none", "correlational", "conditional", "can", "causal", "absolute"]
STRENGTHS: tuple[Strength, ...] = ("none", "correlational", "conditional", "can", "causal", "absolute")

Confidence = Literal["low", "medium", "high"]

Label = Literal["supported", "balanced", "mixed", "overstated", "unsupported", "red-flag", "no-claim", "too-short"]

PageType = Literal["offer", "promo", "info", "watch"]

BlockKind = Literal[
    "heading", "paragraph", "item", "cell", "quote", "caption", "footer", "navigation", "code", "reference", "meta"
]

FAMILIES: tuple[str, ...] = (
    "cure",
    "guarantee",
    "safety",
    "efficacy",
    "numbers",
    "evidence-claims",
    "citations",
    "hype",
    "status",
    "authority",
    "testimonials",
    "standard-care",
    "scope",
    "mechanism",
    "pressure",
    "omissions",
)
"""The sixteen rule families, in the order that settles a tie between overlapping findings."""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where each character of a block's text came from, as runs.

    Run k covers block offsets `out[k] .. out[k+1]` and source offsets `src[k] .. end[k]`; `out` therefore has one
    entry more than the others, the length of the text. In a run whose two lengths are equal the characters
    correspond one by one; in any other (an entity, a folded run of white space) every character stands for the
    whole source stretch.
    """

    out: tuple[int, ...]
    src: tuple[int, ...]
    end: tuple[int, ...]

    def start_of(self, at: int) -> int:
        """Source offset at which the character at block offset `at` begins."""
        if len(self.src) == 1 and self.out[1] == self.end[0] - self.src[0]:  # most blocks of plain text
            return self.src[0] + at
        k = self._run(at)
        return self.src[k] + (at - self.out[k] if self._plain(k) else 0)

    def end_of(self, at: int) -> int:
        """Source offset just past the character that ends at block offset `at` (so `at` is exclusive)."""
        if len(self.src) == 1 and self.out[1] == self.end[0] - self.src[0]:
            return self.src[0] + at
        k = self._run(at - 1)
        return self.src[k] + (at - self.out[k]) if self._plain(k) else self.end[k]

    def at(self, offset: int) -> int:
        """The block offset of the source character at `offset`, or of the next one of the block; the inverse of
        `start_of`. Where the source stood in another order than the block, the answer is only near."""
        k = max(bisect_right(self.src, offset) - 1, 0)
        if offset <= self.src[k]:
            return self.out[k]
        return min(self.out[k] + (offset - self.src[k]), self.out[k + 1]) if self._plain(k) else self.out[k]

    def _run(self, at: int) -> int:
        return min(max(bisect_right(self.out, at) - 1, 0), len(self.src) - 1)

    def _plain(self, k: int) -> bool:
        return self.out[k + 1] - self.out[k] == self.end[k] - self.src[k]


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block: the anchor's offsets in the block's text and the target as written."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of prose that layout sets apart: a heading, a paragraph, a list item, a table cell.

    `text` is what a reader sees: entities decoded, markup gone, every run of white space one space, no space at
    either end, zero-width characters and soft hyphens dropped. `level` is 1-6 for a heading, the nesting depth
    (from 1) for an item, else 0. `group` numbers the list, table or quote a block belongs to (0: none), so that
    blocks of one list share it. `hidden` says where text that is not in the body came from ("alt", "title",
    "meta"), empty for body text.
    """

    kind: BlockKind
    text: str
    map: SourceMap
    level: int = 0
    group: int = 0
    links: tuple[Link, ...] = ()
    hidden: str = ""

    @property
    def start(self) -> int:
        """Source offset of the first character."""
        return self.map.start_of(0)

    @property
    def end(self) -> int:
        """Source offset past the last character."""
        return self.map.end_of(len(self.text))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, item, cell or caption.

    `at` is where `text` begins in its block's text; `block` is that block's index in the document. `contexts`
    are the labels of the whole sentence (sorted), `strength` what it asserts about a treatment or exposure.
    """

    text: str
    start: int
    end: int
    block: int
    at: int
    strength: Strength = "none"
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A page as read: its unedited source, its blocks in reading order, and once cut, its sentences.

    `notices` are plain sentences about what reading had to do ("3 bytes were not UTF-8 and were replaced").
    """

    name: str
    format: str
    source: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...] = ()
    notices: tuple[str, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], 0
        for line in self.source.splitlines(keepends=True):
            at += len(line)
            starts.append(at)
        return starts

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a source offset."""
        starts = self._line_starts
        line = min(bisect_right(starts, offset), max(len(starts) - 1, 1))
        return line, offset - starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Because:
    """Why a match was let go: the context that excused it, the words that opened it, and how far they reach."""

    context: str
    cue: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Region:
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


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the page promises more than it shows, or a match that was let go (`because` is set).

    `severity` is after modifiers, `base` as the rule states it; `modifiers` say in words what moved it.
    `context` is the whole sentence; `notes` are ids of rules absorbed by this finding (one problem, one charge).
    A document finding without a place of its own has start == end == 0, line 1, column 1.
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
    advertising: Severity | None = None
    """How grave the advertising rules of the report's profile take it to be; None where no country is chosen."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to a source: an identifier, a link, a numbered or author-year mark, a reference-list entry.

    `kind` is "doi", "pmid", "nct" ... for identifiers, "url", "number", "superscript", "author-year",
    "reference" or "malformed". `identifier` is canonical ("NCT01234567"). `link_class` is the class of source
    (registry, journal, index, preprint, agency, university, press, company, own, news, encyclopaedia, shop,
    unknown). `traceability` is 0-3: nothing to follow, named, can be looked up, resolvable and independent.
    """

    kind: str
    identifier: str
    url: str
    link_class: str
    traceability: int
    start: int
    end: int
    line: int
    quote: str
    resolved: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One study, guideline or other ground the page describes for a treatment's effect.

    `level` is 0-9 on the ladder (0 assertion ... 5 single-arm trial, 7 randomised trial, 9 guideline or approval)
    after indirectness; `design` the ladder name as described. `direction` says which way its result points.
    `participants` is the stated sample size. `citations` index the report's citations.
    """

    level: int
    design: str
    direction: Literal["for", "against", "unclear"]
    traceability: int
    start: int
    end: int
    line: int
    quote: str
    treatment: str = ""
    condition: str = ""
    participants: int | None = None
    phase: str = ""
    population: str = ""
    limits: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One asserted benefit or safety claim about a treatment, held against the evidence in its window.

    `evidence` and `citations` index the report's tuples. `need` and `have` are ladder levels, `gap` is
    max(0, need - have). `flags` are the rules found on the sentence.
    """

    sentence: str
    start: int
    end: int
    line: int
    strength: Strength
    hedged: bool
    treatment: str
    condition: str
    evidence: tuple[int, ...]
    citations: tuple[int, ...]
    flags: tuple[str, ...]
    need: int
    have: int
    gap: int
    reason: str


@dataclass(frozen=True, slots=True)
class Omission:
    """Something a fair page would have said: the rule, its severity, the gap in words, what to ask."""

    rule: str
    severity: Severity
    gap: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry of the score's arithmetic. `points` are added to the running total; the first line is +100."""

    part: Literal["start", "language", "gap", "omissions", "credit", "gate", "rounding"]
    points: float
    what: str
    start: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
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


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What a reader of a report needs to know about a rule that fired."""

    id: str
    title: str
    why: str
    evidence_needed: str
    safer: str
    ask: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LegalNote:
    """What a country's advertising rules have to say, with who says so and of which date; `rule` is the rule that it
    is about, empty for a note on the page as a whole. Information, not a legal conclusion."""

    rule: str
    text: str
    authority: str
    date: str


@dataclass(frozen=True, slots=True)
class Record:
    """Which record of a file of records a report is about: its number (from 1), the first and the last of its lines
    in the file, the field that was read, and what its field of ids holds."""

    number: int
    line: int
    end_line: int
    field: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything claimcheck has to say about one page, or one record of `source`."""

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
    record: Record | None = None
    """Set for a record. Its findings then stand on the record's line, while offsets count in its field's text."""
    page: tuple[Block, ...] = ()
    """The page's own text, for a report that shows it beside what is said of it. May be empty; not in the JSON."""

    @property
    def title(self) -> str:
        """What people call it: the file, and for a record its number and id too."""
        if self.record is None:
            return self.source
        return f"{self.source}, record {self.record.number}" + f" ({self.record.id})" * bool(self.record.id)
