"""The contexts at work on each sentence of a page: its own, those of headings and lead-ins, its neighbours'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cached_property

from msgspec import Struct, field

from claimcheck.context.contexts import Scope, covers, hands_down
from claimcheck.context.once import once_each
from claimcheck.context.scan import Scan
from claimcheck.model import Because

_NOTHING: dict[str, Because] = {}


@once_each
def surroundings_of(scan: Scan) -> Surroundings:
    """The page's surroundings, worked out once for all who ask."""
    return Surroundings(scan)


class Surroundings(Struct, dict=True):
    """Answers, for one scan, which contexts cover a match; each sentence is worked out once, when asked for."""

    scan: Scan
    _own: dict[int, list[Scope]] = field(default_factory=dict)
    _around: dict[int, dict[str, Because]] = field(default_factory=dict)
    _labels: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def own(self, sentence: int) -> Sequence[Scope]:
        """The scopes the sentence's own cues open."""
        found = self.scan.words[sentence].scopes
        if not found:
            return found
        known = self._own.get(sentence)
        if known is None:
            known = self._own[sentence] = [s for s in found if not self._answered(s, sentence)]
        return known

    def labels(self, sentence: int) -> tuple[str, ...]:
        """The contexts of the whole sentence, sorted."""
        known = self._labels.get(sentence)
        if known is None:
            found = {s.context for s in self.own(sentence)} | {s.context for s, _ in self._inherited(sentence)}
            known = self._labels[sentence] = tuple(sorted(found))
        return known

    def covering(self, sentence: int, start: int, end: int, negation_is_claim: bool = False) -> dict[str, Because]:
        """By context, what covers the match at (start, end) of a sentence: the cue and the reach of its scope."""
        around = self.elsewhere(sentence)
        own: dict[str, Because] = {}
        for scope in self.own(sentence):
            if scope.context not in own and covers(scope, start, end, negation_is_claim):
                own[scope.context] = self._because(scope, sentence, (scope.low, scope.high))
        return {**around, **own} if around else own

    def contexts(self, sentence: int, start: int, end: int, negation_is_claim: bool = False) -> Set[str]:
        """The contexts that cover the match at (start, end) of a sentence."""
        around = self.elsewhere(sentence).keys()
        own = self.own(sentence)
        return around | {s.context for s in own if covers(s, start, end, negation_is_claim)} if own else around

    def elsewhere(self, sentence: int) -> Mapping[str, Because]:
        """By context, what covers every match of a sentence without standing in it."""
        if sentence not in self._reached:
            return _NOTHING
        around = self._around.get(sentence)
        if around is None:
            around = self._around[sentence] = self._from_elsewhere(sentence)
        return around

    @cached_property
    def _reached(self) -> Set[int]:
        """The sentences that a context of another one may cover: those beside one that opens a context which spreads,
        and those that something is handed down to. They are few."""
        spreading = {context.id for context in self.scan.rules.spreading}
        opening = ((number, words.scopes) for number, words in enumerate(self.scan.words) if words.scopes)
        spread = (number for number, scopes in opening if any(s.context in spreading for s in scopes))
        reached = {n for number in spread for n in self._beside(number)}
        if handed := self._handed:
            above = self.scan.governors
            sentences = enumerate(self.scan.document.sentences)
            reached.update(n for n, s in sentences if not handed.keys().isdisjoint(above[s.block]))
        return reached

    def _from_elsewhere(self, sentence: int) -> dict[str, Because]:
        """By context, what covers every match of a sentence: headings and lead-ins, then neighbouring sentences."""
        out: dict[str, Because] = {}
        for scope, source in self._inherited(sentence):
            if scope.context not in out:
                out[scope.context] = self._because(scope, source, (0, len(self._text(source))))
        for context in self.scan.rules.spreading:
            if context.id not in out:
                for near in self._beside(sentence):
                    scope_near = next((s for s in self.own(near) if s.context == context.id), None)
                    if scope_near:
                        out[context.id] = self._because(scope_near, near, (scope_near.low, scope_near.high))
                        break
        return out

    def _because(self, scope: Scope, sentence: int, reach: tuple[int, int]) -> Because:
        cue = self._text(sentence)[scope.start : scope.end]
        return Because(scope.context, cue[:80], *self.scan.source_span(sentence, *reach))

    def _text(self, sentence: int) -> str:
        return self.scan.document.sentences[sentence].text

    def _beside(self, sentence: int) -> list[int]:
        """The sentences beside one in its block, the one after it first."""
        sentences = self.scan.document.sentences
        block = sentences[sentence].block
        return [n for n in (sentence + 1, sentence - 1) if 0 <= n < len(sentences) and sentences[n].block == block]

    def _answered(self, scope: Scope, sentence: int) -> bool:
        """Whether the page answers its own question in the next sentence, which makes it a claim."""
        sentences = self.scan.document.sentences
        if scope.context != "questioned" or scope.start > 0 or sentence + 1 >= len(sentences):
            return False
        return self.scan.words[sentence + 1].answer

    def _inherited(self, sentence: int) -> Sequence[tuple[Scope, int]]:
        """Scopes handed down by headings and lead-ins, with the sentence they stand in."""
        if not self._handed:
            return ()
        above = self.scan.governors[self.scan.document.sentences[sentence].block]
        return [one for block in above for one in self._handed.get(block, ())]

    @cached_property
    def _handed(self) -> dict[int, list[tuple[Scope, int]]]:
        """By block, the scopes of its last sentence that would cover what stands under it."""
        blocks, words = self.scan.document.blocks, self.scan.words
        last = {s.block: number for number, s in enumerate(self.scan.document.sentences)}
        handed = {}
        for block, number in last.items():
            if words[number].scopes and (own := [s for s in self.own(number) if hands_down(s, blocks[block])]):
                handed[block] = [(scope, number) for scope in own]
        return handed
