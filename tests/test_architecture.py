"""The rooms of the house: who may import whom, and how long a file may grow."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "claimcheck"
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERS = [
    {"errors", "model"},
    {"cache", "home", "ladder", "text"},
    {"patterns", "ingest", "records"},
    {"rules", "strength"},
    {"context"},
    {"evidence"},
    {"engine"},
    {"claims"},
    {"documents"},
    {"verdict"},
    {"policy"},
    {"pipeline"},
    {"proof", "language", "report", "batch"},
    {"cli"},
    {"__init__", "__main__"},
]
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
ONLY = {"spacy": {"language"}, "typer": {"cli"}, "rich": {"cli", "report"}, "pydantic": {"rules", "report"}}


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
def test_a_file_can_be_read_in_one_sitting(path):
    """No module is longer than 300 lines, but for the one that holds every noun."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= (450 if path.name == "model.py" else 300)
