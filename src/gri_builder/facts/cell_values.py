"""Cells that should hold a number: the number, and all that makes it doubtful."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct, field

from gri_builder.facts.series_context import MOST_DIGITS, too_long
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
    "#DIV/0!": "its formula divides by zero or by an empty cell",
    "#REF!": "its formula refers to a cell that was deleted",
    "#N/A": "its formula looks something up that is not there",
    "#VALUE!": "its formula reckons with a text",
    "#NAME?": "a name in its formula is misspelt",
    "#NUM!": "its formula has no result that is a number",
    "#NULL!": "the ranges in its formula have no cell in common",
}
SHARE = "share"
"""Dimension of percentages."""


class Values(Struct):
    """Reads the numbers of one table for one series."""

    table: Table
    writing: NumberFormat
    declared: bool
    """Whether the data says how numbers are written."""
    unit: Unit
    """Unit in the file."""
    is_rounded: bool
    """Whether the series says how many digits are printed."""
    findings: list[Finding] = field(default_factory=list)
    signs: frozenset[str] | None = None
    """Signs that the file uses as decimal ones beyond doubt; None: as its rows in the table show."""

    def read(self, row: Row, column: int) -> Decimal | None:
        """Return the number in a cell; None where there is none."""
        cell, where = row.cell(column), self.table.sheet.where(row.number, column)
        span = self.table.sheet.merged.get((row.number, column))
        if span and (span.top, span.left) != (span.bottom, span.right):
            message = "the cell is merged with others, so that its number can't be told to belong to one row and column"
            self._refuse("merged-cell", message, where, "split the cells, and write each number where it belongs")
            return None
        number = self._read(cell, where, row, column)
        if number is not None and too_long(number):
            message = f"'{shorten(cell.text)}' has more than {MOST_DIGITS} digits"
            self._refuse("wrong-value", message, where, "round it, or choose a larger unit")
            return None
        return number

    def _read(self, cell: Cell, where: Location, row: Row, column: int) -> Decimal | None:
        if cell.kind == "number" and cell.number is not None:
            return self._check_format(cell, cell.number, where)
        if cell.kind == "text":
            if self._is_split(cell.text, row, column):
                self.findings.append(split_number(cell.text, row.cell(column + 1).text, where))
                return None
            return None if casefold_key(cell.text) in MISSING_VALUES else self._read_text(cell.text, where)
        if cell.kind == "empty":
            message = f"the cell is empty: '{shorten(self._name(row, column))}' has no value there"
            self.findings.append(warning("empty-value", message, where, "write the number, or n/a where there is none"))
        elif cell.kind == "error":
            why = _ERRORS.get(cell.text, "its formula has no result")
            hint = f"{why}: mend it, and save the workbook"
            self._refuse("excel-error", f"the cell shows {shorten(cell.text)}", where, hint)
        elif cell.kind == "uncalculated":
            formula = self.table.sheet.formula(row, column) or "a formula"
            message = f"the cell holds the formula '{shorten(formula)}', but no value that it gave"
            self._refuse("no-cached-value", message, where, "open the workbook in a spreadsheet program, and save it")
        else:
            what = "the date" if cell.kind == "date" else "the truth value"
            hint = "write a number, or give the cell the format of one"
            self._refuse("text-in-numbers", f"{what} '{shorten(cell.text)}' stands where a number should", where, hint)
        return None

    def _is_split(self, text: str, row: Row, column: int) -> bool:
        """Whether the digits in the next cell of a CSV file belong to it, as that column holds no numbers elsewhere."""
        behind = row.cell(column + 1).text
        if (
            self.table.sheet.delimiter != ","
            or column + 1 >= self.table.width
            or not behind.isdecimal()
            or not re.fullmatch(r"[-+−]?\d{1,3}", text)
        ):
            return False
        return column + 1 not in self.table.number_columns or (len(behind) == 3 and behind.startswith("0"))

    def _name(self, row: Row, column: int) -> str:
        return self.table.names[column] if column < len(self.table.names) else str(row.number)

    def _check_format(self, cell: Cell, number: Decimal, where: Location) -> Decimal | None:
        """Return a number as the format of its cell shows it: 0.25 shown as 25 % is 25 %."""
        literals = [match[1] for match in _QUOTED.finditer(cell.format) if match[1]]
        format = _QUOTED.sub("", cell.format).split(";")[0]
        if "%" in format:
            if self.unit.dimension != SHARE:
                shown = f"{(number * 100).normalize():f} %"
                hint = f"write 'unit: \"%\"', or give the cell the format of a number in {self.unit.symbol}"
                message = f"the cell shows {shown}, but its values are to be in '{self.unit.symbol}'"
                self._refuse("percent-format", message, where, hint)
                return None
            return number * 100
        if format == "General":
            return number
        if _SCALED.search(format):
            message = f"the cell holds {cell.text}, but its format shows it divided by thousands"
            hint = f"it is read as {cell.text} {self.unit.symbol}; give the cell a format that shows the whole number"
            self.findings.append(warning("scaled-format", message, where, hint))
        self._check_literals(literals, cell, where)
        self._check_digits(format, cell, number, where)
        return number

    def _check_literals(self, literals: list[str], cell: Cell, where: Location) -> None:
        """Doubt a unit that the format prints behind the number, where it is another."""
        for literal in literals:
            shown = find_unit(literal.strip()) if literal.strip() else None
            if shown and shown.symbol != self.unit.symbol:
                message = f"the cell shows {cell.text} {literal.strip()}, but is read in '{self.unit.symbol}'"
                hint = f"write 'unit: {shown.symbol}' beside 'file', or correct the format of the cell"
                self.findings.append(warning("unit-in-number-format", message, where, hint))

    def _check_digits(self, format: str, cell: Cell, number: Decimal, where: Location) -> None:
        fraction = _FRACTION.search(format)
        shown = len(fraction[1]) if fraction else 0
        _, _, held = cell.text.partition(".")
        if not self.is_rounded and len(held) > shown and re.search("[0#]", format) and "E" not in format:
            self.is_rounded = True  # told once for the series
            rounded = number.quantize(Decimal(1).scaleb(-shown), ROUND_HALF_UP)
            message = f"the cell shows {rounded}, but holds {cell.text}"
            hint = f"say how many digits are printed: decimals: {shown}"
            self.findings.append(warning("rounded-display", message, where, hint))

    def _read_text(self, text: str, where: Location) -> Decimal | None:
        plain = text.strip()
        if self.unit.dimension == SHARE and plain.endswith("%"):
            plain = plain[:-1].strip()
        if self.table.sheet.name is not None and parse_number(plain, self.writing) is not None:
            message = f"the number '{shorten(text)}' is kept as a text"
            hint = "turn it into a number: spreadsheet programs offer it at a small triangle in the cell's corner"
            self.findings.append(warning("number-as-text", message, where, hint))
        sign = decimal_sign(plain)
        known = self.table.decimal_signs if self.signs is None else self.signs
        if sign in (".", ",") and sign != self.writing.decimal:
            self._refuse_sign(plain, where)
            return None
        if sign == "?" and self.writing.other in known and self.writing.decimal not in known:
            self._refuse_sign(plain, where)
            return None
        number = parse_number(plain, self.writing)
        if number is None:
            message = f"'{shorten(text)}' stands where a number should"
            self._refuse("text-in-numbers", message, where, _text_hint(plain, self.unit))
            return None
        if sign == "?" and not self.declared and self.writing.decimal not in known:
            message = f"'{shorten(plain)}' may be {number} or {_other_reading(plain)}; it is read as {number}"
            hint = f"say how the file writes numbers: locale: {self.writing.locale}"
            self.findings.append(warning("ambiguous-number", message, where, hint))
        return number

    def _refuse_sign(self, text: str, where: Location) -> None:
        name = "comma" if self.writing.decimal == "." else "point"
        other = "de-DE" if name == "comma" else "en-GB"
        message = f"'{shorten(text)}' has a decimal {name}, but numbers are read as in {self.writing.locale}"
        self._refuse("decimal-sign", message, where, f"say how the file writes numbers, such as locale: {other}")

    def _refuse(self, rule: str, message: str, where: Location, hint: str) -> None:
        self.findings.append(error(rule, message, where, hint))


def _other_reading(text: str) -> str:
    """Return the other number that digits with one sign may mean: 1.204 for '1,204' read as 1204, and the reverse."""
    bare = re.sub(r"[^\d.,-]", "", text)
    return bare.replace(",", ".") if "," in bare else bare.replace(".", "")


def _text_hint(text: str, unit: Unit) -> str:
    if re.fullmatch(r"\(\s*[\d.,' ]+\)", text):
        return f"write a number below zero with a minus sign: -{text.strip('() ')}"
    if re.fullmatch(r"[-+]?\d([.,]\d+)?[eE][-+]?\d+", text):
        return "the number was saved shortened: give its column the format of a number, and save the file again"
    if text.endswith("%"):
        return f"its values are to be in '{unit.symbol}'; write 'unit: \"%\"' beside 'file', or correct the cell"
    if re.match(r"[<>~≈]|ca\b|about|approx", text.lower()):
        return "write the number alone; say in 'note' or by the status 'estimated' that it is not exact"
    if re.match(r"[-+]?\d", text):
        return "write the number alone, without its unit and without a remark"
    return "write the number, or n/a where there is none"


def split_number(text: str, rest: str, where: Location) -> Finding:
    """Return the finding for digits in two cells that may be one number."""
    message = f"'{text}' and '{rest}' behind it may be one number, cut at its comma"
    return error("split-number", message, where, 'put a number with a comma in it between quotation marks: "1,204"')
