"""Dates as people write them: each form is read as what it means, and what is unclear is not guessed."""

from __future__ import annotations

import pytest

from gri_builder.model.periods.dates import month_names_in, parse_year, read_dates, read_month_names
from gri_builder.model.periods.month_names import MONTH_NAMES


def read(*texts: str, locale: str = "en-GB", declared: bool = False) -> list[tuple[str | int, ...]]:
    """Return kind, year, number and day of each text; () where it is not read."""
    dates = read_dates(texts, locale, declared).dates
    return [tuple(dates[text][:4]) if text in dates else () for text in texts]


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("2015", "year", (2015, 0, 0)),
        ("FY2015", "year", (2015, 0, 0)),
        ("fy 15", "year", (2015, 0, 0)),
        ("2015年度", "year", (2015, 0, 0)),
        ("2014/15", "double-year", (2015, 0, 0)),
        ("2014–2015", "double-year", (2015, 0, 0)),
        ("FY14/15", "double-year", (2015, 0, 0)),
        ("2014-15", "double-year", (2015, 0, 0)),
        ("H1 2015", "half", (2015, 1, 0)),
        ("2. Halbjahr 2014", "half", (2014, 2, 0)),
        ("2014 Q3", "quarter", (2014, 3, 0)),
        ("3Q14", "quarter", (2014, 3, 0)),
        ("Q3 FY15", "quarter", (2015, 3, 0)),
        ("1er trimestre 2015", "quarter", (2015, 1, 0)),
        ("2015-03", "month", (2015, 3, 0)),
        ("2015/3", "month", (2015, 3, 0)),
        ("201503", "month", (2015, 3, 0)),
        ("2015M03", "month", (2015, 3, 0)),
        ("03/2015", "month", (2015, 3, 0)),
        ("2015年3月", "month", (2015, 3, 0)),
        ("Mar-15", "month", (2015, 3, 0)),
        ("Dec-15", "month", (2015, 12, 0)),
        ("März 2015", "month", (2015, 3, 0)),
        ("juil. 2015", "month", (2015, 7, 0)),
        ("diciembre de 2015", "month", (2015, 12, 0)),
        ("2015-March", "month", (2015, 3, 0)),
        ("2015-W12", "week", (2015, 12, 0)),
        ("KW 12/2015", "week", (2015, 12, 0)),
        ("2015-03-31", "day", (2015, 3, 31)),
        ("20150331", "day", (2015, 3, 31)),
        ("31.03.2015", "day", (2015, 3, 31)),
        ("31/3/15", "day", (2015, 3, 31)),
        ("31 March 2015", "day", (2015, 3, 31)),
        ("March 31, 2015", "day", (2015, 3, 31)),
        ("31. Dezember 2015", "day", (2015, 12, 31)),
        ("2015-03-31T23:45:00Z", "day", (2015, 3, 31)),
        ("3/31/2015 12:00:00 AM", "day", (2015, 3, 31)),
    ],
)
def test_a_date_is_read(text: str, kind: str, numbers: tuple[int, ...]) -> None:
    assert read(text) == [(kind, *numbers)]


@pytest.mark.parametrize("text", ["", "March", "15", "2015-13", "Q5 2015", "1200.5", "42094", "Total", "2013/15"])
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert read(text) == [()]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (("03/04/2015", "31/12/2014"), ("day", 2015, 4, 3)),
        (("03/04/2015", "12/31/2014"), ("day", 2015, 3, 4)),
        (("01/04/2015", "01/05/2015", "01/06/2015"), ("day", 2015, 4, 1)),
        (("4/1/2015", "5/1/2015", "6/1/2015"), ("day", 2015, 4, 1)),
    ],
)
def test_the_column_shows_whether_the_day_comes_first(texts: tuple[str, ...], first: tuple[str | int, ...]) -> None:
    assert read(*texts)[0] == first
    assert not read_dates(texts, "en-GB", False).swapped


def test_days_in_either_order_have_both_readings_unless_the_locale_is_declared() -> None:
    assert read_dates(["03/04/2015"], "en-GB", False).swapped["03/04/2015"][:4] == ("day", 2015, 3, 4)
    assert not read_dates(["03/04/2015"], "en-GB", True).swapped
    assert not read_dates(["03.04.2015"], "en-GB", False).swapped
    assert read("03/04/2015", locale="en-US", declared=True) == [("day", 2015, 3, 4)]


def test_double_years_are_told_from_months_by_the_others_of_the_column() -> None:
    assert read("2011-12") == [("month", 2011, 12, 0)]
    assert read("2010-11", "2011-12") == [("double-year", 2011, 0, 0), ("double-year", 2012, 0, 0)]
    assert read("2011-11", "2011-12") == [("month", 2011, 11, 0), ("month", 2011, 12, 0)]


def test_a_header_is_not_a_year() -> None:
    assert [parse_year(text) for text in ("Year", "kWh", "15", "Month 2015")] == [None] * 4
    assert (found := parse_year("2006"))
    assert found.year == 2006


@pytest.mark.parametrize("language", MONTH_NAMES)
def test_names_of_months_are_those_of_babel(language: str) -> None:
    assert month_names_in(language) == read_month_names(language)
