"""What a comparison of two versions of a page consists of, all frozen."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from claimcheck.model import Citation, Claim, Evidence, Finding, Label, Omission

Kind = Literal["added", "hardened", "softened", "removed", "reworded", "unchanged"]
KINDS: tuple[Kind, ...] = ("added", "hardened", "softened", "removed", "reworded", "unchanged")
"""What may become of a claim, the changes that ask for a look first.

hardened and softened: put more or less strongly (a sentence that no longer claims anything is softened too);
reworded: in other words, as strong as before; unchanged: the same words, as strong as before.
"""

PARTS: tuple[str, ...] = ("language", "gap", "omissions", "credit", "gate", "rounding")


class Version(Struct, frozen=True):
    """One of the two pages: its name, verdict, and the score where it has one."""

    source: str
    label: Label
    score: int | None
    level: int
    traceability: int
    sentences: int
    claims: int
    findings: int


class ClaimChange(Struct, frozen=True):
    """What became of a claim. `old_sentence` and `new_sentence` are empty where the page had or has none like it;
    `old` and `new` are None where that sentence claims nothing."""

    kind: Kind
    old_sentence: str
    new_sentence: str
    old: Claim | None
    new: Claim | None


class FindingChange(Struct, frozen=True):
    """A finding that stayed, in its old and new form: graded higher or lower, or on a reworded sentence."""

    old: Finding
    new: Finding
    direction: Literal["worse", "milder", "same"]


class PartChange(Struct, frozen=True):
    """What one part of the ledger cost (negative) or gave, then and now, in points."""

    part: str
    old: float
    new: float
    delta: float


class Sentences(Struct, frozen=True):
    """How many sentences of the two versions stayed as they were, were reworded, came and went."""

    same: int
    reworded: int
    added: int
    removed: int


class Comparison(Struct, frozen=True):
    """Everything that changed from `old` to `new`. `stayed` are the findings in both whose grade or sentence changed;
    `kept` counts all findings in both. `set_aside` are those that a person took out of the new version, by a comment or
    the configuration: the words still stand, so they are not gone."""

    old: Version
    new: Version
    score_delta: int | None
    sentences: Sentences
    claims: tuple[ClaimChange, ...]
    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]
    stayed: tuple[FindingChange, ...]
    kept: int
    set_aside: tuple[Finding, ...]
    evidence_added: tuple[Evidence, ...]
    evidence_removed: tuple[Evidence, ...]
    citations_added: tuple[Citation, ...]
    citations_removed: tuple[Citation, ...]
    omissions_new: tuple[Omission, ...]
    omissions_mended: tuple[Omission, ...]
    credits_gained: tuple[str, ...]
    credits_lost: tuple[str, ...]
    ledger: tuple[PartChange, ...]
