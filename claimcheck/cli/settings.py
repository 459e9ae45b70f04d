"""What a run goes by: the configuration file, and the command line over it, each value with where it came from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from claimcheck.errors import UsageError
from claimcheck.ingest import Choice
from claimcheck.policy.apply import EVERYTHING, Plan, Policy, unknown_words
from claimcheck.policy.config import Config, Found, find, read

if TYPE_CHECKING:
    from claimcheck.rules.ruleset import RuleSet

_ADDED = frozenset({"ignore", "exclude", "rules"})
"""Lists to which the command line adds; what it says of anything else takes the place of the configuration."""


class Settings(Struct, frozen=True):
    """The values in force. `origin` says by key where a value is from: "default", "path:line" or "command line"."""

    config: Config
    origin: Mapping[str, str]
    found: Found

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """The folders of extra rules, the configuration's own first."""
        own = len(self.found.config.rules)
        return (*(self.found.folder / r for r in self.config.rules[:own]), *map(Path, self.config.rules[own:]))

    def beside(self, name: str, key: str) -> Path:
        """A file of the configuration, seen from its folder; from the working directory if the command line has it."""
        given = "command line" in self.origin[key]
        return Path(name) if given else self.found.folder / name

    def outputs(self) -> list[Path]:
        """The files that reports go to."""
        return [path for path, _ in self.files()]

    def files(self) -> list[tuple[Path, str]]:
        """The files that reports go to, each with its format. Raises UsageError where nothing tells it."""
        from claimcheck.report import FORMATS, format_of

        files = []
        for given in self.config.output:
            told, equals, rest = given.partition("=")
            named = bool(equals) and told in FORMATS
            path = self.beside(rest if named else given, "output")
            name = told if named else format_of(path.name) or self.config.format
            if not name:
                raise UsageError(
                    f"{path}: the suffix names no format\n"
                    f"  Write FORMAT={path}, or use a suffix such as .json or .sarif"
                )
            files.append((path, name))
        return files

    def skip(self) -> tuple[str, ...]:
        """The elements of HTML that are not judged. Raises UsageError for what names none."""
        if not self.config.skip:
            return ()
        from claimcheck.ingest.skip import SELECTOR

        for word in self.config.skip:
            if not SELECTOR.fullmatch(word):
                raise UsageError(f"{self.origin['skip']}: skip: {word!r} is neither .class, #id nor the name of a tag")
        return self.config.skip

    def choice(self) -> Choice:
        """Which files of folders to take."""
        config, own = self.config, len(self.found.config.exclude)
        base = self.found.folder
        exclude = (*config.exclude[:own], *(_from_here(p, base) for p in config.exclude[own:]))
        return Choice(base, config.include, exclude, config.gitignore)

    def plan(self, comments: bool = True) -> Plan:
        """How findings are graded and chosen, and whether comments in pages are obeyed."""
        config = self.config
        per_file = tuple((p.files, Policy(ignore=p.ignore, severity=p.severity)) for p in config.per_file)
        return Plan(
            Policy(config.select, config.ignore, config.severity),
            per_file,
            self.found.folder,
            comments,
            config.allow_critical,
        )


def settle(given: Mapping[str, Any], path: Path | None, isolated: bool) -> Settings:
    """The settings from the configuration file `path` (None: the nearest one; none at all if `isolated`) and what was
    `given` on the command line, by the names of Config's fields; None and empty lists were not given.

    Raises ConfigError for a faulty file.
    """
    nearest = None if isolated else path or find(Path())
    found = read(_short(nearest)) if nearest else Found(Config())
    origin = {f.name: "default" for f in fields(Config)}
    for key, line in found.lines.items():
        origin[key.replace("-", "_")] = f"{found.path}:{line}"
    changes: dict[str, Any] = {}
    for key, value in given.items():
        if value is None or value == ():
            continue
        configured = getattr(found.config, key)
        if key in _ADDED and configured:
            changes[key] = (*configured, *value)
            origin[key] += " and command line"
        else:
            changes[key] = value
            origin[key] = "command line"
    return Settings(replace(found.config, **changes), origin, found)


def check_words(settings: Settings, rules: RuleSet) -> None:
    """Raises UsageError where the settings name rules that do not exist, each with its place and a suggestion."""
    config = settings.config
    used = [("select", config.select, True), ("ignore", config.ignore, True)]
    used += [("severity", tuple(config.severity), False), ("allow_critical", config.allow_critical, False)]
    for table in config.per_file:
        used += [("per_file", table.ignore, True), ("per_file", tuple(table.severity), False)]
    if all(word == EVERYTHING for _, words, _ in used for word in words):
        return
    from claimcheck.policy import substantiation, suppress
    from claimcheck.rules.faults import suggest

    families = {rule.id: rule.family for rule in rules.flags} | dict.fromkeys(suppress.META, suppress.FAMILY)
    families |= dict.fromkeys(substantiation.META, substantiation.FAMILY)
    known = [*families, *dict.fromkeys(f"{f}/*" for f in families.values())]
    faults = [
        f"{settings.origin[key]}: {key.replace('_', '-')}: no rule or family called {word!r}\n  {suggest(word, known)}"
        for key, words, severities in used
        for word in unknown_words(words, families, severities)
    ]
    if faults:
        raise UsageError("\n".join(f.rstrip() for f in faults))


def _short(path: Path) -> Path:
    """A path as a person at the working directory would write it, where that is shorter."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def _from_here(pattern: str, base: Path) -> str:
    """A pattern that counts from the working directory, as one that counts from `base`."""
    here = os.path.relpath(Path.cwd(), base.resolve()).replace(os.sep, "/")
    if here == "." or here.startswith(".."):
        return pattern
    return f"/{here}/{'' if '/' in pattern.rstrip('/') else '**/'}{pattern.lstrip('/')}"
