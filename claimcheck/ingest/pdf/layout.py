"""Words on paper to lines in reading order: columns found by the white between them, tables row by row."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from msgspec import Struct, field

from claimcheck.programs import expression

_SPACE = 1.0
"""Gap, in font sizes, that parts two columns; justified lines stretch their spaces to about 0.8."""
_AFTER_BULLET = 4.0
_SAME_LINE = 0.4
"""Distance of baselines, in font sizes, within a line: raised marks stand about a third above it."""
_CELL_WORDS = 4
"""Words in a cell, as the median, up to which columns side by side are a table; columns of prose have more a line."""
_NESTED = 6
_CROWD = 100
"""Lines that may end beside a word before only the latest are looked at, on a page that prints over itself."""

_Band = tuple[float, float]

MARKER = expression(
    r"(?:[•●○◦▪▫■□◆‣⁃∙·➤►▸▶→✔✓✅☑★*\uf0b7\uf0a7\uf0d8\uf0fc–—-]|(?P<number>\(?\d{1,3}[.)]|\(?[a-z][.)]))"
)
"""What stands before an entry of a list. The last four of the first kind are the bullets of symbol fonts."""


class Word(Struct, frozen=True):
    """A word and where it stands, in points from the upper left corner. `touches` the word before: no space between."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool
    touches: bool
    url: str


class Line(Struct):
    """Words on one baseline without a wide gap. `base` and `size` are those of most of its letters. `left` and `right`
    bound the column it stands in; `column` numbers that; `cell` says that the column is one of a table."""

    words: list[Word]
    page: int = 0
    base: float = 0.0
    size: float = 0.0
    left: float = 0.0
    right: float = 0.0
    column: int = 0
    cell: bool = False

    x0: float = 0.0
    x1: float = 0.0
    sizes: dict[float, tuple[int, float]] = field(default_factory=dict)

    def add(self, words: Sequence[Word]) -> None:
        """Append words that follow to the right."""
        first = not self.words
        self.words.extend(words)
        self.x0 = words[0].x0 if first else min(self.x0, words[0].x0)
        self.x1 = max(self.x1, max(w.x1 for w in words))
        for word in words:
            letters = len(word.text) + self.sizes.get(word.size, (0, 0.0))[0]
            self.sizes[word.size] = (letters, word.base)
        self.size, (_, self.base) = max(self.sizes.items(), key=lambda entry: entry[1][0])

    @property
    def marked(self) -> bool:
        """Whether it begins with what stands before an entry of a list, or the raised number of a footnote."""
        first = self.words[0]
        raised = first.size < 0.85 * self.size and first.base < self.base - 0.1 * self.size
        return bool(MARKER.fullmatch(first.text)) or (raised and first.text.isdecimal() and len(self.words) > 1)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return "".join(w.text if w.touches or not k else " " + w.text for k, w in enumerate(self.words))


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The lines of a page in reading order."""
    lines = _lines(words)
    ordered: list[Line] = []
    need = _SPACE * median(k.size for k in lines) if lines else 0.0
    for line in _in_order(lines, need, 0, ordered):
        line.page = page
        ordered.append(line)
    return ordered


def _lines(words: Sequence[Word]) -> list[Line]:
    """Words put together from left to right, each with the line that ends just before it."""
    chunks: list[list[Word]] = []
    for word in words:
        if word.touches and chunks:
            chunks[-1].append(word)
        else:
            chunks.append([word])
    chunks.sort(key=lambda c: (c[0].x0, c[0].base))
    near: dict[int, list[Line]] = defaultdict(list)
    lines: list[Line] = []
    for chunk in chunks:
        largest = max(chunk, key=lambda w: w.size)
        row = int(largest.base // 12)
        best: tuple[float, Line] | None = None
        for key in (row - 1, row, row + 1):
            open_: list[Line] = []
            for line in near.get(key, ()):
                size = max(line.size, largest.size)
                gap = chunk[0].x0 - line.x1
                bullet = len(line.words) == 1 and MARKER.fullmatch(line.words[0].text)
                if gap > (_AFTER_BULLET if bullet else _SPACE) * size:
                    continue  # what comes stands still further to the right
                open_.append(line)
                away = abs(line.base - largest.base)
                if away <= _SAME_LINE * size and gap > -size and (best is None or away < best[0]):
                    best = (away, line)
            near[key] = open_[-_CROWD:]
        if best:
            best[1].add(chunk)
        else:
            line = Line([])
            line.add(chunk)
            lines.append(line)
            near[int(line.base // 12)].append(line)
    return lines


def _in_order(lines: list[Line], need: float, depth: int, done: list[Line]) -> Iterator[Line]:
    """Lines from the top down; where white of the width `need` parts them from top to bottom, column after column."""
    for group, bands in _groups(lines, need):
        column = done[-1].column + 1 if done else 1
        if len(bands) < 2 or depth >= _NESTED:
            for line in sorted(group, key=lambda k: (round(k.base), k.x0)):
                line.left, line.right, line.column = bands[0][0], bands[-1][1], column
                yield line
        elif _is_table(group, bands):
            for row in _strips(group):
                cells = len({_band(k, bands) for k in row}) > 1
                for line in sorted(row, key=lambda k: (_band(k, bands), k.base)):
                    line.cell, line.left, line.right, line.column = cells, bands[0][0], bands[-1][1], column
                    yield line
        else:
            columns: dict[int, list[Line]] = defaultdict(list)
            for line in group:
                columns[_band(line, bands)].append(line)
            for number in sorted(columns):
                yield from _in_order(columns[number], need, depth + 1, done)


def _groups(lines: list[Line], need: float) -> Iterator[tuple[list[Line], list[_Band]]]:
    """Strips of the page that share their columns, joined, with the bands of paper that these cover."""
    group: list[Line] = []
    bands: list[_Band] = []
    for strip in _strips(lines):
        own = _bands(strip, need)
        both = _bands(strip, need, bands)
        if group and (len(both) > 1 if len(bands) > 1 else len(own) == 1):
            group.extend(strip)
            bands = both
            continue
        if group:
            yield group, bands
        group, bands = strip, own
    if group:
        yield group, bands


def _strips(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines whose heights overlap, from the top down."""
    strip: list[Line] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda k: k.base - k.size):
        if strip and line.base - 0.7 * line.size >= bottom:
            yield strip
            strip = []
        bottom = max(bottom, line.base) if strip else line.base
        strip.append(line)
    if strip:
        yield strip


def _bands(lines: Sequence[Line], need: float, known: Sequence[_Band] = ()) -> list[_Band]:
    """The stretches across the paper that the lines, and bands already known, cover; gaps up to `need` do not part."""
    bands: list[_Band] = []
    for x0, x1 in sorted([*known, *((k.x0, k.x1) for k in lines)]):
        if bands and x0 - bands[-1][1] <= need:
            bands[-1] = (bands[-1][0], max(bands[-1][1], x1))
        else:
            bands.append((x0, x1))
    return bands


def _band(line: Line, bands: Sequence[_Band]) -> int:
    return max(bisect_right(bands, line.x0, key=lambda b: b[0]) - 1, 0)


def _is_table(group: list[Line], bands: Sequence[_Band]) -> bool:
    """Whether lines side by side are the cells of a table: few words each, on common baselines, no entries of lists,
    and seldom begun in lower case as the lines of narrow columns are."""
    rows = [row for row in _strips(group) if len({_band(k, bands) for k in row}) > 1]
    cells = [k for row in rows for k in row]
    if len(rows) < 2 or any(max(k.base for k in row) - min(k.base for k in row) >= 2 for row in rows):
        return False
    low = sum(k.words[0].text[0].islower() for k in cells)
    listed = any(k.marked and len(k.words) > 1 for k in cells)
    return not listed and low <= 0.2 * len(cells) and median(len(k.words) for k in cells) <= _CELL_WORDS
