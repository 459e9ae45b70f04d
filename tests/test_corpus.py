"""The labelled corpus and the example pages are well formed, so that figures computed from them mean something."""

import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "benchmarks" / "corpus"
EXAMPLES = ROOT / "examples"
KINDS = {
    "marketing", "testimonial", "news", "education", "hospital", "consent", "trial-report",
    "regulator", "disclaimer", "research", "supplement", "device", "forum",
}  # fmt: skip
LABELS = {"supported", "balanced", "mixed", "overstated", "unsupported", "red-flag", "no-claim"}


def rows(path: Path, key: str) -> list[dict[str, Any]]:
    return list(tomllib.loads(path.read_text(encoding="utf-8"))[key])


SENTENCES = [row for path in sorted(CORPUS.glob("sentences*.toml")) for row in rows(path, "item")]
PAGES = rows(CORPUS / "pages.toml", "page")
EXPECTED = rows(EXAMPLES / "expected.toml", "page")


def test_snippets_are_distinct() -> None:
    """No id and no text occurs twice, apart from case, punctuation and spacing."""
    texts = Counter(re.sub(r"\W+", " ", row["text"].casefold()).strip() for row in SENTENCES)
    ids = Counter(row["id"] for row in SENTENCES)
    assert [key for key, n in chain(texts.items(), ids.items()) if n > 1] == []


def test_snippets_are_labelled_and_explained() -> None:
    """Every snippet has a known kind, a note, and no rule that is both required and merely allowed."""
    for row in SENTENCES:
        assert row["kind"] in KINDS, row["id"]
        assert row["note"], row["id"]
        assert not set(row["rules"]) & set(row.get("also", [])), row["id"]


def test_hard_negatives_are_in_the_majority() -> None:
    """More than half of the snippets, and of the pages, are texts that must stay clean."""
    for labelled in (SENTENCES, PAGES):
        assert sum(not row["rules"] and "claim" not in row for row in labelled) > len(labelled) / 2


def test_every_labelled_rule_has_several_wordings() -> None:
    """A rule that the snippets name is named by at least three of them."""
    counts = Counter(rule for row in SENTENCES for rule in row["rules"])
    assert [rule for rule, n in counts.items() if n < 3] == []


@pytest.mark.parametrize(
    ("listed", "folder", "required"), [(PAGES, CORPUS / "pages", "rules"), (EXPECTED, EXAMPLES, "fires")]
)
def test_pages_match_their_list(listed: list[dict[str, Any]], folder: Path, required: str) -> None:
    """Every page is listed once, with known verdicts, a reason, and no rule both wanted and forbidden."""
    on_disk = sorted(path.name for path in folder.iterdir() if path.suffix in {".txt", ".md", ".html"})
    assert sorted(page["file"] for page in listed) == on_disk
    for page in listed:
        assert page["labels"] and set(page["labels"]) <= LABELS, page["file"]
        assert page["reason"], page["file"]
        assert not set(page[required]) & set(page["silent"]), page["file"]
