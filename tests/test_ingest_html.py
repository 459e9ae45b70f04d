"""Reading HTML: what becomes a block, what is dropped, and that every character keeps its place."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_laws import assert_faithful, assert_lawful, reading, shape, texts
from selectolax.lexbor import LexborHTMLParser

from claimcheck.ingest import read_page


def html(source):
    document = read_page(source, format="html", content="all")
    assert_lawful(document)
    return document


PAGES = {
    "inline tags break neither words nor sentences": (
        "<p>It <em>does</em> not c<b>ur</b>e <a href=x>any</a>thing, so<wbr>ft&shy;ly sa<!-- no -->id.",
        [("paragraph", "It does not cure anything, softly said.")],
    ),
    "entities are decoded": (
        "<p>Salt &amp; water&nbsp;&ndash; &pound;90 &#8217;n&#x2019; &copy more &bogus; a&lt;b &notin;",
        [("paragraph", "Salt & water – £90 ’n’ © more &bogus; a<b ∉")],
    ),
    "stray marks are text": ("<p>a < b & c <3 > d", [("paragraph", "a < b & c <3 > d")]),
    "headings, paragraphs, rules": (
        "<h1>Our clinic</h1><p>One.<p>Two.<hr>Three.<div>Four.</div><h4>Prices",
        [
            ("heading", "Our clinic"),
            *[("paragraph", w) for w in ("One.", "Two.", "Three.", "Four.")],
            ("heading", "Prices"),
        ],
    ),
    "a heading that never closes ends at the next paragraph": (
        "<h2>Sleep<p>We sell naps.<h3><p>Costs</p></h3>",
        [("heading", "Sleep"), ("paragraph", "We sell naps."), ("heading", "Costs")],
    ),
    "scripts, styles, forms and templates are dropped": (
        "<style>p>a{}</style>a<script>if (1<2) document.write('<p>b')</script> c<noscript>d</noscript>"
        "<template><p>e</template><svg><title>f</title></svg><textarea>g</textarea><iframe>h</iframe> i",
        [("paragraph", "a c i")],
    ),
    "hidden elements are dropped, with all they hold": (
        "<p>a<span hidden>b<b>c</b></span><i style='color:red; display : none'>d</i><div hidden><div>e</div>f</div>g"
        "<em style=visibility:hidden>h</em><br hidden>i<span aria-hidden=true>j</span><input type=hidden value=k>",
        [("paragraph", "a"), ("paragraph", "g ij")],
    ),
    "a hidden element may leave out its closing tag": (
        "<p hidden>a<p>b<ul><li hidden>c<ul><li>d</ul><li>e</ul><table><tr hidden><td>f<tr><td>g</table>",
        [("paragraph", "b"), ("item", "e"), ("cell", "g")],
    ),
    "lists": (
        "<ul><li>a<li><p>b</p><ol><li>c</ol></li>d</ul>e",
        [("item", "a"), ("item", "b"), ("item", "c"), ("item", "d"), ("paragraph", "e")],
    ),
    "tables": (
        "<table><caption>Prices</caption><thead><tr><th>Drip<th>Cost<tbody><tr><td>One</div><td>&euro;5</table>",
        [("caption", "Prices"), ("cell", "Drip"), ("cell", "Cost"), ("cell", "One"), ("cell", "€5")],
    ),
    "a cell as long as a page is a paragraph": (
        f"<table><tr><td>{'word ' * 60}</table>",
        [("paragraph", "word " * 59 + "word")],
    ),
    "terms, summaries, captions, quotes, code": (
        "<dl><dt>Drip<dd>A bag of salt water.</dl><details><summary>Is it safe</summary>Nobody knows.</details>"
        "<figure><img src=a alt='A &quot;calm&quot; face'><figcaption>Our lounge</figcaption></figure>"
        "<blockquote><p>I slept well.</blockquote><pre><code>x = 1</code></pre>",
        [
            ("heading", "Drip"),
            ("item", "A bag of salt water."),
            ("heading", "Is it safe"),
            ("paragraph", "Nobody knows."),
            ("caption", 'A "calm" face'),
            ("caption", "Our lounge"),
            ("quote", "I slept well."),
            ("code", "x = 1"),
        ],
    ),
    "preformatted prose is prose": (
        "<pre>One\nline.\n\nNext.</pre>",
        [("paragraph", "One line."), ("paragraph", "Next.")],
    ),
    "title and description": (
        "<html><head><title>Calm &amp; Co</title><meta name=Description content='We &lt;sell&gt; naps'></head><body>a",
        [("meta", "Calm & Co"), ("meta", "We <sell> naps"), ("paragraph", "a")],
    ),
    "one line break is a space, two part blocks": (
        "<p>We sell naps<br>and drips.<br/> <br>They cost ninety pounds.",
        [("paragraph", "We sell naps and drips."), ("paragraph", "They cost ninety pounds.")],
    ),
    "line breaks that make a list": (
        "<p>Less pain<br>More sleep<br>Better skin</p><p>We offer:<br>- naps<br>- drips",
        [
            *[("item", w) for w in ("Less pain", "More sleep", "Better skin")],
            ("paragraph", "We offer:"),
            ("item", "naps"),
            ("item", "drips"),
        ],
    ),
    "a bold line is a heading, a bold label too": (
        "<p><b>Safety</b></p><p><strong>Who comes:</strong> mostly nurses.</p><p><b>Cost</b><br>It is ninety pounds.",
        [
            ("heading", "Safety"),
            ("heading", "Who comes"),
            ("paragraph", "mostly nurses."),
            ("heading", "Cost"),
            ("paragraph", "It is ninety pounds."),
        ],
    ),
    "bold words inside a sentence are no label": (
        "<p><b>Nobody</b> should: <i>ever</i> stop a drug.",
        [("paragraph", "Nobody should: ever stop a drug.")],
    ),
    "raised digits": (
        "<p>Naps work<sup>1,2</sup> or not<sup><a href='#r3'>[3]</a></sup>; 10<sup>6</sup> cells, CD4<sup>+</sup>, "
        "1<sup>st</sup>",
        [("paragraph", "Naps work¹,² or not[3]; 10⁶ cells, CD4+, 1st")],
    ),
    "bullets typed by hand": (
        "<p>✔ Less pain</p><p>•&nbsp;More sleep</p>",
        [("item", "Less pain"), ("item", "More sleep")],
    ),
    "reference lists": (
        "<h2>References</h2><ol><li>Moor J. Naps. 2019. <a href='https://doi.example/1'>link</a><li>Own data, 2020</ol>"
        "<h2>Prices</h2><ul><li>Ninety pounds in 2020</ul>",
        [
            ("heading", "References"),
            ("reference", "Moor J. Naps. 2019. link"),
            ("reference", "Own data, 2020"),
            ("heading", "Prices"),
            ("item", "Ninety pounds in 2020"),
        ],
    ),
    "closing tags that open nothing": (
        "</ul></div></p>a</b></td></h1></html>b",
        [("paragraph", "ab")],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_a_browser_shows_it(name):
    """Each piece of HTML gives the blocks a reader sees."""
    source, wanted = PAGES[name]
    document = html(source)
    assert shape(document) == wanted
    assert_faithful(document)


def test_what_is_not_in_the_body_is_marked_hidden():
    """Alternative text, title and description say where they come from."""
    blocks = html("<title>T</title><meta name=description content=D><p>a <img alt=A> b").blocks
    assert [(b.text, b.hidden) for b in blocks] == [("T", "title"), ("D", "meta"), ("a b", ""), ("A", "alt")]


def test_links_keep_their_words_and_target():
    """A link covers its words, without space around them, in every block it reaches into; targets are decoded."""
    document = html(
        "<p>See <a href='/a?b=1&amp;c=2'> our <b>data</b> </a>. <a href=/x><h3>Card</h3><p>More</p></a> "
        "<a name=n>no</a>"
    )
    found = [(b.text[k.start : k.end], k.url) for b in document.blocks for k in b.links]
    assert found == [("our data", "/a?b=1&c=2"), ("Card", "/x"), ("More", "/x")]


def test_lists_have_depth_and_group():
    """Items know how deep they stand; a list with its inner lists is one group, the next list another."""
    blocks = html("<ul><li>a<ol><li>b</ol><li>c</ul><ul><li>d</ul>").blocks
    assert [b.level for b in blocks] == [1, 2, 1, 1]
    assert len({b.group for b in blocks[:3]}) == 1 and blocks[3].group != blocks[0].group


def test_a_span_names_the_place_in_the_file():
    """The source of a phrase is found in place, through entities and tags, not by searching for its words."""
    document = html("<p>cure</p>\n<p>They  c<b>u</b>re &amp;\nheal</p>")
    block = document.blocks[1]
    at = block.text.index("cure")
    start, end = block.map.start_of(at), block.map.end_of(at + len("cure & heal"))
    assert document.source[start:end] == "c<b>u</b>re &amp;\nheal"
    assert document.place(start) == (2, 10)


def test_an_unclosed_quote_or_tag_hides_no_text_before_it():
    """A page cut off in the middle of a tag is read as far as it goes."""
    assert texts(html("<p>We sell naps.<p class='x")) == ["We sell naps."]
    assert texts(html("<p>We sell naps.<!-- and")) == ["We sell naps."]
    assert texts(html('<p title="x>We sell naps.')) == ["We sell naps."]


INLINE = st.sampled_from(
    [
        "cure ",
        "pain",
        " lupus ",
        "&amp;",
        "&nbsp;",
        "&#8217;",
        " ",
        "\n  ",
        "<b>",
        "</b>",
        "<em class='x>y'>",
        "</em>",
        "<a href=/u>",
        "</a>",
        "<span>",
        "</span>",
        "<br>",
        "<!-- x -->",
        "<wbr>",
        "&lt;",
        "\u200b",
        "\xa0",
        "&shy;",
        ".",
    ]
)


@given(st.lists(INLINE), st.data())
def test_the_source_of_any_span_reads_as_its_text(pieces, data):
    """The source slice of any span of a block, tags and entities taken away, reads as the span."""
    document = html("<p>" + "".join(pieces).replace("<br><br>", "<br>") + "</p>")
    for block in document.blocks:
        start = data.draw(st.integers(0, len(block.text) - 1))
        end = data.draw(st.integers(start + 1, len(block.text)))
        written = document.source[block.map.start_of(start) : block.map.end_of(end)]
        assert reading(written) == block.text[start:end].strip()


WORDS = "our drip mends sleep and calms pain in most people who came here twice a week for years".split()
BRICKS = [
    "<p>{}</p>",
    "<div>{}</div>",
    "<h2>{}</h2>",
    "<ul><li>{}</li><li>{}</li></ul>",
    "<p>{} <b>{}</b> {}",
    "<table><tr><td>{}</td><td>{}</td></tr></table>",
    "<blockquote>{}</blockquote>",
    "<section><p>{}</section>",
    "<a href='#'>{}</a>",
    "<p>{}<br>{}",
    "<dl><dt>{}<dd>{}</dl>",
    "<!-- {} -->",
    "<script>{}</script>",
    "<style>{}</style>",
    "<nav>{}</nav>",
    "<span>{}</span>",
    "<p>{} &amp; {} &eacute;",
    "<footer>{}</footer>",
]


def bag(text):
    return sorted(re.findall(r"\w+", text))


def oracle(source):
    tree = LexborHTMLParser(source)
    for node in tree.css("script, style, noscript, template, title"):
        node.decompose()
    return tree.body.text(separator=" ") if tree.body else ""


def page(rng, bricks=12):
    out = []
    for _ in range(bricks):
        brick = rng.choice(BRICKS)
        out.append(re.sub(r"\{\}", lambda m: " ".join(rng.choices(WORDS, k=rng.randint(1, 6))), brick))
    return "<!doctype html><html><body>" + "\n".join(out) + "</body></html>"


@pytest.mark.parametrize("seed", range(40))
def test_a_well_formed_page_holds_the_words_a_browser_engine_finds(seed):
    """On pages without faults the words read are those of a standard parser."""
    source = page(random.Random(seed))
    assert bag(" ".join(texts(html(source)))) == bag(oracle(source))


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_page_holds_nearly_the_words_a_browser_engine_finds(seed):
    """Where closing tags are missing or doubled the words are still those of a standard parser."""
    rng = random.Random(seed)
    pieces = re.split(r"(</[a-z0-9]+>)", page(rng))
    damaged = "".join(
        "" if p.startswith("</") and p not in ("</script>", "</style>") and rng.random() < 0.3 else p for p in pieces
    )
    assert bag(" ".join(texts(html(damaged)))) == bag(oracle(damaged))
