"""Charts, tables and maps of series that may have no value yet: a draft marks what they do not show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from gri_builder.compose.charts.make_charts import make_charts
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import (
    box_gaps,
    find_figure_gap,
    find_target_gap,
    find_value_gap,
    list_value_gaps,
    note_gaps,
)
from gri_builder.compose.drafts.pictures import frame_figure
from gri_builder.compose.figures.matrix import compose_matrix
from gri_builder.compose.figures.site_map import compose_site_map
from gri_builder.compose.figures.tables import make_tables
from gri_builder.compose.figures.targets import compose_targets
from gri_builder.model.document import Block
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.figures.table_request import TableRequest
from gri_builder.model.finding import Location
from gri_builder.model.texts.gap import Gap


def show_charts(
    context: ComposeContext, ids: Sequence[str], request: ChartRequest, is_noted: bool = True
) -> tuple[Block, ...]:
    """Return the charts of some series; in a draft a frame if none has a value, else a note on what is missing.

    `is_noted` says whether the note is printed below the charts, and not below a table of the same series.
    """
    series = _known(context, ids)
    if not context.draft:
        return make_charts(context, series, request)
    filled = [one for one in series if one.facts]
    if not filled:
        return (frame_figure(context, find_figure_gap(context, "chart", ids), request.where),)
    charts: list[Chart] = list(make_charts(context, filled, request))
    if charts and is_noted:
        notes = note_gaps(context, _list_gaps(context, ids, request.asks_latest))
        charts[-1] = replace(charts[-1], notes=(*charts[-1].notes, *notes))
    return tuple(charts)


def show_tables(context: ComposeContext, ids: Sequence[str], request: TableRequest) -> tuple[Block, ...]:
    """Return the tables of some series; in a draft with a mark for each series that has no row."""
    series = _known(context, ids)
    if not context.draft:
        return make_tables(context, series, request)
    asked = {each.series for each in context.report.wanted}
    shown = [one for one in series if one.facts or (one.id in asked and not one.dimensions)]
    left_out = [id for id in ids if id not in {one.id for one in shown}]
    gaps = dict.fromkeys(gap for id in left_out for gap in _list_gaps(context, [id]))
    tables = make_tables(context, shown, request) if shown else ()
    return (*tables, *box_gaps(context, gaps, request.where))


def show_map(
    context: ComposeContext, ids: Sequence[str], where: Location, options: Mapping[str, str]
) -> tuple[Block, ...]:
    """Return the map of the sites, with the values of a series; in a draft a frame where it has nothing to show."""
    series = next(iter(_known(context, ids)), None)
    if not context.draft:
        return compose_site_map(context, series, where, options)
    if not context.report.sites:
        return (frame_figure(context, Gap("map", context.translate("gap-sites")), where),)
    if ids and not (series and series.facts):
        return (frame_figure(context, find_figure_gap(context, "map", ids), where),)
    return compose_site_map(context, series, where, options)


def show_matrix(context: ComposeContext, where: Location, title: str | None) -> tuple[Block, ...]:
    """Return the materiality matrix; in a draft a frame where no topic has a score."""
    matrix = compose_matrix(context, where, title)
    if matrix or not context.draft:
        return matrix
    return (frame_figure(context, Gap("matrix", context.translate("gap-scores")), where),)


def show_targets(context: ComposeContext, ids: Sequence[str], where: Location, title: str | None) -> tuple[Block, ...]:
    """Return the progress of some series towards their targets; in a draft with a mark for each without a target."""
    series = _known(context, ids)
    shown = compose_targets(context, [one for one in series if one.targets], where, title)
    known = {one.id: one for one in series}
    gaps = [
        find_target_gap(context, known[id]) if id in known else find_value_gap(context, id)
        for id in ids
        if id not in known or not known[id].targets
    ]
    return (*shown, *box_gaps(context, gaps, where))


def _known(context: ComposeContext, ids: Sequence[str]) -> list[Series]:
    return [context.report.series[id] for id in ids if id in context.report.series]


def _list_gaps(context: ComposeContext, ids: Sequence[str], is_latest: bool = False) -> list[Gap]:
    """Return the gaps of series: the values that they ask for, and of those without any value or entry themselves."""
    gaps: dict[Gap, None] = {}
    for id in ids:
        series = context.report.series.get(id)
        asked = list_value_gaps(context, (series,)) if series and not (is_latest and series.facts) else []
        if not asked and not (series and series.facts):
            asked = [find_value_gap(context, id)]
        gaps.update(dict.fromkeys(asked))
    return list(gaps)
