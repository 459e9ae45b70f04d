"""How a study was run, as far as a text says it: allocation, blinding, comparator, follow-up, dose, route, sponsor.

Everything is read from folded text (lower case, plain quotes). What is not said stays empty: a reader is owed the
difference between "not blinded" and "blinding not told".
"""

from __future__ import annotations

import re
from functools import lru_cache

from claimcheck.model import Particulars
from claimcheck.programs import expression

_COUNT = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?:days?|weeks?|months?|years?)"

_ALLOCATION = (
    ("not randomised", expression(r"\bnon-?randomi[sz]ed\b|\bnot randomi[sz]ed\b|\bwithout randomi[sz]\w+")),
    ("cluster randomised", expression(r"\bcluster[ \-]randomi[sz]ed\b")),
    ("randomised crossover", expression(r"\bcross-?over\b")),
    ("randomised", expression(r"\brandomi[sz](?:ed|ation|ing)\b|\brandomly (?:assigned|allocated|given)\b|\brcts?\b")),
)
_BLINDING = (
    ("open label", expression(r"\bopen[ \-]label\b|\bunblinded\b|\bnot blinded\b")),
    ("triple blind", expression(r"\btriple[ \-](?:blind|mask)")),
    ("double blind", expression(r"\bdouble[ \-](?:blind|mask)")),
    ("assessor blind", expression(r"\b(?:assessor|observer|evaluator|rater)s?(?:[ \-]| were )blind")),
    ("single blind", expression(r"\bsingle[ \-](?:blind|mask)")),
)
_COMPARATOR = (
    ("none", expression(
        r"\bsingle[ \-]arm\b|\buncontrolled\b|\bno (?:control|comparison) group\b|\bwithout a (?:control|comparison)"
    )),
    ("sham", expression(r"\bsham\b")),
    ("placebo", expression(r"\bplacebo\b|\bdummy (?:pills?|tablets?)\b|\bsaline injections?\b")),
    ("usual care", expression(r"\b(?:usual|standard|routine|conventional) (?:care|treatment|therapy|management)\b")),
    ("waiting list", expression(r"\bwait(?:ing)?[ \-]list\b")),
    ("no treatment", expression(r"\b(?:no treatment|untreated)\b")),
    ("historical controls", expression(r"\bhistorical (?:controls?|comparison|cohort)\b")),
    ("matched controls", expression(r"\bmatched (?:controls?|pairs|patients|cohort)\b|\bpropensity\b")),
    ("control group", expression(r"\bcontrol (?:group|arm)\b|\bcontrolled (?:trial|study)\b")),
)  # fmt: skip
_ARMS = expression(rf"\b(single|one|{_COUNT})[ \-](?:arm(?:s|ed)?|(?:parallel |treatment |study )?groups)\b")
_TIME = rf"(?P<t>{_COUNT}[ \-]{_UNIT})"
_FOLLOW_UP = (
    expression(
        r"\bfollow(?:ed|ing)?[ \-]?(?:up)?(?: up)?(?: \w+){0,3}? (?:for|of|over|at|to|after) "
        rf"(?:up to |about |a median of |at least )?{_TIME}\b"
    ),
    expression(rf"\b{_TIME}(?: of)?[ \-]follow[ \-]?up\b"),
    expression(
        rf"\b(?:after|at|by|over|for|within|during) (?:about |up to )?{_TIME}\b(?! (?:ago|old|later than|of age))"
    ),
    expression(rf"\b{_TIME}[ \-](?:\w+ )?(?:trial|study)\b"),
)
_PER = r"(?:/(?:kg|day|d|week|m2)| per (?:kg|day|week|dose)| (?:a|once a|twice a) (?:day|week)| daily| twice daily)?"
_DOSE = expression(
    rf"(?<![\w.,$€£])(?:\d{{1,4}}(?:[.,]\d{{1,3}})? ?(?:mg|g|mcg|µg|μg|ug|ml|iu|units?){_PER}(?![\w/])"
    r"|\d{1,4}(?:\.\d)? ?(?:million|billion)(?: [a-z\-]{2,14}){0,2} cells(?:/kg| per (?:kg|kilo|dose|infusion))?)"
)
_ROUTE = (
    ("intravenous", expression(r"\bintravenous(?:ly)?\b|\biv (?:infus|inject|drip)|\binto (?:a|the) veins?\b")),
    ("intra-articular", expression(r"\bintra-?articular(?:ly)?\b|\binto the (?:knee|hip|joint|shoulder)s?\b")),
    ("intrathecal", expression(r"\bintrathecal(?:ly)?\b|\binto the spin(?:e|al)\b")),
    ("subcutaneous", expression(r"\bsubcutaneous(?:ly)?\b|\bunder the skin\b")),
    ("intramuscular", expression(r"\bintramuscular(?:ly)?\b")),
    ("inhaled", expression(r"\binhaled?\b|\binhalation\b|\bnebuli[sz]ed\b")),
    ("topical", expression(r"\btopical(?:ly)?\b|\b(?:cream|ointment|gel)\b")),
    ("oral", expression(r"\boral(?:ly)?\b|\bby mouth\b|\b(?:capsules?|tablets?|pills?)\b")),
)  # fmt: skip
_SPONSOR = expression(
    r"\b(?:(?:funded|sponsored|paid for|financed|supported) by|sponsor(?:ed)?:|funding (?:from|by)) "
    r"(?:the |a |an |its )?(?P<who>[\w&'\-]+(?: [\w&'\-]+){0,4}?)(?=[.,;)]| and | which | who |\Z)"
)


@lru_cache(maxsize=1_000)
def particulars(text: str, measures: tuple[str, ...] = (), markers: tuple[str, ...] = ()) -> Particulars:
    """How the study told of in a folded text was run.

    `measures` are the validated outcome measures it names, `markers` the laboratory values.
    """
    allocation, arms = _first(_ALLOCATION, text), _ARMS.search(text)
    size = _DOSE.search(text)
    sponsor = _SPONSOR.search(text)
    said = "; ".join((*measures, *(f"{m} (surrogate)" for m in markers)))
    count = arms[1] if arms else ""
    return Particulars(
        allocation=allocation,
        blinding=_first(_BLINDING, text),
        arms="one" if count in ("single", "1", "one") else count,
        comparator=_first(_COMPARATOR, text),
        follow_up=next((m["t"].replace("-", " ") for p in _FOLLOW_UP if (m := p.search(text))), ""),
        outcomes=said,
        dose=size[0].strip() if size else "",
        route=_first(_ROUTE, text),
        sponsor=sponsor["who"] if sponsor else "",
    )


def _first(table: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    return next((name for name, pattern in table if pattern.search(text)), "")
