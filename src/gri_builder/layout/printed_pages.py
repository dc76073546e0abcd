"""The text of pages as it was drawn, read back from their operators: what the finished PDF says."""

from __future__ import annotations

from gri_builder.embedded.marked_text import read_marked
from gri_builder.embedded.printed_text import VERSION, PrintedLink, PrintedStream, TextNode, walk_elements
from gri_builder.pdf.reportlab_adapter.objects import ObjectRegistry
from gri_builder.pdf.structure_tree import Content, StructureElement

BETWEEN = "\x00"
"""Between two texts of a page; no code of a font is this character (ISO 14289-1, 7.21.7)."""
MOST_PAGES = 8
"""Pages whose texts are kept apart: elements come page by page, but for notes."""


class PrintedPages:
    """Reads each page when it is finished, and all of them when the document is."""

    def __init__(self, registry: ObjectRegistry) -> None:
        self.registry = registry
        self._marked: dict[int, str] = {}
        """Texts by physical page: in the order of their MCIDs, as one text, which takes half of their memory."""
        self._recent: dict[int, list[str]] = {}
        """Texts of the pages that were asked for last."""
        self.links: list[PrintedLink] = []

    def read_page(self, page: int, operators: str) -> None:
        """Read a page whose operators are final."""
        texts = read_marked(operators.encode("latin-1"), self.registry.read_characters())
        if texts:
            self._marked[page] = BETWEEN.join([texts.get(mcid, "") for mcid in range(max(texts) + 1)])

    def add_link(self, page: int, target: str, text: str) -> None:
        """Add a link; links of a page come in the order of its annotations."""
        self.links.append(PrintedLink(page, target, " ".join(text.split())))

    def finish(self, document: StructureElement) -> PrintedStream:
        """Return what the elements of a document print, as long as its tree is whole."""
        nodes = (self._make_node(section) for section in document.kids if isinstance(section, StructureElement))
        return PrintedStream(VERSION, walk_elements(nodes), tuple(self.links))

    def _make_node(self, element: StructureElement) -> TextNode:
        """Return an element with its text."""
        kids: list[TextNode | str] = []
        first = 0
        for kid in element.kids:
            if isinstance(kid, StructureElement):
                kids.append(self._make_node(kid))
            elif isinstance(kid, Content):
                first = first or kid.page
                kids.append(self._find_text(kid))
        if element.actual is not None:
            kids = [element.actual]
        return TextNode(element.role, tuple(kids), first)

    def _find_text(self, content: Content) -> str:
        texts = self._recent.get(content.page)
        if texts is None:
            if len(self._recent) == MOST_PAGES:
                del self._recent[next(iter(self._recent))]
            texts = self._recent[content.page] = self._marked.get(content.page, "").split(BETWEEN)
        return texts[content.mcid] if content.mcid < len(texts) else ""
