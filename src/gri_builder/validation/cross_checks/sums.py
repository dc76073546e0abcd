"""Checks of sums: series of one metric agree, balances hold, shares add up to 100 %; all within rounding."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gri_builder.model.facts import Series
from gri_builder.validation.cross_checks.fact_index import ADDITIVE, Balance, FactIndex, Metric, Total
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult, implausible, inconsistent

HUNDRED = Decimal(100)
NEAR_100 = Decimal(5)
"""Percentage points by which shares may differ from 100 % and still be meant to add up to it."""


def check_breakdowns(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield series of one metric that have different totals: headcount, say, is the same wherever it appears."""
    for metric in index.metrics.values():
        if metric.dimension not in ADDITIVE:
            continue
        series = index.measuring(metric.id)
        for other in series[1:]:
            for period in (period for period in other.periods if period in series[0].periods):
                yield from _check_totals(index, metric, series[0], other, period)


def _check_totals(
    index: FactIndex, metric: Metric, first: Series, other: Series, period: str
) -> Iterator[CrossCheckResult]:
    one, two = index.total(first, period, first.unit), index.total(other, period, first.unit)
    if one and two and abs(one.value - two.value) > one.tolerance + two.tolerance:
        message = (
            f"{metric.title} of {period}: the total of '{other.id}' is {_show(two)}, "
            f"but '{first.id}' is {_show(one)} {first.unit.symbol}; they differ by {_difference(one, two)}"
        )
        yield inconsistent("totals-mismatch", two.fact, message, "correct one of the two, or remove 'measures'")


def check_balances(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield totals that are not the sum of their terms."""
    for balance in index.rules.balances:
        total = next(iter(index.measuring(balance.total)), None)
        terms = [(sign, next(iter(index.measuring(id)), None)) for sign, id in _terms(balance)]
        known = [(sign, series) for sign, series in terms if series]
        if total is None or len(known) < len(terms):
            continue
        for period in total.periods:
            yield from _check_balance(index, balance, total, known, period)


def _terms(balance: Balance) -> list[tuple[int, str]]:
    return [*((1, id) for id in balance.plus), *((-1, id) for id in balance.minus)]


def _check_balance(
    index: FactIndex, balance: Balance, total: Series, terms: list[tuple[int, Series]], period: str
) -> Iterator[CrossCheckResult]:
    whole = index.total(total, period, total.unit)
    parts = [(sign, index.total(series, period, total.unit)) for sign, series in terms]
    known = [(sign, part) for sign, part in parts if part]
    if whole is None or len(known) < len(parts):
        return
    expected = sum((sign * part.value for sign, part in known), Decimal(0))
    tolerance = whole.tolerance + sum((part.tolerance for _, part in known), Decimal(0))
    if abs(whole.value - expected) > tolerance:
        names = " ".join(f"{'-' if sign < 0 else '+'} '{series.id}'" for sign, series in terms).removeprefix("+ ")
        message = (
            f"'{total.id}' of {period} is {_show(whole)} {total.unit.symbol}, but {names} is {expected.normalize():f}"
        )
        yield inconsistent("balance-mismatch", whole.fact, message, f"{balance.why}: correct the value that is wrong")


def check_shares(index: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield series whose shares do not add up to 100 %."""
    for series in index.series.values():
        if series.unit.symbol != "%" or not series.dimensions:
            continue
        metric = index.metric(series)
        for period in series.periods:
            total = index.total(series, period, series.unit)
            if total is None or abs(total.value - HUNDRED) <= total.tolerance:
                continue
            message = f"the shares of '{series.id}' in {period} add up to {_show(total)} %"
            if metric and metric.whole:
                hint = "they are parts of one whole: correct the one that is wrong, or add the missing one"
                yield inconsistent("shares-not-100", total.fact, message, hint)
            elif abs(total.value - HUNDRED) <= NEAR_100:
                yield implausible(
                    "shares-near-100", total.fact, message, "check them, if they are meant to add up to 100 %"
                )


def _show(total: Total) -> str:
    return f"{total.value.normalize():f}"


def _difference(one: Total, two: Total) -> str:
    return f"{abs(one.value - two.value).normalize():f}"
