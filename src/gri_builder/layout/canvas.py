"""The canvas: pages with marked content, links, named destinations and late page numbers.

Everything drawn is either marked content of a structure element or an artifact (ISO 14289-1, 7.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from gri_builder.fonts.faces import Encoder, Face
from gri_builder.layout.layout_warnings import LayoutWarnings
from gri_builder.layout.line_breaking import TextFormat
from gri_builder.model.document import Attachment
from gri_builder.pdf.content_stream import (
    END_MARKED,
    RESTORE,
    SAVE,
    START_ARTIFACT,
    Operators,
    PageArtifact,
    TextObject,
    TextSpan,
    start_marked_content,
    start_page_artifact,
)
from gri_builder.pdf.document_writer import DocumentWriter, OutlineEntry
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.reportlab_adapter.canvas import FinishedPage, PageCanvas
from gri_builder.pdf.reportlab_adapter.objects import RawObject
from gri_builder.pdf.structure_tree import Annotation, Content, StructureElement, StructureTree, pdf_text
from gri_builder.pdf.xmp import Metadata

LATE = "\x00"
"""Encloses the index of a late page number in a page's content; text of the data can't hold it unescaped."""
MIN_KERNED_SIZE = 12.0
"""Size from which text is kerned; in smaller text the difference is invisible."""


class LateNumber(Struct, frozen=True):
    """A page number that is set before it is known."""

    key: str
    look: TextFormat
    end: tuple[float, float] | None
    """Its right end on the baseline; None for a number that follows the text before it."""


class ReportCanvas(PageCanvas):
    """A canvas whose pages hold tagged content only."""

    def __init__(self, page_size: tuple[float, float], language: str, tagged: bool = True) -> None:
        self.tagged = tagged
        self.page_map = PageMap()
        self.tree = StructureTree()
        self.lates: list[LateNumber] = []
        self.layout_warnings = LayoutWarnings()
        self.outline: list[OutlineEntry] = []
        self.mark_floor = page_size[1]
        self._owners: list[StructureElement] = []
        self._links: list[RawObject] = []
        self._encoders: dict[int, Encoder] = {}
        self.attach: Callable[[PageMap], Sequence[Attachment]] = lambda places: ()
        super().__init__(page_size, language)
        self.writer = DocumentWriter(self.registry)
        self.data = b""

    # -- content ------------------------------------------------------------------------------------------------------

    def start_content(self, element: StructureElement) -> Operators:
        """Return the operator that starts marked content of the element; END_MARKED ends it."""
        if not self.tagged:
            return START_ARTIFACT
        mcid = len(self._owners)
        self._owners.append(element)
        element.kids.append(Content(self.page, mcid))
        return start_marked_content(element.role, mcid)

    def draw(self, *operators: Operators) -> None:
        """Draw between saving and restoring the graphics state."""
        self.emit(SAVE, *operators, RESTORE)

    def decorate(self, *operators: Operators, kind: PageArtifact | None = None) -> None:
        """Draw an artifact: lines, backgrounds, headers and footers."""
        if self.tagged:
            self.emit(start_page_artifact(kind) if kind else START_ARTIFACT)
        self.draw(*operators)
        if self.tagged:
            self.emit(END_MARKED)

    @contextmanager
    def marked(self, content: StructureElement | PageArtifact | None) -> Iterator[None]:
        """Make what is drawn meanwhile content of an element, a kind of page artifact, or for None any artifact."""
        if isinstance(content, StructureElement):
            self.emit(self.start_content(content))
        else:
            self.emit(start_page_artifact(content) if content else START_ARTIFACT)
        yield
        self.emit(END_MARKED)

    def encoder(self, face: Face) -> Encoder:
        """Return the encoder of a face in this document."""
        encoder = self._encoders.get(id(face))
        if encoder is None:
            encoder = self._encoders[id(face)] = Encoder(face, self.registry)
        return encoder

    # -- places -------------------------------------------------------------------------------------------------------

    def add_destination(self, key: str, top: float) -> None:
        """Add a named destination at a height of this page, unless the name has one."""
        self.page_map.add_destination(key, self.page, top)

    def link(self, element: StructureElement, box: tuple[float, float, float, float], target: str, text: str) -> None:
        """Add a link over a box (left, bottom, right, top) to an element; '#name' is a named destination."""
        parent = f"/StructParent {self.tree.add_parent(element)}" if self.tagged else ""
        action = f"/Dest {pdf_text(target[1:])}" if target.startswith("#") else f"/A<</S/URI/URI {_ascii_uri(target)}>>"
        rect = " ".join(f"{value:.2f}" for value in box)
        link = RawObject(
            f"<</Type/Annot/Subtype/Link/Rect[{rect}]/Border[0 0 0]/F 4/Contents{pdf_text(text.strip() or target)}"
            f"{parent}{action}>>"
        )
        self._links.append(link)
        element.kids.append(Annotation(self.page, self.registry.add(link)))

    def bookmark(self, level: int, title: str, target: str) -> None:
        """Add a bookmark that leads to a named destination; level 1 is a chapter's."""
        self.outline.append(OutlineEntry(level, title, target))

    def describe(self, metadata: Metadata) -> None:
        """Set the document's metadata."""
        self.writer.set_metadata(metadata)

    # -- pages --------------------------------------------------------------------------------------------------------

    def finish_page(self, page: FinishedPage) -> None:
        """Set the page's links and its elements; compress its content unless page numbers are still missing in it."""
        page.set_annotations(self._links, self.tree.add_parent(self._owners) if self._owners else None)
        self._owners, self._links = [], []
        self.mark_floor = self.page_height
        self.page_map.pages = self.page
        if page.content and LATE not in page.content:
            page.compress(page.content)

    def _patch_lates(self) -> None:
        """Insert the page numbers that were unknown when their page was drawn."""
        for page in self.finished_pages:
            if page.content is not None:
                parts = page.content.split(LATE)
                parts[1::2] = [self._late_operators(self.lates[int(number)]) for number in parts[1::2]]
                page.compress("".join(parts))

    def _late_operators(self, late: LateNumber) -> str:
        first = self.page_map.first(late.key)
        text = str(first) if first else "?"
        parts = late.look.face.parts(text)
        segments = [segment for face, part in parts for segment in self.encoder(face).segments(part)]
        out = TextSpan()
        if late.end is not None:
            (right, y), width = late.end, late.look.face.width(text) * late.look.size
            out.set_position(right - width, y)
        for name, codes in segments:
            out.set_font(name, late.look.size)
            out.show(codes)
        return out.join()

    def save(self) -> None:
        """Finish the document; its bytes are `data` from then on."""
        if not self.is_page_empty:
            self.end_page()
        self._patch_lates()
        self.tree.prune()
        self.page_map.facts = self.tree.fact_locations()
        self.page_map.page_digests = tuple(page.digest for page in self.finished_pages)
        tree = self.tree if self.tagged else None
        self.data = self.writer.write(tree, self.page_map, self.outline, self.attach(self.page_map))


class Pen:
    """Writes one text object; switches marked content as the text's elements change."""

    def __init__(self, canvas: ReportCanvas) -> None:
        self.canvas, self.text = canvas, TextObject()
        self.element: StructureElement | None = None
        self._is_marked = False

    def tag(self, element: StructureElement | None) -> None:
        """Make what follows content of the element, or an artifact for None."""
        if (self._is_marked and element is self.element) or not self.canvas.tagged:
            return
        if self._is_marked:
            self.text.add(END_MARKED)
        self.text.add(self.canvas.start_content(element) if element is not None else START_ARTIFACT)
        self.element, self._is_marked = element, True

    def move(self, x: float, y: float) -> None:
        """Set the left end of the next text's baseline."""
        self.text.set_position(x, y)

    def turn(self, matrix: tuple[float, float, float, float], x: float, y: float) -> None:
        """Rotate the next text, and set the left end of its baseline."""
        self.text.set_matrix(*matrix, x, y)

    def stretch(self, spacing: float) -> None:
        """Widen each space, in points."""
        self.text.set_word_spacing(spacing)

    def show(self, text: str, look: TextFormat) -> None:
        """Show text behind the last one."""
        out, size = self.text, look.size
        out.set_color(look.color)
        out.set_rise(look.rise)
        for face, part in look.face.parts(text):
            if size >= MIN_KERNED_SIZE:
                self._show_kerned(face, part, size)
                continue
            for name, codes in self.canvas.encoder(face).segments(part):
                out.set_font(name, size)
                out.show(codes)

    def _show_kerned(self, face: Face, text: str, size: float) -> None:
        """Show large text with kerning (ISO 32000-1, 9.4.3)."""
        out, parts = self.text, list[str | float]()
        for stretch, nearer in face.kerned(text):
            for name, codes in self.canvas.encoder(face).segments(stretch):
                if (name, size) != out.font and parts:
                    out.show_adjusted(parts)
                    parts = []
                out.set_font(name, size)
                parts.append(codes)
            if nearer:
                parts.append(nearer)
        if parts:
            out.show_adjusted(parts)

    def late(self, key: str, look: TextFormat, end: tuple[float, float] | None = None) -> None:
        """Reserve the place of the page number of `key`: with that right end, or behind the text."""
        self.text.set_color(look.color)
        self.text.add(f"{LATE}{len(self.canvas.lates)}{LATE}")
        self.canvas.lates.append(LateNumber(key, look, end))
        self.text.font = None

    def end(self) -> None:
        """Write the text object to the page."""
        if self._is_marked:
            self.text.add(END_MARKED)
        self.canvas.emit(self.text.finish())


def _ascii_uri(target: str) -> str:
    """Return a URI as a PDF string of 7-bit ASCII (ISO 32000-1, 12.6.4.7), other characters percent-encoded."""
    encoded = "".join(char if char.isascii() and char > " " else _percent(char) for char in target)
    return pdf_text(encoded)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
