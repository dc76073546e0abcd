"""Tables of facts: the own period, totals, changes, shares, lines of figures; what is printed refers to its facts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.tables import make_tables
from gri_builder.compose.tables.lines import join_lines
from gri_builder.compose.text.numbers import find_locale
from gri_builder.facts.fact_tables.rows import find_parts, list_member_rows
from gri_builder.model.facts import Series
from gri_builder.model.figures.table_request import TableRequest, read_request
from gri_builder.model.rich_text import FactReference, Table, plain_text
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.messages import load_messages
from tests.support.made_reports import GJ, PERCENT, make_report, series

WASTE = series(
    "waste",
    GJ,
    {
        "Paper": {"2005": "40", "2013": "30", "2014": "10", "2015": "9.8"},
        "Steel": {"2005": "400", "2013": "300", "2014": "310", "2015": ("305.2", "estimated")},
        "Other": {"2005": "4", "2013": "5", "2014": "5", "2015": "5"},
    },
    ("kind",),
    title="Waste",
)
WHOLE = series("whole", GJ, {"2005": "444", "2013": "335", "2014": "325", "2015": "320"}, title="All waste")
WOMEN = series("women", PERCENT, {"2013": "40.5", "2014": "41.0", "2015": "43.2"}, title="Women")
ENERGY = series("energy", GJ, {"2013": "100", "2014": "0", "2015": "50"}, title="Energy")


def context(language: str = "en-GB") -> ComposeContext:
    report, words = make_report(language=language), load_messages(language)
    return ComposeContext(report, load_framework(), words, find_locale(language))


def tables(*shown: Series, language: str = "en-GB", **options: str) -> Sequence[Table]:
    named = {name.replace("_", "-"): value for name, value in options.items()}
    return make_tables(context(language), shown, read_request(named, None))


def grid(table: Table) -> list[list[str]]:
    return [[plain_text(cell.paragraphs[0]) for cell in row] for row in (*table.header, *table.body)]


def references(table: Table) -> list[FactReference]:
    runs = (run for row in table.body for cell in row for runs in cell.paragraphs for run in runs)
    return [run.printed for run in runs if run.printed]


def test_the_own_period_is_set_off_and_earlier_ones_are_quieter() -> None:
    (table,) = tables(WASTE)
    assert (table.current, table.earlier) == ((4,), (1, 2, 3))
    (table,) = tables(replace(WASTE, own_period="2014"))
    assert table.current == (3,)
    (table,) = tables(WASTE, highlight="2005, Steel")
    assert (table.current, table.highlighted) == ((1,), (1,))
    (table,) = tables(WASTE, years="1")
    assert (table.current, table.earlier) == ((), ())


def test_changes_and_shares_are_columns_in_the_order_asked_for() -> None:
    (table,) = tables(WASTE, columns="share, years, change", years="2")
    assert grid(table) == [
        ["Kind", "Share (%)", "2014", "2015", "Change on 2014 (%)"],
        ["Paper", "3.1", "10", "9.8", "−2.0"],
        ["Steel", "95.4", "310", "305.2e", "−1.5"],
        ["Other", "1.6", "5", "5", grid(table)[3][4]],
    ]
    share, _, _, change = references(table)[:4]
    assert (share.kind, share.facts) == ("share", ("waste[2015, Paper]", "waste[2015, Steel]", "waste[2015, Other]"))
    assert (change.kind, change.facts) == ("change", ("waste[2015, Paper]", "waste[2014, Paper]"))


def test_a_base_year_is_always_shown_and_compared_with() -> None:
    (table,) = tables(WASTE, columns="years, change", years="1", base_year="2005")
    assert grid(table)[0] == ["Kind", "2005", "2015", "Change on 2005 (%)"]
    assert grid(table)[2] == ["Steel", "400", "305.2e", "−23.7"]


def test_points_are_in_the_head_and_mixed_units_in_the_cells() -> None:
    (table,) = tables(WOMEN, WOMEN, columns="change")
    assert grid(table)[:2] == [["in\u00a0%", "Change on 2014 (percentage points)"], ["Women", "+2.2"]]
    (table,) = tables(WOMEN, WHOLE, columns="years, change")
    assert [row[-1] for row in grid(table)] == ["Change on 2014", "+2.2\u00a0pp", "−1.5%"]
    assert grid(table)[0][:2] == ["Metric", "Unit"]
    assert table.units == ("%", "GJ")


def test_a_change_from_zero_is_a_dash() -> None:
    (table,) = tables(ENERGY, WHOLE, columns="change")
    assert [row[-1] for row in grid(table)][1] == "–"


def test_a_series_that_is_the_sum_of_the_parts_is_their_total() -> None:
    (table,) = tables(WHOLE, WASTE)
    assert grid(table)[-1][0] == "All waste"
    assert table.totals == (3,)
    assert len(tables(replace(WHOLE, facts=tuple(replace(f, value=f.value + 9) for f in WHOLE.facts)), WASTE)) == 2


def test_a_total_is_added_where_the_unit_can_be_summed() -> None:
    (table,) = tables(WASTE, columns="years, change, share", total="yes", years="2")
    assert grid(table)[-1] == ["Total", "325", "320.0e", "−1.5", "100.0"]
    assert table.totals == (3,)
    total, _, change = references(table)[-3:]
    assert (total.kind, total.decimals, len(total.facts)) == ("sum", 0, 3)
    assert (change.kind, len(change.facts)) == ("change", 6)
    (table,) = tables(WOMEN, replace(WOMEN, title="Men"), total="yes")
    assert table.totals == ()


def test_totals_among_series_are_found_by_their_values() -> None:
    men = series("men", GJ, {"2014": "6", "2015": "8"}, title="Men")
    women = series("women", GJ, {"2014": "5", "2015": "7"}, title="Women")
    everyone = series("people", GJ, {"2014": "11", "2015": "15"}, title="People")
    (table,) = tables(men, women, everyone)
    assert table.totals == (2,)
    (table,) = tables(everyone, men, women)
    assert table.totals == (0,)
    once = [replace(one, facts=one.facts[1:]) for one in (men, women, everyone)]
    (table,) = tables(*once)
    assert table.totals == (), "one period may be a coincidence"


def test_a_member_named_total_must_be_the_sum() -> None:
    values: dict[str, Any] = {"A": {"2015": "2"}, "Total": {"2015": "5"}, "B": {"2015": "3"}}
    (table,) = tables(series("x", GJ, values, ("site",)))
    assert ([row[0] for row in grid(table)], table.totals) == (["Site", "A", "B", "Total"], (2,))
    values["Total"] = {"2015": "9"}
    (table,) = tables(series("x", GJ, values, ("site",)))
    assert table.totals == ()


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["Other", "Paper", "Steel"]),
        ("ascending", ["Other", "Paper", "Steel"]),
        ("descending", ["Steel", "Paper", "Other"]),
        ("data", ["Paper", "Steel", "Other"]),
    ],
)
def test_rows_are_sorted_and_totals_last(sort: str, names: list[str]) -> None:
    (table,) = tables(WASTE, WHOLE, sort=sort)
    assert [row[0] for row in grid(table)][1:] == [*names, "All waste"]


def test_one_row_is_a_line_with_its_unit_and_change() -> None:
    (table,) = tables(WHOLE, years="2")
    assert table.is_line
    assert grid(table) == [["", "2014", "2015", "on 2014"], ["All waste (GJ)", "325", "320", "−1.5%"]]
    (table,) = tables(WOMEN, years="2", language="de")
    assert grid(table)[1][-1] == "+2,2\u00a0PP"
    (table,) = tables(ENERGY)
    assert grid(table)[0] == ["", "2013", "2014", "2015"], "a change from zero says nothing"


def test_lines_that_follow_each_other_are_one_table_unless_they_have_a_caption() -> None:
    lines = [*tables(WHOLE, years="2"), *tables(WOMEN, years="2")]
    (joined,) = join_lines(context(), lines)
    assert isinstance(joined, Table)
    assert not joined.is_line
    assert grid(joined)[0] == ["", "2014", "2015", "Change on 2014"]
    assert joined.units == ("GJ", "%")
    assert len(references(joined)) == 6
    captioned = [*tables(WHOLE, years="2", title="Waste"), *tables(WOMEN, years="2")]
    assert join_lines(context(), captioned) == tuple(captioned)
    other = [*tables(WHOLE, years="2"), *tables(WOMEN, years="3")]
    assert join_lines(context(), other) == tuple(other)


amounts = st.decimals(0, 10**6, places=1, allow_nan=False, allow_infinity=False)


@given(st.lists(amounts, min_size=2, max_size=8))
def test_shares_are_those_of_the_printed_parts(values: list[Decimal]) -> None:
    one = series("x", GJ, {f"Part {n}": {"2015": str(value)} for n, value in enumerate(values)}, ("part",))
    (table,) = tables(one, columns="share")
    parts = find_parts(list_member_rows(one), "2015")
    if not any(values):
        assert parts == []
        return
    shares = [Decimal(row[-1]) for row in grid(table)[1:]]
    assert abs(sum(shares, Decimal(0)) - 100) <= Decimal("0.05") * len(shares)


def test_an_unknown_request_is_the_default() -> None:
    assert read_request({}, None) == TableRequest()
    assert TableRequest().shown_columns == ("years",)
