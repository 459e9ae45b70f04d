"""What part of a page an element says it is, by its tag, its role, and the words of its classes and id.

Site builders name their parts alike, so a vocabulary of some sixty words tells a menu from a footer and a cookie notice
on pages of any of them. A name is only a hint: `mainpart` weighs it against what stands in the element.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from claimcheck.ingest import tags
from claimcheck.programs import expression

ZONED = frozenset(
    "list li dl table aside header footer div section article main form figure details dialog center select "
    "blockquote".split()
)
"""Categories of elements that are parts of a page."""

_BY_TAG = {"nav": "navigation", "aside": "aside", "header": "header", "footer": "footer", "select": "form"}
_BY_TAG |= {"main": "main", "article": "article", "blockquote": "quote", "figure": "quote"}
_BY_ROLE = {
    **dict.fromkeys("navigation menu menubar search toolbar tablist".split(), "navigation"),
    **{"contentinfo": "footer", "complementary": "aside", "banner": "header", "main": "main", "article": "article"},
}
_WORD = expression(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])")
# A class that only says that something is or is not there: "has-sidebar", "content-with-menu", "comments-open".
_ABOUT = frozenset("has no not with without is hide hides hidden show open opened active page template body".split())
_INNER = frozenset(
    "card entry post modal article blockquote quote panel table item testimonial review price pricing product feature "
    "hero widget message faq accordion".split()
)
_MENU = frozenset(
    "nav navbar navigation navlinks subnav menu menus submenu megamenu breadcrumb breadcrumbs pagination pager topbar "
    "offcanvas drawer minicart skip language languages social share sharing addtoany sharedaddy follow".split()
)
_COOKIES = frozenset("cookie cookies cookiebot cookieyes gdpr ccpa onetrust iubenda cmplz".split())
_CONSENT = expression(r"\bconsent (?:banner|bar|notice|popup|modal|manager|overlay|dialog|layer|root|box)\b")
_COMMENTS = frozenset("comment comments commentlist commentform respond disqus".split())
_VOICES = frozenset("patient patients client clients customer customers testimonial testimonials".split())
_RELATED = expression(
    r"\b(?:related|relatedposts|upsells?|cross ?sells?|yarpp|outbrain|taboola|also like"
    r"|recommended (?:for you|post|article|product|read|item|content)\w*|recommendations"
    r"|(?:recent|latest|popular|more|other|similar) (?:post|article|entr|news|stor|product|read|comment)\w*)\b"
)
_LISTING = expression(r"\b(?:tagcloud|tag cloud|post (?:tags?|categor\w+|navigation)|archives?|categories)\b")
_SIGN_UP = expression(r"\b(?:newsletter|mailchimp|klaviyo|optin|opt in|subscribe|subscription|sign ?up)\b")
_SIDE = expression(r"\bsidebar\b|\bwidget area\b|^secondary$")


class Zone(Struct, frozen=True):
    """A part of the page: the zone it stands in, and what it is called.

    `named` is "navigation", "footer", "header", "aside", "cookie notice", "comments", "related", "sign-up", "form",
    "main", "article", "quote" or nothing; `sure` says that its tag or role does so, not a class.
    """

    parent: int = 0
    named: str = ""
    sure: bool = False


def zone_of(tag: str, attrs: str, parent: int) -> Zone:
    """The zone that a start tag opens."""
    if "role" in attrs and (named := _BY_ROLE.get((tags.value(attrs, "role") or "").lower(), "")):
        return Zone(parent, named, True)
    known = _BY_TAG.get(tag, "")
    called = _called(attrs[:4000]) if "class" in attrs or "id=" in attrs or "ID=" in attrs else ""
    if called in ("comments", "related", "cookie notice") and known not in ("main",):
        return Zone(parent, called)  # <article class=comment>, <aside class=related>
    return Zone(parent, known, True) if known else Zone(parent, called)


@lru_cache(maxsize=4096)
def _called(attrs: str) -> str:
    """What the classes and the id of a start tag call it."""
    found = set()
    for attribute in ("id", "class"):
        for name in (tags.value(attrs, attribute) or "").split()[:12]:
            words = [w.lower() for w in _WORD.findall(name[:80])]
            if words and not _ABOUT.intersection(words):
                found.add(_name(words))
    return next((n for n in _ORDER if n in found), "")


_ORDER = ("cookie notice", "comments", "related", "sign-up", "footer", "navigation", "aside", "header")


def _name(words: list[str]) -> str:
    said, all_words = " ".join(words), set(words)
    if all_words & _COOKIES or _CONSENT.search(said):
        return "cookie notice"
    if all_words & _COMMENTS and not all_words & _VOICES:
        return "comments"
    if _RELATED.search(said):
        return "related"
    if _SIGN_UP.search(said):
        return "sign-up"
    if ("footer" in all_words or "colophon" in all_words) and not all_words & _INNER:
        return "footer"
    if _LISTING.search(said) or (all_words & _MENU and not all_words & {"item", "items", "body", "wrapper"}):
        return "navigation"
    if _SIDE.search(said):
        return "aside"
    if "header" in all_words and not all_words & _INNER:
        return "header"
    return ""
