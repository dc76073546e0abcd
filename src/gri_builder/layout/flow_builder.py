"""The story: a document's blocks turned into blocks of the page, one teller for each kind of block.

The structure tree is made here, in reading order; the blocks fill it with content when their pages are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from gri_builder.layout.block_builders import (
    build_definitions,
    build_matrix,
    build_pull_quote,
    build_qr_code,
    build_side_note,
    build_timeline,
)
from gri_builder.layout.blocks.box import Box, CaseBox, Columns
from gri_builder.layout.blocks.chart.chart import ChartBlock
from gri_builder.layout.blocks.icon import IconBlock
from gri_builder.layout.blocks.key_figures import KeyFiguresBlock
from gri_builder.layout.blocks.margin_note import MarginNote
from gri_builder.layout.blocks.paragraph import Label, Paragraph
from gri_builder.layout.blocks.picture import Painting, PictureBlock, PictureRow
from gri_builder.layout.blocks.table import TableBlock
from gri_builder.layout.blocks.thematic_break import RuleBlock
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.chapter_opening import build_title
from gri_builder.layout.footnotes import FootnoteStore, make_footnote
from gri_builder.layout.keep_rules import pair_pictures
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.page_break import PageBreak
from gri_builder.layout.style import Style, TextStyle, tint
from gri_builder.model.color import Color, readable_on
from gri_builder.model.document import Block as DocumentBlock
from gri_builder.model.document import (
    Callout,
    Chapter,
    Chart,
    DisclosureSpan,
    Document,
    InLanguage,
    KeyFigures,
    Landscape,
    Matrix,
    Opener,
    PullQuote,
    QrCode,
    SideNote,
    Timeline,
)
from gri_builder.model.document import Columns as TextColumns
from gri_builder.model.rich_text import Block as ProseBlock
from gri_builder.model.rich_text import (
    Definitions,
    FactReference,
    Heading,
    Image,
    ListBlock,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
    plain_text,
)
from gri_builder.model.rich_text import Paragraph as ProseParagraph
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.icons import load_icon

LIST_INDENT = 15
TILES = 4
"""Key figures in a row at most."""
MANY_MARKS = 8
"""Marks from which on they stand in a line of their own, not in the column beside the text."""
OUTLINE_DEPTH = 3


class FlowBuilder:
    """Tells blocks one after the other; what they share stands in its attributes."""

    def __init__(self, document: Document, style: Style, canvas: ReportCanvas, book: FootnoteStore) -> None:
        self.document, self.style, self.canvas, self.book = document, style, canvas, book
        self.language = document.language
        """Of what is being told."""
        self.blocks: list[LayoutBox] = []
        self.parent: StructureElement = canvas.tree.document
        self.sections: list[tuple[int, StructureElement]] = []
        """Open sections, by level."""
        self.colour: Color = style.primary
        self.indent = 0.0
        self.body: TextStyle = style.body
        self.covers: tuple[str, ...] = ()
        self.pending: list[str] = []
        """Marks that the next block gets."""
        self.pending_elements: list[StructureElement] = []
        self.label: Label | None = None
        """Label that the next paragraph gets: a list item's."""
        self.tables = 0
        """Tables told so far."""
        self.depth = 0
        """Level of the last heading in the structure tree."""
        self.opener = Opener()
        """Of the chapter whose title is to come."""
        self.tabular = False
        self.wide = False
        """Whether blocks use the whole width of the page."""
        self.boxed_in = False
        """Whether blocks stand inside another one, with no margin of their own."""
        self.tiles = TILES

    # -- the common part of all tellers -------------------------------------------------------------------------------

    def add(self, block: LayoutBox) -> None:
        """Append a block, with what it covers and the marks that are due."""
        block.covers = self.covers
        if self.pending:
            while len(self.pending_elements) < len(self.pending):
                self.pending_elements.append(StructureElement("P", self.parent))
            block.marks = tuple(zip(self.pending, self.pending_elements, strict=True))
            block.mark_style = replace(self.style.mark, colour=self.colour)
            self.pending, self.pending_elements = [], []
        self.blocks.append(block)

    def tell(self, blocks: Iterable[DocumentBlock | ProseBlock]) -> None:
        """Append the blocks of the page that show the blocks; pictures of half a width stand side by side in pairs."""
        for block in pair_pictures(blocks):
            if isinstance(block, list):
                self.picture_row(block)
            else:
                BUILDERS[type(block)](self, block)

    @contextmanager
    def inside(self, parent: StructureElement, indent: float = 0, body: TextStyle | None = None) -> Iterator[None]:
        """Tell blocks as children of an element, indented by so much more."""
        before = self.parent, self.indent, self.body
        self.parent, self.indent, self.body = parent, self.indent + indent, body or self.body
        yield
        self.parent, self.indent, self.body = before

    @contextmanager
    def collected(self) -> Iterator[list[LayoutBox]]:
        """Tell blocks into a list of their own."""
        outer, indent, boxed_in = self.blocks, self.indent, self.boxed_in
        self.blocks, self.indent, self.boxed_in = [], 0.0, True
        yield self.blocks
        self.blocks, self.indent, self.boxed_in = outer, indent, boxed_in

    def paragraph(self, runs: Runs, style: TextStyle, role: str = "P", keep: bool = False) -> Paragraph:
        """Append a paragraph and the footnotes that it refers to."""
        element = StructureElement(role, self.parent)
        block = Paragraph(runs, replace(style, link=self.colour), element, self.language, self.indent, self.label)
        self.label = None
        block.keep_with_next = keep
        self.add(block)
        self.footnotes(runs)
        return block

    def footnotes(self, runs: Runs) -> None:
        """Put the footnotes of the runs into the structure tree, behind what refers to them."""
        for label in (run.note for run in runs if run.note):
            if label not in self.book.footnotes:
                note, language = self.document.notes[label], self.document.language
                made = make_footnote(label, note.number, note.paragraphs, self.parent, language, self.style.note)
                if self.language != language:
                    made.element.language = language
                self.book.footnotes[label] = made

    def small_print(self, lines: tuple[Runs, ...]) -> None:
        """Append lines of small print that belong to the block before."""
        if not lines:
            return
        owner = self.blocks[-1]
        owner.after = 4
        owner.tail = tuple(self.paragraph(runs, replace(self.style.small, hyphenate=True)) for runs in lines)
        owner.tail[-1].after = 14

    # -- chapters and headings ----------------------------------------------------------------------------------------

    def open_section(self, level: int) -> None:
        """Close the sections that end here and open one of that level (ISO 32000-1, 14.8.4.2)."""
        while self.sections and self.sections[-1][0] >= level:
            self.sections.pop()
        root = self.sections[-1][1] if self.sections else self.canvas.tree.document
        self.parent = StructureElement("Sect", root)
        self.sections.append((level, self.parent))

    def chapter(self, chapter: Chapter) -> None:
        """Append a chapter: its opening, then its blocks."""
        self.colour, self.wide = self.style.chapter(chapter.color), chapter.tabular
        self.opener, self.tabular = chapter.opener, chapter.tabular
        self.tell(chapter.blocks)

    def heading(self, heading: Heading) -> None:
        """Append a heading; one of level 1 becomes the chapter's band.

        Its level in the structure tree never skips one (ISO 14289-1, 7.4.2).
        """
        text, level = plain_text(heading.runs), min(heading.level, 6, self.depth + 1)
        anchor = heading.anchor or ""
        self.depth = level
        self.open_section(level)
        self.parent.heading = text
        if heading.level == 1:
            build_title(self, text, anchor)
        else:
            look = self.style.headings[min(heading.level, 4)]
            style = replace(look, colour=self.colour if heading.level in (2, 3) else look.colour)
            block = self.paragraph(heading.runs, style, f"H{level}", keep=True)
            block.anchor, block.heading = anchor, text
        if anchor and level <= OUTLINE_DEPTH:
            self.canvas.bookmark(level, text, anchor)

    # -- blocks -------------------------------------------------------------------------------------------------------

    def prose_paragraph(self, block: ProseParagraph) -> None:
        """Append running text."""
        self.paragraph(block.runs, self.body, keep=block.keep)

    def list_block(self, block: ListBlock) -> None:
        """Append a list, each item's text beside its label (ISO 32000-1, 14.8.4.3.3)."""
        numbering = "Disc" if block.start is None else "Decimal"
        lists = StructureElement("L", self.parent, attributes=f"<</O/List/ListNumbering/{numbering}>>")
        for number, item in enumerate(block.items, block.start or 1):
            entry = StructureElement("LI", lists)
            text = "•" if block.start is None else f"{number}."
            label = Label(text, StructureElement("Lbl", entry), LIST_INDENT)
            with self.inside(
                StructureElement("LBody", entry), LIST_INDENT, replace(self.body, after=self.style.item.after)
            ):
                self.label = label
                if not item or not isinstance(item[0], ProseParagraph):
                    self.paragraph((), self.style.item)
                self.tell(item)
        if self.blocks:
            self.blocks[-1].after = self.body.after

    def in_language(self, block: InLanguage) -> None:
        """Append blocks in another language (ISO 14289-1, 7.2)."""
        element, before = StructureElement("Div", self.parent), self.language
        element.language = self.language = block.language
        with self.inside(element):
            self.tell(block.blocks)
        self.language = before

    def quote(self, block: Quote) -> None:
        """Append somebody's words, beside a bar."""
        with self.boxed(StructureElement("BlockQuote", self.parent), self.style.quote) as blocks:
            self.tell(block.blocks)
        self.finish_box(blocks, ground=None)

    def icon(self, name: str | None) -> None:
        """Append an icon, which only decorates."""
        if name:
            self.add(IconBlock(load_icon(name), self.colour))

    def columns(self, block: TextColumns) -> None:
        """Append text in two columns."""
        with self.collected() as blocks:
            self.tell(block.blocks)
        if blocks:
            self.add(Columns(blocks))

    def landscape(self, block: Landscape) -> None:
        """Append turned pages; what follows goes on on upright ones."""
        wide, self.wide = self.wide, True
        self.blocks.append(PageBreak("turned"))
        self.tell(block.blocks)
        self.wide = wide
        self.blocks.append(PageBreak("wide" if wide else "text"))

    def callout(self, block: Callout) -> None:
        """Append a box."""
        ground = self.style.paper if block.label is None else tint(self.colour)
        with self.boxed(StructureElement("Div", self.parent), self.body) as blocks:
            if painting := self.painting(block.picture):
                self.add(PictureBlock(painting, self.style, "strip"))
            if block.label:
                colour = readable_on(self.colour, ground)
                self.paragraph((Run(block.label.upper()),), replace(self.style.label, colour=colour), keep=True)
            self.icon(block.icon)
            if block.title:
                look = self.style.headings[3 if block.label else 4]
                colour = readable_on(self.colour, ground)
                self.paragraph(block.title, replace(look, before=0, after=4, colour=colour), keep=True)
            self.tell(block.blocks)
        if blocks and block.label:
            self.add(CaseBox(blocks, self.style, self.colour, ground))
        else:
            self.finish_box(blocks, ground)

    @contextmanager
    def boxed(self, element: StructureElement, body: TextStyle) -> Iterator[list[LayoutBox]]:
        """Tell blocks into a box; marks that are due go to the box."""
        waiting = self.pending, self.pending_elements
        self.pending, self.pending_elements = [], []
        with self.collected() as blocks, self.inside(element, body=body):
            yield blocks
        self.pending, self.pending_elements = waiting

    def finish_box(self, blocks: list[LayoutBox], ground: Color | None) -> None:
        """Append the box of those blocks."""
        if blocks:
            self.add(Box(blocks, self.style, self.colour, ground))

    def table(self, block: Table) -> None:
        """Append a table, its small print under it."""
        self.tables += 1
        self.anchored(
            TableBlock(block, self.parent, self.language, self.style, self.colour, self.indent, self.tables),
            block.anchor,
        )
        for row in (*block.header, *block.body):
            for cell in row:
                for runs in cell.paragraphs:
                    self.footnotes(runs)
        self.small_print(block.notes)

    def chart(self, block: Chart) -> None:
        """Append a chart under its caption."""
        colours = (self.colour, *self.style.series[1:])
        with self.inside(self.captioned(block.caption)):
            self.caption(block.caption, block.anchor)
            chart = ChartBlock(block, self.parent, self.style, colours, self.indent)
        chart.element.prints = _facts_of_chart(block)
        self.anchored(chart, None if block.caption else block.anchor)
        self.small_print(block.notes)

    def image(self, block: Image) -> None:
        """Append a picture and its caption; a small one goes to the margin where there is one."""
        if block.size == "margin" and not (self.boxed_in or self.wide):
            with self.boxed(self.parent, self.body) as blocks:
                self.picture(replace(block, size="fit"))
            if blocks:
                self.add(MarginNote(blocks, self.style, block.where))
            return
        self.picture(replace(block, size="fit") if self.boxed_in else block)

    def picture(self, block: Image) -> PictureBlock | None:
        """Append a picture, and its caption under it."""
        said = self.said(block)
        with self.inside(self.captioned(said)):
            painting = self.painting(block, StructureElement("Figure", self.parent, alt=block.alt))
            if painting is None:
                return None
            shown = PictureBlock(painting, self.style, block.size, self.indent)
            shown.keep_with_next = bool(said)
            self.anchored(shown, block.anchor)
            if said:
                look = self.style.aside if self.boxed_in else self.style.small
                self.paragraph(said, replace(look, after=12, hyphenate=True), "Caption")
        return shown

    def picture_row(self, images: list[Image]) -> None:
        """Append one or two pictures of half a width, with their captions."""
        pictures, captions = list[PictureBlock](), list[list[LayoutBox]]()
        for block in images:
            with self.boxed(self.parent, self.body) as told:
                shown = self.picture(replace(block, size="fit"))
            if shown:
                shown.keep_with_next = False
                pictures.append(shown)
                captions.append([each for each in told if each is not shown])
        if pictures:
            self.add(PictureRow(pictures, captions))

    def said(self, block: Image) -> Runs:
        """Return a picture's caption and credit."""
        if not block.credit:
            return block.caption
        gap = (Run("  "),) if block.caption else ()
        return (*block.caption, *gap, *(replace(run, italic=True) for run in block.credit))

    def painting(self, image: Image | None, element: StructureElement | None = None) -> Painting | None:
        """Return a picture of the report ready to be painted; without an element it is decoration."""
        picture = self.document.pictures.get(image.path) if image else None
        return Painting(picture, element, image.where) if picture and image else None

    def caption(self, runs: Runs, anchor: str | None) -> None:
        """Append what stands over a figure."""
        if runs:
            style = replace(self.style.caption, colour=self.colour)
            block = self.paragraph(runs, style, "Caption", keep=True)
            block.anchor = anchor or ""

    def anchored(self, block: LayoutBox, anchor: str | None) -> None:
        """Append a block that links lead to."""
        block.anchor = anchor or ""
        self.add(block)

    def captioned(self, caption: Runs) -> StructureElement:
        """Return the parent of a figure: one that it shares with its caption alone (ISO 32000-1, 14.8.4.3.2).

        The caption stands beside the figure, not in it, where its alternative text would take its place.
        """
        return StructureElement("Div", self.parent) if caption else self.parent

    def key_figures(self, block: KeyFigures) -> None:
        """Append rows of up to four numbers."""
        parent = StructureElement("Div", self.parent)
        for start in range(0, len(block.figures), self.tiles):
            figures = block.figures[start : start + self.tiles]
            self.add(KeyFiguresBlock(figures, parent, self.language, self.style, self.colour))

    def rule(self, block: Rule) -> None:
        """Append a thematic break."""
        self.add(RuleBlock(self.style))

    def covering(self, block: DisclosureSpan) -> None:
        """Tell blocks that cover something; its marks stand beside the first of them."""
        outer = self.covers
        self.covers = tuple(dict.fromkeys((*outer, *block.disclosure_ids)))
        first = block.blocks[0] if block.blocks else None
        marks = [
            mark for mark in block.margin_codes if not (isinstance(first, Heading) and mark in plain_text(first.runs))
        ]
        if len(marks) > MANY_MARKS:
            headed = isinstance(first, Heading)
            self.tell(block.blocks[:headed])
            self.paragraph(
                tuple(Run(f"{mark}  ", mark=True) for mark in marks), replace(self.style.marks, colour=self.colour)
            )
            self.tell(block.blocks[headed:])
        else:
            self.pending += marks
            if marks and not isinstance(first, Heading):
                self.pending_elements += [StructureElement("P", self.parent) for _ in marks]
            self.tell(block.blocks)
        self.covers = outer


Builder = Callable[[FlowBuilder, Any], None]
BUILDERS: dict[type, Builder] = {
    Heading: FlowBuilder.heading,
    ProseParagraph: FlowBuilder.prose_paragraph,
    ListBlock: FlowBuilder.list_block,
    Quote: FlowBuilder.quote,
    Callout: FlowBuilder.callout,
    InLanguage: FlowBuilder.in_language,
    Table: FlowBuilder.table,
    Chart: FlowBuilder.chart,
    Matrix: build_matrix,
    Definitions: build_definitions,
    PullQuote: build_pull_quote,
    Timeline: build_timeline,
    SideNote: build_side_note,
    TextColumns: FlowBuilder.columns,
    Landscape: FlowBuilder.landscape,
    QrCode: build_qr_code,
    Image: FlowBuilder.image,
    KeyFigures: FlowBuilder.key_figures,
    Rule: FlowBuilder.rule,
    DisclosureSpan: FlowBuilder.covering,
}
"""How each kind of block is told."""


def _facts_of_chart(chart: Chart) -> tuple[tuple[FactReference, str], ...]:
    """Return the facts of a chart, each with its label."""
    return tuple(
        (FactReference((fact,)), label)
        for series in chart.series
        for fact, label in zip(series.facts, series.labels, strict=bool(series.facts))
        if fact
    )
