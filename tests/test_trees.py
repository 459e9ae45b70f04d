"""Rewritten expressions: they match what they matched before, with the same groups."""

import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import programs
from claimcheck.rules.load import built_in

_words = st.text("abc", min_size=1, max_size=3)
_edged = st.sampled_from(
    [r"\ba", r"a(?<=\ba)b", "[ab]c", "[^a]b", ".a", "(?!ab)a", "(?=a)", r"\Ab", "c$", "(?i:Ab)", r"\d"]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=5)
    return st.one_of(
        several.map(lambda parts: f"(?:{'|'.join(parts)})"),
        several.map(lambda parts: f"({'|'.join(parts)}|)"),
        several.map("".join),
        st.tuples(inner, st.sampled_from(["?", "*", "{0,2}", "??", "+"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
        inner.map(lambda part: f"(?>{part})"),
    )


def _shown(matches):
    return [(m.span(), m.groups()) for m in matches]


@given(st.recursive(_words | _edged, _grown, max_leaves=14), st.text("abcA 1", max_size=12))
def test_a_rewritten_expression_matches_the_same(source: str, text: str) -> None:
    """Whatever an expression is made of, its rewritten form finds the same matches with the same groups."""
    plain, rewritten = re.compile(source), programs._revived(source, programs._program(source))
    assert _shown(rewritten.finditer(text)) == _shown(plain.finditer(text))
    assert _shown(filter(None, [rewritten.fullmatch(text)])) == _shown(filter(None, [plain.fullmatch(text)]))


@pytest.mark.parametrize("flags", [re.IGNORECASE, re.MULTILINE, re.ASCII])
def test_flags_are_heeded(flags: int) -> None:
    """Where letters may stand for others, nothing is rewritten that would then differ."""
    source, text = "(?:ab|Ab|b|^c|é)", "Ab aB AB É\nc"
    rewritten = programs._revived(source, programs._program(source, flags))
    assert _shown(rewritten.finditer(text)) == _shown(re.compile(source, flags).finditer(text))


def test_the_patterns_of_rules_match_the_same() -> None:
    """Patterns of the catalogue match their own words as the standard library has them match."""
    for _, pattern in islice(built_in().matcher.mark("Stem cells cure lupus.", prefilter=False)[1], 0, None, 40):
        plain, text = re.compile(pattern.source), " ".join(re.findall(r"[a-z]+", pattern.phrase))
        assert _shown(pattern.regex.finditer(text)) == _shown(plain.finditer(text)), pattern.phrase
