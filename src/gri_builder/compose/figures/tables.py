"""Tables of fact series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gri_builder.compose.blocks import cell, header_row, join_runs, plain, values_aligned
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.restatements import explain_restatements
from gri_builder.compose.text.numbers import MISSING, NO_BREAK, choose_fact_digits, format_number, join_names
from gri_builder.compose.text.units import unit_text, with_unit
from gri_builder.model.facts import Fact, Series
from gri_builder.model.finding import Location
from gri_builder.model.periods.period import find_latest, sort_periods
from gri_builder.model.rich_text import Cell, FactReference, Run, Runs, Table
from gri_builder.model.texts.web_addresses import link_addresses
from gri_builder.resources.sentences import end_sentence

MARKED = ("estimated", "restated")
"""Statuses that get a mark beside the value."""

ABOUT = ("note", "boundary", "method", "source")
"""Attributes of a series for the small print, in printed order."""


def make_tables(
    context: ComposeContext,
    series: Sequence[Series],
    where: Location | None = None,
    caption: str | None = None,
    latest: int | None = None,
) -> tuple[Table, ...]:
    """Return the series as tables: one for each group of compatible series, with the caption above the first.

    `latest` limits the number of periods; None prints all.
    """
    tables: list[Table] = []
    for together in _group(series):
        tables.append(_make_table(context, together, where, None if tables else caption, latest))
    return tuple(tables)


def _group(series: Sequence[Series]) -> list[tuple[Series, ...]]:
    """Return the series by table: same dimensions, with one dimension also the same unit, with two one series each."""
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
    return [tuple(group) for group in groups.values()]


def _make_table(
    context: ComposeContext, series: tuple[Series, ...], where: Location | None, caption: str | None, latest: int | None
) -> Table:
    match len(series[0].dimensions):
        case 0:
            return _flat_table(context, series, where, caption, latest)
        case 1:
            return _split_table(context, series, where, caption, latest)
        case _:
            return _crossed_table(context, series[0], where, caption)


def list_periods(series: Iterable[Series], latest: int | None = None) -> tuple[str, ...]:
    """Return the periods of all series in ascending order, optionally only the latest ones."""
    periods = sort_periods({period for one in series for period in one.periods})
    return periods[-latest:] if latest else periods


def shown_period(*series: Series) -> str:
    """Return the only period that is shown: the report's own, or the latest where no series has a value for that."""
    own = next((one.own_period for one in series if one.own_period is not None), None)
    return own or find_latest({period for one in series for period in one.periods}) or ""


def list_members(series: Iterable[Series], axis: int) -> tuple[str, ...]:
    """Return the members of a dimension in the order of the data."""
    return tuple(dict.fromkeys(fact.members[axis] for one in series for fact in one.facts))


def _flat_table(
    context: ComposeContext, series: tuple[Series, ...], where: Location | None, caption: str | None, latest: int | None
) -> Table:
    """Return series without dimensions: one row each, periods as columns, a column of units if they differ."""
    periods = list_periods(series, latest)
    units = [unit_text(one.unit, context.words) for one in series]
    mixed = len(set(units)) > 1
    corner = context.translate("metric") if mixed else _corner(context, units[0])
    header = header_row(corner, *([context.translate("unit")] if mixed else []), *periods)
    body = tuple(
        (
            cell(one.title, header=True),
            *([cell(unit or context.translate("number"))] if mixed else []),
            *(_value_cell(context, one, one.value(period)) for period in periods),
        )
        for one, unit in zip(series, units, strict=True)
    )
    align = values_aligned(len(periods), texts=2 if mixed else 1)
    notes = small_print(context, series, [one.value(period) for one in series for period in periods])
    return Table((header,), body, align, where, plain(caption), notes)


def _corner(context: ComposeContext, unit: str) -> str:
    return context.translate("in-unit", unit=unit) if unit else context.translate("number")


def _split_table(
    context: ComposeContext, series: tuple[Series, ...], where: Location | None, caption: str | None, latest: int | None
) -> Table:
    """Return series with one dimension: members as rows, periods as columns; several series get a heading row each."""
    periods = list_periods(series, latest)
    several = len(series) > 1
    body: list[tuple[Cell, ...]] = []
    groups: list[int] = []
    for one in series:
        if several:
            groups.append(len(body))
            body.append((Cell((plain(one.title),), columns=1 + len(periods), header=True),))
        for member in list_members((one,), 0):
            values = (_value_cell(context, one, one.value(period, (member,))) for period in periods)
            body.append((cell(member, header=True), *values))
    title = caption or (join_names([one.title for one in series], context.locale))
    shown = [fact for one in series for fact in one.facts if fact.period in periods]
    return Table(
        (header_row(_capital(series[0].dimensions[0]), *periods),),
        tuple(body),
        values_aligned(len(periods)),
        where,
        plain(with_unit(title, series[0].unit, context.words)),
        small_print(context, series, shown),
        tuple(groups),
    )


def _crossed_table(context: ComposeContext, series: Series, where: Location | None, caption: str | None) -> Table:
    """Return the report's own period of a series with two dimensions: the first as rows, the second as columns."""
    period = shown_period(series)
    shown = [fact for fact in series.facts if fact.period == period]
    across = tuple(dict.fromkeys(fact.members[1] for fact in shown))
    down = tuple(dict.fromkeys(fact.members[0] for fact in shown))
    body = tuple(
        (
            cell(member, header=True),
            *(_value_cell(context, series, series.value(period, (member, other))) for other in across),
        )
        for member in down
    )
    return Table(
        (header_row(_capital(series.dimensions[0]), *across),),
        body,
        values_aligned(len(across)),
        where,
        plain(f"{with_unit(caption or series.title, series.unit, context.words)}, {period}"),
        small_print(context, (series,), shown),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value_cell(context: ComposeContext, series: Series, fact: Fact | None) -> Cell:
    if fact is None:
        return cell(MISSING)
    number = format_number(fact.value, choose_fact_digits(series, fact), context.locale)
    return Cell(((Run(number, printed=FactReference((fact.key,))), *_status_mark(context, fact.status)),))


def _status_mark(context: ComposeContext, status: str) -> Runs:
    return (Run(context.translate(f"{status}-mark"), script="sup"),) if status in MARKED else ()


def small_print(context: ComposeContext, series: Sequence[Series], shown: Iterable[Fact | None]) -> tuple[Runs, ...]:
    """Return the lines below a table: the meaning of the marks, then the sources of the numbers."""
    printed = tuple(shown)
    statuses = {fact.status for fact in printed if fact}
    marks = [
        (*_status_mark(context, status), Run(NO_BREAK + context.translate(status)))
        for status in MARKED
        if status in statuses
    ]
    restated = explain_restatements(context, series, printed)
    return (*([join_runs(marks, ", ")] if marks else []), *restated, *describe_series(context, series))


def describe_series(context: ComposeContext, series: Sequence[Series]) -> tuple[Runs, ...]:
    """Return note, boundary, method and source of the series as small print."""
    parts = [part for about in ABOUT for part in _describe(context, series, about)]
    return (link_addresses(" ".join(parts)),) if parts else ()


def _describe(context: ComposeContext, series: Sequence[Series], about: str) -> list[str]:
    """Return one sentence: the text that all series share, or the text of each series followed by its title."""
    texts = [(one.title, text) for one in series if (text := getattr(one, about))]
    if not texts:
        return []
    if len({text for _, text in texts}) == 1 and len(texts) == len(series):
        return [_sentence(context, about, texts[0][1])]
    described = (f"{text.strip().rstrip('.')} ({title})" for title, text in texts)
    return [_sentence(context, about, "; ".join(described))]


def _sentence(context: ComposeContext, about: str, text: str) -> str:
    return end_sentence(context.translate(f"series-{about}", text=text.strip()), context.words)
