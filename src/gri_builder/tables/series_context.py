"""What is known about a fact series, and about the report's files, before values are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from gri_builder.limits.limits import NUMBER_DIGITS
from gri_builder.model.facts import CollectedValue
from gri_builder.model.figures.warehouse import Connection, PullRecord
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.units import Unit
from gri_builder.resources.units import UnitTable, unit_table
from gri_builder.source.nodes import Node, SheetFile
from gri_builder.spreadsheets.workbook_cache import WorkbookCache
from gri_builder.tables.sql.record_cache import RecordCache

MAX_DIGITS = NUMBER_DIGITS.most
"""Maximum number of digits in a value."""


class SeriesContext(Struct, frozen=True):
    """A fact series without its facts."""

    id: str
    node: Node
    """Its entry in the YAML file."""
    unit: Unit
    dimensions: tuple[str, ...]
    last_day: date | None
    """Last day of the reporting period."""
    is_rounded: bool
    """Whether the series sets the number of printed digits."""
    years: ReportingYears | None = None
    """The report's years; None where its period is not known."""
    units: UnitTable = unit_table()
    """The units that the report knows."""


class ReadContext(Struct, frozen=True):
    """The report's data files, and caches of what was read from them."""

    sheets: Mapping[str, SheetFile]
    """CSV files and workbooks by path."""
    rejected: frozenset[str]
    """Paths of files that already have a finding."""
    language: str
    """Language of the report; its number format applies to files without a 'locale'."""
    workbook_cache: WorkbookCache
    record_cache: RecordCache
    years: ReportingYears | None = None
    """The report's years; None where its period is not known."""
    units: UnitTable = unit_table()
    """The units that the report knows."""
    collected: Mapping[str, Sequence[CollectedValue]] = {}
    """Values that data owners have returned, by series."""
    connections: Mapping[str, Connection] = {}
    """Warehouses by name."""
    pulled: Mapping[str, PullRecord] = {}
    """What is written beside the snapshots of warehouses' rows, by series."""


def has_too_many_digits(number: Decimal) -> bool:
    """Return whether a number has more than MAX_DIGITS digits, or more decimals than that."""
    digits, exponent = number.as_tuple().digits, number.as_tuple().exponent
    return max(len(digits), -exponent if isinstance(exponent, int) else 0) > MAX_DIGITS
