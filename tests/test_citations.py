"""What counts as a citation, what it is called, where it leads, and which sentences it supports."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from evidence_pages import page, read
from hypothesis import given, settings
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from claimcheck.evidence.identifiers import find_identifiers, trim_doi
from claimcheck.evidence.links import Classes, address, brand, registrable
from claimcheck.evidence.marks import find_marks
from claimcheck.evidence.venues import mislabelled
from claimcheck.rules.load import built_in

CASES = tomllib.loads((Path(__file__).parent / "data" / "citations.toml").read_text(encoding="utf-8"))["case"]
TABLES = built_in().tables


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"].strip()[:60])
def test_citations_of_a_line(case):
    """Each line holds exactly the listed citations, with canonical identifier, class of source and traceability."""
    _, ground = read(case["text"])
    found = [[c.kind, c.identifier, c.link_class, c.traceability] for c in ground.citations]
    assert found == case["expect"]


def test_enough_cases():
    """The table keeps its breadth: both citations and things that only look like one."""
    assert len(CASES) >= 80
    assert sum(not c["expect"] for c in CASES) >= 20


def test_a_citation_knows_its_place():
    """The offsets of a citation cut exactly its words out of the source, and its line is the source's."""
    scan, ground = read("First line.\nPain fell (NCT01234567).\nSee [this](https://www.bmj.com/content/1).")
    source = scan.document.source
    assert [source[c.start : c.end] for c in ground.citations] == ["NCT01234567", "this"]
    assert [c.line for c in ground.citations] == [3, 5]  # the helper sets blocks apart by an empty line


@pytest.mark.parametrize(
    ("written", "trimmed"),
    [
        ("10.1234/abc.", "10.1234/abc"),
        ("10.1234/abc).", "10.1234/abc"),
        ("10.1016/S0953-7562(09)80401-2", "10.1016/S0953-7562(09)80401-2"),
        ("10.1016/S0953-7562(09)80401-2).", "10.1016/S0953-7562(09)80401-2"),
        ("10.1101/2021.01.02.21250001v2", "10.1101/2021.01.02.21250001"),
        ("10.1101/2021.01.02.21250001v2.full.pdf", "10.1101/2021.01.02.21250001"),
        ("10.1234/abc.full", "10.1234/abc"),
        ("10.1234/abc];", "10.1234/abc"),
    ],
)
def test_doi_is_trimmed(written, trimmed):
    """What a sentence or an address adds to a DOI goes; balanced brackets stay."""
    assert trim_doi(written) == trimmed


WINDOWS = [
    ("inside the sentence", "Cells ease pain (NCT01234567). They are new.", {0: 1}),
    (
        "opens the next sentence",
        "Cells ease pain. [A trial](https://www.bmj.com/x) found it. It was small.",
        {0: 1, 1: 1},
    ),
    (
        "ends an item of several sentences",
        "- Cells ease pain. They last. [Source](https://www.bmj.com/x)",
        {0: 1, 1: 1, 2: 1},
    ),
    (
        "ends a short paragraph with one claim",
        "Knees wear out. Cells relieve pain [1](https://www.bmj.com/x).",
        {0: 1, 1: 1},
    ),
    (
        "does not reach back over several claims",
        "Cells relieve pain. Cells improve sleep. Cells heal skin [here](https://www.bmj.com/x).",
        {2: 1},
    ),
    (
        "line of sources under a list",
        "- Cells ease pain.\n- Cells help sleep.\nSources: [a](https://www.bmj.com/x)",
        {0: 1, 1: 1, 2: 1},
    ),
    ("line of sources under a paragraph", "Cells ease pain.\nSource: [a](https://www.bmj.com/x)", {0: 1, 1: 1}),
    (
        "lead-in inherits from its items",
        "Cells work in three ways:\n- They ease pain ([a](https://www.bmj.com/x)).\n- They last.",
        {0: 1, 1: 1},
    ),
    (
        "item inherits from the items under it",
        "- Knees\n-- Cells ease pain ([a](https://www.bmj.com/x)).\n- Hips",
        {0: 1, 1: 1},
    ),
    ("another section supports nothing", "Cells ease pain.\n# More\nRead [a](https://www.bmj.com/x).", {1: 0, 2: 1}),
    ("further reading supports nothing", "Cells ease pain.\n# Further reading\n- [a](https://www.bmj.com/x)", {}),
    ("a footer supports nothing", "Cells ease pain.\n~ See [a](https://www.bmj.com/x).", {}),
    ("a malformed identifier supports nothing", "Cells ease pain (NCT1234).", {}),
]


@pytest.mark.parametrize(("text", "expected"), [w[1:] for w in WINDOWS], ids=[w[0] for w in WINDOWS])
def test_window(text, expected):
    """A citation supports exactly the sentences in its window."""
    _, ground = read(text)
    assert {n: len(ks) for n, ks in ground.supports.items()} == {n: k for n, k in expected.items() if k}


def test_a_mark_brings_the_entry_it_resolves_to():
    """A numbered mark supports its sentence together with the list entry, whose traceability it takes over."""
    text = """Cells ease pain [2]. Cells last.
# References
= 1. Adams B. Cells. Example Med. 2019;1:2.
= 2. Clark D. Pain. Example Med. 2020;4:11. PMID: 1234567"""
    _, ground = read(text)
    kinds = [ground.citations[k].kind for k in ground.supports[0]]
    assert kinds == ["number", "reference"]
    assert ground.citations[0].resolved == "PMID 1234567"
    assert ground.cited == {0: 3}


def test_an_unlinked_list_supports_no_sentence():
    """A reference list without marks is cited by nobody."""
    _, ground = read("Cells ease pain.\n= Adams, B. (2019). Cells for pain. Journal of Examples, 12, 34-40.")
    assert ground.citations[0].traceability == 2
    assert not ground.supports


@pytest.mark.parametrize(
    ("text", "name", "base", "expected"),
    [
        ("We treat you here at Nova Regen. [Study](https://novaregen.test/study)", "<text>", "", "own"),
        ("Novaregen leads. [Study](https://novaregen.test/study)", "<text>", "", "company"),
        ("[Study](https://novaregen.test/study)", "<text>", "https://www.novaregen.test/knees", "own"),
        ("[Study](https://blog.novaregen.co.uk/study)", "https://novaregen.co.uk/knees", "", "own"),
        ("[Study](https://other.co.uk/study)", "https://novaregen.co.uk/knees", "", "unknown"),
        ("We work at Arthritis clinics; arthritis hurts. [x](https://arthritis.test/a)", "<text>", "", "company"),
        ("Welcome to the BMJ. [Study](https://www.bmj.com/content/1)", "<text>", "", "journal"),
        ("Researchers at Exampharm tested it. [Data](https://exampharm.test/data)", "<text>", "", "company"),
        ("~ © 2024 Nova Regen Ltd\nSee [data](https://nova-regen.test/data).", "<text>", "", "own"),
    ],
)
def test_own_site(text, name, base, expected):
    """A link is the page's own by its address, or by the name the page gives itself; being named is not enough."""
    _, ground = read(text, name, base)
    assert ground.citations[-1].link_class == expected


def test_registrable_domain_follows_the_public_suffix_list():
    """What somebody registered is told apart from public suffixes of two labels."""
    assert registrable("ard.example.co.uk") == "example.co.uk"
    assert registrable("a.b.example.com") == "example.com"
    assert brand("www.nova-regen.com.au") == "novaregen"


@cache
def whole_list():
    return PublicSuffixList()


RULES = sorted(line for line in Path(PSLFILE).read_text(encoding="utf-8").splitlines() if line and line[:2] != "//")
HOSTS = [
    "",
    ".",
    "a..b",
    "localhost",
    "192.0.2.7",
    "::1",
    "x.nosuchtop",
    "xn--",
    "xn--zzzz--.x",
    "a.xn--\x80",
    "a.straße",
]


@pytest.mark.parametrize("rules", [RULES[::97], [r for r in RULES if not r.isascii() or r[0] in "!*"]])
def test_a_part_of_the_suffix_list_answers_as_the_whole_does(rules):
    """Exceptions, wildcards, names in any script and their ASCII forms, capitals and what is no name get the answer
    that the library gives from the whole list."""
    named = [rule.lstrip("!").replace("*", "wild") for rule in rules]
    hosts = [f"{front}{name}" for name in named for front in ("", "x.", "Y.x.")]
    hosts += [host.encode("idna").decode() for host in hosts] + [host.upper() for host in hosts]
    for host in [*HOSTS, *hosts, *(f"{host}." for host in hosts)]:
        assert registrable(host) == (whole_list().privatesuffix(host) or host)


@pytest.mark.parametrize(
    "url", ["mailto:a@b.test", "tel:+44123", "javascript:void(0)", "#top", "", "http://[::1", "http://"]
)
def test_not_a_page(url):
    """Mail, telephone, scripts, anchors and broken addresses lead to no source."""
    assert address(url) is None


def test_the_most_specific_class_wins():
    """A path under a domain may have a class of its own."""
    classes = Classes(TABLES["links"])
    assert classes.of(address("https://www.cancer.gov/clinicaltrials/x")) == "registry"
    assert classes.of(address("https://www.cancer.gov/types/lung")) == "agency"
    assert classes.of(address("https://www.nature.com/articles/d41586-020-1")) == "news"
    assert classes.of(address("https://notbmj.com/content")) == "unknown"


VENUES = [
    ("Nature, May 2025", "https://www.nature.com/articles/s41422-025-01128-1", ("Nature", "Cell Research")),
    (
        "Nature 2025",
        "https://www.nature.com/articles/s41392-025-1",
        ("Nature", "Signal Transduction and Targeted Therapy"),
    ),
    ("Nature 2021", "https://www.nature.com/articles/s41586-021-01234-5", None),
    ("Nature Medicine 2021", "https://www.nature.com/articles/s41591-021-01234-5", None),
    ("Nature Portfolio journal", "https://www.nature.com/articles/s41598-021-01234-5", None),
    ("the nature of pain", "https://www.nature.com/articles/s41598-021-01234-5", None),
    ("The Lancet", "https://www.thelancet.com/journals/eclinm/article/1", ("The Lancet", "eClinicalMedicine")),
    ("The Lancet", "https://www.thelancet.com/journals/lancet/article/1", None),
    ("Lancet Rheumatology", "https://www.thelancet.com/journals/lanrhe/article/1", None),
    ("JAMA", "https://jamanetwork.com/journals/jamanetworkopen/fullarticle/1", ("JAMA", "JAMA Network Open")),
    ("JAMA Network Open", "https://jamanetwork.com/journals/jamanetworkopen/fullarticle/1", None),
    ("Science", "https://www.science.org/doi/10.1126/sciadv.abc1234", ("Science", "Science Advances")),
    ("Science Advances", "https://www.science.org/doi/10.1126/sciadv.abc1234", None),
    ("Cell", "https://www.cell.com/stem-cell-reports/fulltext/1", ("Cell", "another Cell Press journal")),
    ("Stem Cell Reports", "https://www.cell.com/stem-cell-reports/fulltext/1", None),
    ("BMJ", "https://bmjopen.bmj.com/content/1", ("BMJ", "BMJ Open")),
    ("NIH study", "https://pubmed.ncbi.nlm.nih.gov/1234567/", ("NIH", "PubMed (an index, not a journal)")),
    ("Lancet 2020", "https://pubmed.ncbi.nlm.nih.gov/1234567/", None),
    ("FDA", "https://www.prnewswire.com/x", ("FDA", "a company's own announcement")),
    ("Nature", "https://www.example.test/nature", None),
]


@pytest.mark.parametrize(("label", "url", "expected"), VENUES)
def test_venue_label(label, url, expected):
    """A link text that names a more famous venue than the address leads to is told, and nothing else is."""
    assert mislabelled(label, url, TABLES["venues"]) == expected


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text):
    """Identifiers and marks are found in any text, in order, disjoint and inside it."""
    for found in (find_identifiers(text, built_in()), find_marks(text, TABLES["marks"])):
        ends = [0, *(f.end for f in found)]
        assert all(end <= f.start < f.end <= len(text) for end, f in zip(ends, found, strict=False))


@given(st.text(alphabet="10./(v)[]<>aA-_;:,. ", max_size=60))
def test_trimming_a_doi_twice_changes_nothing(text):
    """Trimming is final and only shortens from the end."""
    once = trim_doi("10.1234/" + text)
    assert trim_doi(once) == once
    assert ("10.1234/" + text).startswith(once)


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            [
                "Cells ease pain",
                " [1]",
                ".",
                " (NCT01234567)",
                " (Adams, 2019)",
                "\n",
                "\n- ",
                "\n# References\n",
                "= 1. Adams B. Pain. 2019;1:2",
                " https://www.bmj.com/x ",
            ]
        ),
        max_size=25,
    )
)
def test_ground_is_consistent(parts):
    """Whatever the page, indexes point at citations and evidence that exist, and supports name sentences that exist."""
    scan, ground = read("".join(parts))
    sentences = len(scan.document.sentences)
    assert all(0 <= n < sentences and ks for n, ks in ground.supports.items())
    assert all(k < len(ground.citations) for ks in ground.supports.values() for k in ks)
    assert all(k < len(ground.evidence) for ks in ground.described.values() for k in ks)
    assert all(0 <= c.traceability <= 3 and c.start < c.end for c in ground.citations)
    assert all(0 <= e.level <= 9 for e in ground.evidence)


def test_the_helper_keeps_link_text():
    """The pages of these tests show link texts, not addresses."""
    assert page("See [this](https://www.bmj.com/x).").blocks[0].text == "See this."
