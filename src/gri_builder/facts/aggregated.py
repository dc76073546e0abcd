"""Aggregated facts: compute a series from table rows with SQL and report data-quality issues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.aggregated_periods import AggregatedPeriods
from gri_builder.model.facts import Fact, Origin
from gri_builder.model.finding import Finding, Severity, error
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.tables.cells.adjusted_origins import AdjustedRows, note_rows, number_and_text_columns
from gri_builder.tables.cells.adjusted_tables import adjust_all, places_by_name
from gri_builder.tables.cells.cell_adjustments import read_cell_adjustments
from gri_builder.tables.cells.percentages import find_fractions
from gri_builder.tables.cells.workbook_columns import count_column_places
from gri_builder.tables.constant_period import constant_period
from gri_builder.tables.conversion import Conversion, read_conversion
from gri_builder.tables.record_files import open_all_records
from gri_builder.tables.row_checks import (
    Chosen,
    LoadedRows,
    check_keys,
    check_numbers,
    conditions,
)
from gri_builder.tables.series_context import ReadContext, SeriesContext, has_too_many_digits
from gri_builder.tables.shapes.header_rows import find_header_above, read_header_rows
from gri_builder.tables.shapes.sheets import explain_missing
from gri_builder.tables.shapes.spread import SpreadValues, read_spread, spread_all
from gri_builder.tables.source_digits import Given, add_source_digits
from gri_builder.tables.source_files import find_column, find_file_number_format
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import QueryError
from gri_builder.tables.sql.statements import (
    AggregateFunction,
    AggregateQuery,
    NumberColumn,
    identifier,
)
from gri_builder.tables.summarize_findings import summarize_findings
from gri_builder.tables.table import unknown_row
from gri_builder.tables.totals.duplicates import DuplicatesMode, find_duplicates, read_duplicates_mode
from gri_builder.tables.totals.total_comparison import compare_totals
from gri_builder.tables.totals.total_records import find_named_totals, find_unnamed_totals, sort_out_totals
from gri_builder.tables.totals.totals import Total, TotalsMode, read_totals_mode, unused_totals
from gri_builder.tables.units.aggregated_units import (
    RowFactor,
    check_aggregated_units,
    multiply_by_unit,
    read_row_factor,
)
from gri_builder.tables.units.row_units import list_unit_columns
from gri_builder.tables.usage import ReadValues, TableUse

MEAN_DIGITS = 28
"""Significant digits of means."""
FACTOR_PRECISION = 19
"""Precision of values and weights, so that their products fit into a decimal number of the database."""
MEANS = (AggregateFunction.MEAN, AggregateFunction.WEIGHTED_MEAN, AggregateFunction.RATIO)
Headers = Mapping[str, Node]
"""Places that name headers, by purpose: 'period', 'value', 'weight', 'by …', 'where …', 'each …'."""


def read_aggregate(series: SeriesContext, node: Node, context: ReadContext, rows: str | None = None) -> ReadValues:
    """Return the facts that 'aggregate' describes, findings about its rows, and which of them are used.

    `rows` names the column with the number of rows that each row was made of; None where each is one.
    """
    found = _read_aggregate(series, node, context, rows)
    return found._replace(findings=summarize_findings(found.findings))


def _read_aggregate(series: SeriesContext, node: Node, context: ReadContext, rows: str | None) -> ReadValues:
    conversion, findings = read_conversion(series, node)
    number_format, wrong_locale = find_file_number_format(node.get("locale"), context)
    function = AggregateFunction(text_of(node.get("how")) or "sum")
    is_count = function is AggregateFunction.COUNT
    spread = None if is_count else read_spread(series, node, number_format.locale, context.years)
    headers = spread if isinstance(spread, Finding) else read_headers(series, node, function, spread)
    findings += wrong_locale
    if isinstance(headers, Finding):
        findings.append(headers)
    if conversion is None or isinstance(headers, Finding) or isinstance(spread, Finding):
        return ReadValues([], findings)
    files, wrong_files = _open_files(node, headers, spread, conversion.given, context)
    columns, wrong_columns = _find_columns(files, headers)
    findings += [*wrong_files, *explain_missing(wrong_columns, files, columns, len(headers), node.get("sheet"))]
    if not files or wrong_columns:
        return ReadValues([], findings)
    adjustments, wrong = read_cell_adjustments(node, conversion.given)
    kinds = [number_and_text_columns(*each, spread) for each in zip(files, columns, strict=True)]
    adjusted, more = adjust_all(files, kinds, adjustments, number_format, context)
    findings += [*wrong, *more]
    files = [each.records for each in adjusted]
    if spread:
        wide, added, wrong_shape = spread_all(files, spread)
        columns = [found | new for found, new in zip(columns, added, strict=False)]
        if wrong_shape:
            return ReadValues([], [*findings, *wrong_shape])
        files = list(wide)
    tables = {records.name: records for records in files}
    try:
        database, changed = context.record_cache.database(files), places_by_name(adjusted)
        loaded = LoadedRows(database, tables, columns, number_format, node, changed)
        noted = AdjustedRows(adjustments, adjusted)
        reader = AggregatedReader(series, node, function, loaded, conversion, context.years, noted, rows)
        facts, more = reader.read()
    except QueryError as problem:
        message = f"the rows can't be aggregated: {problem}"
        hint = "check the size of the numbers in the column"
        return ReadValues([], [*findings, error("invalid-query", message, node.where, hint)])
    return ReadValues(facts, findings + more, tuple(reader.uses()))


def read_headers(
    series: SeriesContext, node: Node, function: AggregateFunction, spread: SpreadValues | None
) -> Headers | Finding:
    """Return the places that name the headers, or the finding for a header that is missing or unknown."""
    needed = [] if constant_period(node.get("period")) else ["period"]
    if function is not AggregateFunction.COUNT:
        needed.append("value")
    if function in (AggregateFunction.WEIGHTED_MEAN, AggregateFunction.RATIO):
        needed.append("weight")
    replaced = spread.replaced if spread else frozenset()
    found: dict[str, Node] = {}
    for key in (key for key in needed if key not in replaced):
        if (named := node.get(key)) is None:
            message = f"'{key}' of 'aggregate' is missing"
            more = ", or the year of all rows, such as 2015" if key == "period" else ""
            return error("missing-key", message, node.where, f"add '{key}: …', the header of its column{more}")
        found |= {key if not place else f"{key} {place}": each for place, each in enumerate(named.items or (named,))}
    if (unit := node.get("unit")) is not None and (column := unit.get("column")) is not None:
        found["unit"] = column
    groups = _read_groups(series, node)
    if isinstance(groups, Finding):
        return groups
    where, expect = node.get("where"), node.get("expect")
    chosen = {f"where {name}": entry.key for name, entry in where.entries.items()} if where else {}
    each = expect.get("each") if expect else None
    expected = {f"each {spelling_of(item)}": item for item in (each.items or (each,))} if each else {}
    return {key: each for key, each in (found | groups | chosen | expected).items() if key not in replaced}


def _read_groups(series: SeriesContext, node: Node) -> dict[str, Node] | Finding:
    """Return the places that name the headers of dimensions; one without an entry in 'group' has its own name."""
    group, file = node.get("group"), node.get("file") or node.get("from") or node
    entries = dict(group.entries) if group else {}
    known = set(map(casefold_key, series.dimensions))
    for name, entry in entries.items():
        if casefold_key(name) not in known:
            nearest = find_nearest(name, series.dimensions)
            hint = f"did you mean '{nearest}'?" if nearest else f"add it: by: {name}"
            return error("unknown-key", f"'{shorten(name)}' is not in 'by'", entry.key.where, hint)
    given = {casefold_key(name): entry.value for name, entry in entries.items()}
    return {
        f"by {name}": given.get(casefold_key(name))
        or Node("text", file.file, file.line, file.column, file.width, file.pointer, name)
        for name in series.dimensions
    }


def _open_files(
    node: Node, headers: Headers, spread: SpreadValues | None, unit: Unit, context: ReadContext
) -> tuple[list[Records], list[Finding]]:
    """Return the records of all files; none where one can't be read."""
    named, sheet = node.get("file"), node.get("sheet")
    if named is None:
        return [], []
    names = [spelling_of(each) or "" for each in headers.values()]
    is_period = spread.is_period if spread else None
    names += spread.names if spread else ()
    rows = read_header_rows(node)
    opened = [open_all_records(each, sheet, names, unit, context, is_period, rows) for each in named.items or (named,)]
    found = [records for several, _ in opened for records in several]
    return found if all(several for several, _ in opened) else [], [finding for _, more in opened for finding in more]


def _find_columns(files: Sequence[Records], headers: Headers) -> tuple[list[dict[str, int]], list[Finding]]:
    """Return the columns of the headers in each file, from 0, and findings for headers that are not usable."""
    columns: list[dict[str, int]] = []
    findings: list[Finding] = []
    for records in files:
        found = {key: find_column(records.table, spelling_of(n) or "", n) for key, n in headers.items()}
        wrong = [each for each in found.values() if isinstance(each, Finding)]
        values = [each for key in ("value", "weight") if isinstance(each := found.get(key), int)]
        keys = {each for each in found.values() if isinstance(each, int)} - set(values)
        second = find_header_above(records.table, values, wrong, keys, "value")
        findings += [second] if second else wrong
        columns.append({key: column for key, column in found.items() if isinstance(column, int)})
    return columns, findings


class AggregatedReader(Struct, frozen=True):
    """Computes the facts of one series from loaded rows."""

    series: SeriesContext
    node: Node
    function: AggregateFunction
    loaded: LoadedRows
    conversion: Conversion
    years: ReportingYears | None
    """The report's years; None where its period is not known."""
    adjusted: AdjustedRows
    """Which cells of the rows count as others than the files state."""
    rows: str | None = None
    """Column with the number of rows that each row was made of; None where each is one."""

    def uses(self) -> Iterator[TableUse]:
        """Yield what it uses of each file."""
        condition = conditions(self._choose()[0]) if self.node.get("where") else None
        for (name, records), columns in zip(self.loaded.tables.items(), self.loaded.columns, strict=True):
            chosen = tuple(column for key, column in columns.items() if key.startswith("where "))
            used = records.used_columns(columns.values()) | list_unit_columns(records.table, self.series.units, None)
            rows = (None, records, self.loaded.database, name, condition, chosen)
            yield TableUse(records.table, used, self.node, *rows, series=self.series)

    def read(self) -> tuple[list[Fact], list[Finding]]:
        """Return the facts; none where an error in the rows would make them wrong."""
        chosen, findings = self._choose()
        if findings:
            return [], findings
        mode, given = read_totals_mode(self.node, self.series.node), chosen
        totals = [] if mode is TotalsMode.INCLUDE else find_named_totals(self.loaded, chosen)
        chosen, findings = sort_out_totals(chosen, totals, mode)
        if findings:
            return [], findings
        value, weight, more = self._read_numbers(chosen)
        periods = AggregatedPeriods(self.loaded, self.node, self.function, self.years)
        column, wrong_periods = periods.read(chosen)
        row_factor, wrong_units = self._read_units(chosen)
        findings = [*wrong_units, *more, *wrong_periods, *check_keys(self.loaded, chosen)]
        if any(finding.severity is Severity.ERROR for finding in findings):
            return [], findings
        year = periods.expression(column, chosen).label
        chosen, counted = self._check_counted(given, chosen, totals, mode, value, year)
        findings += counted
        if any(finding.severity is Severity.ERROR for finding in counted):
            return [], findings
        groups = {name: self.loaded.name(f"by {name}") for name in self.series.dimensions}
        tables, period = tuple(self.loaded.tables), periods.expression(column, chosen)
        value, weight = multiply_by_unit(value, weight, row_factor)
        is_distinct = read_duplicates_mode(self.node) is DuplicatesMode.DROP
        query = AggregateQuery(tables, self.function, period, value, weight, groups, chosen, is_distinct, self.rows)
        conversion = replace(self.conversion, given=row_factor.unit if row_factor else self.conversion.given)
        read = list(self._facts(query, conversion))
        facts = add_source_digits([fact for fact, _ in read], [each for _, each in read], conversion.is_needed)
        facts, unread = note_rows(facts, query, self.loaded, self.adjusted)
        findings += [*unread, *periods.check_rows(column, chosen)]
        findings += find_duplicates(self.loaded, chosen) if self._is_changed_by_duplicates() else ()
        findings += self._check_single(query)
        if not facts and not findings:
            message = f"no row has a value for '{self.series.id}'"
            hint = "check 'where', and the column of the values"
            findings.append(error("no-matching-row", message, self.node.where, hint))
        findings += self._check_digits([given.number for _, given in read])
        return facts, [*findings, *find_fractions(facts, self.conversion.given)]

    def _choose(self) -> tuple[Chosen, list[Finding]]:
        """Return the accepted texts of each column in 'where', and findings for those that no row has."""
        where = self.node.get("where")
        chosen: dict[str, list[str]] = {}
        findings: list[Finding] = []
        for key, entry in (where.entries if where else {}).items():
            column = self.loaded.name(f"where {key}")
            present: dict[str, list[str]] = {}
            for (text,) in self.loaded.query_all(f"SELECT DISTINCT {identifier(column)} FROM {{}} ORDER BY 1"):
                present.setdefault(casefold_key(text or ""), []).append(text)
            nodes = [each for each in (entry.value.items or (entry.value,)) if spelling_of(each)]
            known = [text for texts in present.values() for text in texts if text]
            findings += [unknown_row(node, column, known) for node in nodes if _key(node) not in present]
            chosen[column] = [text for node in nodes for text in present.get(_key(node), ())]
        return chosen, findings

    def _check_counted(
        self,
        given: Chosen,
        chosen: Chosen,
        totals: Sequence[Total],
        mode: TotalsMode | None,
        value: NumberColumn | None,
        year: str,
    ) -> tuple[Chosen, list[Finding]]:
        """Return the accepted texts without those of unnamed totals, and findings for rows that are counted twice.

        `given` are the accepted texts with those of the named totals, `year` is the expression for a row's year in SQL.
        """
        unnamed = find_unnamed_totals(self.loaded, chosen, value) if value and mode is not TotalsMode.INCLUDE else []
        chosen, findings = sort_out_totals(chosen, unnamed, mode)
        if mode is TotalsMode.CHECK and totals and value is None:
            message = f"'totals: check' compares numbers, but 'how: {self.function}' reads none"
            findings.append(error("wrong-value", message, self.node.where, "write 'totals: exclude'"))
        elif mode is TotalsMode.CHECK and value:
            findings += compare_totals(self.loaded, given, totals, value, self.conversion.given, year)
        if mode in (TotalsMode.CHECK, TotalsMode.EXCLUDE) and not totals and not unnamed:
            findings.append(unused_totals(mode, self.node))
        return chosen, findings

    def _read_numbers(self, chosen: Chosen) -> tuple[NumberColumn | None, NumberColumn | None, list[Finding]]:
        """Return the columns of values and weights, as far as they are needed."""
        if self.function is AggregateFunction.COUNT:
            return None, None, []
        value, findings = check_numbers(self.loaded, "value", chosen, self.conversion.given)
        if self.function not in (AggregateFunction.WEIGHTED_MEAN, AggregateFunction.RATIO):
            return value, None, findings
        weight, more = check_numbers(self.loaded, "weight", chosen, None)
        if self.function is AggregateFunction.RATIO:
            return value, weight, findings + more
        return replace(value, width=FACTOR_PRECISION), replace(weight, width=FACTOR_PRECISION), findings + more

    def _read_units(self, chosen: Chosen) -> tuple[RowFactor | None, list[Finding]]:
        """Return the factor of each row's unit, if a column names it, and findings for units that differ."""
        if self.function is AggregateFunction.COUNT:
            return None, []
        if self.conversion.column is not None:
            return read_row_factor(self.loaded, self.conversion, self.series.units, chosen)
        return None, list(check_aggregated_units(self.loaded, self.conversion.check(self.series.units), chosen))

    def _facts(self, aggregate: AggregateQuery, conversion: Conversion) -> Iterator[tuple[Fact, Given]]:
        """Yield the facts, each with its value before conversion."""
        query, depth = aggregate.query, len(self.series.dimensions)
        sheet = self.loaded.tables[aggregate.tables[0]].sheet
        given, places = conversion.given.symbol, self._count_places()
        for row in self.loaded.database.rows(query):
            period, members, parts = str(row[0]), row[1 : 1 + depth], row[1 + depth : -1]
            value = _value(parts)
            if value is None:
                continue
            origin = Origin(
                sheet.path,
                sheet.sha256,
                sheet.name,
                query=aggregate.publish(self.loaded.printed(query)),
                rows=int(row[-1]),
                source_value=f"{value:f} {given}" if conversion.is_needed else None,
            )
            texts = tuple(" ".join(str(member).split()) for member in members)
            fact = Fact(self.series.id, period, texts, conversion(value), self.node.where, "measured", origin)
            yield fact, Given(value, places)

    def _count_places(self) -> int | None:
        """Return the digits after the decimal sign that the cells of a workbook show; None: as many as the values."""
        if self.function in (AggregateFunction.COUNT, *MEANS):
            return None
        places = [count_column_places(records, column) for records, column in self.loaded.columns_of("value")]
        return None if None in places else max((each for each in places if each is not None), default=None)

    def _is_changed_by_duplicates(self) -> bool:
        """Return whether rows that are equal would change the values, and the description says nothing about them."""
        is_extreme = self.function in (AggregateFunction.MIN, AggregateFunction.MAX)
        return not (is_extreme or read_duplicates_mode(self.node) or self.node.get("expect"))

    def _check_single(self, query: AggregateQuery) -> Iterator[Finding]:
        """Yield an error for a last value made of several rows, as without 'expect' some of them may be missing."""
        if self.function is not AggregateFunction.LAST or self.node.get("expect"):
            return
        for row in self.loaded.database.rows(query.query):
            if int(row[-1]) > 1:
                label = ", ".join(str(each) for each in row[: 1 + len(self.series.dimensions)])
                message = f"{label} has {row[-1]} rows in its last month or day, so the last value is ambiguous"
                hint = "to add them up, name what they differ in: expect: {each: …, every: month}; or choose: where: …"
                yield error("ambiguous-last-value", message, self.node.where, hint)

    def _check_digits(self, numbers: Sequence[Decimal]) -> Iterator[Finding]:
        """Yield an error where values, before conversion, have no end; those that a unit prolongs get source digits."""
        if not self.series.is_rounded and any(map(has_too_many_digits, numbers)):
            message = f"the values of '{self.series.id}' have an unlimited number of digits"
            hint = "state how many to print: decimals: 2"
            yield error("non-terminating-decimal", message, self.node.where, hint)


def _key(node: Node) -> str:
    """Return the case-folded text that 'where' searches for."""
    return casefold_key(spelling_of(node) or "")


def _value(parts: Sequence[Any]) -> Decimal | None:
    """Return the value of a row of the query: its one part, or the first divided by the second."""
    if parts[0] is None:
        return None
    first = Decimal(str(parts[0]))
    if len(parts) == 1:
        return _without_trailing_zeros(first)
    second = Decimal(str(parts[1] or 0))
    if not second:
        return None
    with localcontext(prec=MEAN_DIGITS):
        return _without_trailing_zeros(first / second)


def _without_trailing_zeros(value: Decimal) -> Decimal:
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
