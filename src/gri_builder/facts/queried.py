"""Facts by a query: one SELECT over the report's own files, for what 'aggregate' can't say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from gri_builder.facts.aggregated import open_file
from gri_builder.facts.conversion import Conversion, read_conversion
from gri_builder.facts.periods import PeriodLabels
from gri_builder.facts.series_context import ReadContext, SeriesContext, too_long
from gri_builder.facts.sql.database import Database, QueryError, statements
from gri_builder.facts.sql.records import Records
from gri_builder.facts.sql.statements import PLAIN_NUMBER, WIDEST, identifier, literal
from gri_builder.facts.summarize_findings import summarize_findings
from gri_builder.model.facts import Fact, Origin
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import text_of

RAW = "{} as text"
"""Name of the table whose cells are all texts, beside the one whose columns of numbers are numbers."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FICKLE = re.compile(
    r"\b(random|uuid|gen_random_uuid|uuidv[47]|now|today|version|setseed|current_date|current_time|current_timestamp"
    r"|localtime|localtimestamp|get_current_time|get_current_timestamp|transaction_timestamp"
    r"|tablesample|using\s+sample)\b",
    re.IGNORECASE,
)
"""Words whose result is another on another day, or by chance."""
_FOREIGN = re.compile(
    r"\b(query|query_table|current_setting|duckdb_\w+|pragma_\w+|read_\w+|\w+_scan|glob|sniff_csv)\s*\(", re.IGNORECASE
)
"""Functions that run texts as queries, tell of the machine, or read files."""
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)


def read_query(measure: SeriesContext, node: Node, desk: ReadContext, findings: list[Finding]) -> list[Fact]:
    """Return the facts that a query gives, with what is wrong with it, its files and its result."""
    found: list[Finding] = []
    facts = _read_query(measure, node, desk, found)
    findings.extend(summarize_findings(found))
    return facts


def _read_query(measure: SeriesContext, node: Node, desk: ReadContext, findings: list[Finding]) -> list[Fact]:
    conversion = read_conversion(measure, node, findings)
    written, files = node.get("sql"), node.get("files")
    sql = (text_of(written) or "").strip().rstrip(";")
    if conversion is None or written is None or files is None:
        return []
    reader = _Reader(measure, node, written, sql, conversion, findings)
    if not reader.is_permitted():
        return []
    tables = reader.open_tables(files.entries, desk)
    return reader.run(tables) if tables else []


class _Reader(Struct):
    """Runs the query of one series."""

    measure: SeriesContext
    node: Node
    written: Node
    """The query where it stands in the data."""
    sql: str
    conversion: Conversion
    findings: list[Finding]

    def refuse(self, message: str, hint: str, rule: str = "faulty-query") -> None:
        """Report a fault of the query."""
        self.findings.append(error(rule, message, self.written.where, hint))

    def is_permitted(self) -> bool:
        """Whether it is one SELECT whose result is the same on every day."""
        try:
            kinds = statements(self.sql)
        except QueryError as fault:
            self.refuse(f"the query can't be read: {fault}", "check it with the words of DuckDB's SQL")
            return False
        if list(kinds) != ["SELECT"]:
            found = (
                "several statements" if len(kinds) > 1 else f"a statement of the kind {kinds[0]}" if kinds else "none"
            )
            self.refuse(f"a query is one SELECT, but there is {found}", "write one SELECT … FROM … statement")
            return False
        fickle = _FICKLE.search(_QUOTED.sub(" ", self.sql))
        if fickle:
            self.refuse(f"'{fickle[0]}' gives another result each day", "write the day or the number itself")
            return False
        foreign = _FOREIGN.search(_QUOTED.sub(" ", self.sql))
        if foreign:
            message = f"'{foreign[1]}' reaches for something other than the tables"
            self.refuse(message, "name the files under 'files', and use their tables alone")
            return False
        return True

    def open_tables(self, entries: Mapping[str, Entry], desk: ReadContext) -> dict[str, Records]:
        """Return the records of each file by the name of its table; empty where one can't be read."""
        found: dict[str, Records] = {}
        for name, entry in entries.items():
            if not _NAME.fullmatch(name):
                hint = "use letters, digits and underscores, such as sites"
                message = f"'{shorten(name)}' can't be the name of a table"
                self.findings.append(error("wrong-value", message, entry.key.where, hint))
                continue
            records = open_file(entry.value, self.node, (), self.conversion.given, desk, self.findings)
            if records:
                found[name] = records
        return found if len(found) == len(entries) else {}

    def run(self, tables: Mapping[str, Records]) -> list[Fact]:
        """Return the facts in the query's result."""
        database = Database({RAW.format(name): records for name, records in tables.items()})
        try:
            for name, records in tables.items():
                _give_types(database, name, records.columns)
            names, rows = database.table(self.sql)
        except QueryError as fault:
            known = "; ".join(f"{name}: {', '.join(each.columns)}" for name, each in tables.items())
            self.refuse(f"the query fails: {fault}", f"the tables and their columns are {known}")
            return []
        finally:
            database.close()
        wanted = ("period", "value", *self.measure.dimensions)
        if tuple(name.casefold() for name in names) != tuple(name.casefold() for name in wanted):
            found = listed(names, "and") if names else "none"
            self.refuse(f"the result has the columns {found}", f"it needs {listed(wanted, 'and')}, in this order")
            return []
        if not rows:
            self.refuse("the result has no row", "check what stands behind WHERE")
        return list(self._facts(rows, tables))

    def _facts(self, rows: Sequence[tuple[Any, ...]], tables: Mapping[str, Records]) -> Iterator[Fact]:
        periods, seen = PeriodLabels(self.measure.end), set[tuple[str, ...]]()
        first = next(iter(tables.values()))
        taken = sum(len(records.numbers) for records in tables.values())
        for period, value, *members in rows:
            key = (str(period), *(" ".join(str(member).split()) for member in members))
            what = ", ".join(key)
            self.findings.extend(periods.check(key[0], self.written.where))
            number = _number(value)
            if key in seen:
                self.refuse(f"the result has two rows for {what}", "group by period and by each name in 'by'")
            elif number is None and value is not None:
                self.refuse(f"the value of {what} is no number: '{shorten(str(value))}'", "cast it to a number")
            elif number is not None and too_long(number) and not self.measure.is_rounded:
                self.refuse(f"the value of {what} has endless digits", "say how many are printed: decimals: 2")
            elif number is not None:
                given = f"{number:f} {self.conversion.given.symbol}" if self.conversion.is_needed else None
                sheet = first.sheet
                origin = Origin(sheet.path, sheet.sha256, sheet.name, query=self.sql, rows=taken, source_value=given)
                where = self.written.where
                yield Fact(self.measure.id, key[0], key[1:], self.conversion(number), where, "measured", origin)
            seen.add(key)


def _give_types(database: Database, name: str, columns: Sequence[str]) -> None:
    """Make the table of that name, in which columns of plain numbers are exact decimals."""
    raw = identifier(RAW.format(name))
    tests = ", ".join(
        f"coalesce(bool_and(regexp_full_match({cell}, {literal(PLAIN_NUMBER)})), false), "
        f"coalesce(max(length(split_part({cell}, '.', 2))), 0)"
        for cell in map(identifier, columns)
    )
    found = database.rows(f"SELECT {tests} FROM {raw}")[0]
    shown = []
    for place, column in enumerate(columns):
        is_number, scale = found[2 * place], int(found[2 * place + 1])
        cell = identifier(column)
        shown.append(f"CAST({cell} AS DECIMAL({WIDEST}, {scale})) AS {cell}" if is_number and scale < WIDEST else cell)
    database.rows(f"CREATE VIEW {identifier(name)} AS SELECT {', '.join(shown)} FROM {raw}")


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value)) if value is not None and not isinstance(value, bool) else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite():
        return None
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
