"""The names that rule files may use for conditions and checks; the rooms that hold them answer for each."""

from __future__ import annotations

PREDICATES: tuple[str, ...] = tuple(
    "serious-condition condition several-systems treatment unproven-treatment own-offer vulnerable child "
    "heading item offer-page promotional-page watch-page cited uncited testimonial outcome-near risk-near "
    "weak-form label nominal short-list selling no-evidence high-figure reported-count nearby-count "
    "described-study source-named tentative animal-named evidence-based-only press-release said-unpublished "
    "preprint preprint-server-named registry-only retracted-source source-mismatch null-source "
    "other-condition other-treatment lent-evidence venue-mislabelled "
    "life-saving-care drug-or-standard-care unapproved-product status-stated registered-study fee-near".split()
)
"""Conditions on a match and its sentence; `engine.predicates` says what each means."""

DOCUMENT_PREDICATES: frozenset[str] = frozenset(
    {
        "claim",
        "offer",
        "promotional",
        "info",
        "trial-mentioned",
        "unproven-product",
        "testimonials",
        "figures",
        "indirect-status",
        "grave-finding",
    }
)
"""Conditions on the page that document rules name; `documents.checks` says what each means."""

DOCUMENT_CHECKS: frozenset[str] = frozenset(
    {
        "no-traceable-source",
        "no-registered-trial",
        "many-conditions",
        "own-links-only",
        "untied-references",
        "testimonial",
        "lopsided-comparison",
        "contradictory-disclaimer",
    }
)
"""Structural checks that document rules name; `documents.checks` holds them."""
