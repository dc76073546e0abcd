"""Rows of tables: placed cells, their heights, and rows that are split over pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.model.rich_text import Cell
from gri_builder.typesetting.line_breaking import Line, Word

PAD_X, PAD_Y = 5.0, 3.6
TIGHT_PAD_X = 2.6
"""Space beside the text of cells in a smaller size."""
HAIRLINE = 0.4
"""Thickness of the lines under rows."""
MIN_SPLIT_LINES = 6
"""Minimum number of lines of a row that may be split."""
MAX_UNSPLIT_ROWS = 9
"""Maximum number of rows of a table that is never split, unless it is high."""
MAX_UNSPLIT_SHARE = 0.5
"""Share of a page's height up to which such a table is kept whole."""
MIN_PART_ROWS, MIN_PART_HEIGHT = 3, 84.0
"""Rows of each part of a split table at least; or the height of fewer rows, if they are high."""
MIN_KEPT_LINES = 3
"""Minimum number of lines of a split row on each page."""


class Number(Struct, frozen=True):
    """Width of a number on both sides of its decimal sign, in points."""

    lead: float
    tail: float
    """Width from the sign on, or after the last digit of a number without one."""
    unit: str = ""
    """Text after it."""
    is_dash: bool = False
    """Whether it is a dash for a missing value."""


class PlacedCell(Struct):
    """A cell in its column, with the lines not painted yet."""

    cell: Cell
    column: int
    rows: int
    """Number of rows that it still spans."""
    text: TextLines
    words: tuple[list[Word], ...] = ()
    """The words of each of its paragraphs, with page numbers set, until they are broken into lines."""
    lines: list[Line] = field(default_factory=list)
    shift: float = 0.0
    """Distance of its text from the right edge, which aligns decimal signs."""
    number: Number | None = None
    """Its number, if it is nothing else."""
    number_width: float = 0.0
    """Width that the numbers of its column need together."""
    pad: float = PAD_Y
    """Space above and below its text."""

    @property
    def height(self) -> float:
        """Height of its lines with padding."""
        return len(self.lines) * self.text.style.leading + 2 * self.pad


RowKind = Literal["header", "body", "group", "total", "highlighted"]
"""What a row is: 'group' is the heading of rows that follow it, 'total' the sum of others."""


class Row(Struct):
    """A row of placed cells."""

    cells: list[PlacedCell]
    kind: RowKind = "body"
    height: float = 0.0
    continues: bool = False
    """Whether it continues on the next page, without a line below it."""
    repeated: bool = False
    """Whether it repeats a row of the page before, and is an artifact."""

    @property
    def group(self) -> bool:
        """Whether it is the heading of a group of rows."""
        return self.kind == "group"

    @property
    def notes(self) -> tuple[str, ...]:
        """Labels of the footnotes referred to in it."""
        if self.repeated:
            return ()
        return tuple(label for cell in self.cells for line in cell.lines for label in line.notes)


def fill_rows(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[list[tuple[int, Cell]]]:
    """Yield each row's cells with their columns, skipping those occupied by cells that span from above."""
    taken: dict[int, int] = {}
    for row in rows:
        placed, column = [], 0
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            placed.append((column, cell))
            for spanned in range(column, column + cell.columns):
                taken[spanned] = cell.rows
            column += cell.columns
        taken = {column: left - 1 for column, left in taken.items()}
        yield placed


def row_height(row: Row) -> float:
    """Return the height of a row by its cells that span no other row."""
    return max((cell.height for cell in row.cells if cell.rows == 1), default=2 * PAD_Y)


def stretch(rows: list[Row]) -> None:
    """Enlarge the last row that each cell spans until the cell fits, short spans first."""
    spans = [
        (number + cell.rows, number, cell) for number, row in enumerate(rows) for cell in row.cells if cell.rows > 1
    ]
    for end, start, cell in sorted(spans, key=lambda span: span[:2]):
        spanned = rows[start:end]
        spanned[-1].height += max(0.0, cell.height - sum(row.height for row in spanned))


def spanned_columns(rows: list[Row]) -> set[int]:
    """Return the columns of cells that span beyond the last of the rows."""
    columns: set[int] = set()
    for distance, row in enumerate(reversed(rows)):
        for cell in row.cells:
            if cell.rows > distance + 1:
                columns.update(range(cell.column, cell.column + cell.cell.columns))
    return columns


def is_part_enough(rows: list[Row]) -> bool:
    """Return whether rows may be on a page without the others of their table: three, or a few that are high."""
    members = [row for row in rows if not row.group and row.kind != "total"]
    height = sum(row.height for row in rows)
    return len(members) >= MIN_PART_ROWS or (bool(members) and height >= MIN_PART_HEIGHT)


def cut_row(row: Row, room: float, at_top: bool) -> tuple[Row, Row] | None:
    """Split a tall row into the lines that fit into the height and the others; None if it is kept whole."""
    if not row.cells:  # all of it is spanned from above
        return None
    longest = max(len(cell.lines) for cell in row.cells)
    leading = max(cell.text.style.leading for cell in row.cells)
    pad = max(cell.pad for cell in row.cells)
    fitting = int((room - 2 * pad + 0.01) / leading)
    fitting = min(fitting, longest - MIN_KEPT_LINES) if longest - MIN_KEPT_LINES >= MIN_KEPT_LINES else fitting
    if fitting < (1 if at_top else MIN_KEPT_LINES) or (longest < MIN_SPLIT_LINES and not at_top) or fitting >= longest:
        return None
    upper = [replace(cell, lines=cell.lines[:fitting], rows=1) for cell in row.cells]
    lower = [replace(cell, lines=cell.lines[fitting:]) for cell in row.cells]
    rest = Row(lower, row.kind)
    rest.height = row_height(rest)
    return Row(upper, row.kind, fitting * leading + 2 * pad, continues=True), rest


def cut_spans(upper: list[Row], lower: list[Row], inside: bool) -> None:
    """Continue cells that span over a page break below it, with the lines that do not fit above.

    `inside` is whether the break splits a row, which then counts on both sides.
    """
    continued: list[PlacedCell] = []
    for number, row in enumerate(upper):
        above = upper[number:]
        whole = len(above) - inside
        kept = list(row.cells)
        for position, cell in enumerate(row.cells):
            if cell.rows > whole and not (inside and row is upper[-1]):
                room = sum(r.height for r in above) - 2 * cell.pad
                fitting = max(0, int((room + 0.01) / cell.text.style.leading))
                rest = replace(cell, rows=cell.rows - whole, lines=cell.lines[fitting:])
                kept[position] = replace(cell, rows=len(above), lines=cell.lines[:fitting])
                continued.append(rest)
        upper[number] = replace(row, cells=kept)
    if continued:
        cells = sorted([*lower[0].cells, *continued], key=lambda cell: cell.column)
        first = lower[0] = replace(lower[0], cells=cells)
        first.height = max(first.height, row_height(first))
