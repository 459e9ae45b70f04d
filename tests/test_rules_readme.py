"""rules/README.md tells the truth: its tables are fresh, its guide names every key, its example rule works."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from snapshots import same_as
from tools.rules_readme import README, fresh

from claimcheck.cli.testrules import prove_folder
from claimcheck.rules.files import ContextRule, Cue, Examples, FlagRule, Group, Match, Unless
from claimcheck.rules.vocabulary import DOCUMENT_CHECKS, DOCUMENT_PREDICATES, PREDICATES

TEXT = README.read_text(encoding="utf-8")
GUIDE = re.sub(r"<!-- table: .*?<!-- end -->", "", TEXT, flags=re.DOTALL)


def test_the_tables_are_those_of_the_rule_files() -> None:
    """Rules, contexts, word lists and shorthands are listed as they are."""
    same_as(README, fresh(TEXT))


@pytest.mark.parametrize(
    "shape", [FlagRule, Match, Unless, Examples, ContextRule, Cue, Group], ids=lambda s: s.__name__
)
def test_every_key_is_explained(shape: type) -> None:
    """The guide names every key that a rule file may have."""
    assert [f.name for f in fields(shape) if f"`{f.name}`" not in GUIDE and f"[{f.name}]" not in GUIDE] == []


def test_every_predicate_is_explained() -> None:
    """The guide names every predicate and every check on a page."""
    known = [*PREDICATES, *DOCUMENT_PREDICATES, *DOCUMENT_CHECKS]
    assert [name for name in known if f"`{name}`" not in GUIDE] == []


def test_the_example_rule_is_proved(tmp_path: Path) -> None:
    """The rule printed in the guide can be copied as it stands."""
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    (name,) = re.findall(r'^id = "(.*?)"', example, re.MULTILINE)
    (tmp_path / f"{name}.toml").write_text(example, encoding="utf-8")
    assert prove_folder(tmp_path) == (1, [])


def test_links_lead_to_files() -> None:
    """Every link of the page is a file of this folder."""
    links = re.findall(r"\]\(([^)\s]+)\)", TEXT)
    assert len(links) > 50
    assert [link for link in links if not (README.parent / link).is_file()] == []
