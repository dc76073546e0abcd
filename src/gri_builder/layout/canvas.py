"""The canvas: ReportLab's, with text operators written directly, marked content, links and named destinations.

Everything painted is either marked content of a structure element or an artifact (ISO 14289-1, 7.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from gri_builder.fonts.faces import Encoder, Face
from gri_builder.layout.layout_warnings import LayoutWarnings
from gri_builder.layout.line_breaking import TextFormat
from gri_builder.model.document import Attachment
from gri_builder.pdf.document_writer import DocumentWriter, OutlineEntry
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.reportlab_adapter.canvas import FinishedPage, PageCanvas
from gri_builder.pdf.reportlab_adapter.objects import RawObject
from gri_builder.pdf.structure_tree import Annotation, Content, StructureElement, StructureTree, pdf_text
from gri_builder.pdf.xmp import Metadata

ARTIFACT = "/Artifact BMC"
PAGINATION = {kind: f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC" for kind in ("Header", "Footer", "Watermark")}
"""What begins each kind of page furniture (ISO 32000-1, table 330)."""
LATE = "\x00"
"""Encloses the number of a late page reference in a page's content; text of the data can't hold it unescaped."""


DISPLAY = 12.0
"""Size from which on text is kerned; in smaller text nobody sees it."""


class LateNumber(Struct, frozen=True):
    """A page number that is printed before it is known."""

    key: str
    look: TextFormat
    end: tuple[float, float] | None
    """Its right end on the baseline; None for one that stands where the text before it ends."""


class ReportCanvas(PageCanvas):
    """A canvas whose pages hold tagged content only."""

    def __init__(self, page_size: tuple[float, float], language: str, tagged: bool = True) -> None:
        self.tagged = tagged
        self.places = PageMap()
        self.tree = StructureTree()
        self.lates: list[LateNumber] = []
        self.looks = LayoutWarnings()
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

    def begin(self, element: StructureElement) -> str:
        """Return the operator that begins marked content of the element; 'EMC' ends it."""
        if not self.tagged:
            return ARTIFACT
        mcid = len(self._owners)
        self._owners.append(element)
        element.kids.append(Content(self.page, mcid))
        return f"/{element.role} <</MCID {mcid}>> BDC"

    def decorate(self, *operators: str, kind: str = ARTIFACT) -> None:
        """Paint something that carries no meaning: rules, backgrounds, page furniture."""
        if self.tagged:
            self.emit(kind, "q", *operators, "Q", "EMC")
        else:
            self.emit("q", *operators, "Q")

    def encoder(self, face: Face) -> Encoder:
        """Return the encoder of a face in this document."""
        encoder = self._encoders.get(id(face))
        if encoder is None:
            encoder = self._encoders[id(face)] = Encoder(face, self.registry)
        return encoder

    # -- places -------------------------------------------------------------------------------------------------------

    def arrive(self, key: str, top: float) -> None:
        """Make a named destination at a height of this page, unless the name has one already."""
        self.places.arrive(key, self.page, top)

    def link(self, element: StructureElement, box: tuple[float, float, float, float], target: str, text: str) -> None:
        """Put a link over a box (left, bottom, right, top) and into the element; '#name' is a named destination."""
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
        """Set what the file says of itself."""
        self.writer.set_metadata(metadata)

    # -- pages --------------------------------------------------------------------------------------------------------

    def finish_page(self, page: FinishedPage) -> None:
        """Set the page's links and its elements; compress its content unless page numbers are still missing in it."""
        page.set_annotations(self._links, self.tree.add_parent(self._owners) if self._owners else None)
        self._owners, self._links = [], []
        self.mark_floor = self.page_height
        self.places.pages = self.page
        if page.content and LATE not in page.content:
            page.compress(page.content)

    def _patch_lates(self) -> None:
        """Set the page numbers that were not known when their page was drawn."""
        for page in self.finished_pages:
            if page.content is not None:
                parts = page.content.split(LATE)
                parts[1::2] = [self._late_operators(self.lates[int(number)]) for number in parts[1::2]]
                page.compress("".join(parts))

    def _late_operators(self, late: LateNumber) -> str:
        first = self.places.first(late.key)
        text = str(first) if first else "?"
        segments = self.encoder(late.look.face).segments(text)
        shown = " ".join(f"{name} {late.look.size:g} Tf ({codes}) Tj" for name, codes in segments)
        if late.end is None:
            return shown
        (right, y), width = late.end, late.look.face.width(text) * late.look.size
        return f"1 0 0 1 {right - width:.2f} {y:.2f} Tm {shown}"

    def save(self) -> None:
        """Finish the document; its bytes are `data` from then on."""
        if not self.is_page_empty:
            self.end_page()
        self._patch_lates()
        self.tree.prune()
        self.places.facts = self.tree.fact_locations()
        self.places.page_digests = tuple(page.digest for page in self.finished_pages)
        tree = self.tree if self.tagged else None
        self.data = self.writer.write(tree, self.places, self.outline, self.attach(self.places))


class Pen:
    """Collects one text object, with marked content switched as the text goes along."""

    def __init__(self, canvas: ReportCanvas) -> None:
        self.canvas = canvas
        self.operators = ["BT"]
        self.font: tuple[str, float] | None = None
        self.color: str | None = None
        self.rise = 0.0
        self.element: StructureElement | None = None
        self._marked = False

    def tag(self, element: StructureElement | None) -> None:
        """Let what follows be content of the element, or an artifact for None."""
        if (self._marked and element is self.element) or not self.canvas.tagged:
            return
        if self._marked:
            self.operators.append("EMC")
        self.operators.append(self.canvas.begin(element) if element is not None else ARTIFACT)
        self.element, self._marked = element, True

    def move(self, x: float, y: float) -> None:
        """Set the start of the next text, the left end of its baseline."""
        self.operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def stretch(self, spacing: float) -> None:
        """Widen each space by so many points."""
        self.operators.append(f"{spacing:.3f} Tw")

    def show(self, text: str, look: TextFormat) -> None:
        """Show text where the last one ended."""
        out = self.operators
        if look.color != self.color:
            out.append(f"{look.color} rg")
            self.color = look.color
        if look.rise != self.rise:
            out.append(f"{look.rise:.2f} Ts")
            self.rise = look.rise
        for face, part in look.face.parts(text):
            if look.size >= DISPLAY:
                self._show_kerned(face, part, look.size)
                continue
            for name, codes in self.canvas.encoder(face).segments(part):
                self._choose(name, look.size)
                out.append(f"({codes}) Tj")

    def _choose(self, name: str, size: float) -> None:
        if (name, size) != self.font:
            self.font = name, size
            self.operators.append(f"{name} {size:g} Tf")

    def _show_kerned(self, face: Face, text: str, size: float) -> None:
        """Show large text with its pairs of letters moved together (ISO 32000-1, 9.4.3)."""
        parts: list[str] = []
        for stretch, nearer in face.kerned(text):
            for name, codes in self.canvas.encoder(face).segments(stretch):
                if (name, size) != self.font and parts:
                    self.operators.append(f"[{''.join(parts)}] TJ")
                    parts = []
                self._choose(name, size)
                parts.append(f"({codes})")
            if nearer:
                parts.append(f"{nearer:.0f}")
        if parts:
            self.operators.append(f"[{''.join(parts)}] TJ")

    def late(self, key: str, look: TextFormat, end: tuple[float, float] | None = None) -> None:
        """Leave the place of the number of the first page that holds `key`: with that right end, or behind the text."""
        if look.color != self.color:
            self.operators.append(f"{look.color} rg")
            self.color = look.color
        self.operators.append(f"{LATE}{len(self.canvas.lates)}{LATE}")
        self.canvas.lates.append(LateNumber(key, look, end))
        self.font = None

    def end(self) -> None:
        """Write the text object to the page."""
        if self._marked:
            self.operators.append("EMC")
        if self.rise:
            self.operators.append("0 Ts")
        self.operators.append("ET")
        self.canvas.emit(" ".join(self.operators))


def write_text(
    canvas: ReportCanvas,
    element: StructureElement | None,
    x: float,
    y: float,
    text: str,
    look: TextFormat,
    align: str = "left",
) -> None:
    """Write one line of text at a point of the baseline: its left end, right end or middle."""
    width = look.face.width(text) * look.size if align != "left" else 0.0
    pen = Pen(canvas)
    pen.tag(element)
    pen.move(x - width * {"left": 0.0, "right": 1.0, "center": 0.5}[align], y)
    pen.show(text, look)
    pen.end()


def box(x: float, y: float, width: float, height: float) -> str:
    """Return the path of a rectangle from its lower left corner."""
    return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return the path of a straight line."""
    return f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l"


def circle(x: float, y: float, radius: float = 2.3) -> str:
    """Return the path of a circle, as four Bézier curves."""
    k, r = 0.5523 * radius, radius
    curves = [
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{v:.2f}" for v in curve) + " c" for curve in curves) + " h"


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Return the path of a rectangle with round corners, from its lower left corner."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return box(x, y, width, height)
    k, right, top = 0.4477 * r, x + width, y + height
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c {right:.2f} {top - r:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c {x + r:.2f} {top:.2f} l "
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c {x:.2f} {y + r:.2f} l "
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def path(points: Iterable[tuple[float, float]]) -> str:
    """Return the path through the points."""
    return " ".join(f"{x:.2f} {y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points))


def _ascii_uri(target: str) -> str:
    """Return a URI as a PDF string of 7-bit ASCII (ISO 32000-1, 12.6.4.7), other characters percent-encoded."""
    encoded = "".join(char if char.isascii() and char > " " else _percent(char) for char in target)
    return pdf_text(encoded)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
