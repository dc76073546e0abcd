"""Read the numbers in cells, with findings for cells whose value or notation is invalid or ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from gri_builder.facts.series_context import MAX_DIGITS, has_too_many_digits
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit
from gri_builder.spreadsheets.cells import Cell, Row, casefold_key
from gri_builder.spreadsheets.numbers import MISSING_VALUES, NumberFormat, decimal_sign, parse_number
from gri_builder.spreadsheets.table import Table

_QUOTED = re.compile(r'"([^"]*)"|\\.|_.|\*.|\[[^\]]*\]')
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_FRACTION = re.compile(r"[.]([0#?]+)")
_ERRORS: Mapping[str, str] = {
    "#DIV/0!": "the formula divides by zero or by an empty cell",
    "#REF!": "the formula refers to a cell that was deleted",
    "#N/A": "the formula looks up a value that does not exist",
    "#VALUE!": "the formula uses a text value",
    "#NAME?": "a name in the formula is misspelt",
    "#NUM!": "the result of the formula is not a number",
    "#NULL!": "the ranges in the formula have no cell in common",
}
SHARE = "share"
"""Dimension of percentages."""


class NumberReader(Struct, frozen=True):
    """Reads the numbers of one table for one series."""

    table: Table
    number_format: NumberFormat
    declared: bool
    """Whether the description states the number format."""
    unit: Unit
    """Unit in the file."""
    is_rounded: bool
    """Whether the series sets the number of printed digits."""
    known_signs: frozenset[str] | None = None
    """Decimal signs that the file certainly uses; None: as the table's rows show."""

    def read(self, row: Row, column: int) -> tuple[Decimal | None, list[Finding]]:
        """Return the number in a cell, and findings about it; None where the cell has no valid number."""
        cell, where = row.cell(column), self.table.sheet.where(row.number, column)
        span = self.table.sheet.merged.get((row.number, column))
        if span and (span.top, span.left) != (span.bottom, span.right):
            message = "the cell is merged with others, so its number belongs to no single row and column"
            hint = "split the cells, and write each number where it belongs"
            return None, [error("merged-cell", message, where, hint)]
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
        return (None, []) if casefold_key(cell.text) in MISSING_VALUES else self._read_text(cell.text, where)

    def _no_number(self, cell: Cell, where: Location, row: Row, column: int) -> Finding:
        """Return the finding for a cell that is empty, or holds something other than a number or a text."""
        if cell.kind == "empty":
            message = f"the cell is empty: '{shorten(self._name(row, column))}' has no value there"
            return warning("empty-value", message, where, "write the number, or n/a if it is not available")
        if cell.kind == "error":
            hint = f"{_ERRORS.get(cell.text, 'the formula has no result')}: correct it, and save the workbook"
            return error("excel-error", f"the cell shows {shorten(cell.text)}", where, hint)
        if cell.kind == "uncalculated":
            formula = self.table.sheet.formula(row, column) or "a formula"
            message = f"the formula '{shorten(formula)}' has no saved value"
            return error("no-cached-value", message, where, "open the workbook in a spreadsheet program, and save it")
        kind = "date" if cell.kind == "date" else "truth value"
        hint = "write a number, or give the cell a number format"
        return error("text-in-numbers", f"the cell holds the {kind} '{shorten(cell.text)}', not a number", where, hint)

    def _is_split(self, text: str, row: Row, column: int) -> bool:
        """Return whether the next cell of a CSV file continues the number, as its column holds no other numbers."""
        rest = row.cell(column + 1).text
        if (
            self.table.sheet.delimiter != ","
            or column + 1 >= self.table.width
            or not rest.isdecimal()
            or not re.fullmatch(r"[-+−]?\d{1,3}", text)
        ):
            return False
        return column + 1 not in self.table.number_columns or (len(rest) == 3 and rest.startswith("0"))

    def _name(self, row: Row, column: int) -> str:
        return self.table.names[column] if column < len(self.table.names) else str(row.number)

    def _read_number(self, cell: Cell, number: Decimal, where: Location) -> tuple[Decimal | None, list[Finding]]:
        """Return a number as its cell's format shows it: 0.25 shown as 25 % is 25 %."""
        format = _QUOTED.sub("", cell.format).split(";")[0]
        if "%" in format:
            if self.unit.dimension == SHARE:
                return number * 100, []
            message = f"the cell shows {(number * 100).normalize():f} %, but its unit is '{self.unit.symbol}'"
            hint = f"write 'unit: \"%\"', or give the cell a number format in {self.unit.symbol}"
            return None, [error("percent-format", message, where, hint)]
        return number, [] if format == "General" else list(self._check_format(format, cell, number, where))

    def _check_format(self, format: str, cell: Cell, number: Decimal, where: Location) -> Iterator[Finding]:
        """Yield warnings about a format that shows another number, unit or precision than the cell holds."""
        if _SCALED.search(format):
            message = f"the cell holds {cell.text}, but its format shows it divided by thousands"
            hint = f"it is read as {cell.text} {self.unit.symbol}; give the cell a format that shows the whole number"
            yield warning("scaled-format", message, where, hint)
        for literal in [match[1] for match in _QUOTED.finditer(cell.format) if match[1]]:
            shown = find_unit(literal.strip()) if literal.strip() else None
            if shown and shown.symbol != self.unit.symbol:
                message = f"the cell shows {cell.text} {literal.strip()}, but is read in '{self.unit.symbol}'"
                hint = f"write 'unit: {shown.symbol}' beside 'file', or correct the format of the cell"
                yield warning("unit-in-number-format", message, where, hint)
        yield from self._check_digits(format, cell, number, where)

    def _check_digits(self, format: str, cell: Cell, number: Decimal, where: Location) -> Iterator[Finding]:
        """Yield a warning about a number that has more digits than its cell shows."""
        fraction = _FRACTION.search(format)
        shown = len(fraction[1]) if fraction else 0
        _, _, held = cell.text.partition(".")
        if not self.is_rounded and len(held) > shown and re.search("[0#]", format) and "E" not in format:
            rounded = number.quantize(Decimal(1).scaleb(-shown), ROUND_HALF_UP)
            message = f"the cell shows {rounded}, but holds {cell.text}"
            hint = f"state how many digits to print: decimals: {shown}"
            yield warning("rounded-display", message, where, hint)

    def _read_text(self, text: str, where: Location) -> tuple[Decimal | None, list[Finding]]:
        """Return the number that a text states."""
        plain = text.strip()
        if self.unit.dimension == SHARE and plain.endswith("%"):
            plain = plain[:-1].strip()
        number, sign = parse_number(plain, self.number_format), decimal_sign(plain)
        findings: list[Finding] = []
        if self.table.sheet.name is not None and number is not None:
            message = f"the number '{shorten(text)}' is stored as text"
            hint = "convert it to a number: spreadsheet programs offer it at a small triangle in the cell's corner"
            findings.append(warning("number-as-text", message, where, hint))
        if self._is_wrong_sign(sign):
            return None, [*findings, self._wrong_sign(plain, where)]
        if number is None:
            message = f"'{shorten(text)}' is not a valid number"
            return None, [*findings, error("text-in-numbers", message, where, _text_hint(plain, self.unit))]
        if sign == "?" and not self.declared and self.number_format.decimal not in self._signs:
            message = f"'{shorten(plain)}' may be {number} or {_other_reading(plain)}; it is read as {number}"
            hint = f"state how the file writes numbers: locale: {self.number_format.locale}"
            findings.append(warning("ambiguous-number", message, where, hint))
        return number, findings

    @property
    def _signs(self) -> frozenset[str]:
        return self.table.decimal_signs if self.known_signs is None else self.known_signs

    def _is_wrong_sign(self, sign: str | None) -> bool:
        """Return whether the decimal sign of a number is not that of the number format."""
        if sign in (".", ","):
            return sign != self.number_format.decimal
        signs = self._signs
        return sign == "?" and self.number_format.other in signs and self.number_format.decimal not in signs

    def _wrong_sign(self, text: str, where: Location) -> Finding:
        name = "comma" if self.number_format.decimal == "." else "point"
        other = "de-DE" if name == "comma" else "en-GB"
        message = f"'{shorten(text)}' has a decimal {name}, but numbers are read as in {self.number_format.locale}"
        return error("decimal-sign", message, where, f"state how the file writes numbers, such as locale: {other}")


def _other_reading(text: str) -> str:
    """Return the other reading of a number with one sign: 1.204 for '1,204' read as 1204, and the reverse."""
    bare = re.sub(r"[^\d.,-]", "", text)
    return bare.replace(",", ".") if "," in bare else bare.replace(".", "")


def _text_hint(text: str, unit: Unit) -> str:
    if re.fullmatch(r"\(\s*[\d.,' ]+\)", text):
        return f"write a number below zero with a minus sign: -{text.strip('() ')}"
    if re.fullmatch(r"[-+]?\d([.,]\d+)?[eE][-+]?\d+", text):
        return "the number was saved in scientific notation: give its column a number format, and save the file again"
    if text.endswith("%"):
        return f"the values are in '{unit.symbol}'; write 'unit: \"%\"' beside 'file', or correct the cell"
    if re.match(r"[<>~≈]|ca\b|about|approx", text.lower()):
        return "write the number alone; state in 'note' or by the status 'estimated' that it is not exact"
    if re.match(r"[-+]?\d", text):
        return "write the number alone, without unit or remark"
    return "write the number, or n/a if it is not available"


def split_number(text: str, rest: str, where: Location) -> Finding:
    """Return the finding for digits in two cells that may be one number."""
    message = f"'{text}' and '{rest}' after it may be one number, split at its comma"
    return error("split-number", message, where, 'put a number with a comma in it between quotation marks: "1,204"')
