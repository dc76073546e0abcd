"""The columns of the open data: their names, types and meaning, for the tables, their schema and the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from gri_builder.model.texts.control_characters import settle_text

ColumnType = Literal["string", "number", "integer", "boolean", "date"]
"""Types of the Frictionless Table Schema."""


class Column(Struct, frozen=True):
    """A column of a table."""

    name: str
    type: ColumnType
    description: str
    is_required: bool = False
    """Whether each row has a value."""


DIMENSION = "dimension:"
"""Precedes the name of a dimension, as the report writes it, so that it is like no other column's name."""

FACT_COLUMNS = (
    Column("key", "string", "Name of the fact in this report: series[period, members]", True),
    Column("series", "string", "Id of its fact series", True),
    Column("label", "string", "Title of its fact series, in the language of the edition", True),
    Column("disclosures", "string", "Ids of the disclosures whose answers print it, with spaces between them"),
    Column("period", "string", "Period as the report names it", True),
    Column("start", "date", "First day of the period; empty where its name does not say it"),
    Column("end", "date", "Last day of the period; empty where its name does not say it"),
    Column("value", "number", "The exact value, as in the source, after conversion to the unit", True),
    Column("decimals", "integer", "Digits that the report prints after the decimal sign; negative for tens and more"),
    Column("unit", "string", "Symbol of the unit in the report's data", True),
    Column("unit_label", "string", "Unit in the language of the edition"),
    Column("scope", "string", "What the value comprises"),
    Column("status", "string", "How it was obtained: measured, estimated or restated", True),
    Column("restated", "boolean", "Whether it differs from the value that an earlier report published", True),
    Column("restated_from", "number", "The value that the earlier report published"),
    Column("restated_because", "string", "Why it was restated"),
    Column("assured", "boolean", "Whether an answer that prints it is declared as externally assured", True),
    Column("method", "string", "How it was calculated or measured"),
    Column("source", "string", "Source as the report describes it"),
    Column("source_file", "string", "Path of the file in the report folder that it comes from"),
    Column("source_sheet", "string", "Sheet of a workbook"),
    Column("source_cell", "string", "Cell of a sheet or table"),
    Column("source_line", "integer", "Line of a text file, from 1"),
    Column("source_rows", "integer", "Number of rows that it was calculated from"),
    Column("source_formula", "string", "Formula of the cell, as stored in the workbook"),
    Column("source_query", "string", "SQL that calculated it from the rows"),
    Column("source_value", "string", "Value and unit in the source, where it was converted"),
    Column("derived_from", "string", "Keys of the facts that it was calculated from, with '; ' between them"),
    Column("source_sha256", "string", "SHA-256 of the source file, in hexadecimal"),
    Column("page", "integer", "Physical page of the PDF that prints it first, from 1"),
    Column("mcid", "integer", "Marked-content identifier on that page (ISO 32000-1, 14.7.4)"),
    Column("printed", "string", "What is printed there"),
    Column("places", "integer", "Number of places in the PDF that print it", True),
)
"""Columns of `facts.csv`, one row for each fact; columns of dimensions follow."""

PLACE_COLUMNS = (
    Column("key", "string", "Name of the fact, as in facts.csv", True),
    Column("page", "integer", "Physical page of the PDF, from 1", True),
    Column("mcid", "integer", "Marked-content identifier on that page (ISO 32000-1, 14.7.4)", True),
    Column("element", "string", "Structure type of the element, such as TD for a cell", True),
    Column("kind", "string", "What is printed of it: its value, or a number calculated from it", True),
    Column("printed", "string", "What is printed there", True),
    Column("unit", "string", "Symbol of the unit that is printed there, where it is another one"),
    Column("section", "string", "Heading of the section"),
)
"""Columns of `fact-places.csv`, one row for each place that prints a fact."""


_SPLIT = re.compile(r"[;|,\"\s\x00-\x1f]+")
"""What a program may take for the end of a cell."""


def name_columns(dimensions: Iterable[str]) -> dict[str, str]:
    """Return the name of a column for each dimension; no two are the same."""
    found: dict[str, str] = {}
    for name in dimensions:
        plain = f"{DIMENSION}{_SPLIT.sub(' ', settle_text(name)).strip()}"
        number = sum(plain == each or each.startswith(f"{plain} (") for each in found.values())
        found[name] = f"{plain} ({number + 1})" if number else plain
    return found


def list_columns(dimensions: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of `facts.csv`; `dimensions` are the columns of dimensions by their names."""
    added = (Column(column, "string", f"Member of the dimension '{name}'") for name, column in dimensions.items())
    return (*FACT_COLUMNS, *added)
