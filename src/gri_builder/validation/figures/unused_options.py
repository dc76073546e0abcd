"""Options of a chart that its kind has no use for: nothing that is written is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gri_builder.facts.charts.choice import ChartChoice, choose_kind
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import SeriesChartKind
from gri_builder.model.figures.chart_request import ChartRequest

Chosen = Sequence[tuple[Sequence[Series], ChartChoice]]
"""The charts that are drawn, each with its series."""

SPECIAL: frozenset[SeriesChartKind] = frozenset({"dumbbell", "waterfall", "donut", "bullet", "range", "heat"})
"""Kinds that set off no part, and print each value."""
WITH_PERIODS_SET_OFF: frozenset[SeriesChartKind] = frozenset({"bar", "lying", "grouped", "stacked", "share"})
COMPARING: frozenset[SeriesChartKind] = frozenset({"slope", "dumbbell", "waterfall", "bullet"})
"""Kinds that start at the base period."""
WITH_LINE_AT_BASE: frozenset[SeriesChartKind] = frozenset({"bar", "lying", "grouped", "stacked", "line", "multiples"})
"""Kinds with a line at the value of the base period, where they show a single row."""
OF_ONE_PERIOD: frozenset[SeriesChartKind] = frozenset({"donut", "bullet"})


def list_unused(choices: Chosen, request: ChartRequest) -> Iterator[tuple[str, str, str]]:
    """Yield the options that no chart has a use for: each as written, why, and what to do."""
    kind = choices[0][1].kind if choices else ""
    for name in request.highlighted:
        if not _sets_off(choices, name):
            message = f"a chart of the kind '{kind}' can't set off '{name}'"
            yield name, message, "leave it out of 'highlight', or choose bar, grouped or lying"
    if request.labelled in ("ends", "none") and all(each.kind in SPECIAL | {"slope"} for _, each in choices):
        message = f"a chart of the kind '{kind}' prints its values always"
        yield "labels=", message, "leave 'labels' out, or choose bar or line"
    if request.base_period and not any(_uses_base(group, each, request) for group, each in choices):
        message = f"nothing in a chart of the kind '{kind}' is compared with '{request.base_period}'"
        yield "base-year=", message, "leave 'base-year' out, or choose slope, dumbbell or waterfall"
    if (request.latest or 1) > 1 and all(_shows_one_period(group, each) for group, each in choices):
        yield "years=", "the chart shows one period only", "leave 'years' out, or choose line or multiples"
    if request.sort not in (None, "data") and all(each.kind == "slope" for _, each in choices):
        yield "sort=", "the lines of a slope are where their values are", "leave 'sort' out, or choose dumbbell"


def _sets_off(choices: Chosen, name: str) -> bool:
    """Whether a chart can set a name off; also where it shows nothing of this name, which is a finding of its own."""
    shown = [choice for _, choice in choices if name in _names_of(choice)]
    return not shown or any(_sets_off_in(choice, name) for choice in shown)


def _names_of(choice: ChartChoice) -> set[str]:
    return {*choice.arrangement.categories, *(row.name for row in choice.arrangement.rows)}


def _sets_off_in(choice: ChartChoice, name: str) -> bool:
    arrangement, kind = choice.arrangement, choice.kind
    if kind in SPECIAL:
        return False
    if kind in ("line", "area", "multiples", "slope"):
        return name not in arrangement.categories and (kind == "slope" or len(arrangement.rows) > 1)
    if name in arrangement.categories and kind in ("stacked", "share"):
        return len(arrangement.categories) > 1
    return kind in WITH_PERIODS_SET_OFF


def _uses_base(series: Sequence[Series], choice: ChartChoice, request: ChartRequest) -> bool:
    arrangement, kind = choice.arrangement, choice.kind
    if kind in COMPARING or not any(request.base_period in one.periods for one in series):
        return True  # of which the second is a finding of its own
    if kind in WITH_LINE_AT_BASE and len(arrangement.rows) == 1 and request.base_period in arrangement.categories:
        return True
    return choose_kind(series, replace(request, base_period=None)).arrangement != arrangement


def _shows_one_period(series: Sequence[Series], choice: ChartChoice) -> bool:
    if choice.kind in SPECIAL | {"slope", "multiples"}:
        return choice.kind in OF_ONE_PERIOD or (
            choice.kind == "heat" and any(len(one.dimensions) > 1 for one in series)
        )
    return bool(choice.arrangement.period)
