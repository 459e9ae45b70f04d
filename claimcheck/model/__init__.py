"""The nouns of claimcheck, all frozen.

Offsets called `start` and `end` are half-open code points of the *source* text, unless a docstring says they
belong to a block. Lines and columns are 1-based; columns count code points.
"""

from claimcheck.model.evidence import Citation, Claim, Evidence, Particulars, Substantiation
from claimcheck.model.page import Block, BlockKind, Document, Link, Place, Sentence, SourceMap
from claimcheck.model.report import (
    Because,
    Finding,
    LedgerLine,
    LeftOut,
    LegalNote,
    Omission,
    Record,
    Region,
    Report,
    RuleNote,
    Section,
    Verdict,
)
from claimcheck.model.words import FAMILIES, SEVERITIES, STRENGTHS, Confidence, Label, PageType, Severity, Strength

__all__ = [
    "FAMILIES",
    "SEVERITIES",
    "STRENGTHS",
    "Because",
    "Block",
    "BlockKind",
    "Citation",
    "Claim",
    "Confidence",
    "Document",
    "Evidence",
    "Finding",
    "Label",
    "LedgerLine",
    "LeftOut",
    "LegalNote",
    "Link",
    "Omission",
    "PageType",
    "Particulars",
    "Place",
    "Record",
    "Region",
    "Report",
    "RuleNote",
    "Section",
    "Sentence",
    "Severity",
    "SourceMap",
    "Strength",
    "Substantiation",
    "Verdict",
]
