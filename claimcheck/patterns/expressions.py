"""Regular expressions in rule files: slots expanded, blow-ups refused, required literals read off the parse tree.

In an expression a plain space stands for any separator between two words, and `{condition}` for a lexicon term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from claimcheck.patterns.literals import DIGIT, is_sign, literal, rank
from claimcheck.patterns.phrases import _BUILT_IN, _SEP, OPEN, Pattern, phrase_source, slot_regex, unknown_slot
from claimcheck.patterns.phrasetree import PhraseError
from claimcheck.programs import expression

_SLOT = expression(r"\{([a-z][a-z0-9.\-]*)\}")
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def compile_expression(
    expression: str, slots: Mapping[str, int], shorthands: Mapping[str, str] | None = None
) -> Pattern:
    """Compile one regular expression to the same kind of pattern a phrase gives.

    Raises PhraseError where it is not valid, names an unknown lexicon, or could take more than linear time: an
    unbounded repetition inside a repetition, or of "any character".
    """

    short = shorthands or {}

    def slot(m: re.Match[str]) -> str:
        if m[1] in short:
            return f"(?:{phrase_source('(' + short[m[1]] + ')', slots)})"
        if m[1] not in slots and m[1] not in _BUILT_IN:
            raise PhraseError(unknown_slot(m[1], slots, expression))
        return _BUILT_IN.get(m[1]) or slot_regex(slots[m[1]])

    spaced = re.sub(r"(?<![\\\[]) (?![^\[\]]*\])", _SEP.replace("\\", r"\\"), expression)
    source = _SLOT.sub(slot, spaced)
    try:
        tree = _parser.parse(source)
    except re.error as error:
        raise PhraseError(f"not a regular expression: {expression!r} ({error})") from None
    if problem := _explosive(_parser.parse(_SLOT.sub("x", expression)), False):
        raise PhraseError(f"{expression!r} can take very long: {problem}")
    names = {chr(OPEN + number): name for name, number in slots.items()}
    anchored = bool(tree) and tree[0] == (sre.AT, sre.AT_BEGINNING_STRING)
    return Pattern(expression, source, rank(_needs(tree, names)), anchored)


def _explosive(tree: Any, inside: bool) -> str:
    """What makes an expression more than linear, or the empty string."""
    for op, value in tree:
        if op in _REPEATS:
            _, high, body = value
            unbounded = high is sre.MAXREPEAT and op is not sre.POSSESSIVE_REPEAT
            if unbounded and inside:
                return "a repetition without limit stands inside another; bound one, as in {0,6}"
            if unbounded and any(
                o in (sre.ANY, sre.NOT_LITERAL) or (o is sre.IN and v and v[0][0] is sre.NEGATE) for o, v in body
            ):
                return "'.*' has no limit; write a bounded gap, as in [^.;]{0,40}"
            if problem := _explosive(body, inside or high > 1):
                return problem
        elif op is sre.SUBPATTERN and (problem := _explosive(value[3], inside)):
            return problem
        elif op is sre.BRANCH:
            for branch in value[1]:
                if problem := _explosive(branch, inside):
                    return problem
        elif op in (sre.ASSERT, sre.ASSERT_NOT) and (problem := _explosive(value[1], inside)):
            return problem
    return ""


def _is_edge(op: Any, value: Any) -> bool:
    """Whether an element holds only where a word begins or ends: a separator, \\b, an end of the text."""
    if op is sre.AT:
        return value in (sre.AT_BOUNDARY, sre.AT_BEGINNING, sre.AT_BEGINNING_STRING, sre.AT_END, sre.AT_END_STRING)
    if op is sre.ASSERT_NOT:
        return bool(value[1]) and list(value[1]) == [(sre.IN, [(sre.CATEGORY, sre.CATEGORY_WORD)])]
    if op in _REPEATS and value[0] > 0 and len(value[2]) == 1:
        return bool(_is_edge(*value[2][0]))
    if op is sre.SUBPATTERN and len(value[3]) == 1:
        return bool(_is_edge(*value[3][0]))
    return op is sre.IN and all(_is_no_letter(kind, members) for kind, members in value)


def _is_no_letter(kind: Any, members: Any) -> bool:
    if kind is sre.LITERAL:
        return not chr(members).isalnum()
    return kind is sre.RANGE and members[0] >= OPEN  # marks


def _choice(members: Any) -> frozenset[str]:
    """The literals one of which a set of characters takes: signs and digits, none where it takes others too."""
    found: set[str] = set()
    for kind, value in members:
        if kind is sre.LITERAL and value < OPEN and is_sign(chr(value)) and not chr(value).isspace():
            found.add(chr(value))
        elif kind is sre.CATEGORY and value is sre.CATEGORY_DIGIT:
            found.add(DIGIT)
        else:
            return frozenset()
    return frozenset(found)


def _needs(tree: Any, names: Mapping[str, str], begins: bool = False, ends: bool = False) -> list[frozenset[str]]:
    """Literal sets that any match of `tree` must contain one member of each. `begins` and `ends` say that a word can
    only begin before it, or end after it."""
    needs: list[frozenset[str]] = []
    run, opened, edge = "", begins, begins

    def close(closed: bool) -> None:
        nonlocal run
        at_start, at_end = opened and run[:1].isalnum(), closed and run[-1:].isalnum()
        if len(run) > (1 if at_start and at_end else 2) or (run and is_sign(run)):  # "er" is in every second sentence
            needs.append(frozenset({literal(run, at_start, at_end)}))
        run = ""

    elements = list(tree)
    for k, (op, value) in enumerate(elements):
        if op is sre.LITERAL and value < OPEN:
            if not run:
                opened = edge
            run += chr(value)
            edge = False
            continue
        here = _is_edge(op, value)
        close(here)
        follows = _is_edge(*elements[k + 1]) if k + 1 < len(elements) else ends
        if op is sre.LITERAL:
            needs += [frozenset({f"{{{names[chr(value)]}}}"})] if chr(value) in names else []
        elif op is sre.SUBPATTERN:
            needs.extend(_needs(value[3], names, edge, follows))
        elif op is sre.BRANCH:
            branches = [_needs(branch, names, edge, follows) for branch in value[1]]
            if all(branches):
                needs.append(frozenset().union(*(rank(b)[0] for b in branches)))
        elif op in _REPEATS and value[0] > 0:
            needs.extend(_needs(value[2], names))
        elif op is sre.ATOMIC_GROUP:
            needs.extend(_needs(value, names))
        elif op is sre.IN and (choice := _choice(value)):
            needs.append(choice)
        edge = here
    close(ends)
    return needs
