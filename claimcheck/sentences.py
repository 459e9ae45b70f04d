"""Sentences of one block of text."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")


def cut(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of one block's text, ordered and disjoint."""
    spans, at = [], 0
    for m in _END.finditer(text):
        spans.append((at, m.start() + len(m.group().rstrip())))
        at = m.end()
    if at < len(text):
        spans.append((at, len(text)))
    return spans
