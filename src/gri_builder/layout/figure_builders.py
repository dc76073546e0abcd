"""Builders of figures: tables, charts, the materiality matrix, pictures, key figures and QR codes."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.blocks.chart import ChartBlock
from gri_builder.layout.blocks.key_figures import KeyFiguresBlock
from gri_builder.layout.blocks.margin_note import MarginNote
from gri_builder.layout.blocks.matrix import MatrixBlock
from gri_builder.layout.blocks.picture import PictureBlock, PictureRow
from gri_builder.layout.blocks.qr_code import QrBlock
from gri_builder.layout.blocks.table import TableBlock
from gri_builder.layout.blocks.table_line import FigureLine
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.tables.continuation import note_continuation
from gri_builder.layout.tables.fitting import Fit, Rooms
from gri_builder.model.document import KeyFigures, Matrix, QrCode
from gri_builder.model.figures.chart import Chart
from gri_builder.model.rich_text import Image, Run, Runs, Table
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import GUTTER


def build_table(flow: FlowBuilder, block: Table) -> None:
    """Add a table, with its small print below it; where numbers would break, it uses the margin or a turned page."""
    flow.table_count += 1
    scope = flow.scope
    continued = note_continuation(flow.document.words)
    kind = FigureLine if block.is_line else TableBlock
    table = kind(
        block, scope.parent, scope.language, flow.style, scope.color, scope.indent, flow.table_count, continued
    )
    table.canvas = flow.canvas
    fit = Fit() if scope.is_boxed else table.choose_fit(_find_rooms(flow))
    if fit.is_turned and not scope.is_turned:
        with flow.turned(joins=True):
            _add_table(flow, table, block)
        return
    if fit.margin:
        table.fit = fit._replace(margin=0.0)  # as it is in a box that has the margin's width
    with flow.outset(fit.margin > 0):
        _add_table(flow, table, block)


def _find_rooms(flow: FlowBuilder) -> Rooms:
    """Return the widths that a table may have where it is, outside of boxes."""
    scope, page = flow.scope, flow.style.page
    if scope.is_turned:
        return Rooms(page.landscape.full_width - scope.indent)
    turned = page.landscape.full_width - scope.indent
    if scope.is_wide:
        return Rooms(page.full_width - scope.indent, turned=turned)
    return Rooms(page.text_width - scope.indent, page.margin_width + GUTTER, turned)


def _add_table(flow: FlowBuilder, table: TableBlock, block: Table) -> None:
    shown = flow.add(table, block.anchor)
    for row in (*block.header, *block.body):
        for cell in row:
            for runs in cell.paragraphs:
                flow.add_footnotes(runs)
    flow.add_small_print(shown, block.notes)


def build_chart(flow: FlowBuilder, block: Chart) -> None:
    """Add a chart below its caption."""
    with flow.inside(flow.caption_parent(block.caption)):
        flow.add_caption(block.caption, block.anchor)
        continued = note_continuation(flow.document.words)
        scope = flow.scope
        chart = ChartBlock(block, scope.parent, flow.style, scope.color, scope.indent, continued, scope.language)
    flow.add(chart, None if block.caption else block.anchor)
    flow.add_small_print(chart, block.notes)


def build_matrix(flow: FlowBuilder, block: Matrix) -> None:
    """Add a materiality matrix below its caption."""
    with flow.inside(flow.caption_parent(block.caption)):
        flow.add_caption(block.caption, block.anchor)
        colors = dict(flow.style.chapters)
        matrix = MatrixBlock(block, flow.scope.parent, flow.style, colors, breaks_out=flow.scope.has_margin)
        flow.add(matrix, None if block.caption else block.anchor)


def build_image(flow: FlowBuilder, block: Image) -> None:
    """Add a picture and its caption; a small one goes to the margin where there is one."""
    if block.size == "margin" and flow.scope.has_margin:
        with flow.boxed(flow.scope.parent, flow.scope.body) as boxes:
            _build_picture(flow, replace(block, size="fit"))
        if boxes:
            flow.add(MarginNote(boxes, flow.style, block.where, flow.scope.color))
        return
    _build_picture(flow, replace(block, size="fit") if flow.scope.is_boxed else block)


def _build_picture(flow: FlowBuilder, block: Image) -> PictureBlock | None:
    """Add a picture, and its caption below it; return None if the report has no such picture."""
    caption = _caption_with_credit(block)
    with flow.inside(flow.caption_parent(caption)):
        painting = flow.make_painting(block, StructureElement("Figure", flow.scope.parent, alt=block.alt))
        if painting is None:
            return None
        shown = PictureBlock(painting, flow.style, block.size, flow.scope.indent)
        shown.keep_with_next = bool(caption)
        flow.add(shown, block.anchor)
        if caption:
            style = flow.style.aside if flow.scope.is_boxed else flow.style.small
            flow.add_paragraph(caption, replace(style, after=12, hyphenate=True), "Caption")
    return shown


def _caption_with_credit(block: Image) -> Runs:
    """Return a picture's caption, followed by its credit."""
    if not block.credit:
        return block.caption
    gap = (Run("  "),) if block.caption else ()
    return (*block.caption, *gap, *(replace(run, italic=True) for run in block.credit))


def build_picture_row(flow: FlowBuilder, images: list[Image]) -> None:
    """Add one or two pictures of half a width, with their captions."""
    pictures, captions = list[PictureBlock](), list[list[LayoutBox]]()
    for block in images:
        with flow.boxed(flow.scope.parent, flow.scope.body) as boxes:
            shown = _build_picture(flow, replace(block, size="fit"))
        if shown:
            shown.keep_with_next = False
            pictures.append(shown)
            captions.append([box for box in boxes if box is not shown])
    if pictures:
        flow.add(PictureRow(pictures, captions))


def build_key_figures(flow: FlowBuilder, block: KeyFigures) -> None:
    """Add rows of key figures."""
    if not block.figures:
        return
    scope, parent = flow.scope, StructureElement("Div", flow.scope.parent)
    flow.add(KeyFiguresBlock(block.figures, parent, scope.language, flow.style, scope.color, flow.number_size))


def build_qr_code(flow: FlowBuilder, block: QrCode) -> None:
    """Add a QR code with the text beside it."""
    element = StructureElement("Figure", flow.scope.parent, alt=block.alt)
    with flow.boxed(flow.scope.parent, flow.scope.body) as boxes:
        flow.build(block.blocks)
    flow.add(QrBlock(block.target, boxes, flow.style, element, flow.scope.indent))
