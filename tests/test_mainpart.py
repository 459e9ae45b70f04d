"""The page's own words against what surrounds them, and what is left out for other reasons."""

import re
from pathlib import Path

import pytest

from claimcheck.ingest import read_page

BUILDERS = sorted((Path(__file__).parent / "data" / "builders").glob("*.html"))


def spans(source, name):
    """The stretches of a page that its comments mark: `<!--main-->...<!--/main-->`."""
    return [m.span() for m in re.finditer(rf"<!--{name}-->.*?<!--/{name}-->", source, re.DOTALL)]


def words(blocks, within):
    """The places of the words of a page's body in certain stretches."""
    places = {b.map.start_of(m.start()) for b in blocks if not b.hidden for m in re.finditer(r"\S+", b.text)}
    return {p for p in places if any(a <= p < b for a, b in within)}


@pytest.mark.parametrize("path", BUILDERS, ids=lambda p: p.stem)
def test_a_builders_page_keeps_its_words_and_loses_its_frame(path):
    """Of a saved page 95 % of its own words are judged, and 90 % of the words around them are not."""
    source = path.read_text(encoding="utf-8")
    document, whole = read_page(source, path.name), read_page(source, path.name, content="all")
    own, around = spans(source, "main"), spans(source, "chrome")
    kept = len(words(document.blocks, own)) / len(words(whole.blocks, own))
    dropped = 1 - len(words(document.blocks, around)) / len(words(whole.blocks, around))
    assert (kept >= 0.95, dropped >= 0.9) == (True, True), (kept, dropped)
    assert len(words(whole.blocks, own)) > 60 and len(words(whole.blocks, around)) > 50
