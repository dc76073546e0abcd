"""Checks of single values: shares are between 0 and 100 %, physical quantities are not negative."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gri_builder.validation.cross_checks.fact_index import FactIndex
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult, implausible, inconsistent

HUNDRED = Decimal(100)
PHYSICAL = frozenset({"energy", "mass", "volume", "area", "headcount", "count"})
"""Dimensions whose values can't be negative."""


def check_ranges(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield shares of a metric that are below 0 % or above 100 %."""
    for series in index.series.values():
        metric = index.metric(series)
        if metric is None or series.unit.symbol != "%" or metric.dimension != "share":
            continue
        for fact in series.facts:
            if fact.value < 0 or (fact.value > HUNDRED and not metric.unbounded):
                message = f"{fact.key} is {fact.value} %, but a share is between 0 and 100 %"
                yield inconsistent("share-out-of-range", fact, message, "correct the value")


def check_signs(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield negative values of physical quantities: an error for a metric of the framework, otherwise a warning."""
    for series in index.series.values():
        metric = index.metric(series)
        if (metric and metric.signed) or (not metric and series.unit.dimension not in PHYSICAL):
            continue
        for fact in series.facts:
            if fact.value < 0:
                message = f"{fact.key} is {fact.value} {series.unit.symbol}, but can't be negative"
                if metric:
                    yield inconsistent("wrong-sign", fact, message, "remove the minus sign")
                else:
                    yield implausible("negative-value", fact, message, "check the sign")
