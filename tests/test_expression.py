"""Expressions of placeholders: what is read, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.produce.expression import Expression, parse_expression


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("energy-total", Expression("energy-total")),
        ("  energy-total\n", Expression("energy-total")),
        ("scope1", Expression("scope1")),
        ("2015", Expression("2015")),
        ("energy-total[2013]", Expression("energy-total", "2013")),
        ("employees[2013, Women]", Expression("employees", "2013", ("Women",))),
        ("employees[ 2013 ,Women ]", Expression("employees", "2013", ("Women",))),
        ("employees[Women]", Expression("employees", None, ("Women",))),
        ("employees[Women, Europe]", Expression("employees", None, ("Women", "Europe"))),
        ("employees[2014/15, Women, Asia & Pacific]", Expression("employees", "2014/15", ("Women", "Asia & Pacific"))),
        ("employees[under 30]", Expression("employees", None, ("under 30",))),
        ("employees[Women, 2013]", Expression("employees", None, ("Women", "2013"))),
        ("energy-total.change", Expression("energy-total", field="change")),
        ("energy-total[2014].change", Expression("energy-total", "2014", field="change")),
        ("employees[2014, Women].change", Expression("employees", "2014", ("Women",), "change")),
        ("energy-total.unit", Expression("energy-total", field="unit")),
        ("energy-total.difference", Expression("energy-total", field="difference")),
        ("energy-total.target", Expression("energy-total", field="target")),
        ("energy-total[2020].target", Expression("energy-total", "2020", field="target")),
        ("energy-total.progress", Expression("energy-total", field="progress")),
        ("energy-total | in MWh", Expression("energy-total", unit="MWh")),
        ("energy-total[2013]|in EUR million|round 1", Expression("energy-total", "2013", unit="EUR million", digits=1)),
        ("employees[Women] | percent", Expression("employees", None, ("Women",), percent=True)),
        ("energy-total.change | round 0", Expression("energy-total", field="change", digits=0)),
        ("energy-total | bare", Expression("energy-total", bare=True)),
    ],
)
def test_read(text: str, expected: Expression) -> None:
    assert parse_expression(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Energy",
        "energy total",
        "energy_total",
        "-energy",
        "energy-",
        "a--b",
        "a[]",
        "a[ ]",
        "a[,]",
        "a[2013,]",
        "a[2013",
        "a]",
        "a[[2013]]",
        "a[2013][Women]",
        "a [2013]",
        "a.b",
        "a.Change",
        "a.change.unit",
        "a.",
        ".change",
        "a.change[2013]",
        "a + b",
        "a |",
        "a | percentage",
        "a | round",
        "a | round one",
        "a | round 12",
        "a | in",
        "a | bare it",
        "a | bare | bare",
        "a | percent 1",
        "a.value",
        "é",
        "",
        " ",
    ],
)
def test_refused(text: str) -> None:
    assert parse_expression(text) is None


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_expression(text)
    assert found is None or found.series in text
