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
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from claimcheck.patterns.literals import rank
from claimcheck.patterns.phrasetree import NUMBER_WORDS, Node, PhraseError, needs_of, parse
from claimcheck.patterns.words import forms, spellings
from claimcheck.programs import compiled, expression

OPEN, CLOSE = 0xE000, 0xEC00
"""First private-use characters that open and close a lexicon term; the n-th slot uses the n-th of each."""

MARKS = "\ue000-\uf8ff"
_SEP = f"(?:[ \\-\"'(){MARKS}]+)"
_GAP_SEP = f"[ ,\\-\"'(){MARKS}]+"
_CLAUSE_WORDS = "but|however|although|though|yet|whereas|unless|because|which|who"
_GAP_WORD = f"(?!(?:{_CLAUSE_WORDS})\\b)[^ ,;:!?—\"'(){MARKS}\\-]++(?:'[a-z]+)?"
_EDGE = r"\b"  # beside a letter or digit only; unlike a look-behind it is cheap, and a choice shares it
_END = f"[ .!?…:\"'){MARKS}]*\\Z"
_START = f"\\A[ \"'(*•✔✓✅☑★▶►➤→✨·–{MARKS}\\ufe0f\\-]*"

_PUNCTUATION = (",", ":", ";")  # as words of a phrase they stand close to the word before

_PERCENT_SIGN = r"(?: ?%| ?per ?cent\b| ?pct\b)"
_BUILT_IN = {
    "number": rf"(?:\d[\d,]*+(?:\.\d+)?\+?|\b(?:{NUMBER_WORDS})\b)",
    "percent": rf"(?:\d{{1,3}}(?:\.\d+)?|\b(?:{NUMBER_WORDS})(?:[ -](?:{NUMBER_WORDS}))?\b){_PERCENT_SIGN}",
}


class Pattern(Struct, frozen=True, dict=True):
    """A compiled phrase.

    `needs` are sets of literals (see `literals`): text that lacks every member of one of them cannot match. The most
    selective set comes first; no sets: always a candidate. An `anchored` one matches at the beginning or nowhere.
    """

    phrase: str
    source: str
    needs: tuple[frozenset[str], ...]
    anchored: bool = False

    @cached_property
    def find(self) -> Callable[[str], Iterable[re.Match[str]]]:
        """Where it matches marked text."""
        regex = self.regex
        if self.anchored:
            return lambda text: (m,) if (m := regex.match(text)) else ()
        return regex.finditer

    @cached_property
    def group(self) -> str | int:
        """The group that is the match: the one named "span", else the whole."""
        return "span" if "span" in self.regex.groupindex else 0

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled when first needed, since most patterns of a catalogue never meet a candidate."""
        return compiled(self.source)


def slot_regex(number: int) -> str:
    """The pattern of one marked term of slot `number`."""
    return f"{chr(OPEN + number)}[^{chr(CLOSE + number)}]*+{chr(CLOSE + number)}"


# --- generating --------------------------------------------------------------------------------------------


def _word_regex(word: str, joined: bool) -> str:
    """The pattern of a word. `joined` says that a separator stands before it, which makes the edge there sure; else it
    is asked for behind the first letter, so that a search can look for that letter first, and be several times as
    fast."""
    if word.endswith("*"):
        return _edged(word[:-1].lower(), joined) + r"\w{0,15}+"
    inflect = word.endswith("~")
    pieces = word.rstrip("~").lower().replace("’", "'").split("-")
    alternatives: list[str] = []
    for last, piece in enumerate(pieces, 1 - len(pieces)):
        variants = _longest_first(forms(piece) if inflect and last == 0 else spellings(piece))
        inside = joined or alternatives or not word[0].isalnum()
        escaped = [_escape(v) if inside else _edged(v, joined) for v in variants]
        alternatives.append(escaped[0] if len(escaped) == 1 else f"(?:{'|'.join(escaped)})")
    body = f"[ \\-{MARKS}]*".join(alternatives).replace("'", f"[{MARKS}]*'")  # a term may end before "'s"
    return body + (_EDGE if word.rstrip("~")[-1].isalnum() else "")


def _edged(word: str, joined: bool) -> str:
    """A word that begins with a letter or digit, with the edge before it unless that is sure."""
    first = word[0]
    return _escape(word) if joined else f"{first}(?<={_EDGE}{first}){_escape(word[1:])}"


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=lambda w: (-len(w), w))


def _escape(word: str) -> str:
    if word.endswith("%"):
        return re.escape(word[:-1]) + _PERCENT_SIGN
    return re.escape(word)


def _regex(nodes: tuple[Node, ...], slots: Mapping[str, int], joined: bool = False) -> str:
    """The pattern of nodes in a row; `joined` says that a separator stands before the first."""
    out: list[str] = []
    joiner, began = "", False
    optional: list[str] = []
    for node in nodes:
        behind = joined or bool(out or joiner)
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
            optional.append(_branches(node, slots, behind))
        else:
            if node.kind == "word" and node.value in _PUNCTUATION:
                joiner = joiner or f"[ {MARKS}]*"
            before = "".join(f"(?:{o}{_SEP})?" for o in optional)
            out.append((joiner or (_SEP if began else "")) + before + _required(node, slots, behind))
            joiner, optional, began = "", [], True
    out.extend(f"(?:{_SEP}{o})?" for o in optional)  # trailing: "cure [for good]"
    return "".join(out)


def _required(node: Node, slots: Mapping[str, int], joined: bool) -> str:
    if node.kind == "word":
        return _word_regex(node.value, joined)
    if node.kind == "slot":
        return _BUILT_IN.get(node.value) or slot_regex(slots[node.value])
    return _branches(node, slots, joined)


def _branches(node: Node, slots: Mapping[str, int], joined: bool) -> str:
    branches = [_regex(branch, slots, joined) for branch in node.parts]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _last_required(nodes: tuple[Node, ...]) -> int:
    return max((i for i, n in enumerate(nodes) if n.kind in ("word", "slot", "alt")), default=-1)


# --- checking ----------------------------------------------------------------------------------------


def _check_slots(nodes: tuple[Node, ...], slots: Mapping[str, int], phrase: str) -> None:
    for node in nodes:
        if node.kind == "slot" and node.value not in slots and node.value not in _BUILT_IN:
            raise PhraseError(unknown_slot(node.value, slots, phrase))
        for branch in node.parts:
            _check_slots(branch, slots, phrase)


def phrase_source(phrase: str, slots: Mapping[str, int]) -> str:
    """The regular expression of a phrase, for use inside an expression."""
    nodes = parse(phrase)
    _check_slots(nodes, slots, phrase)
    return _regex(nodes, slots)


def unknown_slot(name: str, slots: Mapping[str, int], phrase: str) -> str:
    """The message for a slot no lexicon defines, with the nearest known name."""
    from difflib import get_close_matches

    near = get_close_matches(name, [*slots, *_BUILT_IN], 1)
    hint = f"; did you mean {{{near[0]}}}?" if near else ""
    return f"no lexicon called {{{name}}} in {phrase!r}{hint}"


_SHORTHAND = expression(r"\{([a-z][a-z0-9\-]*)\}")


def written_out(phrase: str, shorthands: Mapping[str, str]) -> str:
    """The phrase with its shorthands replaced by the phrases they stand for (which hold none themselves)."""
    return _SHORTHAND.sub(lambda m: f"({shorthands[m[1]]})" if m[1] in shorthands else m[0], phrase)


def compile_phrase(phrase: str, slots: Mapping[str, int], shorthands: Mapping[str, str] | None = None) -> Pattern:
    """Compile one phrase. `slots` numbers the lexicons and their groups.

    Raises PhraseError for unbalanced brackets, an unknown lexicon, or a phrase without any word.
    """
    nodes = parse(written_out(phrase, shorthands or {}))
    _check_slots(nodes, slots, phrase)
    if _last_required(nodes) < 0:
        raise PhraseError(f"phrase {phrase!r} has no word that must occur")
    return Pattern(phrase, _regex(nodes, slots), rank(needs_of(nodes)), nodes[0].kind == "start")
