"""The result of an inspection: sheets, columns, and the series that the file could feed."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from gri_builder.model.finding import Finding

ColumnKind = Literal["empty", "text", "number", "date", "period", "unit"]
"""What the cells of a column are; a 'period' is a year, quarter or month, a 'date' a day."""
Shape = Literal["years across", "months across", "rows", "no table"]
"""How a sheet holds its values: periods as columns, or one or several values in each row."""


class ColumnView(Struct, frozen=True):
    """A column below its header."""

    place: int
    """Its number, from 0."""
    cell: str
    """Place of its header, such as 'B3' or 'line 3, column 2'."""
    header: str
    kind: ColumnKind
    is_period: bool
    """Whether its header is a year or a month."""
    unit: str | None
    """The unit that its header names."""
    filled: int
    """Cells that are not empty."""
    odd: tuple[str, ...]
    """Some texts in a column of numbers."""
    distinct: int
    """Different contents, counted up to a limit."""
    examples: tuple[str, ...]
    is_hidden: bool = False


class SheetView(Struct, frozen=True):
    """A sheet of a workbook, or a CSV file."""

    name: str | None
    shape: Shape
    header_row: int | None
    """Row or line of the headers, from 1."""
    rows: int
    """Rows of data."""
    columns: tuple[ColumnView, ...]
    titles: tuple[str, ...]
    """Texts above the headers."""
    notes: tuple[str, ...]
    """Texts below the rows."""
    units: tuple[str, ...]
    """Units that headers, cells and titles name."""
    periods: tuple[str, ...]
    """The first and the last period; the one if there are no others."""
    totals: tuple[str, ...]
    """Labels of rows and columns that are totals of others."""
    is_hidden: bool = False
    hidden_rows: int = 0


class SeriesView(Struct, frozen=True):
    """A series of the stub, as the program reads it."""

    id: str
    unit: str
    values: int
    first: str
    last: str
    """The last period."""
    example: str
    """A value of the last period, with its unit and members."""


class Inspection(Struct, frozen=True):
    """What the program makes of a file."""

    path: str
    """Path of the file in the stub."""
    format: str
    """Its ending."""
    delimiter: str | None
    """Character between the cells of a CSV file."""
    sheets: tuple[SheetView, ...]
    series: tuple[SeriesView, ...]
    stub: str
    """Series to paste into a file of `figures/`; empty if the file can't be read."""
    findings: tuple[Finding, ...]
    """Findings about the file, as the series of the stub get them, and why others are left out."""
