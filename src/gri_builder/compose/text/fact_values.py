"""Facts in running text: replace placeholders by values."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import find_target_gap, find_value_gap, mark_gap, name_value
from gri_builder.compose.text.numbers import (
    MISSING,
    SHARE_DIGITS,
    choose_digits,
    choose_fact_digits,
    format_difference,
    format_number,
    format_percent,
    format_quantity,
    format_relative_change,
    number_only,
    remove_sign,
)
from gri_builder.compose.text.units import unit_text
from gri_builder.model.facts import Fact, Series
from gri_builder.model.placeholder import LATEST, Placeholder
from gri_builder.model.rich_text import FactReference, Run, Runs
from gri_builder.model.texts.gap import Gap
from gri_builder.model.units import Unit
from gri_builder.resources.units import convert, unit_table

PERCENT = 100

Replacement = tuple[str, FactReference | None]
"""A text and the facts that it prints."""
NOTHING: Replacement = (MISSING, None)


def fill_placeholders(context: ComposeContext, runs: Runs) -> Runs:
    """Return the runs with every placeholder replaced by its text."""
    if not any(run.placeholder for run in runs):
        return runs
    return tuple(_fill_placeholder(context, run, run.placeholder) if run.placeholder else run for run in runs)


def _fill_placeholder(context: ComposeContext, run: Run, placeholder: Placeholder) -> Run:
    series = context.report.series.get(placeholder.series)
    text, printed = print_placeholder(context, series, placeholder) if series else NOTHING
    if context.draft and (text, printed) == NOTHING:
        mark = mark_gap(context, _find_gap(context, series, placeholder))
        return replace(run, text=mark.text, placeholder=None, bold=True, gap=mark.gap)
    return replace(run, text=text, printed=printed, placeholder=None)


def _find_gap(context: ComposeContext, series: Series | None, placeholder: Placeholder) -> Gap:
    """Return the gap where a placeholder has nothing to print: a value, an earlier one, or a target."""
    written = placeholder.source.partition("|")[0].strip() or placeholder.series
    if series is None:
        return find_value_gap(context, placeholder.series, written=written)
    period, members = select(series, placeholder)
    if placeholder.field in ("target", "progress"):
        return find_target_gap(context, series, written, placeholder.field)
    fact = find_fact(series, period, members)
    gap = find_value_gap(context, series.id, None if period == LATEST else period, members, written)
    if fact is None or placeholder.field not in ("change", "difference"):
        return gap
    return replace(gap, text=context.translate("gap-change", name=name_value(context, series, fact.period, members)))


def print_placeholder(context: ComposeContext, series: Series, expression: Placeholder) -> Replacement:
    """Return the text of a placeholder, and the facts that it prints."""
    text, printed = _print_signed(context, series, expression)
    if not expression.unsigned:
        return text, printed
    return remove_sign(text), replace(printed, unsigned=True) if printed else None


def _print_signed(context: ComposeContext, series: Series, expression: Placeholder) -> Replacement:
    """Return the text of a placeholder with the sign of its number."""
    period, members = select(series, expression)
    match expression.field:
        case "unit":
            return unit_text(series.unit, context.words), None
        case "title":
            return series.title, None
        case "change" | "difference":
            return _print_change_field(context, series, expression, find_fact(series, period, members))
        case "target":
            return _print_target(context, series, expression)
        case "progress":
            return print_progress(context, series)
        case _:
            return _print_value(context, series, expression, find_fact(series, period, members))


def select(series: Series, expression: Placeholder) -> tuple[str | None, tuple[str, ...]]:
    """Return the selected period and members; the label of a period may be among the members."""
    printed = [series.labels.get(member, member) for member in expression.members]
    period = series.labels.get(expression.period, expression.period) if expression.period else None
    labels = [period, *(each for each in printed if each in (LATEST, *series.periods))]
    members = tuple(each for each in printed if each not in (*series.periods, *labels))
    return next((label for label in labels if label is not None), None), members


def _print_value(context: ComposeContext, series: Series, expression: Placeholder, fact: Fact | None) -> Replacement:
    if fact is None:
        return NOTHING
    if expression.percent:
        return _print_share(context, series, expression, fact)
    given = choose_fact_digits(series, fact)
    text, digits = _print_quantity(context, series, expression, fact.value, given)
    dated = context.bracketed(text, fact.period) if select(series, expression)[0] == LATEST else text
    decimals = digits if expression.unit or digits != given else None
    return dated, FactReference((fact.key,), unit=expression.unit, decimals=decimals)


def _print_quantity(
    context: ComposeContext, series: Series, expression: Placeholder, value: Decimal, given: int
) -> tuple[str, int]:
    """Return a value with its unit, converted, rounded or without unit as the placeholder says, and its digits.

    `given` are its digits after the decimal sign in the unit of the series.
    """
    unit = (unit_table(context.report.units).find(expression.unit) if expression.unit else None) or series.unit
    shown = convert(value, series.unit, unit)
    if shown is None:
        return MISSING, given
    digits = expression.digits
    if digits is None:
        digits = _digits_in(series, unit, value, shown, given)
    if expression.bare:
        return format_number(shown, digits, context.locale), digits
    return format_quantity(shown, unit, digits, context.locale, context.words), digits


def _digits_in(series: Series, unit: Unit, value: Decimal, shown: Decimal, given: int) -> int:
    """Return the digits of a converted value: as many significant ones as in the unit of the series."""
    if unit == series.unit or not value or not shown:
        return given
    return max(0, given + value.adjusted() - shown.adjusted())


def _print_share(context: ComposeContext, series: Series, expression: Placeholder, fact: Fact) -> Replacement:
    """Return a fact as a percentage: its share of all members in its period, or the value of a ratio or share."""
    keys: tuple[str, ...] = (fact.key,)
    digits = expression.digits
    if series.unit.dimension == "share":
        value, digits = fact.value, choose_fact_digits(series, fact) if digits is None else digits
    elif series.unit.dimension == "ratio":
        value = fact.value * PERCENT
    else:
        together = [each for each in series.facts if each.period == fact.period]
        total = sum((each.value for each in together), Decimal(0))
        if not total:
            return NOTHING
        value, keys = fact.value / total * PERCENT, (fact.key, *(e.key for e in together if e is not fact))
    digits = SHARE_DIGITS if digits is None else digits
    number = format_number(value, digits, context.locale)
    text = number if expression.bare else format_percent(number, context.locale)
    return text, FactReference(keys, "share", decimals=digits)


def _print_change_field(
    context: ComposeContext, series: Series, expression: Placeholder, new: Fact | None
) -> Replacement:
    old = series.previous(new) if new else None
    if new is None or old is None:
        return NOTHING
    if expression.field == "change":
        change = print_change(context, series, new, old, expression.digits)
        printed = refer_to_change(series, new, old, expression.digits)
        return (number_only(change) if expression.bare else change), printed
    difference = new.value - old.value
    digits = max(choose_fact_digits(series, new), choose_fact_digits(series, old))
    text, digits = _print_quantity(context, series, expression, difference, digits)
    printed = FactReference((new.key, old.key), "difference", expression.unit, digits)
    return (f"+{text}" if difference > 0 else text), printed


def _print_target(context: ComposeContext, series: Series, expression: Placeholder) -> Replacement:
    """Return the target value for the period of the placeholder, else the last target."""
    period = series.labels.get(expression.period, expression.period) if expression.period else None
    wanted = [target for target in series.targets if period in (None, target.period)]
    if not wanted:
        return NOTHING
    value = wanted[-1].value
    return _print_quantity(context, series, expression, value, choose_digits(series, value))[0], None


def print_progress(context: ComposeContext, series: Series) -> Replacement:
    """Return the progress towards the last target, in per cent."""
    found = measure_progress(series)
    if found is None:
        return NOTHING
    share, first, last = found
    text = format_percent(format_number(share * PERCENT, 0, context.locale), context.locale)
    return text, FactReference((last.key, first.key), "progress")


def measure_progress(series: Series) -> tuple[Decimal, Fact, Fact] | None:
    """Return the progress from base to target (1 when reached), the fact of the base and the latest fact."""
    if not series.targets:
        return None
    target = series.targets[-1]
    first = series.base_of(target)
    last = find_fact(series, LATEST, target.members)
    if first is None or last is None or target.value == first.value:
        return None
    return (last.value - first.value) / (target.value - first.value), first, last


def find_fact(series: Series, period: str | None, members: tuple[str, ...]) -> Fact | None:
    """Return the fact of that period, of the latest with a fact for those members, or of the report's own period."""
    if period == LATEST and LATEST not in series.periods:
        return series.latest(members)
    label = series.own_period if period is None else period
    return series.value(label, members) if label is not None else None


def print_fact(context: ComposeContext, series: Series, fact: Fact) -> str:
    """Return the value with its unit."""
    return format_quantity(fact.value, series.unit, choose_fact_digits(series, fact), context.locale, context.words)


def print_change(context: ComposeContext, series: Series, new: Fact, old: Fact, digits: int | None = None) -> str:
    """Return the change of a value: a signed percentage with one digit, or percentage points for a share."""
    digits = _count_change_digits(series, new, old, digits)
    if series.unit.printed != "%":
        return format_relative_change(new.value, old.value, context.locale, digits)
    points = format_difference(new.value, old.value, digits, context.locale)
    return context.translate("percentage-points", number=points)


def _count_change_digits(series: Series, new: Fact, old: Fact, digits: int | None) -> int:
    """Return the digits of a change: those that are asked for, else one, or those of the values for a share."""
    if digits is not None:
        return digits
    return max(choose_fact_digits(series, new), choose_fact_digits(series, old)) if series.unit.printed == "%" else 1


def refer_to_change(series: Series, new: Fact, old: Fact, digits: int | None = None) -> FactReference:
    """Return what `print_change` prints as a reference to its facts."""
    decimals = _count_change_digits(series, new, old, digits)
    return FactReference((new.key, old.key), "change", decimals=decimals)
