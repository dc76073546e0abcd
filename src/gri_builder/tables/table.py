"""Read facts from a table by headers and keys, never by position: periods are columns, or each row is one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.facts import FACT_STATUSES, Fact, FactStatus, Origin
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import Cell, Row, Sheet, casefold_key
from gri_builder.spreadsheets.formulas import find_uncalculated_cells, find_uncalculated_headers
from gri_builder.spreadsheets.numbers import parse_number
from gri_builder.spreadsheets.table import Table, find_table
from gri_builder.tables.cells.adjusted_tables import adjust_table, find_unknown_sheets
from gri_builder.tables.cells.adjustment_notes import note_cells
from gri_builder.tables.cells.cell_adjustments import find_needless, read_cell_adjustments
from gri_builder.tables.cells.cell_formats import count_shown_places
from gri_builder.tables.cells.cell_values import NumberReader
from gri_builder.tables.cells.decimal_evidence import decide_number_format
from gri_builder.tables.cells.percentages import find_fractions, find_mixed_percentages
from gri_builder.tables.constant_period import check_constant_period
from gri_builder.tables.conversion import Conversion, read_conversion
from gri_builder.tables.headers import TableColumns, TableHeaders, find_columns, read_headers
from gri_builder.tables.period_headers import PeriodHeader, marked_period, read_period_header
from gri_builder.tables.periods import PeriodChecker
from gri_builder.tables.series_context import ReadContext, SeriesContext
from gri_builder.tables.shapes.header_rows import find_second_header_row, read_header_rows
from gri_builder.tables.shapes.month_columns import find_month_error, refuse_listed_months
from gri_builder.tables.shapes.several import Part, read_parts, split_members, split_sheets
from gri_builder.tables.shapes.sheets import with_sheet_column
from gri_builder.tables.shapes.spread import read_spread
from gri_builder.tables.source_digits import Given, add_source_digits
from gri_builder.tables.source_files import find_file_number_format, open_sheet
from gri_builder.tables.split_findings import split_findings
from gri_builder.tables.summarize_findings import summarize_findings
from gri_builder.tables.totals.total_rows import find_total_periods, leave_out_total_rows
from gri_builder.tables.totals.totals import TotalsMode, read_totals_mode
from gri_builder.tables.units.evidence import ReadCells, check_table_units
from gri_builder.tables.units.row_units import TableUnits, list_unit_columns, open_table_units
from gri_builder.tables.usage import ReadValues, TableUse

_STATUSES: Mapping[str, FactStatus] = {"": "measured", **{status: status for status in FACT_STATUSES}}


def read_table(series: SeriesContext, node: Node, context: ReadContext) -> ReadValues:
    """Return the facts that 'from' describes, findings about its table, and what of it is used."""
    found = _read_parts(series, node, context)
    return found._replace(findings=summarize_findings(found.findings))


def _read_parts(series: SeriesContext, node: Node, context: ReadContext) -> ReadValues:
    """Return the facts of all sheets, and of all columns of values, that the description names."""
    number_format, _ = find_file_number_format(node.get("locale"), context)
    spread = read_spread(series, node, number_format.locale, context.years) if node.get("value") else None
    parts, findings = split_sheets(series, node, context)
    if spread and not isinstance(spread, Finding) and spread.dimension is None:
        spread = refuse_listed_months(series, node, spread.headers[0])
    if isinstance(spread, Finding):
        return ReadValues([], [*findings, spread])
    parts = [each for part in parts for each in split_members(part, spread)]
    found = read_parts(parts, node.get("sheet"), lambda part: _read_table(part, context))
    return found._replace(findings=[*findings, *found.findings])


def _read_table(part: Part, context: ReadContext) -> ReadValues:
    series, node = part.series, part.node
    conversion, findings = read_conversion(series, node)
    number_format, wrong_locale = find_file_number_format(node.get("locale"), context)
    sheet, wrong_file = open_sheet(node, context)
    findings += [*wrong_locale, *wrong_file]
    if sheet is None or conversion is None:
        return ReadValues([], findings)
    headers = read_headers(node, series.dimensions)
    table = _find_table(sheet, headers, read_header_rows(node))
    if isinstance(table, Finding):
        return ReadValues([], [*findings, table])
    table = context.workbook_cache.share(with_sheet_column(table) if part.is_one_of_several else table)
    if wrong_months := find_month_error(series, node, headers, table, number_format.locale):
        return ReadValues([], [*findings, wrong_months])
    columns, wrong_headers = find_columns(headers, table)
    if second := find_second_header_row(table, columns, wrong_headers):
        return ReadValues([], [*findings, second])
    findings += [*table.row_findings, *find_uncalculated_headers(table), *wrong_headers]
    if columns and headers.constant:
        findings += check_constant_period(headers.constant, table, columns.value, context.years, number_format.locale)
    if columns is None:
        return ReadValues([], findings)
    findings += find_total_periods(table, columns.periods)
    adjustments, wrong = read_cell_adjustments(node, conversion.given)
    adjusted, more = adjust_table(table, columns.values, columns.texts, adjustments, number_format)
    findings += [*wrong, *more, *find_unknown_sheets(adjustments, [sheet])]
    findings += find_needless(adjustments, adjusted.steps, sheet.title)
    table = adjusted.table
    counts = sum((table.count_signs(column) for column in columns.values), Counter[str]())
    is_declared = node.get("locale") is not None
    decimals = decide_number_format(number_format, is_declared, counts, table.decimal_signs, sheet)
    numbers = NumberReader(table, decimals, conversion.given, series.is_rounded, adjusted.by_place)
    reader = TableReader(series, table, columns, numbers, conversion, PeriodChecker(series.last_day, series.years))
    reader.row_units, wrong_unit_column = open_table_units(conversion, table, series.units)
    findings += wrong_unit_column
    if wrong_unit_column:
        return ReadValues([], findings)
    facts, more = reader.read(node.get("where"), read_totals_mode(node, series.node))
    facts, unread = note_cells(facts, adjusted, reader.places, columns.texts, adjustments)
    findings += unread if not more else ()
    findings += [*find_uncalculated_cells(table, columns.texts), *more]
    if not facts and not findings:
        message = f"{sheet.title} has no value for '{series.id}'"
        hint = "check that rows follow its headers"
        findings.append(error("no-matching-row", message, headers.file.where, hint))
    return ReadValues(facts, findings, (reader.use(node),))


def _find_table(sheet: Sheet, headers: TableHeaders, header_rows: int) -> Table | Finding:
    is_period = headers.is_period if headers.is_wide else None
    table = find_table(sheet, [each.name for each in headers.all()], is_period, header_rows)
    if table is not None:
        return table
    where, hint = sheet.where(sheet.rows[0].number, 0), "write a header above each column"
    return error("missing-header", f"{sheet.title} has no row of headers", where, hint)


class TableReader(Struct):
    """Reads the facts of one series from a table."""

    series: SeriesContext
    table: Table
    columns: TableColumns
    numbers: NumberReader
    conversion: Conversion
    periods: PeriodChecker
    row_units: TableUnits | None = None
    """The units of rows, where a column names them."""
    _seen: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    """Row and column of each value, by period and members, case-folded."""
    _given: dict[tuple[str, ...], Given] = field(default_factory=dict)
    """Number of each fact before conversion, by period and members."""
    _spellings: dict[tuple[int, str], str] = field(default_factory=dict)
    """First spelling of each member, by column and case-folded form."""

    @property
    def sheet(self) -> Sheet:
        """The sheet of the table."""
        return self.table.sheet

    @property
    def places(self) -> Mapping[tuple[str, ...], tuple[int, int]]:
        """Row and column of each value, by period and members, case-folded."""
        return self._seen

    def use(self, node: Node) -> TableUse:
        """Return what it uses of the table, by the description."""
        chosen = tuple(self.columns.keys.values())
        rows = frozenset(row.number for row in self._choose(node.get("where"))[0]) if chosen else None
        used = self.columns.used | list_unit_columns(self.table, self.series.units, self.row_units)
        return TableUse(self.table, used, node, rows, chosen=chosen, series=self.series)

    def read(self, chosen: Node | None, mode: TotalsMode | None) -> tuple[list[Fact], list[Finding]]:
        """Return the facts of the chosen rows."""
        rows, findings = self._choose(chosen)
        rows, counted = leave_out_total_rows(rows, self.table, self.columns.members, mode)
        findings += counted
        findings += self._check_units(rows)
        facts, more = split_findings(each for row in rows for each in self._read_row(row))
        given = [self._given[(fact.period, *fact.members)] for fact in facts]
        facts = add_source_digits(facts, given, self.conversion.is_needed or self.row_units is not None)
        findings += [*_first_of_rule("rounded-display", more), *self._find_hidden()]
        mixed = list(find_mixed_percentages(self._read_cells(), self.conversion.given))
        return facts, [*findings, *mixed, *(find_fractions(facts, self.conversion.given) if not mixed else ())]

    def _read_cells(self) -> Iterator[tuple[Cell, Decimal, Location]]:
        """Yield the cells with a number, each with the number and its place."""
        for row, column in self._seen.values():
            cell = self.sheet.by_number[row].cell(column)
            number = cell.number if cell.kind == "number" else parse_number(cell.text, self.numbers.number_format)
            yield cell, number or Decimal(0), self.sheet.where(row, column)

    def _check_units(self, rows: Sequence[Row]) -> Iterator[Finding]:
        """Yield findings for units that the table names and that differ from the one in which values are read."""
        if self.row_units is None:
            labels = dict.fromkeys((*self.columns.keys.values(), *self.columns.members))
            check = self.conversion.check(self.series.units)
            yield from check_table_units(check, self.table, ReadCells(self.columns.values, tuple(labels), rows))

    def _choose(self, chosen: Node | None) -> tuple[Sequence[Row], list[Finding]]:
        """Return the rows whose cells match 'where'."""
        if chosen is None or not chosen.entries:
            return self.table.rows, []
        asked = {
            self.columns.keys[name]: [each for each in (entry.value.items or (entry.value,)) if spelling_of(each)]
            for name, entry in chosen.entries.items()
        }
        unknown = [
            self._unknown_key(node, column)
            for column, nodes in asked.items()
            for node in nodes
            if _key(node) not in self.table.rows_by(column)
        ]
        if unknown:
            return (), unknown
        found = [
            {row.number: row for key in sorted(set(map(_key, nodes))) for row in self.table.rows_by(column)[key]}
            for column, nodes in asked.items()
        ]
        numbers = sorted(set(found[0]).intersection(*found[1:]))
        if numbers:
            return [found[0][number] for number in numbers], []
        message = f"no row of {self.sheet.title} matches all of 'where'"
        where = next(iter(chosen.entries.values())).where
        return (), [error("no-matching-row", message, where, "each value exists, but not in one row")]

    def _unknown_key(self, node: Node, column: int) -> Finding:
        present = [self.sheet.cell(rows[0], column).text for key, rows in self.table.rows_by(column).items() if key]
        return unknown_row(node, self.table.names[column], present, f" in {self.sheet.title}")

    def _read_row(self, row: Row) -> Iterator[Fact | Finding]:
        return self._read_wide(row) if self.columns.period is None else self._read_long(row)

    def _read_wide(self, row: Row) -> Iterator[Fact | Finding]:
        """Yield the facts of a row, one for each period."""
        filled = [column for column in self.columns.periods.values() if row.cell(column).kind != "empty"]
        if not filled and not self.columns.keys:
            return
        members, findings = self._read_members(row)
        yield from findings
        if members is None:
            return
        for label, column in self.columns.periods.items():
            if self.periods.is_new(label):
                yield from self.periods.check(label, self.sheet.where(self.table.header.number, column))
            status = self._read_status(row)
            if isinstance(status, Finding):
                yield status
                status = "measured"
            status = self.columns.statuses.get(label, status) if status == "measured" else status
            yield from self._read_value(row, column, label, members, status)

    def _read_long(self, row: Row) -> Iterator[Fact | Finding]:
        """Yield the fact of a row that holds one value."""
        assert self.columns.period is not None
        assert self.columns.value is not None
        cell = self.sheet.cell(row, self.columns.period)
        if row.cell(self.columns.value).kind == "empty" and (cell.kind == "empty" or not _has_digits(cell.text)):
            return
        if wrong_period := self._check_period_cell(row, self.columns.period, self.columns.value):
            yield wrong_period
            return
        period = read_period_header(cell.text) or PeriodHeader(cell.text)
        if self.periods.is_new(period.label):
            yield from self.periods.check(period.label, self.sheet.where(row.number, self.columns.period))
        if period.mark:
            yield marked_period(cell.text, period, self.sheet.where(row.number, self.columns.period))
        members, findings = self._read_members(row)
        yield from findings
        if members is None:
            return
        status = self._read_status(row)
        if isinstance(status, Finding):
            yield status
            status = "measured"
        status = period.status if status == "measured" else status
        yield from self._read_value(row, self.columns.value, period.label, members, status)

    def _check_period_cell(self, row: Row, column: int, value_column: int) -> Finding | None:
        """Return the finding for a cell that should hold a period, but does not."""
        cell, where = self.sheet.cell(row, column), self.sheet.where(row.number, column)
        if cell.kind == "empty":
            message = f"the value '{shorten(row.cell(value_column).text)}' has no period"
            return error("empty-key", message, where, "write its period, such as 2015")
        if cell.kind == "date":
            hint = f"write the year: {cell.text[:4]}; to add up values of months or days, use 'aggregate'"
            return error("date-for-year", f"'{cell.text}' is a date, but a year is expected", where, hint)
        if cell.kind in ("error", "uncalculated") or not _has_digits(cell.text):
            message = f"'{shorten(cell.text or 'a formula without its value')}' is not a valid period"
            return error("wrong-value", message, where, "write the period as a label such as 2015")
        return None

    def _read_members(self, row: Row) -> tuple[tuple[str, ...] | None, list[Finding]]:
        """Return the members of a row, one for each dimension; None where one is missing."""
        members: list[str] = []
        findings: list[Finding] = []
        for column, dimension in zip(self.columns.members, self.series.dimensions, strict=False):
            cell = self.sheet.cell(row, column)
            if not cell.text or cell.kind == "error":
                message = f"the row has values, but no {dimension}"
                hint = f"write the {dimension}, or choose rows: where: …"
                findings.append(error("empty-key", message, self.sheet.where(row.number, column), hint))
                return None, findings
            text = " ".join(cell.text.split())
            first = self._spellings.setdefault((column, casefold_key(text)), text)
            if first != text:
                findings.append(conflicting_spelling(text, first, self.sheet, row.number, column))
            members.append(first)
        return tuple(members), findings

    def _read_status(self, row: Row) -> FactStatus | Finding:
        if self.columns.status is None:
            return "measured"
        cell = self.sheet.cell(row, self.columns.status)
        text = casefold_key(cell.text)
        if status := _STATUSES.get(text):
            return status
        nearest = find_nearest(text, FACT_STATUSES)
        hint = f"did you mean '{nearest}'?" if nearest else f"write {listed(FACT_STATUSES)}"
        where = self.sheet.where(row.number, self.columns.status)
        return error("wrong-value", f"'{shorten(cell.text)}' is not a valid status", where, hint)

    def _read_value(
        self, row: Row, column: int, period: str, members: tuple[str, ...], status: FactStatus
    ) -> Iterator[Fact | Finding]:
        """Yield the fact of a cell, or the finding for a second value of the same period and members."""
        key = (casefold_key(period), *map(casefold_key, members))
        first = self._seen.setdefault(key, (row.number, column))
        if first != (row.number, column):
            yield self._second_value(row, column, period, members, first)
            return
        conversion = self.row_units.find_conversion(row) if self.row_units else self.conversion
        if isinstance(conversion, Finding):
            if row.cell(column).kind != "empty":
                yield conversion
            return
        numbers = replace(self.numbers, unit=conversion.given) if self.row_units else self.numbers
        number, findings = numbers.read(row, column)
        yield from findings
        if number is None:
            return
        cell, where = row.cell(column), self.sheet.where(row.number, column)
        origin = Origin(
            self.sheet.path,
            self.sheet.sha256,
            self.sheet.name,
            where.cell,
            where.line,
            self.sheet.formula(row, column),
            source_value=f"{cell.text} {conversion.given.symbol}" if conversion.is_needed else None,
        )
        value = conversion(number)
        self._given[(period, *members)] = Given(number, count_shown_places(cell))
        yield Fact(self.series.id, period, members, value, where, status, origin)

    def _second_value(
        self, row: Row, column: int, period: str, members: Sequence[str], first: tuple[int, int]
    ) -> Finding:
        place = self.sheet.where(*first)
        at = place.cell or f"line {place.line}"
        what = listed((period, *members), "and")
        message = f"{what} {'has' if not members else 'have'} a second value; the first is in {at}"
        hint = self._tell_apart(row, self.sheet.by_number[first[0]], bool(members))
        return error("duplicate-row", message, self.sheet.where(row.number, column), hint)

    def _tell_apart(self, row: Row, other: Row, has_members: bool) -> str:
        """Return how to choose one of two rows with a value for the same: by the first text in which they differ."""
        for column, name in enumerate(self.table.names):
            text, wanted = (" ".join(self.sheet.cell(each, column).text.split()) for each in (row, other))
            if name and wanted and text != wanted and not _has_digits(wanted):
                more = "" if has_members else f"; or show all of them: by: {quote_flow(name)}"
                return f"choose the right rows, such as where: {{{quote_flow(name)}: {quote_flow(wanted)}}}{more}"
        return "delete the row that is wrong, or add a column that tells the rows apart and choose by it under 'where'"

    def _find_hidden(self) -> Iterator[Finding]:
        """Yield warnings about values in rows and columns that are hidden in the workbook."""
        rows = sorted({row for row, _ in self._seen.values()} & self.sheet.hidden_rows)
        columns = sorted({column for _, column in self._seen.values()} & self.sheet.hidden_columns)
        used = dict(reversed(list(self._seen.values())))
        if rows:
            yield hidden_rows(self.sheet, rows, used[rows[0]])
        for column in columns:
            yield hidden_column(self.table, column)


def _first_of_rule(rule: str, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings, of one rule only the first, as one finding covers the series."""
    first = next((finding for finding in findings if finding.rule == rule), None)
    return (finding for finding in findings if finding.rule != rule or finding is first)


def hidden_rows(sheet: Sheet, rows: Sequence[int], column: int) -> Finding:
    """Return the finding for rows, by number, that are read although they are hidden in the workbook."""
    state = "filtered out" if sheet.is_filtered else "hidden"
    count = f"row {rows[0]} is" if len(rows) == 1 else f"row {rows[0]} and {len(rows) - 1:,} more are"
    hint = "show all rows, and check that they should be read; choose rows by 'where', not by a filter"
    return warning("hidden-row", f"{count} {state}, but read", sheet.where(rows[0], column), hint)


def hidden_column(table: Table, column: int) -> Finding:
    """Return the finding for a column that is read although it is hidden in the workbook."""
    message = f"the column '{shorten(table.names[column])}' is hidden, but read"
    where = table.sheet.where(table.header.number, column)
    return warning("hidden-column", message, where, "show it, and check that it should be read")


def unknown_row(node: Node, header: str, present: Sequence[str], place: str = "") -> Finding:
    """Return the finding for a text of 'where' that no row has under a header."""
    text = spelling_of(node) or ""
    nearest = find_nearest(text, present)
    some = ", ".join(shorten(each) for each in present[:8])
    hint = f"did you mean '{nearest}'?" if nearest else f"the column has {some}" if some else "the column is empty"
    message = f"'{shorten(text)}' does not occur under '{shorten(header)}'{place}"
    return error("unknown-row", message, node.where, hint)


def conflicting_spelling(text: str, first: str, sheet: Sheet, row: int, column: int) -> Finding:
    """Return the finding for a name that an earlier row spells differently."""
    message = f"'{shorten(text)}' is spelt '{shorten(first)}' in another row"
    hint = "write a name the same way everywhere"
    return error("conflicting-spellings", message, sheet.where(row, column), hint)


def _key(node: Node) -> str:
    """Return the case-folded text that 'where' searches for."""
    return casefold_key(spelling_of(node) or "")


def _has_digits(text: str) -> bool:
    return any(character.isdecimal() for character in text)
