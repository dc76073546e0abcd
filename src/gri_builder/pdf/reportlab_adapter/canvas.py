"""The canvas: pages that take their content as operators, and are handed over one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFPage
from reportlab.pdfgen.canvas import Canvas

from gri_builder.pdf.bleed import page_boxes
from gri_builder.pdf.content_stream import Operators
from gri_builder.pdf.reportlab_adapter.objects import CompressedContent, ObjectRegistry
from gri_builder.pdf.reportlab_adapter.pictures import readable_picture
from gri_builder.pdf.spool import Spool


class FinishedPage:
    """A page whose drawing is over."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def set_boxes(self) -> None:
        """Set the boxes of the page and of the sheet around it."""
        for name, box in page_boxes(self._page.pagewidth, self._page.pageheight).items():
            setattr(self._page, name, box)

    @property
    def content(self) -> str | None:
        """Its operators until they are compressed, then None."""
        text: str | None = self._page.stream
        return text

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height, in points."""
        return self._page.pagewidth, self._page.pageheight

    @property
    def digest(self) -> str:
        """SHA-256 of its operators, in hexadecimal; known once they are compressed."""
        digest: str = self._page.Contents.digest
        return digest

    def compress(self, operators: str, spool: Spool) -> None:
        """Set its content for good; it waits in the spool, compressed."""
        self._page.Contents, self._page.stream = CompressedContent(operators, spool), None

    def set_annotations(self, references: list[Any], parent_key: int | None) -> None:
        """Set its annotations, in the order of the structure, and its key in the parent tree, if it has one."""
        page = self._page
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.Annots, page.Tabs = references, "/S"
        if parent_key is not None:
            page.StructParents = parent_key


class PageCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas; subclasses complete each page in `finish_page`."""

    def __init__(self, page_size: tuple[float, float], language: str) -> None:
        self._is_transparent = False
        self.first_page = 1
        super().__init__("", pagesize=page_size, pageCompression=1, pdfVersion=(1, 7), lang=language)
        self.registry = ObjectRegistry(self._doc)

    def finish_page(self, page: FinishedPage) -> None:
        """Complete a page that was drawn; called by `end_page`."""
        raise NotImplementedError

    @property
    def page(self) -> int:
        """Number of the page being drawn, from 1."""
        number: int = self._pageNumber
        return number

    def start_at(self, number: int) -> None:
        """Give the first page that number; before anything is drawn."""
        self._pageNumber = self.first_page = number

    @property
    def page_width(self) -> float:
        """Width of the page being drawn, in points."""
        width: float = self._pagesize[0]
        return width

    @property
    def page_height(self) -> float:
        """Height of the page being drawn, in points."""
        height: float = self._pagesize[1]
        return height

    @property
    def is_page_empty(self) -> bool:
        """Whether nothing is drawn on the page yet."""
        return not self._code

    @property
    def finished_pages(self) -> list[FinishedPage]:
        """All finished pages, in order."""
        return [FinishedPage(page) for page in self._doc.Pages.pages]

    def emit(self, *operators: Operators) -> None:
        """Append operators to the page's content."""
        self._code.extend(operators)

    def resize_page(self, width: float, height: float) -> None:
        """Set the size of the page being drawn, and of those after it."""
        self.setPageSize((width, height))

    def end_page(self) -> None:
        """Finish the page and start the next one."""
        self.showPage()

    def draw_image(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a JPEG or PNG file into a rectangle."""
        self.drawImage(ImageReader(readable_picture(data)), x, y, width, height, mask="auto")

    def add_form(self, name: str, data: bytes, entries: Mapping[str, str]) -> None:
        """Register a form XObject, whose content may be transparent, under a name."""
        self._doc.addForm(name, self.registry.make_stream(data, entries))

    def use_form(self, name: str) -> Operators:
        """Return the operator that draws a form XObject on this page."""
        self._formsinuse.append(name)
        self._is_transparent = True
        return Operators(f"/{self._doc.getXObjectName(name)} Do")

    def _setXObjects(self, thing: Any) -> None:  # noqa: N802  # ReportLab's hook for the resources of a page
        """Give a page with transparent content its blending colour space (ISO 32000-1, 11.4.7)."""
        super()._setXObjects(thing)
        if self._is_transparent and isinstance(thing, PDFPage):
            thing.__NoDefault__ = [*thing.__NoDefault__, "Group"]
            thing.Group = "<</S/Transparency/CS/DeviceRGB>>"
            self._is_transparent = False

    def _make_preamble(self) -> None:
        """Start pages without a font (ReportLab's hook): each text object sets one."""
        self._preamble = ""

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802  # ReportLab's hook for a page that was drawn
        finished = FinishedPage(page)
        finished.set_boxes()
        self.finish_page(finished)
