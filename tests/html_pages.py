"""Pages for the HTML report's tests: attempts to get markup, scripts and addresses through it."""

from __future__ import annotations

from msgspec.structs import replace
from sample_report import PAGE, bad_page

from claimcheck.ingest import read_page
from claimcheck.model import Report

PAYLOADS = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><svg/onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)//",
    "<iframe src=//evil.example></iframe>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<!--<details open ontoggle=alert(1)>",
    "{{ 7 * 7 }}{% raw %}{{ config }}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<form action=//evil.example><button>Go</button></form>",
    "<base href=//evil.example>",
    "../../../etc/passwd",
    "${alert(1)}`x`",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
]


def hostile(words: str) -> Report:
    """A report with `words` wherever a report holds words: the page, its name, rules, links, reasons, gaps."""
    report = bad_page(source=f"{words}.txt")
    last = f"\nAll that we have said so far comes down to this: {words} and to no more than this.\n"
    page = read_page(PAGE + last, "page.txt", "text")
    notes = tuple(
        replace(n, title=words, why=words, evidence_needed=words, safer=words, sources=(words,)) for n in report.rules
    )
    return replace(
        report,
        page=page.blocks,
        rules=notes,
        findings=tuple(replace(f, message=words, modifiers=(words,)) for f in report.findings),
        suppressed=tuple(
            replace(f, quote=words, context=words, because=f.because and replace(f.because, cue=words))
            for f in report.suppressed
        ),
        claims=tuple(replace(c, sentence=words, reason=words) for c in report.claims),
        evidence=tuple(replace(e, quote=words, design=words) for e in report.evidence),
        citations=tuple(replace(c, url=words, identifier="", quote=words) for c in report.citations),
        omissions=tuple(replace(o, gap=words, questions=(words,)) for o in report.omissions),
        questions=(words,),
        verdict=replace(
            report.verdict, explanation=words, reasons=(words,), strongest=words, gates=(words,), credits=(words,)
        ),
        notices=(words,),
    )
