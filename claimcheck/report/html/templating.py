"""Templates to text: escaping by default, and the policy that goes with the style and the script inside."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimcheck.report import parts
from claimcheck.report.plain import clean, shorten


def fill(template: str, **values: Any) -> str:
    """The text of a template."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("claimcheck.report.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = _asset("style.css"), _asset("script.js")
    made.globals.update(style=Markup(style), script=Markup(script), policy=_policy(style, script))
    made.filters.update(many=parts.many, signed=parts.signed, shorten=shorten, opened=_opened)
    return made


def _harmless(value: Any) -> Any:
    """What a template prints: words from outside on one line, without characters that steer or hide."""
    if isinstance(value, Markup):
        return value
    return clean(value) if isinstance(value, str) else value


def _opened(text: str) -> str:
    """`text` with a capital letter at its beginning, as a sentence has; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def _asset(name: str) -> str:
    return files("claimcheck.report.html").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, sent or run but this style and this script, told by their hashes."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
