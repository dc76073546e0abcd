"""The story: a document's blocks turned into flowables, one teller for each kind of block.

The structure tree is made here, in reading order; the flowables fill it with content when their pages are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from gri_builder.document import Block as DocumentBlock
from gri_builder.document import Callout, Chapter, Chart, Covering, Document, InLanguage, KeyFigures
from gri_builder.produce.colour import Colour, readable
from gri_builder.produce.render.block import Block, Need
from gri_builder.produce.render.box import Box
from gri_builder.produce.render.canvas import ReportCanvas
from gri_builder.produce.render.chart import ChartBlock
from gri_builder.produce.render.figure import KeyFiguresBlock, PictureBlock
from gri_builder.produce.render.front import ChapterTitle, ContentsLine
from gri_builder.produce.render.notes import NoteBook, make_footnote
from gri_builder.produce.render.paragraph import Label, Paragraph
from gri_builder.produce.render.rule import RuleBlock
from gri_builder.produce.render.style import BODY, CAPTION, HEADINGS, ITEM, MARKS, PAPER, QUOTE, SMALL, Style, TextStyle
from gri_builder.produce.render.table import TableBlock
from gri_builder.produce.render.tagging import Element
from gri_builder.prose import Block as ProseBlock
from gri_builder.prose import Heading, Image, ListBlock, Printed, Quote, Rule, Run, Runs, Table, plain_text
from gri_builder.prose import Paragraph as ProseParagraph

LIST_INDENT = 15
TILES = 4
"""Key figures in a row at most."""
MANY_MARKS = 8
"""Marks from which on they stand in a line of their own, not in the column beside the text."""
OUTLINE_DEPTH = 3
CONTENTS = "table-of-contents"
"""Name of the contents' destination."""


class Story:
    """Tells blocks one after the other; what they share stands in its attributes."""

    def __init__(self, document: Document, style: Style, canvas: ReportCanvas, book: NoteBook) -> None:
        self.document, self.style, self.canvas, self.book = document, style, canvas, book
        self.language = document.language
        """Of what is being told."""
        self.blocks: list[Block] = []
        self.parent: Element = canvas.tree.document
        self.sections: list[tuple[int, Element]] = []
        """Open sections, by level."""
        self.colour: Colour = style.primary
        self.indent = 0.0
        self.body: TextStyle = replace(BODY, align="justify" if style.justified else "left")
        self.covers: tuple[str, ...] = ()
        self.pending: list[str] = []
        """Marks that the next block gets."""
        self.pending_elements: list[Element] = []
        self.label: Label | None = None
        """Label that the next paragraph gets: a list item's."""
        self.tables = 0
        """Tables told so far."""
        self.depth = 0
        """Level of the last heading in the structure tree."""
        self.wide = False
        """Whether blocks use the whole width of the page."""

    # -- the common part of all tellers -------------------------------------------------------------------------------

    def add(self, block: Block) -> None:
        """Append a flowable, with what it covers and the marks that are due."""
        block.covers = self.covers
        if self.pending:
            while len(self.pending_elements) < len(self.pending):
                self.pending_elements.append(Element("P", self.parent))
            block.marks = tuple(zip(self.pending, self.pending_elements, strict=True))
            block.mark_colour = self.colour
            self.pending, self.pending_elements = [], []
        self.blocks.append(block)

    def tell(self, blocks: Iterable[DocumentBlock | ProseBlock]) -> None:
        """Append the flowables of the blocks."""
        for block in blocks:
            TELLERS[type(block)](self, block)

    @contextmanager
    def inside(self, parent: Element, indent: float = 0, body: TextStyle | None = None) -> Iterator[None]:
        """Tell blocks as children of an element, indented by so much more."""
        before = self.parent, self.indent, self.body
        self.parent, self.indent, self.body = parent, self.indent + indent, body or self.body
        yield
        self.parent, self.indent, self.body = before

    @contextmanager
    def collected(self) -> Iterator[list[Block]]:
        """Tell blocks into a list of their own."""
        outer, indent = self.blocks, self.indent
        self.blocks, self.indent = [], 0.0
        yield self.blocks
        self.blocks, self.indent = outer, indent

    def paragraph(self, runs: Runs, style: TextStyle, role: str = "P", keep: bool = False) -> Paragraph:
        """Append a paragraph and the footnotes that it refers to."""
        element = Element(role, self.parent)
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
                made = make_footnote(label, note.number, note.paragraphs, self.parent, language)
                if self.language != language:
                    made.element.language = language
                self.book.footnotes[label] = made

    def small_print(self, lines: tuple[Runs, ...]) -> None:
        """Append lines of small print that belong to the block before."""
        if not lines:
            return
        owner = self.blocks[-1]
        owner.spaceAfter = 4
        owner.tail = tuple(self.paragraph(runs, replace(SMALL, hyphenate=True)) for runs in lines)
        owner.tail[-1].spaceAfter = 14

    # -- chapters and headings ----------------------------------------------------------------------------------------

    def open_section(self, level: int) -> None:
        """Close the sections that end here and open one of that level (ISO 32000-1, 14.8.4.2)."""
        while self.sections and self.sections[-1][0] >= level:
            self.sections.pop()
        root = self.sections[-1][1] if self.sections else self.canvas.tree.document
        self.parent = Element("Sect", root)
        self.sections.append((level, self.parent))

    def chapter(self, chapter: Chapter) -> None:
        """Append a chapter."""
        self.colour, self.wide = self.style.chapter(chapter.colour), chapter.tabular
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
            self.title(text, anchor)
        else:
            look = HEADINGS[min(heading.level, 4)]
            style = replace(look, colour=self.colour if heading.level in (2, 3) else look.colour)
            block = self.paragraph(heading.runs, style, f"H{level}", keep=True)
            block.anchor = anchor
        if anchor and level <= OUTLINE_DEPTH:
            self.canvas.bookmark(level, text, anchor)

    def title(self, text: str, anchor: str) -> None:
        """Append a chapter's band with its title."""
        inset = 0 if self.wide else self.style.page.left - self.style.page.margin
        element = Element("H1", self.parent)
        block = ChapterTitle(text, element, self.colour, self.style, self.language, inset)
        block.anchor = anchor
        self.add(block)

    def contents(self) -> None:
        """Append the contents, the entries of a chapter nested in the chapter's own (ISO 32000-1, 14.8.4.3.2)."""
        contents = self.document.contents
        self.colour = self.style.primary
        self.depth = 1
        self.open_section(1)
        self.title(contents.title, CONTENTS)
        self.canvas.bookmark(1, contents.title, CONTENTS)
        top = Element("TOC", self.parent)
        nested: Element | None = None
        for level, text, anchor in contents.entries:
            if level == 1:
                line = ContentsLine(1, text, anchor, top, self.style, self.language)
                nested = None
            else:
                if nested is None:
                    last = top.kids[-1] if top.kids and isinstance(top.kids[-1], Element) else top
                    nested = Element("TOC", last)
                line = ContentsLine(2, text, anchor, nested, self.style, self.language)
            self.add(line)

    # -- blocks -------------------------------------------------------------------------------------------------------

    def prose_paragraph(self, block: ProseParagraph) -> None:
        """Append running text."""
        self.paragraph(block.runs, self.body, keep=block.keep)

    def list_block(self, block: ListBlock) -> None:
        """Append a list, each item's text beside its label (ISO 32000-1, 14.8.4.3.3)."""
        numbering = "Disc" if block.start is None else "Decimal"
        lists = Element("L", self.parent, attributes=f"<</O/List/ListNumbering/{numbering}>>")
        for number, item in enumerate(block.items, block.start or 1):
            entry = Element("LI", lists)
            text = "•" if block.start is None else f"{number}."
            label = Label(text, Element("Lbl", entry), LIST_INDENT)
            with self.inside(Element("LBody", entry), LIST_INDENT, replace(self.body, after=ITEM.after)):
                self.label = label
                if not item or not isinstance(item[0], ProseParagraph):
                    self.paragraph((), ITEM)
                self.tell(item)
        if self.blocks:
            self.blocks[-1].spaceAfter = self.body.after

    def in_language(self, block: InLanguage) -> None:
        """Append blocks in another language (ISO 14289-1, 7.2)."""
        element, before = Element("Div", self.parent), self.language
        element.language = self.language = block.language
        with self.inside(element):
            self.tell(block.blocks)
        self.language = before

    def quote(self, block: Quote) -> None:
        """Append somebody's words, beside a bar."""
        with self.boxed(Element("BlockQuote", self.parent), QUOTE) as blocks:
            self.tell(block.blocks)
        self.finish_box(blocks, ground=None)

    def callout(self, block: Callout) -> None:
        """Append a box."""
        with self.boxed(Element("Div", self.parent), self.body) as blocks:
            if block.title:
                self.paragraph(
                    block.title, replace(HEADINGS[4], before=0, colour=readable(self.colour, PAPER)), keep=True
                )
            self.tell(block.blocks)
        self.finish_box(blocks, ground=PAPER)

    @contextmanager
    def boxed(self, element: Element, body: TextStyle) -> Iterator[list[Block]]:
        """Tell blocks into a box; marks that are due go to the box."""
        waiting = self.pending, self.pending_elements
        self.pending, self.pending_elements = [], []
        with self.collected() as blocks, self.inside(element, body=body):
            yield blocks
        self.pending, self.pending_elements = waiting

    def finish_box(self, blocks: list[Block], ground: Colour | None) -> None:
        """Append the box of those blocks."""
        if blocks:
            self.add(Box(blocks, self.colour, ground))

    def table(self, block: Table) -> None:
        """Append a table, its small print under it."""
        self.tables += 1
        self.add(TableBlock(block, self.parent, self.language, self.colour, self.indent, self.tables))
        for row in (*block.header, *block.body):
            for cell in row:
                for runs in cell.paragraphs:
                    self.footnotes(runs)
        self.small_print(block.notes)

    def chart(self, block: Chart) -> None:
        """Append a chart under its caption."""
        colours = (self.colour, *self.style.series[1:])
        with self.inside(self.captioned(block.caption)):
            if block.caption:
                self.paragraph(block.caption, replace(CAPTION, colour=self.colour), "Caption", keep=True)
            chart = ChartBlock(block, self.parent, colours, self.indent)
        chart.element.prints = _facts_of_chart(block)
        self.add(chart)
        self.small_print(block.notes)

    def image(self, block: Image) -> None:
        """Append a picture and its caption."""
        picture = self.document.pictures.get(block.path)
        if picture is None:
            return
        with self.inside(self.captioned(block.caption)):
            shown = PictureBlock(picture, block.alt, self.parent, self.indent)
            shown.keep_with_next = bool(block.caption)
            self.add(shown)
            if block.caption:
                self.paragraph(block.caption, replace(SMALL, after=12, hyphenate=True), "Caption")

    def captioned(self, caption: Runs) -> Element:
        """Return the parent of a figure: one that it shares with its caption alone (ISO 32000-1, 14.8.4.3.2).

        The caption stands beside the figure, not in it, where its alternative text would take its place.
        """
        return Element("Div", self.parent) if caption else self.parent

    def key_figures(self, block: KeyFigures) -> None:
        """Append rows of up to four numbers."""
        parent = Element("Div", self.parent)
        for start in range(0, len(block.figures), TILES):
            figures = block.figures[start : start + TILES]
            self.add(KeyFiguresBlock(figures, parent, self.language, self.colour))

    def rule(self, block: Rule) -> None:
        """Append a thematic break."""
        self.add(RuleBlock())

    def covering(self, block: Covering) -> None:
        """Tell blocks that cover something; its marks stand beside the first of them."""
        outer = self.covers
        self.covers = tuple(dict.fromkeys((*outer, *block.ids)))
        first = block.blocks[0] if block.blocks else None
        marks = [mark for mark in block.marks if not (isinstance(first, Heading) and mark in plain_text(first.runs))]
        if len(marks) > MANY_MARKS:
            headed = isinstance(first, Heading)
            self.tell(block.blocks[:headed])
            self.paragraph(tuple(Run(f"{mark}  ", mark=True) for mark in marks), replace(MARKS, colour=self.colour))
            self.tell(block.blocks[headed:])
        else:
            self.pending += marks
            if marks and not isinstance(first, Heading):
                self.pending_elements += [Element("P", self.parent) for _ in marks]
            self.tell(block.blocks)
        self.covers = outer


Teller = Callable[[Story, Any], None]
TELLERS: dict[type, Teller] = {
    Heading: Story.heading,
    ProseParagraph: Story.prose_paragraph,
    ListBlock: Story.list_block,
    Quote: Story.quote,
    Callout: Story.callout,
    InLanguage: Story.in_language,
    Table: Story.table,
    Chart: Story.chart,
    Image: Story.image,
    KeyFigures: Story.key_figures,
    Rule: Story.rule,
    Covering: Story.covering,
}
"""How each kind of block is told."""


def _facts_of_chart(chart: Chart) -> tuple[tuple[Printed, str], ...]:
    """Return the facts of a chart, each with its label."""
    return tuple(
        (Printed((fact,)), label)
        for series in chart.series
        for fact, label in zip(series.facts, series.labels, strict=bool(series.facts))
        if fact
    )


def keep_headings(blocks: list[Block]) -> list[Block]:
    """Return the blocks with a `Need` before each heading, so that none is left alone at a page's foot."""
    out: list[Block] = []
    start: int | None = None
    for number, block in enumerate(blocks):
        if block.keep_with_next and not isinstance(block, ChapterTitle):
            start = number if start is None else start
            continue
        if start is not None:
            out += [Need(blocks[start : number + 1]), *blocks[start:number]]
            start = None
        out.append(block)
    return out if start is None else out + blocks[start:]
