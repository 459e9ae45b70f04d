"""Whether rules do what their examples say: the proof inside every rule file, run through the whole program."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from claimcheck.pipeline import check
from claimcheck.rules.files import FlagRule
from claimcheck.rules.ruleset import RuleSet


class Failure(Struct, frozen=True):
    """An example that did not come out as its rule says. `saw` tells what happened instead."""

    rule: str
    kind: Literal["missing", "misplaced", "noisy", "not-near", "todo-passes"]
    example: str
    saw: str


def prove(rules: RuleSet, only: frozenset[str] | None = None) -> list[Failure]:
    """Run the examples of every rule (or of `only` those named); what failed, in the order of the files."""
    failures: list[Failure] = []
    for rule in rules.flags:
        if only is None or rule.id in only:
            failures += _prove(rule, rules)
    return failures


def _prove(rule: FlagRule, rules: RuleSet) -> list[Failure]:
    failures = []
    for example in rule.examples.hits:
        if failure := _hit(rule, example, rules):
            failures.append(failure)
    for example in rule.examples.misses:
        if failure := _miss(rule, example, rules):
            failures.append(failure)
    for example in rule.examples.todo_hits:
        if not _hit(rule, example, rules):
            failures.append(Failure(rule.id, "todo-passes", example, "it is found now: move it to hits"))
    for example in rule.examples.todo_misses:
        if not _miss(rule, example, rules):
            failures.append(Failure(rule.id, "todo-passes", example, "it is silent now: move it to misses"))
    return failures


def _hit(rule: FlagRule, example: str, rules: RuleSet) -> Failure | None:
    text = example.replace("[[", "", 1).replace("]]", "", 1)
    start, end = example.find("[["), example.find("]]") - 2
    report = check(text, format=_format(text), rules=rules)
    own = [f for f in report.findings if f.rule == rule.id]
    noted = [f for f in report.findings if rule.id in f.notes]
    if not own and not noted:
        released = [f.because for f in report.suppressed if f.rule == rule.id and f.because]
        saw = f"let go: {released[0].context} ({released[0].cue!r})" if released else "no match"
        return Failure(rule.id, "missing", example, saw)
    if own and start >= 0 and not any((f.start, f.end) == (start, end) for f in own):
        return Failure(rule.id, "misplaced", example, " | ".join(f.quote for f in own))
    return None


def _miss(rule: FlagRule, example: str, rules: RuleSet) -> Failure | None:
    report = check(example, format=_format(example), rules=rules)
    found = [f for f in report.findings if f.rule == rule.id and f.severity != "info"]
    return Failure(rule.id, "noisy", example, found[0].quote) if found else None


def _format(example: str) -> str:
    return "markdown" if "](" in example else "text"
