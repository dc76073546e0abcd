"""Facts by a query: one SELECT over the report's own files, for what 'aggregate' can't express."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from gri_builder.facts.query_columns import TEXT_TABLE, QueriedTable, create_typed_view
from gri_builder.limits.numbers import describe_out_of_range, is_in_range
from gri_builder.model.facts import Fact, Origin
from gri_builder.model.finding import Finding, Severity, error, warning
from gri_builder.model.periods.period import CALENDAR, parse_period
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import text_of
from gri_builder.spreadsheets.numbers import NumberFormat
from gri_builder.tables.cells.percentages import find_fractions
from gri_builder.tables.conversion import Conversion, read_conversion
from gri_builder.tables.periods import PeriodChecker
from gri_builder.tables.record_files import open_records
from gri_builder.tables.series_context import ReadContext, SeriesContext, has_too_many_digits
from gri_builder.tables.source_files import find_file_number_format
from gri_builder.tables.split_findings import split_findings
from gri_builder.tables.sql.query_process import QueryProcess
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import QueryError, QueryLimitError, RowSource
from gri_builder.tables.sql.statements import identifier, literal
from gri_builder.tables.summarize_findings import summarize_findings
from gri_builder.tables.totals.total_records import find_table_totals
from gri_builder.tables.totals.totals import TotalsMode, counted_totals, read_totals_mode
from gri_builder.tables.units.query_units import check_query_units
from gri_builder.tables.usage import ReadValues, TableUse

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CALENDAR_YEAR = re.compile(
    r"\b(left\s*\([^()]*,\s*4\s*\)|substr(ing)?\s*\([^()]*,\s*1\s*,\s*4\s*\)|year\s*\([^()]*\)|extract\s*\(\s*year\b[^()]*\)"
    r"|date_part\s*\(\s*'year'[^()]*\)|strftime\s*\([^()]*'%Y'[^()]*\))",
    re.IGNORECASE,
)
"""Functions that take the calendar year of a date."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that control a terminal or the direction of text."""


def read_query(series: SeriesContext, node: Node, context: ReadContext) -> ReadValues:
    """Return the facts that a query gives, findings about it, its files and its result, and what it uses of them."""
    found = _read_query(series, node, context)
    return found._replace(findings=summarize_findings(found.findings))


def _read_query(series: SeriesContext, node: Node, context: ReadContext) -> ReadValues:
    conversion, findings = read_conversion(series, node)
    number_format, wrong_locale = find_file_number_format(node.get("locale"), context)
    findings += wrong_locale
    written, files = node.get("sql"), node.get("files")
    sql = (text_of(written) or "").strip().rstrip(";")
    if conversion is None or written is None or files is None:
        return ReadValues([], findings)
    if wrong_names := list(_check_tables(files.entries)):
        return ReadValues([], [*findings, *wrong_names])
    process = context.record_cache.query_process()
    reader = QueryReader(series, node, written, sql, conversion, number_format, process)
    is_sorted, refused = reader.check_query(list(files.entries))
    if refused:
        return ReadValues([], [*findings, *refused])
    tables, more = reader.open_tables(files.entries, context)
    findings += more
    findings += check_query_units(conversion.check(series.units), sql, tables.values())
    if not tables:
        return ReadValues([], findings)
    findings += reader.check_years(context.years)
    facts, more = split_findings(reader.run(tables, is_sorted))
    findings += find_fractions(facts, conversion.given)
    uses = (
        TableUse(each.table, _named_columns(each, sql), node, is_query=True, series=series) for each in tables.values()
    )
    return ReadValues(facts, findings + more, tuple(uses))


def _named_columns(records: Records, sql: str) -> frozenset[int]:
    """Return the columns that a query names; all where it selects '*'."""
    if re.search(r"(?:\.|\bselect\s+)\*", sql, re.IGNORECASE):
        return frozenset(range(len(records.columns)))
    words = sql.casefold()
    return frozenset(
        place
        for place, name in enumerate(records.columns)
        if re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", words)
    )


class QueryReader(Struct, frozen=True):
    """Runs the query of one series."""

    series: SeriesContext
    node: Node
    written: Node
    """The query in the YAML file."""
    sql: str
    conversion: Conversion
    number_format: NumberFormat
    process: QueryProcess

    def _error(self, message: str, hint: str) -> Finding:
        return error("invalid-query", message, self.written.where, hint)

    def check_query(self, tables: Sequence[str]) -> tuple[bool, list[Finding]]:
        """Return whether the query states the order of its rows, and a finding for each part that is not allowed.

        What is allowed has the same result at any time and on any machine, and reads the tables of its files alone.
        """
        try:
            judged = self.process.judge(self.sql, tuple(tables))
        except QueryError as problem:
            finding = self._error(f"the query is not valid: {problem}", "check it against DuckDB's SQL syntax")
            return False, [finding]
        except QueryLimitError as problem:
            return False, [self._stopped(problem)]
        return judged.is_sorted, [self._error(_printable(each.message), each.hint) for each in judged.refusals]

    def _stopped(self, problem: QueryLimitError) -> Finding:
        hint = f"make it simpler, or {problem.limit.hint}"
        return error("query-takes-too-much", str(problem), self.written.where, hint)

    def check_years(self, years: ReportingYears | None) -> Iterator[Finding]:
        """Yield a warning where the query takes calendar years, but those of the report are others."""
        found = _CALENDAR_YEAR.search(self.sql)
        if found is None or years is None or years.is_calendar or "interval" in self.sql.casefold():
            return
        year = years.year(years.end.year)
        message = f"'{shorten(found[0])}' is a calendar year, but the reporting year is {year.first} to {year.last}"
        months = 12 - years.end.month
        hint = f"write year(CAST(… AS DATE) + INTERVAL {months} MONTH)" if months else "choose the days of the period"
        yield warning("period-across-years", message, self.written.where, hint)

    def open_tables(
        self, entries: Mapping[str, Entry], context: ReadContext
    ) -> tuple[dict[str, Records], list[Finding]]:
        """Return the records of each file by the name of its table; empty where one can't be read."""
        tables: dict[str, Records] = {}
        findings: list[Finding] = []
        for name, entry in entries.items():
            unit = self.conversion.given
            records, more = open_records(entry.value, self.node.get("sheet"), (), unit, context)
            findings += more
            if records:
                tables[name] = records
        return tables if len(tables) == len(entries) else {}, findings

    def run(self, tables: Mapping[str, Records], is_sorted: bool) -> Iterator[Fact | Finding]:
        """Yield the facts in the query's result; rows whose order is not stated are put in that of their names."""
        try:
            names, rows, findings = self._run_query(tables)
        except QueryError as problem:
            known = "; ".join(f"{name}: {', '.join(each.columns)}" for name, each in tables.items())
            message = f"the query fails: {_printable(str(problem))}"
            yield self._error(message, f"the tables and their columns are {known}")
            return
        except QueryLimitError as problem:
            yield self._stopped(problem)
            return
        yield from findings
        if any(finding.severity is Severity.ERROR for finding in findings):
            return
        wanted = ("period", "value", *self.series.dimensions)
        if tuple(name.casefold() for name in names) != tuple(name.casefold() for name in wanted):
            message = f"the result has the columns {listed(names, 'and')}" if names else "the result has no columns"
            yield self._error(_printable(message), f"it needs {listed(wanted, 'and')}, in this order")
            return
        if not rows:
            yield self._error("the result has no row", "check the WHERE clause")
        yield from self._facts(rows if is_sorted else sorted(rows, key=_row_key), tables)

    def _run_query(self, tables: Mapping[str, Records]) -> tuple[tuple[str, ...], list[tuple[Any, ...]], list[Finding]]:
        """Return column names and rows of the result, and findings about its numbers.

        Raises QueryError and QueryLimitError.
        """
        is_declared, findings = self.node.get("locale") is not None, []
        database = self.process.open({TEXT_TABLE.format(name): records for name, records in tables.items()})
        for name, records in tables.items():
            named = _named_columns(records, self.sql)
            table = QueriedTable(name, records, named, self.number_format, is_declared)
            findings += create_typed_view(database, table, self.conversion.given)
        if any(finding.severity is Severity.ERROR for finding in findings):
            return (), [], findings
        found = database.result(self.sql)
        return found.names, found.rows, [*findings, *self._find_totals(database, tables)]

    def _find_totals(self, database: RowSource, tables: Mapping[str, Records]) -> list[Finding]:
        """Return an error for totals in columns that the query does not name, so that it can't leave them out."""
        if read_totals_mode(self.node, self.series.node) is TotalsMode.INCLUDE:
            return []
        found = find_table_totals(database, {TEXT_TABLE.format(name): each for name, each in tables.items()}, self.node)
        totals = [each for each in found if not self._names(each.header)]
        if not totals:
            return []
        condition = f"{identifier(totals[0].header)} <> {literal(totals[0].label)}"
        hint = f"leave them out: WHERE {condition}; or write under 'query': totals: include, if they are no totals"
        return [counted_totals(totals, "rows", hint)]

    def _names(self, column: str) -> bool:
        """Return whether the query names a column."""
        return re.search(rf"(?<!\w){re.escape(column)}(?!\w)", self.sql, re.IGNORECASE) is not None

    def _facts(self, rows: Sequence[tuple[Any, ...]], tables: Mapping[str, Records]) -> Iterator[Fact | Finding]:
        periods, seen = PeriodChecker(self.series.last_day, self.series.years), set[tuple[str, ...]]()
        for row in rows:
            if finding := self._check_names(row):
                yield finding
                continue
            period, value, *members = row
            key = (str(period), *map(_one_line, members))
            yield from self._check_period(key[0], periods)
            if key in seen:
                message = f"the result has two rows for {', '.join(key)}"
                yield self._error(message, "group by period and by each name in 'by'")
            else:
                yield self._read_value(key, value, tables)
            seen.add(key)

    def _check_names(self, row: tuple[Any, ...]) -> Finding | None:
        """Return a finding for a row whose period or names are missing, or hold characters that do not print."""
        for name, cell in zip(("period", *self.series.dimensions), (row[0], *row[2:]), strict=True):
            text = "" if cell is None else _one_line(cell)
            if not text:
                hint = f"leave such rows out: WHERE … IS NOT NULL; or name them: coalesce(…, 'Other') AS {name}"
                return self._error(f"'{name}' is empty (NULL) in a row of the result", hint)
            if found := _CONTROL.search(text):
                message = f"'{name}' has a control character (U+{ord(found[0]):04X}): '{_printable(text)}'"
                return self._error(message, "remove it from the file, or replace it in the query")
        return None

    def _check_period(self, label: str, periods: PeriodChecker) -> Iterator[Finding]:
        """Yield findings for a label that is not understood as a period, once for each."""
        if not periods.is_new(label):
            return
        found = [*periods.check(label, self.written.where)]
        yield from found
        if not found and parse_period(label, self.series.years or CALENDAR) is None:
            hint = "write periods such as 2015, FY2015, 2014/15, Q1 2015 or 31.12.2015"
            yield self._error(f"'{shorten(label)}' is not a period", hint)

    def _read_value(self, key: tuple[str, ...], value: Any, tables: Mapping[str, Records]) -> Fact | Finding:
        """Return the fact of a row; a finding where its value is no finite number of a limited size."""
        label, number = ", ".join(key), _number(value)
        if value is None:
            hint = "leave such rows out: WHERE … IS NOT NULL; or write 0 where that is meant: coalesce(…, 0)"
            return self._error(f"the value of {label} is empty (NULL)", hint)
        if number is None:
            message = f"the value of {label} is not a number: '{_printable(str(value))}'"
            return self._error(message, "cast it to a number")
        if not is_in_range(number):
            message, hint = describe_out_of_range()
            return error("number-out-of-range", f"the value of {label} {message}", self.written.where, hint)
        number = _without_zeros(number)
        if has_too_many_digits(number) and not self.series.is_rounded:
            message = f"the value of {label} has an unlimited number of digits"
            return self._error(message, "state how many to print: decimals: 2")
        sheet = next(iter(tables.values())).sheet
        row_count = sum(len(records.numbers) for records in tables.values())
        given = f"{number:f} {self.conversion.given.symbol}" if self.conversion.is_needed else None
        origin = Origin(sheet.path, sheet.sha256, sheet.name, query=self.sql, rows=row_count, source_value=given)
        where = self.written.where
        return Fact(self.series.id, key[0], key[1:], self.conversion(number), where, "measured", origin)


def _check_tables(entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Yield an error for each name of a table that a query can't write without quotes."""
    for name, entry in entries.items():
        if not _NAME.fullmatch(name):
            message = f"'{shorten(name)}' is not a valid name of a table"
            yield error("wrong-value", message, entry.key.where, "use letters, digits and underscores, such as sites")


def _row_key(row: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the key by which rows are ordered: the period, then the names."""
    return tuple(str(cell) for cell in (row[0], *row[2:]))


def _one_line(cell: Any) -> str:
    return " ".join(str(cell).split())


def _printable(text: str) -> str:
    """Return a text of the query or its result for a message: on one line, shortened, without control characters."""
    return shorten(_CONTROL.sub("\ufffd", text), 200)


def _number(value: Any) -> Decimal | None:
    """Return a cell of the result as a number; None where it is not a finite number."""
    try:
        number = Decimal(str(value)) if value is not None and not isinstance(value, bool) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _without_zeros(number: Decimal) -> Decimal:
    """Return a number without zeros at the end of its decimals."""
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
