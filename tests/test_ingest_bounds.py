"""Hostile markup is read in time and memory that grow with its length alone: work is counted, never timed."""

import tracemalloc

import pytest
from test_bounds import calls

from claimcheck.ingest import read_page

SMALL = 6_000
HTML = {
    "elements in one another": "<div class=nav>",
    "lists in one another": "<ul><li>a",
    "tables in one another": "<table><tr><td>a",
    "closing tags": "</div>",
    "drawings": "<svg><text>a",
    "hidden elements": "<div hidden>a</div>",
    "hidden elements in one another": "<div style='display:none'>",
    "cookie notices in one another": "<div>We use cookies here.",
    "copyright lines in one another": "<div>© 2020 All rights reserved",
    "teasers in one another": "<div><h2>Related posts</h2>",
    "titles": "<title>",
    "comments": "<!--",
    "scripts in comments in scripts": "<script><!--<script>",
    "JSON-LD": '<script type="application/ld+json">{"text":"we heal all"}</script>',
    "tooltips": "<a title='one two three'>x",
    "links": "<a href=/x>y</a>",
    "menus' buttons": '<p aria-controls="x">',
    "numbers of characters": "&#99999999999999999999999999999",
    "open quotes": "<p a='",
    "style sheets": "<style>.a{display:none}</style><p class=a>b</p>",
    "rules": "<style>.a{",
    "quotes' footers": "<blockquote><footer>x",
}
MARKDOWN = {
    "shortcodes": "{{< x >}} ",
    "open shortcodes": "{{< x ",
    "template comments": "{% comment %}",
    "attribute lists": "{: .x",
    "comments in MDX": "{/* a",
    "components over lines": "<Card a='b'\n",
    "imports": "import {\n",
    "boxes": ":::note a\n",
    "boxes in one another": "!!! note\n    ",
    "directives": "```{note}\n",
    "definitions": "a\n: b\n\n",
    "alerts": "> [!NOTE]\n",
    "front matter": "---\ntitle: x\n",
    "tables of contents": "[TOC]",
    "notes in the text": "^[a",
    "links in notes": "^[a [b](c)",
    "code over lines": "`a\n",
    "code of many lengths over lines": "`a ``b\n```c\n",
}
UNITS = [(unit, "html") for unit in HTML.values()] + [(unit, "markdown") for unit in MARKDOWN.values()]


@pytest.mark.parametrize(("unit", "form"), UNITS, ids=[*HTML, *MARKDOWN])
def test_twice_the_markup_is_twice_the_work(unit: str, form: str) -> None:
    """Whatever is repeated, twice as much of it takes at most about twice as many steps to read."""

    def work(size: int) -> int:
        return calls(lambda: read_page(unit * (size // len(unit)), format=form))

    work(SMALL)
    assert work(2 * SMALL) <= 2.3 * work(SMALL) + 200


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul>", "<table><tr><td>", "<blockquote>", "<svg>", "<a href=x>"])
def test_a_hundred_thousand_tags_deep_there_is_still_text(tag: str) -> None:
    """Nesting has no end that a reader falls off: the text at the bottom is read, and nothing recurses."""
    document = read_page(tag * (100_000 // tag.count("<")) + "<p>We sell naps.", format="html")
    assert [b.text for b in document.blocks][-1:] == ["We sell naps."]


def test_a_million_characters_on_a_line_are_read_in_a_few_times_their_memory() -> None:
    """One attribute, one word, one paragraph of a million characters: each is read, in at most 24 bytes a character."""
    for source in (
        f"<p title='{'nap ' * 250_000}'>Text.",
        f"<p>{'x' * 1_000_000}",
        f"<p>{'a nap ' * 170_000}",
        f"<div class='{'nav ' * 250_000}'>Text.</div>",
    ):
        tracemalloc.start()
        document = read_page(source, format="html")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert document.blocks and peak < 24 * len(source)
