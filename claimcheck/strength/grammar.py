"""Word classes and the patterns over them: a cascade without a part-of-speech tagger (after Abney 1996).

Every word of a sentence becomes one character that names its class, so that a clause pattern is an ordinary regular
expression over a string of some twenty-five characters. Vocabulary and patterns are data, in rules/strength/.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from claimcheck.home import rules_root
from claimcheck.model import Strength
from claimcheck.patterns.words import fold, forms, spellings
from claimcheck.programs import expression
from claimcheck.sources import made

_WORD = expression(r"[a-z][a-z0-9]*(?:'[a-z]+)?(?:-[a-z0-9]+)*|\d[\d.,]*|[,;:?!—.%&]")
_ASIDE = expression(r" ?[(\[][^()\[\]]{0,200}[)\]]")
_PUNCTUATION = {",": "comma", ";": "colon", ":": "colon", "—": "colon", "%": "percent"} | dict.fromkeys(".?!", "stop")
_FIRST_CODE = 0x100
_REMEMBERED = 50_000


class Event(Struct, frozen=True):
    """A kind of predicate that asserts something: its level when nothing hedges or denies it ("carry": the level of
    the predicate before it), the classes of which it holds one, the operators of which it needs one, whether research
    may be its subject, and whether it is a noun, which a "no" before it denies."""

    name: str
    level: Strength | Literal["carry"]
    heads: frozenset[str]
    needs: frozenset[str]
    research: bool
    noun: bool
    regex: re.Pattern[str]


class Tagger(dict[str, str]):
    """Words to class characters. What the lists do not know is classed by its ending, and remembered."""

    def __init__(self, known: dict[str, str], codes: dict[str, str], pseudo: re.Pattern[str]) -> None:
        super().__init__(known)
        self._codes, self._pseudo = codes, pseudo

    def __missing__(self, word: str) -> str:
        code = self[word.replace("-", "")] if self._joins(word) else self._codes[_by_ending(word)]
        if len(self) < _REMEMBERED:
            self[word] = code
        return code

    def _joins(self, word: str) -> bool:
        return "-" in word and word.replace("-", "") in self

    def tags(self, text: str) -> str:
        """The sentence as a string of classes, without what stands in brackets and without seeming denials."""
        low = fold(text)
        if "(" in low or "[" in low:
            low = _ASIDE.sub("", low)
        return "".join([self[word] for word in _WORD.findall(self._pseudo.sub("", low))])


def _by_ending(word: str) -> str:
    last = word.rsplit("-", 1)[-1]
    if word[0].isdigit():
        return "n"
    if word.endswith("-fold"):
        return "times"
    if word.endswith("n't"):
        return "neg"
    if last != word:
        return "d" if last.endswith("ed") else "w"
    if len(word) > 4 and word.endswith("ly"):
        return "adverb"
    if len(word) > 5 and word.endswith("ing"):
        return "g"
    if len(word) > 4 and word.endswith("ed"):
        return "d"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
        return "p"
    return "w"


class Grammar(Struct, frozen=True):
    """Everything read from rules/strength/words.toml and patterns.toml.

    `operator` matches, on reversed classes, the words before a predicate that hedge or deny it. `screen` finds a
    class without which a sentence asserts nothing. The other expressions are the gates described in the file.
    """

    tagger: Tagger
    events: tuple[Event, ...]
    operator: re.Pattern[str]
    screen: re.Pattern[str]
    gates: dict[str, re.Pattern[str]]
    sets: dict[str, frozenset[str]]
    hook: re.Pattern[str]
    comma: str
    also: str
    to: str


@cache
def grammar() -> Grammar:
    """The grammar that comes with claimcheck, read once."""
    package, root = Path(__file__).resolve().parents[1], rules_root() / "strength"
    files = [(package / "strength", ".py"), (package / "patterns", ".py"), (root, ".toml")]
    return made("strength", files, lambda: _derived(root), _taken)


_Derived = tuple[dict[str, str], dict[str, str], list[dict[str, Any]], dict[str, str], dict[str, str], dict[str, str]]
"""Words and classes by their characters, the kinds of events, the gates, the sets of operators, other expressions."""


def _derived(root: Path) -> _Derived:
    """The grammar as plain data: its words with the characters of their classes, its patterns as expressions."""
    import tomllib

    words = tomllib.loads((root / "words.toml").read_text(encoding="utf-8"))
    patterns = tomllib.loads((root / "patterns.toml").read_text(encoding="utf-8"))
    codes: dict[str, str] = {}
    known = _vocabulary(words, codes)
    for name in ("w", "p", "d", "g", "n"):
        _code(name, codes)
    macros: dict[str, str] = patterns["macros"]
    heads = "".join(codes[name] for name in codes if "-" in name) + "".join(codes[n] for n in patterns["heads"])
    others = {
        "pseudo": "|".join(patterns["pseudo"]),
        "operator": _expanded("{operator}*+", macros, codes),
        "screen": f"[{heads}]",
        "hook": "|".join(patterns["hooks"]),
    }
    events = [_event(table, macros, codes) for table in patterns["event"]]
    gates = {name: _expanded(source, macros, codes) for name, source in patterns["gates"].items()}
    sets = {name: "".join(codes[c] for c in members) for name, members in patterns["operators"].items()}
    return known, codes, events, gates, sets, others


def _taken(derived: _Derived) -> Grammar:
    known, codes, events, gates, sets, others = derived
    return Grammar(
        tagger=Tagger(known, codes, expression(others["pseudo"])),
        events=tuple(
            Event(
                **table
                | {key: frozenset(table[key]) for key in ("heads", "needs")}
                | {"regex": expression(table["regex"])}
            )
            for table in events
        ),
        operator=expression(others["operator"]),
        screen=expression(others["screen"]),
        gates={name: expression(source) for name, source in gates.items()},
        sets={name: frozenset(members) for name, members in sets.items()},
        hook=expression(others["hook"]),
        comma=codes["comma"],
        also=codes["and"],
        to=codes["to"],
    )


def _vocabulary(words: dict[str, Any], codes: dict[str, str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, verbs in words["verbs"].items():
        for part in "bsdg":
            _code(f"{name}-{part}", codes)
        for base in verbs.split():
            for form in forms(base):
                known[form] = codes[f"{name}-{_part(form, base)}"]
    for name, members in words["classes"].items():
        for word in members.split():
            known[word] = _code(name, codes)
    for mark, name in _PUNCTUATION.items():
        known[mark] = _code(name, codes)
    return known


def _part(form: str, base: str) -> str:
    """Which part of a verb a form is: "b" base, "s" third person, "d" past or participle, "g" -ing form."""
    if form in spellings(base):
        return "b"
    if form.endswith("ing"):
        return "g"
    return "s" if form.endswith("s") else "d"


def _code(name: str, codes: dict[str, str]) -> str:
    if name not in codes:
        codes[name] = chr(_FIRST_CODE + len(codes))
    return codes[name]


_MACRO = expression(r"\{([a-z]+)\}")
_CLASS = expression(r"<([a-z-]+)>")


def _expanded(source: str, macros: dict[str, str], codes: dict[str, str]) -> str:
    while found := _MACRO.search(source):
        source = source.replace(found.group(), macros[found[1]])
    return _CLASS.sub(lambda m: codes[m[1]], source)


def _event(table: dict[str, Any], macros: dict[str, str], codes: dict[str, str]) -> dict[str, Any]:
    """The fields of an Event, as plain data."""
    return {
        "name": table["name"],
        "level": table["level"],
        "heads": "".join(codes[name] for name in table.get("heads", ())),
        "needs": "".join(codes[name] for name in table.get("needs", ())),
        "research": bool(table.get("research")),
        "noun": bool(table.get("noun")),
        "regex": "|".join(f"(?:{_expanded(p, macros, codes)})" for p in table["any"]),
    }
