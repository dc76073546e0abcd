"""Finds the table on a sheet: the header row, below titles and notes, and the column of each header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.finding import Finding
from gri_builder.spreadsheets.cells import MAX_HEADER_ROWS, Cell, Row, Sheet, casefold_key
from gri_builder.spreadsheets.csv_file import find_ragged_rows, find_swallowed_rows
from gri_builder.spreadsheets.footer import count_notes
from gri_builder.spreadsheets.header_rows import join_header_rows, join_headers
from gri_builder.spreadsheets.numbers import count_decimal_signs, decimal_signs

MAX_SAMPLED_ROWS, MAX_SAMPLED_TEXTS = 200, 20
"""Rows and texts that show what a column holds."""
_YEAR = re.compile(r"(19|20)\d\d")


class Table(Struct, frozen=True, dict=True):
    """A sheet with its header row."""

    sheet: Sheet
    place: int
    """Number of rows above the headers."""
    signs: dict[int, Counter[str]] = field(default_factory=dict)
    """Decimal signs of each column, counted when they are first needed."""
    header_rows: int = 1
    """Rows of headers in the file, which are joined into one here."""
    samples: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Texts of each column in its first rows, collected when they are first needed."""
    indexes: dict[int, dict[str, list[Row]]] = field(default_factory=dict)
    """Rows by their content in a column; each index is built when it is first needed."""

    @property
    def header(self) -> Row:
        """The header row."""
        return self.sheet.rows[self.place]

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The rows below its headers, without notes at the end."""
        return self.sheet.rows[self.place + 1 : len(self.sheet.rows) - len(self.notes)]

    @cached_property
    def notes(self) -> Sequence[Row]:
        """The rows below the table that are notes, such as 'Source: meters'."""
        below = self.sheet.rows[self.place + 1 :]
        return below[len(below) - count_notes(below, self.width, self.sheet.file is not None) :]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its headers by column; '' for a column without one."""
        return tuple(self.header_at(column).text for column in range(len(self.header.cells)))

    @cached_property
    def columns(self) -> dict[str, list[int]]:
        """Columns of each header, by its casefold key."""
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
    def row_findings(self) -> tuple[Finding, ...]:
        """Findings for malformed rows of a CSV file."""
        sheet = replace(self.sheet, rows=(*self.sheet.rows[: self.place + 1], *self.rows))
        return (*find_swallowed_rows(sheet, self.width), *find_ragged_rows(sheet, self.width))

    @cached_property
    def number_columns(self) -> frozenset[int]:
        """Columns that are expected to contain numbers."""
        filled, digits, threes = Counter[int](), Counter[int](), Counter[int]()
        for row in self.rows:
            for column, cell in enumerate(row.cells):
                filled[column] += cell.kind != "empty"
                digits[column] += cell.text[:1].isdecimal()
                threes[column] += len(cell.text) == 3 and cell.text.isdecimal()
        counted = {c for c in filled if holds_numbers(len(self.rows), filled[c], digits[c], threes[c])}
        years = {c for c, name in enumerate(self.names) if filled[c] and _YEAR.search(name)}
        return frozenset(counted | years)

    def rows_by(self, column: int) -> Mapping[str, list[Row]]:
        """Return the rows by the casefold key of their content in a column."""
        if column not in self.indexes:
            index: dict[str, list[Row]] = {}
            for row in self.rows:
                index.setdefault(casefold_key(self.sheet.cell(row, column).text), []).append(row)
            self.indexes[column] = index
        return self.indexes[column]

    def first_texts(self, column: int) -> tuple[str, ...]:
        """Return the different texts of a column in its first rows, in alphabetical order."""
        if column not in self.samples:
            texts = {self.sheet.cell(row, column).text for row in self.rows[:MAX_SAMPLED_ROWS]} - {""}
            self.samples[column] = tuple(sorted(texts)[:MAX_SAMPLED_TEXTS])
        return self.samples[column]

    def count_signs(self, column: int) -> Counter[str]:
        """Return how many texts of a column have each decimal sign; '?' counts the ambiguous ones."""
        if column not in self.signs:
            cells = (row.cell(column) for row in self.rows)
            self.signs[column] = count_decimal_signs(cell.text for cell in cells if cell.kind == "text")
        return self.signs[column]

    @cached_property
    def decimal_signs(self) -> frozenset[str]:
        """Unambiguous decimal signs in its texts."""
        return decimal_signs(cell.text for row in self.rows for cell in row.cells if cell.kind == "text")


def find_table(
    sheet: Sheet, wanted: Sequence[str], is_period: Callable[[str], bool] | None, header_rows: int = 1
) -> Table | None:
    """Find the header row: the first of the rows with the most wanted headers.

    `is_period` returns whether a header is a period, if periods are columns. `header_rows` is 2 where the headers of
    a column are in two rows. Return None if no row looks like headers.
    """
    place = _find_place(sheet, wanted, is_period, header_rows)
    if place is None:
        return None
    return (
        Table(join_header_rows(sheet, place), place, header_rows=header_rows)
        if header_rows > 1
        else Table(sheet, place)
    )


def _find_place(
    sheet: Sheet, wanted: Sequence[str], is_period: Callable[[str], bool] | None, header_rows: int
) -> int | None:
    """Return the index of the header row, or of the first of two."""
    names = {casefold_key(name) for name in wanted}
    best, place = (0, 0), None
    last = len(sheet.rows) - header_rows + 1
    for number in range(min(MAX_HEADER_ROWS, last, len(sheet.rows))):
        texts, keys = sheet.first_texts[number]
        if header_rows > 1:
            texts = tuple(join_headers(sheet, number))
            keys = frozenset(map(casefold_key, texts))
        found = len(keys & names)
        periods = sum(map(is_period, texts)) if is_period else 0
        if (found, periods) > best:
            best, place = (found, periods), number
    if place is None and (guessed := _guess_place(sheet)) is not None:
        place = max(0, guessed - header_rows + 1)
    return None if place is None or place >= last else place


def _guess_place(sheet: Sheet) -> int | None:
    """Return the index of the first row without numbers that is nearly as wide as the widest."""
    beginning = sheet.rows[:MAX_HEADER_ROWS]
    widest = max((_filled(row) for row in beginning), default=0)
    if widest < 2:
        return None
    wide = [number for number, row in enumerate(beginning) if _filled(row) * 5 >= widest * 4]
    return next((number for number in wide if not any(map(_is_number, beginning[number].cells))), wide[0])


def _filled(row: Row) -> int:
    return sum(cell.kind != "empty" for cell in row.cells)


def _is_number(cell: Cell) -> bool:
    """Whether a cell contains a number; years count as headers."""
    return cell.text.replace(".", "", 1).replace(",", "").lstrip("+-").isdecimal() and not is_year(cell.text)


def holds_numbers(rows: int, filled: int, digits: int, threes: int) -> bool:
    """Whether a column is expected to contain numbers, by its counts of filled cells, digits and three-digit cells.

    If some cells are empty and all others have three digits, these may be the ends of numbers split at a comma.
    """
    return (
        (digits > 1 or 0 < digits == filled == rows)
        and digits * 2 > filled
        and not (filled < rows and threes == filled)
    )


def is_year(text: str) -> bool:
    """Whether a header is a year, such as '2015'."""
    return bool(_YEAR.fullmatch(text.strip()))
