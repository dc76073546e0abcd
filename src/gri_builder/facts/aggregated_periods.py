"""The periods of aggregated rows: from a column, or one year that the description names for all rows."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gri_builder.facts.gaps import find_duplicates, find_gaps, find_partial_years
from gri_builder.model.finding import Finding, error
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.source.nodes import Node
from gri_builder.tables.constant_period import (
    MAX_TEXTS,
    check_named_years,
    check_period_texts,
    constant_period,
    period_columns,
    read_constant_period,
)
from gri_builder.tables.period_column import PeriodColumn, check_overlaps, read_period_column
from gri_builder.tables.row_checks import Chosen, LoadedRows, conditions, has_value
from gri_builder.tables.sql.statements import AggregateFunction, PeriodExpression, identifier, literal

Periods = PeriodColumn | str
"""The column of the periods, or the label of the one year of all rows."""


class AggregatedPeriods(Struct, frozen=True):
    """Reads and checks the periods of the rows of one series."""

    loaded: LoadedRows
    node: Node
    """The description."""
    function: AggregateFunction
    years: ReportingYears | None
    """The report's years; None where its period is not known."""

    def read(self, chosen: Chosen) -> tuple[Periods, list[Finding]]:
        """Return the periods of the chosen rows, and findings for those that can't be placed in one year."""
        named = self.node.get("period")
        if named and constant_period(named) and not self.loaded.has("period"):
            label, findings = read_constant_period(named, self.years)
            return label, findings or [*self._check_constant(label, named), *self._find_other_periods(label, chosen)]
        needs_days = self.function is AggregateFunction.LAST or self.node.get("expect") is not None
        column, findings = read_period_column(self.loaded, chosen, self.years, needs_days)
        return column, [*findings, *check_overlaps(self.loaded, chosen, column)]

    def expression(self, periods: Periods, chosen: Chosen) -> PeriodExpression:
        """Return the SQL for the period of a row; of the last value, only the last day or month of each year counts."""
        if isinstance(periods, str):
            return PeriodExpression(literal(periods))
        if self.function is not AggregateFunction.LAST:
            return periods.expression()
        query = f"SELECT DISTINCT {periods.cell} FROM {{}} WHERE {has_value(self.loaded, chosen)} ORDER BY 1"
        texts = [text for (text,) in self.loaded.query_all(query)]
        return periods.expression((periods.only_last(texts),))

    def check_rows(self, periods: Periods, chosen: Chosen) -> Iterator[Finding]:
        """Yield findings for rows that are missing or duplicated, as far as the rows or the description show it."""
        expect = self.node.get("expect")
        if isinstance(periods, str):
            if expect:
                yield from find_duplicates(self.loaded, chosen, None)
        elif expect:
            yield from find_gaps(self.loaded, chosen, periods, expect)
        elif self.function is not AggregateFunction.COUNT:
            is_last = self.function is AggregateFunction.LAST
            yield from find_partial_years(self.loaded, chosen, periods, is_last, self.node)

    def _check_constant(self, label: str, named: Node) -> Iterator[Finding]:
        """Yield findings where one year for all rows does not fit the files or the way of aggregation."""
        if self.function is AggregateFunction.LAST:
            message = f"'last' needs the days or months of the rows, but 'period' is {label} for all of them"
            yield error("wrong-value", message, named.where, "name the header of their column: period: …")
        for records, columns in zip(self.loaded.tables.values(), self.loaded.columns, strict=True):
            yield from check_named_years(records.table, columns.get("value"), label, named)

    def _find_other_periods(self, label: str, chosen: Chosen) -> Iterator[Finding]:
        """Yield findings for period columns with rows of other years than the one of the description."""
        for path, records in self.loaded.tables.items():
            for column in period_columns(records.table):
                cell = identifier(records.columns[column])
                rows = self.loaded.database.rows(
                    f"SELECT DISTINCT {cell} FROM {identifier(path)} WHERE {conditions(chosen)} AND {cell} IS NOT NULL "
                    f"ORDER BY 1 LIMIT {MAX_TEXTS + 1}"
                )
                where = records.sheet.where(records.table.header.number, column)
                texts, locale = [text for (text,) in rows], self.loaded.number_format.locale
                yield from check_period_texts(records.columns[column], texts, label, self.years, where, locale)
