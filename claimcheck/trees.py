"""Parse trees of expressions, rewritten so that the engine finds the same matches in less time.

A choice of many words is tried word by word at every character. Here words that begin alike share their beginning, so
that a letter is looked at once, and a search is told with which characters a match can begin. Neither changes which
of two alternatives is tried first. Sets of characters, which many expressions have in common, are worked out once.
"""

from __future__ import annotations

import re
from functools import cache
from re import _compiler, _parser  # type: ignore[attr-defined]
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_WIDTHLESS = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
_SHARED = (sre.LITERAL, sre.AT, sre.ASSERT, sre.ASSERT_NOT)
"""What alternatives may share: it holds no group and is tried one way only."""

_OWN_CASING = re.IGNORECASE | re.LOCALE
"""Flags under which a letter stands for others too."""


def code_of(tree: Any, flags: int) -> list[int]:
    """The program of a parsed expression."""
    flags |= tree.state.flags
    start = tree
    if not flags & _OWN_CASING:
        _share(tree)
        start = _start(tree, flags)
        _settle(tree)
    code: list[int] = []
    _compiler._compile_info(code, start, flags)
    _compiler._compile(code, tree.data, flags)
    code.append(sre.SUCCESS)
    return code


def _start(tree: Any, flags: int) -> Any:
    """A tree that begins as matches of `tree` do, for the engine to read off what to search for."""
    first = None if _compiler._get_literal_prefix(tree, flags)[0] else _first(tree)
    if not first or first[1]:
        return tree
    start = _parser.SubPattern(tree.state, [(sre.IN, list(dict.fromkeys(first[0])))])
    start.width = tree.getwidth()
    return start


def _first(tree: Any) -> tuple[list[Any], bool] | None:
    """The characters, one of which a match begins with, and whether it can be empty; None where there is no telling."""
    found: list[Any] = []
    for op, value in tree:
        if op is sre.LITERAL:
            return [*found, (op, value)], False
        if op is sre.IN and value[0][0] is not sre.NEGATE:
            return found + value, False
        if op in _WIDTHLESS:
            continue
        parts = _parts(op, value)
        inside = [_first(part) for part in parts]
        if not parts or None in inside:
            return None
        for first in inside:
            found += first[0]  # type: ignore[index]
        if not (any(first[1] for first in inside) or (op in _REPEATS and not value[0])):  # type: ignore[index]
            return found, False
    return found, True


def _parts(op: Any, value: Any) -> list[Any]:
    """The trees inside an element; none where another casing rules there."""
    if op is sre.BRANCH:
        return list(value[1])
    if op is sre.SUBPATTERN:
        return [] if value[1] or value[2] else [value[3]]
    if op in _REPEATS:
        return [value[2]]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return [value] if op is sre.ATOMIC_GROUP else []


def _settle(tree: Any) -> None:
    """Put the sets of characters as the engine takes them; the compiler finds nothing left to do there."""
    for number, (op, value) in enumerate(tree.data):
        if op is sre.IN:
            tree.data[number] = op, _set(tuple(value))
        for part in _parts(op, value):
            _settle(part)


@cache
def _set(members: tuple[Any, ...]) -> list[Any]:
    """A set of characters as the compiler makes it. Patterns ask for separators at every word, some thousand
    characters each time, and working that out would be most of what compiling one takes."""
    found: list[Any] = _compiler._optimize_charset(list(members))[0]
    return found


def _share(tree: Any) -> None:
    """Let the alternatives of every choice in a tree share how they begin."""
    data: list[Any] = []
    for op, value in tree.data:
        if op is sre.BRANCH:
            data += _choice(value[1], tree.state)
            continue
        for part in _parts(op, value):
            _share(part)
        data.append((op, value))
    tree.data = data


def _choice(branches: list[Any], state: Any) -> list[Any]:
    """The elements of a choice. A branch joins an earlier one that begins with the same character, unless one between
    them can begin with it too, which would have been tried before."""
    groups: list[list[Any]] = []
    joins: dict[int, list[Any]] = {}
    for branch in _flat(branches):
        op, value = branch[0] if branch.data else (None, 0)
        if op is sre.LITERAL and value in joins:
            joins[value].append(branch)
            continue
        groups.append([branch])
        if op is sre.LITERAL:
            joins[value] = groups[-1]
        else:
            _close(joins, _first(branch))
    chosen = [_joined(group, state) for group in groups]
    if len(chosen) == 1:
        return list(chosen[0].data)
    if all(len(branch) == 1 and branch[0][0] is sre.LITERAL for branch in chosen):
        return [(sre.IN, [branch[0] for branch in chosen])]
    return [(sre.BRANCH, (None, chosen))]


def _flat(branches: list[Any]) -> list[Any]:
    """The branches, with those of a choice that is all there is of one."""
    found: list[Any] = []
    for branch in branches:
        alone = len(branch) == 1 and branch[0][0] is sre.BRANCH
        found += _flat(branch[0][1][1]) if alone else [branch]
    return found


def _close(joins: dict[int, list[Any]], first: tuple[list[Any], bool] | None) -> None:
    """No branch may move before one that begins in these ways."""
    if not first or first[1] or any(op is not sre.LITERAL for op, _ in first[0]):
        joins.clear()
        return
    for _, character in first[0]:
        joins.pop(character, None)


def _joined(group: list[Any], state: Any) -> Any:
    """One branch of those that begin with the same character: what they share, then a choice of the rest."""
    if len(group) == 1:
        _share(group[0])
        return group[0]
    shared = 0
    while all(len(branch) > shared and branch[shared][0] in _SHARED for branch in group):
        if len({repr(branch[shared]) for branch in group}) > 1:
            break
        shared += 1
    rests = [branch[shared:] for branch in group]
    return _parser.SubPattern(state, [*group[0].data[:shared], *_choice(rests, state)])
