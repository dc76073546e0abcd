"""Block builders: which function builds each kind of block."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from gri_builder.layout.blocks.site_map import build_site_map
from gri_builder.layout.box_builders import (
    build_callout,
    build_columns,
    build_landscape,
    build_pull_quote,
    build_side_note,
    build_timeline,
)
from gri_builder.layout.diagrams.diagram_builders import build_organization, build_process
from gri_builder.layout.figure_builders import (
    build_chart,
    build_image,
    build_key_figures,
    build_matrix,
    build_picture_row,
    build_qr_code,
    build_table,
)
from gri_builder.layout.flow_builder import Block, FlowBuilder
from gri_builder.layout.index.index_builders import build_index_tables
from gri_builder.layout.letter_builders import build_letter, build_signature
from gri_builder.layout.text_builders import (
    build_definitions,
    build_disclosure_span,
    build_heading,
    build_in_language,
    build_list,
    build_paragraph,
    build_quote,
    build_rule,
)
from gri_builder.model import document, rich_text
from gri_builder.model.figures import chart, diagrams


def build_block(flow: FlowBuilder, block: Block) -> None:
    """Add a block to the flow."""
    match block:
        case rich_text.Paragraph():
            build_paragraph(flow, block)
        case rich_text.Heading():
            build_heading(flow, block)
        case rich_text.ListBlock():
            build_list(flow, block)
        case rich_text.Quote():
            build_quote(flow, block)
        case rich_text.Definitions():
            build_definitions(flow, block)
        case rich_text.Rule():
            build_rule(flow, block)
        case document.IndexSection() | document.IndexNote():
            raise AssertionError("the tables of the index are built together")
        case rich_text.Directive():
            raise AssertionError(f"compose expands all directives: {block.name}")
        case (
            rich_text.Table()
            | rich_text.Image()
            | list()
            | chart.Chart()
            | document.KeyFigures()
            | document.Matrix()
            | diagrams.SiteMap()
            | diagrams.Process()
            | diagrams.OrganizationChart()
            | document.QrCode()
        ):
            _build_figure(flow, block)
        case _:
            _build_container(flow, block)


FigureBlock: TypeAlias = (
    rich_text.Table
    | rich_text.Image
    | list[rich_text.Image]
    | chart.Chart
    | document.KeyFigures
    | document.Matrix
    | diagrams.SiteMap
    | diagrams.Process
    | diagrams.OrganizationChart
    | document.QrCode
)


def _build_figure(flow: FlowBuilder, block: FigureBlock) -> None:
    match block:
        case rich_text.Table():
            build_table(flow, block)
        case rich_text.Image():
            build_image(flow, block)
        case list():
            build_picture_row(flow, block)
        case chart.Chart():
            build_chart(flow, block)
        case document.KeyFigures():
            build_key_figures(flow, block)
        case document.Matrix():
            build_matrix(flow, block)
        case diagrams.SiteMap():
            build_site_map(flow, block)
        case diagrams.Process():
            build_process(flow, block)
        case diagrams.OrganizationChart():
            build_organization(flow, block)
        case document.QrCode():
            build_qr_code(flow, block)
        case _:
            assert_never(block)


ContainerBlock: TypeAlias = (
    document.Callout
    | document.Columns
    | document.Landscape
    | document.PullQuote
    | document.Letter
    | document.Signature
    | document.SideNote
    | document.Timeline
    | document.InLanguage
    | document.DisclosureSpan
    | document.IndexTables
)


def _build_container(flow: FlowBuilder, block: ContainerBlock) -> None:
    match block:
        case document.DisclosureSpan():
            build_disclosure_span(flow, block)
        case document.IndexTables():
            build_index_tables(flow, block)
        case document.Callout():
            build_callout(flow, block)
        case document.SideNote():
            build_side_note(flow, block)
        case document.PullQuote():
            build_pull_quote(flow, block)
        case document.Letter():
            build_letter(flow, block)
        case document.Signature():
            build_signature(flow, block)
        case document.Timeline():
            build_timeline(flow, block)
        case document.Columns():
            build_columns(flow, block)
        case document.Landscape():
            build_landscape(flow, block)
        case document.InLanguage():
            build_in_language(flow, block)
        case _:
            assert_never(block)
