"""What the cells of each column of a table are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gri_builder.inspection.result import ColumnKind, ColumnView
from gri_builder.model.periods.dates import read_dates
from gri_builder.resources.unit_names import UnitReading, read_unit_name
from gri_builder.resources.units import unit_table
from gri_builder.spreadsheets.cells import Cell, casefold_key
from gri_builder.spreadsheets.numbers import MISSING_VALUES, find_number_format, parse_number
from gri_builder.spreadsheets.table import Table, is_year
from gri_builder.tables.constant_period import period_columns
from gri_builder.tables.period_headers import is_period_header
from gri_builder.tables.shapes.months import find_month_columns
from gri_builder.tables.units.texts import read_header_unit

MAX_DISTINCT = 2_000
"""Different texts of a column that are counted."""
MIN_SHARE = 0.6
"""Share of the cells that are numbers or dates in a column of numbers or dates."""
MAX_UNIT_LENGTH = 20
_OTHER_YEAR = re.compile(r"buil[td]|constr|baujahr|founded|established|opened|certified|renovat|birth|geburt")
"""Headers of years that are not those of the values."""
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\s*$")
_UNIT_HEADER = re.compile(
    r"units?|uom|unit of measure|einheit(?:en)?|unités?|unidad(?:es)?|unità|eenheid|enhet|jednostka"
)


def view_columns(table: Table, locale: str) -> tuple[ColumnView, ...]:
    """Return the columns of a table that have a header or cells."""
    months = {each.column for each in find_month_columns(table, locale)}
    named = set(period_columns(table))
    views = (_view(table, column, column in months, column in named, locale) for column in range(table.width))
    return tuple(view for view in views if view.header or view.filled)


def _view(table: Table, column: int, is_month: bool, is_named: bool, locale: str) -> ColumnView:
    cells = [cell for row in table.rows if (cell := table.sheet.cell(row, column)).kind != "empty"]
    texts = Counter[str]()
    for cell in cells:
        if len(texts) < MAX_DISTINCT or cell.text in texts:
            texts[cell.text] += 1
    header = " ".join(table.names[column].split()) if column < len(table.names) else ""
    kind = _kind(cells, texts, header, is_named, locale)
    where = table.sheet.where(table.header.number, column)
    return ColumnView(
        column,
        where.cell or f"line {where.line}, column {where.column}",
        header,
        kind,
        is_month or is_period_header(header),
        find_header_unit(header) if kind == "number" else None,
        len(cells),
        tuple(_odd_texts(cells, locale)) if kind == "number" else (),
        len(texts),
        tuple(text for text, _ in texts.most_common(4)),
        column in table.sheet.hidden_columns,
    )


def _kind(cells: Sequence[Cell], texts: Counter[str], header: str, is_named: bool, locale: str) -> ColumnKind:
    if not cells:
        return "empty"
    known = [text for text in texts if casefold_key(text) not in MISSING_VALUES]
    if _UNIT_HEADER.fullmatch(casefold_key(header)) and not all(map(_is_plain, known)):
        return "unit"
    if known and all(map(is_year, known)) and not _OTHER_YEAR.search(casefold_key(header)):
        return "period"
    dates = read_dates(known[:500], locale, False).dates if is_named or not all(map(_is_plain, known)) else {}
    if known and len(dates) >= MIN_SHARE * len(known[:500]):
        days = sum(date.kind in ("day", "week") for date in dates.values())
        return "date" if days * 2 > len(dates) else "period"
    numbers = sum(is_number(cell, locale) for cell in cells)
    return (
        "number"
        if numbers >= MIN_SHARE * sum(casefold_key(cell.text) not in MISSING_VALUES for cell in cells)
        else "text"
    )


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "").lstrip("-+").isdecimal()


def is_number(cell: Cell, locale: str) -> bool:
    """Return whether a cell holds a number, in the notation of any locale."""
    if cell.kind == "number":
        return True
    text = cell.text.rstrip("%").strip()
    formats = filter(None, (find_number_format(locale), find_number_format("en"), find_number_format("de")))
    return cell.kind == "text" and any(parse_number(text, each) is not None for each in formats)


def _odd_texts(cells: Sequence[Cell], locale: str) -> Iterator[str]:
    """Yield some texts, each once, that are neither numbers nor say that a value is missing."""
    odd = (cell.text for cell in cells if not is_number(cell, locale) and casefold_key(cell.text) not in MISSING_VALUES)
    for text, _ in zip(dict.fromkeys(odd), range(3), strict=False):
        yield text


def find_header_unit(header: str) -> str | None:
    """Return the unit that a header names, such as 'Energy (MWh)', 'G(therms)' or 'kWh'."""
    reading = read_header_unit(header, unit_table())
    return only_unit(reading) or (find_named_unit(name_unit(header) or "") or None)


def find_named_unit(text: str) -> str | None:
    """Return the unit that a whole text names, such as 'people' or 'metric tons CO2e'; None if it may mean several."""
    return only_unit(read_unit_name(text)) if text and len(text) <= MAX_UNIT_LENGTH else None


def only_unit(reading: UnitReading | None) -> str | None:
    """Return the unit of a reading that can mean no other."""
    is_clear = reading is not None and len(reading.units) == 1 and not reading.multiple
    return reading.units[0].symbol if reading is not None and is_clear else None


def name_unit(header: str) -> str | None:
    """Return what a header has in brackets at its end, whether it is a known unit or not."""
    match = _IN_BRACKETS.search(header)
    return match[1].strip() if match else None
