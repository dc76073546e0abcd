"""Charts of facts: every kind says what it shows, prints what tables print."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.compose.charts.make_charts import make_charts
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.tables import make_tables
from gri_builder.compose.figures.targets import compose_targets
from gri_builder.compose.text.numbers import find_locale
from gri_builder.embedded.printed_text import PrintedElement
from gri_builder.layout.render import LayoutResult, render_pdf
from gri_builder.model.facts import Series, Target
from gri_builder.model.figures.chart import SERIES_CHART_KINDS, Chart, SeriesChartKind
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.rich_text import Table, plain_text
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import list_languages, load_messages
from tests.judges.verapdf import judge
from tests.support.documents import chapter, document
from tests.support.made_reports import GJ, HERE, PERCENT, make_report, series

SOURCES = series(
    "energy",
    GJ,
    {
        "Gas": {"2013": "120", "2014": ("110", "estimated"), "2015": "105"},
        "Power": {"2013": ("210", "restated"), "2014": "205", "2015": "201"},
        "Heat": {"2013": "20", "2014": "19", "2015": "21"},
    },
    ("source",),
)
TOTAL = replace(
    series("total", GJ, {"2013": "350", "2014": "334", "2015": "327"}),
    targets=(Target("2020", Decimal(300), HERE, note="Against 2013"),),
)
BOARD = series("board", PERCENT, {"Women": {"2015": "44.4"}, "Men": {"2015": "55.6"}}, ("gender",))


def context(language: str = "en-GB") -> ComposeContext:
    return ComposeContext(
        make_report(language=language), load_framework(), load_messages(language), find_locale(language)
    )


def chart(kind: SeriesChartKind, *shown: Series, language: str = "en-GB") -> Chart:
    return make_charts(context(language), shown, ChartRequest(kind))[0]


def test_a_ring_says_its_parts_with_their_shares() -> None:
    made = chart("donut", SOURCES)
    assert made.kind == "donut"
    assert made.categories == ("Power", "Gas", "Heat")
    assert made.totals == ("327",)
    assert made.details == ("61.5%", "32.1%", "6.4%")
    assert made.alt == (
        "Ring chart: energy, 2015. Unit: GJ. Power: 201 (61.5%). Gas: 105 (32.1%). Heat: 21 (6.4%). In all 327."
    )
    assert made.series[0].facts == ("energy[2015, Power]", "energy[2015, Gas]", "energy[2015, Heat]")


def test_a_ring_of_shares_has_no_total() -> None:
    made = chart("donut", BOARD)
    assert (made.totals, made.details) == ((), ())
    assert made.alt == "Ring chart: board, 2015. Unit: %. Men: 55.6 (55.6%). Women: 44.4 (44.4%)."


@pytest.mark.parametrize(
    "values",
    [{"A": {"2015": "-1"}, "B": {"2015": "2"}}, {"A": {"2015": "0"}, "B": {"2015": "0"}}, {"A": {"2015": "1"}}],
    ids=["negative", "nothing", "one part"],
)
def test_what_makes_no_ring_becomes_bars(values: dict[str, dict[str, str]]) -> None:
    assert chart("donut", series("x", GJ, values, ("part",))).kind == "lying"


def test_stacks_have_totals_and_marks() -> None:
    made = chart("stacked", SOURCES)
    assert made.totals == ("350", "334", "327")
    assert made.series[0].labels == ("120", "110\u00a0e", "105")
    assert made.series[1].labels == ("210\u00a0r", "205", "201")
    assert plain_text(made.notes[0]).replace("\u00a0", " ") == "e estimated, r restated"


def test_negative_values_can_not_be_stacked() -> None:
    assert chart("stacked", series("x", GJ, {"A": {"2015": "-1"}, "B": {"2015": "2"}}, ("part",))).kind == "grouped"


def test_progress_goes_from_the_base_to_the_target() -> None:
    made, table = compose_targets(context(), [TOTAL])
    assert isinstance(made, Chart)
    assert isinstance(table, Table)
    assert made.series[0].labels == ("46%, ahead",)
    assert made.alt == (
        "Progress chart: Targets and progress. total: 46% of the way from 350\u00a0GJ (2013) to 300\u00a0GJ (2020); "
        "the latest value is 327\u00a0GJ (2015). Expected for 2015 on a straight way: 29%, so ahead."
    )
    cells = ["".join(plain_text(runs) for runs in cell.paragraphs) for cell in table.body[0]]
    assert cells == ["total (GJ)", "350", "327", "300", "46%", "29%", "ahead"]


def test_a_target_without_progress_is_in_the_table_only() -> None:
    (table,) = compose_targets(context(), [replace(TOTAL, targets=(Target("2020", Decimal(350), HERE),))])
    assert isinstance(table, Table)
    assert compose_targets(context(), []) == ()


@pytest.mark.parametrize("language", list_languages())
@pytest.mark.parametrize("kind", SERIES_CHART_KINDS)
def test_every_kind_is_described_in_every_language(kind: SeriesChartKind, language: str) -> None:
    aimed = replace(SOURCES, targets=(Target("2020", Decimal(90), HERE, members=("Gas",)),))
    made = chart(kind, aimed, language=language)
    assert made.alt.startswith(load_messages(language)[f"chart-{kind}"])
    assert "Power" in made.alt


numbers = st.decimals(0, 10**7, places=1, allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=6), st.sampled_from([None, 0, 1, 2]))
def test_charts_print_what_tables_print(rows: list[tuple[object, object]], decimals: int | None) -> None:
    values = {f"Part {n}": {"2014": str(old), "2015": str(new)} for n, (old, new) in enumerate(rows)}
    one = replace(series("x", GJ, values, ("part",)), decimals=decimals)
    (table,) = make_tables(context(), [one])
    printed = [[plain_text(cell.paragraphs[0]) for cell in row[1:]] for row in table.body]
    assert [list(each.labels) for each in chart("bar", one).series] == printed
    ring = chart("donut", one)
    if ring.kind == "donut":
        assert list(ring.series[0].labels) == [row[-1] for row in printed]


def test_every_kind_is_accessible_and_archival(tmp_path: Path) -> None:
    shown = [chart(kind, SOURCES) for kind in ("bar", "line", "stacked", "donut")]
    blocks = [*shown, chart("donut", BOARD), *compose_targets(context(), [TOTAL])]
    file = tmp_path / "charts.pdf"
    file.write_bytes(render_pdf(document(chapter("Charts", "charts", *blocks))).pdf)
    for flavour in ("ua1", "3a"):
        assert not judge(file, flavour).failures


def test_a_chart_without_values_says_so() -> None:
    made = chart("line", replace(TOTAL, facts=(), targets=()))
    assert made.alt == "total: no values."
    found = list[PrintedElement]()

    def attach(landed: LayoutResult) -> tuple[()]:
        assert landed.printed
        found.extend(landed.printed.elements)
        return ()

    render_pdf(document(chapter("Charts", "charts", made)), attach=attach)
    assert [each.text for each in found if each.role == "Figure"] == ["total: no values."]
