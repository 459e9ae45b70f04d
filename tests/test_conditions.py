"""The conditions of rules: what they may look at, since findings are kept for the same words elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from claimcheck.context.scan import Scan, scan, sentences_of
from claimcheck.engine.place import Facts, Place
from claimcheck.engine.predicates import OF_OTHERS, PREDICATES, page_sells
from claimcheck.ingest import load
from claimcheck.rules.load import built_in

EXAMPLES = Path(__file__).parents[1] / "examples"
PAGES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".html", ".md"))


class Alone(tuple[Any, ...]):
    """A row of which only one member may be looked at."""

    member: int

    def __getitem__(self, number: Any) -> Any:
        assert number == self.member, f"looks at {number}, not only at {self.member}"
        return super().__getitem__(number)

    def __iter__(self) -> Iterator[Any]:
        raise AssertionError("looks at all of them")


def alone(row: tuple[Any, ...], member: int) -> Alone:
    """The row with one member that may be looked at."""
    found = Alone(row)
    found.member = member
    return found


def cut_off(whole: Scan, number: int) -> Scan:
    """The page with nothing to see but one sentence and its block, and what has been found out of it as a whole."""
    document = whole.document
    sentences, block = alone(document.sentences, number), document.sentences[number].block
    here = replace(document, sentences=sentences, blocks=alone(document.blocks, block))
    found = replace(whole, document=here, words=alone(whole.words, number))
    found.shared.update(whole.shared)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_condition_looks_at_its_own_sentence(page: Path) -> None:
    """No condition looks at another sentence, unless it is among those whose answers findings are kept by."""
    whole = scan(sentences_of(load(str(page))), built_in())
    for facts in (Facts("offer"), Facts("info")):
        page_sells(whole, facts)  # is among what findings are kept by
        for number, sentence in enumerate(whole.document.sentences):
            place = Place(cut_off(whole, number), facts, number, 0, len(sentence.text))
            for name in PREDICATES.keys() - OF_OTHERS:
                PREDICATES[name](place)
