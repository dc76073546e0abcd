"""Plausibility of values over time: jumps, unit errors, zeros, and exactly 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gri_builder.model.facts import Fact, Series
from gri_builder.validation.cross_checks.fact_index import FactIndex, time_series
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult, implausible, unexplained

FACTOR_TOLERANCE = Decimal("0.04")
"""Relative difference from the factor between two units within which a change looks like a unit error."""
CONVERTIBLE = frozenset({"energy", "mass", "volume", "area", "emissions", "currency", "intensity", "ozone-depletion"})
"""Dimensions with several units that are confused."""
COUNTED = frozenset({"count", "headcount"})
STEADY = frozenset({"share", "score", "ratio"})
"""Dimensions in which a change in per cent has little meaning."""


def find_unit_errors(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield changes, in any period, by nearly the factor between two units."""
    for series in index.series.values():
        for facts in time_series(series) if series.unit.dimension in CONVERTIBLE else ():
            for old, new in pairwise(facts):
                if factor := _unit_factor(index, old, new):
                    hint = f"a factor of {factor.normalize():f} looks like another unit, such as MWh for GJ or kg for t"
                    yield implausible("unit-error", new, _describe_change(old, new), hint)


def find_jumps(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield changes in the latest period above the threshold that are not unit errors."""
    for series in index.series.values():
        for facts in time_series(series) if series.unit.dimension not in STEADY else ():
            if len(facts) > 1 and _jumps(index, series, facts[-2], facts[-1]):
                yield implausible("year-on-year-jump", facts[-1], _describe_change(facts[-2], facts[-1]), "check it")


def _unit_factor(index: FactIndex, old: Fact, new: Fact) -> Decimal | None:
    """Return the factor between two units that the change is close to."""
    if not old.value or not new.value:
        return None
    factor = max(abs(new.value / old.value), abs(old.value / new.value))
    return next((each for each in index.thresholds.unit_factors if abs(factor / each - 1) <= FACTOR_TOLERANCE), None)


def _jumps(index: FactIndex, series: Series, old: Fact, new: Fact) -> bool:
    if not old.value or not new.value:
        return False
    if series.unit.dimension in COUNTED and max(abs(old.value), abs(new.value)) < index.thresholds.small_count:
        return False
    if series.unit.dimension in CONVERTIBLE and _unit_factor(index, old, new):
        return False
    return abs(_change(old, new)) > index.thresholds.year_on_year


def _change(old: Fact, new: Fact) -> Decimal:
    return (new.value - old.value) / abs(old.value) * 100


def _describe_change(old: Fact, new: Fact) -> str:
    return f"{new.key} is {new.value:f}, after {old.value:f} in {old.period} ({_change(old, new):+.0f} %)"


def find_zeros(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield values that fell to zero, which may only be missing; a note on the series resolves the warning."""
    for series in index.series.values():
        for facts in time_series(series) if not series.note else ():
            minimum = index.thresholds.small_count if series.unit.dimension in COUNTED else Decimal(0)
            if len(facts) > 1 and facts[-1].value == 0 and abs(facts[-2].value) > minimum:
                message = f"{facts[-1].key} is 0, after {facts[-2].value:f} in {facts[-2].period}"
                yield unexplained(
                    "zero-value",
                    facts[-1],
                    message,
                    "if it is zero, say so in a note; if it is missing, write null",
                )


def find_exact_100_percent(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield shares of exactly 100 % in the latest period; a note or method of the series resolves the warning."""
    for series in index.series.values():
        if series.unit.symbol != "%" or series.note or series.method:
            continue
        full = [facts[-1] for facts in time_series(series) if facts[-1].value == 100]
        if full:
            several = f", and {len(full) - 1} more of its values" if len(full) > 1 else ""
            hint = "explain in a note or method of the series how that was determined"
            yield unexplained("exact-100-percent", full[0], f"{full[0].key} is exactly 100 %{several}", hint)
