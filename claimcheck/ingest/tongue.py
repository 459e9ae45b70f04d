"""Which language a page is in: by its script, by the little words that no text does without, and by what it declares.

Only told apart from English, and only to say so: claimcheck judges English. Where the words speak clearly they are
believed over the declaration, which themes leave as they found it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from claimcheck.ingest import tags
from claimcheck.programs import expression
from claimcheck.text.remember import remembered

_LITTLE = {
    "English": "the of and to is that for with are this was you your our we it not have from be by or as at on",
    "German": "der die das und ist nicht mit für auf sie wir ein eine den von zu sich auch ihre bei werden wird dem",
    "French": "le la les des et est une pour dans vous nous que qui pas sur avec votre sont du au ce par plus ne aux",
    "Spanish": "el la los las y es una para en que con por su del se como más no sus al lo nuestro nuestra son pero",
    "Italian": "il la gli e è una per che di con non del della sono nel alla dei le si anche più come da nostro questo",
    "Portuguese": "o a os as e é uma para em que com não do da dos das por se mais seu sua ao como são nosso",
    "Dutch": "de het een en van is voor met niet dat zijn op wij uw ook bij naar wordt worden te deze om aan door onze",
    "Polish": "i w na nie z się jest do to że o dla jak po przez są oraz od lub ale może przy nasze jego tym",
    "Swedish": "och att det som är en för på med av inte den till kan vi har du om ett eller din våra från vid",
    "Danish": "og at det som er en for på med af ikke den til kan vi har du om et eller din vores fra ved",
    "Norwegian": "og å det som er en for på med av ikke den til kan vi har du om et eller din våre fra ved",
    "Finnish": "ja on ei se että joka ovat tai myös kun hän mutta sekä voi ole mukaan sen jos kuin niin tämä meidän",
    "Czech": "a je v se na to že s z do pro jsou které nebo jako po ale který při jsme od vaše naše tak",
    "Hungarian": "a az és hogy nem is egy van meg ez ha de csak vagy mint már el ki lehet azt fel nagyon ön",
    "Romanian": "și de la în cu o un este pe nu care pentru din sunt mai ca să ce au fi sau prin dumneavoastră",
    "Turkish": "ve bir bu için ile da de çok olarak daha gibi en olan kadar sonra ne ya veya mi değil her size",
    "Indonesian": "dan yang di untuk dengan dari ini pada tidak adalah itu anda kami dalam akan oleh atau dapat",
    "Vietnamese": "và của là các có cho không được với một những trong này người để khi đã bạn từ hoặc",
}
_SCRIPTS = (
    ("Chinese or Japanese", "\u3040-\u30ff\u3400-\u9fff"),
    ("Korean", "\uac00-\ud7a3"),
    ("Russian or another Slavic language", "\u0400-\u04ff"),
    ("Greek", "\u0370-\u03ff"),
    ("Arabic or Persian", "\u0600-\u06ff"),
    ("Hebrew", "\u0590-\u05ff"),
    ("Thai", "\u0e00-\u0e7f"),
    ("an Indian language", "\u0900-\u0dff"),
)
_WORD = expression(r"[^\W\d_]+")
_ASCII_WORDS = bytes(ord(chr(c).lower()) if chr(c).isalpha() and c < 128 else 32 for c in range(256))
"""Letters to small ones, all else to spaces."""
_HTML = expression(r"<html\b([^>]{0,2000})>", re.IGNORECASE)
ENOUGH = 15
"""Words from which the little ones can be counted."""
_LOOK = 1_500  # words that are looked at
_BEGINNING = 20_000  # characters of a block in which they are looked for
_CLEAR = 0.15
"""Share of a language's little words from which a text is in it: English prose has 0.3 to 0.45 of its own, and of
another's, its names and quotations, at most a third of that."""
_KINDS = 3
"""Different little words that must be among them."""


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    owners: dict[str, list[str]] = {}
    for tongue, words in _LITTLE.items():
        for word in words.split():
            if len(word) == 1:  # also a name, a unit, a number of a list
                continue
            owners.setdefault(word, []).append(tongue)
    return {word: tuple(tongues) for word, tongues in owners.items()}


def declared(source: str) -> str:
    """The language code that an HTML page declares, lower case without region ("de"); empty without."""
    m = _HTML.search(source, 0, 20_000)
    code = (tags.value(m[1], "lang") or tags.value(m[1], "xml:lang") or "") if m else ""
    return code.split("-")[0].split("_")[0].lower()


def foreign(texts: Iterable[str], code: str = "") -> str:
    """The name of the language that a page's prose is in, empty for English and where it cannot be told. `code` is
    the language it declares."""
    texts = list(texts)
    if not code and _plainly_english(texts):
        return ""
    words = _words(texts)
    letters = "".join(words)
    for name, script in () if letters.isascii() else _SCRIPTS:
        if len(letters) >= ENOUGH and 2 * len(re.findall(f"[{script}]", letters)) > len(letters):
            return name
    if len(words) < ENOUGH:
        return ""
    owners = _owners()
    said = Counter(filter(owners.__contains__, map(str.lower, words)))
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for word, times in said.items():
        for tongue in owners[word]:
            counts[tongue] += times
            kinds[tongue] += 1
    english = counts.pop("English", 0)
    if counts:
        name, most = max(counts.items(), key=lambda c: c[1])
        if kinds[name] >= _KINDS and most >= _CLEAR * len(words) and most > 2 * english:
            return name
    if code and code != "en" and english < 0.05 * len(words):
        return f"'{code}', as it declares"
    return ""


def _plainly_english(texts: Iterable[str]) -> bool:
    """Whether no other language could be made out, however its words are told apart: at least half of all little words
    are English, and half of all letters are Latin. Of the last block that is looked at, a part may not count."""
    counted = english = little = latin = letters = 0
    for text in texts:
        words, its_little, its_english, its_letters, its_latin = _signs(text)
        counted, little, letters = counted + words, little + its_little, letters + its_letters
        if counted >= _LOOK:
            break
        english, latin = english + its_english, latin + its_latin
    return little <= 2 * english and letters <= 2 * latin


@remembered
def _signs(text: str) -> tuple[int, int, int, int, int]:
    """How many words a text has, how many of them are little ones, and English ones; how many letters there are, and
    how many are ASCII."""
    words, owners = _words([text]), _owners()
    letters = "".join(words)
    little = list(filter(owners.__contains__, words if letters.islower() else map(str.lower, words)))
    english = sum("English" in owners[word] for word in little)
    return len(words), len(little), english, len(letters), len(letters.encode("ascii", "ignore"))


def _words(texts: Iterable[str]) -> list[str]:
    """The first words of a page, as many as are looked at; those of ASCII in lower case."""
    words: list[str] = []
    for text in texts:
        text = text[:_BEGINNING]
        if text.isascii():
            words += text.encode().translate(_ASCII_WORDS).decode().split()
        else:
            words += _WORD.findall(text)
        if len(words) >= _LOOK:
            break
    del words[_LOOK:]
    return words
