"""What HTML's elements and attributes mean for reading: tables, and the reading of one start tag."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from types import MappingProxyType

from claimcheck.programs import expression

TOKEN = expression(
    r"""(?P<text>[^<&]++)
    |<(?P<close>/)?(?P<tag>[a-zA-Z][^\s/>]*+)
      (?P<attrs>(?:[^>="']++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+|["'])*+)(?:>|\Z)
    |<!--(?:-?>|.*?(?:--!?>|\Z))
    |<[!?/][^>]*+(?:>|\Z)
    |(?P<entity>&(?:\#[0-9]{1,30}+|\#[xX][0-9a-fA-F]{1,30}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);?)
    |(?P<stray>&+(?=&)|<+(?=<)|[<&])""",
    re.DOTALL | re.VERBOSE,
)
"""One token, whatever the input: every position matches some alternative, and each takes what it has looked at, so
that a page costs time linear in its length. A quote opens a value only after "="; one that never closes is text.
"""
ENTITY = expression(r"&(?:\#[0-9]{1,30}+|\#[xX][0-9a-fA-F]{1,30}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);?")
_ATTRIBUTE = expression(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)))?+""")
_UNSEEN = expression(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)

_IN_SCRIPT = expression(
    r"<!--|-->|(?P<close></script(?=[\s/>])[^>]*+(?:>|\Z))|(?P<open><script(?=[\s/>]))", re.IGNORECASE
)
_OPENS = expression(r"""\b(?:aria-controls|data-(?:bs-)?target)=["']?([^"'<>]{1,200})""", re.IGNORECASE)
_SCRIPTED = expression(
    r"""(?:querySelector(?:All)?|getElement(?:ById|sByClassName|sByTagName)|jQuery|\$)\(\s{0,9}["'`][.#]?([\w.-]{1,100})"""
)
_PANEL = expression(
    r"(?:^|[\s_-])(?:accordions?|collaps(?:e|ed|ible|ing)|tab|tabs|toggle|faq|faqs|answer|expand(?:er|able|ed)?)(?=$|[\s_-])",
    re.IGNORECASE,
)

# Raw text up to the closing tag; markup in it is none.
RAW = frozenset("script style textarea iframe noembed noframes xmp title".split())
# Elements with markup inside that a reader does not see. A dialog is seen when it is open.
SKIPPED = frozenset("noscript template svg object canvas video audio datalist annotation annotation-xml".split())
OFTEN_HIDDEN = SKIPPED | {"dialog"}
UNSHOWN = frozenset(["noscript", "template"])  # what they hold would be text in other circumstances
LETTERING = frozenset(["text", "foreignobject"])  # of a drawing
# Elements of HTML that end a drawing they stand in (WHATWG HTML, 13.2.6.5).
BREAKS_OUT = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
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
        **{k: k for k in "li dl table blockquote summary pre header footer select".split()},
        **{k: k for k in "div section article main form fieldset figure details dialog center address".split()},
    }
)
BOUNDARY = frozenset(
    [*CATEGORY, *"p hr tr thead tbody tfoot option optgroup button search hgroup col colgroup".split()]
)
"""Elements at whose tags a block ends."""
ENDS_HEADING = frozenset("p ul ol dl table blockquote pre section article hr form figure".split())
"""Start tags that end a heading whose closing tag was forgotten."""
ROWS = frozenset("tr thead tbody tfoot".split())
OF_TABLES = frozenset(["td", "th", "caption", "col", "colgroup", *ROWS])
"""Elements that are nothing outside a table."""
AT_TIMES = OF_TABLES | {"form"}
"""Elements that are nothing in some places."""
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
_REFERENCE_MARK = expression(r"\s*(?=\D{0,9}\d)[\d,;–−-]++(?: [\d,;–−-]++)*+\s*")


@lru_cache(maxsize=64)
def ending(tag: str) -> re.Pattern[str]:
    """The closing tag of an element of raw text."""
    return expression(rf"</{tag}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE)


def closing(tag: str, source: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the raw text from `start` on ends and what follows its closing tag begins; None without one.

    A script in a comment in a script hides a closing tag (WHATWG HTML, "script data double escaped state").
    """
    if tag != "script":
        m = ending(tag).search(source, start, end)
        return m.span() if m else None
    comment = inner = False
    for m in _IN_SCRIPT.finditer(source, start, end):
        if m["close"]:
            if not inner:
                return m.span()
            inner = False
        elif m["open"]:
            inner = comment
        else:
            comment = m.group() == "<!--"
            inner = inner and comment
    return None


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


def scripted(source: str) -> frozenset[str]:
    """The ids, classes and tags by which the scripts of a page look for elements."""
    return frozenset(m[1] for m in _SCRIPTED.finditer(source))


def opens(attrs: str, ids: frozenset[str]) -> bool:
    """Whether a hidden element is an answer or a panel that a click shows: an accordion's, a tab's."""
    if (value(attrs, "role") or "") == "tabpanel" or value(attrs, "id") in ids:
        return True
    return bool(_PANEL.search(f"{value(attrs, 'class') or ''} {value(attrs, 'id') or ''}"))


def superscript(text: str) -> str:
    """The text of a raised stretch: digits of a citation or a power as superscript digits, the rest as it is."""
    return text.translate(_SUPERSCRIPT) if _REFERENCE_MARK.fullmatch(text) else text
