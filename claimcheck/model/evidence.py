"""What a page rests on: citations, studies, claims with the evidence beside them, and what a team holds."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from claimcheck.model.words import Strength


class Substantiation(Struct, frozen=True):
    """Evidence that whoever runs claimcheck has registered for a claim; it moves neither severity nor score.

    `level` is the ladder level (1-9) of `design`; `date` and `expires` are ISO dates; `place` is the file and line of
    the entry. `suffices` says whether the level is what the claim needs, `says` all of it in words.
    """

    identifier: str
    design: str
    level: int
    date: str
    expires: str
    holder: str
    place: str
    suffices: bool
    says: str


class Citation(Struct, frozen=True):
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


class Particulars(Struct, frozen=True):
    """How a study was run, in the few words a page spends on it; empty where it does not say.

    `comparator` is "none" where the page says that there was no comparison. `outcomes` are the measures named,
    laboratory values marked as surrogates.
    """

    allocation: str = ""
    blinding: str = ""
    arms: str = ""
    comparator: str = ""
    follow_up: str = ""
    outcomes: str = ""
    dose: str = ""
    route: str = ""
    sponsor: str = ""


class Evidence(Struct, frozen=True):
    """One study, guideline or other ground the page describes for a treatment's effect.

    `level` is 0-9 on the ladder (0 assertion ... 5 single-arm trial, 7 randomised trial, 9 guideline or approval)
    after indirectness; `design` the ladder name as described. `direction` says which way its result points.
    `participants` is the stated sample size. `other` is the drug or standard care that was tested instead of the page's
    treatment: such evidence is lent, and no claim is held to rest on it. `citations` index the report's citations.
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
    particulars: Particulars = Particulars()
    other: str = ""


class Claim(Struct, frozen=True):
    """One asserted benefit or safety claim about a treatment, held against the evidence in its window.

    `evidence` and `citations` index the report's tuples. `need` and `have` are ladder levels, `gap` is
    max(0, need - have). `flags` are the rules found on the sentence. `substantiation` is evidence registered
    elsewhere; it is not counted in `have`.
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
    substantiation: Substantiation | None = None
