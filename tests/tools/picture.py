"""The picture of a report in the README, from a real run.

python tests/tools/picture.py      write it anew
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "examples" / "report.svg"
PAGE = "examples/hype-clinic.html"
LINES = 44
"""One screen: the verdict, the three axes and the first findings."""

# rich's frame without its web fonts: a picture in a README may ask no server for anything
_FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: "Fira Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def screen() -> str:
    """What the command prints for the page, in colour, as far as one screen holds it."""
    around = {**os.environ, "FORCE_COLOR": "1", "NO_COLOR": ""}
    command = [sys.executable, "-m", "claimcheck", PAGE]
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1, done.stderr
    return f"$ claimcheck {PAGE}\n" + "".join(done.stdout.splitlines(keepends=True)[:LINES])


def drawn(output: str) -> str:
    """Terminal output as an SVG picture."""
    console = Console(
        record=True, width=80, file=StringIO(), force_terminal=True, color_system="truecolor", _environ={}
    )
    console.print(Text.from_ansi(output), end="")
    svg = console.export_svg(title="claimcheck", code_format=_FRAME, unique_id="claimcheck")
    return "".join(f"{line.rstrip()}\n" for line in svg.splitlines())


def words(output: str) -> str:
    """The characters of terminal output that the picture shows, without spaces."""
    return "".join(Text.from_ansi(output).plain.split())


def shown(svg: str) -> str:
    """The characters of a picture's screen, without spaces and without its title."""
    screens = svg[svg.index('-matrix">') :]
    return "".join(html.unescape("".join(re.findall(r"<text[^>]*>([^<]*)</text>", screens))).split())


if __name__ == "__main__":
    PICTURE.write_text(drawn(screen()), encoding="utf-8", newline="\n")
