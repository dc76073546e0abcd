"""What an OpenDocument spreadsheet says beside its values: percentages, merged cells, hidden rows (ODF 1.3, part 3, 9).

The reader of such files returns values alone, with which 25 % could not be distinguished from 0.25.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import IO
from xml.etree.ElementTree import Element, iterparse
from zipfile import BadZipFile, ZipFile

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.spreadsheets.cells import MergedRange, Row, Sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MAX_CELLS = 100_000
"""Cells of a sheet that are kept; more are only formatting, such as that of whole columns."""


class OdsDetails(Struct):
    """What one sheet says beside its values; rows count from 1, columns from 0."""

    percentages: set[tuple[int, int]] = field(default_factory=set)
    merged: dict[tuple[int, int], MergedRange] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    is_complete: bool = True
    """Whether everything was kept."""

    def has_room(self, cells: int) -> bool:
        """Return whether so many further cells are kept."""
        return len(self.percentages) + len(self.merged) + len(self.hidden_rows) + cells <= MAX_CELLS


def with_details(sheets: tuple[Sheet, ...], data: bytes) -> tuple[Sheet, ...] | None:
    """Return the sheets of an OpenDocument spreadsheet with what their file says beside the values.

    None where that can't be read, or is too much to be kept.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
            details = _read_details(stream)
    except (BadZipFile, KeyError, SyntaxError, ValueError, OSError):
        return None
    if any(sheet.name not in details for sheet in sheets) or not all(each.is_complete for each in details.values()):
        return None
    return tuple(_complete(sheet, details[sheet.name or ""]) for sheet in sheets)


def _complete(sheet: Sheet, details: OdsDetails) -> Sheet:
    rows = tuple(_add_formats(row, details.percentages) for row in sheet.rows)
    return replace(sheet, rows=rows, merged=details.merged, hidden_rows=frozenset(details.hidden_rows))


def _add_formats(row: Row, percentages: AbstractSet[tuple[int, int]]) -> Row:
    """Return a row whose percentages have the format of one."""
    cells = (
        cell._replace(format="0%") if (row.number, column) in percentages and cell.kind == "number" else cell
        for column, cell in enumerate(row.cells)
    )
    return Row(row.number, tuple(cells))


def _read_details(stream: IO[bytes]) -> Mapping[str, OdsDetails]:
    found: dict[str, OdsDetails] = {}
    current, row = OdsDetails(), 0
    for event, element in iterparse(stream, events=("start", "end")):  # noqa: S314
        if event == "start" and element.tag == f"{_TABLE}table":
            current, row = found.setdefault(element.get(f"{_TABLE}name", ""), OdsDetails()), 0
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            repeated = _repeats(element, "rows")
            _read_row(element, range(row + 1, row + repeated + 1), current)
            row += repeated
            element.clear()
    return found


def _read_row(element: Element, numbers: range, details: OdsDetails) -> None:
    """Keep what an element says about the rows that it is repeated for; most say nothing."""
    percentages, spans, column = list[int](), list[tuple[int, int, int]](), 0
    for cell in element:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = _repeats(cell, "columns")
        if cell.get(f"{_OFFICE}value-type") == "percentage":
            percentages += range(column, column + min(repeated, MAX_CELLS))
        rows, columns = (int(cell.get(f"{_TABLE}number-{each}-spanned", "1")) for each in ("rows", "columns"))
        if rows * columns > 1:
            spans.append((column, rows, columns))
        column += repeated
    is_hidden = element.get(f"{_TABLE}visibility", "visible") != "visible"
    cells = len(percentages) + sum(rows * columns for _, rows, columns in spans)
    if not cells and not is_hidden:
        return
    if not details.has_room((cells + is_hidden) * len(numbers)):
        details.is_complete = details.is_complete and not cells  # hidden rows at the end of a sheet are empty
        return
    for number in numbers:
        details.percentages.update((number, each) for each in percentages)
        if is_hidden:
            details.hidden_rows.add(number)
        for left, rows, columns in spans:
            span = MergedRange(number, left, number + rows - 1, left + columns - 1)
            places = ((line, place) for line in range(number, number + rows) for place in range(left, left + columns))
            details.merged.update(dict.fromkeys(places, span))


def _repeats(element: Element, what: str) -> int:
    return int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
