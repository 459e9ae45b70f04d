"""Pages that are no text, as paragraphs of runs: what PDF and Word hand over, and the page it makes.

The page's source is the text as it was taken, a paragraph a line or, from a printed page, lines as they were printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby

from msgspec import Struct, field

from claimcheck.ingest.blocks import Builder, Draft
from claimcheck.ingest.references import is_entry, points
from claimcheck.ingest.shape import finish
from claimcheck.ingest.tags import superscript
from claimcheck.model import Block, BlockKind, Document, Link, Place

BREAK = "\n"
"""As `Run.shown`: a line break that the author forced."""

Box = tuple[float, float, float, float]


class Run(Struct):
    """Text of one look. `shown` is what stands for it in the paragraph: None the text itself, "" nothing (a bullet, the
    hyphen of a divided word), BREAK a forced line break. `box` is where it was printed; see `model.Place`."""

    text: str
    url: str = ""
    bold: bool = False
    raised: bool = False
    shown: str | None = None
    box: Box | None = None


class Paragraph(Struct):
    """Runs that make one block, what kind it is, and where it stands.

    `marker` says that the first run is the number of a list entry. A paragraph that is not `read` (a running header)
    is part of the source and of no block.
    """

    unit: str
    label: str
    runs: list[Run] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    group: int = 0
    hidden: str = ""
    marker: bool = False
    read: bool = True
    note: bool = False
    """Whether it is a footnote: a source if it reads like one, else prose."""
    size: tuple[float, float] | None = None
    turns: tuple[tuple[int, str, tuple[float, float] | None], ...] = ()
    """Where it goes on on other pages: the run with which a page begins, the page's label and size."""


def paged(name: str, format: str, paragraphs: Sequence[Paragraph], notices: Iterable[str] = ()) -> Document:
    """The page that the paragraphs make, in their order."""
    texts: list[str] = []
    spans: list[list[tuple[int, int]]] = []
    at = 0
    for paragraph in paragraphs:
        here = []
        for run in paragraph.runs:
            here.append((at, at + len(run.text)))
            texts.append(run.text)
            at += len(run.text)
        spans.append(here)
        texts.append("\n\n")
        at += 2
    source = "".join(texts)
    groups = count(max((p.group for p in paragraphs), default=0) + 1)
    drafts = (d for p, s in zip(paragraphs, spans, strict=True) if p.read and (d := _draft(source, p, s)))
    blocks: tuple[Block, ...] = finish(source, drafts, groups)
    places = tuple(_places(paragraphs, spans))
    return Document(name, format, source, blocks, notices=tuple(notices), places=places)


def _draft(source: str, paragraph: Paragraph, spans: Sequence[tuple[int, int]]) -> Draft | None:
    builder = Builder(source)
    leading = True
    first = 1 if paragraph.marker else 0
    pairs = list(zip(paragraph.runs, spans, strict=True))[first:]
    for url, several in groupby(pairs, key=lambda pair: pair[0].url):
        opened = builder.next
        for run, (start, end) in several:
            _add(builder, run, start, end)
            leading = leading and (run.bold or not run.text.strip())
            if leading and run.bold:
                builder.strong = builder.size
        if url and builder.size > opened:
            builder.links.append(Link(opened, builder.size, url))
    kind: BlockKind = paragraph.kind
    marker = spans[0] if paragraph.marker and spans else None
    draft = builder.draft(kind, paragraph.level, paragraph.group, paragraph.hidden, marker)
    if draft and paragraph.note and (is_entry(draft.block.text) or points(draft.block)):
        return builder.draft("reference", 0, paragraph.group, "", marker)
    return draft


def _add(builder: Builder, run: Run, start: int, end: int) -> None:
    if run.shown == BREAK:
        builder.line_break(start, end)
    elif run.shown is not None:
        if run.shown:
            builder.put(run.shown, start, end)
    elif run.raised and (raised := superscript(run.text)) != run.text:
        builder.put(raised.strip(), start, end)
        if run.text[-1:].isspace():
            builder.space(end - 1, end)
    else:
        builder.add(start, end)


def _places(paragraphs: Sequence[Paragraph], spans: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Place]:
    for paragraph, here in zip(paragraphs, spans, strict=True):
        if not here:
            continue
        if not any(run.box for run in paragraph.runs):
            yield Place(here[0][0], here[-1][1], paragraph.unit, paragraph.label)
            continue
        label, size, turns = paragraph.label, paragraph.size, list(paragraph.turns)
        for number, (run, (start, end)) in enumerate(zip(paragraph.runs, here, strict=True)):
            if turns and turns[0][0] <= number:
                _, label, size = turns.pop(0)
            yield Place(start, end, paragraph.unit, label, box=run.box, size=size)
