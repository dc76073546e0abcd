"""Facts in running text: placeholders and key figures, replaced by what they stand for."""

from __future__ import annotations

from dataclasses import replace

from gri_builder.document import KeyFigure
from gri_builder.produce.compose.numbers import (
    MISSING,
    format_difference,
    format_quantity,
    format_relative_change,
    unit_text,
)
from gri_builder.produce.compose.setting import Setting
from gri_builder.produce.expression import Expression, parse_expression
from gri_builder.prose import Run, Runs
from gri_builder.report import Fact, Series


def fill_facts(setting: Setting, runs: Runs) -> Runs:
    """Return the runs with every placeholder replaced by the text of its fact."""
    return tuple(_fill_fact(setting, run) if run.fact is not None else run for run in runs)


def _fill_fact(setting: Setting, run: Run) -> Run:
    expression = parse_expression(run.fact or "")
    series = setting.report.series.get(expression.series) if expression else None
    text = _print_expression(setting, series, expression) if series and expression else MISSING
    return replace(run, text=text, fact=None)


def _print_expression(setting: Setting, series: Series, expression: Expression) -> str:
    period, members = _select(series, expression)
    match expression.field:
        case "unit":
            return unit_text(series.unit)
        case "change":
            return print_change(setting, series, period, members)
        case _:
            return print_fact(setting, series, find_fact(series, period, members))


def _select(series: Series, expression: Expression) -> tuple[str | None, tuple[str, ...]]:
    """Return the period and the members that are meant; a period's label may stand among the members."""
    labels = [expression.period, *(member for member in expression.members if member in series.periods)]
    members = tuple(member for member in expression.members if member not in series.periods)
    return next((label for label in labels if label is not None), None), members


def find_fact(series: Series, period: str | None, members: tuple[str, ...]) -> Fact | None:
    """Return the fact of that period, or of the latest one that has a fact for those members."""
    if period is not None:
        return series.value(period, members)
    found = (series.value(label, members) for label in reversed(series.periods))
    return next((fact for fact in found if fact), None)


def find_previous(series: Series, fact: Fact) -> Fact | None:
    """Return the fact of the period before, for the same members."""
    earlier = [period for period in series.periods if period < fact.period]
    return series.value(earlier[-1], fact.members) if earlier else None


def print_fact(setting: Setting, series: Series, fact: Fact | None) -> str:
    """Return the value with its unit; a dash where there is none, never zero."""
    if fact is None:
        return MISSING
    return format_quantity(fact.value, series.unit, series.decimals, setting.locale)


def print_change(setting: Setting, series: Series, period: str | None, members: tuple[str, ...]) -> str:
    """Return how a value changed against the period before: a signed percentage, or percentage points for a share."""
    new = find_fact(series, period, members)
    old = find_previous(series, new) if new else None
    if new is None or old is None:
        return MISSING
    if series.unit.printed == "%":
        points = format_difference(new.value, old.value, series.decimals, setting.locale)
        return setting.say("percentage-points", number=points)
    return format_relative_change(new.value, old.value, setting.locale)


def make_key_figure(setting: Setting, series: Series) -> KeyFigure:
    """Return the latest value of a series, and how it changed, as a number to remember."""
    fact = find_fact(series, None, ())
    if fact is None:
        return KeyFigure(MISSING, series.title)
    previous = find_previous(series, fact)
    change = print_change(setting, series, fact.period, fact.members)
    against = None
    if previous and change != MISSING:
        against = setting.say("change-against", change=change, period=previous.period)
    return KeyFigure(print_fact(setting, series, fact), f"{series.title}, {fact.period}", against)
