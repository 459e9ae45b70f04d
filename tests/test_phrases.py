"""The phrase language: what a phrase matches, what it refuses, and that it stays linear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.patterns.expressions import compile_expression
from claimcheck.patterns.matcher import Matcher
from claimcheck.patterns.phrases import compile_phrase
from claimcheck.patterns.phrasetree import PhraseError
from claimcheck.patterns.tables import Term, term_spellings
from claimcheck.patterns.words import fold, forms, spellings

SLOTS = {"condition": 0, "treatment": 1}
TERMS = [
    Term(way, (slot,))
    for slot, terms in enumerate((["lupus", "knee pain"], ["stem-cell~", "infusion~"]))
    for term in terms
    for way in term_spellings(term)
]


def found(phrase, text, make=compile_phrase):
    pattern = make(phrase, SLOTS)
    marked, candidates = Matcher({"p": [pattern]}, TERMS, SLOTS).mark(text)
    m = candidates and pattern.regex.search(marked.text)
    return text[slice(*marked.span(m))] if m else None


@pytest.mark.parametrize(
    ("phrase", "text", "quote"),
    [
        ("cure~", "It CURED nobody.", "CURED"),
        ("cure", "Cured ham", None),
        ("cure", "a secure room", None),
        ("no side effects", "with no side-effects at all", "no side-effects"),
        ("side-effect-free", "a side effect free option", "side effect free"),
        ("game-changer", "a gamechanger", "gamechanger"),
        ("don't wait", "So don’t wait.", "don’t wait"),
        ("randomised trial", "a randomized trial", "randomized trial"),
        ("tumour~", "two tumors", "tumors"),
        ("cure~ {condition}", "Our drip cures lupus now", "cures lupus"),
        ("cure~ {condition}", "Our drip cures knee  pain", None),
        ("cure~ ... {condition}", "cures even the most stubborn lupus", "cures even the most stubborn lupus"),
        ("cure~ ...2 {condition}", "cures even the most stubborn lupus", None),
        ("cure~ ... {condition}", "cures nothing, but lupus remains", None),
        ("(heal|cure~) [your] {condition}", "heal your lupus", "heal your lupus"),
        ("(heal|cure~) [your] {condition}", "heal lupus", "heal lupus"),
        ("cure~ [for good]", "cured for good.", "cured for good"),
        ("cure~ [your|the] {condition}", "cure the lupus", "cure the lupus"),
        ("cure~ [your|the] {condition} [now|today]", "cure your lupus today", "cure your lupus today"),
        ("quick , easy", "It is quick, easy and cheap.", "quick, easy"),
        ("benefit~ : ...2 relief", "Benefits: lasting relief", "Benefits: lasting relief"),
        ("show [that] ...1 {condition} heals", "They show that the lupus heals.", "show that the lupus heals"),
        ("lupus's", "Name lupus's cause.", "lupus's"),
        ("vaccin*", "Ask about vaccination.", "vaccination"),
        ("vaccin* (can|may)", "revaccination can", None),
        ("^ cure {condition}", "Cure lupus", "Cure lupus"),
        ("^ cure {condition}", "We cure lupus", None),
        ("^ cure {condition}", "✅ Cure lupus", "✅ Cure lupus"),
        ("^ ...1 less pain", "Less pain", "Less pain"),
        ("^ ...1 less pain", "Much less pain", "Much less pain"),
        ("cured [for good] $", "Cured for good!", "Cured for good"),
        ("relief in ...2 $", "Relief in two weeks", "Relief in two weeks"),
        ("relief in ...2 $", "Relief in two or three weeks", None),
        ("^ ...1 less pain", "So very much less pain", None),
        ("cured $", "They were cured.", "cured"),
        ("{percent} of", "87 per cent of them", "87 per cent of"),
        ("100% safe", "it is 100 percent safe", "100 percent safe"),
        ("{number} in {number}", "nine in ten people", "nine in ten"),
        ("{treatment} heal~", "Stem-cells heal", "Stem-cells heal"),
    ],
)
def test_a_phrase_matches_what_it_says(phrase, text, quote):
    """A phrase folds case, spelling, hyphens and quotes, and gaps stay inside the clause."""
    assert found(phrase, text) == quote


@pytest.mark.parametrize(
    ("phrase", "part"),
    [
        ("(cure", "never closed"),
        ("cure)", "unmatched ')'"),
        ("{conditoin} cure", "did you mean {condition}"),
        ("[a] [b]", "no word that must occur"),
        ("stud(y|ies)", "space around the brackets"),
        ("a (b|)", "an empty choice"),
    ],
)
def test_a_bad_phrase_says_what_is_wrong(phrase, part):
    """A phrase that cannot be compiled is refused with what to change."""
    with pytest.raises(PhraseError, match=part.replace("(", r"\(").replace(")", r"\)").replace("{", r"\{")):
        compile_phrase(phrase, SLOTS)


@pytest.mark.parametrize("expression", ["(a+)+b", "(?:x*y*)*z", ".*cure", "[^.]*cure", r"(\w+ )+x"])
def test_an_explosive_expression_is_refused(expression):
    """A regular expression that can take more than linear time does not load."""
    with pytest.raises(PhraseError, match="very long"):
        compile_expression(expression, SLOTS)


def test_an_expression_takes_slots_and_loose_spaces():
    """In an expression a space is any separator and {slot} a lexicon term."""
    expression = r"\bcan (?:now )?reverse {condition}"
    assert found(expression, "it can-now reverse “lupus”.", compile_expression) == "can-now reverse “lupus"
    assert found(expression, "it can now reverse things", compile_expression) is None


@given(st.text(max_size=300))
def test_folding_keeps_every_offset(text):
    """Folded text is as long as the text, so that offsets carry over."""
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="ab lupus stem-cells knee pain, .—", max_size=80))
def test_marks_lead_back_to_the_plain_text(text):
    """Without its marks, marked text is the folded text, and every offset maps back."""
    matcher = Matcher({"p": [compile_phrase("cure", SLOTS)]}, TERMS, SLOTS)
    marked, _ = matcher.mark(text)
    plain = [(marked.plain(i), c) for i, c in enumerate(marked.text) if not 0xE000 <= ord(c) <= 0xF8FF]
    assert plain == list(enumerate(marked.folded))


@pytest.mark.parametrize(
    ("word", "some"),
    [
        ("cure", {"cures", "cured", "curing"}),
        ("stop", {"stopped", "stopping"}),
        ("study", {"studies", "studied"}),
        ("randomise", {"randomized", "randomised"}),
        ("regrow", {"regrew", "regrown"}),
    ],
)
def test_inflections_are_listed(word, some):
    """A word with "~" stands for its regular and irregular forms in both spellings."""
    assert some <= set(forms(word))


@pytest.mark.parametrize("word", ["our", "promise", "colour", "anaemia", "centre"])
def test_spellings_always_include_the_word(word):
    """A word is one of its own spellings, and "our" never becomes "or"."""
    assert word in spellings(word)
    assert "or" not in spellings("our")
