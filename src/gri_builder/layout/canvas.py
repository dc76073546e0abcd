"""The canvas: pages with marked content, links, named destinations and late page numbers.

Everything drawn is either marked content of a structure element or an artifact (ISO 14289-1, 7.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.embedded.drawn_charts import DrawnChart
from gri_builder.embedded.printed_text import PrintedStream
from gri_builder.fonts.faces import Encoder, Face, even_spaces
from gri_builder.fonts.scripts import Direction, needs_shaping, text_direction
from gri_builder.layout.layout_warnings import LayoutWarnings
from gri_builder.layout.margins.side import MarginSide
from gri_builder.layout.printed_pages import PrintedPages
from gri_builder.layout.source_boxes import SourceBox
from gri_builder.layout.text.glyph_writer import write_word
from gri_builder.model.color import BLACK, Color
from gri_builder.model.document import Attachment
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Drawing
from gri_builder.model.texts.readable_text import readable, without_inner_hyphens
from gri_builder.pdf.bleed import Rectangle, extend_to_bleed
from gri_builder.pdf.content_stream import (
    END_MARKED,
    RESTORE,
    SAVE,
    START_ARTIFACT,
    Operators,
    PageArtifact,
    Path,
    TextObject,
    TextSpan,
    clip,
    start_marked_content,
    start_page_artifact,
)
from gri_builder.pdf.document_writer import DocumentWriter, OutlineEntry
from gri_builder.pdf.drawing import is_plain, paint_drawing, place_drawing
from gri_builder.pdf.form_xobjects import make_form
from gri_builder.pdf.page_map import PageMap
from gri_builder.pdf.reflection import Reflection
from gri_builder.pdf.reportlab_adapter.canvas import FinishedPage, PageCanvas
from gri_builder.pdf.reportlab_adapter.objects import RawObject
from gri_builder.pdf.structure_tree import (
    Annotation,
    Content,
    StructureElement,
    StructureTree,
    make_writing_mode,
    pdf_text,
)
from gri_builder.pdf.xmp import Metadata
from gri_builder.typesetting.levels import visual_stretches
from gri_builder.typesetting.line_breaking import TextFormat

LATE = "\x00"
"""Encloses the index of a late page number in a page's content; text of the data can't hold it unescaped."""


class LateNumber(Struct, frozen=True):
    """A page number that is set before it is known."""

    key: str
    look: TextFormat
    at: tuple[float, float] | None
    """A point on its baseline; None for a number that follows the text before it."""
    share: float
    """Share of its width that is left of that point."""


class ReportCanvas(PageCanvas):
    """A canvas whose pages hold tagged content only."""

    def __init__(self, page_size: tuple[float, float], language: str, tagged: bool = True) -> None:
        self.tagged, self.direction = tagged, text_direction(language)
        self.page_map = PageMap()
        self.tree = StructureTree()
        if self.direction == "rtl":
            self.tree.document.attributes = make_writing_mode(right_to_left=True)
        self.lates: list[LateNumber] = []
        self.layout_warnings = LayoutWarnings()
        self.outline: list[OutlineEntry] = []
        self.mark_floor = page_size[1]
        self.margin_side = MarginSide()
        """Where the margin column of the page is."""
        self.reflection = Reflection()
        """How the positions that boxes are drawn at become those of the page."""
        self._owners: list[StructureElement] = []
        self._links: list[RawObject] = []
        self._encoders: dict[int, Encoder] = {}
        self._drawings: dict[tuple[int, Color], tuple[str, Drawing]] = {}
        self.attach: Callable[[PageMap], Iterable[Attachment]] = lambda places: ()
        super().__init__(page_size, language)
        self.writer = DocumentWriter(self.registry)
        self.printed: PrintedPages | None = None
        """Reads what the pages print; None where nobody asks for that."""
        self.drawn_charts: list[DrawnChart] = []
        """Charts whose shapes show values, in the order of drawing."""
        self.characters: Mapping[str, tuple[Mapping[int, str], int]] = {}
        """Characters by the codes that the pages print, by font; known when the document is finished."""
        self.source_boxes: list[SourceBox] = []
        """Boxes whose source is known, in the order of drawing."""
        self.printed_text: PrintedStream | None = None
        """What the pages print; known when the document is finished, until its files are attached."""
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

    @property
    def last_mcid(self) -> int:
        """The number of the marked content that was started last on this page."""
        return len(self._owners) - 1

    def draw(self, *operators: Operators) -> None:
        """Draw shapes in the writing direction, between saving and restoring the graphics state."""
        self.emit(SAVE, *self.reflection.matrix, *operators, RESTORE)

    def clip(self, path: Path) -> None:
        """Cut off what is drawn outside a path, until the graphics state is restored."""
        reflection = self.reflection
        self.emit(*reflection.matrix, clip(path), *reflection.inverse.matrix)

    def decorate(self, *operators: Operators, kind: PageArtifact | None = None) -> None:
        """Draw an artifact: lines, backgrounds, headers and footers."""
        if self.tagged:
            self.emit(start_page_artifact(kind) if kind else START_ARTIFACT)
        self.draw(*operators)
        if self.tagged:
            self.emit(END_MARKED)

    def bleed(self, x: float, y: float, width: float, height: float) -> Rectangle:
        """Return an area of the page, 3 mm larger at each edge of the page that it touches: that of a ground."""
        return extend_to_bleed(Rectangle(x, y, width, height), self.page_width, self.page_height)

    def draw_drawing(
        self, drawing: Drawing, x: float, y: float, width: float, height: float, current: Color = BLACK
    ) -> None:
        """Fit a drawing into a rectangle; `current` is the colour of shapes that have no colour of their own."""
        if is_plain(drawing):
            self.emit(*paint_drawing(drawing, x, y, width, height, current))
            return
        key = (id(drawing), current)
        if key not in self._drawings:
            name = f"Drawing{len(self._drawings)}"
            self.add_form(name, *make_form(self.registry, drawing, current))
            self._drawings[key] = name, drawing
        form = self.use_form(self._drawings[key][0])
        self.emit(SAVE, *place_drawing(drawing, x, y, width, height), form, RESTORE)

    @contextmanager
    def marked(self, content: StructureElement | PageArtifact | None) -> Iterator[None]:
        """Make what is drawn meanwhile content of an element, a kind of page artifact, or for None any artifact."""
        if isinstance(content, StructureElement):
            self.emit(self.start_content(content))
        else:
            self.emit(start_page_artifact(content) if content else START_ARTIFACT)
        yield
        self.emit(END_MARKED)

    @contextmanager
    def directed(self, direction: Direction | None, x: float, width: float) -> Iterator[None]:
        """Draw meanwhile what starts at `x` and is that wide in its own writing direction; None is the present one."""
        before = self.reflection
        if direction and (direction == "rtl") != before.is_reversed:
            self.reflection = before.about(x, width)
        yield
        self.reflection = before

    @contextmanager
    def mirrored(self) -> Iterator[None]:
        """Draw meanwhile what is designed for pages with the margin at the left, mirrored where it is at the right."""
        before = self.reflection
        if self.margin_side.is_after:
            self.reflection = before.about(0.0, self.page_width)
        yield
        self.reflection = before

    def left(self, x: float, width: float = 0.0) -> float:
        """Return the left edge on the page of what is drawn at `x` and is that wide: texts, pictures, links."""
        return self.reflection.left(x, width)

    def bounds(self, x: float, y: float, width: float, height: float) -> str:
        """Return the attributes of a figure in that rectangle, given by its lower corner (ISO 32000-1, table 344)."""
        left = self.left(x, width)
        return f"<</O/Layout/Placement/Block/BBox[{left:.2f} {y:.2f} {left + width:.2f} {y + height:.2f}]>>"

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

    def record_source(self, where: Location, x: float, y: float, width: float, height: float) -> None:
        """Record where a box of this page was written; `y` is its lower edge."""
        self.source_boxes.append(SourceBox(self.page, self.left(x, width), y, width, height, where))

    def link(self, element: StructureElement, box: tuple[float, float, float, float], target: str, text: str) -> None:
        """Add a link over a box (left, bottom, right, top) to an element; '#name' is a named destination."""
        parent = f"/StructParent {self.tree.add_parent(element)}" if self.tagged else ""
        inside = target.startswith("#")
        place = target[1:] if inside else _ascii_uri(target)
        action = f"/Dest {pdf_text(place)}" if inside else f"/A<</S/URI/URI {pdf_text(place)}>>"
        rect = " ".join(f"{value:.2f}" for value in box)
        link = RawObject(
            f"<</Type/Annot/Subtype/Link/Rect[{rect}]/Border[0 0 0]/F 4/Contents{pdf_text(text.strip() or target)}"
            f"{parent}{action}>>"
        )
        self._links.append(link)
        if self.printed:
            self.printed.add_link(self.page, readable(place), text)
        element.kids.append(Annotation(self.page, self.registry.add(link)))

    def add_signature_field(
        self, element: StructureElement, box: tuple[float, float, float, float], name: str, description: str
    ) -> None:
        """Add a signature field that is not signed, and shows nothing, to an element (ISO 32000-1, 12.7.4.5)."""
        if not self.tagged:
            return
        self._links.append(self.writer.make_signature_field(box, name, description, self.tree.add_parent(element)))
        element.kids.append(Annotation(self.page, self.registry.add(self._links[-1])))

    def bookmark(self, level: int, title: str, target: str) -> None:
        """Add a bookmark that leads to a named destination; level 1 is a chapter's."""
        self.outline.append(OutlineEntry(level, title, target))

    def read_pages(self) -> None:
        """Read what the pages print from now on; an untagged document has no elements that print something."""
        self.printed = PrintedPages(self.registry) if self.tagged else None

    def describe(self, metadata: Metadata) -> None:
        """Set the document's metadata."""
        self.writer.set_metadata(metadata)

    # -- pages --------------------------------------------------------------------------------------------------------

    def resize_page(self, width: float, height: float) -> None:
        """Set the size of the page, and the writing direction of the document."""
        super().resize_page(width, height)
        self.reflection = Reflection().about(0.0, width) if self.direction == "rtl" else Reflection()

    def finish_page(self, page: FinishedPage) -> None:
        """Set the page's links and its elements; compress its content unless page numbers are still missing in it."""
        page.set_annotations(self._links, self.tree.add_parent(self._owners) if self._owners else None)
        self._owners, self._links = [], []
        self.mark_floor = self.page_height
        self.page_map.pages = self.page
        if page.content and LATE not in page.content:
            self._complete(page, self.page, page.content)

    def _complete(self, page: FinishedPage, number: int, operators: str) -> None:
        """Compress the content of a page, which is final, and read what it prints."""
        page.compress(operators, self.registry.spool)
        if self.printed:
            self.printed.read_page(number, operators)

    def _patch_lates(self) -> None:
        """Insert the page numbers that were unknown when their page was drawn."""
        for number, page in enumerate(self.finished_pages, 1):
            if page.content is not None:
                parts = page.content.split(LATE)
                parts[1::2] = [self._late_operators(self.lates[int(late)]) for late in parts[1::2]]
                self._complete(page, number, "".join(parts))

    def _late_operators(self, late: LateNumber) -> str:
        first = self.page_map.first(late.key)
        text = str(first) if first else "?"
        parts = late.look.face.parts(text)
        segments = [segment for face, part in parts for segment in self.encoder(face).kerned_segments(part)]
        out = TextSpan()
        if late.at is not None:
            (x, y), width = late.at, late.look.face.width(text) * late.look.size
            out.set_position(x - width * late.share, y)
        for name, codes in segments:
            out.set_font(name, late.look.size)
            out.show(codes)
        return out.join()

    def save(self) -> None:
        """Finish the document; its bytes are `data` from then on."""
        if not self.is_page_empty:
            self.end_page()
        self._patch_lates()
        self.characters = self.registry.read_characters()
        self.tree.prune()
        self.page_map.facts = self.tree.fact_locations()
        self.printed_text = self.printed.finish(self.tree.document) if self.printed else None
        self.printed = None
        self.page_map.page_digests = tuple(page.digest for page in self.finished_pages)
        tree = self.tree if self.tagged else None
        places = self.page_map if self.first_page == 1 else self._drop_destinations()
        self.data = self.writer.write(tree, places, self.outline, self._take_attachments())

    def _take_attachments(self) -> Iterator[Attachment]:
        """Yield the files to embed; what the pages print is in one of them, and is freed then."""
        attachments = self.attach(self.page_map)
        self.printed_text = None
        yield from attachments

    def _drop_destinations(self) -> PageMap:
        """Return the page map without destinations: pages of a part are counted from its first one."""
        return replace(self.page_map, destinations={}, pages=len(self.finished_pages))


class Pen:
    """Writes one text object; switches marked content as the text's elements change."""

    def __init__(self, canvas: ReportCanvas) -> None:
        self.canvas, self.text = canvas, TextObject()
        self.element: StructureElement | None = None
        self._is_marked = self._is_reserved = False
        self._left: tuple[StructureElement | None, float, float] | None = None

    def reserve(self, element: StructureElement | None) -> Operators | None:
        """Return the operator that will start content of the element, at this place in its reading order."""
        if not self.canvas.tagged:
            return None
        return self.canvas.start_content(element) if element is not None else START_ARTIFACT

    def open(self, start: Operators | None) -> None:
        """Start content that was reserved; what was marked before ends."""
        if self._is_marked:
            self.text.add(END_MARKED)
        if start is not None:
            self.text.add(start)
        self._is_marked, self._is_reserved, self._left = start is not None, True, None

    def leave(self, element: StructureElement | None, x: float, y: float) -> None:
        """Make what follows without a tag content of the element, at that place: it is read after what was reserved."""
        self._left = element, x, y

    def _resume(self) -> None:
        """Continue after a line whose content was reserved."""
        if self._left:
            element, x, y = self._left
            self.tag(element)
            self.move(x, y)

    def tag(self, element: StructureElement | None) -> None:
        """Make what follows content of the element, or an artifact for None."""
        self._left = None
        if (self._is_marked and element is self.element and not self._is_reserved) or not self.canvas.tagged:
            return
        if self._is_marked:
            self.text.add(END_MARKED)
        self.text.add(self.canvas.start_content(element) if element is not None else START_ARTIFACT)
        self.element, self._is_marked, self._is_reserved = element, True, False

    def move(self, x: float, y: float) -> None:
        """Set the left end of the next text's baseline."""
        self.text.set_position(x, y)

    def turn(self, matrix: tuple[float, float, float, float], x: float, y: float) -> None:
        """Rotate the next text, and set the left end of its baseline."""
        self.text.set_matrix(*matrix, x, y)

    def stretch(self, words: float = 0.0, letters: float = 0.0) -> None:
        """Widen each space, and each character, in points; negative numbers make them narrower."""
        self.text.set_spacing(words, letters)

    def show(self, text: str, look: TextFormat) -> None:
        """Show text behind the last one."""
        self._resume()
        out, text = self.text, without_inner_hyphens(text)
        out.set_color(look.color)
        out.set_rise(look.rise)
        if look.heavy:
            out.start_heavy(look.color, look.heavy * look.size)
        if look.level or needs_shaping(text):
            self._show_shaped(text, look)
        else:
            self._show_plain(text, look)
        if look.heavy:
            out.end_heavy()

    def show_words(self, text: str, look: TextFormat, at: tuple[float, float], gap: float) -> None:
        """Show a stretch read from right to left, its words in the order of the text; `gap` is added to each space."""
        from gri_builder.fonts.shaping import shape_words

        out, (right, y) = self.text, at
        out.set_color(look.color)
        for word in shape_words(look.face, even_spaces(text), True):
            right -= word.width * look.size + gap * word.spaces
            out.set_position(right, y)
            write_word(out, self.canvas.encoder, word, look.size, look.rise, True)

    def _show_shaped(self, text: str, look: TextFormat) -> None:
        """Show text of a script whose glyphs depend on each other, or that is read from right to left."""
        from gri_builder.fonts.shaping import shape_words

        one_way = look.level is not None
        stretches = ((text, look.level or 0),) if one_way else visual_stretches(text, self.canvas.direction)
        for part, level in stretches:
            if not level % 2 and not needs_shaping(part):
                self._show_plain(part, look)
                continue
            words = shape_words(look.face, even_spaces(part), level % 2 == 1)
            for word in reversed(words) if level % 2 else words:
                write_word(self.text, self.canvas.encoder, word, look.size, look.rise, level % 2 == 1)

    def _show_plain(self, text: str, look: TextFormat) -> None:
        """Show text of which each character has its glyph, with kerning (ISO 32000-1, 9.4.3)."""
        out, size = self.text, look.size
        for face, part in look.face.parts(text):
            for name, codes in self.canvas.encoder(face).kerned_segments(part):
                out.set_font(name, size)
                out.show(codes)

    def late(self, key: str, look: TextFormat, at: tuple[float, float] | None = None, share: float = 1.0) -> None:
        """Reserve the place of the page number of `key`: behind the text, or at a point of its baseline.

        `share` is the share of its width that is left of the point: by default the number ends there.
        """
        self._resume()
        self.text.set_color(look.color)
        self.text.add(f"{LATE}{len(self.canvas.lates)}{LATE}")
        self.canvas.lates.append(LateNumber(key, look, at, share))
        self.text.font = None

    def end(self) -> None:
        """Write the text object to the page."""
        if self._is_marked:
            self.text.add(END_MARKED)
        self.canvas.emit(self.text.finish())


def _ascii_uri(target: str) -> str:
    """Return a URI in 7-bit ASCII (ISO 32000-1, 12.6.4.7), other characters percent-encoded."""
    return "".join(char if char.isascii() and char > " " else _percent(char) for char in target)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))
