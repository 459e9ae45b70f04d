# ruff: noqa: E501
"""The page's own words against what surrounds them, and what is left out for other reasons."""

import re
from pathlib import Path

import pytest

from claimcheck import check
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
    assert len(words(whole.blocks, own)) > 30 and len(words(whole.blocks, around)) > 15


def test_only_what_surrounds_a_page_is_left_out():
    """Menus, a sidebar's links and a footer's lines are left out with their reason; headings, heroes, prose in a
    footer and cards that are links stay."""
    document = read_page(
        "<header><ul class=menu><li><a href=/>Home</a></ul><h1>Sleep at last</h1><div>Naps for you</div></header>"
        "<nav>Menu</nav>"
        "<main><a href=/a><h3>Cures snoring</h3><p>In a week.</p></a><blockquote>Bliss.<footer>Jo</footer></blockquote>"
        "</main>"
        "<aside><a href=/o>Offers</a></aside><footer><p>Call us<h3>Links</h3>"
        "<p>These statements have not been evaluated by any agency at all.</p></footer>",
        format="html",
    )
    assert [b.text for b in document.blocks] == [
        "Sleep at last",
        "Naps for you",
        "Cures snoring",
        "In a week.",
        "Bliss.",
        "Jo",
        "These statements have not been evaluated by any agency at all.",
    ]
    assert [(b.left_out, b.text) for b in document.left_out] == [
        ("navigation", "Home"),
        ("navigation", "Menu"),
        ("aside", "Offers"),
        ("footer", "Call us"),
        ("footer", "Links"),
    ]


PROSE = "<p>Our naps mend sleep." * 9
PARTS = {
    "a menu of drips that describes them is the offer": (
        "<div class=drip-menu><h2>Drips</h2><div>Energy: ends tiredness</div><div>Glow: clears skin in days</div></div>",
        "",
    ),
    "a page in a class that speaks of a sidebar": ("<div class=has-sidebar><p>Our naps mend sleep.</p></div>", ""),
    "a consent form's page": ("<div class=informed-consent><p>You agree to a blood test.</p></div>", ""),
    "a card's footer": ("<div class=card><div class=card-footer>Cures gout</div></div>", ""),
    "a plan that is recommended": ("<div class='plan recommended'><h3>Gold</h3><p>Ends pain in a day.</p></div>", ""),
    "what patients comment": ("<div class=patient-comments><p>I walk again.</p></div>", ""),
    "kinds of treatment": ("<div class=treatment-categories><p>Drips that heal.</p><p>Naps.</p></div>", ""),
    "reviews": ("<div class=reviews><p>It cured me.</p></div>", ""),
    "a list of sources": (
        "<ul><li><a href=https://a.example/1>Moor 2019</a><li><a href=https://b.example/2>Hill 2020</a>"
        "<li><a href=https://c.example/3>Dale 2021</a><li><a href=https://d.example/4>Fell 2022</a></ul>",
        "",
    ),
    "a notice on cookies by its words": (
        "<div class=x9><p>We use cookies to make this better.</p><button>Fine</button></div>" + PROSE,
        "cookie notice",
    ),
    "teasers by their heading": (
        "<div class=z1><h3>You may also like</h3><a href=/1><div>Naps cure all</div></a></div>" + PROSE,
        "related",
    ),
    "links under a heading are what it speaks of": (
        "<h2>We treat</h2><ul><li><a href=/a>Autism</a><li><a href=/b>Gout</a><li><a href=/c>Lupus</a><li><a href=/d>Acne"
        "</a></ul>",
        "",
    ),
    "links in a row": (
        "<div><a href=/a>Naps</a> <a href=/b>Drips</a> <a href=/c>Cost</a> <a href=/d>Team</a></div>",
        "navigation",
    ),
    "a role": ("<div role=contentinfo>Open daily</div>", "footer"),
}


@pytest.mark.parametrize("name", PARTS)
def test_parts_are_told_by_name_words_and_links(name):
    """The first block of a page is left out for the reason given, or kept where none is."""
    source, why = PARTS[name]
    document = read_page(f"<body><h1>Naps</h1><p>Naps mend.</p>{source}", format="html")
    assert (document.left_out[0].left_out if document.left_out else "") == why


def test_a_page_that_is_all_menu_is_read():
    """Where nothing but frame is given, as in a fragment, it is judged rather than nothing."""
    assert check("<nav><p>Our stem cells cure lupus.</p></nav>", format="html").findings


def test_hidden_text_is_listed_and_answers_are_read():
    """What no reader sees is left out as hidden; what a click shows, an accordion's or a tab's panel, is read."""
    document = read_page(
        "<p>Seen.</p><p style='display: none'>Unseen.</p><div hidden>Gone.</div><template><p>Later.</template>"
        "<noscript>Switch it on.</noscript><dialog>Wait!</dialog><div><template shadowrootmode=open>Shade.</template></div><button aria-controls=a1>Safe?</button>"
        "<div id=a1 hidden>Nobody knows.</div><div class=faq-answer style='display:none'>Ask us.</div>"
        "<details><summary>Cost</summary>Ninety pounds.</details><p hidden=until-found>Found.</p>",
        format="html",
        content="all",
    )
    kept = ["Seen.", "Shade.", "Safe?", "Nobody knows.", "Ask us.", "Cost", "Ninety pounds.", "Found."]
    assert [b.text for b in document.blocks] == kept
    assert [b.text for b in document.left_out] == ["Unseen.", "Gone.", "Later.", "Switch it on.", "Wait!"]
    assert {b.left_out for b in document.left_out} == {"hidden"}


def test_text_for_machines_is_read_once_and_named():
    """Descriptions, social text, JSON-LD and tooltips are read with where they stand, but not what only repeats."""
    source = (
        "<title>Naps</title><meta name=description content='We sell naps.'>"
        "<meta property=og:description content='We sell naps.'><meta property=og:title content='Naps cure gout'>"
        '<script type="application/ld+json">{"@type": "Product", "name": "Naps", "description": "Ends \\u201call\\u201d'
        ' pain &amp;<br>more", "slogan": ["Naps cure gout", "Sleep it off today"], "url": "a b c d"}</script>'
        "<p>Text <a href=/x title='It mends bones overnight'>more</a>"
    )
    document = read_page(source, format="html")
    assert [(b.hidden, b.text) for b in document.blocks if b.hidden] == [
        ("title", "Naps"),
        ("meta", "We sell naps."),
        ("open graph", "Naps cure gout"),
        ("json-ld", "Ends “all” pain & more"),
        ("json-ld", "Sleep it off today"),
        ("tooltip", "It mends bones overnight"),
    ]
    assert [(b.left_out, b.text) for b in document.left_out] == [
        ("repeated", "We sell naps."),
        ("repeated", "Naps cure gout"),
    ]


def test_a_finding_says_where_it_stands():
    """A finding in a description or a picture's text says so, and its quote is in the source as it stands."""
    source = "<meta name=description content='Our cells cure lupus.'><p>Naps.<img alt='Stem cells cure arthritis.'>"
    found = {(f.where, source[f.start : f.end]) for f in check(source, format="html").findings if f.start < f.end}
    assert {("meta", "Our cells cure lupus"), ("alt", "Stem cells cure arthritis")} <= found


def test_menus_neither_raise_nor_excuse():
    """The same page with and without a menu, a footer, a notice and comments full of claims gets the same findings."""
    page = (
        "<main><h1>Naps</h1><p>Our stem cells cure lupus. Book your visit today and feel better in a week.</p></main>"
    )
    around = (
        "<nav><a href=/c>We cure cancer</a></nav>{}<div id=comments><p>It cured my arthritis, no risk, 100% guaranteed!</p>"
        "</div><div class=cookie-banner><p>We use cookies. Results are guaranteed.</p></div>"
        "<footer><a href=https://pubmed.ncbi.nlm.nih.gov/12345678/>Not a cure</a></footer>"
    )
    bare, framed = check(page, format="html"), check(around.format(page), format="html")
    assert [(f.rule, f.quote) for f in framed.findings] == [(f.rule, f.quote) for f in bare.findings]
    assert framed.verdict.score == bare.verdict.score and len(framed.left_out) == 4
    whole = check(around.format(page), format="html", content="all")
    assert len(whole.findings) > len(framed.findings)


LANGUAGES = {
    "German": "Unsere Infusionen heilen Arthrose und sind für alle geeignet. Die Behandlung ist sicher und wird bei "
    "uns auf der Station von einer Ärztin begleitet.",
    "French": "Nos perfusions guérissent l'arthrose et sont sans danger pour les patients. Le traitement est fait dans "
    "une salle calme avec une infirmière.",
    "Spanish": "Nuestras infusiones curan la artrosis y son seguras para los pacientes. El tratamiento se hace en una "
    "sala tranquila con una enfermera.",
    "Polish": "Nasze wlewy leczą zwyrodnienia i są bezpieczne dla pacjentów. Zabieg jest krótki, a po nim nie ma bólu, "
    "co to potwierdza lekarz.",
    "Chinese or Japanese": "我们的干细胞疗法可以治愈关节炎，并且没有任何副作用。请立即预约。",
    "Russian or another Slavic language": "Наши капельницы излечивают артроз и безопасны для всех пациентов.",
}


@pytest.mark.parametrize("name", LANGUAGES)
def test_another_language_is_said_and_not_judged(name):
    """A page in another language has no finding and no score, and a notice names the language; in any format."""
    for form, source in (("text", LANGUAGES[name]), ("html", f"<html lang=en><p>{LANGUAGES[name]}")):
        report = check(f"{source}\n", format=form)
        assert not report.findings and report.verdict.label == "too-short" and name in report.notices[0]
        assert report.left_out[0].why == "language"


def test_english_is_judged_whatever_is_declared():
    """Words are believed over a declaration, and few words are never taken for another language."""
    page = "<html lang='de-DE'><p>Our stem cells cure lupus for good, and there is no risk in it for your children."
    assert check(page, format="html").findings and not check(page, format="html").notices
    assert check("Die Zelle. Our cells cure lupus.").findings
    swahili = (
        "<html lang=sw><p>Dawa yetu inaponya magonjwa yote haraka sana bila madhara yoyote kwa wagonjwa wetu hapa."
    )
    swahili += " Njoo leo upate nafuu."
    assert "'sw'" in check(swahili, format="html").notices[0]
