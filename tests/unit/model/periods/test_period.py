"""Periods: what labels mean, their order, the report's own, the latest and the one before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.model.periods.period import (
    CALENDAR,
    find_latest,
    find_own,
    find_previous_label,
    parse_period,
    sort_periods,
)
from gri_builder.model.periods.reporting_years import ReportingYears

TO_JUNE = ReportingYears(date(2014, 7, 1), date(2015, 6, 30))
NINE_MONTHS = ReportingYears(date(2015, 1, 1), date(2015, 9, 30))

MEANINGS = {
    "2015": ("year", "2015-01-01", "2015-12-31"),
    "FY2019": ("year", "2019-01-01", "2019-12-31"),
    "FY19": ("year", "2019-01-01", "2019-12-31"),
    "2018/19": ("year", "2018-07-01", "2019-06-30"),
    "H1 2015": ("half", "2015-01-01", "2015-06-30"),
    "1H15": ("half", "2015-01-01", "2015-06-30"),
    "Q3 2014": ("quarter", "2014-07-01", "2014-09-30"),
    "2014 Q3": ("quarter", "2014-07-01", "2014-09-30"),
    "Dec-15": ("month", "2015-12-01", "2015-12-31"),
    "März 2015": ("month", "2015-03-01", "2015-03-31"),
    "31.12.2015": ("day", "2015-12-31", "2015-12-31"),
    "as at 30 June 2015": ("day", "2015-06-30", "2015-06-30"),
    "9M 2015": ("months", "2015-01-01", "2015-09-30"),
    "nine months to 30 September 2015": ("months", "2015-01-01", "2015-09-30"),
    "year ended 31 March 2015": ("year", "2014-04-01", "2015-03-31"),
    "YTD Sep 2015": ("months", "2015-01-01", "2015-09-30"),
    "Jan-Sep 2015": ("months", "2015-01-01", "2015-09-30"),
    "January to March 2015": ("months", "2015-01-01", "2015-03-31"),
    "LTM Sep 2015": ("year", "2014-10-01", "2015-09-30"),
    "Geschäftsjahr 2015": ("year", "2015-01-01", "2015-12-31"),
    "first half 2015": ("half", "2015-01-01", "2015-06-30"),
    "second quarter 2015": ("quarter", "2015-04-01", "2015-06-30"),
    "baseline 2005": ("year", "2005-01-01", "2005-12-31"),
    "2013 to 2015": ("years", "2013-01-01", "2015-12-31"),
    "Actual 2015": ("year", "2015-01-01", "2015-12-31"),
}


@pytest.mark.parametrize("label", MEANINGS)
def test_meaning(label: str) -> None:
    period = parse_period(label)
    assert period is not None
    assert (period.kind, str(period.first), str(period.last)) == MEANINGS[label]
    assert not period.is_planned


@pytest.mark.parametrize("label", ["target 2020", "2020 Target", "2016 planned", "Budget 2016", "Ziel 2020"])
def test_plans(label: str) -> None:
    period = parse_period(label)
    assert period is not None
    assert period.is_planned


@pytest.mark.parametrize("label", ["before", "Change", "", "2015 new", "32.12.2015"])
def test_unknown(label: str) -> None:
    assert parse_period(label) is None


@pytest.mark.parametrize(
    ("years", "labels", "own"),
    [
        (CALENDAR, ["2014", "2015"], "2015"),
        (CALENDAR, ["2013", "2014"], None),
        (CALENDAR, ["2014", "target 2015"], None),
        (CALENDAR, ["31.12.2014", "31.12.2015"], "31.12.2015"),
        (CALENDAR, ["Q3 2015", "Q4 2015"], None),
        (CALENDAR, ["Dec-14", "Dec-15"], "Dec-15"),
        (CALENDAR, ["Nov-15", "Dec-15"], None),
        (CALENDAR, ["12M 2015"], "12M 2015"),
        (TO_JUNE, ["2014", "2015"], "2015"),
        (TO_JUNE, ["2013/14", "2014/15"], "2014/15"),
        (TO_JUNE, ["2013-14", "2014-15"], "2014-15"),
        (TO_JUNE, ["FY15"], "FY15"),
        (TO_JUNE, ["30 June 2015"], "30 June 2015"),
        (NINE_MONTHS, ["9M 2014", "9M 2015"], "9M 2015"),
        (NINE_MONTHS, ["2014", "2015"], "2015"),
    ],
)
def test_own(years: ReportingYears, labels: list[str], own: str | None) -> None:
    assert find_own(labels, years) == own


def test_latest_is_never_a_plan() -> None:
    assert find_latest(["2014", "2015", "target 2020", "budget 2016"]) == "2015"
    assert find_latest(["target 2020"]) is None
    assert find_latest(["before", "after"]) == "before"


def test_the_period_before_is_of_the_same_kind_and_adjacent() -> None:
    assert find_previous_label("2015", ["2013", "2014", "2015", "target 2020"]) == "2014"
    assert find_previous_label("2015", ["2013", "2015"]) is None
    assert find_previous_label("Q1 2015", ["2014", "Q3 2014", "Q4 2014", "Q1 2015"]) == "Q4 2014"
    assert find_previous_label("31.12.2015", ["31.12.2014", "31.12.2015"]) == "31.12.2014"


days = st.dates(date(1995, 1, 1), date(2030, 12, 31))


def _spell(day: date, spelling: int) -> tuple[str, date]:
    """Return a label, and the last day of what it means."""
    year, quarter = day.year, (day.month - 1) // 3 + 1
    last_of_quarter = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return {
        0: (f"{year}", date(year + 1, 1, 1)),
        1: (f"FY{year}", date(year + 1, 1, 1)),
        2: (f"Q{quarter} {year}", last_of_quarter),
        3: (f"{day:%b}-{year % 100:02}", date(year + day.month // 12, day.month % 12 + 1, 1)),
        4: (f"{day:%Y-%m-%d}", date.fromordinal(day.toordinal() + 1)),
        5: (f"{day:%d.%m.%Y}", date.fromordinal(day.toordinal() + 1)),
    }[spelling]


@given(st.lists(st.tuples(days.filter(lambda day: day.year >= 2000), st.integers(0, 5)), min_size=2, max_size=8))
def test_order_of_labels_is_order_of_time(chosen: list[tuple[date, int]]) -> None:
    ends = dict(_spell(*each) for each in chosen)
    ordered = sort_periods(ends)
    assert [ends[label] for label in ordered] == sorted(ends.values())


@pytest.mark.parametrize("label", ["CY2015", "CY 2015", "calendar year 2015", "2015 (calendar year)"])
def test_calendar_years_are_no_reporting_years(label: str) -> None:
    period = parse_period(label, TO_JUNE)
    assert period is not None
    assert (period.kind, period.first, period.last) == ("year", date(2015, 1, 1), date(2015, 12, 31))
    assert find_own(["CY2014", "CY2015"], TO_JUNE) is None
    assert find_own(["CY2014", "CY2015"], CALENDAR) == "CY2015"
