"""What HTML's elements and attributes mean for reading: tables, and the reading of one start tag."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from types import MappingProxyType

TOKEN = re.compile(
    r"""(?P<text>[^<&]++)
    |<(?P<close>/)?(?P<tag>[a-zA-Z][^\s/>]*+)
      (?P<attrs>(?:[^>="']++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+|["'])*+)(?:>|\Z)
    |<!--(?:-?>|.*?(?:--!?>|\Z))
    |<[!?/][^>]*+(?:>|\Z)
    |(?P<entity>&(?:\#[0-9]{1,7}+|\#[xX][0-9a-fA-F]{1,6}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);?)
    |(?P<stray>[<&])""",
    re.DOTALL | re.VERBOSE,
)
"""One token, whatever the input: every position matches some alternative, and each takes what it has looked at, so
that a page costs time linear in its length. A quote opens a value only after "="; one that never closes is text.
"""
ENTITY = re.compile(r"&(?:\#[0-9]{1,7}+|\#[xX][0-9a-fA-F]{1,6}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);?")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""")
_UNSEEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)

_OPENS = re.compile(r"""\b(?:aria-controls|data-(?:bs-)?target)=["']?([^"'<>]{1,200})""", re.IGNORECASE)
_PANEL = re.compile(
    r"(?:^|[\s_-])(?:accordions?|collaps(?:e|ed|ible|ing)|tab|tabs|toggle|faq|faqs|answer|expand(?:er|able|ed)?)(?=$|[\s_-])",
    re.IGNORECASE,
)

# Raw text up to the closing tag; what they hold is never shown as text.
RAW = frozenset("script style textarea iframe noembed noframes xmp".split())
# Elements with markup inside that a reader does not see.
SKIPPED = frozenset("noscript template svg math object canvas video audio datalist".split())
UNSHOWN = frozenset(["noscript", "template"])  # what they hold would be text in other circumstances
FOREIGN = frozenset(["svg", "math"])
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

# Elements that set text apart, by what they do while they are open. The category is also what their closing tag
# closes: </ul> closes an <ol>, </h3> an <h2>, as authors mix them up.
CATEGORY = MappingProxyType(
    {
        **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), "heading"),
        **dict.fromkeys("ul ol menu dir".split(), "list"),
        **dict.fromkeys("dt dd".split(), "term"),
        **dict.fromkeys("td th caption".split(), "cell"),
        **dict.fromkeys("figcaption legend".split(), "caption"),
        **dict.fromkeys("nav aside".split(), "aside"),
        **{k: k for k in "li dl table blockquote summary pre header footer select title".split()},
        **{k: k for k in "div section article main form fieldset figure details dialog center address".split()},
    }
)
BOUNDARY = frozenset(
    [*CATEGORY, *"p hr html head body tr thead tbody tfoot option optgroup button search hgroup col colgroup".split()]
)
"""Elements at whose tags a block ends."""
ENDS_HEADING = frozenset("p ul ol dl table blockquote pre section article hr form figure".split())
"""Start tags that end a heading whose closing tag was forgotten."""
ROWS = frozenset("tr thead tbody tfoot".split())
STRONG = frozenset("b strong".split())
EMPHASIS = frozenset("em i".split())

# Start tags that end a hidden element whose closing tag may be left out, where it stands in no inner list or table.
SIBLINGS = MappingProxyType(
    {
        "li": frozenset(["li"]),
        "dt": frozenset(["dt", "dd"]),
        "dd": frozenset(["dt", "dd"]),
        "td": frozenset(["td", "th", *ROWS]),
        "th": frozenset(["td", "th", *ROWS]),
        "tr": frozenset(ROWS),
        "option": frozenset(["option", "optgroup"]),
        "p": frozenset(BOUNDARY - {"button"}),
    }
)
CONTAINERS = frozenset("ul ol menu dir dl table select".split())

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_REFERENCE_MARK = re.compile(r"\s*(?=\D{0,9}\d)[\d,;–−-]++(?: [\d,;–−-]++)*+\s*")


@cache
def closing(tag: str) -> re.Pattern[str]:
    """What ends an element of raw text."""
    return re.compile(rf"</{tag}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE)


def attribute(attrs: str, name: str) -> tuple[int, int] | None:
    """Where the value of an attribute stands in the text of a start tag; None without the attribute."""
    for m in _ATTRIBUTE.finditer(attrs):
        if m[1].lower() == name:
            return m.span(m.lastindex) if m.lastindex and m.lastindex > 1 else (m.end(), m.end())
    return None


def value(attrs: str, name: str) -> str | None:
    """The value of an attribute, entities decoded; None without the attribute."""
    span = attribute(attrs, name)
    return None if span is None else unescape(attrs[slice(*span)]).strip()


def hides(tag: str, attrs: str) -> bool:
    """Whether a start tag hides its element. `aria-hidden` does not: sighted readers see such text."""
    low = attrs.lower()
    if tag == "dialog" and not re.search(r"\bopen\b", low):
        return True
    if "hidden" not in low and "display" not in low:
        return False
    if attribute(attrs, "hidden") is not None:
        return (value(attrs, "hidden") or "").lower() != "until-found"
    return bool(_UNSEEN.search(value(attrs, "style") or ""))


def opened(source: str) -> frozenset[str]:
    """The ids of what the buttons of a page open."""
    return frozenset(name for m in _OPENS.finditer(source) for name in m[1].replace("#", "").split())


def opens(attrs: str, ids: frozenset[str]) -> bool:
    """Whether a hidden element is an answer or a panel that a click shows: an accordion's, a tab's."""
    if (value(attrs, "role") or "") == "tabpanel" or value(attrs, "id") in ids:
        return True
    return bool(_PANEL.search(f"{value(attrs, 'class') or ''} {value(attrs, 'id') or ''}"))


def superscript(text: str) -> str:
    """The text of a raised stretch: digits of a citation or a power as superscript digits, the rest as it is."""
    return text.translate(_SUPERSCRIPT) if _REFERENCE_MARK.fullmatch(text) else text
