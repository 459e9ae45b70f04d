"""Which study design a stretch of text describes, where several design words stand together.

Words mislead: "phase 1/2a" with "single-arm" is no controlled trial, "double-blind" alone does not say who was
randomised, an extension of a randomised trial is not one, a review of case series is worth no more than they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from claimcheck.context.once import once, once_each
from claimcheck.context.scan import Scan
from claimcheck.evidence.spans import Spans
from claimcheck.programs import expression
from claimcheck.rules.ruleset import RuleSet

OWNER = "designs:designs:"
_MANY = 12  # studies in one sentence; beyond that it is no prose
_GAP = 160  # characters between design words of one study, at most

_HEAD = expression(
    r"\b(?:trials?|stud(?:y|ies)|reports?|series|reviews?|cohorts?|meta-?anal[a-z]{3,5}|analys[ei]s|experiments?|research|data"
    r"|work|models?|mice|rats|evidence|surveys?|rcts?"
    r"|guidelines?)\b"
)
_NEXT_STUDY = expression(
    r"(?:[,;:]|—|\b(?:and|or|while|but|then|whereas|followed by|as well as|plus|rather than|not|than|to|before"
    r"|after)\b)[^.]{0,12}?\b(?:an?|one|two|three|four|another|other|the|several|some|many|few|most|first|second|third|later"
    r"|larger|small|in|large|recent|subsequent|and|or|but|not)\b"
)
_DIFFERENT_KINDS = frozenset(
    {"animals", "animal-study", "laboratory-study", "narrative-review", "guideline", "approval"}
)
_PEOPLE = expression(r"\b(?:in|with|of|on|to) (?:humans?|people|patients|adults|children|volunteers|men|women)\b")


class Design(Struct, frozen=True):
    """One entry of the ladder as the rule file gives it."""

    name: str
    level: int
    title: str
    vague: bool = False


class Cluster(Struct, frozen=True):
    """Design words of one study in one sentence: their span there and the names of the entries that matched.

    `last` is the span of the last of those words.
    """

    start: int
    end: int
    names: frozenset[str]
    last: tuple[int, int]


@once_each
def designs_of(rules: RuleSet) -> Mapping[str, Design]:
    """The ladder by entry name, from the rule table "designs"."""
    return {
        e["name"]: Design(e["name"], int(e["level"]), e["title"], bool(e.get("vague")))
        for e in rules.tables["designs"].get("entry", ())
        if not e.get("trap")
    }


@once
def clusters(scan: Scan, sentence: int) -> Sequence[Cluster]:
    """The studies a sentence describes, each with its design words, in order."""
    owners, designs = scan.words[sentence].found, designs_of(scan.rules)
    names = [o.removeprefix(OWNER) for o in owners if o.startswith(OWNER)]
    hits = [(start, end, name) for name in names if name in designs for start, end in owners[OWNER + name]]
    if not hits:
        return ()
    traps = Spans(owners.get(OWNER + "trap", ()))
    hits = sorted((h for h in hits if not traps.over(h[0], h[1])), key=lambda h: (h[0], -h[1]))
    text = scan.words[sentence].folded
    out: list[Cluster] = []
    for start, end, name in _outermost(hits, designs):
        if out and not _another(text, out[-1], (start, end, name)):
            out[-1] = Cluster(out[-1].start, max(out[-1].end, end), out[-1].names | {name}, (start, end))
        elif len(out) == _MANY:
            break
        else:
            out.append(Cluster(start, end, frozenset({name}), (start, end)))
    return out


def _outermost(hits: list[tuple[int, int, str]], designs: Mapping[str, Design]) -> list[tuple[int, int, str]]:
    """Without hits that lie inside a longer one ("randomised" in "non-randomised"), vague ones inside any."""
    kept: list[tuple[int, int, str]] = []
    for hit in hits:  # by start, the longer first
        inside = [k for k in kept[-3:] if k[0] <= hit[0] and hit[1] <= k[1]]
        if any((not designs[k[2]].vague and k[:2] != hit[:2]) or designs[hit[2]].vague for k in inside):
            continue
        kept.append(hit)
    return kept


def _another(text: str, cluster: Cluster, hit: tuple[int, int, str]) -> bool:
    """Whether a hit belongs to another study than the words before it."""
    start, end = cluster.last
    if hit[0] - end > _GAP:
        return True
    separated = bool(_NEXT_STUDY.search(text[end : hit[0]] + " " + text[hit[0] : hit[0] + 12]))
    other_kind = bool(cluster.names & _DIFFERENT_KINDS)
    if (hit[2] in _DIFFERENT_KINDS) != other_kind:
        return separated or (other_kind and bool(_PEOPLE.search(text[end : hit[1] + 30])))
    return separated and bool(_HEAD.search(text[start : hit[0]]))


_COMPARING = frozenset({"controlled-study", "cohort-study", "blind", "randomised-trial"})
_RECORDS = frozenset({"observational-study", "retrospective", "case-series", "case-report", "cohort-study"})


def grade(names: Collection[str], text: str, designs: Mapping[str, Design]) -> tuple[int, str]:
    """Ladder level and title for the design words of one study; `text` is its sentence, folded.

    The misreads are settled here; otherwise the highest level named wins.
    """
    have = set(names)
    if "systematic-review" in have:
        return _review(have, text, designs)
    if "approval" in have or "guideline" in have:
        return 9, designs["approval" if "approval" in have else "guideline"].title
    for name in ("animal-study", "animals", "laboratory-study"):
        if name in have:
            return designs[name].level, designs[name].title
    if "reanalysis" in have:
        return designs["reanalysis"].level, designs["reanalysis"].title
    if "extension" in have:
        return designs["extension"].level, designs["extension"].title
    if "uncontrolled-trial" in have:
        lower = have & (_RECORDS - {"cohort-study"})
        pick = max(lower, key=lambda n: designs[n].level) if lower else "uncontrolled-trial"
        return min(5, designs[pick].level), designs[pick].title
    if "non-randomised" in have:
        if have & {"controlled-study", "cohort-study"}:
            return 6, designs["controlled-study"].title
        return 5, designs["non-randomised"].title
    if "randomised-trial" in have:
        return 7, designs["randomised-trial"].title
    if "retrospective" in have and not re.search(
        r"\bmatched|\bcase[ \-]control|\bpropensity|\bcontrol group|\bcompared", text
    ):
        return designs["retrospective"].level, designs["retrospective"].title
    if "open-label" in have and "late-phase" not in have:
        lower = {"open-label", *(have & {"early-phase"})}
        if not have & {"controlled-study"}:
            return 5, designs["early-phase" if "early-phase" in lower else "open-label"].title
    if have & {"case-series", "case-report"} and not have & (_COMPARING | {"late-phase", "early-phase", "open-label"}):
        pick = "case-series" if "case-series" in have else "case-report"
        return designs[pick].level, designs[pick].title
    best = max(sorted(have), key=lambda n: (designs[n].level, not designs[n].vague))
    return designs[best].level, designs[best].title


def _review(have: set[str], text: str, designs: Mapping[str, Design]) -> tuple[int, str]:
    """A review is worth what it reviews; trials unless said otherwise."""
    title = designs["systematic-review"].title
    if have & {"randomised-trial", "late-phase"}:
        return 8, f"{title} of randomised trials"
    if have & {"animal-study", "animals"}:
        return 2, f"{title} of animal studies"
    if "laboratory-study" in have:
        return 1, f"{title} of laboratory studies"
    if have & {"cohort-study", "controlled-study", "non-randomised"}:
        return 6, f"{title} of non-randomised studies"
    if have & _RECORDS or have & {"uncontrolled-trial", "open-label", "early-phase"}:
        return 4, f"{title} of uncontrolled studies"
    if re.search(
        r"\b(?:prevalence|incidence|risk factors?|impact of|experiences? of|associat(?:ion|ed)|risks? of|factors)\b",
        text,
    ):
        return 6, f"{title} of non-randomised studies"
    return 8, title
