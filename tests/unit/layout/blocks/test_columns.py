"""Columns that continue on the next page: each block is in one part, once, and the first part has room."""

from __future__ import annotations

import pytest

from gri_builder.layout.blocks.box import Columns
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.page_kinds import Area
from tests.unit.layout.paging.slabs import STYLE, Slab


def make_frame() -> Frame:
    """Return the frame of an empty page, 400 points wide and high."""
    return Frame(Area(0, 0, 400, 400), FootnoteStore(STYLE), ReportCanvas((500, 600), "en"))


def heights(columns: LayoutBox) -> dict[str, float]:
    """Return the height that the parts of each block have in what is set."""
    assert isinstance(columns, Columns)
    found = dict[str, float]()
    for block in (block for column in columns.columns for block in column):
        assert isinstance(block, Slab)
        found[block.name] = found.get(block.name, 0) + block.height
    return found


def test_a_part_that_is_split_again_repeats_nothing() -> None:
    columns = Columns([Slab(name, 300, piece=10) for name in "abc"])
    make_frame().assign(columns)
    columns.wrap(400)
    upper, rest = columns.split(400, 300)
    higher, lower = upper.split(400, 200)
    total = dict[str, float]()
    for part in (higher, lower, rest):
        part.wrap(400)
        for name, height in heights(part).items():
            total[name] = total.get(name, 0) + height
    assert total == {"a": 300, "b": 300, "c": 300}


@pytest.mark.parametrize("above", range(20, 34))
def test_the_first_part_has_room_where_its_text_continues_on_the_grid(above: int) -> None:
    frame = make_frame()
    assert frame.add(Slab("above", above))
    text = Slab("a", 300, piece=1)
    text.is_running_text = True
    columns = Columns([text, Slab("b", 700, piece=1)])
    assert not frame.add(columns)
    assert frame.add(frame.split(columns)[0])
