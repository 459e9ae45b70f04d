"""Reading plain text, encodings, and finding the files to read."""

import codecs
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_laws import assert_faithful, assert_lawful, shape, texts

from claimcheck.errors import ReadError, UsageError
from claimcheck.ingest import find_pages, load, read_page

FORMATS = ("text", "markdown", "html")
PARAGRAPH = "Our drips support recovery after a long flight. They contain saline, vitamin C and magnesium."


def text(source):
    document = read_page(source, format="text")
    assert_lawful(document)
    assert_faithful(document)
    return document


WRAPPED = """\
Cells are collected from the hip under local anaesthesia and then grown in
the laboratory for three weeks. Nobody has compared this with a placebo, so
it is not known whether patients who improved would have improved anyway.
"""

LAYOUTS = {
    "blank lines part paragraphs": (
        f"{PARAGRAPH}\n\n{PARAGRAPH}\n",
        [("paragraph", PARAGRAPH), ("paragraph", PARAGRAPH)],
    ),
    "a short unpunctuated line is a heading": (
        f"How it works\n\n{PARAGRAPH}",
        [("heading", "How it works"), ("paragraph", PARAGRAPH)],
    ),
    "a heading may stand right above its text": (
        f"How it works\n{PARAGRAPH}",
        [("heading", "How it works"), ("paragraph", PARAGRAPH)],
    ),
    "a filled paragraph is one": (WRAPPED, [("paragraph", " ".join(WRAPPED.split()))]),
    "a filled paragraph under a glued heading": (
        "How it works\n" + WRAPPED,
        [("heading", "How it works"), ("paragraph", " ".join(WRAPPED.split()))],
    ),
    "one paragraph a line": (
        f"{PARAGRAPH}\nWe see about forty patients a month.\n{PARAGRAPH * 2}",
        [("paragraph", PARAGRAPH), ("paragraph", "We see about forty patients a month."), ("paragraph", PARAGRAPH * 2)],
    ),
    "bullets of every kind": (
        "- one thing\n* two things\n• three\n✔ four\n✓five\n★ six\n1. seven\n2) eight\na) nine\n👍 ten",
        [("item", w) for w in "one thing,two things,three,four,five,six,seven,eight,nine,ten".split(",")],
    ),
    "a wrapped item is one": (
        "- Fewer flares were seen in patients who\n  took the tablets.\n- Nothing else changed.",
        [("item", "Fewer flares were seen in patients who took the tablets."), ("item", "Nothing else changed.")],
    ),
    "a label and its text": (
        "Kidney care: The cells shield the kidneys.\n",
        [("heading", "Kidney care"), ("paragraph", "The cells shield the kidneys.")],
    ),
    "a label in an item": (
        "- Short Stay: Nobody sleeps at the clinic.",
        [("heading", "Short Stay"), ("item", "Nobody sleeps at the clinic.")],
    ),
    "a heading with a colon stays whole": (
        f"Living with Gout: A Guide for Families\n\n{PARAGRAPH}",
        [("heading", "Living with Gout: A Guide for Families"), ("paragraph", PARAGRAPH)],
    ),
    "a clause before a colon is no label": (
        "We promise one thing: You will be heard.",
        [("paragraph", "We promise one thing: You will be heard.")],
    ),
    "what somebody said is no label": (
        'The nurse: "It went well."\nDr Ames said: It went well.',
        [("paragraph", 'The nurse: "It went well."'), ("paragraph", "Dr Ames said: It went well.")],
    ),
    "neither times nor addresses are labels": (
        "Open from 9:30 to 17:00 daily.\nhttps://clinic.example/a",
        [("paragraph", "Open from 9:30 to 17:00 daily."), ("reference", "https://clinic.example/a")],
    ),
    "a lead-in sentence stays a paragraph": (
        "Ask your doctor first if you have any of the following:\n- asthma\n- gout",
        [
            ("paragraph", "Ask your doctor first if you have any of the following:"),
            ("item", "asthma"),
            ("item", "gout"),
        ],
    ),
    "a lead-in that only names is a heading": (
        "Key benefits:\n- sleep\n- calm",
        [("heading", "Key benefits:"), ("item", "sleep"), ("item", "calm")],
    ),
    "short lines in a row are a list under the first": (
        f"What you get\nA blood test\nAn MRI scan\nOne infusion\nOur doctors\n{PARAGRAPH}",
        [
            ("heading", "What you get"),
            ("item", "A blood test"),
            ("item", "An MRI scan"),
            ("item", "One infusion"),
            ("heading", "Our doctors"),
            ("paragraph", PARAGRAPH),
        ],
    ),
    "bullets inside a line": (
        "Key points - Gout is painful. - It comes in attacks. - Tablets help.",
        [
            ("heading", "Key points"),
            ("item", "Gout is painful."),
            ("item", "It comes in attacks."),
            ("item", "Tablets help."),
        ],
    ),
    "a numbered list inside a line is left to the sentence cutter": (
        "1) Harvest the fat 2) Spin it\n",
        [("paragraph", "1) Harvest the fat 2) Spin it")],
    ),
    "two dashes are no list": (
        "The drip - Our best seller - costs ninety pounds.",
        [("paragraph", "The drip - Our best seller - costs ninety pounds.")],
    ),
    "reference lists, with their numbers": (
        "References\n\n1. Moor J, Hale PQ. Drips and sleep. J Naps. 2019;12(3):4-9.\n"
        "2. Clinic newsletter, https://clinic.example/n.\n\nMoor, J., & Hale, P. (2020). Naps at noon. Sleep Notes, 3.",
        [
            ("heading", "References"),
            ("reference", "1. Moor J, Hale PQ. Drips and sleep. J Naps. 2019;12(3):4-9."),
            ("reference", "2. Clinic newsletter, https://clinic.example/n."),
            ("reference", "Moor, J., & Hale, P. (2020). Naps at noon. Sleep Notes, 3."),
        ],
    ),
    "a sentence with a year is no reference": (
        "Hepatitis B. We treated it in 2019; 12 patients came.\nSmith, A. was seen (twice) in 2019.",
        [
            ("paragraph", "Hepatitis B. We treated it in 2019; 12 patients came."),
            ("paragraph", "Smith, A. was seen (twice) in 2019."),
        ],
    ),
    "a numbered line of its own is a heading": (
        f"1. First visit\n\n{PARAGRAPH}",
        [("heading", "First visit"), ("paragraph", PARAGRAPH)],
    ),
    "ruled headings, and rules": (
        f"Our clinic\n==========\n\n{PARAGRAPH}\n\n-----\n\n* * *",
        [("heading", "Our clinic"), ("paragraph", PARAGRAPH)],
    ),
    "a signature is no item": ("— The clinic team", [("paragraph", "— The clinic team")]),
    "white space and invisible characters": (
        "A\u00a0drip\u2009 for\tsle\u200bep, the ﬁrst of\u00ad its kind ✔\ufe0f x\u00b2 CD4⁺.",
        [("paragraph", "A drip for sleep, the first of its kind ✔ x² CD4⁺.")],
    ),
    "other line ends": (
        "One line.\r\nSecond line.\rThird line.",
        [("paragraph", t) for t in ("One line.", "Second line.", "Third line.")],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_plain_text_is_cut_where_its_layout_says(name):
    """Each layout of plain text gives the blocks a reader sees."""
    source, wanted = LAYOUTS[name]
    assert shape(text(source)) == wanted


def test_depth_follows_indentation():
    """Items that are indented further are deeper, and one list shares a group."""
    blocks = text(
        "- a one\n    - a two\n        - a three\n    - b two\n- b one\n\nProse follows here.\n\n- new"
    ).blocks
    assert [b.level for b in blocks] == [1, 2, 3, 2, 1, 0, 1]
    assert len({b.group for b in blocks[:5]}) == 1 and blocks[-1].group not in (0, blocks[0].group)


def test_addresses_become_links():
    """An address in a sentence is a link without the punctuation around it; brackets that belong to it stay."""
    (block,) = text("See https://a.example/x_(y), www.b.example/z. (Or http://c.example/.)").blocks
    assert [k.url for k in block.links] == ["https://a.example/x_(y)", "www.b.example/z", "http://c.example/"]
    assert [block.text[k.start : k.end] for k in block.links] == [k.url for k in block.links]


def test_place_tells_line_and_column():
    """A block's offsets lead to the line and column where its words stand."""
    document = text("Title here\n\n  - An item: not a label\n")
    assert document.place(document.blocks[1].start) == (3, 5)


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.sampled_from(FORMATS))
def test_any_text_gives_a_lawful_document(source, kind):
    """Any text in any format is read into ordered, normalised, well-mapped blocks, or refused as binary."""
    try:
        document = read_page(source, format=kind)
    except ReadError:
        return
    assert_lawful(document)
    assert document.source == source


SCRAPS = st.sampled_from(
    "word Word. Label: - * 1. ✔ # ## > ``` | --- === [a](b) ![c](d) ** * _ ` \\ <p> </p> <b> </b> <li> <td> <br> "
    "<sup>1 &amp; &nbsp; &#173; <!-- --> <div hidden> </div> <h2> </h2> <a href=x> </a> <script> </script> "
    "<img alt='x'> https://a.example/b Smith, J. (2019). A - B - C - D www. [1] <pre> <title> "
    "<nav> <footer> <table> <svg>".split()
)


@given(
    st.lists(st.tuples(SCRAPS, st.sampled_from([" ", "\n", "\n\n", "  \n", "", "\n    ", "\t", "\r\n"]))),
    st.sampled_from(FORMATS),
)
def test_any_markup_gives_a_lawful_document(scraps, kind):
    """Markup thrown together in any order is read into lawful blocks."""
    assert_lawful(read_page("".join(a + b for a, b in scraps), format=kind))


@given(st.lists(st.tuples(SCRAPS.filter(lambda s: "<" not in s), st.sampled_from([" ", "\n", "\n\n", "\n  "]))))
def test_text_and_markdown_keep_every_character_in_place(scraps):
    """In text and Markdown each character of a block is the one its map points to."""
    source = "".join(a + b for a, b in scraps)
    assert_faithful(read_page(source, format="text"))
    assert_faithful(read_page(source, format="markdown"))


@given(
    st.lists(
        st.sampled_from([PARAGRAPH, "Cells were given twice. Nobody was harmed, they say.", PARAGRAPH * 2]), min_size=1
    ),
    st.lists(st.sampled_from([" ", "  ", "\t", " \u200b", "\xa0"]), min_size=4, max_size=4),
    st.integers(2, 4),
    st.sampled_from(["text", "markdown"]),
)
def test_noise_of_white_space_changes_no_paragraph(paragraphs, noise, gap, kind):
    """More spaces between words, at line ends and more blank lines leave the text of paragraphs as it was."""
    noisy = [p.replace(" ", noise[0], 1).replace(" the ", f" the{noise[1]} ") + noise[2] for p in paragraphs]
    source = ("\n" * gap).join(noisy)
    assert texts(read_page(source, format=kind)) == texts(read_page("\n\n".join(paragraphs), format=kind))


@given(st.binary(max_size=400), st.sampled_from([None, *FORMATS]))
def test_any_bytes_give_a_document_or_a_read_error(data, kind):
    """Bytes of any kind end in a document or a ReadError, never in another exception."""
    try:
        assert_lawful(read_page(data, format=kind))
    except ReadError as error:
        assert error.problem


HOSTILE = {
    "html": [
        "<div>",
        "<li><ul>",
        "<a href=x>y",
        "<b><p>x",
        "x<br>",
        "<sup>1",
        "&amp;",
        "<p hidden>",
        "<script/>",
        "<a '",
    ],
    "text": ["- a\n", "A - B ", "✔ a ", "a  ", "A\n", "Ab C, ", "https://a/(", "=\n", "A: B\n"],
    "markdown": [
        "*a _b ",
        "[a](",
        "[a](b)",
        "![![",
        "`a``b",
        "> ",
        "1. ",
        "- > ",
        "a|b\n",
        "<div>\n\n",
        "**a",
        "    a\n",
    ],
}


def steps(work):
    """How many calls, of Python or C functions, some work makes."""
    count = 0

    def hear(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(hear)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("kind", "piece"), [(k, p) for k, pieces in HOSTILE.items() for p in pieces])
def test_hostile_input_takes_steps_in_proportion(kind, piece):
    """Four times as much of an input made to nest, backtrack or search takes about four times the steps."""
    small, large = (steps(lambda n=n: read_page(piece * n, format=kind)) for n in (500, 2000))
    assert large < 5 * small + 2000


def test_hostile_patterns_end():
    """Inputs on which a careless pattern would search for hours are read."""
    for kind, pieces in HOSTILE.items():
        for piece in (*pieces, "<", '<a b="', "<!--", "&", "(((", "[", "`", "Ab, A. (2019", "a\u200b "):
            assert_lawful(read_page(piece * (20_000 // len(piece)), format=kind))


WORDS = "Das Gerät heilt nicht: «naïve» – “quoted”."
DECODED = {
    "UTF-8": (WORDS.encode(), WORDS, 0),
    "UTF-8 with a mark": (codecs.BOM_UTF8 + WORDS.encode(), WORDS, 0),
    "UTF-16 with a mark": (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), WORDS, 0),
    "big-endian UTF-16 with a mark": (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS, 0),
    "UTF-32 with a mark": (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), WORDS, 0),
    "UTF-16 without a mark": (WORDS.encode("utf-16-le"), WORDS, 1),
    "big-endian UTF-16 without a mark": (WORDS.encode("utf-16-be"), WORDS, 1),
    "windows-1252": (WORDS.encode("cp1252"), WORDS, 1),
    "a declared set": (
        b"<meta charset='windows-1251'>" + "Лечим".encode("cp1251"),
        "<meta charset='windows-1251'>Лечим",
        0,
    ),
    "a set declared the old way": (
        b'<meta http-equiv=Content-Type content="text/html; charset=iso-8859-7">' + "νόσος".encode("iso8859-7"),
        '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-7">νόσος',
        0,
    ),
    "a set declared by XML": (
        b'<?xml version="1.0" encoding="Shift_JIS"?>' + "治療".encode("cp932"),
        '<?xml version="1.0" encoding="Shift_JIS"?>治療',
        0,
    ),
    "a declaration that UTF-8 bytes refute": (
        b"<meta charset=latin1>" + "naïve".encode(),
        "<meta charset=latin1>naïve",
        1,
    ),
    "an unknown set": (b"<meta charset=klingon>caf\xc3\xa9", "<meta charset=klingon>café", 1),
    "a codec that is no character set": (b"<meta charset=punycode>caf\xc3\xa9", "<meta charset=punycode>café", 1),
    "windows-1252 pasted into UTF-8": (
        "Gerät für Übungen – ".encode() + "‘naïve’ €5".encode("cp1252") + b" ist gut",
        "Gerät für Übungen – ‘naïve’ €5 ist gut",
        1,
    ),
    "a declaration in a comment": (
        b"<!-- <meta charset=windows-1251> --><meta charset=iso-8859-15>" + "5 €".encode("iso8859-15"),
        "<!-- <meta charset=windows-1251> --><meta charset=iso-8859-15>5 €",
        0,
    ),
    "a rare label": (
        b"<meta charset=x-mac-ukrainian>" + "Лечим".encode("mac-cyrillic"),
        "<meta charset=x-mac-ukrainian>Лечим",
        0,
    ),
    "a set that the standard refuses": (
        b"<meta charset=iso-2022-kr>caf\xc3\xa9",
        "<meta charset=iso-2022-kr>caf\u00e9",
        1,
    ),
    "wrong bytes": ("Gerät für Übungen".encode() + b" \x81.", "Gerät für Übungen \ufffd.", 1),
    "UTF-8 cut short": ("für Übungen ä".encode()[:-1], "für Übungen \ufffd", 1),
    "nothing": (b"", "", 0),
}


@pytest.mark.parametrize("name", DECODED)
def test_bytes_are_decoded_as_marked_declared_or_guessed(name):
    """Each encoding gives its text, and a notice wherever something had to be guessed or replaced."""
    data, wanted, notices = DECODED[name]
    document = read_page(data)
    assert (document.source, len(document.notices)) == (wanted, notices)


def test_replaced_bytes_are_counted():
    """A notice says how many places could not be read, and not those that held U+FFFD before."""
    (notice,) = read_page("ä\ufffd ü ".encode() + b"\xff x \xfe").notices
    assert notice == "2 byte sequences were not UTF-8 and replaced by U+FFFD"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 x", b"PK\x03\x04xx", b"\x89PNG\r\n", b"a\0b", bytes(range(256)), b"\x01\x02 text"]
)
def test_binary_data_is_refused(data):
    """What is no text is a ReadError that says what would help."""
    with pytest.raises(ReadError) as error:
        read_page(data, "x.bin")
    assert error.value.advice and error.value.name == "x.bin"


def test_lone_surrogates_are_replaced():
    """Text that could not be written out again is made writable without moving an offset."""
    document = read_page("a \ud800\udc00 b")
    assert document.source == "a \ufffd\ufffd b" and len(document.notices) == 1


def test_an_empty_page_is_a_document_without_blocks():
    """Nothing, and nothing but white space, can be read."""
    assert [read_page(s, format=f).blocks for s in ("", " \n\t\n") for f in FORMATS] == [()] * 6


def test_an_unknown_format_is_a_usage_error():
    """A format that does not exist is refused with the ones that do."""
    with pytest.raises(UsageError, match="text, markdown, html"):
        read_page("x", format="odt")


SNIFFED = [
    ("page.txt", "<p>hello</p>", "text"),
    ("PAGE.HTM", "plain", "html"),
    ("notes.md", "plain", "markdown"),
    ("<stdin>", "<!DOCTYPE html><p>x", "html"),
    ("<stdin>", "\n<!-- saved --><html lang=en>", "html"),
    ("<stdin>", "<p>One.</p>", "html"),
    ("<stdin>", "Write <b>bold</b> in HTML like this.", "text"),
    ("<stdin>", "# Title\n\nSee [this](https://a.example).", "markdown"),
    ("page.2024", "## One\n\n## Two\n", "markdown"),
    ("<stdin>", "a | b\n--|--\n1 | 2", "markdown"),
    ("<stdin>", "- one\n- two\n\nProse * with * stars, p < 0.05.", "text"),
]


@pytest.mark.parametrize(("name", "source", "wanted"), SNIFFED)
def test_the_format_is_told_by_name_or_content(name, source, wanted):
    """A known suffix decides; without one, what the page holds."""
    assert read_page(source, name).format == wanted


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of pages to search, which is also the working directory."""
    for name in (
        "index.html",
        "about.md",
        "sub/b.txt",
        "sub/a.TXT",
        "sub/logo.png",
        ".git/x.txt",
        "empty/logo.png",
        "odd.log",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Hello there, this is a page.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_folders_and_patterns_are_expanded(site):
    """A folder gives its pages, sorted, without hidden folders; a pattern what matches; a file itself; each once."""
    assert find_pages(["."]) == (["./about.md", "./index.html", "./sub/a.TXT", "./sub/b.txt"], [])
    assert find_pages(["odd.log", "sub/*", "index.html", "**/b.txt"]) == (
        ["odd.log", "sub/a.TXT", "sub/b.txt", "index.html"],
        [],
    )
    assert find_pages(["*.log", "-"]) == (["odd.log", "-"], [])


def test_what_is_missing_is_said_and_hides_nothing(site):
    """Every argument that names no page has its own error with advice, and the others are still found."""
    paths, errors = find_pages(["indx.html", "about.md", "empty", "*.pdf", "nowhere/at/all.txt", "a\0b"])
    assert paths == ["about.md"]
    assert [e.name for e in errors] == ["indx.html", "empty", "*.pdf", "nowhere/at/all.txt", "a\0b"]
    assert errors[0].advice == "Did you mean 'index.html'?"
    assert all(e.advice for e in errors[1:3])
    (wrong_suffix,) = find_pages(["about.html"])[1]
    assert wrong_suffix.advice == "Did you mean 'about.md'?"


def test_a_file_is_loaded_under_its_name(site):
    """A file becomes a document with its path as given; what cannot be opened is a ReadError."""
    document = load("sub/b.txt")
    assert (document.name, document.format, texts(document)) == ("sub/b.txt", "text", ["Hello there, this is a page."])
    for path in ("gone.txt", "sub", "a\0b"):
        with pytest.raises(ReadError):
            load(path)


def test_a_file_too_large_is_refused_unread(site):
    """A file above the limit is refused by its size, before memory is spent on it."""
    with open("huge.txt", "wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(ReadError, match="larger than 256 MB"):
        load("huge.txt")
