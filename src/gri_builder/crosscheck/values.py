"""Checks of single values: shares lie between 0 and 100 %, and what is counted or weighed is not negative."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gri_builder.crosscheck.book import Book
from gri_builder.crosscheck.doubt import Doubt, doubtful, false

HUNDRED = Decimal(100)
PHYSICAL = frozenset({"energy", "mass", "volume", "area", "headcount", "count"})
"""Dimensions of what can't be less than nothing."""


def check_ranges(book: Book) -> Iterator[Doubt]:
    """Yield shares of a metric that are no share of anything."""
    for series in book.series.values():
        metric = book.metric(series)
        if metric is None or series.unit.symbol != "%" or metric.dimension != "share":
            continue
        for fact in series.facts:
            if fact.value < 0 or (fact.value > HUNDRED and not metric.unbounded):
                message = f"{fact.key} is {fact.value} %, but a share lies between 0 and 100 %"
                yield false("share-out-of-range", fact, message, "correct the value")


def check_signs(book: Book) -> Iterator[Doubt]:
    """Yield values under zero where there can be none: an error for the framework's metrics, else a doubt."""
    for series in book.series.values():
        metric = book.metric(series)
        if (metric and metric.signed) or (not metric and series.unit.dimension not in PHYSICAL):
            continue
        for fact in series.facts:
            if fact.value < 0:
                message = f"{fact.key} is {fact.value} {series.unit.symbol}, less than nothing"
                if metric:
                    yield false("wrong-sign", fact, message, "take the minus sign away")
                else:
                    yield doubtful("negative-value", fact, message, "check the sign")
