"""Kinds of charts: what fits is drawn, and what would mislead is not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.facts.charts.choice import MOST_COLORS, choose_kind
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import SERIES_CHART_KINDS, SeriesChartKind
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.units import Unit
from tests.support.made_reports import COUNT, GJ, PERCENT, series

INTENSITY = Unit("GJ/t", "intensity", "GJ/t")
YEARS = ("2013", "2014", "2015")


def parts(values: Mapping[str, Mapping[str, str]], unit: Unit = GJ) -> Series:
    """Return a series with members."""
    return series("energy", unit, values, ("source",))


def many(count: int, years: tuple[str, ...] = YEARS) -> Series:
    """Return a series with that many members."""
    return parts({f"Site {chr(65 + n)}": {year: str(10 + n) for year in years} for n in range(count)})


ONE = series("total", GJ, {"2013": "5", "2014": "7", "2015": "6"})
SHARES = parts({"Women": {"2014": "40", "2015": "45"}, "Men": {"2014": "60", "2015": "55"}}, PERCENT)
RATES = parts({"A": {"2014": "4", "2015": "5"}, "B": {"2014": "6", "2015": "2"}}, INTENSITY)
NEGATIVE = parts({"A": {"2014": "4", "2015": "5"}, "B": {"2014": "6", "2015": "-2"}})
ZEROS = parts({"A": {"2014": "0", "2015": "0"}, "B": {"2014": "0", "2015": "0"}})
GAP = parts({"A": {"2014": "4", "2015": "5"}, "B": {"2015": "2"}})
UNKNOWN = series("total", GJ, {"before": "5", "after": "7"})
MIXED = series("total", GJ, {"2014": "5", "Q1 2015": "2"})
SINGLE = series("total", GJ, {"2015": "5"})
A, B = series("a", GJ, {"2014": "4", "2015": "5"}), series("b", GJ, {"2014": "6", "2015": "9"})
WHOLE = series("c", GJ, {"2014": "10", "2015": "14"})


@pytest.mark.parametrize(
    ("asked", "shown", "drawn", "reason"),
    [
        ("donut", [many(7)], "lying", "at most 6 parts, and there are 7"),
        ("donut", [NEGATIVE], "lying", "negative"),
        ("donut", [ZEROS], "lying", "zero"),
        ("donut", [ONE], "lying", "only one value"),
        ("donut", [RATES], "lying", "parts of one whole"),
        ("donut", [A, B, WHOLE], "lying", "count twice"),
        ("stacked", [NEGATIVE], "grouped", "negative"),
        ("stacked", [RATES], "grouped", "added up"),
        ("stacked", [A, B, WHOLE], "grouped", "count twice"),
        ("share", [ZEROS], "stacked", "zero"),
        ("share", [RATES], "grouped", "added up"),
        ("share", [GAP], "stacked", "'B' has no value for '2014'"),
        ("area", [GAP], "line", "'B' has no value for '2014'"),
        ("area", [NEGATIVE], "line", "negative"),
        ("bar", [many(9, ("2015",))], "lying", "9 names"),
        ("line", [many(9)], "multiples", "more than 6 colours"),
        ("line", [SINGLE], "bar", "only one period"),
        ("line", [UNKNOWN], "bar", "no place in time"),
        ("line", [MIXED], "bar", "different length"),
        ("slope", [SINGLE], "bar", "only one period"),
        ("multiples", [many(9, ("2015",))], "lying", "only one period"),
    ],
)
def test_what_would_mislead_is_replaced(
    asked: SeriesChartKind, shown: list[Series], drawn: SeriesChartKind, reason: str
) -> None:
    choice = choose_kind(shown, ChartRequest(asked))
    assert choice.kind == drawn
    assert choice.reason
    assert reason in choice.reason


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("donut", [SHARES]),
        ("stacked", [SHARES]),
        ("stacked", [A, B]),
        ("stacked", [GAP]),
        ("share", [SHARES]),
        ("share", [many(6)]),
        ("line", [ONE]),
        ("line", [many(6)]),
        ("area", [ONE]),
        ("lying", [many(30, ("2015",))]),
        ("multiples", [many(12)]),
        ("slope", [ONE]),
        ("bar", [series("staff", COUNT, {"2014": "-1", "2015": "0"})]),
    ],
)
def test_what_fits_is_drawn_as_asked(asked: SeriesChartKind, shown: list[Series]) -> None:
    choice = choose_kind(shown, ChartRequest(asked))
    assert (choice.kind, choice.reason) == (asked, None)


@pytest.mark.parametrize(
    ("shown", "drawn"),
    [
        ([ONE], "bar"),
        ([SINGLE], "bar"),
        ([UNKNOWN], "bar"),
        ([many(9, ("2015",))], "lying"),
        ([many(9, ("2011", "2012", "2013", "2014"))], "multiples"),
        ([series("total", GJ, {str(year): "5" for year in range(2000, 2016)})], "line"),
    ],
)
def test_the_program_chooses_where_nothing_is_asked(shown: list[Series], drawn: SeriesChartKind) -> None:
    choice = choose_kind(shown, ChartRequest())
    assert (choice.kind, choice.reason) == (drawn, None)


def test_lying_bars_are_sorted_with_the_rest_last() -> None:
    values = {"Spain": {"2015": "3"}, "Other countries": {"2015": "8"}, "Italy": {"2015": "5"}}
    arrangement = choose_kind([parts(values)], ChartRequest("lying")).arrangement
    assert arrangement.categories == ("Italy", "Spain", "Other countries")
    by_data = choose_kind([parts(values)], ChartRequest("lying", sort="data")).arrangement
    assert by_data.categories == tuple(values)


def test_parts_with_an_order_of_their_own_keep_it() -> None:
    ages = {"Under 30": {"2015": "3"}, "30 to 50": {"2015": "8"}, "Over 50": {"2015": "5"}}
    assert choose_kind([parts(ages)], ChartRequest("lying")).arrangement.categories == tuple(ages)
    causes = {"Scope 1 and 2": {"2015": "3"}, "Waste": {"2015": "8"}, "Travel": {"2015": "5"}}
    assert choose_kind([parts(causes)], ChartRequest("lying")).arrangement.categories[0] == "Waste"


@given(
    st.lists(st.lists(st.one_of(st.none(), st.integers(-5, 50)), min_size=3, max_size=3), min_size=1, max_size=9),
    st.sampled_from(SERIES_CHART_KINDS),
    st.sampled_from((GJ, PERCENT, INTENSITY)),
)
def test_any_kind_of_any_values_ends_in_an_honest_one(
    values: list[list[int | None]], asked: SeriesChartKind, unit: Unit
) -> None:
    made = parts(
        {
            f"Part {chr(65 + n)}": {year: str(v) for year, v in zip(YEARS, row, strict=True) if v is not None}
            for n, row in enumerate(values)
        },
        unit,
    )
    if not made.facts:
        return
    choice = choose_kind([made], ChartRequest(asked))
    rows = choice.arrangement.rows
    assert (choice.kind == asked) == (choice.reason is None)
    if choice.kind in ("stacked", "share", "donut", "area"):
        assert all(value >= 0 for value in choice.arrangement.values)
        assert unit == GJ or len(rows) == 1 or all(abs(each - 100) <= len(rows) for each in choice.arrangement.sums)
    if choice.kind in ("stacked", "share", "line", "area", "grouped"):
        assert len(rows) <= MOST_COLORS
    assert all(isinstance(value, Decimal) for value in choice.arrangement.values)
