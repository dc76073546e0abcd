"""The flow builder: collects what flows through the pages, and builds the structure tree in reading order.

It knows the steps that all blocks share; `block_builders` knows each kind of block. The boxes fill the structure tree
with content when their pages are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.fonts.scripts import text_direction
from gri_builder.layout.blocks.icon import IconBlock
from gri_builder.layout.blocks.paragraph import Label, Paragraph
from gri_builder.layout.blocks.picture import Painting
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.margins.outset import Outset
from gri_builder.layout.paging.flow_items import PageBreak, PageKindName
from gri_builder.layout.paging.footnotes import FootnoteStore, make_footnote
from gri_builder.layout.paging.keep_rules import pair_pictures
from gri_builder.layout.source_boxes import find_source
from gri_builder.layout.tables.clearance import MarginClearance
from gri_builder.model.color import Color
from gri_builder.model.document import Block as DocumentBlock
from gri_builder.model.document import Document, Opener
from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Block as ProseBlock
from gri_builder.model.rich_text import Image, Runs
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.icons import load_icon
from gri_builder.typesetting.style import Style, TextStyle

Block: TypeAlias = DocumentBlock | ProseBlock | list[Image]
"""A block of a document; a list holds one or two pictures of half a width, set side by side."""


class Scope(Struct, frozen=True):
    """What applies to all blocks inside a container, and to what follows until something changes it."""

    parent: StructureElement
    """Element that new elements become children of."""
    language: str
    color: Color
    """Of the chapter."""
    body: TextStyle
    indent: float = 0.0
    disclosures: tuple[str, ...] = ()
    """Ids of the disclosures and requirements that the blocks cover."""
    is_wide: bool = False
    """Whether blocks use the whole width of the page."""
    is_turned: bool = False
    """Whether the page is a landscape one."""
    is_boxed: bool = False
    """Whether blocks are inside another box, which has no margin column and no page breaks."""

    beside: float = 0.0
    """Width of the margin column that boxes take up."""

    @property
    def has_margin(self) -> bool:
        """Whether there is a margin column beside the blocks."""
        return not (self.is_boxed or self.is_wide or self.beside)


class PendingMarks(Struct):
    """Disclosure codes that the next box gets beside it, with the elements made for them so far."""

    codes: list[str] = field(default_factory=list)
    elements: list[StructureElement] = field(default_factory=list)

    def reserve(self, parent: StructureElement) -> None:
        """Make the elements that are missing: the codes are read before what is built from here on."""
        self.elements += [StructureElement("P", parent) for _ in self.codes[len(self.elements) :]]

    def take(self, parent: StructureElement) -> tuple[tuple[str, StructureElement], ...]:
        """Return the codes, each with its element, and forget them."""
        self.reserve(parent)
        marks = tuple(zip(self.codes, self.elements, strict=True))
        self.codes, self.elements = [], []
        return marks


class FlowBuilder:
    """Builds the flow of a document, one block after the other, with a function that builds each kind of block."""

    def __init__(
        self,
        document: Document,
        style: Style,
        canvas: ReportCanvas,
        footnotes: FootnoteStore,
        build_block: Callable[[FlowBuilder, Block], None],
    ) -> None:
        self.document, self.style, self.canvas, self.footnotes = document, style, canvas, footnotes
        self._build_block = build_block
        self.scope = Scope(canvas.tree.document, document.language, style.primary, style.body)
        self.pending = PendingMarks()
        self.opener = Opener()
        """Of the chapter whose title comes next."""
        self.chapter_number = 0
        """Of the chapter whose title comes next; 0 for what is not a chapter."""
        self.root = canvas.tree.document
        """Element that chapters become children of: the document, or a part."""
        self.outline_level = 1
        """Of chapters in the outline: 0 outside of parts, in a report that has some."""
        self.heading_level = 0
        """Level of the last heading in the structure tree."""
        self.table_count = 0
        self.where: Location | None = None
        """Where the block that is being built was written."""
        self.number_size = style.big.size
        """Size of the numbers of key figures in the chapter that is being built."""
        self._flow: list[LayoutBox | PageBreak] = []
        self._ends_turned = False
        """Whether the last thing added is the end of landscape pages."""
        self._boxes: list[LayoutBox] | None = None
        """Boxes inside the box that is being built; None outside of boxes."""
        self._sections: list[tuple[int, StructureElement]] = []
        """Open sections, each with its level."""

    # -- building -----------------------------------------------------------------------------------------------------

    def build(self, blocks: Iterable[DocumentBlock | ProseBlock]) -> None:
        """Add what shows the blocks."""
        before = self.where
        for block in pair_pictures(blocks):
            self.where = find_source(block) or before
            self._build_block(self, block)
        self.where = before

    def add(self, box: LayoutBox, anchor: str | None = None) -> LayoutBox:
        """Add a box, with what it covers and the marks that are due; links lead to it by the anchor.

        Return what is in the flow: the box, or the one in which it takes up the margin column.
        """
        box.covers, box.where = self.scope.disclosures, self.where
        box.direction = text_direction(self.scope.language)
        if anchor:
            box.anchor = anchor
        if self.pending.codes and box.takes_room:
            box.marks = self.pending.take(self.scope.parent)
            box.mark_style = replace(self.style.mark, color=self.scope.color)
        if (before := self.last_box()) and not before.takes_room:
            before.neighbour = box
        self._ends_turned = False
        if self._boxes is not None:
            self._boxes.append(box)
            return box
        shown = Outset(box, self.scope.beside) if self.scope.beside else box
        self._flow.append(shown)
        return shown

    def take_flow(self) -> list[LayoutBox | PageBreak]:
        """Return what was added since the last call."""
        flow, self._flow = self._flow, []
        return flow

    def last_box(self) -> LayoutBox | None:
        """Return what was added last, if that is a box."""
        items = self._flow if self._boxes is None else self._boxes
        return items[-1] if items and isinstance(items[-1], LayoutBox) else None

    def break_page(self, kind: PageKindName) -> None:
        """Continue on a new page of that kind; inside a box there are no page breaks, and nothing happens."""
        if self._boxes is None:
            self._flow.append(PageBreak(kind))

    # -- containers ---------------------------------------------------------------------------------------------------

    @contextmanager
    def inside(
        self,
        parent: StructureElement | None = None,
        indent: float = 0.0,
        body: TextStyle | None = None,
        language: str | None = None,
    ) -> Iterator[None]:
        """Build blocks as children of an element, by default the present one, with further indent."""
        before = self.scope
        self.scope = replace(
            before,
            parent=parent or before.parent,
            indent=before.indent + indent,
            body=body or before.body,
            language=language or before.language,
        )
        yield
        self.scope = replace(
            self.scope, parent=before.parent, indent=before.indent, body=before.body, language=before.language
        )

    @contextmanager
    def covering(self, disclosures: Iterable[str]) -> Iterator[None]:
        """Build blocks that cover further disclosures."""
        before = self.scope.disclosures
        self.scope = replace(self.scope, disclosures=tuple(dict.fromkeys((*before, *disclosures))))
        yield
        self.scope = replace(self.scope, disclosures=before)

    @contextmanager
    def colored(self, color: Color) -> Iterator[None]:
        """Build blocks in another colour."""
        before = self.scope.color
        self.scope = replace(self.scope, color=color)
        yield
        self.scope = replace(self.scope, color=before)

    @contextmanager
    def turned(self, joins: bool = False) -> Iterator[None]:
        """Build blocks on landscape pages, which have no margin column; what follows continues on upright ones.

        `joins` continues the landscape pages that end just before. Inside a box there are no page breaks.
        """
        before = self.scope
        upright = PageBreak("wide" if before.is_wide else "text")
        if joins and self._boxes is None and self._ends_turned and self._flow:
            self._flow.pop()
        else:
            self.break_page("landscape")
        self.scope = replace(before, is_wide=True, is_turned=True)
        yield
        self.scope = replace(self.scope, is_wide=before.is_wide, is_turned=before.is_turned)
        self.break_page(upright.kind)
        self._ends_turned = True

    @contextmanager
    def outset(self, is_wide: bool = True) -> Iterator[None]:
        """Build blocks that take up the margin column too, where there is one; `is_wide` False changes nothing."""
        before = self.scope
        if is_wide and before.has_margin and not before.indent:
            self.add(MarginClearance())
            self.scope = replace(before, beside=self.canvas.margin_side.beside)
        yield
        self.scope = replace(self.scope, beside=before.beside)

    @contextmanager
    def collected(self) -> Iterator[list[LayoutBox]]:
        """Build blocks into a list of boxes, for a box that holds them."""
        outer, before = self._boxes, self.scope
        boxes: list[LayoutBox] = []
        self._boxes = boxes
        self.scope = replace(before, indent=0.0, is_boxed=True)
        yield boxes
        self._boxes = outer
        self.scope = replace(self.scope, indent=before.indent, is_boxed=before.is_boxed)

    @contextmanager
    def boxed(self, parent: StructureElement, body: TextStyle) -> Iterator[list[LayoutBox]]:
        """Build blocks into a list of boxes under an element; marks that are due stay for the box that holds them."""
        waiting, self.pending = self.pending, PendingMarks()
        with self.collected() as boxes, self.inside(parent, body=body):
            yield boxes
        self.pending = waiting

    # -- text ---------------------------------------------------------------------------------------------------------

    def add_paragraph(
        self, runs: Runs, style: TextStyle, role: str = "P", keep: bool = False, label: Label | None = None
    ) -> Paragraph:
        """Add a paragraph and the footnotes that it refers to; `label` is a list item's."""
        scope = self.scope
        element = StructureElement(role, scope.parent)
        paragraph = Paragraph(runs, replace(style, link=scope.color), element, scope.language, scope.indent, label)
        paragraph.keep_with_next = keep
        paragraph.is_running_text = style.leading == self.style.body.leading and role in ("P", "LBody")
        self.add(paragraph)
        self.add_footnotes(runs)
        return paragraph

    def add_footnotes(self, runs: Runs) -> None:
        """Add the footnotes of the runs to the structure tree, after what refers to them."""
        known = self.footnotes.footnotes
        for label in (run.note for run in runs if run.note):
            if label in known:
                continue
            note, language = self.document.notes[label], self.document.language
            known[label] = make_footnote(
                label, note.number, note.paragraphs, self.scope.parent, language, self.style.note
            )
            if self.scope.language != language:
                known[label].element.language = language

    def add_small_print(self, owner: LayoutBox, lines: tuple[Runs, ...]) -> None:
        """Add lines of small print that belong to the box before them."""
        if not lines:
            return
        owner.after = 4
        style, last = replace(self.style.small, hyphenate=True), len(lines) - 1
        styles = [style] * last + [replace(style, after=self.style.body.leading)]
        owner.tail = tuple(map(self._add_line, lines, styles))

    def _add_line(self, runs: Runs, style: TextStyle) -> LayoutBox:
        """Add a line of small print, and return its box in the flow."""
        line = self.add_paragraph(runs, style)
        return self.last_box() or line

    def add_caption(self, runs: Runs, anchor: str | None) -> None:
        """Add the caption above a figure."""
        if runs:
            style = replace(self.style.caption, color=self.scope.color)
            self.add_paragraph(runs, style, "Caption", keep=True).anchor = anchor or ""

    def add_icon(self, name: str | None) -> None:
        """Add an icon, which is decoration."""
        if name:
            self.add(IconBlock(load_icon(name), self.scope.color))

    def make_painting(self, image: Image | None, element: StructureElement | None = None) -> Painting | None:
        """Return a picture of the report, ready to be painted; without an element it is decoration."""
        picture = self.document.pictures.get(image.path) if image else None
        return Painting(picture, element, image.where) if picture and image else None

    def caption_parent(self, caption: Runs) -> StructureElement:
        """Return the parent of a figure: one that it shares with its caption alone (ISO 32000-1, 14.8.4.3.2).

        The caption is a sibling of the figure: inside it, the figure's alternative text would replace it.
        """
        return StructureElement("Div", self.scope.parent) if caption else self.scope.parent

    # -- sections -----------------------------------------------------------------------------------------------------

    def start_page(self, is_wide: bool) -> None:
        """Start what has a page of its own before the first chapter."""
        self.scope = replace(self.scope, parent=StructureElement("Sect", self.canvas.tree.document), is_wide=is_wide)

    def start_chapter(self, color: Color, is_wide: bool, opener: Opener) -> None:
        """Set what applies to the blocks of a chapter."""
        self.scope, self.opener = replace(self.scope, color=color, is_wide=is_wide), opener

    def start_part(self, title: str) -> StructureElement:
        """Close all sections, open a part of the document, and return its element (ISO 32000-1, 14.8.4.2)."""
        self.end_part()
        self.root = part = StructureElement("Part", self.canvas.tree.document)
        part.heading = title
        self.scope = replace(self.scope, parent=part)
        return part

    def end_part(self) -> None:
        """Close all sections and the part that is open; what follows belongs to the document."""
        self._sections, self.root = [], self.canvas.tree.document

    def open_section(self, level: int) -> StructureElement:
        """Close the sections of that level and deeper, open a new one, and return it (ISO 32000-1, 14.8.4.2)."""
        while self._sections and self._sections[-1][0] >= level:
            self._sections.pop()
        root = self._sections[-1][1] if self._sections else self.root
        section = StructureElement("Sect", root)
        self.scope, self.heading_level = replace(self.scope, parent=section), level
        self._sections.append((level, section))
        return section
