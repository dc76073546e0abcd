"""Where the table begins on a sheet: the row of its headers, below titles and notes, and the column of each header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from gri_builder.model.finding import Finding
from gri_builder.spreadsheets.cells import Cell, Row, Sheet, casefold_key
from gri_builder.spreadsheets.csv_file import find_ragged, find_swallowed
from gri_builder.spreadsheets.numbers import decimal_signs

SEARCHED = 100
"""Rows in which the headers are looked for."""
_YEAR = re.compile(r"(19|20)\d\d")


class Table(Struct, frozen=True, dict=True):
    """A sheet whose headers were found."""

    sheet: Sheet
    place: int
    """How many rows stand above the headers."""
    indexes: dict[int, dict[str, list[Row]]] = field(default_factory=dict)
    """Rows by what stands in a column; made when it is asked for."""

    @property
    def header(self) -> Row:
        """The row of its headers."""
        return self.sheet.rows[self.place]

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows below its headers."""
        return self.sheet.rows[self.place + 1 :]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its headers by column; '' for a column without one."""
        return tuple(self.header_at(column).text for column in range(len(self.header.cells)))

    @cached_property
    def columns(self) -> dict[str, list[int]]:
        """Columns of each header, folded."""
        found: dict[str, list[int]] = {}
        for column, name in enumerate(self.names):
            if name:
                found.setdefault(casefold_key(name), []).append(column)
        return found

    def header_at(self, column: int) -> Cell:
        """Return the header of a column."""
        return self.sheet.cell(self.header, column)

    @cached_property
    def width(self) -> int:
        """Columns up to the last header."""
        return max((column + 1 for column, name in enumerate(self.names) if name), default=0)

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """Findings for rows of a CSV file that are out of joint."""
        return (*find_swallowed(self.sheet, self.width), *find_ragged(self.sheet, self.width))

    @cached_property
    def number_columns(self) -> frozenset[int]:
        """Columns that are meant to hold numbers."""
        filled, digits, threes = Counter[int](), Counter[int](), Counter[int]()
        for row in self.rows:
            for column, cell in enumerate(row.cells):
                filled[column] += cell.kind != "empty"
                digits[column] += cell.text[:1].isdecimal()
                threes[column] += len(cell.text) == 3 and cell.text.isdecimal()
        return frozenset(c for c in filled if holds_numbers(len(self.rows), filled[c], digits[c], threes[c]))

    def rows_by(self, column: int) -> Mapping[str, list[Row]]:
        """Return the rows by what stands in a column, folded."""
        if column not in self.indexes:
            index: dict[str, list[Row]] = {}
            for row in self.rows:
                index.setdefault(casefold_key(self.sheet.cell(row, column).text), []).append(row)
            self.indexes[column] = index
        return self.indexes[column]

    @cached_property
    def decimal_signs(self) -> frozenset[str]:
        """Signs that its texts use as decimal ones, beyond doubt."""
        return decimal_signs(cell.text for row in self.rows for cell in row.cells if cell.kind == "text")


def find_table(sheet: Sheet, wanted: Sequence[str], is_period: Callable[[str], bool] | None) -> Table | None:
    """Return the sheet with the row that has the most of the wanted headers; of equals the first.

    `is_period` tells which headers are periods, where periods are columns. None where no row is like headers at all.
    """
    names = {casefold_key(name) for name in wanted}
    best, place = (0, 0), None
    for number, row in enumerate(sheet.rows[:SEARCHED]):
        texts = [sheet.cell(row, column).text for column in range(len(row.cells))]
        found = len(names.intersection(map(casefold_key, texts)))
        periods = sum(map(is_period, texts)) if is_period else 0
        if (found, periods) > best:
            best, place = (found, periods), number
    if place is None:
        place = _guess_place(sheet)
    return None if place is None else Table(sheet, place)


def _guess_place(sheet: Sheet) -> int | None:
    """Return how many rows stand above the first that is nearly as wide as the widest, and has no number in it."""
    beginning = sheet.rows[:SEARCHED]
    widest = max((_filled(row) for row in beginning), default=0)
    if widest < 2:
        return None
    wide = [number for number, row in enumerate(beginning) if _filled(row) * 5 >= widest * 4]
    return next((number for number in wide if not any(map(_is_number, beginning[number].cells))), wide[0])


def _filled(row: Row) -> int:
    return sum(cell.kind != "empty" for cell in row.cells)


def _is_number(cell: Cell) -> bool:
    """Whether a cell holds an amount; years are headers too."""
    return cell.text.replace(".", "", 1).replace(",", "").lstrip("+-").isdecimal() and not is_year(cell.text)


def holds_numbers(rows: int, filled: int, digits: int, threes: int) -> bool:
    """Whether a column is meant to hold numbers, by how many of its cells are filled, have digits, have just three.

    Where some are empty and all others are three digits, these may be the ends of numbers that were cut at a comma.
    """
    return digits > 1 and digits * 2 > filled and not (filled < rows and threes == filled)


def is_year(text: str) -> bool:
    """Whether a header is a year, such as '2015'."""
    return bool(_YEAR.fullmatch(text.strip()))
