"""Two rows of headers: each column is named by both, such as '2015' over 'Target' and 'Actual'."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from gri_builder.spreadsheets.cells import EMPTY, Cell, Row, Sheet


def join_header_rows(sheet: Sheet, place: int) -> Sheet:
    """Return a sheet in which the row at a place and the one below are one row, at the number of the lower."""
    lower = sheet.rows[place + 1]
    cells = tuple(Cell("text", name) if name else EMPTY for name in join_headers(sheet, place))
    numbers = (sheet.rows[place].number, lower.number)
    merged = {cell: span for cell, span in sheet.merged.items() if cell[0] not in numbers}
    rows = (*sheet.rows[:place], Row(lower.number, cells), *sheet.rows[place + 2 :])
    return replace(sheet, rows=rows, merged=merged)


def join_headers(sheet: Sheet, place: int) -> list[str]:
    """Return the name of each column by the row at a place and the one below, such as '2015 Target'."""
    lower = sheet.rows[place + 1]
    above = spread_headers(sheet, place, lower)
    width = max(len(above), len(lower.cells))
    names = []
    for column in range(width):
        first, second = above[column] if column < len(above) else "", sheet.cell(lower, column).text
        names.append(first if first == second else f"{first} {second}".strip())
    return [" ".join(name.split()) for name in names]


def spread_headers(sheet: Sheet, place: int, lower: Row) -> list[str]:
    """Return the text of the row at a place over each column of the row below it.

    A merged cell is over all its columns. Another one is over the empty cells to its right too, as far as the row
    below has headers there.
    """
    upper = sheet.rows[place]
    return list(_spread(sheet, upper, lower))


def _spread(sheet: Sheet, upper: Row, lower: Row) -> Iterator[str]:
    last, is_merged = "", False
    for column in range(max(len(upper.cells), len(lower.cells))):
        span = sheet.merged.get((upper.number, column))
        text = upper.cell(column).text
        if span and span.top == upper.number:
            last, is_merged = upper.cell(span.left).text, span.right > span.left
            yield last
        elif text:
            last, is_merged = text, False
            yield text
        else:
            yield last if not is_merged and lower.cell(column).text else ""
