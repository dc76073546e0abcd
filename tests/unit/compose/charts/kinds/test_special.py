"""Data of waterfalls, dumbbells, ranges, bullets, heat tables and rings, and what is said of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from gri_builder.compose.charts.make_charts import make_charts
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import find_locale
from gri_builder.facts.charts.choice import choose_kind
from gri_builder.facts.charts.waterfall_steps import Waterfall, make_waterfall
from gri_builder.model.facts import Series, Target
from gri_builder.model.figures.chart import Chart, SeriesChartKind
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.rich_text import plain_text
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import load_messages
from tests.support.made_reports import GJ, HERE, PERCENT, TONNES, make_report, series

SITES = series(
    "energy",
    GJ,
    {
        "Leeds": {"2010": "120", "2014": ("100", "estimated"), "2016": "90"},
        "Hull": {"2010": "80", "2014": "70", "2016": "84"},
    },
    ("site",),
)
TOTAL = series("total", TONNES, {"2010": "5200", "2016": "4300"})
CAUSES = series("causes", TONNES, {"Kilns": {"2016": "-1000"}, "Lorries": {"2016": "120"}}, ("cause",))


def chart(kind: SeriesChartKind, *shown: Series, language: str = "en-GB", **asked: object) -> Chart:
    context = ComposeContext(
        make_report(language=language), load_framework(), load_messages(language), find_locale(language)
    )
    return make_charts(context, shown, replace(ChartRequest(kind), **asked))[0]


def reason(kind: SeriesChartKind, *shown: Series, **asked: object) -> str | None:
    return choose_kind(shown, replace(ChartRequest(kind), **asked)).reason


def test_a_waterfall_leads_from_the_total_of_the_base_to_the_own() -> None:
    made = chart("waterfall", SITES)
    assert made.categories == ("2010", "Leeds", "Hull", "2016")
    assert list(made.series[0].values) == [200, -30, 4, 174]
    assert made.series[0].labels == ("200", "−30", "+4", "174")
    assert list(made.steps) == ["total", "change", "change", "total"]
    assert made.alt == (
        "Waterfall chart: energy, 2010 – 2016. Unit: GJ. 2010: 200. Leeds: −30. Hull: +4. 2016: 174. "
        "Change from first to last: −26."
    )


def test_a_base_year_is_where_a_waterfall_starts() -> None:
    assert list(chart("waterfall", SITES, base_period="2014").series[0].values) == [170, -10, 14, 174]


def test_totals_and_causes_are_one_waterfall_with_what_is_not_explained() -> None:
    made = chart("waterfall", TOTAL, CAUSES)
    assert made.categories == ("2010", "Kilns", "Lorries", "Not explained", "2016")
    assert list(made.series[0].values) == [5200, -1000, 120, -20, 4300]
    assert made.series[0].facts == ("total[2010]", "causes[2016, Kilns]", "causes[2016, Lorries]", None, "total[2016]")


def test_a_difference_within_rounding_is_called_rounding() -> None:
    way = make_waterfall(
        (TOTAL, series("causes", TONNES, {"Kilns": {"2016": "-901"}}, ("cause",))), ChartRequest("waterfall")
    )
    assert isinstance(way, Waterfall)
    assert (way.unexplained, way.is_rounding) == (Decimal(1), True)


def test_a_total_among_the_parts_is_not_counted_twice() -> None:
    values = {
        "Leeds": {"2010": "5", "2016": "3"},
        "Hull": {"2010": "5", "2016": "4"},
        "Total": {"2010": "10", "2016": "7"},
    }
    made = chart("waterfall", series("energy", GJ, values, ("site",)))
    assert made.categories == ("2010", "Leeds", "Hull", "2016")
    assert made.series[0].facts == ("energy[2010, Total]", None, None, "energy[2016, Total]")


@pytest.mark.parametrize(("better", "words"), [("lower", "Rise (worse)"), ("higher", "Rise (better)"), (None, "Rise")])
def test_a_waterfall_says_what_is_better(better: str | None, words: str) -> None:
    assert chart("waterfall", replace(SITES, better=better)).legend[1] == words


def test_a_dumbbell_has_the_base_and_the_own_value() -> None:
    made = chart("dumbbell", SITES, sort="ascending")
    assert made.categories == ("Hull", "Leeds")
    assert [one.name for one in made.series] == ["2010", "2016"]
    assert made.series[1].facts == ("energy[2016, Hull]", "energy[2016, Leeds]")
    assert "Hull: 2010 80; 2016 84." in made.alt


def test_a_range_has_the_extremes_with_their_years() -> None:
    made = chart("range", SITES)
    low, own, high = made.series
    assert (low.values, low.periods) == ((90, 70), ("2016", "2014"))
    assert (high.values, high.periods) == ((120, 84), ("2010", "2016"))
    assert list(own.values) == [90, 84]
    assert "Hull: Lowest (2014) 70; 2016 84; Highest (2016) 84." in made.alt


def test_series_in_order_are_the_ends_of_ranges() -> None:
    shown = [series(id, GJ, {"2015": low, "2016": high}) for id, low, high in (("low", "1", "2"), ("high", "4", "4"))]
    made = chart("range", *shown)
    assert made.categories == ("2015", "2016")
    assert [one.role for one in made.series] == ["low", "high"]


def test_a_bullet_has_the_next_target_and_the_base_of_the_target() -> None:
    targets = (
        Target("2015", Decimal(95), HERE, "2014", ("Leeds",)),
        Target("2020", Decimal(80), HERE, "2014", ("Leeds",)),
    )
    value, target, base = chart("bullet", replace(SITES, targets=targets)).series
    assert list(value.values) == [90, 84]
    assert (target.name, target.values) == ("Target 2020", (80, None))
    assert (base.name, base.values, base.periods) == ("Base", (100, 80), ("2014", "2010"))


def test_a_heat_table_has_members_and_periods() -> None:
    made = chart("heat", SITES)
    assert made.categories == ("2010", "2014", "2016")
    assert [one.name for one in made.series] == ["Leeds", "Hull"]
    assert "Leeds: 2010 120; 2014 100, estimated; 2016 90." in made.alt


def test_rounded_shares_that_miss_a_hundred_have_a_note() -> None:
    thirds = series("waste", GJ, {name: {"2016": "1"} for name in "ABC"}, ("kind",))
    made = chart("donut", thirds)
    assert made.details == ("33.3%",) * 3
    assert plain_text(made.notes[-1]) == "The shares printed add up to 99.9%, because each is rounded."


@pytest.mark.parametrize(
    ("kind", "shown", "words"),
    [
        ("waterfall", series("share", PERCENT, {"A": {"2015": "1", "2016": "2"}}, ("kind",)), "can't be added up"),
        ("waterfall", series("one", GJ, {"A": {"2016": "2"}}, ("kind",)), "there is only '2016'"),
        (
            "waterfall",
            series("gap", GJ, {"A": {"2015": "1", "2016": "2"}, "B": {"2016": "2"}}, ("k",)),
            "'B' has no value",
        ),
        ("dumbbell", series("one", GJ, {"A": {"2016": "2"}}, ("kind",)), "there is only '2016'"),
        ("range", series("one", GJ, {"A": {"2016": "2"}}, ("kind",)), "at least two values"),
        ("bullet", SITES, "there is no target"),
        ("heat", series("one", GJ, {"2016": "2"}), "there is only one"),
        ("range", series("many", GJ, {f"P{n}": {"2015": "1", "2016": "2"} for n in range(30)}, ("k",)), "18 rows"),
    ],
)
def test_why_a_kind_does_not_fit(kind: SeriesChartKind, shown: Series, words: str) -> None:
    found = reason(kind, shown)
    assert found is not None
    assert words in found
    assert chart(kind, shown).kind != kind


@pytest.mark.parametrize("kind", ["waterfall", "dumbbell", "range", "heat"])
@pytest.mark.parametrize("language", ["de", "fr"])
def test_other_languages(kind: SeriesChartKind, language: str) -> None:
    made = chart(kind, SITES, language=language)
    assert made.kind == kind
    assert not any(word in made.alt for word in ("Lowest", "Change from", "Unit:"))
