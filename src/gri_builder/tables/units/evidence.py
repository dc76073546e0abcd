"""Check the units that a table names, in headers, titles and rows, against the one in which values are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import listed
from gri_builder.resources.unit_names import UnitReading, read_unit_name
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import EMPTY, Cell, Row
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.units.comparison import Agreement, UnitCheck, quote
from gri_builder.tables.units.texts import find_unknown_unit, read_header_unit, read_last_words, read_title_units
from gri_builder.tables.units.unit_columns import check_unit_column, find_checked_column, is_unit_header


class ReadCells(Struct, frozen=True):
    """The cells that a series reads in a table."""

    values: Sequence[int]
    """Columns of values, from 0."""
    labels: Sequence[int]
    """Columns whose texts say what a row is about: keys and members."""
    rows: Sequence[Row]


def check_table_units(check: UnitCheck, table: Table, cells: ReadCells) -> Iterator[Finding]:
    """Yield findings for units that the headers, the title and the read rows of a table name, and that differ."""
    yield from check_headers(check, table, cells.values)
    yield from _check_row_of_units(check, table, cells.values)
    yield from check_titles(check, table, cells.values, cells.rows)
    yield from _check_labels(check, table, cells)
    column = find_checked_column(table, check.table, cells.rows)
    if column is not None and column not in (*cells.values, *cells.labels):
        places: dict[str, Location] = {}
        for row in cells.rows:
            text = table.sheet.cell(row, column).text
            if text not in places and _has_value(row, cells):
                places[text] = table.sheet.where(row.number, column)
        agrees = any(_agrees(check, table.names[each]) for each in cells.values)
        found = () if agrees and check.is_declared else check_unit_column(check, table.names[column], places)
        yield from map(_soften, found) if agrees else found


def _agrees(check: UnitCheck, header: str) -> bool:
    """Return whether a header of values names the unit in which they are read."""
    reading = read_header_unit(header, check.table)
    return reading is not None and not reading.is_weak and check.compare(reading) is Agreement.SAME


def _soften(finding: Finding) -> Finding:
    """Return the finding for rows in another unit as a warning, as the header of their values agrees."""
    return warning("ambiguous-unit", f"{finding.message} as the header says", finding.where, "check which is right")


def _has_value(row: Row, cells: ReadCells) -> bool:
    return any(row.cell(column).kind != "empty" for column in cells.values)


def check_headers(check: UnitCheck, table: Table, columns: Iterable[int]) -> Iterator[Finding]:
    """Yield findings for headers of values that name another unit, or what may be a misspelt one."""
    for column in columns:
        text, where = table.names[column], table.sheet.where(table.header.number, column)
        reading = read_header_unit(text, check.table) or read_last_words(text, check.table)
        if reading and (finding := check.find_error("unit-in-header", quote("header", text), reading, where)):
            yield finding
        elif reading is None and (unknown := find_unknown_unit(text, check.table)):
            message = f"'{unknown}' in the header '{text}' is not a known unit; its values are read in "
            hint = "correct the header, or define the unit in figures/units.yaml"
            yield warning("unknown-unit-in-header", f"{message}'{check.given.symbol}'", where, hint)


def _check_row_of_units(check: UnitCheck, table: Table, columns: Sequence[int]) -> Iterator[Finding]:
    """Yield findings for a row of units below the headers that names another unit."""
    row = table.rows[0] if table.rows else None
    texts = {column: row.cell(column).text for column in columns if row.cell(column).kind == "text"} if row else {}
    readings = {column: read_unit_name(text, check.table) for column, text in texts.items()}
    if row is None or not readings or not all(readings.values()) or any(text[0].isdecimal() for text in texts.values()):
        return
    for column, reading in readings.items():
        where = table.sheet.where(row.number, column)
        if reading and (finding := check.find_error("unit-in-header", quote("cell", texts[column]), reading, where)):
            yield finding


def check_titles(check: UnitCheck, table: Table, columns: Sequence[int], rows: Sequence[Row] = ()) -> Iterator[Finding]:
    """Yield findings for lines above or below the rows that name another unit of the same kind.

    A unit in the header of a column says more than one above the table. Lines between and below the rows are only
    checked for the rows that are given.
    """
    if any(_names_unit(check, table.names[column]) for column in columns):
        return
    named = table.header.cells[: min(columns, default=0)]
    corner = table.header._replace(cells=tuple(EMPTY if _is_time(check, cell) else cell for cell in named))
    for row in (*table.sheet.rows[: table.place], corner, *_list_lines(check, table, rows)):
        for column, cell in enumerate(row.cells):
            if finding := _check_line(check, cell, table.sheet.where(row.number, column)):
                yield finding


def _is_time(check: UnitCheck, cell: Cell) -> bool:
    """Return whether a header is a word for a time, such as 'Year', which heads a column of periods."""
    reading = read_unit_name(cell.text, check.table) if cell.kind == "text" else None
    return reading is not None and any(unit.dimension == "time" for unit in reading.units)


def _check_line(check: UnitCheck, cell: Cell, where: Location) -> Finding | None:
    """Return the finding for a line all of whose units differ from the one in which values are read."""
    readings = read_title_units(cell.text, check.table) if cell.kind == "text" else ()
    found = [check.find_error("unit-in-title", quote("line", cell.text), each, where, True) for each in readings]
    return found[0] if found and all(found) else None


def _list_lines(check: UnitCheck, table: Table, rows: Sequence[Row]) -> list[Row]:
    """Return the lines that are about some rows: the last above each of them that names a unit, and notes below."""
    filled = {row.number: [cell for cell in row.cells if cell.kind != "empty"] for row in table.rows if rows}
    lines = [row for row in table.rows if len(filled.get(row.number, ())) == 1 and filled[row.number][0].kind == "text"]
    naming = [row for row in lines if read_title_units(filled[row.number][0].text, check.table)]
    if not naming:
        return []
    end = max((number for number, cells in filled.items() if len(cells) > 1), default=0)
    above = (next((line for line in reversed(naming) if line.number < row.number), None) for row in rows)
    found = {line.number: line for line in (*above, *(line for line in naming if line.number > end)) if line}
    return [found[number] for number in sorted(found)]


def _names_unit(check: UnitCheck, header: str) -> bool:
    """Return whether a header names a unit of the kind in which its values are read."""
    reading = read_header_unit(header, check.table)
    return reading is not None and any(unit.dimension == check.given.dimension for unit in check.meant(reading))


def _check_labels(check: UnitCheck, table: Table, cells: ReadCells) -> Iterator[Finding]:
    """Yield findings for names of rows that name another unit; the first column names them too."""
    first = () if 0 in (*cells.labels, *cells.values) else (0,)
    for column in (*cells.labels, *first):
        places: dict[str, Location] = {}
        for row in cells.rows:
            cell = table.sheet.cell(row, column)
            if cell.kind == "text" and cell.text not in places and _has_value(row, cells):
                places[cell.text] = table.sheet.where(row.number, column)
        yield from check_labels(check, table.names[column], places, column in first)


def check_labels(
    check: UnitCheck, header: str, places: Mapping[str, Location], is_aside: bool = False
) -> Iterator[Finding]:
    """Yield findings for the names of rows, with their first places, that name another unit.

    `is_aside` is for names that the description does not use: only units of the same kind count.
    """
    if is_unit_header(header):
        yield from check_unit_column(check, header, places)
        return
    readings = {text: reading for text in places if (reading := _read_label(check, text))}
    found = [
        finding
        for text, reading in readings.items()
        if (finding := check.find_error("unit-in-row", quote("row", text), reading, places[text], is_aside))
    ]
    symbols = {unit.symbol for reading in readings.values() for unit in reading.units[:1]}
    if len(symbols) < 2:
        yield from found
    elif found:
        message = f"the rows are in {listed(sorted(f'{each!r}' for each in symbols), 'and')} by their names"
        hint = f"to convert each row from its unit, write beside 'file': unit: {{column: {quote_flow(header)}}}"
        yield error("mixed-units", f"{message}, but all are read in '{check.given.symbol}'", found[0].where, hint)


def _read_label(check: UnitCheck, text: str) -> UnitReading | None:
    """Return the unit in the name of a row; a name such as 't' or 'Employees' alone is none."""
    reading = read_header_unit(text, check.table)
    return None if reading is None or (reading.is_weak and reading.text == text) else reading
