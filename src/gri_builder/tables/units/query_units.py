"""Units of the columns that a query reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gri_builder.model.finding import Finding
from gri_builder.tables.sql.records import Records
from gri_builder.tables.units.comparison import UnitCheck, spell
from gri_builder.tables.units.evidence import check_headers, check_titles
from gri_builder.tables.units.texts import read_header_unit


def check_query_units(check: UnitCheck, sql: str, tables: Iterable[Records]) -> Iterator[Finding]:
    """Yield findings for columns of a query that name another unit than its result, unless 'unit' states its unit.

    A query may convert values itself, so that only the description can say what its result is in.
    """
    if check.is_declared:
        return
    own = spell(check.given)
    for records in tables:
        read = [column for column, name in enumerate(records.columns) if _reads(sql, name)]
        of_kind = [column for column in read if _is_of_kind(check, records.columns[column])]
        for finding in (*check_headers(check, records.table, of_kind), *check_titles(check, records.table, read)):
            unit = finding.hint.partition("unit: ")[2] if finding.hint else ""
            hint = f"say what the result is in, beside 'sql': unit: {unit}; or, if the query converts it, unit: {own}"
            yield replace(finding, hint=hint)


def _reads(sql: str, name: str) -> bool:
    """Return whether a query names a column."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sql, re.IGNORECASE) is not None


def _is_of_kind(check: UnitCheck, header: str) -> bool:
    """Return whether a header names a unit of the kind that the series measures."""
    reading = read_header_unit(header, check.table)
    return reading is not None and any(unit.dimension == check.given.dimension for unit in check.meant(reading))
