"""Lines in reading order to paragraphs: what goes on, what begins anew, what is a heading, what runs on every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from claimcheck.ingest.flow import Paragraph, Run
from claimcheck.ingest.pdf.layout import MARKER, Line, Word
from claimcheck.programs import expression

Size = tuple[float, float]

_LARGER = 1.15
"""Font size, in that of the body, from which a line is a heading."""
_HEADING_WORDS = 25
_MARGIN = 0.12
"""Share of the page at its top and bottom where running heads stand."""
_ENDS = expression(r"[.!?:;…][\"'”’)\]]*$")
_PAGE_NUMBER = expression(
    r"\W{0,3}(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|-)\s*\d{1,4})?\W{0,3}", re.IGNORECASE
)
_KEEPS = frozenset(
    "self non well long short high low double single placebo evidence peer cross open one two three four five six "
    "follow stem bone state all ex anti post pre co first second third late early full half multi".split()
)
"""First halves of words that are written with a hyphen, which a line's end does not take from them."""


def paragraphs_of(pages: Sequence[Sequence[Line]], sizes: Sequence[Size]) -> list[Paragraph]:
    """The paragraphs of a document. `pages` are the lines of each page, `sizes` the pages' sizes."""
    body = _body_size(pages)
    running = _running(pages, sizes)
    pitches = _pitches(pages)
    words = _vocabulary(pages)
    shaper = _Shaper(body, pitches, words, sizes)
    aside: list[Paragraph] = []
    seen: set[str] = set()
    for lines in pages:
        for line in lines:
            head = running.get(id(line))
            if head is None:
                shaper.add(line)
            else:
                paragraph = shaper.alone(line)
                paragraph.kind = "footer"
                paragraph.read = bool(head) and head not in seen
                seen.add(head)
                aside.append(paragraph)
    return [*shaper.done(), *aside]


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The font size of most characters."""
    counts: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            counts[round(line.size * 2) / 2] += sum(len(w.text) for w in line.words)
    return counts.most_common(1)[0][0] if counts else 10.0


def _pitches(pages: Sequence[Sequence[Line]]) -> dict[float, float]:
    """The usual distance between lines of one paragraph, by font size."""
    found: dict[float, list[float]] = defaultdict(list)
    for lines in pages:
        for a, b in pairwise(lines):
            size = round(a.size * 2) / 2
            if a.column == b.column and size == round(b.size * 2) / 2 and 0.8 * size < b.base - a.base < 2.2 * size:
                found[size].append(b.base - a.base)
    return {size: sorted(gaps)[len(gaps) // 3] for size, gaps in found.items()}


def _vocabulary(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Every word that stands whole on a line."""
    return frozenset(w.text.strip(".,;:!?()\"'“”").lower() for lines in pages for k in lines for w in k.words[:-1])


def _running(pages: Sequence[Sequence[Line]], sizes: Sequence[Size]) -> dict[int, str]:
    """The lines, by identity, that stand at the edge of a page and are its number ("") or on many pages alike."""
    edge: list[tuple[Line, str, int]] = []
    numbers: dict[int, str] = {}
    for number, (lines, size) in enumerate(zip(pages, sizes, strict=True)):
        top, bottom = _MARGIN * size[1], (1 - _MARGIN) * size[1]
        for line in lines:
            if line.base < top or line.base > bottom:
                text = line.text
                if _PAGE_NUMBER.fullmatch(text) and len(lines) > 1:
                    numbers[id(line)] = ""
                elif len(text) < 300:
                    side = "top" if line.base < top else "bottom"
                    edge.append((line, f"{side} {re.sub('[0-9]+', '#', text.lower())}", number))
    on: dict[str, set[int]] = defaultdict(set)
    for _, key, number in edge:
        on[key].add(number)
    often = max(2, 0.4 * len(pages))
    return numbers | {id(line): key for line, key, _ in edge if len(on[key]) >= often}


class _Shaper:
    """Puts lines into paragraphs as they come."""

    def __init__(self, body: float, pitches: dict[float, float], words: frozenset[str], sizes: Sequence[Size]) -> None:
        self._body, self._pitches, self._words, self._sizes = body, pitches, words, sizes
        self._done: list[tuple[Paragraph, list[Line]]] = []

    def add(self, line: Line) -> None:
        """Append a line to the paragraph it belongs to."""
        if self._done and self._goes_on(self._done[-1][1], line):
            paragraph, lines = self._done[-1]
            self._join(paragraph, lines[-1], line)
            lines.append(line)
        else:
            self._done.append((self.alone(line), [line]))

    def alone(self, line: Line) -> Paragraph:
        """A paragraph of one line."""
        size = self._sizes[line.page - 1]
        paragraph = Paragraph("page", str(line.page), kind="cell" if line.cell else "paragraph", size=size)
        words = line.words
        if line.marked and len(words) > 1 and line.size < _LARGER * self._body:
            found = MARKER.fullmatch(words[0].text)
            paragraph.kind, paragraph.level, paragraph.marker = "item", 1, not found or bool(found["number"])
            paragraph.runs.append(Run(words[0].text + " ", shown="", box=_box(words[0])))
            words = words[1:]
        paragraph.runs += _runs(words, line)
        return paragraph

    def done(self) -> list[Paragraph]:
        """The paragraphs, with what they are."""
        large = sorted({round(k[0].size) for _, k in self._done if k[0].size >= _LARGER * self._body}, reverse=True)
        level = {size: min(rank, 6) for rank, size in enumerate(large, 1)}
        group = 0
        before = ""
        for paragraph, lines in self._done:
            if paragraph.kind == "item":
                group += before != "item"
                paragraph.group = group
            elif paragraph.kind == "cell":
                group += before != "cell"
                paragraph.group = group
            elif round(lines[0].size) in level and sum(len(k.words) for k in lines) <= _HEADING_WORDS:
                paragraph.kind, paragraph.level = "heading", level[round(lines[0].size)]
            before = paragraph.kind
        return [paragraph for paragraph, _ in self._done]

    def _goes_on(self, lines: Sequence[Line], line: Line) -> bool:
        last, first = lines[-1], lines[0]
        if line.cell or last.cell or (MARKER.fullmatch(line.words[0].text) and len(line.words) > 1):
            return False
        if abs(line.size - last.size) > 0.08 * last.size or _all_bold(line) != _all_bold(last):
            return False
        stopped = bool(_ENDS.search(last.text[-8:]))
        if line.column != last.column or line.page != last.page:
            return not stopped and line.words[0].text[0].islower()
        gap = line.base - last.base
        size = round(line.size * 2) / 2
        usual = self._pitches.get(size, 1.25 * line.size)
        if not 0.3 * line.size < gap <= max(1.25 * usual, usual + 1):
            return False
        if line.size >= _LARGER * self._body or _centred(last, line):
            return True
        text = first.words[1] if first.marked and len(first.words) > 1 else None
        if text and line.x0 >= text.x0 - 2:
            return True  # it hangs under the text of a list entry
        if not text and len(lines) > 1 and line.x0 > last.x0 + 0.8 * line.size:
            return False  # the first line of a paragraph is set in
        word = line.words[0]
        room = last.right - last.x1
        return room < (word.x1 - word.x0) + 0.6 * line.size or (not stopped and word.text[0].islower())

    def _join(self, paragraph: Paragraph, last: Line, line: Line) -> None:
        """Append a line, with the hyphen of a divided word taken out."""
        runs = _runs(line.words, line)
        end, start = paragraph.runs[-1], line.words[0].text
        if end.text.endswith(("-", "\xad")) and len(end.text) > 1 and start[0].islower():
            head = end.text[:-1]
            if self._divided(head, start):
                end.text = head
                paragraph.runs.append(Run("-", shown="", box=end.box))
            paragraph.runs.append(Run("\n", shown="", box=end.box))
        else:
            paragraph.runs.append(Run("\n", box=end.box, url=end.url if end.url == runs[0].url else "", bold=end.bold))
        if line.page != last.page:
            turn = (len(paragraph.runs), str(line.page), self._sizes[line.page - 1])
            paragraph.turns = (*paragraph.turns, turn)
        paragraph.runs += runs

    def _divided(self, head: str, tail: str) -> bool:
        """Whether the hyphen between two halves is there only because the line ended."""
        first = re.split(r"[^\w'’]+", head.lower())[-1]
        second = re.split(r"[^\w'’-]+", tail.lower())[0]
        if f"{first}-{second}" in self._words:
            return False
        return first + second in self._words or (first not in _KEEPS and first.isalpha())


def _runs(words: Iterable[Word], line: Line) -> list[Run]:
    runs: list[Run] = []
    for word in words:
        if runs and not word.touches:
            runs[-1].text += " "
        small = word.size < 0.85 * line.size and word.base < line.base - 0.1 * line.size
        stop = len(word.text) - len(word.text.rstrip(".,;:")) if word.url else 0  # a link's box ends with its word
        runs.append(Run(word.text[: len(word.text) - stop], word.url, word.bold, small, box=_box(word)))
        if stop:
            runs.append(Run(word.text[-stop:], "", word.bold, small, box=_box(word)))
    return runs


def _box(word: Word) -> tuple[float, float, float, float]:
    return word.x0, word.y0, word.x1, word.y1


def _all_bold(line: Line) -> bool:
    return all(w.bold for w in line.words)


def _centred(a: Line, b: Line) -> bool:
    return abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 3 and abs(a.x0 - b.x0) > 3
