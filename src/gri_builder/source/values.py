"""Values of nodes that passed their schema; None for whatever else stands there, which has its finding already."""

from __future__ import annotations

from datetime import date

from gri_builder.source.nodes import Node
from gri_builder.source.schema_check import is_day


def text_of(node: Node | None) -> str | None:
    """Return a plain text that is not empty, as one line."""
    return " ".join(node.text.split()) or None if node and node.kind == "text" else None


def spelling_of(node: Node | None) -> str | None:
    """Return a plain text, or a number as it is written."""
    return node.text if node and node.kind == "number" else text_of(node)


def day_of(node: Node | None) -> date | None:
    """Return a day, written with or without quotes."""
    return date.fromisoformat(node.text) if node and node.kind in ("text", "date") and is_day(node.text) else None


def texts_of(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list that are texts; a single text counts as a list of one."""
    if node is None:
        return ()
    return tuple(item for item in (node.items if node.kind == "list" else (node,)) if text_of(item))
