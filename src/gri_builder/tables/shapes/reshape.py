"""Columns to rows: months, or the members of a dimension, that are columns become rows before they are added.

Each row of the file becomes one row for each of these columns, with its value and its month or member.
"""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from gri_builder.model.finding import Location
from gri_builder.spreadsheets.cells import EMPTY, Cell, Row
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.statements import identifier, literal


class SpreadColumn(Struct, frozen=True):
    """A column whose cells become rows."""

    column: int
    """Its place in the table, from 0."""
    label: str
    """The month or member of its values, such as '2015-01', '-01' after a year, or 'Women'."""
    offset: int = 0
    """What is added to the year of a column, if the month belongs to a year that starts earlier."""


class WideRecords(Records, frozen=True, dict=True):
    """A table some of whose columns became rows; its last two columns are the value, and its month or member."""

    label: str = "month"
    """Name of the column with the month or member."""
    spread: tuple[SpreadColumn, ...] = ()
    """The columns that became rows, in the order of the rows."""
    year: int | None = None
    """Column with the year, where months are columns, and their headers name no year."""

    @cached_property
    def source_columns(self) -> tuple[str, ...]:
        """A name for each column of the table itself."""
        return Records(self.table, "", ",", ()).columns

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """A name for each column, those that are added last."""
        names = list(self.source_columns)
        for wanted in ("value", self.label):
            names.append(_unused_name(wanted, names))
        return tuple(names)

    @property
    def value_column(self) -> int:
        """The added column of the values; that of their months or members follows it."""
        return len(self.source_columns)

    def place(self, record: int, column: int) -> int:
        """Return the column of the file in which a cell of a record is."""
        return self.spread[record % len(self.spread)].column if column == self.value_column else column

    def used_columns(self, columns: Iterable[int]) -> frozenset[int]:
        """Return the columns of the file that some columns of the records are made of."""
        year = () if self.year is None else (self.year,)
        return frozenset((*columns, *(each.column for each in self.spread), *year))

    def where(self, record: int, column: int) -> Location:
        """Return the location of a cell by the number of its record; that of a label is its header or year."""
        if column <= self.value_column:
            return self.sheet.where(self.numbers[record], self.place(record, column))
        if self.year is not None:
            return self.sheet.where(self.numbers[record], self.year)
        return self.sheet.where(self.table.header.number, self.place(record, self.value_column))

    def row(self, record: int, texts: Sequence[str | None]) -> Row:
        """Return a record as a row of the file, in which only the cell of its value is filled, if it is a CSV file."""
        number = self.numbers[record]
        if self.sheet.name is not None:
            return self.sheet.by_number[number]
        text, column = texts[self.value_column], self.place(record, self.value_column)
        return Row(number, (*[EMPTY] * column, Cell("text", text) if text else EMPTY))

    @property
    def select(self) -> str:
        """The statement, in SQL, that makes these rows of the file's."""
        names = [identifier(self.source_columns[each.column]) for each in self.spread]
        labels = [literal(each.label) for each in self.spread]
        if self.year is not None:
            year = identifier(self.source_columns[self.year])
            years = [f"{year}::INT {each.offset:+}" if each.offset else year for each in self.spread]
            labels = [f"concat({each}, {label})" for each, label in zip(years, labels, strict=True)]
        values = ", ".join(f"{name}::VARCHAR" for name in names)
        value, label = map(identifier, self.columns[-2:])
        return (
            f"(SELECT *, unnest([{values}]) AS {value}, unnest([{', '.join(labels)}]) AS {label} "
            f"FROM {identifier(self.name)})"
        )


def _unused_name(wanted: str, names: Sequence[str]) -> str:
    taken, name, number = {each.casefold() for each in names}, wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"
    return name


def spread_records(records: Records, spread: Sequence[SpreadColumn], label: str, year: int | None) -> WideRecords:
    """Return the records with one row for each value of some columns; `label` names the column of their labels."""
    stream, numbers = io.StringIO(), array("L")
    writer = csv.writer(stream, lineterminator="\n")
    blank = {each.column for each in spread}
    reader = csv.reader(io.StringIO(records.content, newline=""), delimiter=records.delimiter)
    for number, row in zip(records.numbers, reader, strict=False):
        kept = ["" if column in blank else text for column, text in enumerate(row)]
        lead = row[year].strip() if year is not None else ""
        for each in spread:
            writer.writerow([*kept, row[each.column], _label(each, lead, year is not None)])
            numbers.append(number)
    table, notes = records.table, records.notes
    return WideRecords(table, stream.getvalue(), ",", numbers, notes, label=label, spread=tuple(spread), year=year)


def _label(spread: SpreadColumn, year: str, has_year: bool) -> str:
    """Return the label of a value; after a text that is not a year, a text that is not read as a date."""
    if not has_year:
        return spread.label
    if re.fullmatch("[12][0-9]{3}", year):
        return f"{int(year) + spread.offset}{spread.label}"
    return f"year {year}" if year else ""
