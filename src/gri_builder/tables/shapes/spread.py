"""Tables whose months, or members of a dimension, are columns: what 'value' lists, checked and made rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, Severity, error
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.constant_period import check_named_years, constant_period, read_constant_period
from gri_builder.tables.headers import NamedHeader
from gri_builder.tables.series_context import SeriesContext
from gri_builder.tables.shapes.months import (
    Month,
    MonthColumn,
    find_month_columns,
    is_month,
    month_name,
    read_months,
    starts_with_month,
)
from gri_builder.tables.shapes.reshape import SpreadColumn, WideRecords, spread_records
from gri_builder.tables.source_files import find_column
from gri_builder.tables.sql.records import Records

Columns = Mapping[str, int]
"""Columns of a table by their purpose, such as 'value' or 'by region'."""


class SpreadValues(Struct, frozen=True):
    """Columns of values that become rows: months, or the members of a dimension."""

    node: Node
    """The description."""
    locale: str
    """How the file writes names of months."""
    years: ReportingYears | None
    """The report's years; None where its period is not known."""
    headers: tuple[NamedHeader, ...] = ()
    """The listed headers; none where months are found by their headers."""
    members: tuple[str, ...] = ()
    """The member of each listed header; none where they are months."""
    dimension: str | None = None
    """The dimension whose members are columns; None where months are."""

    @property
    def names(self) -> tuple[str, ...]:
        """The headers by which the table is found, beside those that other entries name."""
        period = spelling_of(self.node.get("period"))
        return (*(each.name for each in self.headers), *((period,) if period else ()))

    def is_period(self, header: str) -> bool:
        """Return whether a header is a month, where none is listed."""
        return not self.headers and is_month(header, self.locale)

    @property
    def replaced(self) -> frozenset[str]:
        """Purposes for which no column is named, as their columns are added."""
        if self.dimension is None:
            return frozenset({"value", "period"})
        key = casefold_key(self.dimension)
        return frozenset({"value", f"by {self.dimension}", *(f"each {name}" for name in _spellings(self.node, key))})


def _spellings(node: Node, key: str) -> Iterator[str]:
    """Yield each spelling of a header under 'each' of 'expect', by its key."""
    each = (node.get("expect") or node).get("each")
    for item in (each.items or (each,)) if each else ():
        if casefold_key(spelling_of(item) or "") == key:
            yield spelling_of(item) or ""


def read_spread(
    series: SeriesContext, node: Node, locale: str, years: ReportingYears | None
) -> SpreadValues | Finding | None:
    """Return the columns that 'value' lists, or that are months if it is missing; None where it names one header."""
    value = node.get("value")
    if value is None:
        return SpreadValues(node, locale, years)
    headers, members = _read_list(value)
    if not headers:
        return None
    are_months = all(read_months([each.name for each in headers], locale, are_months=True))
    if value.kind == "list" and are_months:
        return SpreadValues(node, locale, years, headers)
    if (group := node.get("group")) and series.dimensions and series.dimensions[-1] in group.entries:
        message = f"'{series.dimensions[-1]}' has a header under 'group', but 'value' lists its members"
        return error("unknown-key", message, group.entries[series.dimensions[-1]].key.where, "delete it")
    if not series.dimensions:
        message = f"'value' lists {len(headers)} headers, but '{series.id}' has no 'by' that says what they are"
        hint = f"add 'by: …' below 'unit', the name of what {listed((each.name for each in headers[:3]), 'and')} are"
        return error("missing-key", message, value.where, hint)
    return SpreadValues(node, locale, years, headers, members, series.dimensions[-1])


def _read_list(value: Node) -> tuple[tuple[NamedHeader, ...], tuple[str, ...]]:
    """Return the headers that 'value' lists, and the member of each: its name, or what it is mapped to."""
    if value.kind == "mapping":
        headers = tuple(NamedHeader(name, entry.key) for name, entry in value.entries.items())
        return headers, tuple(spelling_of(entry.value) or name for name, entry in value.entries.items())
    headers = tuple(NamedHeader(spelling_of(each) or "", each) for each in value.items)
    return headers, tuple(each.name for each in headers)


def spread_all(
    files: Sequence[Records], values: SpreadValues
) -> tuple[list[WideRecords], list[dict[str, int]], list[Finding]]:
    """Return the records of all files with their columns as rows, and the added columns by purpose."""
    found: list[WideRecords] = []
    columns: list[dict[str, int]] = []
    findings: list[Finding] = []
    for records in files:
        spread = _spread(records, values)
        if isinstance(spread, WideRecords):
            found.append(spread)
            columns.append(_added_columns(spread, values))
        else:
            findings += spread
    return found, columns, findings


def _added_columns(records: WideRecords, values: SpreadValues) -> dict[str, int]:
    label = records.value_column + 1
    return {key: records.value_column if key == "value" else label for key in values.replaced}


def _spread(records: Records, values: SpreadValues) -> WideRecords | list[Finding]:
    """Return the records with their columns as rows, or why they can't be made so."""
    places = [find_column(records.table, each.name, each.node) for each in values.headers]
    if wrong := [each for each in places if isinstance(each, Finding)]:
        return wrong
    columns = [each for each in places if isinstance(each, int)]
    if values.dimension is not None:
        spread = [SpreadColumn(*each) for each in zip(columns, values.members, strict=True)]
        return spread_records(records, spread, values.dimension, None)
    return _MonthTable(records, values, columns).spread()


class _MonthTable(Struct, frozen=True):
    """A table with months as columns."""

    records: Records
    values: SpreadValues
    listed: Sequence[int]
    """Columns of the listed headers."""

    @property
    def table(self) -> Table:
        return self.records.table

    def spread(self) -> WideRecords | list[Finding]:
        """Return the rows of the months, or why they can't be made."""
        months = self._find_months()
        if not months:
            message = "'value' of 'aggregate' is missing"
            hint = "add 'value: …', the header of its column"
            return [error("missing-key", message, self.values.node.where, hint)]
        if wrong := list(self._check(months)):
            return wrong
        found = self._find_years(months)
        if not isinstance(found, tuple):
            return found
        years, column = found
        spread = [
            SpreadColumn(each.column, _month_text(each.month, year), year if column is not None else 0)
            for each, year in zip(months, years, strict=True)
        ]
        return spread_records(self.records, spread, "month", column)

    def _find_months(self) -> tuple[MonthColumn, ...]:
        if not self.listed:
            return find_month_columns(self.table, self.values.locale)
        names = [self.table.names[column] for column in self.listed]
        months = read_months(names, self.values.locale, are_months=True)
        return tuple(MonthColumn(column, month) for column, month in zip(self.listed, months, strict=True) if month)

    def _check(self, months: Sequence[MonthColumn]) -> Iterator[Finding]:
        """Yield findings for months that occur twice, only partly have years, or are missing between others."""
        found = [*self._find_repeated(months), *self._find_mixed(months)]
        yield from found
        if not found and not self.listed:
            yield from self._find_missing(months)

    def _find_repeated(self, months: Sequence[MonthColumn]) -> Iterator[Finding]:
        seen: dict[Month, MonthColumn] = {}
        for each in months:
            if first := seen.get(each.month):
                names = (self.table.names[first.column], self.table.names[each.column])
                message = f"the columns '{names[0]}' and '{names[1]}' are of the same month"
                hint = "write the year in each header, such as Jan 2015; or list the columns to add up: value: […]"
                yield error("duplicate-header", message, self._where(each.column), hint)
            seen.setdefault(each.month, each)

    def _find_mixed(self, months: Sequence[MonthColumn]) -> Iterator[Finding]:
        odd = [each for each in months if (each.month.year is None) != (months[0].month.year is None)]
        if odd:
            names = f"'{self.table.names[months[0].column]}' and '{self.table.names[odd[0].column]}'"
            message = f"the headers {names} are months with and without a year"
            yield error("wrong-value", message, self._where(odd[0].column), "write the year in each of them")

    def _find_missing(self, months: Sequence[MonthColumn]) -> Iterator[Finding]:
        present = {each.month.month for each in months}
        for column, name in enumerate(self.table.names):
            month = starts_with_month(name, self.values.locale)
            if month and month not in present:
                message = f"the header '{shorten(name)}' is not read as a month"
                hint = f"write the month alone, such as {month_name(month)[:3]}; or list the columns: value: […]"
                yield error("missing-header", message, self._where(column), hint)
                return
        if gap := _find_gap([each.month for each in months]):
            last = month_name(gap.month) + (f" {gap.year}" if gap.year else "")
            message = f"{self.table.sheet.title} has columns of months, but none for {last}"
            hint = "correct the header of its column, or add it; or list the columns to add up: value: […]"
            yield error("missing-header", message, self._where(months[0].column), hint)

    def _where(self, column: int) -> Location:
        return self.table.sheet.where(self.table.header.number, column)

    def _find_years(self, months: Sequence[MonthColumn]) -> tuple[list[int], int | None] | list[Finding]:
        """Return the year of each month, and no column; or what is added to the years of a column, and the column."""
        period = self.values.node.get("period")
        named = [each.month.year for each in months if each.month.year is not None]
        text = spelling_of(period) or ""
        if period is None:
            return (named, None) if named else [self._missing_year(months)]
        if constant_period(period) and not self.table.columns.get(casefold_key(text)):
            return self._check_named(named, text, period) if named else self._find_constant(months, period)
        if named:
            message = f"the headers of the months, such as '{self.table.names[months[0].column]}', name their year"
            return [error("unknown-key", message, period.where, "delete 'period'")]
        column = find_column(self.table, text, period)
        if isinstance(column, Finding):
            return [column]
        years = self._place(months, 0, period)
        return [years] if isinstance(years, Finding) else (years, column)

    def _check_named(self, named: list[int], text: str, period: Node) -> tuple[list[int], None] | list[Finding]:
        """Return the years that the headers of the months name, unless 'period' is another."""
        if text.isdecimal() and set(named) == {int(text)}:
            return named, None
        years = listed(map(str, sorted(set(named))), "and")
        message = f"'period' is {text}, but the months are of {years}"
        return [error("wrong-value", message, period.where, "delete 'period', as the headers name the years")]

    def _find_constant(self, months: Sequence[MonthColumn], period: Node) -> tuple[list[int], None] | list[Finding]:
        """Return the calendar year of each month of the year that 'period' names."""
        label, findings = read_constant_period(period, self.values.years)
        findings = findings or [
            each for each in check_named_years(self.table, None, label, period) if each.severity is Severity.ERROR
        ]
        if findings:
            return findings
        years = self._place(months, int(label), period)
        return [years] if isinstance(years, Finding) else (years, None)

    def _place(self, months: Sequence[MonthColumn], label: int, period: Node) -> list[int] | Finding:
        """Return the calendar year of each month, by the label of their year.

        In the order of the calendar, they are of that calendar year. From the first month of the report's own year on,
        they are of the year of the report with that label, which is the one in which it ends.
        """
        numbers, years = [each.month.month for each in months], self.values.years
        is_sorted = numbers in (sorted(numbers), sorted(numbers, reverse=True))
        if is_sorted and (years is None or years.is_calendar or len(numbers) == 12):
            return [label] * len(months)
        if years and years.is_whole and not years.is_calendar:
            own = {day.month: day.year - years.end.year for day in years.months(str(years.end.year))}
            order = list(own)
            if numbers == [number for number in order if number in numbers] and numbers[0] == order[0]:
                return [label + own[number] for number in numbers]
        first, last = (self.table.names[each.column] for each in (months[0], months[-1]))
        message = f"the year of each month from '{first}' to '{last}' is not clear"
        hint = f"write it in each header, such as {first} 2015 and {last} 2016, and delete 'period'"
        return error("wrong-value", message, period.where, hint)

    def _missing_year(self, months: Sequence[MonthColumn]) -> Finding:
        year = self.values.years.own_label if self.values.years else 2015
        message = f"the headers of the months, such as '{self.table.names[months[0].column]}', name no year"
        hint = f"add the year: period: {year}; or the header of the column with the years: period: Year"
        return error("missing-key", message, self.values.node.where, hint)


def _month_text(month: Month, year: int) -> str:
    """Return a month, such as '2015-03'; '-03' where its year is in a column, with what is added to that year."""
    return f"{year}-{month.month:02}" if year > 1 else f"-{month.month:02}"


def _find_gap(months: Sequence[Month]) -> Month | None:
    """Return the first month that is missing between others; without years, the months may start with any."""
    if months[0].year is None:
        numbers = [each.month for each in months]
        if all(after == before % 12 + 1 for before, after in pairwise(numbers)):
            return None
        missing = next((each for each in range(min(numbers), max(numbers)) if each not in numbers), None)
        return None if missing is None else Month(None, missing)
    present = {each.year * 12 + each.month - 1 for each in months if each.year is not None}
    missing = next((each for each in range(min(present), max(present)) if each not in present), None)
    return None if missing is None else Month(missing // 12, missing % 12 + 1)
