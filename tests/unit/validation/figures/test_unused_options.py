"""Options of charts: each changes what is drawn, or has a finding."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gri_builder.compose.charts.make_charts import make_charts
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.numbers import find_locale
from gri_builder.facts.charts.choice import choose_kind, draws_targets
from gri_builder.facts.charts.waterfall_steps import group_charts
from gri_builder.model.facts import Series
from gri_builder.model.figures.chart import SERIES_CHART_KINDS
from gri_builder.model.figures.chart_request import read_chart_request
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import load_messages
from gri_builder.validation.figures.unused_options import list_unused
from tests.support.chart_scenes import draw, write_scene
from tests.support.made_reports import GJ, HERE, make_report, series

TOTAL = series("total", GJ, {"2013": "100", "2014": "80", "2015": "70"})
SITES = series(
    "energy", GJ, {"Hull": {"2013": "7", "2014": "10", "2015": "12"}, "Leeds": {"2013": "8", "2014": "9", "2015": "7"}},
    ("site",),
)  # fmt: skip
CONTEXT = ComposeContext(make_report(), load_framework(), load_messages("en-GB"), find_locale("en-GB"))
OPTIONS = (
    *({"highlight": "2015"}, {"highlight": "Leeds"}, {"labels": "none"}, {"base-year": "2014"}, {"years": "2"}),
    {"sort": "ascending"},
)


def unused(shown: Sequence[Series], asked: dict[str, str]) -> list[tuple[str, str, str]]:
    request = read_chart_request(asked, HERE)
    return [*list_unused([(group, choose_kind(group, request)) for group in group_charts(shown, request)], request)]


def drawn(shown: Sequence[Series], asked: dict[str, str]) -> str:
    return "\n".join(write_scene(draw(chart)) for chart in make_charts(CONTEXT, shown, read_chart_request(asked, HERE)))


@pytest.mark.parametrize("kind", SERIES_CHART_KINDS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("shown", [TOTAL, SITES], ids=lambda one: str(one.id))
def test_an_option_changes_the_chart_or_has_a_finding(kind: str, options: dict[str, str], shown: Series) -> None:
    if (shown is TOTAL and options.get("highlight") == "Leeds") or (kind == "donut" and "2015" in options.values()):
        pytest.skip("what no chart shows has another finding")
    if shown is TOTAL and "sort" in options:
        pytest.skip("periods in the order of time have another finding")
    plain, changed = drawn([shown], {"type": kind}), drawn([shown], {"type": kind, **options})
    assert plain != changed or unused([shown], {"type": kind, **options})


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ({"type": "heat", "highlight": "Leeds"}, "Leeds"),
        ({"type": "line", "highlight": "2014"}, "2014"),
        ({"type": "dumbbell", "labels": "ends"}, "labels="),
        ({"type": "grouped", "base-year": "2014"}, "base-year="),
        ({"type": "donut", "years": "3"}, "years="),
        ({"type": "slope", "sort": "name"}, "sort="),
    ],
)
def test_the_finding_quotes_what_has_no_effect(asked: dict[str, str], written: str) -> None:
    assert [one[0] for one in unused([SITES], asked)] == [written]


def test_what_has_an_effect_has_no_finding() -> None:
    for asked in ({"highlight": "Leeds"}, {"type": "line", "labels": "ends"}, {"type": "slope", "base-year": "2014"}):
        assert unused([SITES], asked) == []
    assert unused([TOTAL], {"type": "bar", "base-year": "2013", "highlight": "2014"}) == []
    assert unused([TOTAL], {"type": "grouped", "base-year": "2013", "years": "1"}) == []
    assert unused([SITES], {"type": "heat", "highlight": "nobody"}) == []


def test_a_slope_has_no_place_for_a_target() -> None:
    assert not draws_targets("slope", [TOTAL])
