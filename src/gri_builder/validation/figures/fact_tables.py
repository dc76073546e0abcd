"""Tables of facts: whether they can show what their authors ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gri_builder.facts.fact_tables.rows import (
    FactRow,
    can_add,
    can_show_change,
    find_parts,
    list_member_rows,
    list_periods,
    shown_period,
)
from gri_builder.facts.fact_tables.totals import mark_totals
from gri_builder.model.facts import Series
from gri_builder.model.figures.table_request import TableRequest, list_names, read_request
from gri_builder.model.finding import Finding, warning
from gri_builder.model.rich_text import Directive
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import listed
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile
from gri_builder.validation.texts import Text

Problem = tuple[str, str, str]
"""The text that asks for it, what is wrong, and what to do."""
ONE_DIMENSION = "a table of parts, or of series without parts"


def check_fact_tables(
    texts: Iterable[Text], series: Mapping[str, Series], files: Mapping[str, SourceFile]
) -> Iterator[Finding]:
    """Yield a finding for each part of a table that is asked for and can't be shown."""
    locator = SourceLocator(files)
    for block in (block for text in texts for block in text.blocks):
        if isinstance(block, Directive) and block.name == "table":
            named = [series[id] for id in block.arguments if id in series and series[id].facts]
            for written, message, hint in _check(named, read_request(block.options, block.where), block.options):
                yield warning("table-request", message, locator.find(written, block.where), hint)


def _check(series: Sequence[Series], request: TableRequest, options: Mapping[str, str]) -> Iterator[Problem]:
    if not series:
        return
    yield from _check_periods(series, request)
    yield from _check_names(series, request, list_names(options.get("highlight", "")))
    groups = _list_rows(series)
    own = shown_period(*series)
    if not groups:
        asked = next((name for name in ("columns", "total") if options.get(name)), None)
        if asked and (request.adds_total or request.shown_columns != ("years",)):
            yield (
                asked,
                f"a table with two dimensions has no '{asked}'",
                f"leave '{asked}' out, or show {ONE_DIMENSION}",
            )
        return
    yield from _check_sort(groups, request)
    yield from _check_total(groups, request)
    if "change" in request.columns and not any(can_show_change(rows, own, request.base_period) for rows in groups):
        message = f"no row has a change to {own}: no value of the period before it, or that is zero"
        yield "columns=", message, "leave 'change' out of 'columns', or name the period that it is from: base-year=2005"
    if "share" in request.columns and not any(find_parts(_with_totals(rows), own) for rows in groups):
        message = "no share can be shown: the rows are not parts of one total in one unit"
        yield (
            "columns=",
            message,
            "leave 'share' out of 'columns', or show a series with parts (by: …) that can be added",
        )


def _list_rows(series: Sequence[Series]) -> list[list[FactRow]]:
    """Return the rows of the tables: those of each series with one dimension, and of all those without."""
    flat = [FactRow(one.title, one) for one in series if not one.dimensions]
    split = [list_member_rows(one) for one in series if len(one.dimensions) == 1]
    return [rows for rows in (flat, *split) if rows]


def _with_totals(rows: list[FactRow]) -> list[FactRow]:
    return mark_totals(rows, list_periods([row.series for row in rows])) if not rows[0].members else rows


def _check_periods(series: Sequence[Series], request: TableRequest) -> Iterator[Problem]:
    base, known = request.base_period, list_periods(series)
    if base is not None and base not in known:
        hint = suggest(base, known) or f"the periods are {listed(known, 'and')}"
        yield base, f"no series of the table has a value for '{base}', which 'base-year' names", hint


def _check_names(series: Sequence[Series], request: TableRequest, names: Sequence[str]) -> Iterator[Problem]:
    members = [member for one in series for fact in one.facts for member in fact.members]
    known = list(dict.fromkeys((*(one.title for one in series), *members, *list_periods(series))))
    for name in names:
        if name not in known:
            hint = suggest(name, known) or "name a row by its title, or a period, as the table prints them"
            yield name, f"'{name}' is not in the table, so that 'highlight' sets nothing off", hint


def _check_sort(groups: Sequence[list[FactRow]], request: TableRequest) -> Iterator[Problem]:
    mixed = any(len({row.series.unit.symbol for row in rows}) > 1 for rows in groups)
    if request.sort in ("ascending", "descending") and mixed:
        message = f"rows in different units can't be sorted by value: sort={request.sort}"
        yield "sort=", message, "write sort=name or leave 'sort' out, or show each unit in a table of its own"


def _check_total(groups: Sequence[list[FactRow]], request: TableRequest) -> Iterator[Problem]:
    if not request.adds_total:
        return
    for rows in map(_with_totals, groups):
        if any(row.is_total for row in rows):
            yield "total=", "the table has a total already, so that none is added", "leave 'total=yes' out"
        elif len(rows) > 1 and not can_add(rows):
            symbols = listed(tuple(dict.fromkeys(row.series.unit.symbol for row in rows)), "and")
            hint = "leave 'total=yes' out; shares, rates and values in different units have no sum"
            yield "total=", f"values in {symbols} can't be added, so that no total is shown", hint
