"""The words of a PDF with their places, as JSON on standard output. Runs as a program of its own, by its path.

PDF readers are native code that takes whatever a file hands it: here it may crash, hang or ask for all the memory there
is, and the run that asked goes on. So this file imports nothing of ours, and the limits are set before the PDF is read.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

PAGES, CHARACTERS = 2_000, 5_000_000
MEMORY, SECONDS = 1024**3, 60
_SAMPLE = 200
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_TOUCHES = 0.15  # of the font size: a gap below it is none between two words


def main() -> int:
    """Read a PDF from standard input. Says {"pages": [...]} or {"fault": word}."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    except (ImportError, ValueError, OSError):
        pass  # no such limits on this system; the caller's clock remains
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        said: dict[str, Any] = {"pages": list(_pages(document))}
    except pypdfium2.PdfiumError as error:
        said = {"fault": "password" if getattr(error, "err_code", 0) == 4 or "assword" in str(error) else "damaged"}
    except MemoryError:
        said = {"fault": "large"}
    except OverflowError as error:
        said = {"fault": str(error)}
    print(json.dumps(said))
    return 0


def _pages(document: Any) -> Iterator[dict[str, Any]]:
    if len(document) > PAGES:
        raise OverflowError("large")
    total = 0
    for page in document:
        words, size, lost = _words(page)
        total += sum(len(word[0]) for word in words)
        if total > CHARACTERS:
            raise OverflowError("large")
        pictures = not words and _has_pictures(page)
        yield {"size": size, "words": words, "pictures": pictures, "lost": lost}
        page.close()


def _words(page: Any) -> tuple[list[list[Any]], tuple[float, float], int]:
    """The words of a page, its size in points, and how many characters have no text behind them.

    A word is [text, left, top, right, bottom, baseline, font size, bold, touches the one before, address].
    """
    import pypdfium2.raw as pdf

    left, bottom, right, top = page.get_cropbox()
    text = page.get_textpage()
    count = pdf.FPDFText_CountChars(text)
    if count > CHARACTERS:
        raise OverflowError("large")
    turn = _turn(pdf, text, count)
    size = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
    box, x, y = pdf.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    words: list[list[Any]] = []
    lost = 0
    apart = True

    def placed(px: float, py: float) -> tuple[float, float]:
        across, down = px - left, top - py
        if turn == 0:
            return across, down
        if turn == 1:
            return size[0] - down, across
        if turn == 2:
            return size[0] - across, size[1] - down
        return down, size[1] - across

    for i in range(count):
        code = pdf.FPDFText_GetUnicode(text, i)
        if code in (0, 0xFFFD):
            lost += 1
            continue
        char = "-" if code in (2, 0xFFFE) else chr(code)
        if pdf.FPDFText_IsGenerated(text, i) == 1 and char != "-":
            apart = apart or char == " "
            continue
        if char.isspace():
            apart = True
            continue
        pdf.FPDFText_GetLooseCharBox(text, i, box)
        pdf.FPDFText_GetCharOrigin(text, i, x, y)
        font = pdf.FPDFText_GetFontSize(text, i)
        (ax, ay), (bx, by) = placed(box.left, box.top), placed(box.right, box.bottom)
        base = placed(x.value, y.value)[1]
        x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if not (-1 <= (x0 + x1) / 2 <= size[0] + 1 and -1 <= (y0 + y1) / 2 <= size[1] + 1) or y1 - y0 > 4 * size[1]:
            continue  # beyond the edge of the paper
        height = font if 1 < font < 500 else y1 - y0
        if words:
            word = words[-1]
            near = -0.5 * height < x0 - word[3] < _TOUCHES * height and abs(base - word[5]) < 0.6 * max(height, word[6])
            touches = near and not apart
            if touches and abs(base - word[5]) < 0.1 * height and abs(height - word[6]) < 0.5:
                word[0] += char
                word[1:5] = [min(word[1], x0), min(word[2], y0), max(word[3], x1), max(word[4], y1)]
                continue
        else:
            touches = False
        words.append([char, x0, y0, x1, y1, base, height, _is_bold(pdf, text, i), touches, ""])
        apart = False
    for word in words:
        word[1:7] = [round(v, 1) for v in word[1:7]]
    for x0, y0, x1, y1, url in _links(pdf, page, placed):
        for word in words:
            if x0 <= (word[1] + word[3]) / 2 <= x1 and y0 <= (word[2] + word[4]) / 2 <= y1:
                word[9] = url
    text.close()
    return words, (round(size[0], 1), round(size[1], 1)), lost


def _turn(pdf: Any, text: Any, count: int) -> int:
    """By how many quarters the text of a page is turned clockwise, as most of it is."""
    step = max(count // _SAMPLE, 1)
    angles = (pdf.FPDFText_GetCharAngle(text, i) for i in range(0, count, step))
    votes = Counter(round(a / (math.pi / 2)) % 4 for a in angles if a >= 0)
    return (4 - votes.most_common(1)[0][0]) % 4 if votes else 0


def _is_bold(pdf: Any, text: Any, i: int) -> bool:
    if pdf.FPDFText_GetFontWeight(text, i) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdf.FPDFText_GetFontInfo(text, i, name, 128, flags)
    low = name.value.decode("latin-1").lower()
    return any(word in low for word in _BOLD)


def _links(pdf: Any, page: Any, placed: Any) -> Iterator[tuple[float, float, float, float, str]]:
    at, link = ctypes.c_int(0), pdf.FPDF_LINK()
    rect = pdf.FS_RECTF()
    for _ in range(2_000):
        if not pdf.FPDFLink_Enumerate(page, at, link):
            return
        action = pdf.FPDFLink_GetAction(link)
        if not action or not pdf.FPDFLink_GetAnnotRect(link, rect):
            continue
        size = pdf.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        if not 1 < size < 4_000:
            continue
        url = ctypes.create_string_buffer(size)
        pdf.FPDFAction_GetURIPath(page.pdf, action, url, size)
        (ax, ay), (bx, by) = placed(rect.left, rect.top), placed(rect.right, rect.bottom)
        yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), url.value.decode("utf-8", "replace")


def _has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdf

    objects = (pdf.FPDFPage_GetObject(page, i) for i in range(min(pdf.FPDFPage_CountObjects(page), 1_000)))
    kinds = (pdf.FPDF_PAGEOBJ_IMAGE, pdf.FPDF_PAGEOBJ_FORM)
    return any(pdf.FPDFPageObj_GetType(thing) in kinds for thing in objects)


if __name__ == "__main__":
    sys.exit(main())
