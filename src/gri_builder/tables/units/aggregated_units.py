"""Units of the rows that are aggregated: checked against the files, and converted row by row in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import listed
from gri_builder.model.units import Unit
from gri_builder.resources.units import UnitTable
from gri_builder.tables.conversion import Conversion
from gri_builder.tables.row_checks import Chosen, LoadedRows, has_value
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.statements import MAX_PRECISION, NumberColumn, identifier, literal
from gri_builder.tables.units.comparison import UnitCheck
from gri_builder.tables.units.evidence import check_headers, check_labels, check_titles
from gri_builder.tables.units.row_units import RowUnits
from gri_builder.tables.units.unit_columns import check_unit_column, find_checked_column

MAX_FACTOR_DIGITS = 19
"""Maximum number of digits of the factors between the units of rows."""
MAX_SPREAD = 200
"""Columns that may have become rows."""


class RowFactor(Struct, frozen=True):
    """The number of a common unit in each row's unit, as SQL."""

    unit: Unit
    """The common unit."""
    sql: str
    """Expression for the exact factor of a row; empty if all rows are in the common unit."""
    digits: int = 0
    """Precision of the expression."""


def check_aggregated_units(loaded: LoadedRows, check: UnitCheck, chosen: Chosen) -> Iterator[Finding]:
    """Yield findings for units that headers, titles, labels and columns of the files name, and that differ."""
    for records, column in loaded.columns_of("value"):
        columns = _columns_of_file(records, column)
        yield from check_headers(check, records.table, columns)
        yield from check_titles(check, records.table, columns)
    names = {loaded.name(key) for key in loaded.columns[0] if key.startswith(("by ", "where "))}
    for name in sorted(names):
        yield from check_labels(check, name, _first_places(loaded, name, chosen))
    records = next(iter(loaded.tables.values()))
    found = find_checked_column(records.table, check.table, records.table.rows)
    if found is not None and records.columns[found] not in {loaded.name("value"), *names}:
        name = records.columns[found]
        yield from check_unit_column(check, name, _first_places(loaded, name, chosen))


def _columns_of_file(records: Records, column: int) -> list[int]:
    """Return the columns of a file that a column of its rows is made of: several where months are columns."""
    return sorted({records.place(record, column) for record in range(min(len(records.numbers), MAX_SPREAD))})


def _first_places(loaded: LoadedRows, name: str, chosen: Chosen) -> dict[str, Location]:
    """Return the place of the first chosen row with a value for each text of a column, in the order of the rows."""
    found: dict[str, Location] = {}
    cell = identifier(name)
    query = f"SELECT {cell}, min(rowid) FROM {{}} WHERE {has_value(loaded, chosen)} GROUP BY 1 ORDER BY 2"
    for (path, records), _ in zip(loaded.tables.items(), loaded.columns, strict=True):
        if name not in records.columns:
            continue
        column = records.columns.index(name)
        for text, first in loaded.database.rows(query.replace("{}", identifier(path))):
            found.setdefault(text or "", records.where(first, column))
    return found


def read_row_factor(
    loaded: LoadedRows, conversion: Conversion, units: UnitTable, chosen: Chosen
) -> tuple[RowFactor | None, list[Finding]]:
    """Return the factor of each row to a common unit; None where the unit of a row is missing or does not convert."""
    name = loaded.name("unit")
    places = _first_places(loaded, name, chosen)
    rows = RowUnits(conversion, units, name, tuple(places))
    found = {text: rows.find_unit(text, where) for text, where in places.items()}
    if wrong := [each for each in found.values() if isinstance(each, Finding)]:
        return None, wrong
    by_text = {text: unit for text, unit in found.items() if isinstance(unit, Unit)}
    if not by_text:
        return RowFactor(conversion.given, ""), []
    factor = _choose_common(name, by_text, conversion.target)
    if factor is not None:
        return factor, []
    names = listed([f"'{text}'" for text in by_text], "and")
    message = f"values in {names} can't be added exactly, as the factors between them have too many digits"
    hint = "choose rows in one unit, in a series each, and add the series: derive: {sum: …}"
    return None, [error("mixed-units", message, loaded.node.where, hint)]


def _choose_common(name: str, by_text: Mapping[str, Unit], target: Unit) -> RowFactor | None:
    """Return the factors to the unit that needs the fewest digits: the target's, a row's, or their base."""
    units = list(dict.fromkeys((target, *by_text.values())))
    best: RowFactor | None = None
    for unit in units:
        factors = {text: _decimal(each.size / unit.size) for text, each in by_text.items()}
        plain = {text: factor for text, factor in factors.items() if factor is not None}
        if len(plain) < len(factors):
            continue
        made = _make_factor(name, unit, plain)
        if made.digits <= MAX_FACTOR_DIGITS and (best is None or made.digits < best.digits):
            best = made
    return best


def _make_factor(name: str, unit: Unit, factors: Mapping[str, str]) -> RowFactor:
    if set(factors.values()) == {"1"}:
        return RowFactor(unit, "")
    scale = max(len(factor.partition(".")[2]) for factor in factors.values())
    digits = scale + max(len(factor.partition(".")[0]) for factor in factors.values())
    cases = " ".join(f"WHEN {literal(text)} THEN {factor}" for text, factor in factors.items())
    return RowFactor(unit, f"CAST(CASE {identifier(name)} {cases} END AS DECIMAL({digits}, {scale}))", digits)


def _decimal(value: Fraction) -> str | None:
    """Return a fraction in plain digits; None where it has no finite decimal form, or a very long one."""
    for scale in range(MAX_FACTOR_DIGITS + 1):
        scaled = value * 10**scale
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(scale + 1, "0")
            return f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits
    return None


def multiply_by_unit(
    value: NumberColumn | None, weight: NumberColumn | None, factor: RowFactor | None
) -> tuple[NumberColumn | None, NumberColumn | None]:
    """Return the columns of values and weights with each row's factor, so that their product fits into a number."""
    if value is None or factor is None or not factor.sql:
        return value, weight
    left = MAX_PRECISION - factor.digits
    if weight is None:
        return replace(value, width=left, factor=factor.sql), None
    return replace(value, width=left - left // 2, factor=factor.sql), replace(weight, width=left // 2)
