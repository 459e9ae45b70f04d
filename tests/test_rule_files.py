"""Rule files: what they may hold, and how their faults are told."""

import re

import pytest

from claimcheck.errors import RuleError
from claimcheck.rules.load import load_rules, rules_root

GOOD = """
id = "{id}"
title = "Sells moon water"
family = "hype"
severity = "medium"
message = "'{{quote}}' sells moon water."
why = "Nobody has tested moon water."
evidence_needed = "A randomised trial."
safer = "Say what was measured."
sources = ["Our own house rule, 2026"]
[match]
any_phrase = ["moon water"]
[examples]
hits = ["Drink [[moon water]]."]
misses = ["Nobody should buy moon water."]
"""


def write(folder, name, text):
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder):
    with pytest.raises(RuleError) as error:
        load_rules(folder)
    return list(error.value.faults)


def test_a_folder_of_rules_is_added_to_the_built_in_ones(tmp_path):
    """A user's rule joins the catalogue."""
    write(tmp_path, "moon-water", GOOD.format(id="moon-water"))
    rules = load_rules(tmp_path)
    assert "moon-water" in rules.rule
    assert len(rules.flags) == len(load_rules().flags) + 1


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("severity = ", 'severty = "high"\nseverity = '), 5, "unknown key 'severty'"),
        (('"medium"', '"grave"'), 5, "severity"),
        (('family = "hype"', 'family = "hyp"'), 4, "did you mean 'hype'?"),
        (('any_phrase = ["moon water"]', 'any_phrase = ["{moon} water"]'), 12, "no lexicon called {moon}"),
        (('any_phrase = ["moon water"]', 'any_phrase = ["(moon water"]'), 12, "never closed"),
        (('any_phrase = ["moon water"]', "any_regex = ['(a+)+b']"), 12, "can take very long"),
        (("[examples]", '[unless]\ncontext = ["negatd"]\n[examples]'), 14, "did you mean 'negated'?"),
        (("[examples]", '[unless]\nwhen = ["citd"]\n[examples]'), 14, "no predicate called 'citd'"),
        (('title = "Sells moon water"\n', ""), None, "'title' is missing"),
        (('id = "moon-water"', 'id = "sun-water"'), 1, "must be the file's name"),
        (("[match]", "[match"), None, "not valid TOML"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, change, line, said):
    """A fault names the file, the line, and what is wrong or meant."""
    path = write(tmp_path, "moon-water", GOOD.format(id="moon-water").replace(*change))
    (fault,) = faults(tmp_path)
    assert said in fault
    assert fault.startswith(f"{path}:{line}:" if line else str(path))


def test_every_fault_of_every_file_is_told_at_once(tmp_path):
    """Nobody has to mend rule files one fault at a time."""
    write(tmp_path, "a", GOOD.format(id="a").replace('"medium"', '"grave"'))
    write(tmp_path, "b", GOOD.format(id="b").replace('family = "hype"', "family = 3"))
    write(tmp_path, "c", "not toml at all")
    (tmp_path / "d.toml").write_bytes(b"\xff\xfe\x00")
    told = "\n".join(faults(tmp_path))
    assert all(f"{name}.toml" in told for name in "abcd")


def test_a_missing_folder_is_a_fault(tmp_path):
    """Asking for rules in a folder that is not there is said, not ignored."""
    assert "no such folder" in faults(tmp_path / "nowhere")[0]


def test_the_same_id_twice_is_a_fault(tmp_path):
    """A rule id belongs to one file."""
    name = next(iter(load_rules().rule))
    write(tmp_path, name, GOOD.format(id=name))
    assert "already defined" in faults(tmp_path)[0]


def test_built_in_files_have_the_declared_shape():
    """The files that ship with claimcheck pass the same validation as a user's."""
    assert load_rules(rules_root() / "lexicons").flags  # a second root switches validation on for every file


def test_built_in_files_are_laid_out_to_be_read():
    """A line of a rule file is longer than 120 characters only where it holds a single string."""
    for path in rules_root().rglob("*.toml"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert len(line) <= 120 or not re.search(r"[\"'], ?[\"']", line), f"{path}:{number}"


def test_bottomless_nesting_is_a_fault(tmp_path):
    """Brackets nested beyond reason are refused without a traceback."""
    write(
        tmp_path, "deep", GOOD.format(id="deep").replace('"moon water"]\n[ex', f'"{"(" * 2000}moon{")" * 2000}"]\n[ex')
    )
    write(tmp_path, "big", GOOD.format(id="big").replace("[match]", "[match]\nall_of = " + "[" * 500 + "]" * 500))
    assert faults(tmp_path)
