"""The fixed vocabularies: severities, strengths, labels, families."""

from __future__ import annotations

from typing import Literal

Severity = Literal["info", "low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "critical")

Strength = Literal["none", "correlational", "conditional", "can", "causal", "absolute"]
STRENGTHS: tuple[Strength, ...] = ("none", "correlational", "conditional", "can", "causal", "absolute")

Confidence = Literal["low", "medium", "high"]

Label = Literal["supported", "balanced", "mixed", "overstated", "unsupported", "red-flag", "no-claim", "too-short"]

PageType = Literal["offer", "promo", "info", "watch"]

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
