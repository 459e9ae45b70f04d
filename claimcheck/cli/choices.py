"""Values that options take: one of a few, or several words at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import typer


def one_of(known: Sequence[str]) -> Callable[[str | None], str | None]:
    """A check of an option's value that suggests what was meant."""

    def checked(value: str | None) -> str | None:
        if value is None or value in known:
            return value
        from claimcheck.rules.faults import suggest

        raise typer.BadParameter(f"{value!r} is not one of them\n  {suggest(value, list(known))}")

    return checked


def beginning(known: Sequence[str]) -> Callable[[str], list[str]]:
    """For a shell that completes a value: those of `known` that begin as what is typed."""

    def completed(incomplete: str) -> list[str]:
        return [value for value in known if value.startswith(incomplete)]

    return completed


def words(values: Iterable[str] | None) -> tuple[str, ...]:
    """The words of a repeatable option, which may also be parted by commas."""
    return tuple(w.strip() for value in values or () for w in value.split(",") if w.strip())
