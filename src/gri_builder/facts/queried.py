"""Facts by a query: one SELECT over the report's own files, for what 'aggregate' can't express."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from gri_builder.facts.query_columns import TEXT_TABLE, QueriedTable, create_typed_view
from gri_builder.model.facts import Fact, Origin
from gri_builder.model.finding import Finding, Severity, error, warning
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
from gri_builder.tables.sql.database import Database, QueryError, statement_types
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.statements import identifier, literal
from gri_builder.tables.summarize_findings import summarize_findings
from gri_builder.tables.totals.total_records import find_table_totals
from gri_builder.tables.totals.totals import TotalsMode, counted_totals, read_totals_mode
from gri_builder.tables.units.query_units import check_query_units
from gri_builder.tables.usage import ReadValues, TableUse

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NON_DETERMINISTIC = re.compile(
    r"\b(random|uuid|gen_random_uuid|uuidv[47]|now|today|version|setseed|current_date|current_time|current_timestamp"
    r"|localtime|localtimestamp|get_current_time|get_current_timestamp|transaction_timestamp"
    r"|tablesample|using\s+sample)\b",
    re.IGNORECASE,
)
"""Words whose result changes from run to run."""
_FORBIDDEN = re.compile(
    r"\b(query|query_table|current_setting|duckdb_\w+|pragma_\w+|read_\w+|\w+_scan|glob|sniff_csv)\s*\(", re.IGNORECASE
)
"""Functions that run texts as queries, expose the machine's settings, or read files."""
_CALENDAR_YEAR = re.compile(
    r"\b(left\s*\([^()]*,\s*4\s*\)|substr(ing)?\s*\([^()]*,\s*1\s*,\s*4\s*\)|year\s*\([^()]*\)|extract\s*\(\s*year\b[^()]*\)"
    r"|date_part\s*\(\s*'year'[^()]*\)|strftime\s*\([^()]*'%Y'[^()]*\))",
    re.IGNORECASE,
)
"""Functions that take the calendar year of a date."""
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)


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
    reader = QueryReader(series, node, written, sql, conversion, number_format)
    if forbidden := reader.check_query():
        return ReadValues([], [*findings, forbidden])
    tables, more = reader.open_tables(files.entries, context)
    findings += more
    findings += check_query_units(conversion.check(series.units), sql, tables.values())
    if not tables:
        return ReadValues([], findings)
    findings += reader.check_years(context.years)
    facts, more = split_findings(reader.run(tables))
    findings += find_fractions(facts, conversion.given)
    uses = tuple(TableUse(each.table, _named_columns(each, sql), node) for each in tables.values())
    return ReadValues(facts, findings + more, uses)


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

    def _error(self, message: str, hint: str) -> Finding:
        return error("invalid-query", message, self.written.where, hint)

    def check_query(self) -> Finding | None:
        """Return a finding unless the query is one SELECT with the same result at any time and on any machine."""
        try:
            types = statement_types(self.sql)
        except QueryError as problem:
            return self._error(f"the query is not valid: {problem}", "check it against DuckDB's SQL syntax")
        if list(types) != ["SELECT"]:
            found = "several statements" if len(types) > 1 else f"a {types[0]} statement" if types else "no statement"
            return self._error(f"a query is one SELECT, but this is {found}", "write one SELECT … FROM … statement")
        unquoted = _QUOTED.sub(" ", self.sql)
        if found_word := _NON_DETERMINISTIC.search(unquoted):
            return self._error(
                f"'{found_word[0]}' gives another result each time", "write the date or the number as a constant"
            )
        if found_word := _FORBIDDEN.search(unquoted):
            message = f"'{found_word[1]}' is not allowed: a query can read only the tables of its files"
            return self._error(message, "name the files under 'files', and use only their tables")
        return None

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
            if not _NAME.fullmatch(name):
                message = f"'{shorten(name)}' is not a valid name of a table"
                hint = "use letters, digits and underscores, such as sites"
                findings.append(error("wrong-value", message, entry.key.where, hint))
                continue
            unit = self.conversion.given
            records, more = open_records(entry.value, self.node.get("sheet"), (), unit, context)
            findings += more
            if records:
                tables[name] = records
        return tables if len(tables) == len(entries) else {}, findings

    def run(self, tables: Mapping[str, Records]) -> Iterator[Fact | Finding]:
        """Yield the facts in the query's result."""
        try:
            names, rows, findings = self._run_query(tables)
        except QueryError as problem:
            known = "; ".join(f"{name}: {', '.join(each.columns)}" for name, each in tables.items())
            yield self._error(f"the query fails: {problem}", f"the tables and their columns are {known}")
            return
        yield from findings
        if any(finding.severity is Severity.ERROR for finding in findings):
            return
        wanted = ("period", "value", *self.series.dimensions)
        if tuple(name.casefold() for name in names) != tuple(name.casefold() for name in wanted):
            message = f"the result has the columns {listed(names, 'and')}" if names else "the result has no columns"
            yield self._error(message, f"it needs {listed(wanted, 'and')}, in this order")
            return
        if not rows:
            yield self._error("the result has no row", "check the WHERE clause")
        yield from self._facts(rows, tables)

    def _run_query(self, tables: Mapping[str, Records]) -> tuple[tuple[str, ...], list[tuple[Any, ...]], list[Finding]]:
        """Return the column names and rows of the query's result, and findings about its numbers; raises QueryError."""
        is_declared, findings = self.node.get("locale") is not None, []
        database = Database({TEXT_TABLE.format(name): records for name, records in tables.items()})
        try:
            for name, records in tables.items():
                named = _named_columns(records, self.sql)
                table = QueriedTable(name, records, named, self.number_format, is_declared)
                findings += create_typed_view(database, table, self.conversion.given)
            is_wrong = any(finding.severity is Severity.ERROR for finding in findings)
            if is_wrong:
                return (), [], findings
            names, rows = database.table(self.sql)
            return names, rows, [*findings, *self._find_totals(database, tables)]
        finally:
            database.close()

    def _find_totals(self, database: Database, tables: Mapping[str, Records]) -> list[Finding]:
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
        sheet = next(iter(tables.values())).sheet
        row_count = sum(len(records.numbers) for records in tables.values())
        for period, value, *members in rows:
            key = (str(period), *(" ".join(str(member).split()) for member in members))
            label = ", ".join(key)
            yield from periods.check(key[0], self.written.where)
            number = _number(value)
            if key in seen:
                yield self._error(f"the result has two rows for {label}", "group by period and by each name in 'by'")
            elif number is None and value is not None:
                message = f"the value of {label} is not a number: '{shorten(str(value))}'"
                yield self._error(message, "cast it to a number")
            elif number is not None and has_too_many_digits(number) and not self.series.is_rounded:
                message = f"the value of {label} has an unlimited number of digits"
                yield self._error(message, "state how many to print: decimals: 2")
            elif number is not None:
                given = f"{number:f} {self.conversion.given.symbol}" if self.conversion.is_needed else None
                origin = Origin(
                    sheet.path, sheet.sha256, sheet.name, query=self.sql, rows=row_count, source_value=given
                )
                where = self.written.where
                yield Fact(self.series.id, key[0], key[1:], self.conversion(number), where, "measured", origin)
            seen.add(key)


def _number(value: Any) -> Decimal | None:
    """Return a cell of the result as a number, without zeros at its end; None where it is not a finite number."""
    try:
        number = Decimal(str(value)) if value is not None and not isinstance(value, bool) else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite():
        return None
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
