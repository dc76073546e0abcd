"""Months as columns where 'from' expects years: an error that writes the 'aggregate' which adds them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.yaml_flow import quote_flow, write_flow
from gri_builder.spreadsheets.table import Table, is_year
from gri_builder.tables.headers import NamedHeader, TableHeaders
from gri_builder.tables.period_headers import is_period_header
from gri_builder.tables.series_context import SeriesContext
from gri_builder.tables.shapes.months import MIN_MONTHS, find_month_columns

_KEPT = ("file", "sheet", "unit", "factor", "locale", "unused", "where")
"""Entries of 'from' that 'aggregate' takes as well."""


def find_month_error(
    series: SeriesContext, node: Node, headers: TableHeaders, table: Table, locale: str
) -> Finding | None:
    """Return the finding for a table whose columns are months of a year; None where the headers that it needs exist."""
    months = find_month_columns(table, locale)
    others = set(range(len(table.names))) - {each.column for each in months}
    if not headers.is_wide or headers.periods or any(is_period_header(table.names[each]) for each in others):
        return None
    years = Counter(each.month.year for each in months)
    if max(years.values(), default=0) < MIN_MONTHS:
        return None
    year = []
    if months[0].month.year is None:
        year = [f"period: {_find_year_header(table) or (series.last_day.year if series.last_day else 2015)}"]
    where = table.sheet.where(table.header.number, months[0].column)
    message = f"the columns are months, such as '{shorten(table.names[months[0].column])}', but a year is expected"
    return error("months-as-columns", message, where, _add_up([*_kept(node, _KEPT), *year, *_groups(series, node)]))


def refuse_listed_months(series: SeriesContext, node: Node, first: NamedHeader) -> Finding:
    """Return the finding for months that 'value' of 'from' lists."""
    message = f"'value' lists months, such as '{shorten(first.name)}', which 'from' can't add up"
    entries = [*_kept(node, (*_KEPT, "period", "value")), *_groups(series, node)]
    return error("months-as-columns", message, first.node.where, _add_up(entries))


def _add_up(entries: Iterable[str]) -> str:
    return f"to add up the months of each year, replace 'from: …' by: aggregate: {{{', '.join(entries)}}}"


def _kept(node: Node, keys: Iterable[str]) -> Iterator[str]:
    """Yield the entries of a description that it has, as YAML."""
    return (f"{key}: {write_flow(node.entries[key].value)}" for key in keys if key in node.entries)


def _groups(series: SeriesContext, node: Node) -> Iterator[str]:
    """Yield the entry that names the headers of dimensions, if they have other names."""
    if members := node.get("members"):
        headers = [write_flow(each) for each in members.items or (members,)]
        yield f"group: {{{', '.join(map(': '.join, zip(series.dimensions, headers, strict=False)))}}}"


def _find_year_header(table: Table) -> str | None:
    """Return the header of the column whose cells are years, as YAML."""
    for column, name in enumerate(table.names):
        texts = [row.cell(column).text for row in table.rows[:100] if row.cell(column).text]
        if name and texts and all(map(is_year, texts)):
            return quote_flow(name)
    return None
