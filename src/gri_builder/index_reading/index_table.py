"""Rows of a content index: codes aligned below each other, and the words beside each, by column."""

from __future__ import annotations

from gri_builder.index_reading.codes import CodeReader
from gri_builder.index_reading.index_tables.anchors import FEWEST
from gri_builder.index_reading.index_tables.lines import Line, make_lines
from gri_builder.index_reading.index_tables.table import Table, TableReader, TableRow
from gri_builder.pdf_reader.pdf_file import Page

__all__ = ["FEWEST", "Line", "Table", "TableReader", "TableRow", "make_lines", "read_rows"]


def read_rows(page: Page, reader: CodeReader, fewest: int = FEWEST) -> list[TableRow]:
    """Return the rows of the index on a page, the left table before the right one.

    `fewest` are the codes below each other that make a column. Use a `TableReader` for pages one after the other.
    """
    return [row for table in TableReader(reader).read(page, fewest) for row in table.rows]
