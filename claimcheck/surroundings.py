"""The contexts at work on each sentence of a page: its own, those of headings and lead-ins, its neighbours'."""

from __future__ import annotations

from dataclasses import dataclass, field

from claimcheck.contexts import Scope, covers, governors, hands_down, scopes
from claimcheck.model import Because
from claimcheck.rulefiles import ContextRule
from claimcheck.scan import Scan


@dataclass
class Surroundings:
    """Answers, for one scan, which contexts cover a match; each sentence is worked out once, when asked for."""

    scan: Scan
    _own: dict[int, list[Scope]] = field(default_factory=dict)
    _above: list[tuple[int, ...]] | None = None
    _first: dict[int, list[int]] | None = None

    def own(self, sentence: int) -> list[Scope]:
        """The scopes the sentence's own cues open."""
        if sentence not in self._own:
            text = self.scan.document.sentences[sentence].text
            found = scopes(self.scan.rules.matcher.mark(text), self.scan.rules)
            self._own[sentence] = [s for s in found if not self._answered(s, sentence)]
        return self._own[sentence]

    def labels(self, sentence: int) -> tuple[str, ...]:
        """The contexts of the whole sentence, sorted."""
        return tuple(
            sorted({s.context for s in self.own(sentence)} | {s.context for s, _ in self._inherited(sentence)})
        )

    def covering(self, sentence: int, start: int, end: int, negation_is_claim: bool = False) -> dict[str, Because]:
        """By context, what covers the match at (start, end) of a sentence: the cue and the reach of its scope."""
        out: dict[str, Because] = {}
        for scope in self.own(sentence):
            if scope.context not in out and covers(scope, start, end, negation_is_claim):
                out[scope.context] = self._because(scope, sentence, (scope.low, scope.high))
        for scope, source in self._inherited(sentence):
            if scope.context not in out:
                out[scope.context] = self._because(scope, source, (0, len(self._text(source))))
        for context in self._contexts_of_neighbours():
            if context.id not in out:
                for near in self._neighbours(sentence):
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

    def _contexts_of_neighbours(self) -> list[ContextRule]:
        return [c for c in self.scan.rules.contexts if c.neighbours]

    def _neighbours(self, sentence: int) -> list[int]:
        sentences = self.scan.document.sentences
        block = sentences[sentence].block
        return [n for n in (sentence + 1, sentence - 1) if 0 <= n < len(sentences) and sentences[n].block == block]

    def _answered(self, scope: Scope, sentence: int) -> bool:
        """Whether the page answers its own question in the next sentence, which makes it a claim."""
        sentences = self.scan.document.sentences
        if scope.context != "questioned" or scope.start > 0 or sentence + 1 >= len(sentences):
            return False
        following = self.scan.rules.matcher.mark(sentences[sentence + 1].text)
        return any(
            owner == "context:questioned:answered" and pattern.regex.match(following.text)
            for owner, pattern in self.scan.rules.matcher.cues(following.keys)
        )

    def _inherited(self, sentence: int) -> list[tuple[Scope, int]]:
        """Scopes handed down by headings and lead-ins, with the sentence they stand in."""
        document = self.scan.document
        if self._above is None or self._first is None:
            self._above = governors(document.blocks)
            self._first = {}
            for number, s in enumerate(document.sentences):
                self._first.setdefault(s.block, []).append(number)
        out = []
        for block in self._above[document.sentences[sentence].block]:
            for number in self._first.get(block, [])[-1:]:
                out += [(s, number) for s in self.own(number) if hands_down(s, document.blocks[block])]
        return out
