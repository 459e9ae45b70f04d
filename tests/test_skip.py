"""Parts of HTML pages that a team does not want judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimcheck.cli import main
from claimcheck.ingest.skip import without

CURE = "Our infusions cure lupus."


@pytest.mark.parametrize(
    ("html", "selector", "left"),
    [
        ("<p>a</p><div class='x strip'><div>b</div>c</div><p>d</p>", ".strip", "a d"),
        ("<p>a</p><DIV ID=bar>b</DIV><p>d</p>", "#bar", "a d"),
        ("<p>a</p><footer>b<p>c</p></footer>d", "footer", "a d"),
        ("<p>a</p><div class=strip>b<p>d</p>", ".strip", "a b d"),
        ("<script>'<div class=strip>'</script><p>a</p></div>", ".strip", "a"),
        ("<p class=strips>a</p><img class=strip alt=b>", ".strip", "a"),
        ("<div( class=strip>a</div(>b", ".strip", "b"),
    ],
)
def test_what_is_named_is_not_read(html: str, selector: str, left: str) -> None:
    """Whole elements go, nested ones of the same tag with them; places stay; what is not closed stays."""
    from claimcheck.ingest import read_page

    masked, notices = without(html, (selector,))
    assert len(masked) == len(html)
    document = read_page(html, "a.html", "html", skip=(selector,))
    assert " ".join(b.text for b in document.blocks if not b.hidden) == left
    assert document.source == html and bool(notices) == (masked != html)


def test_the_configuration_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    """What is skipped is not reported, the report says so, and a word that names nothing is refused."""
    monkeypatch.chdir(tmp_path)
    page = f"<html><body><p>We are a clinic.</p><div class=banner>{CURE}</div><p>Open at nine.</p></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert main(["a.html"]) == 1
    (tmp_path / "claimcheck.toml").write_text('skip = [".banner"]\n', encoding="utf-8")
    capsys.readouterr()
    assert main(["a.html", "--format", "json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert report["notices"] == ["1 element of the page not judged: skip = .banner."]
    (tmp_path / "claimcheck.toml").write_text('skip = ["div > p"]\n', encoding="utf-8")
    assert main(["a.html"]) == 2
    assert "claimcheck.toml:1: skip: 'div > p' is neither" in capsys.readouterr().err
