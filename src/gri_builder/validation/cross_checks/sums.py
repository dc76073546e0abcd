"""Checks of sums: series of one metric agree, balances hold, shares add to a hundred; all within rounding."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gri_builder.model.facts import Series
from gri_builder.validation.cross_checks.fact_index import ADDITIVE, Balance, FactIndex, Total
from gri_builder.validation.cross_checks.plausibility import CrossCheckResult, implausible, inconsistent

HUNDRED = Decimal(100)
NEARLY = Decimal(5)
"""By how many per cent shares may miss a hundred and still be meant to add to it."""


def check_breakdowns(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield where two series of one metric come to different totals: headcount is the same wherever it appears."""
    for metric in book.rules.metrics.values():
        if metric.dimension not in ADDITIVE:
            continue
        first, *others = [*book.measuring(metric.id), None][:-1] or [None]
        for other in others if first else ():
            assert first is not None
            assert other is not None
            for period in (period for period in other.periods if period in first.periods):
                one, two = book.total(first, period, first.unit), book.total(other, period, first.unit)
                if one and two and abs(one.value - two.value) > one.half + two.half:
                    message = (
                        f"{metric.title} of {period}: '{other.id}' comes to {_show(two)}, "
                        f"but '{first.id}' is {_show(one)} {first.unit.symbol}; they differ by {_difference(one, two)}"
                    )
                    yield inconsistent(
                        "totals-mismatch", two.fact, message, "correct one of the two, or take 'measures' away"
                    )


def check_balances(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield where a total is not what its terms come to."""
    for balance in book.rules.balances:
        total = next(iter(book.measuring(balance.total)), None)
        terms = [(sign, next(iter(book.measuring(id)), None)) for sign, id in _terms(balance)]
        known = [(sign, series) for sign, series in terms if series]
        if total is None or len(known) < len(terms):
            continue
        for period in total.periods:
            yield from _check_balance(book, balance, total, known, period)


def _terms(balance: Balance) -> list[tuple[int, str]]:
    return [*((1, id) for id in balance.plus), *((-1, id) for id in balance.minus)]


def _check_balance(
    book: FactIndex, balance: Balance, total: Series, terms: list[tuple[int, Series]], period: str
) -> Iterator[CrossCheckResult]:
    whole = book.total(total, period, total.unit)
    parts = [(sign, book.total(series, period, total.unit)) for sign, series in terms]
    known = [(sign, part) for sign, part in parts if part]
    if whole is None or len(known) < len(parts):
        return
    expected = sum((sign * part.value for sign, part in known), Decimal(0))
    half = whole.half + sum((part.half for _, part in known), Decimal(0))
    if abs(whole.value - expected) > half:
        names = " ".join(f"{'-' if sign < 0 else '+'} '{series.id}'" for sign, series in terms).removeprefix("+ ")
        message = (
            f"'{total.id}' of {period} is {_show(whole)} {total.unit.symbol}, but {names} is {expected.normalize():f}"
        )
        yield inconsistent("balance-mismatch", whole.fact, message, f"{balance.why}: correct the value that is wrong")


def check_shares(book: FactIndex) -> Iterator[CrossCheckResult]:
    """Yield where shares of one whole do not add to 100 %."""
    for series in book.series.values():
        if series.unit.symbol != "%" or not series.dimensions:
            continue
        metric = book.metric(series)
        for period in series.periods:
            total = book.total(series, period, series.unit)
            if total is None or abs(total.value - HUNDRED) <= total.half:
                continue
            message = f"the shares of '{series.id}' in {period} add to {_show(total)} %"
            if metric and metric.whole:
                hint = "they are parts of one whole: correct the one that is wrong, or add what is missing"
                yield inconsistent("shares-not-100", total.fact, message, hint)
            elif abs(total.value - HUNDRED) <= NEARLY:
                yield implausible(
                    "shares-near-100", total.fact, message, "check them, if they are meant to add to 100 %"
                )


def _show(total: Total) -> str:
    return f"{total.value.normalize():f}"


def _difference(one: Total, two: Total) -> str:
    return f"{abs(one.value - two.value).normalize():f}"
