"""The rows below the headers of a file, on their way into the database: as CSV, each with its line known."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gri_builder.finding import Finding, Where
from gri_builder.produce.sheets import Sheet
from gri_builder.produce.sheets.cell import NOTHING, Cell, Row
from gri_builder.produce.sheets.csv_file import find_delimiter, find_ragged, find_swallowed, read_csv
from gri_builder.produce.sheets.table import Table, find_table
from gri_builder.produce.source import SheetFile, SourceFile

PEEKED = 200
"""Lines in which the headers of a large file are looked for."""


@dataclass(frozen=True)
class Records:
    """A table whose rows go into the database."""

    table: Table
    """The headers; of a large CSV file only its first rows."""
    content: str
    """All rows below the headers as CSV, without them."""
    delimiter: str
    numbers: Sequence[int]
    """Row or line of each record, from 1."""

    @property
    def sheet(self) -> Sheet:
        """The sheet of the table."""
        return self.table.sheet

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """A name for each column: its header, or its letter where it has none of its own."""
        seen: set[str] = set()
        names = []
        for place, name in enumerate(self.table.names[: self.table.width]):
            plain = " ".join(name.split())
            names.append(plain if plain and plain.casefold() not in (*seen, "rowid") else f"column {place + 1}")
            seen.add(names[-1].casefold())
        return tuple(names)

    def where(self, record: int, column: int) -> Where:
        """Return the place of a cell by the number of its record, from 0."""
        return self.sheet.where(self.numbers[record], column)

    def row(self, record: int, texts: Sequence[str | None]) -> Row:
        """Return a record as a row; `texts` are its cells as the database holds them."""
        number = self.numbers[record]
        if self.sheet.name is not None:
            return self.sheet.by_number[number]
        return Row(number, tuple(Cell("text", text) if text else NOTHING for text in texts))


def read_records_of(file: SheetFile, text: SourceFile, wanted: Sequence[str]) -> tuple[Records | None, list[Finding]]:
    """Return the records of a CSV file, with findings for rows that are out of joint."""
    delimiter, _ = find_delimiter(text)
    table = find_table(peek, wanted, None) if isinstance(peek := _peek(file, text), Sheet) else None
    if table and (content := _plain_rows(text, table)) is not None:
        first = table.header.number + 1
        count = content.count("\n") + (not content.endswith("\n") and bool(content))
        return Records(table, content, delimiter, range(first, first + count)), []
    sheet = read_csv(file, text)
    if isinstance(sheet, Finding):
        return None, [sheet]
    whole = find_table(sheet, wanted, None)
    if whole is None:
        return None, []
    findings = [*find_swallowed(sheet, whole.width), *find_ragged(sheet, whole.width)]
    return write_records(whole, lambda cell: cell.text), findings


def write_records(table: Table, text_of: Callable[[Cell], str]) -> Records:
    """Return the records of a table, its cells as `text_of` writes them."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    width = table.width
    for row in table.rows:
        writer.writerow([text_of(table.sheet.cell(row, column)) for column in range(width)])
    return Records(table, stream.getvalue(), ",", tuple(row.number for row in table.rows))


def _peek(file: SheetFile, text: SourceFile) -> Sheet | Finding:
    """Return the first rows of a CSV file; their places are those in the whole file."""
    beginning = re.match(rf"(?:[^\n]*\n){{0,{PEEKED}}}[^\n]*", text.text)
    sheet = read_csv(file, replace(text, text=beginning[0] if beginning else text.text))
    return replace(sheet, file=text) if isinstance(sheet, Sheet) else sheet


def _plain_rows(text: SourceFile, table: Table) -> str | None:
    """Return what stands below the headers where each line is one record, without quotes and empty lines."""
    if '"' in text.text or "\r" in text.text.replace("\r\n", "\n"):
        return None
    plain = text.text.replace("\r\n", "\n")
    start = 0
    for _ in range(table.header.number):
        start = plain.find("\n", start) + 1
        if not start:
            return ""
    rows = plain[start:].rstrip("\n")
    if "\n\n" in rows or rows.startswith("\n") or not rows:
        return None if rows else ""
    separators = table.width - 1
    return rows + "\n" if rows.count(table.sheet.delimiter) == separators * (rows.count("\n") + 1) else None
