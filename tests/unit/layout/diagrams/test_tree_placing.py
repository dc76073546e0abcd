"""Trees of units: no box covers another or leaves the width, and each unit is below the one that it belongs to."""

from __future__ import annotations

from itertools import combinations
from typing import cast

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from gri_builder.layout.diagrams.even_rows import share_evenly
from gri_builder.layout.diagrams.tree_placing import Node, PlacedTree, place_tree


class Unit(Struct):
    name: str
    units: list[Unit]
    height: float = 24.0


def leaf(name: str = "x") -> Unit:
    return Unit(name, [])


def place(roots: list[Unit], width: float, max_height: float = 700.0) -> PlacedTree | None:
    return place_tree(cast("list[Node]", roots), width, 66.0, max_height, lambda unit, _: cast(Unit, unit).height)


trees = st.recursive(
    st.builds(Unit, st.just("x"), st.just([]), st.floats(14, 60)),
    lambda inner: st.builds(Unit, st.just("x"), st.lists(inner, max_size=6), st.floats(14, 60)),
    max_leaves=40,
)


@given(st.lists(trees, min_size=1, max_size=4), st.floats(120, 760))
def test_boxes_have_room(roots: list[Unit], width: float) -> None:
    placed = place(roots, width, 5000)
    if placed is None:
        return
    assert len(placed.boxes) == sum(count(root) for root in roots)
    for one, other in combinations(placed.boxes, 2):
        across = one.x < other.x + other.width - 0.01 and other.x < one.x + one.width - 0.01
        assert not (across and one.y < other.bottom - 0.01 and other.y < one.bottom - 0.01)
    assert min(box.x for box in placed.boxes) >= -0.01
    assert max(box.x + box.width for box in placed.boxes) <= width + 0.01
    assert all(-0.01 <= x <= width + 0.01 for line in placed.lines for x, _ in line)
    where = {id(box.unit): box for box in placed.boxes}
    for box in placed.boxes:
        assert all(where[id(unit)].y >= box.bottom for unit in box.unit.units)


def count(unit: Unit) -> int:
    return 1 + sum(count(each) for each in unit.units)


def test_levels_are_side_by_side_where_they_have_room() -> None:
    placed = place([Unit("board", [leaf(), leaf(), leaf()])], 400)
    assert placed is not None
    assert [box.y for box in placed.boxes] == [0.0, 44.0, 44.0, 44.0]
    middle = placed.boxes[0].middle
    assert abs(middle - placed.boxes[2].middle) < 0.01


def test_deep_levels_are_stacked_where_they_have_none() -> None:
    placed = place([Unit("board", [Unit("a", [leaf(), leaf(), leaf(), leaf()]), leaf()])], 260)
    assert placed is not None
    stacked = [box for box in placed.boxes if box.y > 60]
    assert len({box.x for box in stacked}) == 1
    assert len({box.y for box in stacked}) == 4


def test_many_units_are_set_in_rows() -> None:
    placed = place([Unit("board", [leaf() for _ in range(12)])], 400)
    assert placed is not None
    assert sorted({box.y for box in placed.boxes}) == [0.0, 44.0, 88.0, 132.0]


def test_what_has_no_room_is_left_to_an_outline() -> None:
    assert place([Unit("board", [leaf(), leaf()])], 60) is None
    assert place([Unit("board", [leaf(), leaf()])], 400, max_height=30) is None


@given(st.lists(st.integers(), min_size=1, max_size=30), st.integers(1, 8))
def test_rows_have_about_the_same_length(items: list[int], count: int) -> None:
    rows = share_evenly(items, min(count, len(items)))
    assert [item for row in rows for item in row] == items
    assert max(map(len, rows)) - min(map(len, rows)) <= 1
