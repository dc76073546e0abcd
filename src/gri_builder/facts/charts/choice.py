"""The kind of chart that fits a group of series, and why it is not the one that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from gri_builder.facts.charts.arrangement import (
    Arrangement,
    arrange_crossed,
    arrange_over_time,
    can_be_added,
    sort_categories,
    sort_rows,
    turn,
)
from gri_builder.facts.charts.special_kinds import SPECIAL_KINDS
from gri_builder.facts.charts.wholes import explain_gap, explain_no_whole, find_total_row
from gri_builder.facts.fact_tables.rows import is_amount
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import SeriesChartKind
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.periods.period import parse_period

MOST_COLORS = 6
"""Series or parts that colours can distinguish in one chart."""
MOST_BARS = 8
"""Periods of one series that are bars by default; more are a line."""
FEW_PERIODS = 3
"""Periods that are bars of their own beside each other."""
FROM_ZERO: tuple[SeriesChartKind, ...] = (
    "bar",
    "lying",
    "grouped",
    "stacked",
    "share",
    "area",
    "waterfall",
    "bullet",
    "donut",
    "heat",
)
"""Kinds whose lengths or areas show values, so that their axis has no break."""
STACKS = ("stacked", "share")
"""Kinds that stack values."""
TURNED = ("bar", "lying", "grouped")
"""Kinds that show members as categories where there is one period."""


WITHOUT_TARGETS: tuple[SeriesChartKind, ...] = (*("share", "donut", "heat", "waterfall", "dumbbell", "range", "slope"),)
"""Kinds that have no axis on which the target of a series has its place."""


def draws_targets(kind: SeriesChartKind, series: Sequence[Series]) -> bool:
    """Return whether a chart has a place for targets; beside stacks of several series, one of them would mislead."""
    return kind not in WITHOUT_TARGETS and not (kind in ("stacked", "area") and len(series) > 1)


class ChartChoice(Struct, frozen=True):
    """The kind of a chart, and the arrangement of its values."""

    kind: SeriesChartKind
    arrangement: Arrangement
    reason: str | None = None
    """Why it is another kind than its author asked for; None where it is that one, or none was asked for."""


def choose_kind(series: Sequence[Series], request: ChartRequest) -> ChartChoice:
    """Return the kind in which series of one unit are drawn; they have at most two dimensions."""
    plain = _arrange(series, request)
    kind, reason = request.kind or _default_kind(plain), None
    for _ in range(len(REPLACEMENTS)):
        found = _find_reason(kind, series, plain, request)
        if found is None:
            break
        reason = reason or found
        kind = _replace_kind(kind, plain)
    return ChartChoice(kind, _arrange_for(kind, series, plain, request), reason)


def _arrange(series: Sequence[Series], request: ChartRequest) -> Arrangement:
    if len(series[0].dimensions) > 1:
        return arrange_crossed(series[0])
    return arrange_over_time(series, request)


def _default_kind(plain: Arrangement) -> SeriesChartKind:
    rows, categories = len(plain.rows), len(plain.categories)
    if not plain.is_over_time or categories < 2:
        return "lying" if max(rows, categories) > 3 else "bar"
    if rows > MOST_COLORS:
        return "multiples" if categories > FEW_PERIODS else "lying"
    return "bar" if categories <= (MOST_BARS if rows == 1 else FEW_PERIODS) else "line"


def _arrange_for(
    kind: SeriesChartKind, series: Sequence[Series], plain: Arrangement, request: ChartRequest
) -> Arrangement:
    """Return the arrangement of a kind."""
    if kind == "slope":
        return _ends(plain, request)
    is_turned = kind in TURNED and plain.is_over_time and len(plain.rows) > 1
    if is_turned and (len(plain.categories) == 1 or _is_crowded(kind, plain)):
        title = request.title or series[0].title
        return sort_categories(turn(plain, title), request)
    if kind == "donut":
        return sort_categories(turn(_own_period(series, plain), series[0].title), request)
    return sort_rows(plain, request) if plain.is_over_time else _sort_lying(kind, plain, request)


def _sort_lying(kind: SeriesChartKind, plain: Arrangement, request: ChartRequest) -> Arrangement:
    if kind == "lying" or request.sort:
        return sort_categories(plain, request)
    return plain


def _is_crowded(kind: SeriesChartKind, plain: Arrangement) -> bool:
    """Return whether members are better categories than colours: many of them over few periods."""
    return kind == "lying" and len(plain.rows) > MOST_COLORS and len(plain.categories) <= FEW_PERIODS


def _ends(plain: Arrangement, request: ChartRequest) -> Arrangement:
    """Return the first and last period, or the base period and the last."""
    places = [0, len(plain.categories) - 1]
    if request.base_period in plain.categories[:-1]:
        places[0] = plain.categories.index(str(request.base_period))
    rows = tuple(type(row)(row.name, row.series, tuple(row.facts[n] for n in places)) for row in plain.rows)
    return Arrangement(tuple(plain.categories[n] for n in places), rows)


def _own_period(series: Sequence[Series], plain: Arrangement) -> Arrangement:
    """Return the arrangement of the report's own period alone, or of the latest without it."""
    own = next((one.own_period for one in series if one.own_period in plain.categories), None)
    place = plain.categories.index(own) if own else len(plain.categories) - 1
    rows = tuple(
        type(row)(row.name, row.series, (row.facts[place],)) for row in plain.rows if row.facts and row.facts[place]
    )
    return Arrangement(plain.categories[place : place + 1], rows)


# -- reasons against a kind -------------------------------------------------------------------------------------------


def _find_reason(
    kind: SeriesChartKind, series: Sequence[Series], plain: Arrangement, request: ChartRequest
) -> str | None:
    """Return why values can't be shown in that kind; None if they can."""
    if kind in SPECIAL_KINDS:
        return SPECIAL_KINDS[kind](series, request)
    if kind == "donut":
        return _against_ring(series, plain)
    found = AGAINST.get(kind)
    return found(plain, request) if found else None


def _against_ring(series: Sequence[Series], plain: Arrangement) -> str | None:
    if not plain.is_over_time:
        return "a ring shows the parts of one whole, and the series has two dimensions"
    ring = _own_period(series, plain)
    count = len(ring.rows)
    if count < 2:
        return "a ring shows the parts of one whole, and there is only one value"
    if any(value < 0 for value in ring.values):
        return "a ring can't show negative values"
    if not any(ring.values):
        return "all values are zero"
    if not can_be_added(ring):
        return "its values are no parts of one whole"
    if total := find_total_row(plain):
        return f"'{total.name}' is the total of others, which would count twice"
    return f"a ring has at most {MOST_COLORS} parts, and there are {count}" if count > MOST_COLORS else None


def _against_stack(plain: Arrangement, request: ChartRequest) -> str | None:
    if len(plain.rows) < 2:
        return "there is only one series, and nothing to stack"
    return explain_no_whole(plain) or _against_colors(plain, request)


def _against_shares(plain: Arrangement, request: ChartRequest) -> str | None:
    if reason := _against_stack(plain, request):
        return reason
    return explain_gap(plain) if any(plain.sums) else "all values are zero"


def _against_colors(plain: Arrangement, request: ChartRequest) -> str | None:
    if len(plain.rows) <= MOST_COLORS or request.highlighted:
        return None
    return f"more than {MOST_COLORS} colours can't be distinguished, and there are {len(plain.rows)}"


def _against_bars(plain: Arrangement, request: ChartRequest) -> str | None:
    if len(plain.categories) > 1:
        return _against_colors(plain, request)
    count = len(plain.rows)
    return f"{count} names have no room below bars of one period" if count > MOST_COLORS else None


def _against_lying(plain: Arrangement, request: ChartRequest) -> str | None:
    has_names = len(plain.categories) < 2 or _is_crowded("lying", plain)
    return None if has_names else _against_colors(plain, request)


def _against_time(plain: Arrangement, request: ChartRequest) -> str | None:
    if not plain.is_over_time:
        return "its categories are no periods, and a line between them would mean nothing"
    if len(plain.categories) < 2:
        return "there is only one period"
    unknown = next((label for label in plain.categories if parse_period(label) is None), None)
    return f"the period '{unknown}' has no place in time" if unknown else _against_lengths(plain)


def _against_lengths(plain: Arrangement) -> str | None:
    """Return which of the periods, all understood, is longer than another, or at the same time."""
    first, *others = [period for label in plain.categories if (period := parse_period(label))]
    for period in others:
        if period.kind != first.kind and is_amount(plain.rows[0].series):
            return f"'{first.label}' and '{period.label}' are periods of different length"
    places = {(each.first, each.last): each.label for each in (first, *others)}
    return "several of its periods are at the same time" if len(places) <= len(others) else None


def _against_line(plain: Arrangement, request: ChartRequest) -> str | None:
    return _against_time(plain, request) or _against_colors(plain, request)


def _against_area(plain: Arrangement, request: ChartRequest) -> str | None:
    if reason := _against_time(plain, request):
        return reason
    if any(value < 0 for value in plain.values):
        return "areas can't show negative values"
    if len(plain.rows) > 1 and (reason := explain_no_whole(plain) or explain_gap(plain)):
        return reason
    return _against_colors(plain, request)


def _against_slope(plain: Arrangement, request: ChartRequest) -> str | None:
    return _against_time(plain, request)


AGAINST: Mapping[SeriesChartKind, Callable[[Arrangement, ChartRequest], str | None]] = {
    "bar": _against_bars,
    "grouped": _against_bars,
    "lying": _against_lying,
    "stacked": _against_stack,
    "share": _against_shares,
    "line": _against_line,
    "area": _against_area,
    "multiples": _against_time,
    "slope": _against_slope,
}
REPLACEMENTS: Mapping[SeriesChartKind, SeriesChartKind] = {
    "share": "stacked",
    "stacked": "grouped",
    "area": "line",
    "donut": "lying",
    "waterfall": "grouped",
    "bullet": "lying",
    "range": "lying",
    "dumbbell": "lying",
    "heat": "lying",
}
"""What a kind that does not fit becomes first; others become bars, or where bars are too many small lines."""


def _replace_kind(kind: SeriesChartKind, plain: Arrangement) -> SeriesChartKind:
    if kind in STACKS and len(plain.rows) < 2:
        return "bar"
    if kind in REPLACEMENTS and len(plain.rows) <= MOST_COLORS:
        return REPLACEMENTS[kind]
    if len(plain.rows) > MOST_COLORS and not plain.is_over_time:
        return "heat"
    if len(plain.rows) > MOST_COLORS and kind in ("line", "area"):
        return "multiples"
    if len(plain.rows) > MOST_COLORS or not plain.is_over_time:
        is_course = plain.is_over_time and len(plain.categories) > 1 and _against_time(plain, ChartRequest()) is None
        return "multiples" if is_course and len(plain.categories) > FEW_PERIODS and kind != "multiples" else "lying"
    return "bar" if kind != "bar" else "lying"
