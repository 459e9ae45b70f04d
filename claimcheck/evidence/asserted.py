"""Whether a page says that a study was done, or that it is missing, planned, wished for or only talked about."""

from __future__ import annotations

from claimcheck.context.contexts import Scope
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence.cues import Cues
from claimcheck.evidence.designs import Cluster
from claimcheck.programs import expression

_ABSENT = frozenset({"negated", "missing"})
_HYPOTHETICAL = frozenset({"warned", "questioned", "conditional", "definition", "legal"})
_FUTURE = frozenset({"aim", "planned"})
_HANDED_DOWN = frozenset({"warned", "questioned", "missing"})

_NEAR = 60  # characters on either side of a study in which it is wished for
_FAR = 14  # words after which a negation no longer denies a study that follows
_PLACE = expression(r"\b(?:in|from|during|across|by|at|over|versus) (?:[\w\-]{1,20},? ?){0,3}\Z")
_BREAK = expression(r"[,;]| (?:and|but|though|although|while) ")


def asserted(
    surroundings: Surroundings, sentence: int, cluster: Cluster, span: tuple[int, int], following: str, cues: Cues
) -> bool:
    """Whether the study a cluster of design words names is told of as done.

    `span` is the stretch of the folded sentence about it, `following` the folded sentence after it. A study that
    is denied, said to be missing, asked for or warned about is no evidence; one that is planned or has only an aim
    counts where a result is told of it. "No benefit in a randomised trial" denies the benefit, not the trial.
    """
    text = surroundings.scan.words[sentence].folded
    segment = text[span[0] : span[1]]
    if cues.ends("supposed", text[span[0] : cluster.start]) or cues.find("first_person", text):
        return False
    done = bool(cues.find("done", segment))
    own = surroundings.own(sentence)
    for scope in own:
        if not _reaches(scope, cluster, text):
            continue
        if scope.context in _ABSENT and _denies(scope, cluster, text, cues):
            return False
        if scope.context in _HYPOTHETICAL and not cluster.start <= scope.start < cluster.end:
            return False
        if scope.context in _FUTURE and not done and not cues.find("done", following):
            return False
    seen = {s.context for s in own}
    if (surroundings.contexts(sentence, cluster.start, cluster.end) - seen) & _HANDED_DOWN:
        return False
    before = text[max(0, cluster.start - _FAR * 8) : cluster.start]
    if cues.find("general", before + segment[max(0, cluster.start - span[0]) :]) and not cues.find("reported", segment):
        return False
    around = text[max(span[0], cluster.start - _NEAR) : cluster.end + _NEAR]
    return done or not cues.find("wanted", around)


def _reaches(scope: Scope, cluster: Cluster, text: str) -> bool:
    high = scope.high
    if scope.context == "missing" and text[high : high + 1] == ":":  # "what is missing: large randomised trials"
        high = len(text)
    return scope.low < cluster.end and cluster.start < high


def _denies(scope: Scope, cluster: Cluster, text: str, cues: Cues) -> bool:
    """Whether a negation or a "missing" denies the study itself, not what it found."""
    if cluster.start <= scope.start and scope.end <= cluster.end:
        return False  # the negation is the design: "no control group"
    if scope.start >= cluster.end:
        if scope.context == "negated":
            return bool(cues.find("not_done", text[cluster.end : scope.end + 12]))
        return not _BREAK.search(text[cluster.end : scope.start])
    if scope.end > cluster.start:  # the cue holds design words: "no randomised trial"
        return True
    between = text[scope.end : cluster.start]
    if len(between.split()) > _FAR and scope.context == "negated":
        return False
    around = text[max(0, scope.start - 8) : cluster.start]
    denies_result = _PLACE.search(between) and cues.find("denied_result", around)
    return not (denies_result and not cues.find("not_done", text[max(0, scope.start - 8) :]))
