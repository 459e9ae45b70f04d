"""The formats: what a person reads, what a program reads, and that no page can speak through either."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from itertools import accumulate, pairwise
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import to_builtins
from msgspec.structs import replace
from rich.cells import cell_len
from sample_report import NOTES, bad_page, fair_page, finding, no_claim_page
from snapshots import same_as_snapshot

from claimcheck.model import Report
from claimcheck.report import FORMATS, format_of
from claimcheck.report.json import schema
from claimcheck.report.markdown import escape
from claimcheck.report.parts import LIMITS
from claimcheck.report.plain import around, clean, shorten

PAGES = [bad_page(), fair_page(), no_claim_page()]
TEXTS = [name for name in FORMATS if name != "json"]
MARKUP = "[bold red]x[/] [link=http://e.example]y[/link] :smile:"
HOSTILE = f"{MARKUP} \x1b[31mred\x1b[0m \x9b2J \u202eevil \ud800 <b>&amp; **z** @you"

SNAPSHOTS: dict[str, tuple[str, list[Report], dict[str, Any]]] = {
    "terminal.txt": ("terminal", PAGES, {}),
    "terminal-editor.txt": ("terminal", [bad_page()], {"view": "editor"}),
    "terminal-verbose.txt": ("terminal", [bad_page()], {"verbose": True}),
    "terminal-explain.txt": ("terminal", [bad_page(), no_claim_page()], {"explain": True, "why_not": True}),
    "terminal-narrow.txt": ("terminal", [bad_page()], {"width": 50}),
    "terminal-quiet.txt": ("terminal", PAGES, {"quiet": True}),
    "concise.txt": ("concise", PAGES, {}),
    "report.json": ("json", PAGES, {}),
    "markdown.md": ("markdown", PAGES, {}),
    "markdown-all.md": (
        "markdown",
        [bad_page()],
        {"verbose": True, "explain": True, "why_not": True, "view": "editor"},
    ),
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_formats_read_as_reviewed(name: str) -> None:
    """Every format prints what its snapshot shows."""
    format, reports, options = SNAPSHOTS[name]
    same_as_snapshot(name, FORMATS[format](reports, **options))


def test_schema_reads_as_reviewed() -> None:
    """The published schema changes only with its snapshot."""
    same_as_snapshot("schema.json", json.dumps(schema(), indent=2) + "\n")


def fields(report: Report) -> dict[str, Any]:
    """A report as data, without the page's own text."""
    return {name: value for name, value in to_builtins(report).items() if name not in ("page", "places")}


def says(quote: str, before: str = "", after: str = "") -> Report:
    """A report with one finding on `quote`, and words from the page wherever a report holds some."""
    page = bad_page(source=f"{quote}.txt")
    one = replace(page.findings[0], quote=quote, context=before + quote + after, message=quote)
    return replace(
        page,
        findings=(one, replace(one, start=one.start + 1)),
        suppressed=tuple(replace(f, quote=quote, context=quote) for f in page.suppressed),
        claims=tuple(replace(c, sentence=quote, reason=quote) for c in page.claims),
        evidence=tuple(replace(e, quote=quote, design=quote) for e in page.evidence),
        citations=tuple(replace(c, url=quote) for c in page.citations),
        verdict=replace(page.verdict, explanation=quote, reasons=(quote,), credits=(quote,), strongest=quote),
        notices=(quote,),
    )


ALL = {"verbose": True, "explain": True, "why_not": True}


@pytest.mark.parametrize("format", TEXTS)
@settings(deadline=None)  # the first report of a format loads what the format needs
@given(quote=st.one_of(st.just(HOSTILE), st.text(min_size=1)))
def test_no_page_steers_the_terminal(format: str, quote: str) -> None:
    """Whatever a page says, a text format holds no control character and no direction override, and can be encoded."""
    text = FORMATS[format]([says(quote)], **ALL)
    if format == "terminal":  # its own isolates, each opened and closed on a sentence's line
        text = re.sub("^    \\| \u2068([^\u2066-\u2069\n]*)\u2069$", r"\1", text, flags=re.MULTILINE)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", text)
    text.encode("utf-8")


def test_markup_in_a_page_stays_text() -> None:
    """rich markup, emoji codes and links that a page holds are printed as they are written."""
    text = FORMATS["terminal"]([says(MARKUP)], width=200, colour=True)
    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert MARKUP in plain
    assert "\x1b]8" not in text


@given(text=st.one_of(st.just(HOSTILE), st.text()))
def test_markdown_shows_exactly_the_words(text: str) -> None:
    """Escaped words come out of a Markdown parser as those words in one paragraph, with nothing made of them."""
    shown = MarkdownIt("commonmark").render("x " + escape(text) + " x")
    assert shown.count("<") == 2
    words = html.unescape(shown.removeprefix("<p>").removesuffix("</p>\n")).replace("\u200b", "")
    assert words.split() == f"x {clean(text)} x".replace("\u200b", "").split()


@given(text=st.text(alphabet=" -+=#>1.)*_`[]()ab~|", min_size=1))
def test_markdown_words_open_no_block(text: str) -> None:
    """Escaped words at the start of a line make no list, heading, rule or quotation."""
    shown = MarkdownIt("commonmark").render(escape(text))
    assert shown == "" or re.fullmatch(r"<p>[^<]*</p>\n", shown)


@pytest.mark.parametrize("format", FORMATS)
def test_formats_depend_on_nothing_around(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format is a function of its reports: terminal settings of the environment change nothing."""
    before = FORMATS[format](PAGES)
    for name, value in {"COLUMNS": "33", "FORCE_COLOR": "1", "TERM": "dumb", "COLORTERM": "truecolor"}.items():
        monkeypatch.setenv(name, value)
    assert FORMATS[format](PAGES) == before


@given(
    width=st.integers(40, 120),
    words=st.lists(
        st.sampled_from(["cure", "treatment", "细胞", "x" * 130, "e\u0301", "🧬", "it"]), min_size=1, max_size=60
    ),
)
def test_lines_fit(width: int, words: list[str]) -> None:
    """No line of the plain terminal report is wider than asked for, and none ends in a space."""
    for line in FORMATS["terminal"]([says(" ".join(words))], width=width, **ALL).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@given(
    before=st.text(alphabet="ab ", max_size=300),
    quote=st.text(alphabet="xyz ", min_size=1, max_size=200).filter(lambda q: q == " ".join(q.split()) != ""),
    after=st.text(alphabet="ab ", max_size=300),
)
def test_carets_stand_under_the_quoted_words(before: str, quote: str, after: str) -> None:
    """Without colour, the characters above the carets are the quoted words, however the sentence wraps."""
    lines = FORMATS["terminal"](
        [
            replace(
                bad_page(),
                findings=(
                    replace(
                        finding("guaranteed-result", "high", "guarantee"), quote=quote, context=before + quote + after
                    ),
                ),
            )
        ]
    ).splitlines()
    over = "".join(
        character
        for line, carets in pairwise(lines)
        if re.fullmatch(r"    \| *\^+", carets)
        for character, caret in zip(line, carets, strict=False)
        if caret == "^"
    )
    assert over.replace(" ", "") == quote.replace(" ", "")


def test_marks_hold_under_wide_characters_and_beside_right_to_left_ones() -> None:
    """Carets stand under wide characters, brackets go with words from right to left, no long address is lost."""
    address = "https://clinic.example/" + "a" * 150
    sentences = [
        (
            "我們的診所：細胞 guarantee 完全 relief 給所有的病人，無論年齡或疾病的嚴重程度如何。",
            "guarantee 完全 relief",
        ),
        ("המרפאה שלנו says our cells cure arthritis for מטופלים רבים.", "our cells cure arthritis"),
        (f"See {address} where our cells cure gout.", f"{address} where our cells cure gout"),
        (
            "Our cells cure \U0001f469\u200d\u2695\ufe0f cafe\u0301 arthritis.",
            "cure \U0001f469\u200d\u2695\ufe0f cafe\u0301 arthritis",
        ),
    ]
    text = FORMATS["terminal"]([says(quote, *sentence.split(quote)) for sentence, quote in sentences])
    assert all(cell_len(line) <= 80 for line in text.splitlines())
    assert "[[our cells cure arthritis]]" in text and address in re.sub(r"\n    \| +\^+|\n    \| ", "", text)
    same_as_snapshot("terminal-scripts.txt", text)


def test_rules_are_linked_where_the_terminal_can() -> None:
    """With addresses of rules and colour each rule's name is a hyperlink (OSC 8); in plain text it never is."""
    pages = {"guaranteed-result": "file:///rules/guaranteed-result.toml"}
    linked = FORMATS["terminal"]([bad_page()], colour=True, rule_pages=pages)
    assert re.search(r"\x1b]8;[^;]*;file:///rules/guaranteed-result\.toml\x1b\\\[guaranteed-result\]", linked)
    assert linked.count("\x1b]8;") == 2
    assert FORMATS["terminal"]([bad_page()], rule_pages=pages) == FORMATS["terminal"]([bad_page()])


def test_colour_marks_the_span_without_carets() -> None:
    """In colour the span is marked by style alone."""
    text = FORMATS["terminal"]([bad_page()], colour=True)
    assert "\x1b[1;4mguarantee lasting relief\x1b[0m" in text
    assert "^^^" not in text


@pytest.mark.parametrize("size", [10_000, 1_000_000])
def test_a_sentence_of_any_length_prints_short(size: int) -> None:
    """A page that is one endless sentence gives a report no longer than a few screens."""
    words = "word " * (size // 10)
    text = FORMATS["terminal"]([says("cures all", words, " " + words)])
    assert len(text) < 20_000
    assert "cures all" in text


def test_cuts_keep_to_their_size() -> None:
    """Cut text is at most as long as asked, and a cut sentence keeps the words next to the quote."""
    assert len(shorten("a b " * 100, 50)) <= 50
    before, quote, after = around("left " * 100 + "middle" + " right" * 100, "middle")
    assert before.startswith("...") and before.endswith("left ")
    assert quote == "middle"
    assert after.startswith(" right") and after.endswith("...")
    assert len(before) + len(after) <= 246


def test_views_change_the_voice_only() -> None:
    """Patient and editor see the same verdict and the same findings."""
    for pattern in (r"RED FLAG 12/100", r"line \d+: .*\[[a-z-]+\]", r"\| .*\^"):
        patient, editor = (
            re.findall(pattern, FORMATS["terminal"]([bad_page()], view=v)) for v in ("patient", "editor")
        )
        assert patient == editor
    assert "Questions to ask the clinic" in FORMATS["terminal"]([bad_page()])
    assert NOTES["unqualified-cure"].safer in FORMATS["terminal"]([bad_page()], view="editor", width=200)


def test_repeats_are_shortened_unless_verbose() -> None:
    """A rule that fired three times is explained once; -v shows each of the three sentences."""
    brief, full = (FORMATS["terminal"]([bad_page()], verbose=v) for v in (False, True))
    assert brief.count("[unqualified-cure]") == full.count("[unqualified-cure]") == 1
    assert 'Also: line 6 "cures psoriasis"; line 6 "cures gout"' in brief
    assert "| One drip cures psoriasis too" not in brief
    assert full.count("| One drip cures psoriasis too") == 2


def test_the_arithmetic_ends_in_the_score() -> None:
    """--explain shows a running sum whose last line is the score."""
    text = FORMATS["terminal"]([bad_page()], explain=True)
    sums = [float(x) for x in re.findall(r" [+-][\d.]+ +(\d+\.\d\d)$", text, re.MULTILINE)]
    points = [line.points for line in bad_page().verdict.arithmetic]
    assert sums == pytest.approx(list(accumulate(points)))
    assert re.search(r"score +12$", text, re.MULTILINE)


def test_an_omission_is_told_once() -> None:
    """What the page does not say stands among the gaps, not among the sentences that were flagged."""
    text = FORMATS["terminal"]([bad_page()])
    assert text.count("no-risks-mentioned") == 1
    assert FORMATS["concise"]([bad_page()]).count("no-risks-mentioned") == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda r: r.verdict.label)
@pytest.mark.parametrize("format", ["terminal", "markdown"])
def test_every_report_says_its_limits(format: str, page: Report) -> None:
    """The closing line on limits stands at the end of every report for people."""
    text = FORMATS[format]([page], width=200)
    assert text.rstrip().rstrip("*").endswith(LIMITS)


@pytest.mark.parametrize("reports", [[], PAGES, [says(HOSTILE)]], ids=["none", "three", "hostile"])
def test_json_keeps_to_its_schema(reports: list[Report]) -> None:
    """JSON output is ASCII, says everything the reports hold, and validates, with no field the schema leaves out."""
    text = FORMATS["json"](reports)
    strict = schema()
    for shape in (strict, *strict["$defs"].values()):
        shape["additionalProperties"] = False
    data = json.loads(text)
    jsonschema.Draft202012Validator(strict).validate(data)
    assert text.isascii()
    assert data == {"schema": "claimcheck/report/1", "reports": json.loads(json.dumps([fields(r) for r in reports]))}


def test_the_schema_is_one() -> None:
    """The schema itself is valid, and describes every shape in words."""
    jsonschema.Draft202012Validator.check_schema(schema())
    assert all(shape["description"] for shape in schema()["$defs"].values())


def test_unknown_options_are_refused() -> None:
    """A misspelt option is an error in every format, not silence."""
    for format in FORMATS:
        with pytest.raises(TypeError):
            FORMATS[format]([], colur=True)


@pytest.mark.parametrize(
    ("path", "format"),
    [("a.json", "json"), ("a.MD", "markdown"), ("x/a.markdown", "markdown"), ("a.txt", "terminal"), ("json", None)],
)
def test_a_suffix_names_a_format(path: str, format: str | None) -> None:
    """The format of a file to write is told by its suffix."""
    assert format_of(path) == format


@pytest.mark.parametrize(("format", "without"), [("concise", "rich"), ("json", "pydantic"), ("markdown", "rich")])
def test_formats_import_only_what_they_use(format: str, without: str) -> None:
    """A format that prints plain text does not pay for the libraries of another."""
    code = (
        f"import sys; from claimcheck.report import FORMATS; FORMATS[{format!r}]([]); print({without!r} in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
