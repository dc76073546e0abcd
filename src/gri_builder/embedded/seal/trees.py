"""Name trees, number trees and the outline as plain lists (ISO 32000-1, 7.9.6, 7.9.7 and 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.embedded.seal.objects import PdfObjects
from gri_builder.embedded.seal.syntax import PdfSyntaxError, Value

MOST_NODES = 500_000


def walk_tree(objects: PdfObjects, root: Value | None, key: str) -> Iterator[tuple[Value, Value]]:
    """Yield keys and values of a name tree (key '/Names') or a number tree ('/Nums').

    Raises PdfSyntaxError where it leads in a circle.
    """
    todo: list[Value | None] = [root]
    seen: set[int] = set()
    while todo:
        value = todo.pop()
        if isinstance(value, int):
            if value in seen:
                raise PdfSyntaxError("a tree leads in a circle")
            seen.add(value)
        node = objects.mapping(value)
        pairs = objects.items(node.get(key))
        for name, held in zip(pairs[::2], pairs[1::2], strict=False):
            found = objects.resolve(name)
            yield found if isinstance(found, str) else "", held
        todo.extend(reversed(objects.items(node.get("/Kids"))))


def walk_outline(objects: PdfObjects, root: Value | None) -> Iterator[tuple[int, dict[str, Value]]]:
    """Yield level and entries of each bookmark, in order; raises PdfSyntaxError in a circle."""
    todo: list[tuple[Value | None, int]] = [(objects.mapping(root).get("/First"), 1)]
    seen: set[int] = set()
    while todo:
        value, level = todo.pop()
        if value is None:
            continue
        if not isinstance(value, int) or value in seen:
            raise PdfSyntaxError("the outline leads in a circle")
        seen.add(value)
        node = objects.mapping(value)
        yield level, node
        todo += [(node.get("/Next"), level), (node.get("/First"), level + 1)]
