"""The rooms of the house: who may import whom, and how long a file may grow."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "claimcheck"
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERS = [
    {"errors", "model"},
    {"cache", "home", "ladder", "pack", "trees"},
    {"programs", "sources"},
    {"text"},
    {"patterns", "ingest", "records"},
    {"fetch"},
    {"rules", "strength"},
    {"context"},
    {"evidence"},
    {"engine"},
    {"claims"},
    {"documents"},
    {"verdict"},
    {"policy"},
    {"pipeline", "compare"},
    {"proof", "language", "report", "batch"},
    {"cli"},
    {"__init__", "__main__"},
]
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
ONLY = {
    "spacy": {"language"},
    "typer": {"cli"},
    "rich": {"cli", "report"},
    "pydantic": {"rules"},
    "pypdfium2": {"ingest"},
    "protego": {"fetch"},
}
NETWORK = {"socket", "ssl", "http", "urllib.request", "urllib.robotparser", "socketserver", "asyncio", "ftplib"}


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path, top_level_only=False):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def ours(path, top_level_only=False):
    for name in imports(path, top_level_only):
        if name.startswith("claimcheck."):
            yield name.split(".")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    """A module imports only rooms of its own layer or below at load time."""
    if path.name == "__init__.py" and path.parent == PACKAGE:
        return
    here = room(path)
    assert here in RANK, f"say in LAYERS where {here} belongs"
    for other in ours(path, top_level_only=True):
        assert other == here or RANK[other] < RANK[here], f"{here} must not import {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_keep_to_their_rooms(path):
    """spaCy, typer, rich and pydantic are each imported in one place only."""
    for name in imports(path):
        allowed = ONLY.get(name.split(".")[0])
        assert allowed is None or room(path) in allowed, f"{name} is imported by {room(path)}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_one_room_touches_the_network(path):
    """Nothing but fetch imports what can open a connection."""
    used = [n for n in imports(path) if n in NETWORK or n.split(".")[0] in NETWORK]
    assert not used or room(path) == "fetch", f"{room(path)} imports {used}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_can_be_read_in_one_sitting(path):
    """No module is longer than 300 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
