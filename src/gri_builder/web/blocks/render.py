"""Which function writes each kind of block; the type checker finds a kind that has none."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from markupsafe import Markup

from gri_builder.model import document, rich_text
from gri_builder.model.figures import chart, diagrams
from gri_builder.web.blocks.boxes import (
    write_callout,
    write_columns,
    write_landscape,
    write_letter,
    write_pull_quote,
    write_side_note,
    write_signature,
    write_timeline,
)
from gri_builder.web.blocks.charts import write_chart, write_map
from gri_builder.web.blocks.diagrams import write_matrix, write_organization, write_process
from gri_builder.web.blocks.index_tables import write_index_note, write_index_tables
from gri_builder.web.blocks.key_figures import write_key_figures
from gri_builder.web.blocks.pictures import write_image, write_qr_code
from gri_builder.web.blocks.tables import write_table
from gri_builder.web.blocks.text import (
    write_definitions,
    write_heading,
    write_in_language,
    write_list,
    write_paragraph,
    write_quote,
    write_span,
)
from gri_builder.web.page_context import AnyBlock, PageContext

TextBlock: TypeAlias = (
    rich_text.Paragraph
    | rich_text.Heading
    | rich_text.ListBlock
    | rich_text.Quote
    | rich_text.Definitions
    | rich_text.Rule
    | document.InLanguage
    | document.DisclosureSpan
    | document.IndexNote
    | document.IndexSection
    | document.IndexTables
)
FigureBlock: TypeAlias = (
    rich_text.Table
    | rich_text.Image
    | chart.Chart
    | document.KeyFigures
    | document.Matrix
    | diagrams.SiteMap
    | diagrams.Process
    | diagrams.OrganizationChart
    | document.QrCode
)
BoxBlock: TypeAlias = (
    document.Callout
    | document.PullQuote
    | document.Letter
    | document.Signature
    | document.Timeline
    | document.SideNote
    | document.Columns
    | document.Landscape
)


def render_block(page: PageContext, block: AnyBlock) -> Markup:
    """Return a block as elements of a page."""
    match block:
        case rich_text.Directive():
            raise AssertionError(f"compose expands all directives: {block.name}")
        case (
            rich_text.Table()
            | rich_text.Image()
            | chart.Chart()
            | document.KeyFigures()
            | document.Matrix()
            | diagrams.SiteMap()
            | diagrams.Process()
            | diagrams.OrganizationChart()
            | document.QrCode()
        ):
            return _render_figure(page, block)
        case (
            document.Callout()
            | document.PullQuote()
            | document.Letter()
            | document.Signature()
            | document.Timeline()
            | document.SideNote()
            | document.Columns()
            | document.Landscape()
        ):
            return _render_box(page, block)
        case _:
            return _render_text(page, block)


def _render_text(page: PageContext, block: TextBlock) -> Markup:
    match block:
        case rich_text.Paragraph():
            return write_paragraph(page, block)
        case rich_text.Heading():
            return write_heading(page, block)
        case rich_text.ListBlock():
            return write_list(page, block)
        case rich_text.Quote():
            return write_quote(page, block)
        case rich_text.Definitions():
            return write_definitions(page, block)
        case rich_text.Rule():
            return Markup("<hr>")
        case document.InLanguage():
            return write_in_language(page, block)
        case document.DisclosureSpan():
            return write_span(page, block)
        case document.IndexNote():
            return write_index_note(page, block)
        case document.IndexTables():
            return write_index_tables(page, block)
        case document.IndexSection():
            raise AssertionError("the tables of the index are written together")
        case _:
            assert_never(block)


def _render_figure(page: PageContext, block: FigureBlock) -> Markup:
    match block:
        case rich_text.Table():
            return write_table(page, block)
        case rich_text.Image():
            return write_image(page, block)
        case chart.Chart():
            return write_chart(page, block)
        case document.KeyFigures():
            return write_key_figures(page, block)
        case document.Matrix():
            return write_matrix(page, block)
        case diagrams.SiteMap():
            return write_map(page, block)
        case diagrams.Process():
            return write_process(page, block)
        case diagrams.OrganizationChart():
            return write_organization(page, block)
        case document.QrCode():
            return write_qr_code(page, block)
        case _:
            assert_never(block)


def _render_box(page: PageContext, block: BoxBlock) -> Markup:
    match block:
        case document.Callout():
            return write_callout(page, block)
        case document.PullQuote():
            return write_pull_quote(page, block)
        case document.Letter():
            return write_letter(page, block)
        case document.Signature():
            return write_signature(page, block)
        case document.Timeline():
            return write_timeline(page, block)
        case document.SideNote():
            return write_side_note(page, block)
        case document.Columns():
            return write_columns(page, block)
        case document.Landscape():
            return write_landscape(page, block)
        case _:
            assert_never(block)
