"""Rows of a database that are totals of other rows, so that they would be counted a second time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gri_builder.model.finding import Finding, Location
from gri_builder.resources.total_words import TotalKind, total_kind, total_pattern
from gri_builder.source.nodes import Node
from gri_builder.spreadsheets.numbers import NumberFormat
from gri_builder.tables.row_checks import Chosen, LoadedRows, conditions
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.row_source import RowSource
from gri_builder.tables.sql.statements import AllBut, NumberColumn, identifier, literal
from gri_builder.tables.totals.sums_of_others import find_sums
from gri_builder.tables.totals.totals import Total, TotalsMode, counted_totals, totals_hint

MAX_LABELS = 300
"""Texts of a column up to which its rows are compared by number; a column with more holds no names of members."""
MAX_COUNTED = 10_000
"""Rows up to which different texts are counted exactly; in more of them they are estimated, which is faster."""
MAX_GROUPS = 20_000
"""Combinations of a period and a text that are compared by number."""


def exclude(chosen: Chosen, totals: Sequence[Total]) -> Chosen:
    """Return the accepted texts of each column without those of totals."""
    found: dict[str, Sequence[str]] = dict(chosen)
    for total in totals:
        present = found.get(total.header, AllBut())
        if isinstance(present, AllBut):
            found[total.header] = AllBut((*present, total.label))
        else:
            found[total.header] = [text for text in present if text != total.label]
    return found


def sort_out_totals(chosen: Chosen, totals: Sequence[Total], mode: TotalsMode | None) -> tuple[Chosen, list[Finding]]:
    """Return the accepted texts without those of totals; an error where the description says nothing about them."""
    if totals and mode is None:
        return chosen, [counted_totals(totals, "rows", totals_hint("aggregate"))]
    return exclude(chosen, totals), []


def find_named_totals(loaded: LoadedRows, chosen: Chosen) -> list[Total]:
    """Return the texts of totals in all columns of text, beside rows that are none."""
    columns = [column for column in label_columns(loaded) if column not in chosen]
    found = [
        total
        for column in columns
        for total in _find_named(loaded, chosen, column, _list_named(loaded, chosen, column))
    ]
    for column, texts in chosen.items():
        others = [text for text in texts if total_kind(text, column) is not TotalKind.ALL]
        if others and len(others) < len(texts):
            found += _find_named(loaded, chosen, column, [text for text in texts if text not in others])
    return found


def find_table_totals(database: RowSource, tables: Mapping[str, Records], node: Node) -> list[Total]:
    """Return the texts of totals in each of some tables by their names in the database, beside rows that are none."""
    number_format = NumberFormat("", ".")  # not used, as no numbers are read
    each_alone = (LoadedRows(database, {name: records}, ({},), number_format, node) for name, records in tables.items())
    return [total for loaded in each_alone for total in find_named_totals(loaded, {})]


def label_columns(loaded: LoadedRows) -> list[str]:
    """Return the names of all columns but those of values and weights, of all files."""
    numbers = {loaded.name(key) for key in ("value", "weight") if loaded.has(key)}
    names = dict.fromkeys(name for records in loaded.tables.values() for name in records.columns)
    return [name for name in names if name not in numbers]


def _list_named(loaded: LoadedRows, chosen: Chosen, column: str) -> list[str]:
    """Return the texts of a column that are called totals, unless all are.

    The whole column is searched first, as that is done once for all series of a file.
    """
    named, count = _search_column(loaded, column, "true")
    if not named or not chosen:
        return named if len(named) < count else []
    named, count = _search_column(loaded, column, conditions(chosen))
    return named if len(named) < count else []


def _search_column(loaded: LoadedRows, column: str, condition: str) -> tuple[list[str], int]:
    """Return the texts of a column that are called totals, and the number of different texts."""
    query = (
        f"SELECT list(text ORDER BY text) FILTER (regexp_matches(lower(text), {literal(total_pattern())})), count(*) "
        f"FROM (SELECT DISTINCT {identifier(column)} AS text FROM {{}} WHERE {condition})"
    )
    texts, count = loaded.query_all(query)[0]
    return [text for text in texts or () if total_kind(text, column)], count


def _find_named(loaded: LoadedRows, chosen: Chosen, column: str, texts: Sequence[str]) -> Iterator[Total]:
    """Yield the totals of those texts, with the place of their first rows."""
    for text in texts:
        yield Total(text, column, _first_place(loaded, chosen, column, text), total_kind(text, column))


def _first_place(loaded: LoadedRows, chosen: Chosen, column: str, text: str) -> Location:
    """Return the place of the first chosen row with a text in a column; '' is an empty cell."""
    holds = f"{identifier(column)} = {literal(text)}" if text else f"{identifier(column)} IS NULL"
    for path, records in loaded.tables.items():
        if column in records.columns:
            query = f"SELECT min(rowid) FROM {identifier(path)} WHERE {conditions(chosen, holds)}"
            if (first := loaded.database.rows(query)[0][0]) is not None:
                return records.where(first, records.columns.index(column))
    return loaded.node.where


def find_unnamed_totals(loaded: LoadedRows, chosen: Chosen, value: NumberColumn) -> list[Total]:
    """Return the texts of columns whose rows equal the sum of all other rows in each day, month or year."""
    period = loaded.name("period") if loaded.has("period") else ""
    groups = {loaded.name(key) for key in loaded.columns[0] if key.startswith("by ")}
    return [
        Total(text, column, _first_place(loaded, chosen, column, text), None)
        for column in label_columns(loaded)
        if column != period
        for text in _find_sums(loaded, conditions(chosen, value.is_present), value, column, column in groups)
    ]


def _find_sums(loaded: LoadedRows, filled: str, value: NumberColumn, column: str, is_kept_apart: bool) -> Sequence[str]:
    """Return the texts of a column, '' for empty cells, that the numbers of the filled rows show to be totals.

    Rows with different texts that are kept apart are not added up, so that only the last may be a total.
    """
    cell = f"coalesce({identifier(column)}, '')"
    is_exact = sum(len(records.numbers) for records in loaded.tables.values()) <= MAX_COUNTED
    counted = f"count(DISTINCT {cell})" if is_exact else f"approx_count_distinct({cell})"
    count = loaded.query_all(f"SELECT {counted} FROM {{}} WHERE {filled}")[0][0]
    if not 2 < count <= MAX_LABELS:
        return ()
    period = identifier(loaded.name("period")) if loaded.has("period") else "''"
    sums = (
        f"SELECT {period} AS period, {cell} AS text, sum({value.sql}) AS value FROM {{}} WHERE {filled} GROUP BY 1, 2"
    )
    if not loaded.query_all(_candidates(sums, value)):
        return ()
    groups: dict[str, dict[str, Decimal]] = {}
    for when, text, number in loaded.query_all(f"{sums} ORDER BY 1, 2 LIMIT {MAX_GROUPS}"):
        groups.setdefault(when, {})[text] = Decimal(str(number))
    order = _list_in_order(loaded, filled, column)
    return [text for text in find_sums(list(groups.values()), order) if not is_kept_apart or text == order[-1]]


def _candidates(sums: str, value: NumberColumn) -> str:
    """Return the query for texts that may be totals, from that for the sums by period and text."""
    tolerance = f"{MAX_LABELS}e-{value.scale}" if value.scale else "0"
    return (
        "SELECT text FROM (SELECT text, value, sum(value) OVER (PARTITION BY period) AS whole, "
        f"count(*) FILTER (value <> 0) OVER (PARTITION BY period) AS filled FROM ({sums})) GROUP BY 1 "
        f"HAVING bool_and(abs(2 * value - whole) <= {tolerance}) AND bool_or(value <> 0 AND filled > 2)"
    )


def _list_in_order(loaded: LoadedRows, filled: str, column: str) -> list[str]:
    """Return the texts of a column in the order of their first rows, '' for empty cells."""
    found: dict[str, None] = {}
    for path, records in loaded.tables.items():
        if column in records.columns:
            source = f"{identifier(path)} WHERE {filled} GROUP BY 1 ORDER BY min(rowid)"
            rows = loaded.database.rows(f"SELECT coalesce({identifier(column)}, '') FROM {source}")
            found.update(dict.fromkeys(text for (text,) in rows))
    return list(found)
