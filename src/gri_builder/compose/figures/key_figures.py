"""Key figures: the value of a series with its change, its target, and its course."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gri_builder.compose.charts.time import place_periods
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import find_value_gap, print_gap
from gri_builder.compose.figures.progress import Progress, measure, print_share
from gri_builder.compose.text.changes import describe_change, print_judged
from gri_builder.compose.text.fact_values import find_fact, print_fact
from gri_builder.compose.text.numbers import MISSING, choose_digits, format_quantity
from gri_builder.model.document import KeyFigure, Trend
from gri_builder.model.facts import Fact, Series, Target
from gri_builder.model.periods.period import is_planned, parse_period
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.placeholder import LATEST
from gri_builder.model.rich_text import FactReference

MIN_TREND_VALUES = 3
"""Values from which on the course of a key figure is drawn."""


def make_key_figure(context: ComposeContext, series: Series, period: str | None = None) -> KeyFigure:
    """Return the value of a series for a period, with its change, its target and its course, as a key figure.

    `period` is LATEST, or None for the report's own.
    """
    fact = find_fact(series, period, ())
    if fact is None:
        return mark_key_figure(context, series.id, None if period == LATEST else period)
    figure = KeyFigure(
        print_fact(context, series, fact),
        context.join(series.title, fact.period),
        printed=FactReference((fact.key,)),
        trend=_make_trend(context, series, fact),
    )
    return _add_target(context, _add_change(context, figure, series, fact), series, fact)


def mark_key_figure(context: ComposeContext, id: str, period: str | None = None) -> KeyFigure:
    """Return a key figure without a value, which says in a draft what is missing; `id` may be no series yet."""
    gap = find_value_gap(context, id, period)
    if context.draft:
        return KeyFigure(MISSING, print_gap(context, gap), gap=gap)
    series = context.report.series.get(id)
    return KeyFigure(MISSING, series.title if series else id)


def _add_change(context: ComposeContext, figure: KeyFigure, series: Series, fact: Fact) -> KeyFigure:
    previous = series.previous(fact)
    change = describe_change(context, series, fact, previous) if previous else None
    if previous is None or change is None:
        return figure
    against = context.translate("change-against", change=change.text, period=previous.period)
    return replace(
        figure,
        change=print_judged(context, against, change.judgement),
        change_printed=change.printed,
        course=change.course,
        judgement=change.judgement,
    )


def _add_target(context: ComposeContext, figure: KeyFigure, series: Series, fact: Fact) -> KeyFigure:
    targets = [target for target in series.targets if not target.members]
    if not targets:
        return figure
    found = measure(context, series, targets, fact)
    text, printed = _print_progress(context, found)
    return replace(figure, target=print_target(context, series, found.target), progress=text, progress_printed=printed)


def print_target(context: ComposeContext, series: Series, target: Target) -> str:
    """Return a target with its period: 'Target 2020: 300 GJ'."""
    digits = choose_digits(series, target.value)
    value = format_quantity(target.value, series.unit, digits, context.locale, context.words)
    return context.translate("target-dated", period=target.period, value=value)


def _print_progress(context: ComposeContext, found: Progress) -> tuple[str | None, FactReference | None]:
    """Return how much of the way is gone with its status, and the facts that it is calculated from."""
    status = context.translate(f"status-{found.status}") if found.status else ""
    share, printed = print_share(context, found)
    if not printed:
        return status or None, None
    if not status:
        return context.translate("progress-share", share=share), printed
    return context.translate("progress-status", share=share, status=status), printed


def _make_trend(context: ComposeContext, series: Series, fact: Fact) -> Trend | None:
    """Return the course of a series up to a fact, by periods of the same length; None with too few values."""
    known = _list_course(context, series, fact)
    if len(known) < MIN_TREND_VALUES:
        return None
    first, last, lowest, highest = (
        context.bracketed(print_fact(context, series, each), each.period)
        for each in (known[0], known[-1], min(known, key=_value_of), max(known, key=_value_of))
    )
    labels = [each.period for each in known]
    return Trend(
        tuple(float(each.value) for each in known),
        context.translate("trend-alt", first=first, last=last, lowest=lowest, highest=highest),
        place_periods(labels, _years(context)),
        tuple(each.key for each in known),
        labels[0],
        labels[-1],
    )


def _list_course(context: ComposeContext, series: Series, fact: Fact) -> Sequence[Fact]:
    """Return the facts without members up to one, in the order of time, without plans and periods of other lengths."""
    years = _years(context)
    own = parse_period(fact.period, years)
    known = [each for period in series.periods if not is_planned(period) and (each := series.value(period))]
    if fact in known:
        known = known[: known.index(fact) + 1]
    if own is None:
        return known
    spans = ((each, parse_period(each.period, years)) for each in known)
    return [each for each, span in spans if span and span.kind == own.kind]


def _years(context: ComposeContext) -> ReportingYears:
    return ReportingYears(context.report.start, context.report.end)


def _value_of(fact: Fact) -> float:
    return float(fact.value)
