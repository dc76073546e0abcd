"""Charts: whether they can show what their authors ask for, and in the kind that they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from gri_builder.facts.charts.choice import FROM_ZERO, ChartChoice, choose_kind, draws_targets
from gri_builder.facts.charts.scale import choose_scale
from gri_builder.facts.charts.special_rows import compared_periods, list_special_rows
from gri_builder.facts.charts.waterfall_steps import group_charts, make_waterfall
from gri_builder.limits.limit import plural
from gri_builder.limits.limits import CHART_ROWS, CHART_VALUES
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart_request import ChartRequest, read_chart_request
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.report import Answer, Figures
from gri_builder.model.rich_text import Directive
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile
from gri_builder.validation.figures.unused_options import list_unused
from gri_builder.validation.texts import Text


class Problem(NamedTuple):
    """What is wrong with a request."""

    rule: str
    written: str
    """The text that asks for it."""
    message: str
    hint: str


NAMES = {
    "bar": "bars",
    "grouped": "bars beside each other",
    "lying": "lying bars",
    "stacked": "stacked bars",
    "line": "a line chart",
    "multiples": "small line charts on one scale",
    "heat": "a heat table",
}
"""What kinds that replace others draw."""


def check_charts(
    texts: Iterable[Text], answers: Iterable[Answer], series: Mapping[str, Series], files: Mapping[str, SourceFile]
) -> Iterator[Finding]:
    """Yield a finding for each chart that is drawn in another kind than asked for, and for what it can't show."""
    locator = SourceLocator(files)
    for block in (block for text in texts for block in text.blocks):
        if isinstance(block, Directive) and block.name == "chart":
            named = _with_facts(block.arguments, series)
            yield from _check(named, read_chart_request(block.options, block.where), block.where, locator)
    for figures in _list_figures(answers):
        if figures.chart:
            request = replace(figures.chart, title=figures.caption)
            yield from _check(_with_facts(figures.series, series), request, request.where or figures.where, locator)


def _with_facts(ids: Iterable[str], series: Mapping[str, Series]) -> list[Series]:
    """Return the series of a chart that have facts; nothing where one is unknown or has an error."""
    named = [series.get(id) for id in ids]
    return [] if None in named else [one for one in named if one and one.facts]


def _list_figures(answers: Iterable[Answer]) -> Iterator[Figures]:
    for answer in answers:
        for parts in answer.parts.values():
            yield from (part for part in parts if isinstance(part, Figures) and part.chart)


def _check(
    series: Sequence[Series], request: ChartRequest, where: Location, locator: SourceLocator
) -> Iterator[Finding]:
    if not series:
        return
    choices = [(group, choose_kind(group, request)) for group in group_charts(series, request)]
    if too_large := _check_size(choices, request.title or series[0].title):
        message, hint = too_large
        yield error("chart-too-large", message, where, hint)
        return
    problems = [problem for group, choice in choices for problem in _check_kind(group, choice, request)]
    for rule, written, message, hint in (*problems, *_check_request(series, choices, request)):
        yield warning(rule, message, locator.find(written, where) if written else where, hint)


def _check_size(choices: Sequence[tuple[Sequence[Series], ChartChoice]], title: str) -> tuple[str, str] | None:
    """Return message and hint about a chart with more values, or more bars or lines, than it may have."""
    for _, choice in choices:
        places = (len(choice.arrangement.rows), len(choice.arrangement.categories))
        counts = ((CHART_VALUES, len(choice.arrangement.values)), (CHART_ROWS, max(places)))
        for limit, count in counts:
            if count > limit.most:
                message = (
                    f"the chart '{shorten(title)}' would have {plural(count, limit.unit)}, more than {limit.most:,}"
                )
                return message, f"show fewer series, members or years, or a table; or {limit.hint}"
    return None


def _check_kind(series: Sequence[Series], choice: ChartChoice, request: ChartRequest) -> Iterator[Problem]:
    if choice.kind == "waterfall":
        yield from _check_waterfall(series, request)
    if choice.reason is None or request.kind is None:
        return
    drawn = NAMES.get(choice.kind, choice.kind)
    title = request.title or series[0].title
    yield Problem(
        "chart-kind-replaced",
        "type=",
        f"'{title}' is drawn as {drawn}, not as '{request.kind}': {choice.reason}",
        f"write '{choice.kind}' if you agree, or choose other series, members or years",
    )


def _check_waterfall(series: Sequence[Series], request: ChartRequest) -> Iterator[Problem]:
    """Yield what the parts of a waterfall do not explain of the difference between its totals, beyond rounding."""
    way = make_waterfall(series, request)
    if isinstance(way, str) or way.is_rounding:
        return
    changed, parts = way.end - way.start, way.end - way.start - way.unexplained
    message = (
        f"the parts of '{series[-1].title}' add up to {parts}, and '{series[0].title}' changed by {changed} "
        f"from '{way.base}' to '{way.own}': {way.unexplained} is printed as not explained"
    )
    yield Problem(
        "waterfall-unexplained", "waterfall", message, "correct the values, or add a part for what is missing"
    )


def _check_request(
    series: Sequence[Series], choices: Sequence[tuple[Sequence[Series], ChartChoice]], request: ChartRequest
) -> Iterator[Problem]:
    """Yield what is asked for and can't be shown, or has no effect."""
    periods = {period for one in series for period in one.periods}
    if request.base_period and request.base_period not in periods:
        hint = suggest(request.base_period, sorted(periods)) or f"the periods are {listed(sorted(periods))}"
        yield Problem("chart-request", request.base_period, f"no series has a value for '{request.base_period}'", hint)
    shown = [choice.arrangement for _, choice in choices]
    names = sorted({name for each in shown for name in (*each.categories, *(row.name for row in each.rows))})
    for name in request.highlighted:
        if name not in names:
            hint = suggest(name, names) or f"write one of {listed(names)}"
            yield Problem("chart-request", name, f"'{name}' is nothing that the chart shows", hint)
    if request.shows_target and not any(not target.members for one in series for target in one.targets):
        yield Problem(
            "chart-request",
            "target=",
            "no series of the chart has a target",
            "delete 'target=yes', or add the target",
        )
    yield from _check_axis(choices, request)
    for written, message, hint in list_unused(choices, request):
        yield Problem("chart-request", written, message, hint)
    yield from _check_unused(series, choices, request)


def _check_unused(
    series: Sequence[Series], choices: Sequence[tuple[Sequence[Series], ChartChoice]], request: ChartRequest
) -> Iterator[Problem]:
    """Yield the options that change nothing in what is drawn."""
    count = len({period for one in series for period in one.periods})
    if request.latest and request.latest > count:
        message = f"'years' asks for {request.latest} periods, and the series have {count}"
        yield Problem("chart-request", "years=", message, f"write {count}, or leave 'years' out")
    kinds = {choice.kind for group, choice in choices if not draws_targets(choice.kind, group)}
    if request.shows_target and any(one.targets for one in series) and len(kinds) == len(choices):
        message = f"a chart of the kind '{min(kinds)}' has no place for the target of a series"
        yield Problem("chart-request", "target=", message, "leave 'target' out, or choose bar, line or bullet")
    shown = [choice.arrangement for _, choice in choices]
    if request.sort not in (None, "data") and all(each.is_over_time and len(each.rows) < 2 for each in shown):
        yield Problem("chart-request", "sort=", "periods are always in the order of time", "leave 'sort' out")


def _check_axis(choices: Sequence[tuple[Sequence[Series], ChartChoice]], request: ChartRequest) -> Iterator[Problem]:
    if request.axis != "broken":
        return
    kinds = [choice.kind for _, choice in choices]
    if all(kind in FROM_ZERO for kind in kinds):
        message = f"the axis of '{kinds[0]}' starts at zero: the length of a bar shows its value"
        yield Problem("chart-request", "axis=", message, "delete 'axis=broken', or write type=line")
    elif any(value <= 0 for _, choice in choices for value in choice.arrangement.values):
        message = "the axis can't be broken, since a value is zero or negative"
        yield Problem("chart-request", "axis=", message, "delete 'axis=broken'")
    elif not any(_breaks(group, choice, request) for group, choice in choices):
        message = "the axis starts at zero, not broken: the lowest value is near zero, or all values are equal"
        yield Problem("chart-request", "axis=", message, "delete 'axis=broken'")


def _breaks(series: Sequence[Series], choice: ChartChoice, request: ChartRequest) -> bool:
    """Return whether the axis of a chart is broken where that is asked for."""
    if choice.kind in FROM_ZERO:
        return False
    values = choice.arrangement.values
    if choice.kind == "dumbbell":
        periods, rows = compared_periods(series, request), list_special_rows(series, request)
        values = [fact.value for row in rows for period in periods if (fact := row.fact(period))]
    targets = [target.value for one in series for target in one.targets] if request.shows_target else []
    return choose_scale([*values, *targets], "broken").is_broken
