"""What the style sheets inside a page hide, as far as one simple selector says so.

Only what is hidden for good counts: not what a condition hides (`@media print`), what another rule shows again
(`.open`), or what comes into view as the page is scrolled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimcheck.ingest.skip import Selectors
from claimcheck.programs import expression

_COMMENT = expression(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PIECE = expression(r"(?P<text>[^{}]*+)(?P<mark>[{}])")
_SIMPLE = expression(r"[.#][\w-]+|[a-z][a-z0-9]*(?:\.[\w-]+)?", re.IGNORECASE)
_NAME = expression(r"[.#][\w-]+")
_DISPLAY = expression(r"(?:^|[;\s])display\s*:\s*([\w-]+)", re.IGNORECASE)
_VISIBILITY = expression(r"(?:^|[;\s])visibility\s*:\s*(\w+)", re.IGNORECASE)
_ABSOLUTE = expression(r"(?:^|[;\s])position\s*:\s*absolute\b", re.IGNORECASE)
# Text for screen readers alone: cut to nothing, or set far off the page.
_OFF = expression(
    r"(?:^|[;\s])(?:clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%|left\s*:\s*-\d{4})",
    re.IGNORECASE,
)
_MOVES = expression(r"wow|anim|fade|slide|reveal|invisible|aos|lazy|load|scroll|appear", re.IGNORECASE)
"""Names of what is made visible when the page has loaded or is scrolled."""
_PAGE = frozenset(["html", "body", "main", "article"])


def hiding(css: str) -> tuple[Selectors, Selectors]:
    """The simple selectors of what a style sheet hides, and the names of what some rule of it shows."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, rule, within in _rules(_COMMENT.sub(" ", css)):
        display = (_DISPLAY.findall(rule) or [""])[-1].lower()
        visible = (_VISIBILITY.findall(rule) or [""])[-1].lower()
        faint = visible in ("hidden", "collapse")
        if display == "none" or faint or (_ABSOLUTE.search(rule) and _OFF.search(rule)):
            if not within:
                names = (name.strip() for name in selectors.split(","))
                hidden.update(n for n in names if _SIMPLE.fullmatch(n) and not (faint and _MOVES.search(n)))
        elif display or visible:
            shown.update(_NAME.findall(selectors))
    return frozenset(hidden - _PAGE), frozenset(shown)


def _rules(css: str) -> Iterator[tuple[str, str, bool]]:
    """Each rule: its selectors, what it says, and whether it stands in another one or in an at-rule."""
    around: list[str] = []
    for m in _PIECE.finditer(css):
        if m["mark"] == "{":
            around.append(m["text"].rpartition(";")[2].strip())
        elif around:
            selectors = around.pop()
            if selectors[:1] != "@":
                yield selectors, m["text"], bool(around)
