"""The open data as files of tables: CSV for the PDF and the web, and a workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gri_builder.embedded.open_data.columns import Column
from gri_builder.embedded.open_data.rows import Table, Value
from gri_builder.spreadsheets.writer import Sheet, write_csv, write_sheets

WIDTHS = {
    "key": 34,
    "label": 44,
    "disclosures": 18,
    "scope": 34,
    "restated_because": 34,
    "method": 44,
    "source": 34,
    "source_file": 28,
    "derived_from": 34,
    "printed": 20,
    "section": 34,
    "description": 90,
}
"""Widths of a sheet's columns, in characters."""


def write_table(table: Table) -> bytes:
    """Return a table as a CSV file (RFC 4180, UTF-8); an apostrophe precedes a text that may pass for a formula."""
    return write_csv([column.name for column in table.columns], _list_texts(table), _find_numbers(table.columns))


def write_workbook(facts: Table, places: Table, day: date) -> bytes:
    """Return facts and their places as a workbook, with the meaning of the columns; `day` is its date.

    Numbers are numbers, but for those with more digits than a workbook keeps.
    """
    tables = {"Facts": facts, "Places": places}
    sheets = [
        Sheet(
            name,
            tuple(column.name for column in table.columns),
            _list_texts(table),
            WIDTHS,
            frozenset(_find_numbers(table.columns)),
        )
        for name, table in tables.items()
    ]
    columns = [(name, each) for name, table in tables.items() for each in table.columns]
    meanings = [(name, each.name, each.type, each.description) for name, each in columns]
    legend = Sheet("Columns", ("sheet", "column", "type", "description"), meanings, {**WIDTHS, "column": 24})
    return write_sheets("Facts", [*sheets, legend], day)


def _find_numbers(columns: tuple[Column, ...]) -> list[str]:
    return [column.name for column in columns if column.type in ("number", "integer")]


def _list_texts(table: Table) -> list[list[str]]:
    return [[write_value(row.get(column.name)) for column in table.columns] for row in table.rows]


def write_value(value: Value) -> str:
    """Return a value as a text: decimals with all their digits, never with an exponent; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
