"""A TOML file that a person wrote, or in one sentence why it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The table in a file, and its text. Raises ValueError with a message that begins with the path."""
    import tomllib  # most runs take up what an earlier one has made of the file

    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 text (byte {error.start}); save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        problem = f"not valid TOML: {error}"
    except RecursionError:
        problem = "not valid TOML: brackets are nested too deep"
    raise ValueError(f"{path}: {problem}")
