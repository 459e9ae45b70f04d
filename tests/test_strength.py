"""What a sentence asserts, on the scale none < correlational < conditional < can < causal < absolute."""

from pathlib import Path
from re import _parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model import STRENGTHS
from claimcheck.strength import result, strength
from claimcheck.strength.grammar import grammar

DATA = Path(__file__).parent / "data"


def table(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("|", 1) for line in lines if line and not line.startswith("#")]
    return [pytest.param(sentence.strip(), expected.strip(), id=sentence.strip()[:60]) for expected, sentence in rows]


@pytest.mark.parametrize(("sentence", "expected"), table("strength.txt"))
def test_a_sentence_asserts_its_level(sentence, expected):
    """Marketing copy, headlines and research prose are judged on one scale."""
    assert strength(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), table("results.txt"))
def test_a_reported_result_points_somewhere(sentence, expected):
    """A result is null, for or against by its words or its own figures; anything else points nowhere."""
    assert result(sentence) == (expected if expected != "-" else "")


AGENTS = ["The infusion", "Platelet therapy", "This extract", "Acupuncture"]
VERBS = [("reduces", "reduce"), ("relieves", "relieve"), ("improves", "improve"), ("heals", "heal")]


@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize(("third", "base"), VERBS)
def test_hedging_a_verb_never_strengthens_the_claim(agent, third, base):
    """From "heals" through "can heal" and "may heal" to "does not heal", each step asserts less."""
    steps = [
        f"{agent} permanently {third} sore joints.",
        f"{agent} {third} sore joints.",
        f"{agent} can {base} sore joints.",
        f"{agent} may {base} sore joints.",
        f"{agent} does not {base} sore joints.",
    ]
    assert [strength(s) for s in steps] == ["absolute", "causal", "can", "conditional", "none"]


@pytest.mark.parametrize("agent", AGENTS)
def test_promising_is_a_soft_claim_not_a_disclaimer(agent):
    """Calling a treatment promising or potential for a complaint counts as much as "may"."""
    assert strength(f"{agent} is promising for sore joints.") == "conditional"
    assert strength(f"{agent} is a potential treatment for sore joints.") == "conditional"


def test_the_strongest_unhedged_verb_decides():
    """A hedge on one of two coordinated verbs does not cover a verb that stands without it."""
    assert strength("The serum may calm redness and heals scars.") == "causal"
    assert strength("The serum may calm redness and heal scars.") == "conditional"


@pytest.mark.parametrize("sentence", ["The serum heals scars", "May the serum heal scars", "No serum heals scars"])
def test_case_and_final_punctuation_do_not_matter(sentence):
    """Headlines in capitals and sentences without a full stop are judged like any other."""
    assert strength(sentence) == strength(sentence + ".") == strength(sentence.upper())


@given(st.text(max_size=200))
def test_any_text_has_a_level_and_a_direction(text):
    """Whatever the text, the answers come from the two scales."""
    assert strength(text) in STRENGTHS
    assert result(text) in {"null", "for", "against", ""}


def holds(parsed, heads):
    """Whether whatever matches a parsed pattern holds one of the heads."""
    for op, value in parsed:
        match str(op):
            case "LITERAL":
                sure = value in heads
            case "IN":
                sure = all(str(kind) == "LITERAL" and member in heads for kind, member in value)
            case "BRANCH":
                sure = all(holds(branch, heads) for branch in value[1])
            case "SUBPATTERN":
                sure = holds(value[3], heads)
            case "ATOMIC_GROUP":
                sure = holds(value, heads)
            case "ASSERT":
                sure = holds(value[1], heads)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                sure = value[0] > 0 and holds(value[2], heads)
            case _:
                sure = False
        if sure:
            return True
    return False


@pytest.mark.parametrize("event", grammar().events, ids=lambda event: event.name)
def test_whatever_is_an_event_holds_one_of_its_heads(event):
    """A sentence without any of an event's heads cannot hold the event, so it is not looked for there."""
    assert holds(_parser.parse(event.regex.pattern), {ord(head) for head in event.heads})
