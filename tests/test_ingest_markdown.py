# ruff: noqa: E501
"""Reading Markdown: block structure, inline markup, and that every character keeps its place."""

import random
import re

import pytest
from ingest_laws import assert_faithful, assert_lawful, shape, texts
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from claimcheck.ingest import read_page


def markdown(source):
    document = read_page(source, format="markdown")
    assert_lawful(document)
    assert_faithful(document)
    return document


PAGES = {
    "headings": (
        "# One *two* #\n\nThree\n=====\n\nFour\nfive\n---\n\n###### Six\n#no",
        [
            ("heading", "One two"),
            ("heading", "Three"),
            ("heading", "Four five"),
            ("heading", "Six"),
            ("paragraph", "#no"),
        ],
    ),
    "emphasis, also inside a word": (
        "It c**ur**ed _no one_, __not__ *a **single** one*, ~~ever~~.",
        [("paragraph", "It cured no one, not a single one, ever.")],
    ),
    "marks that are no emphasis": (
        "5 * 3 * 2, snake_case_name, *results vary and \\*not\\*",
        [("paragraph", "5 * 3 * 2, snake_case_name, *results vary and *not*")],
    ),
    "code, entities, tags, comments": (
        "Run `a *b*` and ``c`d`` &amp; <b>e</b><!-- f -->&nbsp;g<br>h ` i",
        [("paragraph", "Run a *b* and c`d & e g h ` i")],
    ),
    "code over lines": (
        "Take `a *b*\nand *c* d` *e*\n``f`\ng`` ` h",
        [("paragraph", "Take a *b* and *c* d e f` g ` h")],
    ),
    "notes in the text": (
        "Naps work^[Moor J. [Naps](https://a.example) *mend*.] a lot[^3], says ^[no one.\n\n[^3]: Own data.",
        [
            ("paragraph", "Naps work[4] a lot[3], says ^[no one."),
            ("reference", "[4] Moor J. Naps mend."),
            ("reference", "[3]: Own data."),
        ],
    ),
    "lists in lists": (
        "- a\n- b\n  more\n\n  - c\n\n    1. d\n\n  last of b\n- e\n\nf",
        [
            ("item", "a"),
            ("item", "b more"),
            ("item", "c"),
            ("item", "d"),
            ("item", "last of b"),
            ("item", "e"),
            ("paragraph", "f"),
        ],
    ),
    "bullets from elsewhere": (
        "We offer\n• naps\n✔ drips\n- [x] calm",
        [("paragraph", "We offer"), ("item", "naps"), ("item", "drips"), ("item", "calm")],
    ),
    "a number in a paragraph begins no list": (
        "It opened in\n2019. Naps were\nnew.",
        [("paragraph", "It opened in 2019. Naps were new.")],
    ),
    "quotes": (
        "> I slept\nwell.\n>\n> # And\n> - long\n\nSo they say.",
        [("quote", "I slept well."), ("heading", "And"), ("item", "long"), ("paragraph", "So they say.")],
    ),
    "code blocks": (
        "```text\n# no *x*\n```\n\n    also code\n\n~~~\nunclosed",
        [("code", "# no *x*"), ("code", "also code"), ("code", "unclosed")],
    ),
    "tables": (
        "| Drip | *Cost* |\n|:--|--:|\n| One \\| two | `5|6` |\n| Three |\n\na | b\nc | d",
        [("cell", w) for w in ("Drip", "Cost", "One | two", "5|6", "Three")] + [("paragraph", "a | b c | d")],
    ),
    "images": (
        "See ![a *calm* face](f.png) here\n\n![Our lounge][l]\n\n[l]: /l.png",
        [("paragraph", "See here"), ("caption", "a calm face"), ("caption", "Our lounge")],
    ),
    "comments and rules are dropped": (
        "<!-- a\n\nb -->\nText.\n\n---\n\n* * *\nMore.",
        [("paragraph", "Text."), ("paragraph", "More.")],
    ),
    "of the front matter what a reader sees is read": (
        "---\ntitle: 'Naps & more'\ndraft: false\ndescription: >-\n  Ends all pain\n  overnight\ntags: [a, b]\n"
        'subtitle: "For \\"you\\""\nslug: naps\n---\nText.',
        [
            ("meta", "Naps & more"),
            ("meta", "Ends all pain overnight"),
            ("meta", 'For \\"you\\"'),
            ("paragraph", "Text."),
        ],
    ),
    "TOML and JSON front matter": (
        '+++\ntitle = "Naps"\ndate = 2024-01-01\n+++\nText.',
        [("meta", "Naps"), ("paragraph", "Text.")],
    ),
    "shortcodes, template tags and attribute lists are dropped": (
        "{{< figure src=a.png >}}\n\n# Naps {#naps .big}\n\nThey {{< em >}}mend{{< /em >}} sleep{{ site.x }}.\n{: .note }\n\n"
        '{% include call.html\n  a=1 %}\n\n{% comment %}\n\nNo.\n\n{% endcomment %}\n[[_TOC_]]\n\n[TOC]\n\n[Go](/x){:target="_b"} on.',
        [("heading", "Naps"), ("paragraph", "They mend sleep."), ("paragraph", "Go on.")],
    ),
    "MDX is read for its prose": (
        "import Tabs from '@theme/Tabs';\nimport {\n  Card,\n} from \"x\"\n\nexport const meta = {\n  title: 'No',\n}\n\n"
        "<Card\n  title='No'\n  wide\n>\n\nNaps **mend** {props.name} sleep. {/* no\nno */}\n\n</Card>\n\n<Tabs.Item label=\"a\">One</Tabs.Item>",
        [("paragraph", "Naps mend sleep."), ("paragraph", "One")],
    ),
    "boxes hold prose, under their title": (
        ':::tip Good to know\n\nNaps.\n\n:::\n\n::: warning\nDrips.\n:::\n\n!!! note "Costs"\n    Ninety.\n\n    - pounds\n\n'
        '??? info\n    More.\n\n=== "Tab"\n\n    In it.\n\n> [!NOTE]\n> Beware.\n\n```{warning} Rest\n:class: x\nSit.\n```\nEnd.',
        [
            ("heading", "Good to know"),
            ("paragraph", "Naps."),
            ("paragraph", "Drips."),
            ("heading", "Costs"),
            ("paragraph", "Ninety."),
            ("item", "pounds"),
            ("paragraph", "More."),
            ("heading", "Tab"),
            ("paragraph", "In it."),
            ("quote", "Beware."),
            ("heading", "Rest"),
            ("paragraph", "Sit."),
            ("paragraph", "End."),
        ],
    ),
    "a footnote of two paragraphs, a link over two lines": (
        "Naps[^n] mend, says [a trial](https://a.example\n'T').\n\n[^n]: A note\n    of two lines.\n\n    And more.\n\nNext.",
        [
            ("paragraph", "Naps[n] mend, says a trial."),
            ("reference", "[n]: A note of two lines."),
            ("reference", "And more."),
            ("paragraph", "Next."),
        ],
    ),
    "definitions": (
        "Drip\n: A bag\n  of water.\n: Salt.\n\nNext.",
        [("heading", "Drip"), ("item", "A bag of water."), ("item", "Salt."), ("paragraph", "Next.")],
    ),
    "a tag over two lines is a tag": (
        "Naps <a\nhref='/x'>mend</a> sleep.",
        [("paragraph", "Naps mend sleep.")],
    ),
    "braces of prose stay": (
        "A set {1, 2} and {name} or {{ not closed.",
        [("paragraph", "A set {1, 2} and {name} or {{ not closed.")],
    ),
    "a rule at the top is no front matter": (
        "---\nText.\n\n---\nMore.",
        [("paragraph", "Text."), ("paragraph", "More.")],
    ),
    "HTML blocks are read as HTML": (
        "Before\n\n<div align=center>\n<h2>Naps &amp; drips</h2><p>One <img src=a alt=pic>\n</div>\n\n"
        "<script>\n\nno\n</script>\nAfter",
        [
            ("paragraph", "Before"),
            ("heading", "Naps & drips"),
            ("paragraph", "One"),
            ("caption", "pic"),
            ("paragraph", "After"),
        ],
    ),
    "a bold label and its text, on one line or two": (
        "**Who comes:** Mostly nurses.\n\n- **What it costs:**  \n  Ninety pounds.\n- **Benefits**: sleep\n"
        "- *Note:* none",
        [
            ("heading", "Who comes"),
            ("paragraph", "Mostly nurses."),
            ("heading", "What it costs"),
            ("item", "Ninety pounds."),
            ("heading", "Benefits"),
            ("item", "sleep"),
            ("heading", "Note"),
            ("item", "none"),
        ],
    ),
    "a bold line is a heading, an italic one is not": (
        "**Our promise**\n\n*Results vary*",
        [("heading", "Our promise"), ("paragraph", "Results vary")],
    ),
    "forced breaks that make a list": (
        "Less pain  \nMore sleep\\\nBetter skin",
        [("item", "Less pain"), ("item", "More sleep"), ("item", "Better skin")],
    ),
    "footnotes and reference lists": (
        "Naps work[^1] a lot<sup>2,3</sup>.\n\n[^1]: Moor J. Naps.\n\n## Sources\n\n1. Own data, 2020\n2. [A study](https://a.example)",
        [
            ("paragraph", "Naps work[1] a lot²,³."),
            ("reference", "[1]: Moor J. Naps."),
            ("heading", "Sources"),
            ("reference", "1. Own data, 2020"),
            ("reference", "2. A study"),
        ],
    ),
    "other line ends": ("# A\r\n\r\nb\r\nc\r\rd", [("heading", "A"), ("paragraph", "b c"), ("paragraph", "d")]),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_it_is_rendered(name):
    """Each piece of Markdown gives the blocks a reader of the rendered page sees."""
    source, wanted = PAGES[name]
    assert shape(markdown(source)) == wanted


def test_links_of_every_kind():
    """Inline, reference, bare and pointed links give their words and target; brackets without a target stay."""
    source = (
        'A [**bold** one](https://a.example/x_(y) "T"), [two][R], [r], <https://b.example>, https://c.example/d_e_f. '
        "[no] [x](not a link) <a href=\"/h\">h</a>\n\n[r]: https://r.example 'T'\n"
    )
    (block,) = markdown(source).blocks
    assert [(block.text[k.start : k.end], k.url) for k in block.links] == [
        ("bold one", "https://a.example/x_(y)"),
        ("two", "https://r.example"),
        ("r", "https://r.example"),
        ("https://b.example", "https://b.example"),
        ("https://c.example/d_e_f", "https://c.example/d_e_f"),
        ("h", "/h"),
    ]
    assert block.text.endswith("[no] [x](not a link) h")


def test_lists_have_depth_and_group():
    """Items know their depth; bullets and numbers at the top are different lists, and so is one after prose."""
    blocks = markdown("- a\n  - b\n- c\n\n1. d\n\nProse.\n\n1. e").blocks
    assert [b.level for b in blocks] == [1, 2, 1, 1, 0, 1]
    assert blocks[0].group == blocks[1].group == blocks[2].group
    assert len({b.group for b in blocks}) == 4


def test_a_span_names_the_place_in_the_file():
    """The source of a phrase is found in place, through emphasis and links."""
    document = markdown("cures\n\nIt **cu**res [all\npain](/x).")
    block = document.blocks[1]
    at = block.text.index("cures all pain")
    start, end = block.map.start_of(at), block.map.end_of(at + len("cures all pain"))
    assert document.source[start:end] == "cu**res [all\npain"
    assert document.place(start) == (3, 6)


WORDS = "our drip mends sleep and calms pain in most people who came here twice a week for years".split()
BRICKS = [
    "{}\n{}\n",
    "# {}\n",
    "{}\n---\n",
    "- {}\n- {}\n  - {}\n",
    "1. {}\n\n   {}\n2. {}\n",
    "> {}\n> {}\n{}\n",
    "| {} | {} |\n|--|--|\n| {} | {} |\n",
    "**{}** {} *{}* _{}_\n",
    "[{}](https://a.example/b) {}\n",
    "```\n{}\n```\n",
    "    {}\n",
    "* {}\n\n  > {}\n",
    "{} `{}` {}\n",
    "***{}** {}*\n",
    "- - {}\n",
    "<div>\n{}\n</div>\n",
    "{}  \n{}\n",
    "\\*{}\\* &amp; {}\n",
    "***\n",
    "> - {}\n>   {}\n",
]


def bag(text):
    return sorted(re.findall(r"\w+", text))


@pytest.mark.parametrize("seed", range(60))
def test_a_page_holds_the_words_a_reference_renderer_shows(seed):
    """Built from every kind of block in any order, a page reads with the words CommonMark renders."""
    rng = random.Random(seed)
    fill = lambda m: " ".join(rng.choices(WORDS, k=rng.randint(1, 5)))  # noqa: E731
    source = "".join(re.sub(r"\{\}", fill, rng.choice(BRICKS)) + rng.choice(["", "\n", "\n"]) for _ in range(15))
    rendered = LexborHTMLParser(MarkdownIt("commonmark").enable("table").render(source)).body.text(separator=" ")
    found = " ".join(texts(markdown(source)))
    assert bag(found) == bag(rendered)
    assert re.findall(r"[*>#|]", found) == re.findall(r"[*>#|]", rendered)
