"""Tables of a review copy, with a bookmark for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from gri_builder.model.finding import Location
from gri_builder.model.rich_text import Alignment, Cell, Table
from gri_builder.review.source_map import SourceBlock
from gri_builder.review.writer.elements import make, value
from gri_builder.review.writer.runs import RunWriter

MARKDOWN_HEAD = 2
"""Lines of a Markdown table above its rows: the header and the line below it."""
WIDTH = 9060
"""Width of a line, in twentieths of a point."""
LETTER = 130
"""Width of a letter, in twentieths of a point."""
MOST_LETTERS = 18
"""Letters of a word that a column is made wide enough for."""


class BlockMarker(Protocol):
    """What gives a row its bookmark."""

    runs: RunWriter
    where: Location | None

    def mark(self, elements: Any, block: SourceBlock, anchor: str | None = None) -> Any:
        """Yield the elements between the ends of a bookmark."""
        ...


class _Grid:
    """Where the cells of a table are, as those below a cell that spans rows are left out."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.open: dict[int, tuple[int, int]] = {}
        """Rows that a cell from above still covers, and its columns, by the first column."""


def write_table(table: Table, marker: BlockMarker) -> Any:
    """Return the element of a table; None for one without columns."""
    rows = (*table.header, *table.body)
    columns = max((_width_of(row) for row in rows), default=0)
    if not columns:
        return None
    grid = _Grid(columns)
    borders = [
        make(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "BBBBBB"})
        for side in ("top", "bottom", "insideH")
    ]
    margins = [make(f"w:{side}", {"w:w": "80", "w:type": "dxa"}) for side in ("left", "right")]
    properties = make(
        "w:tblPr",
        None,
        make("w:bidiVisual") if marker.runs.is_rtl("") else None,
        make("w:tblW", {"w:w": "5000", "w:type": "pct"}),
        make("w:tblBorders", None, *borders),
        value_layout(),
        make("w:tblCellMar", None, *margins),
    )
    widths = _widths(table, columns)
    columns_element = make("w:tblGrid", None, *(make("w:gridCol", {"w:w": str(width)}) for width in widths))
    written = [_row(table, row, number, grid, marker, widths) for number, row in enumerate(rows)]
    return make("w:tbl", None, properties, columns_element, *written)


def value_layout() -> Any:
    """Return the element that keeps the widths of columns."""
    return make("w:tblLayout", {"w:type": "fixed"})


def _width_of(row: Sequence[Cell]) -> int:
    return sum(cell.columns for cell in row)


def _widths(table: Table, columns: int) -> list[int]:
    """Return the widths of columns: by the weights of the table, else by the length of their words."""
    weights = list(table.weights) if len(table.weights) == columns else [1.0] * columns
    if not table.weights:
        for row in (*table.header, *table.body):
            if _width_of(row) == columns == len(row):
                for place, cell in enumerate(row):
                    longest = max((sum(len(run.text) for run in runs) for runs in cell.paragraphs), default=0)
                    weights[place] = max(weights[place], min(float(longest), 40.0))
        weights = [max(weight, 6.0) for weight in weights]
    least = [min(_longest_word(table, place, columns) + 2, MOST_LETTERS) * LETTER for place in range(columns)]
    total, spare = sum(weights), max(0, WIDTH - sum(least))
    if not spare:
        return [max(LETTER * 3, round(WIDTH * each / sum(least))) for each in least]
    return _share_out([WIDTH * weight / total for weight in weights], least)


def _share_out(wanted: Sequence[float], least: Sequence[int]) -> list[int]:
    """Return widths as wanted, but at least those that hold the longest words; the wide columns give way."""
    widths = [max(each, float(bound)) for each, bound in zip(wanted, least, strict=True)]
    over = sum(widths) - WIDTH
    room = sum(each - bound for each, bound in zip(widths, least, strict=True))
    if over > 0 and room > 0:
        widths = [each - (each - bound) * over / room for each, bound in zip(widths, least, strict=True)]
    return [round(each) for each in widths]


def _longest_word(table: Table, place: int, columns: int) -> int:
    """Return the letters of the longest word of a column."""
    rows = (row for row in (*table.header, *table.body) if len(row) == columns)
    texts = ("".join(run.text for run in runs) for row in rows for runs in row[place].paragraphs)
    return max((len(word) for text in texts for word in text.split()), default=1)


def _row(
    table: Table, row: Sequence[Cell], number: int, grid: _Grid, marker: BlockMarker, widths: Sequence[int]
) -> Any:
    is_header = number < len(table.header)
    line = _line_of(table, number)
    marker.where = table.where
    texts = ["\n".join("".join(map(marker.runs.text_of, runs)) for runs in cell.paragraphs) for cell in row]
    facts = tuple(
        (run.text, run.printed.facts[0])
        for cell in row
        for runs in cell.paragraphs
        for run in runs
        if run.printed and run.printed.facts
    )
    file = table.where.file if table.where else ""
    block = SourceBlock("\t".join(texts).replace("\u00ad", ""), file, line, "", facts)
    cells: list[Any] = []
    column = 0
    for cell in row:
        column = _fill_open(grid, column, cells, widths)
        cells.append(
            _cell(table, cell, column, is_header, grid, marker, block if not cells or cell is row[0] else None, widths)
        )
        column += cell.columns
    _fill_open(grid, column, cells, widths, to_end=True)
    if not cells:
        cells.append(make("w:tc", None, make("w:p")))
    header = make("w:trPr", None, make("w:cantSplit"), make("w:tblHeader") if is_header else None)
    return make("w:tr", None, header, *cells)


def _line_of(table: Table, number: int) -> int | None:
    """Return the line of a row: each row of a Markdown table is one."""
    if table.where is None or table.where.line is None or not table.where.file.endswith(".md"):
        return table.where.line if table.where else None
    heads = len(table.header)
    return table.where.line + (number if number < heads else number - heads + MARKDOWN_HEAD)


def _fill_open(grid: _Grid, column: int, cells: list[Any], widths: Sequence[int], to_end: bool = False) -> int:
    """Add the cells that continue one from above, from a column on, and return the next free column."""
    while column in grid.open:
        rows, span = grid.open[column]
        width = str(sum(widths[column : column + span]))
        properties = make(
            "w:tcPr",
            None,
            make("w:tcW", {"w:w": width, "w:type": "dxa"}),
            value("w:gridSpan", span) if span > 1 else None,
            make("w:vMerge"),
        )
        cells.append(make("w:tc", None, properties, make("w:p")))
        if rows > 1:
            grid.open[column] = rows - 1, span
        else:
            del grid.open[column]
        column += span
    return column


def _cell(
    table: Table,
    cell: Cell,
    column: int,
    is_header: bool,
    grid: _Grid,
    marker: BlockMarker,
    block: SourceBlock | None,
    widths: Sequence[int],
) -> Any:
    if cell.rows > 1:
        grid.open[column] = cell.rows - 1, cell.columns
    align: Alignment = table.align[column] if column < len(table.align) else "left"
    width = str(sum(widths[column : column + cell.columns]))
    properties = make(
        "w:tcPr",
        None,
        make("w:tcW", {"w:w": width, "w:type": "dxa"}),
        value("w:gridSpan", cell.columns) if cell.columns > 1 else None,
        make("w:vMerge", {"w:val": "restart"}) if cell.rows > 1 else None,
        make("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "EEF1F0"}) if is_header else None,
    )
    paragraphs = []
    for place, runs in enumerate(cell.paragraphs or ((),)):
        text = "".join(map(marker.runs.text_of, runs))
        style = make(
            "w:pPr",
            None,
            make("w:bidi") if marker.runs.is_rtl(text) else None,
            make("w:spacing", {"w:before": "40", "w:after": "40", "w:line": "240", "w:lineRule": "auto"}),
            value("w:jc", align) if align != "left" else None,
        )
        elements = list(marker.runs.write(runs))
        if is_header or cell.header:
            _embolden(elements)
        if block is not None and not place:
            elements = list(marker.mark(elements, block))
        paragraphs.append(make("w:p", None, style, *elements))
    return make("w:tc", None, properties, *paragraphs)


def _embolden(elements: Sequence[Any]) -> None:
    from docx.oxml.ns import qn

    for element in elements:
        for run in element.iter(qn("w:r")):
            properties = run.get_or_add_rPr()
            if properties.find(qn("w:b")) is None:
                properties.get_or_add_b()
