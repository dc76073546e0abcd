"""Values of nodes that match their schema; None for any other node, which has already been reported."""

from __future__ import annotations

from datetime import date

from gri_builder.source.json_schema.quick_check import is_date
from gri_builder.source.nodes import Node


def text_of(node: Node | None) -> str | None:
    """Return a text as one line; None if it is empty."""
    return " ".join(node.text.split()) or None if node and node.kind == "text" else None


def spelling_of(node: Node | None) -> str | None:
    """Return a text, or a number as it is written."""
    return node.text if node and node.kind == "number" else text_of(node)


def day_of(node: Node | None) -> date | None:
    """Return a date, written with or without quotes."""
    return date.fromisoformat(node.text) if node and node.kind in ("text", "date") and is_date(node.text) else None


def texts_of(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list that are texts; a single text is a list of one."""
    if node is None:
        return ()
    return tuple(item for item in (node.items if node.kind == "list" else (node,)) if text_of(item))
