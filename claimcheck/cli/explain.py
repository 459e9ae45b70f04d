"""`claimcheck explain RULE`: the rule's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.rules.files import FlagRule


def _beginning(incomplete: str) -> list[str]:
    from claimcheck.rules.load import load_rules

    return [rule for rule in load_rules().rule if rule.startswith(incomplete)]


def explain(
    rule: Annotated[
        str,
        typer.Argument(metavar="RULE", autocompletion=_beginning, help="The rule's name, as reports print it."),
    ],
    rules: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="Know the rules in DIR as well. Repeatable.")
    ] = None,
) -> None:
    """Explain a rule.

    Says what it finds, why that matters, what evidence it asks for and who says so, with examples.
    """
    import sys

    from claimcheck.cli.output import coloured, columns, write
    from claimcheck.cli.settings import settle
    from claimcheck.policy.suppress import META
    from claimcheck.rules.load import load_rules

    known = load_rules(*settle({"rules": tuple(map(str, rules or []))}, None, False).rule_folders).rule
    if rule in META and rule not in known:
        severity, title, why = META[rule]
        write(f"{rule}: {title}\n{severity} severity, about a comment to claimcheck, not what a page says\n\n{why}\n")
        return
    if rule not in known:
        from claimcheck.rules.faults import suggest

        hint = suggest(rule, [*known, *META])
        raise UsageError(f"no rule called {rule!r}\n  {hint}" + "\n  claimcheck rules lists them all")
    write(page(known[rule], columns(sys.stdout), coloured(sys.stdout)))


def page(rule: FlagRule, width: int, colour: bool) -> str:
    """A rule as a page of text, at most `width` columns wide."""
    from claimcheck.report.terminal import make_console, to_text

    console = make_console(width, colour)
    return to_text(console, _pieces(rule, console, not colour), colour)


def _pieces(rule: FlagRule, console: Any, carets: bool) -> Iterator[Any]:
    from rich.text import Text

    from claimcheck.report.plain import clean
    from claimcheck.report.terminal import bullets, marked, section

    yield Text(f"{rule.id}: {clean(rule.title)}", "bold")
    of = "" if rule.status == "stable" else f"{rule.status}, "
    yield Text(f"{of}{rule.severity} severity, {rule.confidence} confidence, family {rule.family}, {rule.scope} scope")
    for title, words in (
        ("What it says", rule.message.replace("{quote}", "...")),
        ("What the page then does not tell you", rule.gap),
        ("Why it matters", rule.why),
        ("Evidence needed", rule.evidence_needed),
        ("Wording that would say so", rule.safer),
    ):
        if words:
            yield from section(title)
            yield Text(clean(words.strip()))
    for title, lines in (("Ask the clinic", rule.ask), ("Authority", rule.sources)):
        if lines:
            yield from section(title)
            yield from bullets(lines)
    yield from section("Flagged")
    for example in rule.examples.hits:
        before, _, rest = example.partition("[[")
        quote, _, after = rest.partition("]]")
        yield from marked(before, quote, after, console, carets)
    yield from section("Not flagged")
    yield from bullets(rule.examples.misses)
