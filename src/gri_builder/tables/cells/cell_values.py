"""Read the numbers in cells, with findings for cells whose value or notation is invalid or ambiguous."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.spreadsheets.cells import Cell, Row, casefold_key
from gri_builder.spreadsheets.formulas import find_uncalculated
from gri_builder.spreadsheets.numbers import MISSING_VALUES, NumberFormat, decimal_sign, parse_number
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.cells.cell_formats import SHARE, check_display, check_look, is_percentage
from gri_builder.tables.cells.cell_hints import unreadable_number
from gri_builder.tables.cells.decimal_evidence import DecimalEvidence
from gri_builder.tables.series_context import MAX_DIGITS, has_too_many_digits

SPLIT_START, SPLIT_REST = r"[-+−]?[0-9]{1,3}", r"[0-9]{3}(\.[0-9]+)?"
"""Regular expressions, also for SQL, of the two parts of a number that is split at its comma."""
_ERRORS: Mapping[str, str] = {
    "#DIV/0!": "the formula divides by zero or by an empty cell",
    "#REF!": "the formula refers to a cell that was deleted",
    "#N/A": "the formula looks up a value that does not exist",
    "#VALUE!": "the formula uses a text value",
    "#NAME?": "a name in the formula is misspelt",
    "#NUM!": "the result of the formula is not a number",
    "#NULL!": "the ranges in the formula have no cell in common",
}


class NumberReader(Struct, frozen=True):
    """Reads the numbers of one table for one series."""

    table: Table
    decimals: DecimalEvidence
    """How the numbers are written."""
    unit: Unit
    """Unit in the file."""
    is_rounded: bool
    """Whether the series sets the number of printed digits."""
    adjusted: Container[tuple[int, int]] = ()
    """Row number and column of cells whose text was adjusted as the description states."""

    @property
    def number_format(self) -> NumberFormat:
        """How the numbers are written."""
        return self.decimals.number_format

    def read(self, row: Row, column: int) -> tuple[Decimal | None, list[Finding]]:
        """Return the number in a cell, and findings about it; None where the cell has no valid number."""
        cell, where = row.cell(column), self.table.sheet.where(row.number, column)
        span = self.table.sheet.merged.get((row.number, column))
        if span and (span.top, span.left) != (span.bottom, span.right):
            message = "the cell is merged with others, so its number belongs to no single row and column"
            hint = "split the cells, and write each number where it belongs"
            return None, [error("merged-cell", message, where, hint)]
        if found := find_uncalculated(self.table.sheet, row, column):
            return None, [found]
        if cell.kind == "number" and cell.number is not None:
            number, findings = self._read_number(cell, cell.number, where)
        elif cell.kind == "text":
            number, findings = self._read_text_cell(cell, where, row, column)
        else:
            return None, [self._no_number(cell, where, row, column)]
        if number is not None and has_too_many_digits(number):
            message = f"'{shorten(cell.text)}' has more than {MAX_DIGITS} digits"
            return None, [*findings, error("wrong-value", message, where, "round it, or choose a larger unit")]
        return number, findings

    def _read_text_cell(
        self, cell: Cell, where: Location, row: Row, column: int
    ) -> tuple[Decimal | None, list[Finding]]:
        if self._is_split(cell.text, row, column):
            return None, [split_number(cell.text, row.cell(column + 1).text, where)]
        if casefold_key(cell.text) in MISSING_VALUES:
            return None, []
        number, findings = self._read_text(cell.text, where, (row.number, column) in self.adjusted)
        return number, [*findings, *check_look(cell, where)]

    def _no_number(self, cell: Cell, where: Location, row: Row, column: int) -> Finding:
        """Return the finding for a cell that is empty, or holds something other than a number or a text."""
        if cell.kind == "empty":
            message = f"the cell is empty: '{shorten(self._name(row, column))}' has no value there"
            return warning("empty-value", message, where, "write the number, or n/a if it is not available")
        if cell.kind == "error":
            hint = f"{_ERRORS.get(cell.text, 'the formula has no result')}: correct it, and save the workbook"
            return error("excel-error", f"the cell shows {shorten(cell.text)}", where, hint)
        kind = "date" if cell.kind == "date" else "truth value"
        hint = "write a number, or give the cell a number format"
        return error("text-in-numbers", f"the cell holds the {kind} '{shorten(cell.text)}', not a number", where, hint)

    def _is_split(self, text: str, row: Row, column: int) -> bool:
        """Return whether the next cell of a CSV file continues the number, as its column holds no other numbers."""
        rest = row.cell(column + 1).text
        if (
            self.table.sheet.delimiter != ","
            or column + 1 >= self.table.width
            or not re.fullmatch(SPLIT_REST, rest)
            or not re.fullmatch(SPLIT_START, text)
        ):
            return False
        return column + 1 not in self.table.number_columns or rest.startswith("0")

    def _name(self, row: Row, column: int) -> str:
        return self.table.names[column] if column < len(self.table.names) else str(row.number)

    def _read_number(self, cell: Cell, number: Decimal, where: Location) -> tuple[Decimal | None, list[Finding]]:
        """Return a number as its cell's format shows it: 0.25 shown as 25 % is 25 %."""
        is_percent = is_percentage(cell)
        if is_percent and self.unit.dimension != SHARE:
            message = f"the cell shows {(number * 100).normalize():f} %, but its unit is '{self.unit.symbol}'"
            hint = f"write 'unit: \"%\"', or give the cell a number format in {self.unit.symbol}"
            return None, [error("percent-format", message, where, hint)]
        findings = list(check_display(cell, number, self.unit, where, self.is_rounded))
        is_wrong = any(finding.severity is Severity.ERROR for finding in findings)
        shown = Decimal(f"{number.scaleb(2):f}") if is_percent else number
        return (None if is_wrong else shown), findings

    def _read_text(self, text: str, where: Location, is_adjusted: bool) -> tuple[Decimal | None, list[Finding]]:
        """Return the number that a text states."""
        plain = text.strip()
        if self.unit.dimension == SHARE and plain.endswith("%"):
            plain = plain[:-1].strip()
        number_format = self.decimals.number_format
        number, sign = parse_number(plain, number_format), decimal_sign(plain)
        findings: list[Finding] = []
        if self.table.sheet.name is not None and number is not None and not is_adjusted:
            message = f"the number '{shorten(text)}' is stored as text"
            hint = "convert it to a number: spreadsheet programs offer it at a small triangle in the cell's corner"
            findings.append(warning("number-as-text", message, where, hint))
        if self._is_wrong_sign(sign):
            return None, [*findings, self._wrong_sign(plain, where)]
        if number is None:
            return None, [*findings, unreadable_number(text.strip(), self.unit, where)]
        if sign == "?" and not self.decimals.is_certain:
            other = _other_reading(plain, number_format)
            message = f"'{shorten(plain)}' may be {number} or {other}; it is read as {number}"
            hint = f"state how the file writes numbers: locale: {number_format.locale}"
            findings.append(warning("ambiguous-number", message, where, hint))
        return number, findings

    def _is_wrong_sign(self, sign: str | None) -> bool:
        """Return whether the decimal sign of a number is not that of the number format."""
        if sign in (".", ","):
            return sign != self.decimals.number_format.decimal
        return sign == "?" and self.decimals.is_contradicted

    def _wrong_sign(self, text: str, where: Location) -> Finding:
        """Return the finding for a number whose decimal sign is another, or may be."""
        number_format = self.decimals.number_format
        name, other = ("comma", "point") if number_format.decimal == "." else ("point", "comma")
        if decimal_sign(text) == "?":
            readings = parse_number(text, number_format), _other_reading(text, number_format)
            message = f"'{shorten(text)}' may be {readings[0]} or {readings[1]}"
            hint = "state how the file writes numbers: locale: en-GB for 1,204.5, locale: de-DE for 1.204,5"
        elif self.decimals.is_declared:
            message = f"'{shorten(text)}' has a decimal {name}, but numbers are read as in {number_format.locale}"
            example = "de-DE" if name == "comma" else "en-GB"
            hint = f"state how the file writes numbers, such as locale: {example}"
        else:
            message = f"'{shorten(text)}' has a decimal {name}, but other numbers have a decimal {other}"
            hint = f"write it with a decimal {other}, like the others"
        return error("decimal-sign", message, where, hint)


def _other_reading(text: str, number_format: NumberFormat) -> Decimal | None:
    """Return the other reading of a number with one sign: 1.204 for '1,204' read as 1204, and the reverse."""
    return parse_number(text, replace(number_format, decimal=number_format.other))


def split_number(text: str, rest: str, where: Location) -> Finding:
    """Return the finding for digits in two cells that may be one number."""
    message = f"'{text}' and '{rest}' after it may be one number, split at its comma"
    return error("split-number", message, where, 'put a number with a comma in it between quotation marks: "1,204"')
