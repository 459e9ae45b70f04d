"""The other linters that `speed.py` runs beside claimcheck, where they are on PATH, and with which checks."""

from __future__ import annotations

import shutil
from pathlib import Path

PHRASES = (
    *("miracle", "clinically proven", "scientifically proven", "proven to cure", "guaranteed results"),
    *("no side effects", "no risk", "risk-free", "100% safe", "completely safe", "completely natural", "cures"),
    *("permanent relief", "instant relief", "pain-free in days", "breakthrough", "revolutionary", "ground-breaking"),
    *("cutting-edge", "game-changer", "ancient secret", "doctors hate", "big pharma", "toxins", "detox", "cleanse"),
    *("boosts immunity", "boost your immune system", "reverses ageing", "turn back the clock", "FDA registered"),
    *("money-back guarantee", "before it is too late"),
)
"""Thirty-three phrases, for a linter that comes without any on health."""

_COMMANDS = {
    "proselint": ["proselint", "check"],
    "write-good": ["write-good"],
    "textlint": ["textlint", "--rule", "terminology"],
    "alex": ["alex", "--quiet"],
}


def commands(home: Path) -> dict[str, list[str]]:
    """The command of each, with the checks it comes with; Vale's with PHRASES, for which `home` gets its settings."""
    found = {name: command for name, command in _COMMANDS.items() if shutil.which(command[0])}
    return found | ({"vale, 33 phrases": _vale(home)} if shutil.which("vale") else {})


def _vale(home: Path) -> list[str]:
    style = home / "vale" / "Phrases"
    style.mkdir(parents=True, exist_ok=True)
    for number, phrase in enumerate(PHRASES):
        rule = "extends: existence\nmessage: \"'%s' promises much.\"\nlevel: warning\nignorecase: true\n"
        (style / f"P{number}.yml").write_text(f"{rule}tokens:\n  - '{phrase}'\n", encoding="utf-8")
    settings = home / "vale.ini"
    settings.write_text(f"StylesPath = {style.parent}\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = Phrases\n")
    return ["vale", "--no-global", "--no-exit", "--output=line", "--config", str(settings)]
