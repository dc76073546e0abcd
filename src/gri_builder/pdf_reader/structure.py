"""The structure tree of a tagged PDF, with the text of its marked content (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gri_builder.pdf_reader.pdf_file import TaggedElement
from gri_builder.pdf_reader.trees import DEEPEST, MOST_NODES, as_list, as_mapping, reference_of, resolve


class StructureReader:
    """Reads the structure tree; an element that occurs twice is read once."""

    def __init__(self, pages: Mapping[tuple[int, int], int], marked: Mapping[tuple[int, int], str]) -> None:
        self.pages, self.marked = pages, marked
        self.seen: set[tuple[int, int]] = set()
        self.roles: Mapping[str, Any] = {}

    def read(self, root: Any) -> TaggedElement | None:
        """Return the root element of the tree; None if the PDF has no tree."""
        tree = as_mapping(root)
        self.roles = as_mapping(tree.get("/RoleMap"))
        kids = _kids(tree)
        found = [each for each in (self._element(kid, 1) for kid in kids) if each]
        if len(found) == 1:
            return found[0]
        return TaggedElement("Document", tuple(found)) if found else None

    def _element(self, value: Any, depth: int) -> TaggedElement | None:
        reference, node = reference_of(value), as_mapping(value)
        if reference in self.seen or depth > DEEPEST or len(self.seen) > MOST_NODES or "/S" not in node:
            return None
        if reference:
            self.seen.add(reference)
        page = self.pages.get(reference_of(node.raw_get("/Pg"))) if "/Pg" in node else None  # type: ignore[attr-defined, arg-type]
        kids: list[TaggedElement | str] = []
        content: list[tuple[int, int]] = []
        for kid in _kids(node):
            place = self._place(kid, page)
            if place:
                content.append(place)
                kids.append(self.marked.get(place, ""))
            elif element := self._element(kid, depth + 1):
                kids.append(element)
        role = str(node["/S"]).lstrip("/")
        role = str(self.roles.get(f"/{role}", role)).lstrip("/")
        actual = _text(node.get("/ActualText"))
        drawn = None
        if actual is not None:  # in place of all that is below (ISO 32000-1, 14.9.4)
            content += [place for kid in kids if isinstance(kid, TaggedElement) for place in kid.walk_content()]
            drawn = "".join(kid if isinstance(kid, str) else kid.text for kid in kids)
            kids = [actual]
        return TaggedElement(role, tuple(kids), tuple(content), _text(node.get("/Alt")), _text(node.get("/ID")), drawn)

    def _place(self, kid: Any, page: int | None) -> tuple[int, int] | None:
        """Return page and MCID of marked content; None for anything else."""
        value = resolve(kid)
        if isinstance(value, int):
            return (page, int(value)) if page else None
        node = as_mapping(value)
        if node.get("/Type") != "/MCR" or not isinstance(node.get("/MCID"), int):
            return None
        own = self.pages.get(reference_of(node.raw_get("/Pg")), page) if "/Pg" in node else page  # type: ignore[attr-defined, arg-type]
        return (own, int(node["/MCID"])) if own else None


def _kids(node: Mapping[str, Any]) -> list[Any]:
    if "/K" not in node:
        return []
    kid = node.raw_get("/K")  # type: ignore[attr-defined]
    return as_list(kid) if isinstance(resolve(kid), list) else [kid]


def _text(value: Any) -> str | None:
    value = resolve(value)
    return str(value) if isinstance(value, str) else None
