"""The words of the report in two voices: plain for patients, brief and exact for editors."""

from __future__ import annotations

from claimcheck.ladder import RUNGS
from claimcheck.model import Label, Report, Severity, Strength
from claimcheck.report.options import View
from claimcheck.report.parts import PAGE_TYPES, STRENGTHS, TRACEABILITY

LABELS: dict[Label, tuple[str, str]] = {
    "red-flag": ("Red flag", "Stop and ask before you book. Health bodies warn about words like these."),
    "unsupported": ("Not backed up", "The page makes claims. It shows little or no proof for them."),
    "overstated": ("Overstated", "The page shows some proof. But its words go much further than the proof."),
    "mixed": ("Mixed", "Some of the claims fit the proof. Some go too far."),
    "balanced": ("Mostly fair", "The claims mostly fit the proof that the page shows."),
    "supported": ("Backed up", "The claims fit the proof that the page shows."),
    "no-claim": ("No claim found", "The page does not say that a treatment works. So there was nothing to weigh."),
    "too-short": ("Too short", "There is too little text here to judge."),
}
"""What each label means to a patient."""

PROOF: tuple[str, ...] = (
    "no study at all",
    "tests in a lab dish",
    "tests in animals, or a general article",
    "the story of one patient",
    "a few patients, with no one to compare them with",
    "a small early test in people",
    "a test of two groups that were not picked by chance",
    "a fair test: two groups picked by chance",
    "many fair tests, looked at together",
    "the approval of a health agency, or advice that doctors agree on",
)
"""The ladder of evidence, levels 0-9, in plain words."""

STEPS = ("Nothing", "Lab", "Animals", "One case", "Cases", "Early trial", "Compared", "Random", "Review", "Guideline")
"""The ladder in a word each, for a drawing."""

FOUND = (
    "It gives you nothing to look up.",
    "It names the proof, but gives no link.",
    "You can look the proof up.",
    "It links to the proof.",
)

BOLDNESS: dict[Strength, str] = {
    "none": "It makes no claim.",
    "correlational": "It says that two things go together.",
    "conditional": "It says that something may help.",
    "can": "It says that something can help.",
    "causal": "It says that something works, as a plain fact.",
    "absolute": "It makes a promise.",
}

SEVERITY: dict[View, dict[Severity, str]] = {
    "patient": {"critical": "Danger sign", "high": "Serious", "medium": "Take care", "low": "Minor", "info": "Note"},
    "editor": {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low", "info": "Info"},
}

WORDS: dict[View, dict[str, str]] = {
    "patient": {
        "axes": "The score in three parts",
        "text": "What the page says",
        "text_says": "These are the page's own words. We marked the parts to be careful with. "
        "Choose a mark to see why.",
        "claims": "Claims and their proof",
        "claims_says": "First what the page claims. Linked to it is the proof that the page gives.",
        "no_proof": "The page gives no proof beside this.",
        "gaps": "What the page does not tell you",
        "ask": "Questions to ask",
        "ask_says": "Take these with you. Ask for the answers in writing.",
        "score": "How we got the score",
        "score_says": "Each page starts with 100 points. It loses points for what it says and for what it leaves out.",
        "why": "Why it matters",
        "need": "What proof it would need",
        "who": "Who says so",
        "what": "What it is",
        "released": "Words we looked at and let go",
        "left_out": "Parts of the page we left out",
        "none": "We marked no sentence on this page.",
        "limits": "We look at the words on a page. We do not test if a treatment works. "
        "Keep taking your current treatment, and talk this over with the doctor who knows you.",
    },
    "editor": {
        "axes": "The three axes",
        "text": "The text with its findings",
        "text_says": "In reading order. Each mark opens its finding.",
        "claims": "Claims against evidence",
        "claims_says": "Each claim with the evidence in its window, widest gap first.",
        "no_proof": "No evidence in this claim's window.",
        "gaps": "What the page leaves out",
        "ask": "Questions a reader is left with",
        "ask_says": "The page could answer these.",
        "score": "Ledger of the score",
        "score_says": "The lines add up to the score exactly.",
        "why": "Why it matters",
        "need": "Evidence needed",
        "who": "Authority",
        "what": "Finding",
        "released": "Matched and let go",
        "left_out": "Left out of the page",
        "none": "No sentence on this page was flagged.",
        "limits": "claimcheck judges the wording of a page, not whether a treatment works. Patients should keep their "
        "current treatment and discuss changes with the clinician who knows them.",
    },
}


def heading(label: Label, view: View) -> str:
    """The label as a headline."""
    return LABELS[label][0] if view == "patient" else label.capitalize().replace("-", " ")


def summary(report: Report, view: View) -> tuple[str, ...]:
    """The verdict in a paragraph, sentence by sentence; quotations from the page are left to `quoted`."""
    verdict = report.verdict
    if view == "editor":
        return (verdict.explanation,)
    asserts = verdict.strength != "none"
    fair = verdict.label in ("balanced", "supported")
    said = [LABELS[verdict.label][1] if asserts or not fair else "What the page says fits the proof that it shows."]
    if verdict.score is None:
        return tuple(said)
    if not asserts:
        said.append("It does not claim that the treatment helps.")
    elif verdict.level or verdict.traceability:
        said.append(f"The best proof it points to is {PROOF[verdict.level]}. {FOUND[verdict.traceability]}")
    else:
        said.append("It points to no study at all.")
    if verdict.gap:
        said.append(f"Its boldest claim would need {PROOF[verdict.need]}.")
    if any(f.family == "standard-care" for f in report.findings):
        # what can harm at once comes before everything else
        said.insert(0, "Do not stop or change a medicine because of this page. Ask your own doctor first.")
    return tuple(said)


def rung(level: int, view: View) -> str:
    """A level of the ladder."""
    return PROOF[level] if view == "patient" else f"{RUNGS[level]} (level {level})"


def traceability(level: int, view: View) -> str:
    """How well a source can be followed."""
    return FOUND[level] if view == "patient" else TRACEABILITY[level]


def strength(value: Strength, view: View) -> str:
    """How strongly a claim is put."""
    return BOLDNESS[value] if view == "patient" else STRENGTHS[value]


_FAMILIES: dict[str, str] = {
    "cure": "Promises of a cure",
    "guarantee": "Guarantees",
    "safety": "Claims of no risk",
    "efficacy": "Claims that it works",
    "numbers": "Numbers without a base",
    "evidence-claims": "Talk of studies",
    "citations": "Sources",
    "hype": "Big words",
    "status": "Claims to be approved",
    "authority": "Big names as proof",
    "testimonials": "Patient stories",
    "standard-care": "Leaving usual care",
    "scope": "One cure for all",
    "mechanism": "How it may work",
    "pressure": "Pressure to buy",
    "omissions": "Things left out",
}


def family(value: str, view: View) -> str:
    """A family of rules, as the head of a count."""
    return _FAMILIES[value] if view == "patient" else value.replace("-", " ").capitalize()


BOLD: dict[Strength, str] = {
    "none": "No claim",
    "correlational": "Goes together",
    "conditional": "May help",
    "can": "Can help",
    "causal": "Works",
    "absolute": "Promise",
}
"""Strengths in a word or two, for a drawing."""


def kind(report: Report, view: View) -> str:
    """What kind of page it is."""
    plain = {"watch": "a page that warns or advises"}
    said = PAGE_TYPES[report.verdict.page_type]
    return plain.get(report.verdict.page_type, said) if view == "patient" else said
