"""Word documents (Office Open XML): what stands in the body and its footnotes, as it reads with every change accepted.

Insertions are text, deletions are not; comments, running headers and hidden text are left out. Places are paragraphs
that have text, counted from 1 in the order of the file, and footnotes by their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from claimcheck.errors import ReadError
from claimcheck.ingest.archive import Archive
from claimcheck.ingest.docxstyles import Look, Styles, styles, targets
from claimcheck.ingest.flow import BREAK, Paragraph, Run, paged
from claimcheck.ingest.xml import events
from claimcheck.model import Document
from claimcheck.programs import expression

_BODY = "word/document.xml"
_LEFT_OUT = frozenset("del moveFrom Fallback rt pPrChange rPrChange sectPr tblPr tcPr trPr".split())
"""Elements passed over with all that is in them. `Fallback` says again what `Choice` says; `rt` is a reading aid."""

_ADDRESS = expression(r'\s*HYPERLINK\s+"([^"]{1,2000})"')
_LAYOUT_CELL = 40
"""Words above which a table cell is taken for a paragraph in a table that only lays out the page."""


def read(data: bytes, name: str) -> Document:
    """The page of a .docx file. Raises ReadError where it is damaged, made to do harm, or no Word document."""
    archive = Archive(data, name)
    if _BODY not in archive.names:
        raise ReadError(
            name, "is a ZIP archive, but no Word document", "Unpack it, or save the document as .docx, and check that."
        )
    looks = styles(archive, name)
    body = _Reader(archive, name, "document", looks)
    paragraphs = [*body.paragraphs("paragraph")]
    for kind, numbers in body.notes.items():
        if numbers and f"word/{kind}s.xml" in archive.names:
            paragraphs += _Reader(archive, name, f"{kind}s", looks, numbers).paragraphs(kind)
    said = ("has tracked changes; read with all of them accepted",) if body.tracked else ()
    return paged(name, "docx", paragraphs, said)


class _Open(Struct):
    """A paragraph being read."""

    runs: list[Run] = field(default_factory=list)
    look: Look = field(default_factory=Look)
    list: str = ""
    depth: int = 0


class _Reader:
    """One pass over a part of the document."""

    def __init__(
        self, archive: Archive, name: str, part: str, looks: Styles, numbers: Mapping[str, int] | None = None
    ) -> None:
        self.notes: dict[str, dict[str, int]] = {"footnote": {}, "endnote": {}}
        self.tracked = False
        self._name, self._looks, self._numbers = name, looks, numbers
        self._member = f"word/{part}.xml"
        self._data = archive.read(self._member)
        self._targets = targets(archive, name, part)
        self._open: list[_Open] = []  # a paragraph of a text box stands inside another one
        self._run = Look()
        self._links: list[str] = []
        self._fields: list[str | None] = []  # the instruction of each open field, then None while its result is read
        self._groups: dict[str, int] = {}
        self._cells: list[int] = []  # the tables around us
        self._skip = 0
        self._inside = ""  # "t" or "instrText", where words are
        self._properties = False  # of a paragraph
        self._note = ""
        self._asides: list[str] = []
        self._count = 0

    def paragraphs(self, unit: str) -> Iterator[Paragraph]:
        """The paragraphs of the part, those of a text box before the one it hangs on; pictures' texts last."""
        for event, tag, data in events(self._data, self._name, self._member):
            if event == "text":
                if not self._skip and self._inside:
                    self._words(tag)
            elif self._skip:
                self._skip += 1 if event == "start" else -1
            elif event == "start":
                self._start(tag, data)
            elif tag == "p" and self._open:
                yield from self._close(self._open.pop(), unit)
            else:
                self._end(tag)

    def _start(self, tag: str, data: Mapping[str, str]) -> None:
        here = self._open[-1] if self._open else None
        if tag in _LEFT_OUT or (tag in ("footnote", "endnote") and self._drops(data.get("id", ""))):
            self._skip = 1
            self.tracked |= tag in ("del", "moveFrom")
        elif tag == "ins":
            self.tracked = True
        elif tag == "p":
            self._open.append(_Open())
            self._run = Look()
        elif tag == "tbl":
            self._cells.append(self._group(f"table {len(self._groups)}"))
        elif tag == "docPr" and data.get("descr", "").strip():
            self._asides.append(data["descr"])
        elif here is None:
            return
        elif tag == "pPr":
            self._properties = True
        elif self._properties:
            self._property(here, tag, data)
        elif tag == "r":
            self._run = Look()
        elif tag in ("t", "instrText"):
            self._inside = tag
        elif tag == "hyperlink":
            self._links.append(self._targets.get(data.get("id", ""), ""))
        elif tag == "fldSimple":
            self._links.append(_address(data.get("instr", "")))
        elif tag == "fldChar":
            self._field(data.get("fldCharType", ""))
        elif tag in ("footnoteReference", "endnoteReference"):
            known = self.notes[tag.removesuffix("Reference")]
            self._add(Run(str(known.setdefault(data.get("id", ""), len(known) + 1)), raised=True))
        elif tag in ("footnoteRef", "endnoteRef") and self._numbers:
            self._add(Run(f"{self._numbers.get(self._note, 0)}. "))
        elif tag in ("tab", "noBreakHyphen"):
            self._add(Run("\t" if tag == "tab" else "-"))
        elif tag in ("br", "cr"):
            self._add(Run("\n", shown=BREAK))
        else:
            self._run = self._looks.marked(self._run, tag, data)

    def _property(self, here: _Open, tag: str, data: Mapping[str, str]) -> None:
        value = data.get("val", "")
        if tag == "pStyle":
            here.look = self._looks.of.get(value, here.look)
            here.list, here.depth = here.list or here.look.list, here.depth or here.look.depth
        elif tag == "outlineLvl" and value.isdecimal() and int(value) < 9:
            here.look = Look(level=min(int(value) + 1, 6))
        elif tag == "numId":
            here.list = "" if value == "0" else value
        elif tag == "ilvl" and value.isdecimal():
            here.depth = min(int(value), 8)

    def _end(self, tag: str) -> None:
        if tag == "pPr":
            self._properties = False
        elif tag == self._inside:
            self._inside = ""
        elif tag in ("hyperlink", "fldSimple") and self._links:
            self._links.pop()
        elif tag == "tbl" and self._cells:
            self._cells.pop()

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "separate" and self._fields and self._fields[-1] is not None:
            self._links.append(_address(self._fields[-1]))
            self._fields[-1] = None
        elif kind == "end" and self._fields and self._fields.pop() is None and self._links:
            self._links.pop()

    def _words(self, text: str) -> None:
        if self._inside == "t":
            self._add(Run(text))
        elif self._fields and self._fields[-1] is not None and len(self._fields[-1]) < 4000:
            self._fields[-1] += text

    def _add(self, run: Run) -> None:
        if self._run.hidden or not self._open or (self._fields and self._fields[-1] is not None):
            return
        run.bold, run.raised = self._run.bold, run.raised or self._run.raised
        run.url = next((url for url in reversed(self._links) if url), "")
        self._open[-1].runs.append(run)

    def _drops(self, id: str) -> bool:
        """Whether a note is none that the text refers to: the separator line is one in the file."""
        self._note = id
        return self._numbers is None or id not in self._numbers

    def _group(self, key: str) -> int:
        return self._groups.setdefault(key, len(self._groups) + 1)

    def _close(self, done: _Open, unit: str) -> Iterator[Paragraph]:
        look, cell = done.look, self._cells[-1] if self._cells else 0
        if any(run.text.strip() for run in done.runs):
            self._count += 1
            label = str(self._numbers.get(self._note, 0) if self._numbers else self._count)
            paragraph = Paragraph(unit, label, done.runs, look.kind, note=self._numbers is not None)
            if look.level:
                paragraph.kind, paragraph.level = "heading", look.level
            elif done.list:
                paragraph.kind, paragraph.level = "item", done.depth + 1
                paragraph.group = self._group(f"list {done.list}")
            elif cell and sum(run.text.count(" ") for run in done.runs) < _LAYOUT_CELL:
                paragraph.kind, paragraph.group = "cell", cell
            yield paragraph
        if not self._open:
            for text in self._asides:
                yield Paragraph(unit, str(max(self._count, 1)), [Run(text)], "caption", hidden="alt")
            self._asides.clear()


def _address(instruction: str) -> str:
    """Where a field leads: 'HYPERLINK "https://..."'."""
    found = _ADDRESS.match(instruction)
    return found[1] if found else ""
