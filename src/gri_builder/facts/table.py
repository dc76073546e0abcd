"""Facts out of a table, by headers and keys, never by place: one for each period in columns, or one for each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from gri_builder.facts.cell_values import Values
from gri_builder.facts.conversion import Conversion, read_conversion
from gri_builder.facts.periods import PeriodLabels
from gri_builder.facts.series_context import ReadContext, SeriesContext
from gri_builder.facts.source_files import find_column, find_file_number_format, open_sheet
from gri_builder.facts.summarize_findings import summarize_findings
from gri_builder.model.choices import find_choice
from gri_builder.model.facts import FACT_STATUSES, Fact, FactStatus, Origin
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.finding_text import listed, shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import Row, Sheet, casefold_key
from gri_builder.spreadsheets.table import Table, find_table, is_year


class Named(Struct, frozen=True):
    """A header that the data names."""

    name: str
    node: Node
    """Place that names it."""


def read_table(measure: SeriesContext, node: Node, desk: ReadContext, findings: list[Finding]) -> list[Fact]:
    """Return the facts that 'from' describes, with what is wrong with its table."""
    found: list[Finding] = []
    facts = _read_table(measure, node, desk, found)
    findings.extend(summarize_findings(found))
    return facts


def _read_table(measure: SeriesContext, node: Node, desk: ReadContext, findings: list[Finding]) -> list[Fact]:
    conversion = read_conversion(measure, node, findings)
    writing = find_file_number_format(node.get("locale"), desk, findings)
    sheet = open_sheet(node, desk, findings)
    if sheet is None or conversion is None:
        return []
    wanted = _Wanted.of(node, measure.dimensions)
    table = find_table(sheet, [each.name for each in wanted.all()], wanted.is_period if wanted.is_wide else None)
    if table is None:
        message = f"{sheet.title} has no row that is like headers"
        hint = "a table has a header over each column"
        findings.append(error("missing-header", message, sheet.where(sheet.rows[0].number, 0), hint))
        return []
    table = desk.shelf.share(table)
    findings.extend(table.faults)
    columns = wanted.find(table, findings)
    if columns is None:
        return []
    values = Values(table, writing, node.get("locale") is not None, conversion.given, measure.is_rounded, findings)
    reader = _Reader(measure, table, columns, values, conversion, findings)
    facts = reader.read(node.get("where"))
    if not facts and not findings:
        message = f"{sheet.title} has no value for '{measure.id}'"
        findings.append(
            error("no-matching-row", message, wanted.place.where, "check that there are rows below its headers")
        )
    return facts


class _Wanted(Struct, frozen=True):
    """The headers that a table needs."""

    keys: Mapping[str, Named]
    """Headers of the columns whose cells choose rows."""
    members: tuple[Named, ...]
    periods: tuple[Named, ...]
    """Headers that are periods, where they are named."""
    period: Named | None
    value: Named | None
    status: Named | None
    place: Node
    """The file's name in the data."""

    @staticmethod
    def of(node: Node, dimensions: Sequence[str]) -> _Wanted:
        """Return what 'from' asks for."""
        chosen, listed_members, by = node.get("where"), node.get("members"), dimensions
        keys = {name: Named(name, entry.key) for name, entry in chosen.entries.items()} if chosen else {}
        place = node.get("file") or node
        if listed_members:
            nodes = listed_members.items or (listed_members,)
            members = tuple(Named(spelling_of(each) or "", each) for each in nodes)
        else:
            members = tuple(Named(name, place) for name in by)
        periods = node.get("periods")
        named = tuple(Named(spelling_of(each) or "", each) for each in (periods.items if periods else ()))
        period, value, status = (_named(node.get(key)) for key in ("period", "value", "status"))
        return _Wanted(keys, members, named, period, value, status, place)

    @property
    def is_wide(self) -> bool:
        """Whether periods are columns."""
        return self.period is None

    def all(self) -> Iterator[Named]:
        """Yield all headers that are named."""
        yield from self.keys.values()
        yield from self.members
        yield from self.periods
        yield from filter(None, (self.period, self.value, self.status))

    def is_period(self, header: str) -> bool:
        """Whether a header is a period, where none is named."""
        return not self.periods and is_year(header)

    def find(self, table: Table, findings: list[Finding]) -> _Columns | None:
        """Return the columns of the headers; None where one can't be told."""
        before = len(findings)
        found = {id(each): find_column(table, each.name, each.node, findings) for each in self.all()}
        if len(findings) > before:
            return None
        place = {key: column for key, column in found.items() if column is not None}
        periods = {each.name: place[id(each)] for each in self.periods}
        if self.is_wide and not periods:
            periods = self._find_years(table, findings)
        return _Columns(
            {name: place[id(each)] for name, each in self.keys.items()},
            tuple(place[id(each)] for each in self.members),
            periods,
            *(place[id(each)] if each else None for each in (self.period, self.value, self.status)),
        )

    def _find_years(self, table: Table, findings: list[Finding]) -> dict[str, int]:
        """Return the columns whose headers are years."""
        sheet, found = table.sheet, {}
        for column, name in enumerate(table.names):
            where = sheet.where(table.header.number, column)
            if table.header_at(column).kind == "date":
                hint = f"write the year: {name[:4]}; or name the columns: periods: [{name}]"
                message = f"the header '{name}' is a date, where a year is meant"
                findings.append(error("date-for-year", message, where, hint))
            elif is_year(name) and name.strip() in found:
                message = f"the header '{name}' stands over two columns"
                findings.append(error("duplicate-header", message, where, "give each column a header of its own"))
            elif is_year(name):
                found[name.strip()] = column
        if not found and not any(finding.rule == "date-for-year" for finding in findings):
            message = f"{sheet.title} has no header that is a year"
            hint = (
                "name the columns of the periods: periods: […]; or, where each row is one value, period: … and value: …"
            )
            findings.append(error("missing-header", message, self.place.where, hint))
        return found


def _named(node: Node | None) -> Named | None:
    name = spelling_of(node)
    return Named(name, node) if node and name else None


class _Columns(Struct, frozen=True):
    """Columns of a table, from 0, by what stands in them."""

    keys: Mapping[str, int]
    members: tuple[int, ...]
    periods: Mapping[str, int]
    period: int | None
    value: int | None
    status: int | None


class _Reader(Struct):
    """Reads the facts of one series out of a table."""

    measure: SeriesContext
    table: Table
    columns: _Columns
    values: Values
    conversion: Conversion
    findings: list[Finding]
    seen: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    """Row and column of each value, by period and members, folded."""
    spelt: dict[tuple[int, str], str] = field(default_factory=dict)
    """How each member is spelt, by column and its folded form."""

    @property
    def sheet(self) -> Sheet:
        """The sheet of the table."""
        return self.table.sheet

    def read(self, chosen: Node | None) -> list[Fact]:
        """Return the facts of the rows that are chosen."""
        rows = self._choose(chosen)
        periods = PeriodLabels(self.measure.end)
        if self.columns.period is None:
            facts = [fact for row in rows for fact in self._read_wide(row, periods)]
        else:
            facts = [fact for row in rows if (fact := self._read_long(row, periods))]
        self._doubt_hidden()
        self._doubt_fractions(facts)
        return facts

    def _choose(self, chosen: Node | None) -> Sequence[Row]:
        """Return the rows whose cells are as 'where' says."""
        if chosen is None or not chosen.entries:
            return self.table.rows
        asked = {
            self.columns.keys[name]: [each for each in (entry.value.items or (entry.value,)) if spelling_of(each)]
            for name, entry in chosen.entries.items()
        }
        before = len(self.findings)
        for column, nodes in asked.items():
            index = self.table.rows_by(column)
            self.findings.extend(self._unknown(node, column) for node in nodes if _key(node) not in index)
        if len(self.findings) > before:
            return ()
        found = [
            {
                row.number: row
                for key in sorted({_key(node) for node in nodes})
                for row in self.table.rows_by(column)[key]
            }
            for column, nodes in asked.items()
        ]
        numbers = sorted(set(found[0]).intersection(*found[1:]))
        if not numbers:
            message = f"no row of {self.sheet.title} has all that 'where' says"
            where = next(iter(chosen.entries.values())).where
            self.findings.append(
                error("no-matching-row", message, where, "each of it stands there, but not in the same row")
            )
        return [found[0][number] for number in numbers]

    def _unknown(self, node: Node, column: int) -> Finding:
        text = spelling_of(node) or ""
        index = self.table.rows_by(column)
        present = [self.sheet.cell(rows[0], column).text for key, rows in index.items() if key]
        nearest = find_nearest(text, present)
        some = ", ".join(shorten(each) for each in present[:8])
        hint = f"did you mean '{nearest}'?" if nearest else f"there are {some}" if some else "the column is empty"
        message = f"'{shorten(text)}' stands nowhere under '{shorten(self.table.names[column])}' in {self.sheet.title}"
        return error("unknown-row", message, node.where, hint)

    def _read_wide(self, row: Row, periods: PeriodLabels) -> Iterator[Fact]:
        """Yield the facts of a row, one for each period."""
        filled = [column for column in self.columns.periods.values() if row.cell(column).kind != "nothing"]
        if not filled and not self.columns.keys:
            return
        members = self._members(row)
        if members is None:
            return
        for label, column in self.columns.periods.items():
            self.findings.extend(periods.check(label, self.sheet.where(self.table.header.number, column)))
            if fact := self._make(row, column, label, members, "measured"):
                yield fact

    def _read_long(self, row: Row, periods: PeriodLabels) -> Fact | None:
        assert self.columns.period is not None
        assert self.columns.value is not None
        cell = self.sheet.cell(row, self.columns.period)
        value = row.cell(self.columns.value)
        where = self.sheet.where(row.number, self.columns.period)
        if value.kind == "nothing" and (cell.kind == "nothing" or not _has_digits(cell.text)):
            return None
        if cell.kind == "nothing":
            message = f"the value '{shorten(value.text)}' has no period"
            self.findings.append(error("empty-key", message, where, "write the period it is of, such as 2015"))
            return None
        if cell.kind == "date":
            message = f"the date '{cell.text}' stands where a year is meant"
            hint = f"write the year: {cell.text[:4]}; values of months or days are added up by 'aggregate'"
            self.findings.append(error("date-for-year", message, where, hint))
            return None
        if cell.kind in ("error", "unreckoned") or not _has_digits(cell.text):
            message = f"'{shorten(cell.text or 'a formula without its value')}' is no period"
            self.findings.append(error("wrong-value", message, where, "a period is a label such as 2015"))
            return None
        self.findings.extend(periods.check(cell.text, where))
        members = self._members(row)
        if members is None:
            return None
        return self._make(row, self.columns.value, cell.text, members, self._status(row))

    def _members(self, row: Row) -> tuple[str, ...] | None:
        """Return the members that a row is about; None where one is missing."""
        members = []
        for column, dimension in zip(self.columns.members, self.measure.dimensions, strict=False):
            cell, where = self.sheet.cell(row, column), self.sheet.where(row.number, column)
            if not cell.text or cell.kind == "error":
                message = f"the row has values, but no {dimension}"
                self.findings.append(
                    error("empty-key", message, where, f"write the {dimension}, or choose rows: where: …")
                )
                return None
            text = " ".join(cell.text.split())
            first = self.spelt.setdefault((column, casefold_key(text)), text)
            if first != text:
                message = f"'{shorten(text)}' is spelt '{shorten(first)}' in another row"
                self.findings.append(
                    error("conflicting-spellings", message, where, "write a name the same way everywhere")
                )
            members.append(first)
        return tuple(members)

    def _status(self, row: Row) -> FactStatus:
        if self.columns.status is None:
            return "measured"
        cell = self.sheet.cell(row, self.columns.status)
        text = casefold_key(cell.text)
        if status := find_choice(text or "measured", FACT_STATUSES):
            return status
        nearest = find_nearest(text, FACT_STATUSES)
        hint = f"did you mean '{nearest}'?" if nearest else f"it is {listed(FACT_STATUSES)}"
        where = self.sheet.where(row.number, self.columns.status)
        self.findings.append(error("wrong-value", f"'{shorten(cell.text)}' is no status", where, hint))
        return "measured"

    def _make(self, row: Row, column: int, period: str, members: tuple[str, ...], status: FactStatus) -> Fact | None:
        """Return the fact of a cell; a second one for the same period and members is left out."""
        key = (casefold_key(period), *map(casefold_key, members))
        first = self.seen.setdefault(key, (row.number, column))
        where = self.sheet.where(row.number, column)
        if first != (row.number, column):
            self.findings.append(self._second(row, column, period, members, first))
            return None
        number = self.values.read(row, column)
        if number is None:
            return None
        cell = row.cell(column)
        origin = Origin(
            self.sheet.path,
            self.sheet.sha256,
            self.sheet.name,
            where.cell,
            where.line,
            self.sheet.formula(row, column),
            source_value=f"{cell.text} {self.conversion.given.symbol}" if self.conversion.is_needed else None,
        )
        return Fact(self.measure.id, period, members, self.conversion(number), where, status, origin)

    def _second(self, row: Row, column: int, period: str, members: Sequence[str], first: tuple[int, int]) -> Finding:
        place = self.sheet.where(*first)
        at = place.cell or f"line {place.line}"
        what = listed((period, *members), "and")
        message = f"{what} {'has' if not members else 'have'} a second value; the first is in {at}"
        hint = (
            "choose the rows that are meant: where: …" if not self.columns.keys else "choose more closely under 'where'"
        )
        if not members:
            hint += "; or say what the rows are: by: …"
        return error("duplicate-row", message, self.sheet.where(row.number, column), hint)

    def _doubt_hidden(self) -> None:
        """Warn of values in rows and columns that people don't see when they open the workbook."""
        rows = sorted({row for row, _ in self.seen.values()} & self.sheet.hidden_rows)
        columns = sorted({column for _, column in self.seen.values()} & self.sheet.hidden_columns)
        used = dict(reversed(list(self.seen.values())))
        if rows:
            self.findings.append(hidden_rows(self.sheet, rows, used[rows[0]]))
        for column in columns:
            message = f"the column '{shorten(self.table.names[column])}' is hidden, but read"
            where = self.sheet.where(self.table.header.number, column)
            self.findings.append(warning("hidden-column", message, where, "show it, and check whether it is meant"))

    def _doubt_fractions(self, facts: Sequence[Fact]) -> None:
        """Warn of percentages that may have been written as fractions of one."""
        unit, values = self.conversion.given, [fact.value for fact in facts]
        if unit.symbol == "%" and values and any(values) and all(abs(value) <= 1 for value in values):
            largest = max(facts, key=lambda fact: abs(fact.value))
            message = f"no value is above 1 %; the largest is {largest.value} %"
            hint = f"if {largest.value * 100:.3g} % is meant, write it so, or give the cells the format of a percentage"
            self.findings.append(warning("implausible-percent", message, largest.where, hint))


def hidden_rows(sheet: Sheet, rows: Sequence[int], column: int) -> Finding:
    """Return the finding for rows that are read, though people don't see them; `rows` are their numbers."""
    what = "filtered out" if sheet.is_filtered else "hidden"
    count = f"row {rows[0]} is" if len(rows) == 1 else f"row {rows[0]} and {len(rows) - 1:,} more are"
    hint = "show all rows, and check whether they are meant; choose rows by 'where', not by a filter"
    return warning("hidden-row", f"{count} {what}, but read", sheet.where(rows[0], column), hint)


def _key(node: Node) -> str:
    """Return what 'where' asks for as columns are searched."""
    return casefold_key(spelling_of(node) or "")


def _has_digits(text: str) -> bool:
    return any(character.isdecimal() for character in text)
