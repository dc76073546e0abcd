"""Doubts about values as they follow each other: jumps, slips of unit, zeros, and exactly a hundred per cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gri_builder.model.facts import Fact, Series
from gri_builder.validation.cross_checks.fact_index import FactIndex, time_series
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult, implausible, unexplained

NEAR = Decimal("0.04")
"""How near to the factor between two units a change must be to look like a slip."""
CONVERTIBLE = frozenset({"energy", "mass", "volume", "area", "emissions", "currency", "intensity", "ozone-depletion"})
"""Dimensions whose units are taken for each other."""
COUNTED = frozenset({"count", "headcount"})
STEADY = frozenset({"share", "score", "ratio"})
"""Dimensions in which a change in per cent says little."""


def find_unit_errors(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield changes by a factor that lies between two units, of all periods."""
    for series in book.series.values():
        for line in time_series(series) if series.unit.dimension in CONVERTIBLE else ():
            for old, new in pairwise(line):
                if slip := _slip(book, old, new):
                    hint = f"a factor of {slip.normalize():f} looks like another unit, such as MWh for GJ or kg for t"
                    yield implausible("unit-error", new, _say(old, new), hint)


def find_jumps(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield changes of the latest period that are over the threshold, and no slip of unit."""
    for series in book.series.values():
        for line in time_series(series) if series.unit.dimension not in STEADY else ():
            if len(line) > 1 and _jumps(book, series, line[-2], line[-1]):
                yield implausible("year-on-year-jump", line[-1], _say(line[-2], line[-1]), "check it")


def _slip(book: FactIndex, old: Fact, new: Fact) -> Decimal | None:
    """Return the factor between two units that the change is near to."""
    if not old.value or not new.value:
        return None
    factor = max(abs(new.value / old.value), abs(old.value / new.value))
    return next((each for each in book.limits.slips if abs(factor / each - 1) <= NEAR), None)


def _jumps(book: FactIndex, series: Series, old: Fact, new: Fact) -> bool:
    if not old.value or not new.value:
        return False
    if series.unit.dimension in COUNTED and max(abs(old.value), abs(new.value)) < book.limits.small_count:
        return False
    if series.unit.dimension in CONVERTIBLE and _slip(book, old, new):
        return False
    return abs(_change(old, new)) > book.limits.year_on_year


def _change(old: Fact, new: Fact) -> Decimal:
    return (new.value - old.value) / abs(old.value) * 100


def _say(old: Fact, new: Fact) -> str:
    return f"{new.key} is {new.value:f}, after {old.value:f} in {old.period} ({_change(old, new):+.0f} %)"


def find_zeros(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield values that fell to zero, which may only be missing; a note of the series is word enough."""
    for series in book.series.values():
        for line in time_series(series) if not series.note else ():
            least = book.limits.small_count if series.unit.dimension in COUNTED else Decimal(0)
            if len(line) > 1 and line[-1].value == 0 and abs(line[-2].value) > least:
                message = f"{line[-1].key} is 0, after {line[-2].value:f} in {line[-2].period}"
                yield unexplained(
                    "zero-value", line[-1], message, "if there was none, say so in a note; else write null"
                )


def find_exact_100_percent(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield shares that are exactly 100 % in the latest period; a note or a method is word enough."""
    for series in book.series.values():
        if series.unit.symbol != "%" or series.note or series.method:
            continue
        full = [line[-1] for line in time_series(series) if line[-1].value == 100]
        if full:
            several = f", and {len(full) - 1} more of its values" if len(full) > 1 else ""
            hint = "say in a note or method of the series how that was established"
            yield unexplained("exact-100-percent", full[0], f"{full[0].key} is exactly 100 %{several}", hint)
