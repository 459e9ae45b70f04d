"""How a study was run, as far as a text says it: allocation, blinding, comparator, follow-up, dose, route, sponsor.

Everything is read from folded text (lower case, plain quotes). What is not said stays empty: a reader is owed the
difference between "not blinded" and "blinding not told".
"""

from __future__ import annotations

import re

from claimcheck.model import Particulars

_COUNT = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?:days?|weeks?|months?|years?)"

_ALLOCATION = (
    ("not randomised", re.compile(r"\bnon-?randomi[sz]ed\b|\bnot randomi[sz]ed\b|\bwithout randomi[sz]\w+")),
    ("cluster randomised", re.compile(r"\bcluster[ \-]randomi[sz]ed\b")),
    ("randomised crossover", re.compile(r"\bcross-?over\b")),
    ("randomised", re.compile(r"\brandomi[sz](?:ed|ation|ing)\b|\brandomly (?:assigned|allocated|given)\b|\brcts?\b")),
)
_BLINDING = (
    ("open label", re.compile(r"\bopen[ \-]label\b|\bunblinded\b|\bnot blinded\b")),
    ("triple blind", re.compile(r"\btriple[ \-](?:blind|mask)")),
    ("double blind", re.compile(r"\bdouble[ \-](?:blind|mask)")),
    ("assessor blind", re.compile(r"\b(?:assessor|observer|evaluator|rater)s?(?:[ \-]| were )blind")),
    ("single blind", re.compile(r"\bsingle[ \-](?:blind|mask)")),
)
_COMPARATOR = (
    ("none", re.compile(
        r"\bsingle[ \-]arm\b|\buncontrolled\b|\bno (?:control|comparison) group\b|\bwithout a (?:control|comparison)"
    )),
    ("sham", re.compile(r"\bsham\b")),
    ("placebo", re.compile(r"\bplacebo\b|\bdummy (?:pills?|tablets?)\b|\bsaline injections?\b")),
    ("usual care", re.compile(r"\b(?:usual|standard|routine|conventional) (?:care|treatment|therapy|management)\b")),
    ("waiting list", re.compile(r"\bwait(?:ing)?[ \-]list\b")),
    ("no treatment", re.compile(r"\b(?:no treatment|untreated)\b")),
    ("historical controls", re.compile(r"\bhistorical (?:controls?|comparison|cohort)\b")),
    ("matched controls", re.compile(r"\bmatched (?:controls?|pairs|patients|cohort)\b|\bpropensity\b")),
    ("control group", re.compile(r"\bcontrol (?:group|arm)\b|\bcontrolled (?:trial|study)\b")),
)  # fmt: skip
_ARMS = re.compile(rf"\b(single|one|{_COUNT})[ \-](?:arm(?:s|ed)?|(?:parallel |treatment |study )?groups)\b")
_TIME = rf"(?P<t>{_COUNT}[ \-]{_UNIT})"
_FOLLOW_UP = (
    re.compile(
        r"\bfollow(?:ed|ing)?[ \-]?(?:up)?(?: up)?(?: \w+){0,3}? (?:for|of|over|at|to|after) "
        rf"(?:up to |about |a median of |at least )?{_TIME}\b"
    ),
    re.compile(rf"\b{_TIME}(?: of)?[ \-]follow[ \-]?up\b"),
    re.compile(
        rf"\b(?:after|at|by|over|for|within|during) (?:about |up to )?{_TIME}\b(?! (?:ago|old|later than|of age))"
    ),
    re.compile(rf"\b{_TIME}[ \-](?:\w+ )?(?:trial|study)\b"),
)
_PER = r"(?:/(?:kg|day|d|week|m2)| per (?:kg|day|week|dose)| (?:a|once a|twice a) (?:day|week)| daily| twice daily)?"
_DOSE = re.compile(
    rf"(?<![\w.,$€£])(?:\d{{1,4}}(?:[.,]\d{{1,3}})? ?(?:mg|g|mcg|µg|μg|ug|ml|iu|units?){_PER}(?![\w/])"
    r"|\d{1,4}(?:\.\d)? ?(?:million|billion)(?: [a-z\-]{2,14}){0,2} cells(?:/kg| per (?:kg|kilo|dose|infusion))?)"
)
_ROUTE = (
    ("intravenous", re.compile(r"\bintravenous(?:ly)?\b|\biv (?:infus|inject|drip)|\binto (?:a|the) veins?\b")),
    ("intra-articular", re.compile(r"\bintra-?articular(?:ly)?\b|\binto the (?:knee|hip|joint|shoulder)s?\b")),
    ("intrathecal", re.compile(r"\bintrathecal(?:ly)?\b|\binto the spin(?:e|al)\b")),
    ("subcutaneous", re.compile(r"\bsubcutaneous(?:ly)?\b|\bunder the skin\b")),
    ("intramuscular", re.compile(r"\bintramuscular(?:ly)?\b")),
    ("inhaled", re.compile(r"\binhaled?\b|\binhalation\b|\bnebuli[sz]ed\b")),
    ("topical", re.compile(r"\btopical(?:ly)?\b|\b(?:cream|ointment|gel)\b")),
    ("oral", re.compile(r"\boral(?:ly)?\b|\bby mouth\b|\b(?:capsules?|tablets?|pills?)\b")),
)  # fmt: skip
_SPONSOR = re.compile(
    r"\b(?:(?:funded|sponsored|paid for|financed|supported) by|sponsor(?:ed)?:|funding (?:from|by)) "
    r"(?:the |a |an |its )?(?P<who>[\w&'\-]+(?: [\w&'\-]+){0,4}?)(?=[.,;)]| and | which | who |\Z)"
)


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
