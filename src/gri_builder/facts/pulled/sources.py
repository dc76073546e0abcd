"""Which fact series take their values from warehouses, and which warehouses none of them asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gri_builder.model.figures.warehouse import Connection
from gri_builder.model.finding import Finding, warning
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import text_of

KINDS = ("aggregate", "query")
"""Keys of a series below which 'from' may name a warehouse."""


def find_pulled(series: Node) -> tuple[str, Node] | None:
    """Return the key and the description of a series whose values come from a warehouse; None for any other."""
    for kind in KINDS:
        node = series.get(kind)
        if node is not None and node.get("from") is not None:
            return kind, node
    return None


def list_pulled(entries: Mapping[str, Entry]) -> Iterator[tuple[str, Node]]:
    """Yield the id and the node of each series whose values come from a warehouse."""
    for id, entry in entries.items():
        if find_pulled(entry.value):
            yield id, entry.value


def find_unasked_connections(connections: Mapping[str, Connection], entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Yield a warning for each warehouse that no series asks; none where a series names one that is unknown."""
    found = (find_pulled(entry.value) for entry in entries.values())
    named = {(text_of(each[1].get("from")) or "").partition(".")[0] for each in found if each}
    for name, connection in connections.items() if named <= connections.keys() else ():
        if name not in named:
            hint = f"delete it; or ask it for values in a series: aggregate: {{from: {name}.TABLE, …}}"
            yield warning("unread-file", f"no fact series asks the warehouse '{name}'", connection.where, hint)
