"""Tables of fact series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from gri_builder.compose.blocks import cell, header_row, join_runs, plain, values_aligned
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import list_value_gaps, list_wanted, note_gaps
from gri_builder.compose.figures.restatements import explain_restatements
from gri_builder.compose.tables.lines import make_line, set_off_columns
from gri_builder.compose.tables.value_columns import (
    MARKED,
    ValueColumn,
    list_columns,
    make_cell,
    status_mark,
    value_cell,
)
from gri_builder.compose.text.numbers import NO_BREAK, join_names
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.facts.fact_tables.rows import (
    FactRow,
    add_total,
    choose_periods,
    find_parts,
    find_totals,
    list_member_rows,
    list_members,
    list_periods,
    shown_period,
    sort_rows,
)
from gri_builder.facts.fact_tables.totals import find_whole, mark_totals
from gri_builder.model.facts import Fact, Series
from gri_builder.model.figures.table_request import TableRequest
from gri_builder.model.periods.period import sort_periods
from gri_builder.model.rich_text import Cell, Run, Runs, Table
from gri_builder.model.texts.web_addresses import link_addresses
from gri_builder.resources.sentences import end_sentence, join_sentences, open_sentence, separator

__all__ = ["MARKED", "list_members", "list_periods", "make_tables", "shown_period", "small_print"]

MakeText = Callable[[FactRow], Cell]
"""Returns the text of a row, such as its unit."""
DEFAULT = TableRequest()
ABOUT = ("note", "boundary", "method", "source")
"""Attributes of a series for the small print, in printed order."""


def make_tables(
    context: ComposeContext, series: Sequence[Series], request: TableRequest = DEFAULT
) -> tuple[Table, ...]:
    """Return the series as tables: one for each group of compatible series, with the title above the first."""
    tables: list[Table] = []
    base = context.print_period(request.base_period)
    request = replace(request, highlighted=context.print_names(request.highlighted), base_period=base)
    for together in _group(series, request):
        tables.append(_make_table(context, together, replace(request, title=None) if tables else request))
    return tuple(tables)


def _group(series: Sequence[Series], request: TableRequest) -> list[tuple[Series, ...]]:
    """Return the series by table: same dimensions, with one dimension also the same unit, with two one series each.

    A series that is the sum of the members of another one is in its table.
    """
    groups: dict[tuple[str, ...], list[Series]] = {}
    for one in series:
        match len(one.dimensions):
            case 0:
                key: tuple[str, ...] = ()
            case 1:
                key = (*one.dimensions, one.unit.symbol)
            case _:
                key = (*one.dimensions, one.unit.symbol, one.id)
        groups.setdefault(key, []).append(one)
    return [tuple(group) for group in _join_wholes(groups, request) if group]


def _join_wholes(groups: dict[tuple[str, ...], list[Series]], request: TableRequest) -> list[list[Series]]:
    """Return the groups, with a series that is the sum of another one's members after that one."""
    plain_series = groups.get((), [])
    for group in groups.values():
        if len(group) == 1 and len(group[0].dimensions) == 1:
            whole = find_whole(group[0], plain_series, choose_periods(group, request))
            if whole:
                plain_series.remove(whole)
                group.append(whole)
    return list(groups.values())


def _make_table(context: ComposeContext, series: tuple[Series, ...], request: TableRequest) -> Table:
    match len(series[0].dimensions):
        case 0:
            return _flat_table(context, series, request)
        case 1:
            return _split_table(context, series, request)
        case _:
            return _crossed_table(context, series[0], request)


def _flat_table(context: ComposeContext, series: tuple[Series, ...], request: TableRequest) -> Table:
    """Return series without dimensions: one row each, periods as columns, a column of units if they differ."""
    periods, own = _list_periods(context, series, request), shown_period(*series)
    rows = mark_totals([FactRow(one.title, one) for one in series], periods)
    rows = add_total(sort_rows(rows, request, own), request, context.translate("total"))
    columns = list_columns(context, rows, request, periods, own)
    notes = _note_rows(context, series, rows, columns, request)
    if len(rows) == 1:
        return make_line(context, rows[0], request, columns, notes, own)
    units = [unit_text(row.series.unit, context.words) for row in rows]
    mixed = len(set(units)) > 1
    corner = context.translate("metric") if mixed else _corner(context, units[0])
    texts = ((lambda row: cell(unit_text(row.series.unit, context.words) or context.translate("number"))),)
    heads = (corner, context.translate("unit")) if mixed else (corner,)
    return _set_rows(context, request, heads, texts if mixed else (), rows, columns, notes, plain(request.title), own)


def _corner(context: ComposeContext, unit: str) -> str:
    return context.translate("in-unit", unit=unit) if unit else context.translate("number")


def _split_table(context: ComposeContext, series: tuple[Series, ...], request: TableRequest) -> Table:
    """Return series with one dimension: members as rows, periods as columns; several series get a heading row each.

    A series without dimensions after one that it is the sum of is its total.
    """
    split = tuple(one for one in series if one.dimensions)
    periods, own = _list_periods(context, split, request), shown_period(*split)
    sections = [(one, _list_section(context, one, series, request, own)) for one in split]
    rows = [row for _, section in sections for row in section]
    columns = list_columns(context, rows if len(split) == 1 else sections[0][1], request, periods, own)
    title = request.title or join_names([one.title for one in split], context.locale)
    caption = plain(with_unit(title, split[0].unit, context.words))
    notes = _note_rows(context, series, rows, columns, request)
    head = (_capital(split[0].dimensions[0]),)
    if len(split) == 1 and len(rows) == 1:
        return make_line(context, rows[0], request, columns, notes, own, caption)
    tables = [_set_rows(context, request, head, (), section, columns, notes, caption, own) for _, section in sections]
    return tables[0] if len(split) == 1 else _join_sections(tables, [one.title for one in split])


def _list_section(
    context: ComposeContext, one: Series, series: Sequence[Series], request: TableRequest, own: str
) -> list[FactRow]:
    """Return the rows of a series with one dimension, and the series that is its total, if it has one."""
    rows = sort_rows([*list_member_rows(one), *_list_wanted_rows(context, one)], request, own)
    wholes = [FactRow(_name_total(context, whole, one), whole, (), True) for whole in series if not whole.dimensions]
    return [*rows, *wholes] if wholes else add_total(rows, request, context.translate("total"))


def _name_total(context: ComposeContext, whole: Series, parts: Series) -> str:
    return context.translate("total") if whole.title == parts.title else whole.title


def _join_sections(tables: Sequence[Table], titles: Sequence[str]) -> Table:
    """Return the tables as one, each below a heading row."""
    first, body = tables[0], list[tuple[Cell, ...]]()
    marks: dict[str, list[int]] = {"groups": [], "totals": [], "highlighted": []}
    for table, title in zip(tables, titles, strict=True):
        marks["groups"].append(len(body))
        body.append((Cell((plain(title),), columns=len(first.align), header=True),))
        for name in ("totals", "highlighted"):
            marks[name] += [len(body) + row for row in getattr(table, name)]
        body += table.body
    return replace(first, body=tuple(body), **{name: tuple(rows) for name, rows in marks.items()})


def _set_rows(
    context: ComposeContext,
    request: TableRequest,
    heads: Sequence[str],
    texts: Sequence[MakeText],
    rows: Sequence[FactRow],
    columns: Sequence[ValueColumn],
    notes: tuple[Runs, ...],
    caption: Runs,
    own: str,
) -> Table:
    """Return a table of rows; `heads` are those of the names and of the columns of text, which `texts` fill."""
    parts = find_parts(rows, own) if any(column.kind == "share" for column in columns) else []
    body = tuple(
        (
            cell(row.label, header=True),
            *(make_text(row) for make_text in texts),
            *(make_cell(context, row, column, parts) for column in columns),
        )
        for row in rows
    )
    current, earlier = set_off_columns(columns, request, own)
    first = len(heads)
    return Table(
        (header_row(*heads, *(column.head for column in columns)),),
        body,
        values_aligned(len(columns), texts=first),
        request.where,
        caption,
        notes,
        totals=tuple(number for number, row in enumerate(rows) if row.is_total),
        highlighted=tuple(number for number, row in enumerate(rows) if _is_highlighted(row, request)),
        current=tuple(first + column for column in current),
        earlier=tuple(first + column for column in earlier),
        units=tuple(row.series.unit.symbol for row in rows) if texts else (),
    )


def _is_highlighted(row: FactRow, request: TableRequest) -> bool:
    return row.label in request.highlighted or row.series.title in request.highlighted


def _crossed_table(context: ComposeContext, series: Series, request: TableRequest) -> Table:
    """Return the report's own period of a series with two dimensions: the first as rows, the second as columns."""
    period = shown_period(series)
    shown = [fact for fact in series.facts if fact.period == period]
    across = tuple(dict.fromkeys(fact.members[1] for fact in shown))
    totals, sums = find_totals(series, 0), find_totals(series, 1)
    rows = [FactRow(member, series, (member,), member in totals) for member in _down(shown)]
    rows = _sort_crossed(rows, request, period, across)
    body = tuple(
        (
            cell(row.label, header=True),
            *(value_cell(context, FactRow(row.label, series, (*row.members, other)), period) for other in across),
        )
        for row in rows
    )
    title = with_unit(request.title or series.title, series.unit, context.words)
    chosen = {*sums, *request.highlighted}
    return Table(
        (header_row(_capital(series.dimensions[0]), *across),),
        body,
        values_aligned(len(across)),
        request.where,
        plain(context.join(title, period)),
        (*small_print(context, (series,), shown), *_note_wanted(context, (series,), request)),
        totals=tuple(number for number, row in enumerate(rows) if row.is_total),
        highlighted=tuple(number for number, row in enumerate(rows) if row.label in request.highlighted),
        current=tuple(number for number, other in enumerate(across, 1) if other in chosen),
    )


def _down(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.members[0] for fact in facts))


def _sort_crossed(rows: list[FactRow], request: TableRequest, period: str, across: Sequence[str]) -> list[FactRow]:
    """Return the rows of a table with two dimensions sorted by name, or by the sum of their values."""
    if request.sort not in ("ascending", "descending"):
        return sort_rows(rows, request, period)
    sums = {
        row.label: replace(row, parts=tuple(FactRow("", row.series, (*row.members, other)) for other in across))
        for row in rows
    }
    order = [row.label for row in sort_rows(list(sums.values()), request, period)]
    return sorted(rows, key=lambda row: order.index(row.label))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _list_periods(context: ComposeContext, series: Sequence[Series], request: TableRequest) -> tuple[str, ...]:
    """Return the periods of a table; in a draft also that of the report if values of it are missing."""
    periods = choose_periods(series, request)
    wanted = {each.period for each in list_wanted(context, series)} - {*periods}
    return sort_periods({*periods, *wanted}) if wanted and not request.asks_latest else periods


def _list_wanted_rows(context: ComposeContext, series: Series) -> list[FactRow]:
    """Return the rows of members of which all values are missing, in a draft."""
    known = {fact.members for fact in series.facts}
    wanted = dict.fromkeys(each.members for each in list_wanted(context, (series,)) if each.are_members_known)
    return [FactRow(members[0], series, members) for members in wanted if members not in known]


def _note_rows(
    context: ComposeContext,
    series: Sequence[Series],
    rows: Sequence[FactRow],
    columns: Sequence[ValueColumn],
    request: TableRequest,
) -> tuple[Runs, ...]:
    """Return the small print below rows of the columns."""
    periods = dict.fromkeys(column.period for column in columns if column.kind == "years")
    shown = [fact for row in rows for period in periods for fact in row.facts(period)]
    return (*small_print(context, series, shown), *_note_wanted(context, series, request))


def _note_wanted(context: ComposeContext, series: Sequence[Series], request: TableRequest) -> tuple[Runs, ...]:
    """Return the line that names what a table of a draft does not show yet."""
    return () if request.asks_latest else note_gaps(context, list_value_gaps(context, series))


def small_print(context: ComposeContext, series: Sequence[Series], shown: Iterable[Fact | None]) -> tuple[Runs, ...]:
    """Return the lines below a table: the meaning of the marks, then the sources of the numbers."""
    printed = tuple(shown)
    statuses = {fact.status for fact in printed if fact}
    marks = [
        (*status_mark(context, status), Run(NO_BREAK + context.translate(status)))
        for status in MARKED
        if status in statuses
    ]
    restated = explain_restatements(context, series, printed)
    return (
        *([join_runs(marks, separator("list", context.words))] if marks else []),
        *restated,
        *describe_series(context, series),
    )


def describe_series(context: ComposeContext, series: Sequence[Series]) -> tuple[Runs, ...]:
    """Return note, boundary, method and source of the series as small print."""
    parts = [part for about in ABOUT for part in _describe(context, series, about)]
    return (link_addresses(join_sentences(parts)),) if parts else ()


def _describe(context: ComposeContext, series: Sequence[Series], about: str) -> list[str]:
    """Return one sentence: the text that all series share, or the text of each series followed by its title."""
    texts = [(one.title, text) for one in series if (text := getattr(one, about))]
    if not texts:
        return []
    if len({text for _, text in texts}) == 1 and len(texts) == len(series):
        return [_sentence(context, about, texts[0][1])]
    described = (context.bracketed(open_sentence(text), title) for title, text in texts)
    return [_sentence(context, about, context.clauses(described))]


def _sentence(context: ComposeContext, about: str, text: str) -> str:
    return end_sentence(context.translate(f"series-{about}", text=text.strip()), context.words)
