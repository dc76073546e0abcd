"""Texts that `init` wrote for people to replace, and that nobody has replaced yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node, SourceFile

UNFILLED = "TO FILL IN"
"""How each text starts that people must replace."""
_LONGEST = 60


def check_filled(unwritten: Iterable[tuple[str, Location]]) -> Iterator[Finding]:
    """Yield an error for each text that is still to be replaced."""
    for text, where in unwritten:
        yield error("to-fill-in", f"'{text}' is not filled in yet", where, "write your own text in its place")


def list_unwritten(roots: Iterable[Node], chapters: Iterable[SourceFile]) -> tuple[tuple[str, Location], ...]:
    """Return the values of YAML files, and the lines of chapters, that are still to be replaced, with their places."""
    return (*(found for root in roots for found in _in_node(root)), *_in_lines(chapters))


def _in_lines(files: Iterable[SourceFile]) -> Iterator[tuple[str, Location]]:
    for file in files:
        for number, line in enumerate(file.lines if UNFILLED in file.text else (), 1):
            if (column := line.find(UNFILLED)) >= 0:
                yield shorten(line[column:], _LONGEST), file.where(number, column + 1, len(UNFILLED))


def _in_node(node: Node) -> Iterator[tuple[str, Location]]:
    if node.kind == "text" and UNFILLED in node.text:
        yield shorten(node.text[node.text.find(UNFILLED) :], _LONGEST), node.where
    elif UNFILLED in node.file.text:
        for inner in (*node.items, *(entry.value for entry in node.entries.values())):
            yield from _in_node(inner)
