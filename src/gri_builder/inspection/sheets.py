"""What a sheet holds: its headers, titles, notes, units, periods and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gri_builder.inspection.columns import find_header_unit, find_named_unit, view_columns
from gri_builder.inspection.result import ColumnView, Shape, SheetView
from gri_builder.model.periods.dates import read_dates
from gri_builder.model.periods.period import sort_periods
from gri_builder.resources.total_words import total_kind
from gri_builder.spreadsheets.cells import Row, Sheet
from gri_builder.spreadsheets.table import Table, find_table
from gri_builder.tables.period_headers import is_period_header
from gri_builder.tables.shapes.months import find_month_columns

MAX_LISTED = 12
"""Totals, titles and notes that are listed."""


def find_sheet_table(sheet: Sheet) -> Table | None:
    """Return the table of a sheet, by headers that are years, or by the first wide row that has no numbers."""
    guessed = find_table(sheet, (), None)
    for place, row in enumerate(sheet.rows[: guessed.place + 1 if guessed else MAX_LISTED]):
        texts = [cell.text for cell in row.cells if cell.kind != "empty"]
        years = [text for text in texts if is_period_header(text)]
        others = (text for text in texts if not is_period_header(text))
        if len(set(years)) > 1 and not any(text.replace(".", "", 1).isdecimal() for text in others):
            return Table(sheet, place)
    return guessed


def view_sheet(sheet: Sheet, table: Table | None, locale: str) -> SheetView:
    """Return what a sheet holds."""
    if table is None or not table.rows:
        texts = _texts(sheet.rows)
        return SheetView(sheet.name, "no table", None, 0, (), texts, (), (), (), (), sheet.is_hidden)
    columns = view_columns(table, locale)
    titles = _texts(sheet.rows[: table.place])
    return SheetView(
        sheet.name,
        find_shape(table, locale),
        table.header.number,
        len(table.rows),
        columns,
        titles,
        _texts(table.notes),
        tuple(dict.fromkeys(_find_units(table, columns, titles))),
        _find_periods(table, columns, locale),
        tuple(dict.fromkeys(_find_totals(table, columns)))[:MAX_LISTED],
        sheet.is_hidden,
        len(sheet.hidden_rows.intersection(row.number for row in table.rows)),
    )


def find_shape(table: Table, locale: str) -> Shape:
    """Return how a table holds its values."""
    years = Counter(each.month.year for each in find_month_columns(table, locale))
    if max(years.values(), default=0) > 1:
        return "months across"
    return "years across" if any(map(is_period_header, table.names)) else "rows"


def _texts(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the filled cells of each row, as one text."""
    return tuple(" ".join(" ".join(cell.text for cell in row.cells).split()) for row in rows[:MAX_LISTED])


def _find_units(table: Table, columns: Sequence[ColumnView], titles: Sequence[str]) -> Iterator[str]:
    """Yield the units that headers, a column of units, row labels and titles name."""
    yield from filter(None, (column.unit for column in columns))
    for view in columns:
        if view.kind == "unit":
            texts = {table.sheet.cell(row, view.place).text.strip(): None for row in table.rows}
            yield from filter(None, map(find_named_unit, texts))
    labels = [table.sheet.cell(row, 0).text for row in table.rows[:200]]
    yield from filter(None, (find_header_unit(text) for text in (*titles, *labels) if "(" in text or "[" in text))


def _find_periods(table: Table, columns: Sequence[ColumnView], locale: str) -> tuple[str, ...]:
    """Return the first and the last period of headers and cells."""
    found = [view.header for view in columns if view.is_period]
    found = list(sort_periods(found))
    if not found:
        view = next((each for each in columns if each.kind in ("period", "date")), None)
        texts = {table.sheet.cell(row, view.place).text for row in table.rows} - {""} if view else set[str]()
        dates = read_dates(texts, locale, False).dates
        found = sorted(dates, key=lambda text: (*dates[text][1:], text))
    return (found[0], found[-1]) if len(found) > 1 else tuple(found)


def _find_totals(table: Table, columns: Sequence[ColumnView]) -> Iterator[str]:
    yield from (view.header for view in columns if total_kind(view.header))
    texts = [view.place for view in columns if view.kind == "text"][:3]
    for row in table.rows:
        for column in texts:
            text = table.sheet.cell(row, column).text
            if text and total_kind(text, table.names[column]):
                yield f"{text} ({'line' if table.sheet.file else 'row'} {row.number})"
