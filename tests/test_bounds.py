"""Hostile pages cost no more than honest ones of their size: work is counted, never timed."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from claimcheck.context import scan
from claimcheck.context.contexts import MOST, scopes
from claimcheck.context.scan import LONGEST, sentences_of
from claimcheck.context.words import Known
from claimcheck.engine.predicates import PREDICATES
from claimcheck.ingest import read_page
from claimcheck.patterns.matcher import Matcher
from claimcheck.patterns.phrases import compile_phrase
from claimcheck.pipeline import check
from claimcheck.rules.files import Match, Unless
from claimcheck.rules.load import built_in, load_rules
from claimcheck.rules.ruleset import compile_rules

SMALL = 12_000
"""Characters; large enough for what grows with the square to show beside what is paid once."""

REPEATED = {
    "words": "the clinic is open and people walk in it ",
    "triggers in one sentence": "stem cells cure lupus ",
    "triggers": "Stem cells cure lupus. ",
    "cues": "no not never without may might ",
    "terms": "lupus ",
    "claims denied": "no, cures lupus; ",
    "one word": "a",
    "no space": "no/",
    "questions": "Does it cure lupus? ",
    "answers": "Does it work? Yes. It cures lupus. ",
    "quotations": '"cures" ',
    "brackets": "(",
    "digits": "1",
    "full stops": ". ",
    "studies": "a randomised trial of 40 patients found that stem cells cure lupus, ",
    "figures": "12 of 20 patients, 90% of them, ",
    "stories": '"I could walk again after my infusion," says Ann. ',
    "names": "Smith et al. 2019 ",
    "marks": "cures lupus [1]. ",
    "addresses": "https://a.example/x ",
    "lines": "x\n",
    "headings": "# No cure\n\n",
    "items": "- lupus\n",
    "links": "[a trial](https://pubmed.ncbi.nlm.nih.gov/123/) cures lupus. ",
    "tags": "<div>",
    "entities": "&amp",
    "ourselves": "we at ",
}


def calls(work: Callable[[], Any]) -> int:
    """How many functions, ours and the library's, are called."""
    count = 0

    def counted(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def page(unit: str, size: int) -> tuple[str, str]:
    form = "html" if unit.startswith(("<", "&")) else "markdown" if unit.startswith(("#", "-", "[a")) else "text"
    return unit * (size // len(unit)), form


class Forgetful(Known):
    """Sentences none of which is remembered, so that each is worked through however often a page repeats it."""

    def __setitem__(self, text: str, found: Any) -> None:
        pass


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED.keys())
def test_twice_the_page_is_twice_the_work(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a page is made, a page twice as long takes at most about twice as many steps."""
    monkeypatch.setattr(scan, "known_to", Forgetful)

    def work(size: int) -> int:
        text, form = page(unit, size)
        return calls(lambda: check(text, format=form))

    work(SMALL // 2)  # what is loaded, compiled or remembered once is not counted
    assert work(2 * SMALL) <= 2.4 * work(SMALL)


@pytest.mark.parametrize("unit", ["stem cells cure lupus ", "a", "no/"])
def test_a_sentence_without_end_is_read_in_pieces(unit: str) -> None:
    """No pattern ever meets more than LONGEST characters at once, no word of prose is lost, and the report says so."""
    text = (unit * 20_000)[: 30 * LONGEST].strip()
    document = sentences_of(read_page(text))
    assert max(len(s.text) for s in document.sentences) <= LONGEST
    assert "".join(s.text for s in document.sentences).replace(" ", "") == text.replace(" ", "")
    assert any(f"{LONGEST:,} characters" in notice for notice in document.notices)


def test_an_ordinary_page_has_no_notice_of_its_length() -> None:
    """A long sentence that is within the limit is left whole, without a notice."""
    text = "It " + "and it " * 100 + "works."
    document = sentences_of(read_page(text))
    assert [s.text for s in document.sentences] == [text] and document.notices == ()


def test_scopes_are_few() -> None:
    """A sentence of nothing but cues opens a bounded number of scopes of each context."""
    rules = built_in()
    found = scopes(rules.matcher.mark("no not never without may might " * 120)[0], rules)
    of_context = {c.id: sum(s.context == c.id for s in found) for c in rules.contexts}
    assert max(of_context.values()) == MOST


def test_only_patterns_with_all_their_words_run() -> None:
    """With ten thousand patterns, a text meets those whose words it holds and no others."""
    words = [f"w{k:04}" for k in range(10_000)]
    patterns = {w: [compile_phrase(f"{w} cures", {})] for w in words}
    matcher = Matcher(patterns, (), {})
    _, candidates = matcher.mark("W0007 cures, W9999 cures, and W0008 does not. Xw0009 cures")
    assert {owner for owner, _ in candidates} == {"w0007", "w9999", "w0008"}


def test_more_rules_are_no_more_work_on_the_same_page() -> None:
    """Patterns that a text does not meet cost it nothing that grows with their number, but for one step a shard."""
    text = "It was a quiet day at the clinic, and nobody cured anything with w0001 or W0002."

    def work(size: int) -> int:
        matcher = Matcher({f"w{k:05}": [compile_phrase(f"w{k:05} cures", {})] for k in range(size)}, (), {})
        matcher.mark(text)
        return calls(lambda: matcher.mark(text))

    assert work(20_000) <= 3 * work(2_000)


def test_a_question_about_a_sentence_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many matches a sentence holds, what is true of the sentence is worked out for the first."""
    asked: list[int] = []
    selling = PREDICATES["selling"]
    monkeypatch.setitem(PREDICATES, "selling", lambda place: asked.append(place.sentence) or selling(place))
    check("Stem cells cure lupus and stem cells cure asthma and stem cells cure eczema. " * 3)
    assert asked and len(asked) == len(set(asked))


def test_a_repeated_sentence_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a site says on every page is scanned for the first and remembered, within bounds."""
    rules, scanned = load_rules(), []
    monkeypatch.setitem(rules.shared, "sentences", Known(rules))
    mark = Matcher.mark
    monkeypatch.setattr(Matcher, "mark", lambda self, text, *a: scanned.append(text) or mark(self, text, *a))
    for _ in range(3):
        check("Our nurses wear blue shoes.\n\n" * 20)
    assert scanned == ["Our nurses wear blue shoes."]
    monkeypatch.setattr("claimcheck.context.words.REMEMBERED", 1_000)
    for number in range(200):
        check(f"Nurse number {number} wears blue shoes.")
        assert sum(map(len, rules.shared["sentences"])) <= 1_000


def test_twice_the_rules_are_twice_the_work() -> None:
    """Compiling rules costs in proportion to their number."""
    rule = built_in().flags[0]

    def work(size: int) -> int:
        matches = [Match(any_phrase=(f"w{size}x{k:05} cures",)) for k in range(size)]  # words met once
        rules = [replace(rule, id=f"r{k}", match=m, unless=Unless()) for k, m in enumerate(matches)]
        faults: list[str] = []
        return calls(lambda: compile_rules(tuple(rules), (), {}, {}, {}, faults).matcher)

    work(10)
    assert work(2_000) <= 2.2 * work(1_000)
