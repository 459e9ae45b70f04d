"""Whose page this is: the names a page uses for itself, so that links to itself are known for what they are."""

from __future__ import annotations

import re
from functools import cached_property

from claimcheck.evidence.links import Address, address, brand, registrable
from claimcheck.model import Block, Document
from claimcheck.programs import expression
from claimcheck.text.remember import remembered

_NAME = r"(?:[A-Z][\w&'’]{0,30}|[A-Z]{2,12}|of|the|and|&)"
_NAMES = expression(rf"(?:{_NAME}[ \-]){{0,5}}[A-Z][\w'’]{{0,30}}")
_OURSELVES = expression(
    r"(?:\b(?:[Ww]e|[Oo]ur|[Uu]s)\b[^.!?]{0,40}\b(?:at|here at|from|of)|\b(?:[Ww]elcome to|[Aa]bout|[Cc]hoose|[Ww]hy"
    r"|[Vv]isit|[Cc]ontact|[Hh]ere at|At|[Cc]all)|©|\b[Cc]opyright(?: ©)?(?: \d{4})?) (?P<name>" + _NAMES.pattern + ")"
)
_WORD = expression(r"[a-z]{4,30}")
_LETTERS = expression(r"[a-z0-9]+")
_OTHERS = expression(
    r"\b(?:researchers?|scientists?|investigators?|teams?|stud(?:y|ies)|trials?|conducted)\b[^.!?]{0,30}\Z"
)


class OwnSite:
    """Tells whether an address belongs to the page's own site, by its address or by the names it gives itself.

    A name counts as the page's own in its title or footer, or where the page speaks as "we" or "at NAME"; merely
    being named does not make a company the owner.
    """

    def __init__(self, document: Document, base_url: str = "") -> None:
        self._document = document
        name = document.name if re.match(r"https?://", document.name) else ""
        self._base = address(base_url or name)
        self._known: dict[str, bool] = {}

    def owns(self, place: Address) -> bool:
        """Whether a link leads to the page's own site."""
        if not place.host:
            return True
        if self._base and self._base.host:
            if registrable(place.host) == registrable(self._base.host):
                return True
            if brand(place.host) == brand(self._base.host):
                return True
        name = brand(place.host)
        if name not in self._known:
            said = (block for block, squashed in self._squashed if name in squashed)
            named = len(name) >= 4 and any(name in _brands(block) for block in said)
            self._known[name] = named and not self._plain(name)
        return self._known[name]

    @cached_property
    def _squashed(self) -> list[tuple[Block, str]]:
        """What the page says, squashed as in a domain: of most sites it links to it never says the name."""
        footers = (b for b in self._document.left_out if b.kind == "footer")
        return [(b, _squash(b.text)) for b in (*self._document.blocks, *footers)]

    def _plain(self, name: str) -> bool:
        """Whether the page writes the name in lower case somewhere: then it is a word."""
        word = re.compile(rf"(?<![\w.@/]){name}(?![\w.@/])")
        return _WORD.fullmatch(name) is not None and any(word.search(b.text) for b in self._document.blocks)


@remembered
def _squash(text: str) -> str:
    return "".join(_LETTERS.findall(text.lower()))


def _brands(block: Block) -> set[str]:
    """The names the page gives itself in a block, squashed as in a domain, with shorter runs of their words."""
    names = _NAMES.findall(block.text[:2000]) if block.hidden in ("title", "meta") or block.kind == "footer" else []
    for m in _OURSELVES.finditer(block.text):
        before = block.text[max(0, m.start("name") - 60) : m.start("name")]
        if not _OTHERS.search(before):
            names.append(m["name"])
    out: set[str] = set()
    for found in dict.fromkeys(names):
        words = [re.sub(r"[^a-z0-9]", "", w) for w in re.split(r"[ \-]", found.lower())][:6]
        out |= {"".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    return out
