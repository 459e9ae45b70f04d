"""What `compare` says of two versions of a page."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from html_pages import PAYLOADS, hostile
from hypothesis import given
from hypothesis import strategies as st
from sample_report import bad_page, fair_page, no_claim_page
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from snapshots import same_as_snapshot

from claimcheck import check
from claimcheck.cli import main
from claimcheck.compare import align as alignment
from claimcheck.compare import compare
from claimcheck.compare.align import align, words_of
from claimcheck.report.comparison import FORMATS, render
from claimcheck.report.comparison.json import schema

OPENING = "Our clinic is in the old harbour. We see people with sore joints. The rooms were painted in spring."
THEN = f"""# Stem cells for arthritis

{OPENING}

Our stem cells cure arthritis within weeks. We guarantee relief to every patient.

PRP may reduce knee pain. Stop your tablets before the first drip.
"""
NOW = f"""# Stem cells for arthritis

{OPENING}

Our stem cells reduced pain in some patients with arthritis within weeks (Lee 2019, doi:10.1000/xyz123).

PRP cures knee pain. One drip cures gout. Risks include infection and bleeding.
"""


def both(then: str = THEN, now: str = NOW) -> Any:
    """A comparison of two texts."""
    return compare(check(then, source="then.md", format="markdown"), check(now, source="now.md", format="markdown"))


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        ("Our stem cells cure arthritis.", "Our stem cells may ease arthritis pain.", "softened"),
        ("Our stem cells may reduce arthritis pain.", "Our stem cells reduce arthritis pain.", "hardened"),
        ("Our stem cells reduce arthritis pain.", "Our stem cells lower arthritis pain.", "reworded"),
        ("Our stem cells cure arthritis.", "Our stem cells cure  ARTHRITIS!", "unchanged"),
        ("Our stem cells cure arthritis.", "", "removed"),
        (
            "Our stem cells cure arthritis within weeks.",
            "Our stem cells lowered pain in some patients with arthritis within weeks (Lee 2019, doi:10.1000/xyz123).",
            "softened",
        ),
        ("", "Our stem cells cure arthritis.", "added"),
        ("Our stem cells cure arthritis.", "Our stem cells do not cure arthritis.", "softened"),
        ("Our stem cells do not cure arthritis.", "Our stem cells cure arthritis.", "hardened"),
    ],
)
def test_what_became_of_a_claim(then: str, now: str, kind: str) -> None:
    """A claim that is put otherwise is softened, hardened or reworded by its strength, and known in any case."""
    changes = both(f"{OPENING}\n\n{then}\n", f"{OPENING}\n\n{now}\n").claims
    assert [c.kind for c in changes] == [kind]


def test_everything_comes_and_goes_once() -> None:
    """Findings, sources, gaps and the ledger are those of the two reports: what is not kept went or came."""
    old, new = check(THEN, format="markdown"), check(NOW, format="markdown")
    c = compare(old, new)
    assert len(c.gone_findings) + c.kept == len(old.findings)
    assert len(c.new_findings) + c.kept == len(new.findings)
    assert [x.identifier for x in c.citations_added] == ["10.1000/xyz123"] and c.citations_removed == ()
    assert "no-risks-mentioned" in {o.rule for o in c.omissions_mended}
    assert "guaranteed-result" in {f.rule for f in c.gone_findings}
    assert c.score_delta == pytest.approx(sum(p.delta for p in c.ledger))


def test_there_and_back() -> None:
    """Compared the other way round, what came has gone, and what softened has hardened."""
    forth, back = both(), both(NOW, THEN)
    opposite = {"added": "removed", "removed": "added", "softened": "hardened", "hardened": "softened"}
    kinds = sorted(opposite.get(c.kind, c.kind) for c in forth.claims)
    assert sorted(c.kind for c in back.claims) == kinds
    for one, other in (("new_findings", "gone_findings"), ("citations_added", "citations_removed")):
        assert len(getattr(forth, one)) == len(getattr(back, other))
    assert forth.score_delta == -back.score_delta


def test_the_same_page_has_not_changed() -> None:
    """Nothing changes when nothing changed, nor when a page is only laid out anew."""
    for now in (THEN, THEN.replace(". ", ".\n"), f"<!-- -->\n\n{THEN}"):
        c = both(THEN, now)
        assert {x.kind for x in c.claims} == {"unchanged"} and c.score_delta == 0
        assert not (c.new_findings or c.gone_findings or c.stayed or c.evidence_added or c.omissions_new)


def test_a_comment_takes_nothing_off_the_page() -> None:
    """A finding that a comment suppresses in the new version is set aside, not gone."""
    old, new = bad_page(), bad_page()
    from msgspec.structs import replace

    from claimcheck.model import Because

    first, *rest = new.findings
    taken = replace(first, because=Because("suppressed", "agreed", 0, 1))
    c = compare(old, replace(new, findings=tuple(rest), suppressed=(taken,)))
    assert c.gone_findings == () and [f.rule for f in c.set_aside] == [first.rule]


@given(st.lists(st.text("ab c", max_size=8), max_size=12), st.lists(st.text("ab c", max_size=8), max_size=12))
def test_alignment_loses_nothing(old: list[str], new: list[str]) -> None:
    """Every sentence of both texts is in exactly one pair, in order, and pairs called the same have the same words."""
    pairs = align(old, new)
    assert sorted(p.old for p in pairs if p.old is not None) == list(range(len(old)))
    assert [p.new for p in pairs if p.new is not None] == list(range(len(new)))
    for p in pairs:
        if p.how == "same":
            assert p.old is not None and p.new is not None and words_of(old[p.old]) == words_of(new[p.new])
        assert (p.how == "added") == (p.old is None) and (p.how == "removed") == (p.new is None)


@pytest.mark.parametrize("alike", [True, False])
def test_alignment_is_not_quadratic(alike: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reworded sentence is held against a bounded number of others, also where all of them share their words."""
    made = 0
    judge = alignment._likeness

    def counted(*bags: Any) -> float:
        nonlocal made
        made += 1
        return judge(*bags)

    monkeypatch.setattr(alignment, "_likeness", counted)
    pick = random.Random(1)
    words = [f"word{i}" for i in range(9 if alike else 2000)]
    old = [" ".join(pick.choices(words, k=9)) + f" o{i}" for i in range(3000)]
    new = [f"{text} n{i}" for i, text in enumerate(old)]
    assert all(p.how == "reworded" for p in align(old, new))
    assert made <= len(old) * (alignment.CANDIDATES + 2 * alignment.NEAR + 1)


SHOWN = {
    "compare.txt": {},
    "compare-editor.txt": {"view": "editor", "verbose": True},
    "compare-narrow.txt": {"width": 50},
    "compare-quiet.txt": {"quiet": True},
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_terminal_reads_as_reviewed(name: str) -> None:
    """What a person sees is what was reviewed."""
    text = render("terminal", both(), **SHOWN[name])
    if name != "compare-quiet.txt":
        assert max(map(len, text.splitlines())) <= SHOWN[name].get("width", 80)
    same_as_snapshot(name, text)


def test_the_json_keeps_to_its_schema() -> None:
    """JSON is ASCII and validates, also of odd pages, with no field that the schema leaves out."""
    published = schema()
    same_as_snapshot("compare-schema.json", json.dumps(published, indent=2) + "\n")
    closed = json.loads(json.dumps(published), object_hook=_closed)
    pages = [bad_page(), fair_page(), no_claim_page(), hostile("<\x1b[2J\u202e>")]
    for c in [both(), *(compare(a, b) for a in pages for b in pages)]:
        text = render("json", c)
        assert text.isascii()
        jsonschema.Draft202012Validator(closed).validate(json.loads(text))


def _closed(table: dict[str, Any]) -> dict[str, Any]:
    return {**table, "additionalProperties": False} if table.get("type") == "object" else table


@pytest.mark.parametrize("view", ["patient", "editor"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_injected_markup_stays_text(payload: str, view: str) -> None:
    """A payload anywhere in the two reports adds no element, attribute or address to the comparison."""
    shapes = []
    for words in ("harmless words", payload):
        tree = HTMLParser(render("html", compare(fair_page(words), hostile(words)), view=view, verbose=True))
        assert len(tree.css("script")) == 1 and len(tree.css("style")) == 1
        shapes.append([(n.tag, sorted(n.attributes)) for n in tree.css("*")])
        assert all((n.attributes["href"] or "").startswith("#") for n in tree.css("[href]"))
    assert shapes[0] == shapes[1]
    assert not set("\x1b\u202e") & set(render("terminal", compare(fair_page(payload), hostile("\x1b[2J\u202e"))))


# --- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with dated copies of a page, the last one better than the one before."""
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "2024-01-01.md").write_text(NOW, encoding="utf-8")
    (copies / "2024-02-01.md").write_text(THEN, encoding="utf-8")
    (copies / "2024-03-01.md").write_text(NOW, encoding="utf-8")
    (tmp_path / "careful.md").write_text(f"{OPENING}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["copies"], 1),
        (["copies", "--fail-on", "never"], 0),
        (["copies/2024-01-01.md", "copies/2024-03-01.md"], 0),
        (["copies/2024-03-01.md", "careful.md"], 0),
        (["careful.md", "copies/2024-03-01.md", "--fail-on", "red-flag"], 1),
        (["copies/2024-02-01.md", "copies/2024-03-01.md", "--fail-on", "red-flag"], 0),
        (["copies/2024-01-01.md"], 2),
        (["copies", "careful.md"], 2),
        (["careful.md", "missing.md"], 2),
        (["-", "-"], 2),
        (["careful.md", "careful.md", "--output", "x.pdf"], 2),
    ],
)
@pytest.mark.usefixtures("desk")
def test_exit_status(arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """0: nothing got worse; 1: something at or above the bar is new; 2: it could not be compared, and why."""
    assert main(["compare", *arguments]) == status
    assert bool(capsys.readouterr().err) == (status == 2)


def test_output_goes_to_files(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file is in the format of its suffix, and nothing is printed besides."""
    main(["compare", "copies", "--output", "c.html", "--output", "c.json"])
    assert capsys.readouterr().out == ""
    assert json.loads((desk / "c.json").read_text())["schema"] == "claimcheck/compare/1"
    assert (desk / "c.html").read_text().startswith("<!doctype html>")


def test_one_version_may_be_piped(desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    """`git show HEAD:page.md | claimcheck compare - page.md` works."""
    import io

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOW.encode())))
    assert main(["compare", "-", "copies/2024-03-01.md", "--input-format", "markdown", "-q"]) == 0
    assert "The score is the same" in capsys.readouterr().out


def test_every_format_is_offered() -> None:
    """Each format renders something of any pair of pages."""
    for name in FORMATS:
        assert render(name, compare(no_claim_page(), bad_page()))
        assert render(name, compare(bad_page(), no_claim_page()))
