"""Cells that several rows of an index share."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gri_builder.index_reading.index_tables.table import TableRow


def share_cells(rows: Sequence[TableRow], management_approaches: Collection[str]) -> None:
    """Give rows without a reference that of the row above with which they share a cell.

    That is the management approach, whose codes are given, or a code on the line above in the same cell.
    """
    shared: str | None = None
    for before, row in zip((None, *rows), rows, strict=False):
        if before and not row.cells and row.found_below(before):
            row.cells = dict(before.cells)
        cell = row.cells.get("page")
        if row.code.code in management_approaches:
            shared = cell
        elif cell:
            shared = None
        elif shared:
            row.cells["page"] = shared
