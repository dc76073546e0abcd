"""Checks of single values: shares lie between 0 and 100 %, and what is counted or weighed is not negative."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gri_builder.validation.cross_checks.fact_index import FactIndex
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult, implausible, inconsistent

HUNDRED = Decimal(100)
PHYSICAL = frozenset({"energy", "mass", "volume", "area", "headcount", "count"})
"""Dimensions of what can't be less than nothing."""


def check_ranges(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield shares of a metric that are no share of anything."""
    for series in book.series.values():
        metric = book.metric(series)
        if metric is None or series.unit.symbol != "%" or metric.dimension != "share":
            continue
        for fact in series.facts:
            if fact.value < 0 or (fact.value > HUNDRED and not metric.unbounded):
                message = f"{fact.key} is {fact.value} %, but a share lies between 0 and 100 %"
                yield inconsistent("share-out-of-range", fact, message, "correct the value")


def check_signs(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield values under zero where there can be none: an error for the framework's metrics, else a doubt."""
    for series in book.series.values():
        metric = book.metric(series)
        if (metric and metric.signed) or (not metric and series.unit.dimension not in PHYSICAL):
            continue
        for fact in series.facts:
            if fact.value < 0:
                message = f"{fact.key} is {fact.value} {series.unit.symbol}, less than nothing"
                if metric:
                    yield inconsistent("wrong-sign", fact, message, "take the minus sign away")
                else:
                    yield implausible("negative-value", fact, message, "check the sign")
