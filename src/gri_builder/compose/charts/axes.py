"""Axes: the scale of a chart's values, with ticks at round numbers as they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel import Locale

from gri_builder.compose.text.numbers import count_digits, format_number, format_percent
from gri_builder.facts.charts.scale import choose_scale
from gri_builder.model.figures.chart import Axis, AxisChoice, Tick


def make_axis(values: Iterable[Decimal], locale: Locale, choice: AxisChoice = "zero") -> Axis:
    """Return an axis for the values: from zero, or broken where it may start near the lowest value."""
    scale = choose_scale(values, choice)
    digits = count_digits(scale.step.normalize())
    ticks = [scale.step * n for n in range(scale.first, scale.last + 1)]
    return Axis(
        float(ticks[0]),
        float(ticks[-1]),
        tuple(Tick(float(value), format_number(value, digits, locale)) for value in ticks),
        scale.is_broken,
    )


def make_share_axis(locale: Locale) -> Axis:
    """Return an axis from 0 to 100 per cent."""
    ticks = tuple(Tick(float(value), format_percent(str(value), locale)) for value in (0, 25, 50, 75, 100))
    return Axis(0.0, 100.0, ticks)
