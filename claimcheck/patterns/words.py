"""Words as patterns see them: folding that keeps offsets, inflection, British and American spelling.

Inflections are generated from the words that rules name, once, when rules load; there is no lemmatizer at run
time, so a form is matched if and only if it can be listed.
"""

from __future__ import annotations

import re
from functools import cache

from claimcheck.programs import expression

_SAME = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "−": "-",
    "―": "—",
    "\xa0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "ſ": "s",
    "K": "k",
    "å": "a",
    "é": "e",
    "è": "e",
    "ï": "i",
    "ö": "o",
    "ü": "u",
}
_TABLE = {ord(a): b for a, b in _SAME.items()} | {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_SPACED_DASH = expression(r" [-–] ")


def fold(text: str) -> str:
    """`text` in lower case with plain quotes, dashes and spaces; the same length, so offsets carry over.

    A dash between spaces and an em dash both become "—", which ends a clause; a hyphen does not.
    """
    low = text.lower()
    if len(low) != len(text):  # a few capitals grow when lowered (İ); keep those as they are
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    low = low.translate(_TABLE)
    return _SPACED_DASH.sub(" — ", low) if " - " in low else low


_IRREGULAR = {
    "be": "is are was were been being am",
    "have": "has had having",
    "do": "does did done doing",
    "go": "goes went gone going",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "take": "takes took taken taking",
    "make": "makes made making",
    "see": "sees saw seen seeing",
    "feel": "feels felt feeling",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "know": "knows knew known knowing",
    "grow": "grows grew grown growing",
    "regrow": "regrows regrew regrown regrowing",
    "build": "builds built building",
    "rebuild": "rebuilds rebuilt rebuilding",
    "undo": "undoes undid undone undoing",
    "overcome": "overcomes overcame overcoming",
    "come": "comes came coming",
    "become": "becomes became becoming",
    "begin": "begins began begun beginning",
    "bring": "brings brought bringing",
    "buy": "buys bought buying",
    "say": "says said saying",
    "keep": "keeps kept keeping",
    "leave": "leaves left leaving",
    "lose": "loses lost losing",
    "mean": "means meant meaning",
    "pay": "pays paid paying",
    "put": "puts putting",
    "cut": "cuts cutting",
    "let": "lets letting",
    "rid": "rids ridding",
    "quit": "quits quitting",
    "beat": "beats beaten beating",
    "fall": "falls fell fallen falling",
    "rise": "rises rose risen rising",
    "run": "runs ran running",
    "throw": "throws threw thrown throwing",
    "shrink": "shrinks shrank shrunk shrinking",
    "fight": "fights fought fighting",
    "win": "wins won winning",
    "sleep": "sleeps slept sleeping",
    "stand": "stands stood standing",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "lead": "leads led leading",
    "speak": "speaks spoke spoken speaking",
    "write": "writes wrote written writing",
    "choose": "chooses chose chosen choosing",
    "die": "dies died dying",
    "lie": "lies lay lain lying",
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people persons",
    "disease": "diseases diseased",
}
_DOUBLING = frozenset(
    "stop rid plan drop ban slim wrap scan shed spot strip trim grab clot step skip tap transfer refer "
    "occur prefer control regret admit commit permit submit equip flip ship chat dip jam sip".split()
)


@cache
def forms(word: str) -> tuple[str, ...]:
    """`word` with its inflections as verb and as noun, in British and American spelling, sorted.

    >>> forms("cure")
    ('cure', 'cured', 'cures', 'curing')
    >>> forms("stop")
    ('stop', 'stopped', 'stopping', 'stops')
    """
    if word in _IRREGULAR:
        found = {word, *_IRREGULAR[word].split()}
    elif re.search(r"[^aeiou]y$", word):
        found = {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    elif word.endswith("e"):
        stem = word if word.endswith(("ee", "ye", "oe")) else word[:-1]
        found = {word, word + "s", word + "d", stem + "ing"}
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        found = {word, word + "es", word + "ed", word + "ing"}
    else:
        twice = word + word[-1] if word in _DOUBLING else word
        found = {word, word + "s", twice + "ed", twice + "ing"}
        if word.endswith("l") and re.search(r"[^aeiou][aeiou]l$", word):  # travelled, traveled
            found |= {word + "led", word + "ling"}
    return tuple(sorted({s for f in found for s in spellings(f)}))


_SPELLING = tuple(
    (expression(a), b)
    for a, b in (
        (r"([a-z]{3})is(e[sdr]?|ing|ations?|ers|able)$", r"\1iz\2"),
        (r"([a-z]{3})iz(e[sdr]?|ing|ations?|ers|able)$", r"\1is\2"),
        (r"([a-z])ys(e[sdr]?|ing)$", r"\1yz\2"),
        (r"([a-z])yz(e[sdr]?|ing)$", r"\1ys\2"),
        (r"(tum|col|fav|lab|vig|hum|rum|hon|od|harb|vap|behavi|neighb|endeav)our", r"\1or"),
        (r"(tum|col|fav|vig|hum|rum|hon|behavi|neighb)or(?!r)", r"\1our"),
        (r"^haem", "hem"),
        (r"(an|uk|is|ox|ic)aem", r"\1em"),
        (r"^paed", "ped"),
        (r"^ped(?=iatr)", "paed"),
        (r"^oe(?=dem|str|soph)", "e"),
        (r"rrhoe", "rrhe"),
        (r"^gynaec", "gynec"),
        (r"^anaesth", "anesth"),
        (r"^orthopaed", "orthoped"),
        (r"^orthoped", "orthopaed"),
        (r"^foet", "fet"),
        (r"ageing", "aging"),
        (r"^aging$", "ageing"),
        (r"programme", "program"),
        (r"program(?=s?$)", "programme"),
        (r"(cent|lit|fib|met|theat)re(?=s?$)", r"\1er"),
        (r"(cent|fib)er(?=s?$)", r"\1re"),
        (r"^sceptic", "skeptic"),
        (r"^skeptic", "sceptic"),
        (r"(defen|offen|licen|preten)ce", r"\1se"),
        (r"(defen|offen|licen)se", r"\1ce"),
        (r"([aeiou])lled$", r"\1led"),
        (r"([aeiou])lling$", r"\1ling"),
        (r"fulfil(?=s?$)", "fulfill"),
        (r"^grey", "gray"),
        (r"judgement", "judgment"),
        (r"^leuc(?=o|a)", "leuk"),
        (r"sulph", "sulf"),
    )
)


@cache
def spellings(word: str) -> tuple[str, ...]:
    """`word` as British and as American writers spell it, sorted."""
    found = {word}
    for pattern, other in _SPELLING:
        found.add(pattern.sub(other, word))
    return tuple(sorted(found))
