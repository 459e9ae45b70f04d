"""What predicates ask beyond a match's own sentence: of its neighbours, or of the whole page (then only once)."""

from __future__ import annotations

from claimcheck.context.mentions import mentions
from claimcheck.context.once import once, once_each
from claimcheck.context.scan import Scan
from claimcheck.context.subjects import subjects_of
from claimcheck.context.surroundings import surroundings_of
from claimcheck.programs import expression

_STUDY_NUMBER = expression(
    r"\b(?:nct ?\d{8}|isrctn ?\d{8}|actrn ?\d{14}|drks ?\d{8}|jrcts?\d{9,10}|umin\d{9}|chictr-?\w{7,14}|irct\w{10,16}"
    r"|\d{4}-\d{6}-\d{2})\b"
)
_CHARGE = expression(
    r"\b(?:self|patient|participant|client|crowd)[ -]?(?:funded|paid|financed|sponsored|pay|fund\w*)\b"
    r"|\b(?:fees?|deposit|financing|payment plans?|discount\w*|invoice|upfront|self-pay|price[ds]?|packages?)\b"
    r"|\b(?:costs?|pay|paying|save|only|just|from|for|charged?) (?:only |just |from )?"
    r"(?:[$£€] ?\d|\d[\d,]{2,} (?:dollars|euros|pounds|usd|eur|gbp))"
    r"|[$£€] ?\d[\d,.]{2,9}(?! ?(?:million|billion|m\b|bn\b))"
)
_NO_CHARGE = expression(
    r"\b(?:no|not|never|without|free|nothing|reimburse\w*|refund\w*|compensat\w*|stipend|gift card"
    r"|you (?:will )?receive|(?:are|is|be) paid|sponsor (?:pays|covers)|grants?|million|billion"
    r"|cost-effective\w*|insur\w+ covers)\b"
)
_REACH = 2
"""Sentences before and after in which a bill belongs to an invitation."""


@once_each
def status_stated(scan: Scan) -> bool:
    """The page says outright how far its treatment is (experimental, unapproved ...), in the words whose absence
    the rule status-not-stated looks for; a question, a denial or talk of other treatments does not count."""
    found = mentions(scan, surroundings_of(scan), subjects_of(scan), "absent:status-not-stated", of_treatment=True)
    return next(found, None) is not None


@once_each
def registered_study(scan: Scan) -> bool:
    """A trial registration number stands somewhere on the page."""
    return any(_numbered(scan, sentence) for sentence in range(len(scan.words)))


@once
def _numbered(scan: Scan, sentence: int) -> bool:
    return bool(_STUDY_NUMBER.search(scan.words[sentence].folded))


def fee_near(scan: Scan, sentence: int) -> bool:
    """A charge to the reader is stated within two sentences, and not to say that there is none."""
    near = range(max(sentence - _REACH, 0), min(sentence + _REACH + 1, len(scan.words)))
    return any(_charges(scan, n) for n in near)


@once
def _charges(scan: Scan, sentence: int) -> bool:
    text = scan.words[sentence].folded
    return bool(_CHARGE.search(text)) and not _NO_CHARGE.search(text)
