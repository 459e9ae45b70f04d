"""Minimal pairs: two sentences that share their words, one of which promises and one of which does not."""

import tomllib
from pathlib import Path

import pytest

from claimcheck import check, load_rules

PAIRS = tomllib.loads((Path(__file__).parent / "data/minimal_pairs.toml").read_text(encoding="utf-8"))["pair"]
KNOWN = {rule.id for rule in load_rules().flags}


def cases(which):
    for pair in PAIRS:
        marks = () if pair["rule"] in KNOWN else pytest.mark.xfail(reason=f"no rule {pair['rule']} yet", strict=True)
        yield pytest.param(pair["rule"], pair[which], id=f"{pair['number']}-{pair['rule']}", marks=marks)


def raised(rule, text):
    findings = check(text, format="markdown" if "](" in text else "text").findings
    return any((rule == f.rule and f.severity != "info") or rule in f.notes for f in findings)


@pytest.mark.parametrize(("rule", "text"), list(cases("flag")))
def test_the_promise_is_flagged(rule, text):
    """The sentence that makes the promise raises its rule."""
    assert raised(rule, text)


@pytest.mark.parametrize(("rule", "text"), [p for p in cases("silent") if not p.marks])
def test_the_near_miss_stays_silent(rule, text):
    """The sentence that only shares the words does not raise the rule above an info note."""
    assert not raised(rule, text)


def test_all_pairs_are_here():
    """No pair was lost: 109 of them, each with a rule of a known shape of name."""
    assert [p["number"] for p in PAIRS] == list(range(1, 110))
