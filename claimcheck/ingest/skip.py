"""Elements of an HTML page that a team does not want judged: the cookie banner, the shared footer."""

from __future__ import annotations

import re

from claimcheck.ingest import tags

SELECTOR = re.compile(r"[.#]?[A-Za-z_][\w:-]*")
"""What names elements: `.class`, `#id`, or a tag."""


def without(source: str, selectors: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The page with the text of such elements blanked at the same length, and a notice of how many there were.

    An element whose end tag is missing is left as it is: where it ends is for browsers to guess.
    """
    spans: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    tag, depth, begin = "", 0, 0
    at, end = 0, len(source)
    while at < end:
        m = tags.TOKEN.match(source, at, end)
        if m is None:
            at += 1
            continue
        at = m.end()
        if m.lastgroup != "attrs":
            continue
        name = m["tag"].lower()
        if name in tags.RAW and not m["close"]:
            closed = tags.closing(name, source, at, end)
            at = closed[1] if closed else at
        elif tag:
            if name == tag:
                depth += -1 if m["close"] else 1
                if not depth:
                    spans.append((begin, m.start()))
                    tag = ""
        elif not m["close"] and name not in tags.VOID | unclosed and _named(name, m["attrs"], selectors):
            if tags.ending(re.escape(name)).search(source, at, end):
                tag, depth, begin = name, 1, at
            else:
                unclosed.add(name)
    if not spans:
        return source, ()
    pieces, at = [], 0
    for start, stop in spans:
        pieces += [source[at:start], re.sub(r"[^\r\n]", " ", source[start:stop])]
        at = stop
    many = f"{len(spans)} element{'s' * (len(spans) != 1)}"
    return "".join([*pieces, source[at:]]), (f"{many} of the page not judged: skip = {', '.join(selectors)}.",)


def _named(tag: str, attrs: str, selectors: tuple[str, ...]) -> bool:
    if tag in selectors:
        return True
    if not attrs:
        return False
    classes = {f".{word}" for word in (tags.value(attrs, "class") or "").split()}
    return bool(classes.intersection(selectors)) or f"#{tags.value(attrs, 'id') or ''}" in selectors
