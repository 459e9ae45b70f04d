"""The studies a page says were done: found by their design words, followed over the sentences that speak of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from claimcheck.context.again import again, alone
from claimcheck.context.scan import Scan
from claimcheck.context.surroundings import Surroundings
from claimcheck.evidence.asserted import asserted
from claimcheck.evidence.cues import cues_of
from claimcheck.evidence.designs import Cluster, clusters, designs_of
from claimcheck.evidence.details import participants
from claimcheck.evidence.references import Entry

_CONTINUES = 3  # sentences after a study's own that may still speak of it
_TITLE = 5  # words: a shorter heading ("Early-phase data") names no study
_KINDS = frozenset({"animals", "animal-study", "laboratory-study", "systematic-review", "case-report"})


class Study(Struct):
    """A study as read: its design words, its sentences and the folded text about it.

    `start`/`end` are the design words in the first sentence; `text` is that sentence's part about the study, `rest`
    the sentences that go on about it. `entry` is the block of the reference-list entry whose title this is.
    """

    sentences: list[int]
    names: set[str]
    start: int
    end: int
    text: str
    rest: list[str] = field(default_factory=list)
    entry: int | None = None

    @property
    def whole(self) -> str:
        """All the text about the study."""
        return " ".join((self.text, *self.rest))


def _stretch(found: Sequence[Cluster], k: int, folded: str) -> tuple[int, int]:
    """The part of a folded sentence that is about its k-th study."""
    return found[k].start if k else 0, found[k + 1].start if k + 1 < len(found) else len(folded)


class StudyReader:
    """Reads a page's sentences in order, with one study at a time open for the sentences that continue it."""

    def __init__(self, scan: Scan, surroundings: Surroundings, listed: Mapping[int, Entry]) -> None:
        self.scan = scan
        self.surroundings = surroundings
        self.listed = listed
        self.cues = cues_of(scan.rules)
        self.designs = designs_of(scan.rules)

    def read(self) -> list[Study]:
        """Every study the page says was done, in reading order; those of reference-list entries carry the block."""
        out: list[Study] = []
        current: Study | None = None
        for number, sentence in enumerate(self.scan.document.sentences):
            found = clusters(self.scan, number)
            if not (found or current):
                continue
            block = self.scan.document.blocks[sentence.block]
            if block.hidden or block.kind == "footer":
                continue
            if current and not self._follows(current, number):
                current = None
            new, merged = self._begins(number, found, current)
            out += new
            if new:
                current = new[-1]
            elif current and not merged:
                current = self._continued(current, number)
        return out

    def _follows(self, current: Study, number: int) -> bool:
        """Whether a sentence comes right after the study's last one, in the same block."""
        sentences = self.scan.document.sentences
        same = sentences[current.sentences[-1]].block == sentences[number].block
        return same and number - current.sentences[-1] == 1

    def _continued(self, current: Study, number: int) -> Study | None:
        folded = self.scan.words[number].folded
        tells = self.cues.find("narrates", folded) and not self.cues.find("speaks", folded)
        if len(current.sentences) > _CONTINUES or not (tells or self.cues.opens("continues", folded)):
            return None
        current.sentences.append(number)
        current.rest.append(folded)
        return current

    def _begins(self, number: int, found: Sequence[Cluster], current: Study | None) -> tuple[list[Study], bool]:
        """The studies that begin in a sentence, and whether it told more of the one before instead; `found` are the
        design words in it."""
        folded, following = self.scan.words[number].folded, self._next(number)
        block = self.scan.document.sentences[number].block
        listed, heading = block in self.listed, self.scan.document.blocks[block].kind == "heading"
        place = alone(self.scan, self.surroundings, number)
        told = again(
            __name__,
            self.scan,
            number,
            place and (place, listed, following),
            lambda: [self._is_told(number, k, found, following, listed, heading) for k in range(len(found))],
            lambda before, by: before,
        )
        new: list[Study] = []
        merged = False
        for k, cluster in enumerate(found):
            if current and k == 0 and self._more_of(current, cluster, folded):
                current.names |= cluster.names
                current.sentences.append(number)
                current.rest.append(folded)
                merged = True
                continue
            if told[k]:
                segment, entry = folded[slice(*_stretch(found, k, folded))], block if listed else None
                new.append(Study([number], set(cluster.names), cluster.start, cluster.end, segment, entry=entry))
        return new, merged

    def _is_told(
        self, number: int, k: int, found: Sequence[Cluster], following: str, listed: bool, heading: bool
    ) -> bool:
        """Whether the sentence tells of a study with its k-th design words, and says that it was done."""
        cluster, folded = found[k], self.scan.words[number].folded
        low, high = _stretch(found, k, folded)
        if not listed and not asserted(self.surroundings, number, cluster, (low, high), following, self.cues):
            return False
        if heading and len(folded.split()) < _TITLE:
            return False
        if not all(self.designs[n].vague for n in cluster.names):
            return True
        return not heading and self._told(number, cluster.names, folded[low:high], following)

    def _next(self, number: int) -> str:
        """The sentence after, folded, where it stands in the same block."""
        sentences = self.scan.document.sentences
        if number + 1 < len(sentences) and sentences[number + 1].block == sentences[number].block:
            return self.scan.words[number + 1].folded
        return ""

    def _told(self, number: int, names: frozenset[str], segment: str, following: str) -> bool:
        """Whether something is told of a study whose words alone describe none; of animals, what they were given."""
        if names == {"animals"} and not self.scan.has(number, "treatment", "drug"):
            return False
        if participants(segment, self.cues) is not None or self.cues.find("told", segment):
            return True
        return self.cues.opens("continues", following) and participants(following, self.cues) is not None

    def _more_of(self, current: Study, cluster: Cluster, folded: str) -> bool:
        """Whether design words speak of the study of the sentence before: "The trial was open-label"."""
        if bool(cluster.names & _KINDS) != bool(current.names & _KINDS) or cluster.start > 60:
            return False
        before = folded[: cluster.start]
        points_back = self.cues.ends("same", before) or (not before.strip() and self.cues.opens("same", folded))
        return points_back and (self.cues.opens("continues", folded) or cluster.names <= current.names)
