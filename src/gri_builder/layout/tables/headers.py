"""Elements of tables for readers: headers named for each cell, and facts that fill a cell."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.tables.rows import Row
from gri_builder.model.rich_text import Cell
from gri_builder.pdf.structure_tree import StructureElement, pdf_text


def give_facts(cell: Cell, element: StructureElement) -> Cell:
    """Move the facts of a cell that is one run to the cell's element, so that no Span is needed; return the cell."""
    if len(cell.paragraphs) != 1 or len(cell.paragraphs[0]) != 1 or cell.paragraphs[0][0].printed is None:
        return cell
    run = cell.paragraphs[0][0]
    assert run.printed is not None
    element.prints = ((run.printed, run.text),)
    return replace(cell, paragraphs=((replace(run, printed=None),),))


def name_headers(header: list[Row], rows: list[Row], number: int) -> None:
    """Set ids of header cells, and for each cell the ids of its headers (ISO 32000-1, table 349).

    `number` is the table's in the document. A single level of headers needs no ids, as their scope is enough.
    """
    over: dict[int, list[str]] = {}
    for level, row in enumerate(header):
        for cell in row.cells:
            cell.text.element.id = f"table-{number}-head-{level}-{cell.column}"
            for column in range(cell.column, cell.column + cell.cell.columns):
                over.setdefault(column, []).append(cell.text.element.id)
    group: list[str] = []
    for index, row in enumerate(rows):
        beside: list[str] = []
        if row.group:
            group = []
        for cell in row.cells:
            element = cell.text.element
            if row.group or cell.cell.header:
                element.id = f"table-{number}-row-{index}-{cell.column}"
                (group if row.group else beside).append(element.id)
            own = [*over.get(cell.column, []), *group, *beside]
            names = " ".join(pdf_text(name) for name in own if name != element.id)
            if names and not row.group:
                inner = (element.attributes or "<</O/Table>>").removesuffix(">>")
                element.attributes = f"{inner}/Headers[{names}]>>"
