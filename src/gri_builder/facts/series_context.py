"""What is known of a fact series before its values are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from gri_builder.facts.sql.record_cache import RecordCache
from gri_builder.model.units import Unit
from gri_builder.source.nodes import Node, SheetFile
from gri_builder.spreadsheets.workbook_cache import WorkbookCache

MOST_DIGITS = 24
"""Digits of the longest number that is read."""


class SeriesContext(Struct, frozen=True):
    """A fact series without its facts."""

    id: str
    node: Node
    """Its entries in the YAML file."""
    unit: Unit
    dimensions: tuple[str, ...]
    end: date | None
    """Last day of the report's period."""
    is_rounded: bool
    """Whether it says how many digits are printed."""


class ReadContext(Struct, frozen=True):
    """What the files of a report are read with."""

    sheets: Mapping[str, SheetFile]
    """CSV files and workbooks by path."""
    refused: frozenset[str]
    """Paths of files that have their finding."""
    shelf: WorkbookCache
    store: RecordCache
    language: str
    """Language of the report, whose way of writing numbers holds where a file does not say its own."""


def too_long(number: Decimal) -> bool:
    """Whether a number has more digits than are read."""
    digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
    return max(len(digits), -exponent if isinstance(exponent, int) else 0) > MOST_DIGITS
