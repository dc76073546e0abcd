"""Progress: measured against a straight way in time, by way of interim targets, and said in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.progress import list_progress
from gri_builder.compose.figures.targets import MAX_BARS, compose_targets
from gri_builder.compose.text.numbers import find_locale
from gri_builder.model.facts import Direction, Series, Target
from gri_builder.model.figures.chart import Chart
from gri_builder.model.rich_text import Table, plain_text
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import load_messages
from tests.support.made_reports import GJ, HERE, make_report, series


def context(language: str = "en-GB") -> ComposeContext:
    return ComposeContext(
        make_report(language=language), load_framework(), load_messages(language), find_locale(language)
    )


def make(base: str, latest: str, *targets: Target, better: Direction | None = None) -> Series:
    return series("x", GJ, {"2010": base, "2015": latest}, targets=targets, better=better)


def aim(value: int, period: str = "2020", members: tuple[str, ...] = (), base: str | None = None) -> Target:
    return Target(period, Decimal(value), HERE, base, members)


@pytest.mark.parametrize(
    ("latest", "share", "status"),
    [
        ("60", "0.8", "ahead"),
        ("75", "0.5", "on-course"),
        ("75.2", "0.496", "on-course"),
        ("80", "0.4", "behind"),
        ("50", "1", "reached"),
        ("20", "1.6", "reached"),
        ("110", "-0.2", "away"),
        ("100", "0", "behind"),
    ],
)
def test_progress_is_compared_with_a_straight_way(latest: str, share: str, status: str) -> None:
    (found,) = list_progress(context(), make("100", latest, aim(50)))
    assert found.share == Decimal(share)
    assert found.expected is not None
    assert abs(found.expected - Decimal("0.5")) < Decimal("0.001")
    assert found.status == status


def test_the_way_leads_over_interim_targets() -> None:
    (found,) = list_progress(context(), make("100", "85", aim(90, "2015"), aim(50)))
    assert found.expected == Decimal("0.2")
    assert found.status == "ahead"
    assert [(target.period, share) for target, share in found.interim] == [("2015", Decimal("0.2"))]


def test_a_target_in_the_past_should_be_reached() -> None:
    (found,) = list_progress(context(), make("100", "85", aim(80, "2012")))
    assert found.expected == Decimal(1)
    assert found.status == "behind"


@pytest.mark.parametrize(
    ("latest", "better", "status"),
    [
        ("0", None, "reached"),
        ("3", "lower", "away"),
        ("3", "higher", "reached"),
        ("3", None, "level"),
        ("-3", "lower", "reached"),
    ],
)
def test_a_level_that_is_held_has_no_way(latest: str, better: Direction | None, status: str) -> None:
    (found,) = list_progress(context(), make("0", latest, aim(0), better=better))
    assert (found.share, found.status) == (None, status)


def test_members_have_targets_of_their_own() -> None:
    data = {"Leeds": {"2010": "100", "2015": "60"}, "Kassel": {"2010": "50", "2015": "60"}}
    targets = (aim(50, members=("Leeds",)), aim(40, members=("Kassel",)))
    one = series("waste", GJ, data, ("site",), targets=targets)
    assert [(each.name(context()), each.status) for each in list_progress(context(), one)] == [
        ("waste, Leeds", "ahead"),
        ("waste, Kassel", "away"),
    ]


def test_a_target_without_a_value_to_compare_with_is_said_in_words() -> None:
    (table,) = compose_targets(context(), [make("100", "60", aim(50, base="2009"))])
    assert isinstance(table, Table)
    cells = ["".join(plain_text(runs) for runs in cell.paragraphs) for cell in table.body[0]]
    assert cells == ["x (GJ)", "–", "60", "50", "–", "–", "no value to compare with"]


def test_many_targets_are_in_several_charts_of_one_scale() -> None:
    many = [series(f"s{n}", GJ, {"2010": "100", "2015": str(100 - 4 * n)}, targets=(aim(50),)) for n in range(23)]
    *charts, table = compose_targets(context(), many, title="Goals")
    assert isinstance(table, Table)
    shown = [chart for chart in charts if isinstance(chart, Chart)]
    assert [len(chart.categories) for chart in shown] == [8, 8, 7]
    assert max(len(chart.categories) for chart in shown) <= MAX_BARS
    assert len({(chart.axis.low, chart.axis.high) for chart in shown if chart.axis}) == 1
    assert [plain_text(chart.caption) for chart in shown] == ["Goals (1 of 3)", "Goals (2 of 3)", "Goals (3 of 3)"]


def test_bars_say_what_is_expected() -> None:
    chart, _ = compose_targets(context("de"), [make("100", "60", aim(50))])
    assert isinstance(chart, Chart)
    assert chart.series[0].labels == ("80\u00a0%, voraus",)
    assert chart.ways[0].expected_label == "erwartet 2015: 50\u00a0%"
    assert chart.alt.endswith("Auf geradem Weg erwartet für 2015: 50\u00a0%, also voraus.")
