"""Widths of the columns of the content index."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gri_builder.layout.index.index_columns import IndexColumns, Needs
from gri_builder.layout.tables.widths import ColumnWidths

WIDTH = 471.0
COLUMNS = ("code", "title", "page", "omissions", "assurance", "link")
wide = st.floats(10, 700)
needs = st.tuples(wide, wide).map(lambda pair: (min(pair), max(pair)))


def make_columns(rows: list[tuple[float, float]], heads: list[tuple[float, float]]) -> IndexColumns:
    columns = IndexColumns()
    least, natural = [low for low, _ in rows], [high for _, high in rows]
    measured = {number: Needs(low, high, high) for number, (low, high) in enumerate(heads)}
    columns.add(COLUMNS, measured, ColumnWidths(least, least, least, natural))
    return columns


@given(st.lists(needs, min_size=6, max_size=6), st.lists(needs, min_size=6, max_size=6))
def test_widths_add_up(rows: list[tuple[float, float]], heads: list[tuple[float, float]]) -> None:
    assert abs(sum(make_columns(rows, heads).choose(COLUMNS, WIDTH)) - WIDTH) < 0.01


def test_pages_are_below_each_other_in_tables_with_fewer_columns() -> None:
    columns = make_columns([(40, 40), (60, 200), (40, 60), (30, 30), (30, 30), (30, 30)], [(30, 40)] * 6)
    most, few = columns.choose(COLUMNS, WIDTH), columns.choose(("code", "title", "page", "assurance"), WIDTH)
    assert few[:2] == most[:2]
    assert sum(few) == sum(most)
    assert few[3] == most[4]


def test_titles_have_one_line_where_a_single_reference_is_wide() -> None:
    columns = make_columns([(40, 40), (60, 220), (40, 300), (30, 30), (30, 30), (30, 30)], [(30, 40)] * 6)
    assert columns.choose(COLUMNS, WIDTH)[1] >= 219.9


def test_few_columns_are_not_far_apart() -> None:
    columns = IndexColumns()
    widths = [40.0, 150.0, 30.0]
    columns.add(("code", "title", "page"), {}, ColumnWidths(widths, widths, widths, widths))
    assert columns.choose(("code", "title", "page"), WIDTH)[1] < 200
