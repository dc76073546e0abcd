"""Find a second row of headers, without which it is not known what a column holds, such as 2015 over Target."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.resources.units import find_unit
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import Cell, Row
from gri_builder.spreadsheets.header_rows import join_headers, spread_headers
from gri_builder.spreadsheets.numbers import MISSING_VALUES
from gri_builder.spreadsheets.table import Table, is_year
from gri_builder.tables.headers import TableColumns

MAX_NAMED = 6
"""Columns that a finding names."""
HEADER_RULES = ("missing-header", "duplicate-header")
"""Findings about headers that a second row of headers explains."""


def read_header_rows(node: Node) -> int:
    """Return how many rows of headers a description states, 1 or 2."""
    return 2 if spelling_of(node.get("header")) == "2" else 1


def find_second_header_row(table: Table, columns: TableColumns | None, wrong: Sequence[Finding]) -> Finding | None:
    """Return the finding for a row above or below the headers that says more about the columns of values.

    `wrong` are the findings about headers without which there may be no columns.
    """
    if table.header_rows > 1:
        return None
    used = _value_columns(columns) if columns else []
    if columns and (lower := _find_below(table, columns, used)):
        return _two_rows(table, table.place, used, lower, "periods")
    keys = columns.used - set(used) if columns else ()
    is_long = columns is not None and columns.value is not None
    return find_header_above(table, used, wrong, keys, "value" if is_long else "periods") or _find_merged(table, used)


def find_header_above(
    table: Table, used: Sequence[int], wrong: Sequence[Finding], keys: Collection[int], key: str
) -> Finding | None:
    """Return the finding for a row directly above the headers that tells the columns of numbers apart.

    `used` are the columns of values, `keys` those of periods and members; `key` is the one that names the former.
    """
    if table.header_rows > 1 or table.place == 0:
        return None
    upper, lower = table.sheet.rows[table.place - 1], table.header
    if upper.number != lower.number - 1 or not all(_is_label(cell) for cell in upper.cells if cell.kind != "empty"):
        return None
    labels = spread_headers(table.sheet, table.place - 1, lower)
    named = {column: text for column, text in enumerate(labels) if text and lower.cell(column).text}
    is_wide = key == "periods" and bool(used)
    compared = used if is_wide else _columns_of_numbers(table, named.keys() - set(keys))
    texts = {named.get(column, "") for column in compared}
    if len(texts - {""}) < 2 or _are_units(texts):
        return None
    explains = any(finding.rule in HEADER_RULES for finding in wrong)
    if explains or is_wide or any(is_year(named.get(column, "")) for column in used):
        column = next(iter(used or compared))
        return _two_rows(table, table.place - 1, compared, column, key)
    return None


def _find_merged(table: Table, used: Sequence[int]) -> Finding | None:
    """Return the finding for a header of values that is merged over other columns with values."""
    for column in used:
        span = table.sheet.merged.get((table.header.number, column))
        others = range(span.left + 1, span.right + 1) if span else ()
        if others and any(row.cell(each).kind != "empty" for row in table.rows for each in others):
            message = f"the header '{shorten(table.names[column])}' is merged over several columns"
            where = table.sheet.where(table.header.number, column)
            return error("merged-header", message, where, "split the cell, and give each column a header")
    return None


def _value_columns(columns: TableColumns) -> list[int]:
    named = [column for column in (columns.value,) if column is not None]
    return [*columns.periods.values(), *named]


def _columns_of_numbers(table: Table, named: Iterable[int]) -> list[int]:
    """Return the columns under a row of labels that hold numbers in the first rows."""
    rows = table.rows[:20]
    return [column for column in sorted(named) if any(row.cell(column).text[:1].isdecimal() for row in rows)]


def _find_below(table: Table, columns: TableColumns, used: Sequence[int]) -> int | None:
    """Return the first column of values whose header the row below continues; None where it holds data."""
    if not columns.periods or not table.rows:
        return None
    row = table.rows[0]
    cells = {column: row.cell(column) for column in used}
    labels = [cell.text for cell in cells.values() if cell.kind != "empty"]
    if not labels or not all(_is_label(cell) for cell in cells.values() if cell.kind != "empty"):
        return None
    spanned = [column for column in used if _spans_more(table, row, column)]
    keys = (*columns.keys.values(), *columns.members)
    is_unnamed = not any(row.cell(column).text for column in keys) and bool(keys or not row.cell(0).text)
    if spanned or (is_unnamed and not _are_units(labels)):
        return spanned[0] if spanned else next(column for column, cell in cells.items() if cell.text)
    return None


def _spans_more(table: Table, row: Row, column: int) -> bool:
    """Return whether a header is over its column and the next, which has no header but a label in the row below."""
    following = row.cell(column + 1)
    return (
        not table.header.cell(column + 1).text
        and following.kind != "empty"
        and _is_label(following)
        and _is_label(row.cell(column))
        and not _are_units([row.cell(column).text, following.text])
    )


def _is_label(cell: Cell) -> bool:
    """Return whether a cell holds words, or a year, but no other number."""
    text = cell.text.strip()
    if is_year(text):
        return True
    return cell.kind == "text" and any(map(str.isalpha, text)) and text.casefold() not in MISSING_VALUES


def _are_units(texts: Iterable[str]) -> bool:
    """Return whether all texts are units, such as 'kWh' or '(kWh)'."""
    return all(find_unit(text.strip(" ()[]")) is not None for text in texts if text)


def _two_rows(table: Table, place: int, columns: Sequence[int], column: int, key: str) -> Finding:
    """Return the finding for two rows of headers, the first at a place in the sheet.

    `key` is the one under which the description names columns of values.
    """
    upper, lower = table.sheet.rows[place], table.sheet.rows[place + 1]
    names = join_headers(table.sheet, place)
    first = spread_headers(table.sheet, place, lower)
    filled = [
        each for each in range(min(columns, default=0), len(names)) if lower.cell(each).text and first[each : each + 1]
    ]
    some = ", ".join(f"'{shorten(names[each])}'" for each in filled[:MAX_NAMED])
    kind = "row" if table.sheet.name is not None else "line"
    message = (
        f"the headers are in two rows: '{shorten(first[column])}' in {kind} {upper.number} is over "
        f"'{shorten(lower.cell(column).text)}' in {kind} {lower.number}"
    )
    hint = f"write 'header: 2' beside 'file'; the headers are then {some}; name those to read under '{key}'"
    return error("two-header-rows", message, table.sheet.where(upper.number, column), hint)
