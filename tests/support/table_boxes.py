"""Tables laid out for a width, without a page, and where their numbers are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from gri_builder.layout.blocks.table import TableBlock
from gri_builder.layout.tables.fitting import Rooms
from gri_builder.layout.tables.rows import PlacedCell
from gri_builder.model.rich_text import Table
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style


def lay_out(table: Table, width: float, language: str = "en", theme: str = "harbour") -> TableBlock:
    """Return a table measured for a width, as in a box: its size may be smaller, and no page is turned."""
    style = make_style(load_theme(theme))
    block = TableBlock(table, StructureElement("Document", None), language, style, style.primary)
    block.choose_fit(Rooms(width))
    block.wrap(width)
    return block


def text_of(cell: PlacedCell) -> list[str]:
    """Return the lines of a cell."""
    return ["".join(piece.text for piece in line.pieces) for line in cell.lines]


def room_of(block: TableBlock, cell: PlacedCell) -> float:
    """Return the width between the paddings of a cell."""
    return sum(block.widths[cell.column : cell.column + cell.cell.columns]) - 2 * block._pad


def decimal_places(block: TableBlock, column: int, sign: str = ".") -> Iterator[tuple[int, float]]:
    """Yield the row and the distance from the table's left edge to the decimal sign of each number of a column.

    In a number without a sign, it is where the sign would be: after the last digit.
    """
    edges = [0.0, *accumulate(block.widths)]
    for number, row in enumerate(block.rows):
        for cell in row.cells:
            if cell.column == column and cell.number and not cell.number.is_dash:
                right = edges[column + 1] - block._pad - cell.shift
                yield number, right - cell.lines[0].width + _before_sign(cell, sign)


def _before_sign(cell: PlacedCell, sign: str) -> float:
    pieces = [piece for piece in cell.lines[0].pieces if piece.look.rise <= 0]
    text = "".join(piece.text for piece in pieces)
    last = max(place for place, character in enumerate(text, 1) if character.isdecimal())
    place = text.rfind(sign) if sign in text else last
    width = 0.0
    for piece in pieces:
        width += piece.look.face.width(piece.text[: max(0, place)]) * piece.look.size
        place -= len(piece.text)
    return width
