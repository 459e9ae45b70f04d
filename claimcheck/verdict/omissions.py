"""What the page does not tell, and what to ask: gaps from rules and from `rules/evidence/questions.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import zip_longest
from typing import Any

from claimcheck.context.scan import Scan
from claimcheck.engine.place import Facts
from claimcheck.model import SEVERITIES, Finding, Omission

MOST_QUESTIONS = 8
"""More than a reader can take along to one appointment helps nobody."""


def missing(findings: Sequence[Finding], scan: Scan, facts: Facts) -> tuple[tuple[Omission, ...], tuple[str, ...]]:
    """The gaps found, most serious first, and at most eight questions: medication safety, then the gravest gap or
    finding, one question of each before a second of any."""
    charged = [f for f in findings if f.because is None and f.severity != "info"]
    fired = {rule for f in charged for rule in (f.rule, *f.notes)}
    telling = [entry for entry in _table(scan) if _fires(entry, fired, scan, facts)]
    omissions = _omissions(charged, telling, scan)
    urgent = [q for entry in telling if entry.get("first") for q in entry["ask"]]
    asked = [(SEVERITIES.index(o.severity), o.questions) for o in omissions]
    rules = scan.rules.rule
    asked += [(SEVERITIES.index(f.severity), rules[f.rule].ask) for f in charged if f.rule in rules]
    by_gravity = dict.fromkeys(questions for _, questions in sorted(asked, key=lambda a: -a[0]))
    rounds = (q for nth in zip_longest(*by_gravity) for q in nth if q)
    return omissions, tuple(dict.fromkeys([*urgent, *rounds]))[:MOST_QUESTIONS]


def _omissions(findings: Sequence[Finding], entries: Iterable[dict[str, Any]], scan: Scan) -> tuple[Omission, ...]:
    """Findings whose rule states a gap, also where another finding has absorbed them, and the gaps of the table's
    `entries`."""
    found: dict[str, Omission] = {}
    for finding in sorted(findings, key=lambda f: -SEVERITIES.index(f.severity)):
        for name in (finding.rule, *finding.notes):
            rule = scan.rules.rule.get(name)
            if rule is not None and rule.gap:
                found.setdefault(rule.gap, Omission(name, finding.severity, rule.gap, rule.ask))
    for entry in entries:
        if "gap" in entry:
            severity = _gravest(entry, findings)
            found.setdefault(entry["gap"], Omission(entry["name"], severity, entry["gap"], tuple(entry["ask"])))
    return tuple(sorted(found.values(), key=lambda o: -SEVERITIES.index(o.severity)))


def _table(scan: Scan) -> Iterable[dict[str, Any]]:
    entries: Iterable[dict[str, Any]] = scan.rules.tables.get("questions", {}).get("entry", ())
    return entries


def _fires(entry: dict[str, Any], fired: Set[str], scan: Scan, facts: Facts) -> bool:
    """Whether one of the entry's rules has `fired`, or, on the kind of page it names, nothing of it is said."""
    if "rules" in entry:
        return not fired.isdisjoint(entry["rules"])
    on_such_a_page = facts.page_type in entry.get("page", ()) and bool(fired)
    return on_such_a_page and not scan.hits(f"questions:questions:{entry['name']}")


def _gravest(entry: dict[str, Any], findings: Sequence[Finding]) -> Any:
    rules = set(entry.get("rules", ()))
    ranks = [f.severity for f in findings if f.rule in rules or not rules.isdisjoint(f.notes)]
    return max(ranks, key=SEVERITIES.index, default="low")
