"""Axes: the scale of a chart's values, with ticks at round numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from babel import Locale

from gri_builder.compose.text.numbers import count_digits, format_number, format_percent
from gri_builder.model.figures.chart import Axis, AxisChoice, Tick

TICKS = 4
"""About how many steps an axis has."""
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def make_axis(values: Iterable[Decimal], locale: Locale, choice: AxisChoice = "zero") -> Axis:
    """Return an axis for the values: from zero, or broken where it may start near the lowest value."""
    known = list(values)
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(0))
    is_broken = choice == "broken" and 0 < low < high
    if not is_broken:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    step = choose_tick_step(high - low)
    if all(value == value.to_integral_value() for value in known) and step < high - low and step != int(step):
        step = Decimal(int(step) + 1 if step < 1 else 5)
    first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
    last = max(last, first + 1)
    digits = count_digits(step.normalize())
    ticks = [step * n for n in range(int(first), int(last) + 1)]
    return Axis(
        float(first * step),
        float(last * step),
        tuple(Tick(float(value), format_number(value, digits, locale)) for value in ticks),
        is_broken and first > 0,
    )


def make_share_axis(locale: Locale) -> Axis:
    """Return an axis from 0 to 100 per cent."""
    ticks = tuple(Tick(float(value), format_percent(str(value), locale)) for value in (0, 25, 50, 75, 100))
    return Axis(0.0, 100.0, ticks)


def choose_tick_step(span: Decimal) -> Decimal:
    """Return the round step that divides a span into about `TICKS` parts: 1, 2, 2.5 or 5 times a power of ten."""
    if not span:
        return Decimal(1)
    raw = span / TICKS
    power = Decimal(1).scaleb(raw.adjusted())
    return next(step * power for step in STEPS if step * power >= raw)
