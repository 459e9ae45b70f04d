"""What holds for every document, whatever was read."""

import re
import unicodedata
from html import unescape

KINDS = {
    "heading",
    "paragraph",
    "item",
    "cell",
    "quote",
    "caption",
    "footer",
    "code",
    "reference",
    "meta",
}


def shape(document):
    """The blocks as (kind, text) pairs, which tests compare."""
    return [(b.kind, b.text) for b in document.blocks]


def texts(document):
    """The text of every block."""
    return [b.text for b in document.blocks]


def assert_lawful(document):
    """Blocks are ordered, inside the source, normalised, and their maps and links are well formed."""
    source, starts = document.source, [b.start for b in document.blocks]
    assert starts == sorted(starts)
    for block in document.blocks:
        where, text = block.map, block.text
        assert text and text == " ".join(text.split())
        assert not re.search("[\u200b-\u200f\u2060\ufeff\xad\x00-\x1fﬀ-ﬆ]", text)
        assert block.kind in KINDS
        assert where.out[0] == 0 and where.out[-1] == len(text)
        assert len(where.out) == len(where.src) + 1 == len(where.end) + 1
        assert all(a < b for a, b in zip(where.out, where.out[1:], strict=False))
        assert all(a <= b for a, b in zip(where.src, where.end, strict=True))
        assert all(b <= a for b, a in zip(where.end, where.src[1:], strict=False))
        assert 0 <= block.start < block.end <= len(source)
        assert all(0 <= k.start < k.end <= len(text) for k in block.links)
        assert all(a.end <= b.start for a, b in zip(block.links, block.links[1:], strict=False))
        assert block.level in range(1, 7) if block.kind == "heading" else block.level >= 0


def assert_faithful(document):
    """Every character maps to the character of the source it was, after folding, or to the entity it was read from."""
    for block in document.blocks:
        for at, letter in enumerate(block.text):
            written = document.source[block.map.start_of(at) : block.map.end_of(at + 1)]
            if (written == "^[" and letter in "[]0123456789") or (written in ("^", "[") and block.kind == "reference"):
                continue  # the number of a note written into the text
            if letter == " ":
                assert written.isspace() or unescape(written).isspace() or written.lower().startswith("<br"), written
            else:
                assert (
                    letter in unicodedata.normalize("NFKC", unescape(written))
                    or letter in unescape(written)
                    or (unicodedata.normalize("NFKC", letter) in unescape(written))
                ), (letter, written)


def reading(markup):
    """What a stretch of HTML reads as: tags and comments gone, entities decoded, white space folded."""
    bare = re.sub(
        r"""<!--.*?-->|</?[a-zA-Z](?:'[^']*'|[^'>])*>""",
        lambda m: " " if m[0].lower().startswith("<br") else "",
        markup,
    )
    seen = unescape(bare)
    for unseen in "\u200b\xad\u2060\ufeff":
        seen = seen.replace(unseen, "")
    return " ".join(seen.split())
