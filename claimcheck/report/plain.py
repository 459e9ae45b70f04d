"""Words from a page made safe to print, and cut to size."""

from __future__ import annotations

from claimcheck.programs import expression

# C0 and C1 controls carry terminal commands, direction overrides make text read in another order than it is
# stored, tag characters hide text, noncharacters are ours to use, and lone surrogates cannot be encoded at all.
_UNSAFE = expression(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACES = expression("[\t\n\v\f\r\x85\u2028\u2029]+")

# letters of scripts that run from right to left: Hebrew, Arabic, Syriac, Thaana, NKo and their presentation forms
_RIGHT_TO_LEFT = expression(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

ELLIPSIS = "..."


def clean(text: str) -> str:
    """`text` on one line, with everything that could steer a terminal or hide in it written as an escape."""
    return _UNSAFE.sub(lambda m: m.group().encode("unicode_escape").decode("ascii"), _SPACES.sub(" ", text))


def right_to_left(text: str) -> bool:
    """Whether a letter of `text` runs from right to left, so that a terminal may show it in another order."""
    return bool(_RIGHT_TO_LEFT.search(text))


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut at a word where there is one near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - len(ELLIPSIS)]
    return (cut[: cut.rfind(" ")] if cut.rfind(" ") > limit // 2 else cut).rstrip() + ELLIPSIS


def around(context: str, quote: str, room: int = 240) -> tuple[str, str, str]:
    """A sentence as what stands before, in and after the quoted words.

    Beyond `room` characters of surroundings (and as many of the quote) it is cut, so that a sentence of any length
    prints in bounded space. Without the quote in the sentence, the quote stands alone.
    """
    at = context.find(quote)
    before, after = (context[:at], context[at + len(quote) :]) if at >= 0 else ("", "")
    if len(before) + len(after) > room:
        after = shorten(after, max(room // 2, room - len(before)))
        before = _last(before, max(room // 2, room - len(after)))
    if len(quote) > room:
        quote = f"{shorten(quote, room // 2)} {_last(quote, room // 2)}"
    return before, quote, after


def _last(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[-(limit - len(ELLIPSIS)) :]
    return ELLIPSIS + (cut[cut.find(" ") + 1 :] if 0 <= cut.find(" ") < limit // 2 else cut)
