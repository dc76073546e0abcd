"""Builders of the content index: its tables, and the notes on what is omitted below each."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.layout.index.index_columns import IndexColumns
from gri_builder.layout.index.index_table import IndexTable, style_index
from gri_builder.layout.tables.continuation import note_continuation
from gri_builder.layout.tables.fitting import Rooms
from gri_builder.model.document import Block, IndexNote, IndexSection, IndexTables
from gri_builder.model.rich_text import Heading, Table, plain_text

HEADING_SPACE = 0.6
"""Share that headings have of the space above those of running text."""
SPACE_BELOW = 2.0
"""Space below headings, in points."""


def build_index_tables(flow: FlowBuilder, block: IndexTables) -> None:
    """Add the tables of the content index, with columns of one width."""
    columns = IndexColumns()
    for inner in block.blocks:
        if isinstance(inner, IndexSection):
            with flow.colored(flow.style.chapter(inner.color)):
                _build_section(flow, inner, columns)
        else:
            _add_heading(flow, inner)


def _build_section(flow: FlowBuilder, section: IndexSection, columns: IndexColumns) -> None:
    """Add a heading, a table and its notes."""
    table: IndexTable | None = None
    name = ""
    for block in section.blocks:
        if isinstance(block, Table):
            table = _make_table(flow, block, name, (section.columns, columns))
            flow.add(table)
        elif isinstance(block, IndexNote):
            _add_note(flow, block, table)
        else:
            _add_heading(flow, block)
            name = plain_text(block.runs) if isinstance(block, Heading) else name


def _add_heading(flow: FlowBuilder, block: Block) -> None:
    """Add a heading, nearer to what is around it than in running text."""
    flow.build((block,))
    box = flow.last_box()
    if box:
        box.before, box.after = HEADING_SPACE * box.before, SPACE_BELOW


def _make_table(
    flow: FlowBuilder, block: Table, name: str, columns: tuple[tuple[str, ...], IndexColumns]
) -> IndexTable:
    """Return a table, whose name is that of its section or Category."""
    flow.table_count += 1
    scope = flow.scope
    names = name, note_continuation(flow.document.words)
    table = IndexTable(
        block,
        scope.parent,
        scope.language,
        flow.style,
        scope.color,
        flow.table_count,
        names,
        columns,
    )
    table.canvas = flow.canvas
    table.choose_fit(Rooms(flow.style.page.full_width))
    return table


def _add_note(flow: FlowBuilder, note: IndexNote, table: IndexTable | None) -> None:
    """Add a note; the first one stays on the page on which the table ends."""
    cell = style_index(flow.style).cell
    paragraph = flow.add_paragraph(note.runs, replace(cell, hyphenate=True, after=1.5))
    paragraph.anchor = note.anchor
    if table is not None and not table.tail:
        table.after, table.tail = 4, (paragraph,)
