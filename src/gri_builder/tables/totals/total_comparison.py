"""Compare rows that are totals with the sum of the rows that they add up, in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from gri_builder.model.facts import COUNTED
from gri_builder.model.finding import Finding, Severity
from gri_builder.model.units import Unit
from gri_builder.resources.total_words import TotalKind
from gri_builder.tables.row_checks import Chosen, LoadedRows, check_numbers, conditions
from gri_builder.tables.sql.statements import YEAR, NumberColumn, identifier
from gri_builder.tables.totals.total_records import exclude, label_columns
from gri_builder.tables.totals.totals import Total, total_mismatch

MAX_SHOWN = 6
"""Totals that differ, of one name, that are reported one by one."""
MAX_COMPARED = 100_000
"""Rows of one total that are compared."""
_SPANS = ("{period}", "{year}", "''")
"""What the rows of a total and of its parts share: the day or month, the year, or no period."""


def compare_totals(
    loaded: LoadedRows, chosen: Chosen, totals: Sequence[Total], value: NumberColumn, unit: Unit, year: str
) -> Iterator[Finding]:
    """Yield an error for each total row that differs from the sum of its rows by more than rounding.

    `chosen` includes the rows of totals; `value` is the column of numbers in the other rows, `year` the expression
    for a row's year in SQL.
    """
    details = exclude(chosen, totals)
    compared = exclude(chosen, [total for total in totals if total.kind is TotalKind.OTHER])
    for total in totals:
        if total.kind in (TotalKind.ALL, TotalKind.SOME) and total.label:
            wanted = {**compared, total.header: [total.label]}
            given, findings = check_numbers(loaded, "value", wanted, unit)
            wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
            yield from wrong
            if not wrong:
                yield from _Comparison(loaded, wanted, details, total, given, value, unit, year).find_differences()


class _Comparison(Struct, frozen=True):
    """The rows of one total with all rows that are none."""

    loaded: LoadedRows
    wanted: Chosen
    """The rows of the total."""
    details: Chosen
    """The rows that are no totals."""
    total: Total
    given: NumberColumn
    """The numbers of the total."""
    value: NumberColumn
    """The numbers of the other rows."""
    unit: Unit
    year: str
    """The expression for a row's year in SQL."""

    def find_differences(self) -> Iterator[Finding]:
        """Yield an error for each row of the total that differs from its sum."""
        keys = [key for key in label_columns(self.loaded) if key not in (self.total.header, self._period)]
        keys = [key for key in keys if self._is_shared(key)]
        for path, records in self.loaded.tables.items():
            present = [key for key in keys if key in records.columns]
            patterns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
            for row in self.loaded.database.rows(self._list_totals(path, present)):
                used = [key for key, text in zip(present, row[3:-1], strict=True) if text is not None]
                patterns.setdefault((_SPANS[row[2]], *used), []).append(row)
            found = [each for pattern, rows in patterns.items() for each in self._find_differing(pattern, rows)]
            for record, label, value, whole in sorted(found)[:MAX_SHOWN]:
                where = records.where(record, records.columns.index(self.total.header))
                yield total_mismatch(label, value, whole, self.unit.symbol, where)

    @property
    def _period(self) -> str:
        """The column of days, months or years; '' where all rows are of one year."""
        return self.loaded.name("period") if self.loaded.has("period") else ""

    @property
    def _period_cell(self) -> str:
        """The same for SQL."""
        return identifier(self._period) if self._period else "''"

    def _is_shared(self, column: str) -> bool:
        """Return whether several other rows share a text of a column, so that it may be what a total is of."""
        cell = identifier(column)
        filled = conditions(self.details, f"{cell} IS NOT NULL")
        rows, texts = self.loaded.query_all(f"SELECT count(*), count(DISTINCT {cell}) FROM {{}} WHERE {filled}")[0]
        return bool(texts < rows or rows == 1)

    def _list_totals(self, path: str, keys: Sequence[str]) -> str:
        """Return the query for the rows of the total: record, value, span of its period, and texts that others have."""
        names = " UNION ALL BY NAME ".join(f"SELECT * FROM {identifier(name)}" for name in self.loaded.tables)
        others = f"(SELECT * FROM ({names}) WHERE {conditions(self.details)})"
        period = self._period_cell
        span = (
            f"CASE WHEN {period} IN (SELECT {period} FROM {others}) THEN 0 "
            f"WHEN regexp_full_match({period}, '{YEAR}') THEN 1 ELSE 2 END"
        )
        shared = (
            f"CASE WHEN {cell} IN (SELECT {cell} FROM {others}) THEN {cell} END" for cell in map(identifier, keys)
        )
        columns = ", ".join(("rowid", self.given.sql, span, *shared, period))
        condition = conditions(self.wanted, self.given.is_present)
        return f"SELECT {columns} FROM {identifier(path)} WHERE {condition} ORDER BY 1 LIMIT {MAX_COMPARED}"

    def _find_differing(
        self, pattern: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
    ) -> Iterator[tuple[int, str, Decimal, Decimal]]:
        """Yield record, label, value and sum of each total that differs from the rows of its period and texts."""
        sums = self._add_up(*pattern)
        half = Decimal(0) if self.unit.symbol in COUNTED else Decimal("0.5")
        for record, number, _, *texts, period in rows:
            key = ("" if pattern[0] == "''" else period, *(text for text in texts if text is not None))
            whole, count = sums.get(key, (Decimal(0), 0))
            value = Decimal(str(number))
            tolerance = half.scaleb(-self.given.scale) + count * half.scaleb(-self.value.scale)
            if not count or abs(value - whole) > (tolerance if self.value.scale or self.given.scale else 0):
                yield record, ", ".join(filter(None, (self.total.label, *key))), value, whole

    def _add_up(self, span: str, *keys: str) -> dict[tuple[str, ...], tuple[Decimal, int]]:
        """Return the sums of the other rows and their numbers, by period and texts."""
        step = span.replace("{period}", self._period_cell).replace("{year}", self.year)
        columns = ", ".join((step, *map(identifier, keys)))
        by = ", ".join(str(place + 1) for place in range(len(keys) + 1))
        filled = conditions(self.details, self.value.is_present)
        query = f"SELECT {columns}, sum({self.value.sql}), count(*) FROM {{}} WHERE {filled} GROUP BY {by}"
        return {tuple(key): (Decimal(str(whole)), count) for *key, whole, count in self.loaded.query_all(query)}
