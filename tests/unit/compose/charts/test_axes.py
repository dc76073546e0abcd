"""Axes: round ticks in the words of the language, from zero unless a break is asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.compose.charts.axes import make_axis, make_share_axis
from gri_builder.compose.text.numbers import find_locale

ENGLISH, GERMAN = find_locale("en-GB"), find_locale("de")
decimals = st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (["1187.25", "1204.5"], ["0", "500", "1,000", "1,500"]),
        (["0", "0"], ["0", "1"]),
        ([], ["0", "1"]),
        (["3"], ["0", "1", "2", "3"]),
        (["1"], ["0", "1"]),
        (["10"], ["0", "5", "10"]),
        (["0.3"], ["0.0", "0.1", "0.2", "0.3"]),
        (["-10", "30"], ["−10", "0", "10", "20", "30"]),
        (["300000"], ["0", "100,000", "200,000", "300,000"]),
        (["0.004"], ["0.000", "0.001", "0.002", "0.003", "0.004"]),
    ],
)
def test_ticks_are_round(values: list[str], ticks: list[str]) -> None:
    axis = make_axis(map(Decimal, values), ENGLISH)
    assert [tick.text for tick in axis.ticks] == ticks
    assert not axis.broken


def test_ticks_are_in_the_words_of_the_language() -> None:
    assert [tick.text for tick in make_axis([Decimal("2.4")], GERMAN).ticks] == ["0", "1", "2", "3"]
    assert [tick.text for tick in make_axis([Decimal("0.4")], GERMAN).ticks] == ["0,0", "0,1", "0,2", "0,3", "0,4"]
    assert [tick.text for tick in make_share_axis(GERMAN).ticks][-1] == "100\xa0%"


@pytest.mark.parametrize(
    ("values", "is_broken"),
    [(["990", "1000"], True), (["0", "5"], False), (["-3", "5"], False), (["1", "900"], False), (["7", "7"], False)],
)
def test_an_axis_is_broken_only_far_above_zero(values: list[str], is_broken: bool) -> None:
    axis = make_axis(map(Decimal, values), ENGLISH, "broken")
    assert axis.broken is is_broken
    assert (axis.low > 0) is is_broken


@given(st.lists(decimals, max_size=8), st.sampled_from(("zero", "broken")))
def test_an_axis_holds_all_values_at_few_ticks(values: list[Decimal], choice: str) -> None:
    axis = make_axis(values, ENGLISH, "broken" if choice == "broken" else "zero")
    assert axis.low < axis.high
    assert all(axis.low <= float(value) <= axis.high for value in values)
    assert 2 <= len(axis.ticks) <= 7
    assert len({tick.text for tick in axis.ticks}) == len(axis.ticks)
    assert axis.broken or axis.low <= 0 <= axis.high
