"""What site generators put into Markdown that is not prose: shortcodes, template tags, MDX, attribute lists.

The marks are blanked at their length before the page is read, so that every place stays what it was.
"""

from __future__ import annotations

import re

from claimcheck.ingest import meta
from claimcheck.ingest.blocks import Builder, Draft
from claimcheck.programs import expression

_UNSEEN = "\u200b"
_HINTS = ("{", "[!", "TOC")
_MARKS = expression(
    r"""\{\{[<%][^{}]{0,2000}+(?<=[>%])\}\}                           # a Hugo shortcode
    |\{%[^{}]{0,2000}+(?<=%)\}|\{\{[^{}]{0,1000}+\}\}               # Liquid, Nunjucks, Jinja
    |\{\#[^\n{}]{0,200}+\}|\{:[^\n{}]{0,300}+\}|\{\.[^\n{}]{0,300}+\}  # attribute lists: kramdown, Pandoc, MkDocs
    |\{/\*[^{}]{0,5000}+(?<=\*/)\}                                 # a comment in MDX
    |\{[A-Za-z_$][\w$]{0,80}+(?:\.[\w$]{1,80}+|\([^(){}\n]{0,100}+\))++\}  # an expression in MDX
    |\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO|DANGER)\][+-]?   # an alert
    |\[\[?_?TOC_?\]\]?""",
    re.VERBOSE,
)
_PAIRED = expression(r"\{(?:%-?|\{<)\s*(?P<end>end|/\s*)?(?:comment|highlight)\b[^{}]{0,500}+\}\}?")
_MODULES = expression(
    r"^(?:import\s(?:[^\n;]{0,300}\sfrom\s)?[ \t]*[\"'][^\n\"']{1,300}[\"']"
    r"|import\s*\{[^{}]{0,1000}\}\s*from\s*[\"'][^\n\"']{1,300}[\"']"
    r"|export\s+(?:const|let|var|default|function|async)\b[^\n]{0,2000}"
    r"(?:\n(?![ \t]*\n)[^\n]{0,2000}){0,200});?[ \t]*$",
    re.MULTILINE,
)
# A tag over several lines: inside it a line end is white space. Components (<Card>) are as good as tags.
_TAG = expression(
    r"</?[a-zA-Z][\w.:-]{0,60}+(?:\s++[\w:@.-]{1,60}+"
    r"(?:\s*+=\s*+(?:\"[^\"<]{0,1000}+\"|'[^'<]{0,1000}+'|\{[^{}\n]{0,500}+\}|[^\s\"'<>]{1,300}+))?+)*+\s*+/?>"
)
_TARGET = expression(r"\]\([^()\s]{1,2000}+[ \t]*+\r?\n[ \t]*+(?:\"[^\"\n]{0,500}+\"|'[^'\n]{0,500}+')?[ \t]*+\)")
"""The target of a link over two lines."""
FRONT_TEXTS = frozenset(
    "title description summary subtitle excerpt tagline lead headline seo_title seo_description "
    "meta_description".split()
)
_ENTRY = expression(
    r"""^[ \t]{0,4}["']?(?P<key>[A-Za-z_-]{2,30})["']?[ \t]*[:=][ \t]*
    (?:"(?P<double>(?:[^"\\\n]|\\.){1,2000})"|'(?P<single>(?:[^'\n]|''){1,2000})'
    |[>|][+-]?[ \t]*\r?\n(?P<folded>(?:[ \t]{1,8}\S[^\n]{0,2000}\n?){1,40})
    |(?P<plain>[^\s"'>|\[{&*!#][^\n]{0,2000}))""",
    re.MULTILINE | re.VERBOSE,
)


def masked(source: str) -> str:
    """A Markdown page with a generator's marks blanked: to white space where they fill their lines, inside a line to
    characters that nobody sees. Of the same length, line ends in place."""
    if "](" in source:
        source = _TARGET.sub(lambda m: m.group().replace("\n", " "), source)
    if "import " in source or "export " in source:
        source = _MODULES.sub(_blank, source)
    if "<" in source:
        source = _TAG.sub(lambda m: m.group().replace("\n", " ") if "\n" in m.group() else m.group(), source)
    if "highlight" in source or "comment" in source:
        source = _without_pairs(source)
    return _MARKS.sub(_hidden, source) if any(hint in source for hint in _HINTS) else source


def _without_pairs(source: str) -> str:
    """The page without template comments and highlighted code, which a tag opens and another closes."""
    out, at, opened = [], 0, -1
    for m in _PAIRED.finditer(source):
        if not m["end"]:
            opened = m.start() if opened < 0 else opened
        elif opened >= 0:
            out += [source[at:opened], re.sub(r"[^\r\n]", " ", source[opened : m.end()])]
            at, opened = m.end(), -1
    return "".join((*out, source[at:]))


def _blank(m: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", " ", m.group())


def _hidden(m: re.Match[str]) -> str:
    source, start, end = m.string, m.start(), m.end()
    before = source[max(start - 200, 0) : start].rsplit("\n", 1)[-1]
    after = source[end : end + 200].split("\n", 1)[0]
    if not before.strip(" \t>") and not after.strip():
        return _blank(m)
    return re.sub(r"[^\r\n]", _UNSEEN, m.group())


def front_matter(source: str, end: int) -> list[Draft]:
    """The texts of the front matter that a page shows or tells search engines, from its beginning to `end`."""
    if source[:1] == "{":
        return list(meta.json_texts(source, 0, end, "front matter"))
    out = []
    for m in _ENTRY.finditer(source, 0, end):
        if m["key"].lower() in FRONT_TEXTS and m.lastgroup:
            builder = Builder(source)
            start, stop = m.span(m.lastgroup)
            builder.add(start, stop)
            if draft := builder.draft("meta", hidden="front matter"):
                out.append(draft)
    return out
