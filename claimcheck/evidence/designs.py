"""Which study design a stretch of text describes, where several design words stand together.

Words mislead: "phase 1/2a" with "single-arm" is no controlled trial, "double-blind" alone does not say who was
randomised, an extension of a randomised trial is not one, a review of case series is worth no more than they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from claimcheck.evidence.spans import Spans
from claimcheck.scan import Scan

OWNER = "designs:designs:"

_HEAD = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|reports?|series|reviews?|cohorts?|meta-?anal[a-z]{3,5}|analys[ei]s|experiments?|research|data|work"
    r"|models?|mice|rats|evidence|surveys?|rcts?|guidelines?)\b"
)
_NEXT_STUDY = re.compile(
    r"(?:[,;:]|—|\b(?:and|or|while|but|then|whereas|followed by|as well as|plus|rather than|not|than|to|before|after)\b)"
    r"[^.]{0,12}?\b(?:an?|one|two|three|four|another|other|the|several|some|many|few|most|first|second|third|later|larger"
    r"|small|in|large|recent|subsequent|and|or|but|not)\b"
)
_DIFFERENT_KINDS = frozenset({"animal-study", "laboratory-study", "narrative-review", "guideline", "approval"})
_PEOPLE = re.compile(r"\b(?:in|with|of|on|to) (?:humans?|people|patients|adults|children|volunteers|men|women)\b")


@dataclass(frozen=True, slots=True)
class Design:
    """One entry of the ladder as the rule file gives it."""

    name: str
    level: int
    title: str
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Design words of one study in one sentence: their span there and the names of the entries that matched."""

    start: int
    end: int
    names: frozenset[str]


def designs_of(table: Mapping[str, Any]) -> dict[str, Design]:
    """The ladder by entry name, from the rule table "designs"."""
    return {
        e["name"]: Design(e["name"], int(e["level"]), e["title"], bool(e.get("vague")))
        for e in table.get("entry", ())
        if not e.get("trap")
    }


def clusters(scan: Scan, sentence: int, designs: Mapping[str, Design]) -> list[Cluster]:
    """The studies a sentence describes, each with its design words, in order."""
    owners = scan.by_sentence.get(sentence, {})
    hits = [(h.start, h.end, name) for name in designs for h in owners.get(OWNER + name, ())]
    if not hits:
        return []
    traps = Spans((h.start, h.end) for h in owners.get(OWNER + "trap", ()))
    hits = sorted((h for h in hits if not traps.over(h[0], h[1])), key=lambda h: (h[0], -h[1]))
    text = scan.marked[sentence].folded
    out: list[list[tuple[int, int, str]]] = []
    for hit in _outermost(hits, designs):
        if out and not _another(text, out[-1], hit):
            out[-1].append(hit)
        else:
            out.append([hit])
    return [Cluster(c[0][0], max(h[1] for h in c), frozenset(h[2] for h in c)) for c in out]


def _outermost(hits: list[tuple[int, int, str]], designs: Mapping[str, Design]) -> list[tuple[int, int, str]]:
    """Without hits that lie inside a longer one ("randomised" in "non-randomised"), vague ones inside any."""
    kept: list[tuple[int, int, str]] = []
    for hit in hits:  # by start, the longer first
        inside = [k for k in kept[-3:] if k[0] <= hit[0] and hit[1] <= k[1]]
        if any((k[0], k[1]) != (hit[0], hit[1]) or designs[hit[2]].vague for k in inside):
            continue
        kept.append(hit)
    return kept


def _another(text: str, cluster: list[tuple[int, int, str]], hit: tuple[int, int, str]) -> bool:
    """Whether a hit belongs to another study than the words before it."""
    before = cluster[-1]
    between = text[before[1] : hit[0]]
    kinds = {c[2] for c in cluster}
    if len(between) > 160:
        return True
    nearby = text[before[0] : before[1]] + between
    separated = _NEXT_STUDY.search(between + " " + text[hit[0] : hit[0] + 12])
    headed = bool(_HEAD.search(nearby))
    if (hit[2] in _DIFFERENT_KINDS) != bool(kinds & _DIFFERENT_KINDS):
        return bool(separated) or (
            bool(kinds & _DIFFERENT_KINDS) and bool(_PEOPLE.search(text[before[1] : hit[1] + 30]))
        )
    return bool(headed and separated)


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
    for name in ("animal-study", "laboratory-study"):
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
    if "animal-study" in have:
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
