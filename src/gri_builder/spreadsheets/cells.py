"""The cells of a CSV file or of a sheet in a workbook, with their locations, not yet interpreted."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct, field

from gri_builder.model.finding import Location
from gri_builder.source.nodes import SourceFile

CellKind = Literal["text", "number", "date", "bool", "error", "uncalculated", "empty"]
"""What a cell holds; 'error' is that of a spreadsheet, such as '#DIV/0!'.

'uncalculated' is a formula whose result is not in the file.
"""
CellLook = Literal["", "struck-out", "invisible"]
"""'struck-out' is a number with a line through it, 'invisible' one in the color of its background or tiny."""


class Cell(NamedTuple):
    """One cell."""

    kind: CellKind
    text: str = ""
    """As displayed: a number in plain digits, a date as year-month-day."""
    number: Decimal | None = None
    formula: str | None = None
    """As stored in the workbook, without '='; '' if it shares the formula of another cell."""
    shared: int | None = None
    """Number of the shared formula."""
    format: str = "General"
    """Number format, e.g. '0.0%'."""
    look: CellLook = ""


EMPTY = Cell("empty")
MAX_HEADER_ROWS = 100
"""Rows that are searched for the headers."""


class Row(NamedTuple):
    """A row that is not empty."""

    number: int
    """Row of the sheet, or first line of the row in the CSV file, from 1."""
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """Return the cell in a column, from 0; an empty cell after the last."""
        return self.cells[column] if column < len(self.cells) else EMPTY


class MergedRange(NamedTuple):
    """A range of merged cells; rows count from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


def casefold_key(text: str) -> str:
    """Return the key under which headers and names are compared, regardless of letter case and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def column_letters(column: int) -> str:
    """Return the letters of a column, from 0: 0 is 'A', 26 is 'AA'."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Sheet(Struct, frozen=True, dict=True):
    """All rows of a CSV file, or of one sheet of a workbook."""

    path: str
    sha256: str
    rows: tuple[Row, ...]
    name: str | None = None
    """None for a CSV file; code distinguishes CSV files from sheets by this."""
    file: SourceFile | None = None
    """Text of a CSV file."""
    delimiter: str = ","
    """Character between the cells of a CSV file."""
    is_hidden: bool = False
    is_filtered: bool = False
    hidden_rows: frozenset[int] = frozenset()
    """Numbers of the rows that are not displayed."""
    hidden_columns: frozenset[int] = frozenset()
    merged: Mapping[tuple[int, int], MergedRange] = field(default_factory=dict)
    """The merged range of each cell in one, by row number and column."""
    added_columns: frozenset[int] = frozenset()
    """Columns that the program adds, such as the name of the sheet."""
    formulas: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Shared formulas by number, each with the cell that defines it."""
    has_formulas: bool = False
    awaits_calculation: bool = False
    """Whether a zero may replace a formula's result, as the program that wrote the workbook does not calculate."""
    rounds_results: bool = False
    """Whether the results of its formulas are saved as they are shown ('precision as displayed')."""

    @cached_property
    def by_number(self) -> Mapping[int, Row]:
        """Its rows by their numbers."""
        return {row.number: row for row in self.rows}

    @cached_property
    def first_texts(self) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
        """The texts of each of its first rows, which may be headers, and their case-folded keys."""
        rows = self.rows[:MAX_HEADER_ROWS]
        texts = [tuple(self.cell(row, column).text for column in range(len(row.cells))) for row in rows]
        return tuple((each, frozenset(map(casefold_key, each))) for each in texts)

    @property
    def title(self) -> str:
        """Its name in messages."""
        return f"the sheet '{self.name}' of {self.path}" if self.name is not None else self.path

    def cell(self, row: Row, column: int) -> Cell:
        """Return a cell; a cell in a vertically merged range has the content of that range."""
        cell, span = row.cell(column), self.merged.get((row.number, column))
        if span and cell.kind == "empty" and span.left == span.right and span.top in self.by_number:
            return self.by_number[span.top].cell(column)
        return cell

    def address(self, row: int, column: int) -> str:
        """Return the name of a cell, e.g. 'D17'."""
        return f"{column_letters(column)}{row}"

    def where(self, row: int, column: int) -> Location:
        """Return the location of a cell, by the number of its row and its column from 0."""
        if self.file is None:
            return Location(self.path, sheet=self.name, cell=self.address(row, column))
        line, start, width = self._place(row, column)
        return self.file.where(line, start, width)

    def formula(self, row: Row, column: int) -> str | None:
        """Return the formula of a cell, with '=', as the workbook displays it."""
        cell = row.cell(column)
        if cell.formula is None:
            return None
        if cell.shared is None or cell.shared not in self.formulas or cell.formula:
            return f"={cell.formula}"
        from openpyxl.formula.tokenizer import TokenizerError
        from openpyxl.formula.translate import Translator

        formula, origin = self.formulas[cell.shared]
        try:
            return str(Translator(f"={formula}", origin).translate_formula(self.address(row.number, column)))
        except (ValueError, IndexError, TypeError, TokenizerError):
            return f"={formula}"

    def _place(self, row: int, column: int) -> tuple[int, int, int]:
        """Return line, column and width of a cell in a CSV file; quoted cells may span several lines."""
        lines = self.file.lines if self.file else ()
        if row <= len(lines) and '"' not in lines[row - 1]:
            return _place_unquoted(lines[row - 1], self.delimiter, row, column)
        line, cell, start, quoted = row, 0, 0, False
        while line <= len(lines):
            text = lines[line - 1]
            for at, character in enumerate(text):
                if character == '"':
                    quoted = not quoted
                elif character == self.delimiter and not quoted:
                    if cell == column:
                        return line, start + 1, max(1, at - start)
                    cell, start = cell + 1, at + 1
            if not quoted or cell == column:
                return line, min(start, len(text)) + 1, max(1, len(text) - start)
            line, start = line + 1, 0
        return row, 1, 1


def _place_unquoted(line: str, delimiter: str, row: int, column: int) -> tuple[int, int, int]:
    """Return line, column and width of a cell in a line without quotation marks."""
    cells = line.split(delimiter, column + 1)
    if column >= len(cells):
        return row, len(line) + 1 - len(cells[-1]), max(1, len(cells[-1]))
    start = sum(map(len, cells[:column])) + column
    return row, start + 1, max(1, len(cells[column]))
