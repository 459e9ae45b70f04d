"""The shapes of rule files: what may stand in one, as frozen dataclasses, and the quick way to build them.

pydantic validates files from outside against these same classes (see `faults`); files that ship with
claimcheck were validated by the tests and are built directly, so that a run does not pay for the import.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from typing import Any, ClassVar, Literal

from claimcheck.model import Confidence, Severity

Strings = tuple[str, ...]
Effect = Literal["drop", "down", "none"]


class _Strict:
    """Marks a class whose files may hold no unknown key."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True)
class Part(_Strict):
    """One of several parts that must all occur: any of its phrases or expressions."""

    any_phrase: Strings = ()
    any_regex: Strings = ()


@dataclass(frozen=True)
class Match(_Strict):
    """What makes a rule fire.

    `any_phrase`/`any_regex` find a span; `all_of` asks for one match of every part within the `within` unit
    (`ordered`: in that order). `when` names predicates that must hold too. For document rules: `document` names a
    structural check; `absent_phrase`/`absent_regex` must occur nowhere (about the treatment, where
    `absent_about = "treatment"`).
    """

    any_phrase: Strings = ()
    any_regex: Strings = ()
    all_of: tuple[Part, ...] = ()
    within: Literal["sentence", "clause"] = "sentence"
    ordered: bool = False
    when: Strings = ()
    document: str = ""
    absent_phrase: Strings = ()
    absent_regex: Strings = ()
    absent_about: Literal["page", "treatment"] = "page"


@dataclass(frozen=True)
class Unless(_Strict):
    """What excuses a match.

    `any_phrase`/`any_regex` excuse a match they overlap; `sentence_phrase`/`sentence_regex` one anywhere in the
    sentence. `context` adds contexts to those that excuse by default, `keep` takes some away. `negation_is_claim`:
    a negation among the matched words is the claim itself ("no side effects") and excuses nothing. `hedged`,
    `caveated` and `cited` say what those do: "drop" the match, move it one step "down", or "none"; "weigh" (cited
    only) drops it where the cited level is 7 or more and makes it low at 5 or 6. `when` names predicates.
    """

    any_phrase: Strings = ()
    any_regex: Strings = ()
    sentence_phrase: Strings = ()
    sentence_regex: Strings = ()
    context: Strings = ()
    keep: Strings = ()
    when: Strings = ()
    negation_is_claim: bool = False
    hedged: Effect = "down"
    caveated: Effect = "down"
    cited: Literal["drop", "down", "weigh", "none"] = "none"


@dataclass(frozen=True)
class Variant(_Strict):
    """Another severity where all the named predicates hold; the first variant that applies wins. `message`, where it
    is given, says then what the rule's own message does not."""

    when: Strings
    severity: Severity
    message: str = ""


@dataclass(frozen=True)
class Examples(_Strict):
    """The rule's proof: `hits` with the exact span in [[...]], `misses` that nearly match; `todo_*` must fail."""

    hits: Strings = ()
    misses: Strings = ()
    todo_hits: Strings = ()
    todo_misses: Strings = ()


@dataclass(frozen=True)
class FlagRule(_Strict):
    """One rule, one file. See `rules/README.md` for the meaning of every key."""

    id: str
    title: str
    family: str
    severity: Severity
    message: str
    why: str
    evidence_needed: str
    safer: str
    sources: Strings
    match: Match
    examples: Examples
    kind: Literal["flag"] = "flag"
    confidence: Confidence = "high"
    scope: Literal["sentence", "context", "document"] = "sentence"
    status: Literal["draft", "stable", "retired"] = "stable"
    ask: Strings = ()
    gap: str = ""
    never_exempt: bool = False
    absorbs: Strings = ()
    unless: Unless = Unless()
    variant: tuple[Variant, ...] = ()


@dataclass(frozen=True)
class Cue(_Strict):
    """Words that open a context, and how far they reach.

    `reach` counts words, 0 means as far as the clause. `direction = "sentence"` covers the sentence; `ends` opens
    the context for a sentence that ends with those characters. `in_quotes`: only words in quotation marks are
    covered. `governs`: as a heading, or as a lead-in ending with a colon, the cue covers what stands under it.
    """

    any_phrase: Strings = ()
    any_regex: Strings = ()
    ends: str = ""
    direction: Literal["forward", "backward", "both", "sentence"] = "forward"
    reach: int = 0
    in_quotes: bool = False
    governs: bool = False


@dataclass(frozen=True)
class ContextRule(_Strict):
    """A class of context: `cue` opens it, `pseudo` cancels a cue it overlaps, `stop` ends a scope.

    `stop_marks` are the punctuation that ends a scope. `order` is the place in the order of decision. With
    `neighbours` a cue in the sentence before or after counts too. `answered` cancels `ends` cues where the next
    sentence begins with one of these.
    """

    id: str
    title: str
    why: str
    order: int
    cue: tuple[Cue, ...]
    kind: Literal["context"] = "context"
    effect: Effect = "drop"
    default: bool = True
    pseudo: Part = Part()
    stop: Part = Part()
    answered: Part = Part()
    stop_marks: str = ";:—"
    neighbours: bool = False

    @cached_property
    def endings(self) -> frozenset[str]:
        """The last characters of what `ends` names."""
        return frozenset(cue.ends[-1] for cue in self.cue if cue.ends)


@dataclass(frozen=True)
class Group(_Strict):
    """Lexicon terms of one kind; `cased` ones count only in exactly that casing."""

    name: str
    terms: Strings = ()
    cased: Strings = ()
    system: str = ""
    serious: bool = False


@dataclass(frozen=True)
class LexiconFile(_Strict):
    """A word list that phrases refer to as {id} or {id.group}."""

    id: str
    title: str
    group: tuple[Group, ...]
    kind: Literal["lexicon"] = "lexicon"


@cache
def _plan(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def build(cls: Any, value: Any) -> Any:
    """`value` as parsed from TOML, as an instance of `cls`. Raises TypeError for keys `cls` does not have."""
    if is_dataclass(cls):
        plan = _plan(typing.cast(type, cls))
        known = {f.name for f in fields(cls)}
        if unknown := value.keys() - known:
            raise TypeError(f"unknown keys {sorted(unknown)}")
        return typing.cast(Any, cls)(**{k: build(plan[k], v) for k, v in value.items()})
    origin = typing.get_origin(cls)
    if origin is tuple:
        inner = typing.get_args(cls)[0]
        if not isinstance(value, list):
            raise TypeError(f"a list is needed, not {value!r}")
        return tuple(value) if inner is str else tuple(build(inner, v) for v in value)
    if isinstance(cls, types.UnionType):
        return value
    return value
