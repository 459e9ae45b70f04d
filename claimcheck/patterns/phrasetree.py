"""The parse tree of a phrase, and the literals that any text it matches must hold."""

from __future__ import annotations

import re

from msgspec import Struct

from claimcheck.patterns.literals import DIGIT, literal, selectivity
from claimcheck.patterns.words import forms, spellings
from claimcheck.programs import expression

NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|third|quarter"
)
_NUMBERS = frozenset({DIGIT, *(f" {w.rstrip('?s')}" if "?" in w else f" {w} " for w in NUMBER_WORDS.split("|"))})
_BUILT_IN = {"number": [_NUMBERS], "percent": [frozenset({"%", "per cent", "percent", "pct"}), _NUMBERS]}


class PhraseError(ValueError):
    """A phrase or expression that cannot be compiled; the message says what and what to write instead."""


_TOKEN = expression(
    r"(?P<gap>\.\.\.(?P<words>\d*))|\{(?P<slot>[a-z0-9.\-]+)\}|(?P<punct>[()\[\]|^$])|(?P<word>[^\s()\[\]|{}^$]+)|\s+"
)


_GLUED = expression(r"\w[(\[]|[)\]][\w~]")


class Node(Struct, frozen=True):
    """A part of a phrase; choices and optional parts hold their branches in `parts`."""

    kind: str  # word, slot, gap, alt, opt, start, end
    value: str = ""
    parts: tuple[tuple[Node, ...], ...] = ()


def parse(phrase: str) -> tuple[Node, ...]:
    """The nodes of a phrase in order. Raises PhraseError for what cannot be read and for unbalanced brackets."""
    tokens, at = [], 0
    while at < len(phrase):
        m = _TOKEN.match(phrase, at)
        if not m:
            raise PhraseError(f"cannot read {phrase[at : at + 12]!r} in phrase {phrase!r}")
        if m["punct"] and (_GLUED.match(phrase, at) or (at and _GLUED.match(phrase, at - 1))):
            raise PhraseError(f"put a space around the brackets at {phrase[max(at - 8, 0) : at + 8]!r} in {phrase!r}")
        at = m.end()
        if m.lastgroup and m.group().strip():
            tokens.append(m)
    nodes, rest = _sequence(tokens, 0, phrase)
    if rest < len(tokens):
        raise PhraseError(f"unmatched {tokens[rest].group()!r} in phrase {phrase!r}")
    return nodes


def _sequence(tokens: list[re.Match[str]], i: int, phrase: str) -> tuple[tuple[Node, ...], int]:
    out: list[Node] = []
    while i < len(tokens):
        m = tokens[i]
        text = m.group()
        if m["gap"]:
            out.append(Node("gap", m["words"] or "6"))
        elif m["slot"]:
            out.append(Node("slot", m["slot"]))
        elif m["word"]:
            # "..." glued to a word is a gap all the same
            out.append(Node("word", m["word"].replace("…", "...")))
        elif text in "^$":
            out.append(Node("start" if text == "^" else "end"))
        elif text in "([":
            branches = []
            i += 1
            while True:
                nodes, i = _sequence(tokens, i, phrase)
                branches.append(nodes)
                if i >= len(tokens):
                    raise PhraseError(f"{text!r} is never closed in phrase {phrase!r}")
                if tokens[i].group() != "|":
                    break
                i += 1
            if tokens[i].group() != (")" if text == "(" else "]"):
                raise PhraseError(f"{text!r} is closed by {tokens[i].group()!r} in phrase {phrase!r}")
            if not all(branches):
                raise PhraseError(f"an empty choice in phrase {phrase!r}; use [optional] instead")
            out.append(Node("alt" if text == "(" else "opt", parts=tuple(branches)))
        else:  # ) ] |  belong to the caller
            return tuple(out), i
        i += 1
    return tuple(out), i


# --- literals ----------------------------------------------------------------------------------------------


def _word_needs(word: str) -> list[frozenset[str]]:
    """The longest piece of a word, in every form that its pattern takes."""
    if word.endswith("*"):
        return [frozenset({literal(word[:-1].lower(), begins=True)})]
    pieces = word.rstrip("~").lower().replace("’", "'").split("-")
    at = max(range(len(pieces)), key=lambda k: len(pieces[k]))
    key, last = pieces[at], at == len(pieces) - 1
    if not key:
        return []
    begins = at == 0 and word[0].isalnum()
    if key.endswith("%"):  # "50%" is written "50 per cent" and "50percent" as well
        return [frozenset({literal(key.rstrip("%"), begins)})] if key.rstrip("%") else []
    found = forms(key) if word.endswith("~") and last else spellings(key)
    return [frozenset(literal(f, begins, last and key[-1].isalnum()) for f in found)]


def _node_needs(node: Node) -> list[frozenset[str]]:
    if node.kind == "word":
        return _word_needs(node.value)
    if node.kind == "slot":
        if node.value in _BUILT_IN:
            return _BUILT_IN[node.value]
        return [frozenset({f"{{{node.value}}}"})]
    if node.kind == "alt":
        best = []
        for branch in node.parts:
            needs = needs_of(branch)
            if not needs:
                return []
            best.append(max(needs, key=selectivity))
        return [frozenset().union(*best)]
    return []


def needs_of(nodes: tuple[Node, ...]) -> list[frozenset[str]]:
    """Sets of literals; text that lacks every member of one of them cannot match."""
    return [need for node in nodes for need in _node_needs(node)]
