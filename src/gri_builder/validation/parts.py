"""parts: in report.yaml: chapters grouped under a title, with a colour and a picture of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from gri_builder.model.color import is_color
from gri_builder.model.finding import Finding, error
from gri_builder.model.framework import Framework
from gri_builder.model.report import Part
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import listed
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of, texts_of

PRIMARY = "primary"
"""The colour of a part that names none: the main one of the theme."""


class PartNodes(Struct, frozen=True):
    """A part as written."""

    node: Node
    title: str
    summary: str | None
    color: str
    image: str | None
    chapters: tuple[Node, ...]
    """Paths of its chapters."""


def read_parts(root: Node, framework: Framework) -> tuple[tuple[PartNodes, ...], list[Finding]]:
    """Return the parts of report.yaml in order, and a finding for each colour that is none."""
    node = root.get("parts")
    entries = [entry for entry in node.items if entry.kind == "mapping"] if node and node.kind == "list" else []
    findings = [finding for entry in entries for finding in _check_color(entry.get("color"), framework)]
    return tuple(_read_part(entry) for entry in entries), findings


def _read_part(node: Node) -> PartNodes:
    color = text_of(node.get("color"))
    return PartNodes(
        node,
        text_of(node.get("title")) or "",
        text_of(node.get("summary")),
        color or PRIMARY,
        text_of(node.get("image")),
        texts_of(node.get("chapters")),
    )


def _check_color(node: Node | None, framework: Framework) -> Iterator[Finding]:
    """Yield a finding for a colour that is neither a Category's id, nor 'primary', nor a hexadecimal one."""
    name = text_of(node)
    known = (PRIMARY, *(category.id for category in framework.categories))
    if node is None or name is None or name in known or is_color(name):
        return
    hint = suggest(name, known) or f'write {listed(known, "or")}, or six hexadecimal digits in quotes: "#2f6d3a"'
    yield error("wrong-colour", f"'{name}' is not a valid colour", node.where, hint)


def place_parts(parts: tuple[PartNodes, ...], paths: Mapping[int, str]) -> tuple[Part, ...]:
    """Return the parts with the paths of their chapters; `paths` are those of the files found, by the id of the node.

    A part of which no chapter was found is left out: each of them has a finding.
    """
    placed = (
        Part(
            part.title,
            tuple(paths[id(node)] for node in part.chapters if id(node) in paths),
            part.summary,
            part.color,
            part.image,
            part.node.where,
        )
        for part in parts
    )
    return tuple(part for part in placed if part.chapters)
