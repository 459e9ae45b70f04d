"""Reports built by hand, so that what prints them can be tested without judging a page."""

from __future__ import annotations

from claimcheck.model import (
    Because,
    Citation,
    Claim,
    Evidence,
    Finding,
    LedgerLine,
    Omission,
    Report,
    RuleNote,
    Severity,
    Verdict,
)

PAGE = """\
Joint renewal at Harbour Bay

We guarantee lasting relief after one visit. Our cells cure arthritis at its source.
Thousands of knees treated: 94% of patients improve.

Stop your tablets before the first drip. One drip cures psoriasis too, and a second cures gout.
No honest doctor can guarantee results, and neither do we for hips.

An open-label study of 14 adults saw less pain at six months. It has been called a breakthrough.
"""

NOTES = {
    "guaranteed-result": RuleNote(
        id="guaranteed-result",
        title="Guarantees a result",
        why="Bodies differ, so no treatment works for everybody. A guarantee is about the sale.",
        evidence_needed="No study can support a guarantee; a trial can support how many people improved, by how much.",
        safer="In a randomised trial of N adults, X of N improved by Y points after six months.",
        ask=("What happens, in writing, if it does not work for me?",),
        sources=("Example Agency, Advertising of Health Services, 2023",),
    ),
    "stop-medication": RuleNote(
        id="stop-medication",
        title="Tells readers to stop a medicine",
        why="Stopping a prescribed medicine without the prescriber can bring an illness back, sometimes dangerously.",
        evidence_needed="Nothing on a web page can support it; only your prescriber can change a prescription.",
        safer="Do not change any medicine without asking the clinician who prescribed it.",
        ask=("Should I continue all my current treatment?",),
        sources=("Example Regulator, Warnings to Consumers, 2022", "Example Code, section 12.2"),
    ),
    "unqualified-cure": RuleNote(
        id="unqualified-cure",
        title="Says that a treatment cures",
        why="A cure promises that you will be well and stay well. Few treatments of long illnesses can promise that.",
        evidence_needed="Randomised trials with long follow-up, repeated by others, or a regulator's approval.",
        safer="There is no established cure; the treatment is being studied to see if it reduces symptoms.",
        ask=(),
        sources=("Example Agency, Tip-offs, 2021",),
    ),
    "uncited-outcome-figure": RuleNote(
        id="uncited-outcome-figure",
        title="Gives a figure without a source",
        why="A percentage means nothing until you know of how many people, over what time, compared with what.",
        evidence_needed="The study the figure comes from, with the number of people and the comparison group.",
        safer="In STUDY, X of N people improved, against Y of N who had a sham treatment.",
        ask=(),
        sources=("Example Checklist, 2020",),
    ),
    "breakthrough-superlative": RuleNote(
        id="breakthrough-superlative",
        title="Calls itself a breakthrough",
        why="Superlatives raise hope without adding information.",
        evidence_needed="None is possible for a superlative; say what was measured.",
        safer="Say what the study found.",
        ask=(),
        sources=("Example Journal, 2016",),
    ),
    "no-risks-mentioned": RuleNote(
        id="no-risks-mentioned",
        title="Mentions no risk",
        why="Every procedure can go wrong.",
        evidence_needed="The known risks and how often they occur.",
        safer="Name the risks.",
        ask=("What are the known risks, and how often do they occur?",),
        sources=("Example Checklist, 2020",),
    ),
}


def finding(
    rule: str,
    severity: Severity,
    quote: str,
    *,
    page: str = PAGE,
    after: str = "",
    because: Because | None = None,
    base: Severity | None = None,
    modifiers: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Finding:
    """A finding on the first `quote` at or after the words `after`; its sentence ends at full stops and line ends."""
    start = page.index(quote, page.index(after))
    begin = max(page.rfind(". ", 0, start) + 2, page.rfind("\n", 0, start) + 1)
    ends = [e for e in (page.find(". ", start) + 1, page.find("\n", start)) if e > 0]
    return Finding(
        rule=rule,
        family=rule.split("-")[0],
        severity=severity,
        base=base or severity,
        confidence="high",
        message=f"'{quote}': {NOTES[rule].title.lower()}.",
        quote=quote,
        start=start,
        end=start + len(quote),
        line=page.count("\n", 0, start) + 1,
        column=start - page.rfind("\n", 0, start),
        context=page[begin : min(ends)],
        fingerprint=f"{start:016x}",
        modifiers=modifiers,
        notes=notes,
        because=because,
    )


def bad_page(source: str = "harbour.txt") -> Report:
    """A page that sells: two critical rules, a repeated one, an omission, one match let go, weak evidence."""
    start = PAGE.index("No honest doctor")
    let_go = finding(
        "guaranteed-result",
        "critical",
        "guarantee results",
        because=Because("negated", "No honest doctor", start, PAGE.index(", and neither")),
    )
    omitted = Finding(
        "no-risks-mentioned", "omissions", "high", "high", "high", "No risk of the treatment is mentioned.",
        "", 0, 0, 1, 1, "", "0" * 16, scope="document",
    )  # fmt: skip
    findings = (
        finding("guaranteed-result", "critical", "guarantee lasting relief"),
        finding("unqualified-cure", "critical", "cells cure arthritis", notes=("unhedged-efficacy",)),
        finding("uncited-outcome-figure", "high", "94% of patients improve"),
        finding("stop-medication", "critical", "Stop your tablets"),
        finding("unqualified-cure", "critical", "cures psoriasis"),
        finding("unqualified-cure", "critical", "cures gout"),
        finding(
            "breakthrough-superlative",
            "low",
            "breakthrough",
            base="medium",
            modifiers=("one step down: hedged ('called')",),
        ),
        omitted,
    )
    ledger = (
        LedgerLine("start", 100.0, "every page starts at 100"),
        LedgerLine("language", -20.0, "guaranteed-result (critical)", findings[0].start, 3),
        LedgerLine("language", -15.0, "unqualified-cure (critical), half beyond the first 20 points", 0, 3),
        LedgerLine("language", -13.5, "the other five findings, by the same weights"),
        LedgerLine("gap", -16.0, "4 levels between the claim and the evidence, 4 points each"),
        LedgerLine("omissions", -5.0, "no-risks-mentioned (high)"),
        LedgerLine("credit", 2.0, "describes the design of its study"),
        LedgerLine("gate", -20.5, "two or more critical rules: at most 12"),
    )
    quote = "An open-label study of 14 adults saw less pain at six months."
    at = PAGE.index(quote)
    study = Evidence(5, "open-label trial", "for", 1, at, at + len(quote), 9, quote, treatment="cells", participants=14)
    claim = Claim(
        "Our cells cure arthritis at its source.", PAGE.index("Our cells"), PAGE.index("Our cells") + 39, 3,
        "absolute", False, "cells", "arthritis", (0,), (0,), ("unqualified-cure",), 9, 4, 5,
        "says it cures arthritis; cites one open-label study of 14 adults, without a way to find it",
    )  # fmt: skip
    cited = Citation(
        "author-year", "open-label study", "", "unknown", 1, at, at + 35, 9, "An open-label study of 14 adults"
    )
    verdict = Verdict(
        label="red-flag",
        score=12,
        explanation=(
            "The strongest claim is absolute: 'Our cells cure arthritis at its source.' The best evidence the page "
            "points to is an early single-arm trial, named but not linked. The claim needs a regulator's approval or "
            "a guideline. It is not supported by the evidence this page cites."
        ),
        reasons=("It guarantees a result (line 3).", "It tells readers to stop a medicine (line 6)."),
        arithmetic=ledger,
        page_type="offer",
        strength="absolute",
        strongest="Our cells cure arthritis at its source.",
        level=5,
        traceability=1,
        need=9,
        gap=5,
        gates=("two or more critical rules: at most 12",),
        credits=("study design",),
    )
    return Report(
        source=source,
        format="text",
        verdict=verdict,
        findings=findings,
        suppressed=(let_go,),
        claims=(claim,),
        evidence=(study,),
        citations=(cited,),
        omissions=(
            Omission(
                "no-risks-mentioned", "high", "what can go wrong with this treatment, or how often",
                NOTES["no-risks-mentioned"].ask,
            ),
        ),
        questions=(*NOTES["stop-medication"].ask, *NOTES["no-risks-mentioned"].ask),
        rules=tuple(NOTES[r] for r in sorted({f.rule for f in findings})),
        notices=("3 bytes were not UTF-8 and were replaced",),
    )  # fmt: skip


def fair_page(source: str = "fair.md") -> Report:
    """A page that claims little and shows its sources: nothing found, nothing missing."""
    verdict = Verdict(
        "supported", 100, "The strongest claim is hedged and a randomised trial is linked.", (),
        (LedgerLine("start", 100.0, "every page starts at 100"),),
        "info", "conditional", "It may ease pain.", 7, 3, 5, 0, credits=("status", "limits"),
    )  # fmt: skip
    return Report(source, "markdown", verdict, (), (), (), (), (), (), (), ())


def no_claim_page(source: str = "menu.html") -> Report:
    """A page without any claim, so without a score."""
    verdict = Verdict(
        "no-claim", None, "The page makes no claim about a treatment's effect.", (), (), "info", "none", "", 0, 0, 0, 0
    )
    return Report(source, "html", verdict, (), (), (), (), (), (), (), ())
