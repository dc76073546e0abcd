"""The text of pages as it was drawn, read back from their operators: what the finished PDF says."""

from __future__ import annotations

from collections.abc import Mapping

from gri_builder.embedded.marked_text import read_marked
from gri_builder.embedded.printed_text import VERSION, PrintedLink, PrintedText, TextNode, list_elements
from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry
from gri_builder.pdf.structure_tree import Content, StructureElement

NOTHING: Mapping[int, str] = {}


class PrintedPages:
    """Reads each page when it is finished, and all of them when the document is."""

    def __init__(self, registry: ObjectRegistry) -> None:
        self.registry = registry
        self.marked: dict[int, dict[int, str]] = {}
        """Text by physical page, then by MCID."""
        self.links: list[PrintedLink] = []

    def read_page(self, page: int, operators: str) -> None:
        """Read a page whose operators are final."""
        self.marked[page] = read_marked(operators.encode("latin-1"), self.registry.read_characters())

    def add_link(self, page: int, target: str, text: str) -> None:
        """Add a link; links of a page come in the order of its annotations."""
        self.links.append(PrintedLink(page, target, " ".join(text.split())))

    def finish(self, document: StructureElement) -> PrintedText:
        """Return what the elements of a document print."""
        return PrintedText(VERSION, list_elements(_make_node(document, self.marked)), tuple(self.links))


def _make_node(element: StructureElement, marked: Mapping[int, Mapping[int, str]]) -> TextNode:
    kids: list[TextNode | str] = []
    first = 0
    for kid in element.kids:
        if isinstance(kid, StructureElement):
            kids.append(_make_node(kid, marked))
        elif isinstance(kid, Content):
            first = first or kid.page
            kids.append(marked.get(kid.page, NOTHING).get(kid.mcid, ""))
    if element.actual is not None:
        kids = [element.actual]
    return TextNode(element.role, tuple(kids), first)
