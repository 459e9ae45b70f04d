"""Markdown inside a block: emphasis, links, images, code spans and escapes, taken away without losing a place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from msgspec import Struct, field

from claimcheck.ingest import tags
from claimcheck.ingest.blocks import Builder
from claimcheck.ingest.emphasis import Token, pair
from claimcheck.model import Link
from claimcheck.programs import expression

Span = tuple[int, int]

_TOKEN = expression(
    r"""(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<code>`++)
    |(?P<auto><(?:https?://|mailto:)[^<>\s]{1,2000}+>)
    |(?P<url>(?:https?://|www\.)[^\s<>\[\]()*`]{1,2000}+)
    |(?P<tag><!--.{0,2000}?-->|</?[a-zA-Z][^<>]{0,1000}+>)
    |(?P<delimiter>\*++|_++|~~++)
    |(?P<image>!\[)|(?P<note>\^\[)|(?P<open>\[)|(?P<close>\])
    |(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)""",
    re.VERBOSE,
)
_TARGET = expression(
    r"""\([ \t]*+(?:<(?P<angle>[^<>\n]{0,2000}+)>|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+))
    (?:[ \t]++(?:"[^"\n]{0,500}+"|'[^'\n]{0,500}+'|\([^()\n]{0,500}+\)))?+[ \t]*+\)""",
    re.VERBOSE,
)
_SPECIAL = expression(r"[\\`<*_~!\[\]&^]")
"""Without one of these a line is but text; addresses count only beside them."""
_TICKS = expression("`+")
_REFERENCE = expression(r"\[([^\[\]\n]{0,200}+)\]")
_ESCAPED = expression(r"\\([!-/:-@\[-`{-~])")
_LABEL_LIMIT = 200  # characters of a link label; CommonMark allows 999


class Rendered(Struct):
    """A block's text, and apart from it the alternative texts of its images and the notes written into it."""

    text: Builder
    images: list[Builder] = field(default_factory=list)
    notes: list[Builder] = field(default_factory=list)


def label(text: str) -> str:
    """A reference label as it is compared."""
    return " ".join(text.split()).casefold()


def render(
    source: str,
    segments: Sequence[tuple[int, int, bool]],
    targets: Mapping[str, str],
    numbers: Iterator[int],
    verbatim: bool = False,
) -> Rendered:
    """The text of a block's lines without markup.

    A segment is a line (start, end, whether a forced break follows). `targets` are the link reference definitions,
    `numbers` those of notes written into the text (`^[...]`). In `verbatim` text (code) nothing is markup.
    """
    tokens: list[Token] = []
    brackets: list[int] = []
    ticks = {} if verbatim else _runs_of_ticks(source, segments)
    close = after = -1  # of a code span that an earlier line began
    for start, end, broken in segments:
        if verbatim or close >= end:
            tokens.append(Token("text", start, end))
        else:
            if close >= start:
                tokens.append(Token("text", start, close))
            close, after = _scan(source, max(start, after), end, tokens, brackets, targets, ticks)
        end += source.startswith("\\", end)  # the backslash of a forced break is not part of the line
        tokens.append(Token("break" if broken else "newline", end, min(end + 1, len(source))))
    pair(source, tokens)
    return _write(source, tokens[:-1], numbers)


def _scan(
    source: str,
    at: int,
    end: int,
    tokens: list[Token],
    brackets: list[int],
    targets: Mapping[str, str],
    ticks: dict[int, list[int]],
) -> tuple[int, int]:
    """Append the tokens of one line, links resolved. Where a code span that goes on ends, and what follows it begins;
    (-1, `end`) without one."""
    if not _SPECIAL.search(source, at, end):
        tokens.append(Token("text", at, end))
        return -1, end
    while m := _TOKEN.search(source, at, end):
        kind, (a, b) = m.lastgroup or "", m.span()
        if a > at:
            tokens.append(Token("text", at, a))
        at = b
        if kind == "code":
            close = _next(ticks.get(b - a, []), b)
            if close >= end:
                tokens.append(Token("text", b, end))
                return close, close + (b - a)
            if close >= 0:
                tokens.append(Token("text", b, close))
                at = close + (b - a)
            else:
                tokens.append(Token("text", a, b))
        elif kind == "close":
            at = _closed(source, a, b, end, tokens, brackets, targets)
        elif kind in ("open", "image", "note"):
            brackets.append(len(tokens))
            tokens.append(Token("text", a, b, url=kind))
        elif kind == "escape":
            tokens.append(Token("text", a + 1, b))
        elif kind == "url":
            tokens.append(Token("text", a, b))
        else:
            tokens.append(Token(kind, a, b))
    if at < end:
        tokens.append(Token("text", at, end))
    return -1, end


def _closed(
    source: str,
    a: int,
    b: int,
    end: int,
    tokens: list[Token],
    brackets: list[int],
    targets: Mapping[str, str],
) -> int:
    """Handle a closing bracket: a link, an image, a footnote mark, or just a bracket. Where reading goes on."""
    if not brackets:
        tokens.append(Token("text", a, b))
        return b
    place = brackets.pop()
    opening = tokens[place]
    if opening.url == "note":
        opening.kind = "begin-note"
        tokens.append(Token("end-note", a, b))
        return b
    inside = source[opening.end : min(a, opening.end + _LABEL_LIMIT)] if a - opening.end <= _LABEL_LIMIT else ""
    if inside.startswith("^") and opening.url == "open":
        tokens[place + 1].start += 1  # [^1] reads [1]
        tokens.append(Token("text", a, b))
        return b
    url, after = None, b
    if m := _TARGET.match(source, b, end):
        url, after = _ESCAPED.sub(r"\1", unescape(m["angle"] if m["angle"] is not None else m["bare"])), m.end()
    elif (m := _REFERENCE.match(source, b, end)) and label(m[1] or inside) in targets:
        url, after = targets[label(m[1] or inside)], m.end()
    elif inside and label(inside) in targets:
        url = targets[label(inside)]
    if url is None:
        tokens.append(Token("text", a, b))
        return b
    opening.kind = "begin-image" if opening.url == "image" else "begin-link"
    if opening.url == "open":
        # a link holds no link, so brackets around it are just brackets, but for a note that it stands in
        note = next((k for k in reversed(brackets) if tokens[k].url == "note"), None)
        brackets[:] = [] if note is None else [note]
    tokens.append(Token("end-image" if opening.url == "image" else "end-link", a, after, url=url))
    return after


def _runs_of_ticks(source: str, segments: Sequence[tuple[int, int, bool]]) -> dict[int, list[int]]:
    """Where the runs of backticks in a block's lines begin, by length, the last first."""
    runs: dict[int, list[int]] = defaultdict(list)
    for start, end, _ in segments:
        if "`" in source[start:end]:
            for m in _TICKS.finditer(source, start, end):
                runs[m.end() - m.start()].append(m.start())
    for starts in runs.values():
        starts.reverse()
    return runs


def _next(starts: list[int], at: int) -> int:
    """The first of `starts` (descending) not before `at`, or -1; earlier ones are dropped, as reading has passed."""
    while starts and starts[-1] < at:
        starts.pop()
    return starts[-1] if starts else -1


def _write(source: str, tokens: Sequence[Token], numbers: Iterator[int]) -> Rendered:
    main = builder = Builder(source)
    notes: list[Builder] = []
    around: list[Builder] = []  # what an image, which may hold another, stands in
    images: list[Builder] = []
    begun: list[int] = []  # where the open links' texts begin
    depth = 0
    raised = leading = heavy = False
    linked = ""  # the target of an open <a>
    for token in tokens:
        a, b = token.start, token.end
        match token.kind:
            case "text" if raised and (text := source[a:b].strip()) and tags.superscript(text) != text:
                builder.put(tags.superscript(text), *_stripped(source, a, b))
            case "text":
                builder.add(a, b)
            case "delimiter":
                if token.left and builder is main:
                    depth -= token.left
                    if depth <= 0 and leading:
                        main.strong, leading = main.size, False
                builder.add(a + token.left, b - token.right)
                if token.right and builder is main:
                    leading = leading or (not depth and main.size == main.strong)
                    heavy = heavy or (leading and token.right > 1)
                    depth += token.right
            case "newline":
                builder.space(a, b)
            case "break":
                builder.line_break(a, b)
            case "entity":
                builder.put(unescape(source[a:b]), a, b)
            case "auto":
                start = builder.next
                builder.add(a + 1, b - 1)
                builder.links.append(Link(start, builder.size, source[a + 1 : b - 1]))
            case "tag":
                tag, attrs = _tag(source, a, b)
                if tag == "br":
                    builder.line_break(a, b)
                elif tag in ("sup", "/sup"):
                    raised = tag == "sup"
                elif tag == "img" and (span := tags.attribute(attrs, "alt")):
                    images.append(Builder(source))
                    images[-1].add(b - 1 - len(attrs) + span[0], b - 1 - len(attrs) + span[1])
                elif tag == "a" and (url := tags.value(attrs, "href")) is not None:
                    begun.append(builder.next)
                    linked = url
                elif tag == "/a" and begun and linked:
                    builder.links.append(Link(begun.pop(), builder.size, linked))
                    linked = ""
            case "begin-link":
                begun.append(builder.next)
            case "end-link" if begun:
                builder.links.append(Link(begun.pop(), builder.size, token.url))
            case "begin-image":
                around.append(builder)
                builder = Builder(source)
            case "end-image" if around:
                images.append(builder)
                builder = around.pop()
            case "begin-note":
                number = f"[{next(numbers)}]"
                builder.put(number, a, b)
                around.append(builder)
                builder = Builder(source)
                builder.put(number, a, b - 1)
                builder.space(b - 1, b)
            case "end-note" if around:
                notes.append(builder)
                builder = around.pop()
    if main.strong == main.size and not heavy:
        main.strong = 0  # all in italics is no heading
    main.links.sort(key=lambda k: k.start)
    return Rendered(main, images, notes)


def _tag(source: str, start: int, end: int) -> tuple[str, str]:
    """The name of an inline HTML tag, with a slash if it closes, and its attributes."""
    inside = source[start + 1 : end - 1]
    name = (inside.split(None, 1) or [""])[0]
    return (name if name[:1] == "/" else name.rstrip("/")).lower(), inside[len(name) :]


def _stripped(source: str, start: int, end: int) -> Span:
    text = source[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
