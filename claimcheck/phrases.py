"""The phrase language of rule files: one phrase (or regular expression) to one compiled, linear pattern.

    plain words     fold case, white space, curly quotes, hyphens and British/American spelling
    cure~           cure, cures, cured, curing
    vaccin*         any word that begins so
    {condition}     a term of that lexicon; {condition.serious} only of that group
    {tx}            a shorthand: another phrase, written out in rules/lexicons/shorthand.toml
    {number} {percent}   a number in digits or words; a percentage
    ...   ...3      a gap of up to six (three) words inside the clause
    (a|b c)  [d]    a choice; something optional
    ^  $            the beginning or end of the sentence (end: punctuation may follow)

Patterns run on *marked* text: folded, with every lexicon term between two private-use characters that name its
lexicon (see `matcher`). So a slot costs two characters in a pattern, however large the lexicon is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from claimcheck.literals import rank, selectivity
from claimcheck.words import forms, spellings

OPEN, CLOSE = 0xE000, 0xEC00
"""First private-use characters that open and close a lexicon term; the n-th slot uses the n-th of each."""

MARKS = "\ue000-\uf8ff"
_SEP = f"(?:[ \\-\"'(){MARKS}]+)"
_GAP_SEP = f"[ ,\\-\"'(){MARKS}]+"
_CLAUSE_WORDS = "but|however|although|though|yet|whereas|unless|because|which|who"
_GAP_WORD = f"(?!(?:{_CLAUSE_WORDS})\\b)[^ ,;:!?—\"'(){MARKS}\\-]+(?:'[a-z]+)?"
_END = f"[ .!?…:\"'){MARKS}]*\\Z"
_START = f"\\A[ \"'(*•✔✓✅☑★▶►➤→✨·–{MARKS}\\ufe0f\\-]*"

_PUNCTUATION = (",", ":", ";")  # as words of a phrase they stand close to the word before

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|half|third|quarter"
)
_PERCENT_SIGN = r"(?: ?%| ?per ?cent\b| ?pct\b)"
_BUILT_IN = {
    "number": rf"(?:\d[\d,]*+(?:\.\d+)?\+?|\b(?:{_NUMBER_WORDS})\b)",
    "percent": rf"(?:\d{{1,3}}(?:\.\d+)?|\b(?:{_NUMBER_WORDS})(?:[ -](?:{_NUMBER_WORDS}))?\b){_PERCENT_SIGN}",
}
_BUILT_IN_KEYS = {"percent": frozenset({"%", "per cent", "percent", "pct"})}


class PhraseError(ValueError):
    """A phrase or expression that cannot be compiled; the message says what and what to write instead."""


@dataclass(frozen=True)
class Pattern:
    """A compiled phrase.

    `needs` are sets of literals: text that lacks every member of one of them cannot match. A literal is folded
    text with hyphens as spaces, or "{slot}". The most selective set comes first; no sets: always a candidate.
    """

    phrase: str
    source: str
    needs: tuple[frozenset[str], ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first needed, since most patterns of a catalogue never meet a candidate."""
        return re.compile(self.source)


def slot_regex(number: int) -> str:
    """The pattern of one marked term of slot `number`."""
    return f"{chr(OPEN + number)}[^{chr(CLOSE + number)}]*+{chr(CLOSE + number)}"


# --- parsing -----------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"(?P<gap>\.\.\.(?P<words>\d*))|\{(?P<slot>[a-z0-9.\-]+)\}|(?P<punct>[()\[\]|^$])|(?P<word>[^\s()\[\]|{}^$]+)|\s+"
)


_GLUED = re.compile(r"\w[(\[]|[)\]][\w~]")


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str  # word, slot, gap, alt, opt, start, end
    value: str = ""
    parts: tuple[tuple[_Node, ...], ...] = ()


def _parse(phrase: str) -> tuple[_Node, ...]:
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


def _sequence(tokens: list[re.Match[str]], i: int, phrase: str) -> tuple[tuple[_Node, ...], int]:
    out: list[_Node] = []
    while i < len(tokens):
        m = tokens[i]
        text = m.group()
        if m["gap"]:
            out.append(_Node("gap", m["words"] or "6"))
        elif m["slot"]:
            out.append(_Node("slot", m["slot"]))
        elif m["word"]:
            # "..." glued to a word is a gap all the same
            out.append(_Node("word", m["word"].replace("…", "...")))
        elif text in "^$":
            out.append(_Node("start" if text == "^" else "end"))
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
            out.append(_Node("alt" if text == "(" else "opt", parts=tuple(branches)))
        else:  # ) ] |  belong to the caller
            return tuple(out), i
        i += 1
    return tuple(out), i


# --- generating --------------------------------------------------------------------------------------------


def _word_regex(word: str) -> str:
    if word.endswith("*"):
        return rf"(?<!\w){re.escape(word[:-1].lower())}\w{{0,15}}+"
    inflect = word.endswith("~")
    pieces = word.rstrip("~").lower().replace("’", "'").split("-")
    alternatives = []
    for last, piece in enumerate(pieces, 1 - len(pieces)):
        variants = forms(piece) if inflect and last == 0 else spellings(piece)
        escaped = [_escape(v) for v in variants]
        alternatives.append(escaped[0] if len(escaped) == 1 else f"(?:{'|'.join(_longest_first(escaped))})")
    body = f"[ \\-{MARKS}]*".join(alternatives).replace("'", f"[{MARKS}]*'")  # a term may end before "'s"
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word.rstrip("~")[-1].isalnum() else ""
    return before + body + after


def _longest_first(words: list[str]) -> list[str]:
    return sorted(words, key=lambda w: (-len(w), w))


def _escape(word: str) -> str:
    if word.endswith("%"):
        return re.escape(word[:-1]) + _PERCENT_SIGN
    return re.escape(word)


def _regex(nodes: tuple[_Node, ...], slots: Mapping[str, int]) -> str:
    out: list[str] = []
    joiner, began = "", False
    optional: list[str] = []
    for node in nodes:
        if node.kind == "gap":
            # what is optional before a gap belongs to the words before it
            out.extend(f"(?:{_SEP}{o})?" if began else f"(?:{o}{_SEP})?" for o in optional)
            optional = []
            joiner = f"(?:{_GAP_SEP}{_GAP_WORD}){{0,{node.value}}}?{_GAP_SEP}"
            if out == [_START]:  # nothing need stand between the beginning and the first word
                joiner = f"(?:{_GAP_WORD}{_GAP_SEP}){{0,{node.value}}}?"
        elif node.kind == "start":
            out.append(_START)
        elif node.kind == "end":
            out.extend(f"(?:{_SEP}{o})?" for o in optional)
            optional = []
            out.append((joiner.removesuffix(_GAP_SEP) if began else "") + _END)
        elif node.kind == "opt":
            optional.append(_branches(node, slots))
        else:
            if node.kind == "word" and node.value in _PUNCTUATION:
                joiner = joiner or f"[ {MARKS}]*"
            before = "".join(f"(?:{o}{_SEP})?" for o in optional)
            out.append((joiner or (_SEP if began else "")) + before + _required(node, slots))
            joiner, optional, began = "", [], True
    out.extend(f"(?:{_SEP}{o})?" for o in optional)  # trailing: "cure [for good]"
    return "".join(out)


def _required(node: _Node, slots: Mapping[str, int]) -> str:
    if node.kind == "word":
        return _word_regex(node.value)
    if node.kind == "slot":
        return _BUILT_IN.get(node.value) or slot_regex(slots[node.value])
    return _branches(node, slots)


def _branches(node: _Node, slots: Mapping[str, int]) -> str:
    branches = [_regex(branch, slots) for branch in node.parts]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _last_required(nodes: tuple[_Node, ...]) -> int:
    return max((i for i, n in enumerate(nodes) if n.kind in ("word", "slot", "alt")), default=-1)


# --- literals ----------------------------------------------------------------------------------------------


def _node_needs(node: _Node) -> list[frozenset[str]]:
    if node.kind == "word" and node.value.endswith("*"):
        return [frozenset({node.value[:-1].lower()})]
    if node.kind == "word":
        pieces = node.value.rstrip("~").lower().replace("’", "'").rstrip("%").split("-")
        inflect = node.value.endswith("~")
        key = max(pieces, key=len)
        if not key:
            return []
        return [frozenset(forms(key) if inflect and key == pieces[-1] else spellings(key))]
    if node.kind == "slot":
        if node.value in _BUILT_IN:
            keys = _BUILT_IN_KEYS.get(node.value)
            return [keys] if keys else []
        return [frozenset({f"{{{node.value}}}"})]
    if node.kind == "alt":
        best = []
        for branch in node.parts:
            needs = _sequence_needs(branch)
            if not needs:
                return []
            best.append(max(needs, key=selectivity))
        return [frozenset().union(*best)]
    return []


def _sequence_needs(nodes: tuple[_Node, ...]) -> list[frozenset[str]]:
    return [need for node in nodes for need in _node_needs(node)]


def _check_slots(nodes: tuple[_Node, ...], slots: Mapping[str, int], phrase: str) -> None:
    for node in nodes:
        if node.kind == "slot" and node.value not in slots and node.value not in _BUILT_IN:
            raise PhraseError(unknown_slot(node.value, slots, phrase))
        for branch in node.parts:
            _check_slots(branch, slots, phrase)


def phrase_source(phrase: str, slots: Mapping[str, int]) -> str:
    """The regular expression of a phrase, for use inside an expression."""
    nodes = _parse(phrase)
    _check_slots(nodes, slots, phrase)
    return _regex(nodes, slots)


def unknown_slot(name: str, slots: Mapping[str, int], phrase: str) -> str:
    """The message for a slot no lexicon defines, with the nearest known name."""
    from difflib import get_close_matches

    near = get_close_matches(name, [*slots, *_BUILT_IN], 1)
    hint = f"; did you mean {{{near[0]}}}?" if near else ""
    return f"no lexicon called {{{name}}} in {phrase!r}{hint}"


_SHORTHAND = re.compile(r"\{([a-z][a-z0-9\-]*)\}")


def written_out(phrase: str, shorthands: Mapping[str, str]) -> str:
    """The phrase with its shorthands replaced by the phrases they stand for (which hold none themselves)."""
    return _SHORTHAND.sub(lambda m: f"({shorthands[m[1]]})" if m[1] in shorthands else m[0], phrase)


def compile_phrase(phrase: str, slots: Mapping[str, int], shorthands: Mapping[str, str] | None = None) -> Pattern:
    """Compile one phrase. `slots` numbers the lexicons and their groups.

    Raises PhraseError for unbalanced brackets, an unknown lexicon, or a phrase without any word.
    """
    nodes = _parse(written_out(phrase, shorthands or {}))
    _check_slots(nodes, slots, phrase)
    if _last_required(nodes) < 0:
        raise PhraseError(f"phrase {phrase!r} has no word that must occur")
    return Pattern(phrase, _regex(nodes, slots), rank(_sequence_needs(nodes)))
