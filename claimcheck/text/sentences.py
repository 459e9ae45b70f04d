"""Sentences of one block of text.

Where in doubt the cutter joins: a negation or a hedge must stay with the claim it qualifies, while two claims in one
sentence are still both found. One pass with bounded look-around, so the work grows with the length of the text.
"""

from __future__ import annotations

import re

from claimcheck.programs import expression
from claimcheck.text.abbreviations import (
    CLOCKS,
    CLOSES,
    DOMAINS,
    JOINS,
    LABELS,
    NUMBERED,
    OPENERS,
    PREPOSITIONS,
    UNSURE,
)

_TICKS = "•‣⁃∙●○◦▪▫■□◆◇◘►▶▸➤➢➣✓✔✅☑❖✦✧"
_STARS = "★☆⭐✨🌟"
_EMOJI = "\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff"
_JOINERS = "\ufe0e\ufe0f\u200d"
_LOOK_BACK = 40  # code points: longer than any abbreviation, label or opening phrase that is looked for

# what stands around a stop
_STOP = expression(r"[.!?…](?:\s?[.!?…])*+")
_CLOSERS = expression(r"[\"'”’»)\]*_]*+")
_NUMERALS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}"
_CITED = expression(
    rf"(?:\s?\[{_NUMERALS}\]|\s?\({_NUMERALS}\)|\[[^\[\]]{{1,30}}\]"
    r"|[¹²³⁰-⁹][¹²³⁰-⁹⁻,–-]{0,20}|[†‡§]"
    r"|\s?\([^()]{1,120}\b(?:19|20)\d\d[a-z]?\)\.?){1,9}"
)
_GLUED_NUMERALS = expression(rf"{_NUMERALS}(?=\s|\Z)")
_CITABLE = expression(r"(?:[^\W\d_A-Z]|[A-Z]{3}|[%)\]”\"']|(?<!\d)\d{4})\Z")  # "word.3", "2019.3"; not "0.5", "PU.1"
_TRAILING = expression(rf"\s?[{_EMOJI}][{_EMOJI}{_JOINERS}]*+(?=\s|\Z)")
_START = expression(
    r"\s*+[\"'“‘«„(\[¡¿*_]*+(?:(?P<word>[^\W\d_][\w’']*+)|(?P<number>[$€£#~≈<>≥≤+]?\s?\d)|(?P<sign>[$€£#]))"
)
_MIXED = expression(r"[a-z]{1,3}[A-Z]")  # mRNA, iPSCs: a capital would not be written at the start either
_GLUED = expression(r"(?:[A-Z][a-z’']+|I|[A-Z]{2,6})(?=[\s,])")
_BEFORE_GLUED = expression(r"(?:[^\W\d_]{2,}[a-z]|[A-Z]{3,6}|\d+%|\d{4})[)\]”\"]?")
_REFERENCE_TAIL = expression(
    r"(?:(?:19|20)\d\d(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?;|(?:DOI|PMID|PMCID|PMC|Epub|arXiv|ISBN|ISSN)\b)"
)
_DOTTED = expression(r"[A-Za-z]{1,2}(?:\.[A-Za-z]{1,2})+")
_NUMBERED_LABEL = expression(r"[A-Z]{0,2}\d|[IVX]{1,5}\b")
_ONLY_MARKER = expression(
    rf"[{_TICKS}{_STARS}{_JOINERS}\s(]*+(?:[^\W\d_]+\s\d{{1,3}}[a-z]?|\d{{1,3}}|[A-Za-z]|[ivx]{{1,4}})[.)]*"
)
_ENCLOSED = expression(r"\([^()]{1,400}\)|\[[^\[\]]{1,400}\]|“[^“”]{1,400}”|\"(?<!\w\")[^\"]{1,400}\"(?!\w)")
_PLAIN_START = expression(r" (?!DOI|PMC|PMID|Epub|IS[BS]N)[A-Z]")  # those are the tail of a reference
_SHORTENED = JOINS | NUMBERED | CLOSES | UNSURE

# what begins an item
_BULLET = expression(
    rf"(?:(?<=[\s.!?:;,])|\A)(?:[{_TICKS}]|(?<!\d\s)[{_STARS}](?=[{_STARS}{_JOINERS}\s]{{0,40}}[\"“]?[^\W_a-z]))"
    rf"[{_TICKS}{_STARS}{_JOINERS}]*+"
)
_REPEATED = expression(rf"(?<=\s)(?P<sign>[{_EMOJI}])[{_JOINERS}]*+\s?(?=[A-Z0-9])")
_ITEM = expression(
    rf"(?<!\S)(?<![{_TICKS}]\s)(?:\((?P<round>\d{{1,2}}|[a-h])\)|(?P<half>\d{{1,2}}|[a-hA-H])\.?\)"
    r"|(?P<dot>\d{1,2}|[a-h])\.(?=\s[\"“'‘(]?[A-Z]))(?=\s)"
)
_ITEM_END = expression(r"[.)](?:(?<=[\da-hA-H].)(?<![^\s\d(]..)|(?<=\.\)))(?=\s)")  # quick to look for


def cut(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of one block's text: trimmed, in order, covering all but white space.

    `text` is one block, so nothing in it is a heading or a paragraph break. A citation mark after the full stop
    belongs to the sentence before it; a list marker or bullet to the item after it.
    """
    breaks = item_starts(text)
    size = len(text)
    marks = [*breaks, size]
    enclosed: list[tuple[int, int]] | None = None
    start = mark = span = 0
    for stop in _STOP.finditer(text):
        at, end = stop.span()
        if end == size:
            break  # nothing follows that could be a sentence
        if enclosed is None:
            enclosed = [m.span() for m in _ENCLOSED.finditer(text)]
        while marks[mark] <= at:
            start = max(start, marks[mark])
            mark += 1
        while span < len(enclosed) and enclosed[span][1] <= at:
            span += 1
        around = enclosed[span] if span < len(enclosed) and enclosed[span][0] < at else None
        if start > at:
            continue
        if around or end > at + 1 or not _PLAIN_START.match(text, end) or not _plainly(text, start, at):
            end = _sentence_end(text, start, stop, around)
        if end:
            start = min(end, marks[mark])  # a list marker after the stop is no citation
            breaks.append(start)
    if breaks or not size or text[0].isspace() or text[-1].isspace():
        return _spans(text, sorted(breaks))
    return [(0, size)]


def _spans(text: str, breaks: list[int]) -> list[tuple[int, int]]:
    """The trimmed stretches between breaks; one without a letter or digit joins its neighbour."""
    out: list[tuple[int, int]] = []
    low, only_signs = 0, False
    for high in [*breaks, len(text)]:
        piece = text[low:high]
        start, end = high - len(piece.lstrip()), low + len(piece.rstrip())
        low = high
        if start >= end:
            continue
        bare = not (text[start].isalnum() or any(c.isalnum() for c in piece))
        if out and (bare or only_signs):
            out[-1] = (out[-1][0], end)
            only_signs = only_signs and bare
        else:
            out.append((start, end))
            only_signs = bare
    return out


# --- stops -------------------------------------------------------------------------------------------------


def _plainly(text: str, start: int, at: int) -> bool:
    """Whether the mark at `at`, before a space and a capital, ends a sentence without another look, as most do: it
    stands behind a word that shortens nothing and is no number of a list. `_sentence_end` would say the same."""
    word = text[max(text.rfind(" ", start, at) + 1, start) : at]
    if len(word) < 2 or not word.isalpha() or not word.isascii() or text[at] == "…" or not word.strip("ivx"):
        return False
    return (word if word.isupper() else word.lower()) not in _SHORTENED


def _sentence_end(text: str, start: int, stop: re.Match[str], around: tuple[int, int] | None) -> int:
    """Where the sentence that began at `start` ends if it ends at this stop (citations included), else 0."""
    run, at = stop.group(), stop.start()
    if at and text[at - 1] in "[(":  # "[...]" marks words left out
        return 0
    if run == ". . . ." and at and not text[at - 1].isspace():  # a full stop, then words left out
        return at + 1 if _START.match(text, stop.end()) else 0
    before = _token(text, start, at)
    end = _past_citations(text, stop.end(), before)
    if end < len(text) and not text[end].isspace():
        return end if _is_glued(text, before, end) else 0
    following = _START.match(text, end)
    if not following or _REFERENCE_TAIL.match(text, following.start(following.lastgroup or 0)):
        return 0
    word = following["word"] or ""
    if word and word[0].islower() and not _MIXED.match(word):
        return 0
    if around and not _may_end_in(text, start, stop, end, around, word):
        return 0
    if run == ".":
        return end if _full_stop_ends(text[max(start, at - _LOOK_BACK - 1) : at], before, following) else 0
    if run in ("…", "...", ". . ."):
        return 0 if word == "I" or word[:2] in ("I'", "I’") else end  # "I" has its capital anyway
    return end


def _token(text: str, start: int, stop: int) -> str:
    """The word before a stop, without opening brackets and quotation marks; empty after a space."""
    if stop == start or text[stop - 1].isspace():
        return ""
    return text[max(start, stop - _LOOK_BACK) : stop].split()[-1].rpartition("—")[2].lstrip("([\"'“‘«")


def _past_citations(text: str, end: int, before: str) -> int:
    """The end of the closing marks, citation marks and trailing emoji that follow a stop after `before`."""
    if closers := _CLOSERS.match(text, end):
        end = closers.end()
    more = _CITED.match(text, end)
    if not more and _CITABLE.search(before) and not _is_abbreviation(before):
        more = _GLUED_NUMERALS.match(text, end)
    more = more or _TRAILING.match(text, end)
    return more.end() if more else end


def _is_glued(text: str, before: str, at: int) -> bool:
    """Whether the next sentence begins at `at` without a space, as in copy pasted from a page builder."""
    glued = _GLUED.match(text, at)
    if not glued or glued.group().lower() in DOMAINS:
        return False
    return bool(_BEFORE_GLUED.fullmatch(before)) and not _is_abbreviation(before)


def _may_end_in(text: str, start: int, stop: re.Match[str], end: int, around: tuple[int, int], word: str) -> bool:
    """Whether a stop within brackets or quotation marks can end a sentence.

    Not in brackets or a quotation opened in mid-sentence, unless the quotation closes with the stop; nor in a
    quotation that is attributed afterwards ("It works. It lasts," says a patient).
    """
    opening, closing = around
    if opening <= start + 1:  # at the sentence's first character or after the space before it
        return end >= closing or not text[closing : closing + 2].lstrip()[:1].islower()
    if text[opening] in "([" or end < closing:
        return False
    return stop.group()[0] not in "!?" or word.lower() in OPENERS


def _key(token: str) -> str:
    return token if token.isupper() and len(token) > 1 else token.lower()


def _is_abbreviation(token: str) -> bool:
    return _key(token) in JOINS or _key(token) in NUMBERED


def _full_stop_ends(sentence: str, before: str, following: re.Match[str]) -> bool:
    """Whether a full stop after the token `before` ends `sentence` (its last stretch, where it is long)."""
    if _ONLY_MARKER.fullmatch(sentence.rstrip()):
        return False
    key, word = _key(before), (following["word"] or "").lower()
    opens = word in OPENERS and not following.string.startswith(".", following.end("word"))  # "A." is an initial
    if key in JOINS:
        return False
    if key in NUMBERED:
        return not _NUMBERED_LABEL.match(following.string, following.start(following.lastgroup or 0))
    if key in CLOSES:
        return bool(word) and word not in CLOCKS and not _is_opening_phrase(sentence)
    if len(before) == 1 and before.isalpha():
        return opens or _is_label(sentence.split()[-2:-1])
    if key in UNSURE or _DOTTED.fullmatch(before):
        return opens and not _is_opening_phrase(sentence)
    return True


def _is_label(previous: list[str]) -> bool:
    """Whether a single letter after this word is a label or a unit ("vitamin C.", "5 L."), not an initial."""
    word = previous[0].lstrip("([\"'“‘").rpartition("-")[2].lower() if previous else ""
    return word in LABELS or word.replace(".", "").isdigit()


def _is_opening_phrase(sentence: str) -> bool:
    words = sentence.split()
    return len(sentence) <= _LOOK_BACK and len(words) < 5 and words[0].lower() in PREPOSITIONS


# --- lists within a block ----------------------------------------------------------------------------------


def item_starts(text: str) -> list[int]:
    """Where the items of a list within one block or line begin, in order: bullets, numbers or letters that count on."""
    if text.isascii():  # every bullet, star and emoji is beyond ASCII
        return sorted(_enumerated(text)) if _ITEM_END.search(text) else []
    found = {m.start() for m in _BULLET.finditer(text)}
    signs: dict[str, list[int]] = {}
    for m in _REPEATED.finditer(text):
        signs.setdefault(m["sign"], []).append(m.start())
    for places in signs.values():
        if len(places) > 1:
            found.update(places)
    return sorted(found | _enumerated(text))


def _enumerated(text: str) -> set[int]:
    """Markers that count on, the first of them at the start of a sentence: "1) ... 2) ...", "a. ... b. ..."."""
    found: set[int] = set()
    if not _ITEM_END.search(text):
        return found
    latest: dict[tuple[str | None, bool], tuple[int, int]] = {}  # by style: the last value, the place of the first
    for m in _ITEM.finditer(text):
        label = m[m.lastgroup or 0]
        value = int(label) if label.isdigit() else ord(label.lower()) - ord("a") + 1
        style = (m.lastgroup, label.isdigit())
        previous, place = latest.get(style, (0, 0))
        before = text[max(m.start() - 5, 0) : m.start()].rstrip()
        if previous and value == previous + 1:
            latest[style] = (value, place)
            if not before.endswith((",", ";", " and", " or")):  # a list within a sentence stays together
                found.update((place, m.start()))
        elif not before or before[-1] in ".!?…":
            latest[style] = (value, m.start())
    return found
