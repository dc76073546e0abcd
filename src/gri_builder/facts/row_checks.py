"""Checks on rows in the database, before they are reckoned with: numbers, periods and keys, each doubt at its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.cell_values import Values, split_number
from gri_builder.facts.dates import DateParts, is_sortable, parse_date
from gri_builder.facts.periods import PeriodLabels
from gri_builder.facts.series_context import MOST_DIGITS
from gri_builder.facts.sql.database import Database
from gri_builder.facts.sql.records import Records
from gri_builder.facts.sql.statements import PLAIN_NUMBER, WIDEST, Number, identifier, literal, number_pattern, texts
from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import find_unit
from gri_builder.source.nodes import Node
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.numbers import MISSING_VALUES, NumberFormat, decimal_sign, decimal_signs
from gri_builder.spreadsheets.table import Table, holds_numbers

SHOWN = 6
"""Rows with a fault that are looked at one by one."""
SAMPLED = 10_000
"""Numbers with a sign in them from which the decimal sign is told."""
Chosen = Mapping[str, Sequence[str]]
"""Texts of which a column must hold one, by column."""


class Loaded(Struct):
    """Files whose rows are in the database."""

    database: Database
    tables: Mapping[str, Records]
    columns: Sequence[Mapping[str, int]]
    """For each table the column of each header, by what the header is for."""
    writing: NumberFormat
    node: Node
    """The description."""

    def name(self, key: str) -> str:
        """Return the name of the column that is for something."""
        return next(iter(self.tables.values())).columns[self.columns[0][key]]

    def has(self, key: str) -> bool:
        """Whether a column is for that."""
        return key in self.columns[0]

    def union(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query over all tables, for which '{}' stands in it."""
        union = " UNION ALL BY NAME ".join(f"SELECT * FROM {identifier(name)}" for name in self.tables)
        return self.database.rows(query.replace("{}", f"({union})"))

    def each(self, query: str, key: str) -> Iterator[tuple[Records, int, tuple[Any, ...]]]:
        """Yield the rows of a query over each table by itself, with the column of a header."""
        for (path, records), columns in zip(self.tables.items(), self.columns, strict=True):
            for row in self.database.rows(query.replace("{}", identifier(path))):
                yield records, columns[key], row


def _conditions(chosen: Chosen, *more: str) -> str:
    return " AND ".join((*(texts(column, wanted) for column, wanted in chosen.items()), *more)) or "true"


def _no_value(column: str) -> str:
    """Return the condition that a column has no value."""
    cell = identifier(column)
    return f"({cell} IS NULL OR lower({cell}) IN ({', '.join(literal(each) for each in sorted(MISSING_VALUES))}))"


def with_values(loaded: Loaded, chosen: Chosen) -> str:
    """Return the condition of the rows that are chosen and have a value, where values are asked for."""
    values = [f"NOT {_no_value(loaded.name('value'))}"] if loaded.has("value") else []
    return _conditions(chosen, *values)


def check_numbers(loaded: Loaded, key: str, chosen: Chosen, unit: Unit | None, findings: list[Finding]) -> Number:
    """Return the column of numbers as SQL reckons with it; rows without a number and doubtful ones get findings."""
    column = loaded.name(key)
    cell = identifier(column)
    none = _no_value(column)
    _tell_empty(loaded, key, _conditions(chosen, none), findings)
    there = _conditions(chosen, f"NOT {none}")
    plain = f"regexp_full_match({cell}, {literal(PLAIN_NUMBER)})"
    written = loaded.union(f"SELECT count(*) FROM {{}} WHERE {there} AND NOT {plain}")[0][0]
    _judge(loaded, key, there, bool(written), unit, findings)
    _find_split(loaded, key, there, findings)
    words = loaded.union(f"SELECT DISTINCT lower({cell}) FROM {{}} WHERE {_conditions(chosen, none)} ORDER BY 1")
    said = tuple(word for (word,) in words if word)
    number = Number(column, writing=loaded.writing if written else None, words=said)
    fits = f"regexp_full_match({cell}, {literal(number_pattern(loaded.writing))})"
    digits = number.sql.removeprefix("CAST(").rpartition(" AS ")[0]
    longest = loaded.union(
        f"SELECT max(length(split_part({digits}, '.', 2))), max(length(split_part({digits}, '.', 1)))"
        f" FROM {{}} WHERE {there} AND {fits}"
    )[0]
    scale, whole = (int(each or 0) for each in longest)
    if scale > MOST_DIGITS or whole > MOST_DIGITS or scale + whole > WIDEST - 6:
        message = f"a number under '{shorten(column)}' has too many digits"
        findings.append(error("wrong-value", message, loaded.node.where, f"round the numbers to {MOST_DIGITS} digits"))
    return replace(number, scale=scale)


def _tell_empty(loaded: Loaded, key: str, condition: str, findings: list[Finding]) -> None:
    """Warn of rows without a value, one finding for each file."""
    query = f"SELECT count(*), min(rowid) FROM {{}} WHERE {condition}"
    for records, column, (count, first) in loaded.each(query, key):
        if count:
            rows, left = ("one row has", "is") if count == 1 else (f"{count:,} rows have", "are")
            message = f"{rows} no value under '{shorten(records.columns[column])}', and {left} left out"
            hint = "write the values; no value is not zero"
            findings.append(warning("empty-value", message, records.where(first, column), hint))


def _judge(loaded: Loaded, key: str, there: str, is_odd: bool, unit: Unit | None, findings: list[Finding]) -> None:
    """Judge the numbers that may not be what they look like, as those of a table are judged one by one."""
    cell = identifier(loaded.name(key))
    signed = f"(contains({cell}, '.') OR contains({cell}, ','))"
    sample = f"SELECT {cell} FROM {{}} WHERE {there} AND {signed} LIMIT {SAMPLED}"
    seen = [text for (text,) in loaded.union(sample)]
    signs = decimal_signs(seen)
    doubtful = (
        next((text for text in seen if decimal_sign(text) == "?"), None)
        if loaded.writing.decimal not in signs
        else None
    )
    wrong = f"NOT regexp_full_match({cell}, {literal(number_pattern(loaded.writing))})" if is_odd else "false"
    if doubtful is not None:
        wrong = f"({wrong} OR {cell} = {literal(doubtful)})"
    query = f"SELECT rowid, * FROM {{}} WHERE {there} AND {wrong} ORDER BY rowid LIMIT {SHOWN}"
    for records, column, (record, *cells) in loaded.each(query, key):
        row = records.row(record, cells)
        sheet = replace(records.sheet, rows=(records.table.header, row), merged={})
        declared = loaded.node.get("locale") is not None
        values = Values(Table(sheet, 0), loaded.writing, declared, unit or _plain_unit(), True, findings, signs)
        values.read(row, column)


def _find_split(loaded: Loaded, key: str, there: str, findings: list[Finding]) -> None:
    """Report numbers that may have been cut at a comma without quotes, as the next column is not one of numbers."""
    for (path, records), columns in zip(loaded.tables.items(), loaded.columns, strict=True):
        column, table = columns[key], identifier(path)
        if records.sheet.delimiter != "," or records.sheet.name is not None or column + 1 >= len(records.columns):
            continue
        cell, behind = (identifier(records.columns[place]) for place in (column, column + 1))
        counts = loaded.database.rows(
            f"SELECT count(*), count({behind}), count(*) FILTER (regexp_matches({behind}, '^[0-9]')), "
            f"count(*) FILTER (regexp_full_match({behind}, '[0-9]{{3}}')) FROM {table}"
        )[0]
        rest = "0[0-9]{2}" if holds_numbers(*counts) else r"[0-9]+(\.[0-9]+)?"
        split = f"regexp_full_match({cell}, '[-+]?[0-9]{{1,3}}') AND regexp_full_match({behind}, '{rest}')"
        query = f"SELECT rowid, {cell}, {behind} FROM {table} WHERE {there} AND {split} ORDER BY rowid LIMIT {SHOWN}"
        for record, text, more in loaded.database.rows(query):
            findings.append(split_number(text, more, records.where(record, column)))


def _plain_unit() -> Unit:
    unit = find_unit("count")
    assert unit is not None
    return unit


def check_periods(
    loaded: Loaded, chosen: Chosen, must_sort: bool, periods: PeriodLabels, findings: list[Finding]
) -> dict[str, DateParts]:
    """Return the days, months or years of the rows by how they are written; what is none gets a finding."""
    column = loaded.name("period")
    cell = identifier(column)
    moments: dict[str, DateParts] = {}
    query = f"SELECT {cell}, min(rowid), count(*) FROM {{}} WHERE {_conditions(chosen)} GROUP BY 1 ORDER BY 2"
    for records, place, (text, first, count) in loaded.each(query, "period"):
        where = records.where(first, place)
        more = f", in {count:,} rows" if count > 1 else ""
        moment = parse_date(text, loaded.writing.locale) if text else None
        if text is None:
            findings.append(
                error("empty-key", f"the row has no '{shorten(column)}'{more}", where, "write the day, month or year")
            )
        elif moment is None:
            message = f"'{shorten(text)}' is no day, month or year{more}"
            findings.append(error("wrong-value", message, where, "write it such as 2015-03-31, 2015-03 or 2015"))
        elif must_sort and not is_sortable(text):
            message = f"'{shorten(text)}' can't be put in order with others"
            findings.append(error("wrong-value", message, where, "write year, month and day: 2015-03-31"))
        else:
            moments[text] = moment
            findings.extend(periods.check(str(moment.year), where))
    return moments


def check_keys(loaded: Loaded, chosen: Chosen, findings: list[Finding]) -> None:
    """Report members and keys that lack, or are spelt in two ways, so that their rows would fall apart."""
    for key in (key for key in loaded.columns[0] if key.startswith(("by ", "each "))):
        cell = identifier(loaded.name(key))
        spelt: dict[str, str] = {}
        query = f"SELECT {cell}, min(rowid), count(*) FROM {{}} WHERE {_conditions(chosen)} GROUP BY 1 ORDER BY 2"
        for records, column, (text, first, count) in loaded.each(query, key):
            where = records.where(first, column)
            if text is None:
                more = f", nor have {count - 1:,} more" if count > 1 else ""
                message = f"the row has no '{shorten(loaded.name(key))}'{more}"
                findings.append(error("empty-key", message, where, "write it, or choose rows: where: …"))
            elif (other := spelt.setdefault(casefold_key(text), text)) != text:
                message = f"'{shorten(text)}' is spelt '{shorten(other)}' in another row"
                findings.append(error("conflicting-spellings", message, where, "write a name the same way everywhere"))
