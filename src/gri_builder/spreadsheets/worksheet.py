"""One sheet of a workbook to rows: values and formulas, hidden rows and columns, merged cells (ECMA-376, 18.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from msgspec import Struct, field

from gri_builder.limits.limits import SHEET_CELLS
from gri_builder.limits.numbers import is_in_range, is_too_long
from gri_builder.source.yaml_events import UNPRINTABLE
from gri_builder.spreadsheets.cell_styles import CellStyles
from gri_builder.spreadsheets.cells import EMPTY, Cell, CellLook, MergedRange, Row, Sheet
from gri_builder.spreadsheets.number_formats import shows_day
from gri_builder.spreadsheets.standard_styles import day_of, shows_time

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_LETTERS = 4
"""Letters of a column that are read, one more than the last column has."""
MAX_MERGED_CELLS = 100_000
"""Cells in merged ranges that are kept; larger ranges, such as whole columns, are only formatting."""
MIN_HEIGHT, MIN_WIDTH = 1.5, 0.2
"""Height of rows in points, and width of columns in digits, below which nothing can be seen."""
NO_RESULT = (None, "", "0", "0.0")
"""What programs that do not calculate write as the result of a formula."""
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML can't hold, such as a carriage return (ECMA-376 Part 1, 22.9.2.19)."""
SIGNIFICANT_DIGITS = 15
"""Significant digits that a spreadsheet keeps of a number; further digits are binary rounding noise."""


class TooManyCellsError(Exception):
    """The sheet has more cells than SHEET_CELLS allows."""


class WorkbookParts(Struct, frozen=True):
    """Data that the sheets of a workbook share."""

    strings: Sequence[str]
    """Shared strings, by index."""
    styles: CellStyles
    epoch: datetime
    """Day zero of the workbook's dates."""
    recalculates: bool = False
    """Whether the program that opens it shall calculate all formulas, as the one that wrote it did not."""
    rounds_results: bool = False
    """Whether the results of formulas are saved as they are shown."""
    was_calculated: bool = False
    """Whether it holds the order in which its formulas were calculated."""


class _WorksheetReader(Struct):
    """Reads one sheet."""

    book: WorkbookParts
    rows: list[Row] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], MergedRange] = field(default_factory=dict)
    formulas: dict[int, tuple[str, str]] = field(default_factory=dict)
    is_filtered: bool = False
    count: int = 0
    formula_count: int = 0
    has_results: bool = False
    """Whether a formula has a result other than zero."""
    columns: dict[str, int] = field(default_factory=dict)
    """Column by its letters."""
    dates: dict[str, bool] = field(default_factory=dict)
    """Whether each number format displays dates."""

    def read(self, stream: IO[bytes]) -> None:
        for _, element in iterparse(stream, events=("end",)):  # noqa: S314
            name = _name(element)
            if name == "row":
                self.read_row(element)
                element.clear()
            elif name == "col":
                self.read_column(element)
            elif name == "mergeCell":
                self.read_merged(element.get("ref", ""))
            elif name == "filterColumn":
                self.is_filtered = True

    def read_row(self, element: Element) -> None:
        number = int(element.get("r") or (self.rows[-1].number + 1 if self.rows else 1))
        if element.get("hidden") in ("1", "true") or _is_zero(element.get("ht"), MIN_HEIGHT):
            self.hidden_rows.add(number)
        cells: list[Cell] = []
        for child in element:
            reference = child.get("r")
            column = self.column_of(reference) if reference else len(cells)
            if column >= MAX_COLUMNS or number > MAX_ROWS:
                continue
            cells.extend([EMPTY] * (column - len(cells)))
            cells[column:] = [self.read_cell(child, reference or "")]
        self.count += len(cells)
        if self.count > SHEET_CELLS.most:
            raise TooManyCellsError
        if any(cell.kind != "empty" for cell in cells):
            self.rows.append(Row(number, tuple(cells)))

    def column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self.columns:
            column = 0
            for letter in letters.upper()[:MAX_LETTERS]:
                column = column * 26 + ord(letter) - 64
            self.columns[letters] = column - 1
        return self.columns[letters]

    def read_cell(self, element: Element, reference: str) -> Cell:
        formula, shared, written = None, None, None
        for child in element:
            name = _name(child)
            if name == "v":
                written = child.text
            elif name == "f":
                formula, shared = self.read_formula(child, reference)
            elif name == "is":
                written = text_of(child)
        if formula is not None:
            self.formula_count += 1
            self.has_results = self.has_results or written not in NO_RESULT
        if written is None or (formula is not None and written == "" and element.get("t") != "str"):
            return EMPTY if formula is None else Cell("uncalculated", "", None, formula, shared)
        style = int(element.get("s") or 0)
        cell = self.typed_cell(element.get("t", "n"), written, formula, shared, self.format_of(style))
        look = self.look_of(style)
        return cell._replace(look=look) if look else cell

    def read_formula(self, element: Element, reference: str) -> tuple[str, int | None]:
        text, number = element.text or "", element.get("si")
        shared = int(number) if element.get("t") == "shared" and number else None
        if shared is not None and text:
            self.formulas[shared] = text, reference
        return text, shared

    def format_of(self, style: int) -> str:
        formats = self.book.styles.formats
        return formats[style] if 0 <= style < len(formats) else "General"

    def look_of(self, style: int) -> CellLook:
        looks = self.book.styles.looks
        return looks[style] if 0 <= style < len(looks) else ""

    @property
    def awaits_calculation(self) -> bool:
        """Whether a zero may replace a formula's result."""
        is_untouched = self.formula_count > 1 and not self.has_results and not self.book.was_calculated
        return self.formula_count > 0 and (self.book.recalculates or is_untouched)

    def typed_cell(self, kind: str, written: str, formula: str | None, shared: int | None, format: str) -> Cell:
        if kind == "n":
            return self.number_cell(written, formula, shared, format)
        if kind == "s":
            number = int(written)
            written = self.book.strings[number] if 0 <= number < len(self.book.strings) else ""
        elif kind == "b":
            return Cell("bool", "TRUE" if written == "1" else "FALSE", None, formula, shared, format)
        elif kind == "e":
            return Cell("error", written, None, formula, shared, format)
        elif kind == "str":
            written = decode_escapes(written)
        elif kind == "d":
            return Cell("date", written[:10], None, formula, shared, format)
        text = UNPRINTABLE.sub(" ", written).strip()
        if not text and formula is None:
            return EMPTY
        return Cell("text" if text else "empty", text, None, formula, shared, format)

    def number_cell(self, written: str, formula: str | None, shared: int | None, format: str) -> Cell:
        number = parse_stored_number(written)
        if number is None:
            return Cell("text", written.strip(), None, formula, shared, format)
        if format != "General" and self.shows_date(format) and (day := self.date_of(number)):
            return Cell("date", day, number, formula, shared, format)
        return Cell("number", format_plain(number), number, formula, shared, format)

    def shows_date(self, format: str) -> bool:
        if format not in self.dates:
            self.dates[format] = shows_time(format) and shows_day(format)
        return self.dates[format]

    def date_of(self, number: Decimal) -> str | None:
        try:
            day = day_of(float(number), self.book.epoch)
        except (ValueError, OverflowError):
            return None
        return day.isoformat() if day else None

    def read_column(self, element: Element) -> None:
        if element.get("hidden") in ("1", "true") or _is_zero(element.get("width"), MIN_WIDTH):
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            self.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def read_merged(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        (top, left), (bottom, right) = self.corner(first), self.corner(last or first)
        if (bottom - top + 1) * (right - left + 1) + len(self.merged) <= MAX_MERGED_CELLS:
            span = MergedRange(top, left, bottom, right)
            self.merged.update(
                ((row, column), span) for row in range(top, bottom + 1) for column in range(left, right + 1)
            )

    def corner(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip("0123456789")
        return int(reference[len(letters) :]), self.column_of(reference)


def read_worksheet(stream: IO[bytes], book: WorkbookParts, path: str, sha256: str, name: str, is_hidden: bool) -> Sheet:
    """Return one sheet. Raises ParseError or ValueError if it is damaged, TooManyCellsError if it is too large."""
    reader = _WorksheetReader(book)
    reader.read(stream)
    return Sheet(
        path,
        sha256,
        tuple(reader.rows),
        name,
        is_hidden=is_hidden,
        is_filtered=reader.is_filtered,
        hidden_rows=frozenset(reader.hidden_rows),
        hidden_columns=frozenset(reader.hidden_columns),
        merged=reader.merged,
        formulas=reader.formulas,
        has_formulas=reader.formula_count > 0,
        awaits_calculation=reader.awaits_calculation,
        rounds_results=book.rounds_results,
    )


def _is_zero(size: str | None, limit: float) -> bool:
    """Return whether the height of a row or the width of a column leaves nothing to see."""
    return size is not None and float(size) < limit


def parse_stored_number(written: str) -> Decimal | None:
    """Return a number of the file, rounded to the 15 digits that spreadsheets show; None if it is not one in range."""
    plain = written.strip()
    if is_too_long(plain):
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    if not is_in_range(number):
        return None
    if len(number.as_tuple().digits) > SIGNIFICANT_DIGITS:
        number = Decimal(f"{float(number):.{SIGNIFICANT_DIGITS}g}")
    return Decimal(format_plain(number))


def format_plain(number: Decimal) -> str:
    """Return a number in digits, without an exponent and without trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def text_of(element: Element) -> str:
    """Return the text of a cell from its runs, without phonetic hints."""
    return decode_escapes("".join(_texts(element)))


def decode_escapes(text: str) -> str:
    """Return a text with the characters that XML can't hold, which are written as '_x000D_' (22.9.2.19).

    Halves of a pair that encodes one character are put together; a half alone is replaced.
    """
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name == "r":
            yield from (part.text or "" for part in child if _name(part) == "t")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
