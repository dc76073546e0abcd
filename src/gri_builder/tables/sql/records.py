"""Rows below the headers of a file, as CSV for the database, with the line number of each row."""

from __future__ import annotations

import csv
import io
import sys
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location
from gri_builder.source.nodes import SheetFile, SourceFile
from gri_builder.spreadsheets.cells import EMPTY, Cell, Row, Sheet
from gri_builder.spreadsheets.csv_file import (
    explain_csv_error,
    find_delimiter,
    find_ragged_rows,
    find_swallowed_rows,
    make_row,
    read_records,
)
from gri_builder.spreadsheets.footer import MAX_NOTES, count_notes
from gri_builder.spreadsheets.table import Table, find_table

MAX_PEEKED = 200
"""Lines of a CSV file that are searched for headers."""


class Records(Struct, frozen=True, dict=True):
    """A table whose rows can be loaded into the database."""

    table: Table
    """The headers; of a large CSV file only its first rows."""
    content: str
    """All rows below the headers, as CSV."""
    delimiter: str
    numbers: Sequence[int]
    """Row or line of each record, from 1."""
    notes: Sequence[Row] = ()
    """The rows below the records that are notes, such as 'Source: meters'."""

    @property
    def sheet(self) -> Sheet:
        """The sheet of the table."""
        return self.table.sheet

    @property
    def name(self) -> str:
        """Name of its table in the database: the path of its file, with its sheet if several are read."""
        return f"{self.sheet.path}!{self.sheet.name}" if self.sheet.added_columns else self.sheet.path

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """A name for each column: its header, or 'column N' where the header is missing or repeated."""
        seen: set[str] = set()
        names = []
        for place, name in enumerate(self.table.names[: self.table.width]):
            plain = " ".join(name.split())
            names.append(plain if plain and plain.casefold() not in (*seen, "rowid") else f"column {place + 1}")
            seen.add(names[-1].casefold())
        return tuple(names)

    def where(self, record: int, column: int) -> Location:
        """Return the location of a cell by the number of its record, from 0."""
        return self.sheet.where(self.numbers[record], column)

    @property
    def select(self) -> str | None:
        """The statement, in SQL, that makes its rows of those of the file; None where they are the same."""
        return None

    def used_columns(self, columns: Iterable[int]) -> frozenset[int]:
        """Return the columns of the file that some columns of the records are made of."""
        return frozenset(columns)

    def place(self, record: int, column: int) -> int:
        """Return the column of the file in which a cell of a record is."""
        return column

    def row(self, record: int, texts: Sequence[str | None]) -> Row:
        """Return a record as a row; `texts` are its cells as the database holds them."""
        number = self.numbers[record]
        if self.sheet.name is not None:
            return self.sheet.by_number[number]
        return Row(number, tuple(Cell("text", text) if text else EMPTY for text in texts))


def peek_table(
    file: SheetFile,
    text: SourceFile,
    wanted: Sequence[str],
    is_period: Callable[[str], bool] | None = None,
    header_rows: int = 1,
) -> Table | Finding | None:
    """Return the headers of a CSV file with its first rows; None where no row looks like headers."""
    delimiter, first = find_delimiter(text)
    rows: list[Row] = []
    try:
        for number, record in islice(read_records(text, delimiter, first), MAX_PEEKED):
            if any(map(str.strip, record)):
                rows.append(make_row(number, record))
    except csv.Error as problem:
        return explain_csv_error(problem, text, rows[-1].number + 1 if rows else first)
    sheet = Sheet(file.path, file.sha256, tuple(rows), file=text, delimiter=delimiter)
    return find_table(sheet, wanted, is_period, header_rows)


def read_all_records(text: SourceFile, table: Table) -> tuple[Records | None, tuple[Finding, ...]]:
    """Return all records of a CSV file with known headers, and findings for rows of a different length."""
    content = _plain_rows(text, table)
    if content is not None:
        first = table.header.number + 1
        return Records(table, content, table.sheet.delimiter, range(first, first + content.count("\n"))), ()
    try:
        return _rewrite(text, table)
    except csv.Error as problem:
        _, first = find_delimiter(text)
        return None, (explain_csv_error(problem, text, _last_line(text, table.sheet.delimiter, first)),)


def _rewrite(text: SourceFile, table: Table) -> tuple[Records, tuple[Finding, ...]]:
    """Return the records of a CSV file with quotes, empty lines or rows of different lengths; raises csv.Error."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    width, sheet, numbers = table.width, table.sheet, array("L")
    widths, odd, previous = Counter[int](), dict[int, Row](), (0, [""])
    tail = deque[tuple[int, list[str], int]](maxlen=MAX_NOTES)
    _, first = find_delimiter(text)
    for number, record in read_records(text, sheet.delimiter, first):
        if number != previous[0] + 1:  # the previous record continues over several lines
            odd[previous[0]] = make_row(*previous)
        previous = number, record
        if number <= table.header.number or not any(map(str.strip, record)):
            continue
        widths[len(record)] += 1
        tail.append((number, record, stream.tell()))
        if len(record) > width:
            odd[number] = make_row(number, record)
        if len(record) != width:
            record = (record + [""] * width)[:width]
        writer.writerow(record)
        numbers.append(number)
    odd[previous[0]] = make_row(*previous)
    content, notes = _without_notes(stream, numbers, tail, width)
    end = notes[0].number - 1 if notes else sys.maxsize
    inside = range(table.header.number + 1, end + 1)
    irregular = replace(sheet, rows=tuple(row for number, row in sorted(odd.items()) if number in inside))
    main_width = max(widths.items(), key=lambda item: item[1], default=(0, 0))[0]
    findings = (*find_swallowed_rows(irregular, width), *find_ragged_rows(irregular, width, main_width))
    return Records(table, _without_returns(content), ",", numbers, notes), findings


def _without_notes(
    stream: io.StringIO, numbers: array[int], tail: Sequence[tuple[int, list[str], int]], width: int
) -> tuple[str, list[Row]]:
    """Return the written rows without the notes at their end, and the notes; `numbers` are shortened.

    `tail` has the numbers and cells of the last rows, each with the place in the stream at which it is written.
    """
    rows = [make_row(number, record) for number, record, _ in tail]
    count = count_notes(rows, width, is_text=True)
    if not count:
        return stream.getvalue(), []
    del numbers[-count:]
    return stream.getvalue()[: tail[-count][2]], rows[-count:]


def _last_line(text: SourceFile, delimiter: str, first: int) -> int:
    """Return the line of the record that is not valid CSV."""
    line = first
    try:
        for number, _ in read_records(text, delimiter, first):
            line = number + 1
    except csv.Error:
        pass
    return line


def write_records(table: Table, text_of: Callable[[Cell], str]) -> Records:
    """Return the records of a table; `text_of` writes its cells."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    width = table.width
    for row in table.rows:
        writer.writerow([text_of(table.sheet.cell(row, column)) for column in range(width)])
    numbers = tuple(row.number for row in table.rows)
    return Records(table, _without_returns(stream.getvalue()), ",", numbers, table.notes)


def _without_returns(content: str) -> str:
    """Return rows that end with line feeds, without the carriage returns in their cells, which the database rejects."""
    return content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content


def _plain_rows(text: SourceFile, table: Table) -> str | None:
    """Return the lines below the headers; None unless each line is one record, without quotes and empty lines."""
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
    separators, delimiter = table.width - 1, table.sheet.delimiter
    if rows.count(delimiter) != separators * (rows.count("\n") + 1) or f"\n{delimiter * separators}\n" in f"\n{rows}\n":
        return None
    last = [
        make_row(number, line.split(delimiter)) for number, line in enumerate(rows.rsplit("\n", MAX_NOTES)[-MAX_NOTES:])
    ]
    if count_notes(last, table.width, is_text=True):
        return None
    return rows + "\n" if all(line.count(delimiter) == separators for line in rows.split("\n")) else None
