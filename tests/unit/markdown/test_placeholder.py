"""Expressions of placeholders: what is read, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.markdown.placeholder import parse_placeholder
from gri_builder.model.placeholder import Placeholder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("energy-total", Placeholder("energy-total")),
        ("  energy-total\n", Placeholder("energy-total")),
        ("scope1", Placeholder("scope1")),
        ("2015", Placeholder("2015")),
        ("energy-total[2013]", Placeholder("energy-total", "2013")),
        ("employees[2013, Women]", Placeholder("employees", "2013", ("Women",))),
        ("employees[ 2013 ,Women ]", Placeholder("employees", "2013", ("Women",))),
        ("employees[Women]", Placeholder("employees", None, ("Women",))),
        ("employees[Women, Europe]", Placeholder("employees", None, ("Women", "Europe"))),
        ("employees[2014/15, Women, Asia & Pacific]", Placeholder("employees", "2014/15", ("Women", "Asia & Pacific"))),
        ("employees[under 30]", Placeholder("employees", None, ("under 30",))),
        ("employees[Women, 2013]", Placeholder("employees", None, ("Women", "2013"))),
        ("energy-total.change", Placeholder("energy-total", field="change")),
        ("energy-total[2014].change", Placeholder("energy-total", "2014", field="change")),
        ("employees[2014, Women].change", Placeholder("employees", "2014", ("Women",), "change")),
        ("energy-total.unit", Placeholder("energy-total", field="unit")),
        ("energy-total.difference", Placeholder("energy-total", field="difference")),
        ("energy-total.target", Placeholder("energy-total", field="target")),
        ("energy-total[2020].target", Placeholder("energy-total", "2020", field="target")),
        ("energy-total.progress", Placeholder("energy-total", field="progress")),
        ("energy-total | in MWh", Placeholder("energy-total", unit="MWh")),
        (
            "energy-total[2013]|in EUR million|round 1",
            Placeholder("energy-total", "2013", unit="EUR million", digits=1),
        ),
        ("employees[Women] | percent", Placeholder("employees", None, ("Women",), percent=True)),
        ("energy-total.change | round 0", Placeholder("energy-total", field="change", digits=0)),
        ("energy-total | bare", Placeholder("energy-total", bare=True)),
    ],
)
def test_read(text: str, expected: Placeholder) -> None:
    assert parse_placeholder(text) == expected


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
    assert parse_placeholder(text) is None


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_placeholder(text)
    assert found is None or found.series in text
