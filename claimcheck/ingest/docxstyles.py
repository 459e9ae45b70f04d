"""What a Word document's styles say of its paragraphs and runs, and where its links lead."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from claimcheck.ingest.archive import Archive
from claimcheck.ingest.xml import events
from claimcheck.model import BlockKind
from claimcheck.programs import expression

_HEADING = expression(r"heading ([1-9])")
_OFF = ("0", "false", "off", "none")
_INHERITED = 20
"""Styles that may be based on one another, in a row."""


class Look(Struct, frozen=True):
    """What a style or a run's own properties say. `level` is that of a heading (1-6), `list` the id of a list."""

    kind: BlockKind = "paragraph"
    level: int = 0
    list: str = ""
    depth: int = 0
    bold: bool = False
    raised: bool = False
    hidden: bool = False


class Styles(Struct, frozen=True):
    """The looks by id of style."""

    of: Mapping[str, Look]

    def marked(self, run: Look, tag: str, data: Mapping[str, str]) -> Look:
        """The look of a run with one more of its properties."""
        value = data.get("val", "")
        if tag == "rStyle" and value in self.of:
            style = self.of[value]
            return replace(run, bold=style.bold, raised=style.raised, hidden=style.hidden)
        return with_property(run, tag, value)


def with_property(look: Look, tag: str, value: str) -> Look:
    """A look with one more property, if it is one that matters."""
    if tag == "b":
        return replace(look, bold=value not in _OFF)
    if tag == "vanish":
        return replace(look, hidden=value not in _OFF)
    if tag == "vertAlign":
        return replace(look, raised=value == "superscript")
    return look


def styles(archive: Archive, name: str) -> Styles:
    """The styles of a document; none where it has none. Raises what `events` and `Archive.read` raise."""
    member = "word/styles.xml"
    if member not in archive.names:
        return Styles({})
    own: dict[str, Look] = {}
    above: dict[str, str] = {}
    id, look = "", Look()
    for event, tag, data in events(archive.read(member), name, member):
        value = data.get("val", "")
        if event != "start":
            if tag == "style":
                own[id] = look
        elif tag == "style":
            id, look = data.get("styleId", ""), Look()
        elif tag == "name":
            look = _named(look, value.lower())
        elif tag == "basedOn":
            above[id] = value
        elif tag == "outlineLvl" and value.isdecimal() and int(value) < 6:
            look = replace(look, level=look.level or int(value) + 1)
        elif tag == "numId" and value != "0":
            look = replace(look, list=value)
        else:
            look = with_property(look, tag, value)
    return Styles({id: _inherited(id, own, above) for id in own})


def targets(archive: Archive, name: str, part: str) -> dict[str, str]:
    """Where the relations of a part lead, by their ids."""
    member = f"word/_rels/{part}.xml.rels"
    if member not in archive.names:
        return {}
    found = (data for event, tag, data in events(archive.read(member), name, member) if event == "start")
    return {d["Id"]: d["Target"] for d in found if d.get("TargetMode") == "External" and "Id" in d and "Target" in d}


def _named(look: Look, name: str) -> Look:
    """What the built-in names of styles mean; they are English in every edition of Word."""
    if found := _HEADING.fullmatch(name):
        return replace(look, level=min(int(found[1]), 6))
    if name == "title":
        return replace(look, level=1)
    if name == "caption":
        return replace(look, kind="caption")
    if name in ("quote", "intense quote", "block text"):
        return replace(look, kind="quote")
    if name.startswith(("list bullet", "list number")):
        depth = name[-1:]
        return replace(look, list=name, depth=int(depth) - 1 if depth.isdecimal() else 0)
    return look


def _inherited(id: str, own: Mapping[str, Look], above: Mapping[str, str]) -> Look:
    look = own[id]
    for _ in range(_INHERITED):
        id = above.get(id, "")
        if id not in own:
            break
        base = own[id]
        look = Look(
            look.kind if look.kind != "paragraph" else base.kind,
            look.level or base.level,
            look.list or base.list,
            look.depth or base.depth,
            look.bold or base.bold,
            look.raised or base.raised,
            look.hidden or base.hidden,
        )
    return look
