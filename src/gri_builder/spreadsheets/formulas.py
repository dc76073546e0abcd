"""Formulas that were never calculated, or whose saved result their cells contradict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, DecimalException, localcontext

from msgspec import Struct, field

from gri_builder.limits.numbers import describe_excess
from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.spreadsheets.cells import Cell, Row, Sheet
from gri_builder.spreadsheets.table import Table

MAX_CELLS = 100_000
"""Cells that one formula may read, before its calculation is given up."""
MAX_DEPTH = 40
"""Formulas that refer to each other."""
TOLERANCE = Decimal("1e-9")
"""Difference of two results, as a share of the largest number in the formula, that rounding may explain."""
SAVE_HINT = "open the workbook in a spreadsheet program, and save it"
_TOKEN = re.compile(
    r"\s*(?:(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)"
    r"|([A-Za-z]+)\s*\("
    r"|(\$?[A-Za-z]{1,3}\$?\d+)(?:\s*:\s*(\$?[A-Za-z]{1,3}\$?\d+))?(?![\w.!(])"
    r"|([-+*/(),]))"
)
Values = Sequence[Decimal]
_FUNCTIONS: Mapping[str, Callable[[Values], Decimal]] = {
    "SUM": lambda values: sum(values, Decimal(0)),
    "AVERAGE": lambda values: sum(values, Decimal(0)) / len(values),
    "MIN": lambda values: min(values, default=Decimal(0)),
    "MAX": lambda values: max(values, default=Decimal(0)),
}


class _UnknownError(Exception):
    """The formula can't be calculated here."""


def find_uncalculated(sheet: Sheet, row: Row, column: int) -> Finding | None:
    """Return the finding for a cell with a formula that has no saved result, or a wrong one."""
    cell = row.cell(column)
    if cell.formula is None:
        return None
    where, formula = sheet.where(row.number, column), sheet.formula(row, column) or "a formula"
    if cell.kind == "uncalculated":
        return error("no-cached-value", f"the formula '{shorten(formula)}' has no saved value", where, SAVE_HINT)
    if cell.number is None or (cell.number != 0 and sheet.rounds_results):
        return None
    result = recalculate(sheet, row.number, column)
    if result is None:
        if cell.number != 0 or not sheet.awaits_calculation:
            return None
        message = f"the formula '{shorten(formula)}' was never calculated: the 0 that is saved for it has no meaning"
        return error("no-cached-value", message, where, SAVE_HINT)
    if _is_equal(cell.number, *result):
        return None
    message = f"the formula '{shorten(formula)}' is saved as {cell.text}, but its cells give {_shown(result[0])}"
    if cell.number == 0:
        return error("no-cached-value", message, where, SAVE_HINT)
    return error("stale-value", message, where, SAVE_HINT)


def find_uncalculated_cells(table: Table, columns: Sequence[int], with_header: bool = True) -> Iterator[Finding]:
    """Yield a finding for each column whose texts, such as headers and keys, were never calculated."""
    sheet = table.sheet
    if not sheet.has_formulas:
        return
    for column in sorted(set(columns)):
        rows = (table.header, *table.rows) if with_header else table.rows
        waiting = (row for row in rows if _may_wait(sheet, row.cell(column)))
        found = (find_uncalculated(sheet, row, column) for row in waiting)
        yield from [each for each in found if each][:1]


def find_uncalculated_headers(table: Table) -> Iterator[Finding]:
    """Yield a finding for each header that was never calculated, as a column would be passed over."""
    if table.sheet.has_formulas:
        found = (find_uncalculated(table.sheet, table.header, column) for column in range(len(table.header.cells)))
        yield from filter(None, found)


def _may_wait(sheet: Sheet, cell: Cell) -> bool:
    """Whether a formula may never have been calculated."""
    return cell.formula is not None and (cell.kind == "uncalculated" or (cell.number == 0 and sheet.awaits_calculation))


def recalculate(sheet: Sheet, row: int, column: int) -> tuple[Decimal, Decimal] | None:
    """Return the result of a formula of sums, differences, products and quotients, and its largest number.

    None where the formula does something else, or refers to other sheets.
    """
    try:
        with localcontext(prec=40):
            calculation = _Calculation(sheet)
            return calculation.formula(row, column), calculation.largest
    except (_UnknownError, DecimalException, ZeroDivisionError, RecursionError):
        return None


def _is_equal(saved: Decimal, result: Decimal, largest: Decimal) -> bool:
    try:
        return abs(saved - result) <= TOLERANCE * max(largest, abs(result), abs(saved))
    except DecimalException:  # a result that is too large
        return False


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}" if len(number.as_tuple().digits) < 20 else f"{float(number):.10g}"


MAX_REFERENCE = 12
"""Characters of the longest reference to a cell."""


class _Calculation(Struct):
    """Calculates the formulas of a sheet."""

    sheet: Sheet
    visiting: set[tuple[int, int]] = field(default_factory=set)
    largest: Decimal = Decimal(0)
    count: int = 0

    def formula(self, row: int, column: int) -> Decimal:
        """Return the result of the formula in a cell."""
        place = row, column
        text = self.sheet.formula(self.sheet.by_number[row], column)
        if text is None or place in self.visiting or len(self.visiting) > MAX_DEPTH:
            raise _UnknownError
        self.visiting.add(place)
        result = _Parser(self, list(_tokens(text[1:]))).whole()
        self.visiting.remove(place)
        return result

    def cell(self, row: int, column: int) -> Decimal | None:
        """Return the number in a cell; None where it holds no number."""
        self.count += 1
        found = self.sheet.by_number.get(row)
        cell = found.cell(column) if found else None
        if self.count > MAX_CELLS or (cell and cell.kind == "error"):
            raise _UnknownError
        if cell is None or (cell.number is None and cell.kind != "uncalculated"):
            return None
        is_waiting = _may_wait(self.sheet, cell)
        number = self.formula(row, column) if is_waiting or cell.number is None else cell.number
        self.largest = max(self.largest, abs(number))
        return number

    def single(self, row: int, column: int) -> Decimal:
        """Return the number in a cell; an empty one is 0."""
        found = self.sheet.by_number.get(row)
        number = self.cell(row, column)
        if number is None and found and found.cell(column).kind not in ("empty", "uncalculated"):
            raise _UnknownError
        return number or Decimal(0)


class _Parser(Struct):
    """Reads the tokens of one formula, from left to right."""

    calculation: _Calculation
    tokens: list[tuple[str, str, str, str, str]]
    at: int = 0

    def whole(self) -> Decimal:
        result = self.sum()
        if self.at != len(self.tokens):
            raise _UnknownError
        return result

    def sum(self) -> Decimal:
        result = self.product()
        while sign := self.take("+", "-"):
            right = self.product()
            result = result + right if sign == "+" else result - right
        return result

    def product(self) -> Decimal:
        result = self.factor()
        while sign := self.take("*", "/"):
            right = self.factor()
            result = result * right if sign == "*" else result / right
        return result

    def factor(self) -> Decimal:
        if sign := self.take("+", "-"):
            return -self.factor() if sign == "-" else self.factor()
        if self.take("("):
            result = self.sum()
            self.need(")")
            return result
        number, function, first, last, _ = self.next()
        if function:
            return self.call(function.upper())
        if first and not last:
            return self.calculation.single(*_place(first))
        if not number or describe_excess(number):
            raise _UnknownError
        return Decimal(number)

    def call(self, function: str) -> Decimal:
        if function not in _FUNCTIONS:
            raise _UnknownError
        values = [*self.argument()]
        while self.take(","):
            values += self.argument()
        self.need(")")
        return _FUNCTIONS[function](values)

    def argument(self) -> Iterator[Decimal]:
        """Yield the numbers of an argument; other cells of a range are passed over, as spreadsheets do."""
        _, _, first, last, _ = self.tokens[self.at] if self.at < len(self.tokens) else ("",) * 5
        following = self.tokens[self.at + 1][4] if self.at + 1 < len(self.tokens) else ""
        if not first or following not in (",", ")"):
            yield self.sum()
            return
        self.at += 1
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
            raise _UnknownError
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (number := self.calculation.cell(row, column)) is not None:
                    yield number

    def take(self, *signs: str) -> str:
        """Return the next token and step over it, if it is one of the signs; else ''."""
        sign = self.tokens[self.at][4] if self.at < len(self.tokens) else ""
        self.at += sign in signs and sign != ""
        return sign if sign in signs else ""

    def need(self, sign: str) -> None:
        if not self.take(sign):
            raise _UnknownError

    def next(self) -> tuple[str, str, str, str, str]:
        if self.at >= len(self.tokens):
            raise _UnknownError
        self.at += 1
        return self.tokens[self.at - 1]


def _tokens(text: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield number, function, first cell, last cell and sign of each token; all but one of them are empty."""
    at, text = 0, text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _UnknownError
        number, function, first, last, sign = (part or "" for part in match.groups())
        yield number, function, first, last, sign
        at = match.end()


def _place(reference: str) -> tuple[int, int]:
    """Return row, from 1, and column, from 0, of a reference such as '$D$17'."""
    plain = reference.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    if len(plain) > MAX_REFERENCE or len(letters) == len(plain):
        raise _UnknownError
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(plain[len(letters) :]), column - 1
