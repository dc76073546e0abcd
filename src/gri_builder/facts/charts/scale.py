"""The scale of a chart's values: round steps from zero, or from near the lowest value where the axis may be broken."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from msgspec import Struct

from gri_builder.model.figures.chart import AxisChoice

TICKS = 4
"""About how many steps an axis has."""
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


class RoundScale(Struct, frozen=True):
    """Steps of a round size that reach all values."""

    step: Decimal
    first: int
    """Number of the first step, counted from zero."""
    last: int
    is_broken: bool = False
    """Whether it starts above zero."""


def choose_scale(values: Iterable[Decimal], choice: AxisChoice = "zero") -> RoundScale:
    """Return the scale of values; one that may be broken still starts at zero where the lowest value is near it."""
    known = list(values)
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(0))
    is_broken = choice == "broken" and 0 < low < high
    if not is_broken:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    step = choose_step(high - low)
    if all(value == value.to_integral_value() for value in known) and step < high - low and step != int(step):
        step = Decimal(int(step) + 1 if step < 1 else 5)
    first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
    return RoundScale(step, int(first), int(max(last, first + 1)), is_broken and first > 0)


def choose_step(span: Decimal) -> Decimal:
    """Return the round step that divides a span into about `TICKS` parts: 1, 2, 2.5 or 5 times a power of ten."""
    if not span:
        return Decimal(1)
    raw = span / TICKS
    power = Decimal(1).scaleb(raw.adjusted())
    return next(step * power for step in STEPS if step * power >= raw)
