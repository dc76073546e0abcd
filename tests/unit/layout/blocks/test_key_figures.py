"""Key figures: numbers of one size, several times that of the text, inside tiles that are higher than their content."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.layout.blocks.key_figure_tile import PAD
from gri_builder.layout.blocks.key_figures import KeyFiguresBlock
from gri_builder.layout.blocks.number_sizes import choose_number_size
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Callout, Columns, KeyFigure, KeyFigures, Trend
from gri_builder.pdf.structure_tree import StructureTree
from tests.judges.verapdf import judge
from tests.support.chart_scenes import load_style
from tests.support.documents import chapter, document, paragraph
from tests.support.page_geometry import find_faults

STYLE = load_style()
TREND = Trend((3.0, 2.0, 4.0), "Line.", first="2013", last="2015")
NUMBERS = ["12", "98,233 t CO₂e", "EUR 874.6 million", "57.5%", "57,5\u00a0%", "−2.25", "6.7 per million h", "–"]


def make(*numbers: str) -> KeyFiguresBlock:
    figures = tuple(KeyFigure(number, "Energy consumption, 2015", trend=TREND, icon="zap") for number in numbers)
    return KeyFiguresBlock(figures, StructureTree().document, "en", STYLE, STYLE.primary)


figures = st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=8)


@given(figures, st.sampled_from([401.0, 499.0, 700.0]))
def test_numbers_have_one_size_three_times_that_of_the_text(numbers: list[str], width: float) -> None:
    block = make(*numbers)
    block.wrap(width)
    assert {tile.size for tile in block.tiles} == {STYLE.big.size}
    assert STYLE.big.size >= 3 * STYLE.body.size


@given(figures | st.just(["1,234,567,890,123 t"]), st.floats(120, 760))
def test_numbers_and_courses_are_inside_their_tiles(numbers: list[str], width: float) -> None:
    block = make(*numbers)
    block.wrap(width)
    assert block.columns * block.tiles[0].width <= width
    assert len({tile.width for tile in block.tiles}) == 1
    for tile in block.tiles:
        assert tile.needs(not tile.is_unit_below) * tile.size <= tile.width - 2 * PAD + 0.01
        assert tile.scene.width <= tile.width - 2 * PAD + 0.01
        assert all(line.width <= tile.inner + 0.01 for text in tile.texts for line in text.lines)


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 3), (6, 3), (7, 4), (8, 4)])
def test_rows_are_of_equal_length(count: int, columns: int) -> None:
    block = make(*["12"] * count)
    block.wrap(499)
    assert block.columns == columns


def test_long_numbers_make_fewer_columns_not_smaller_numbers() -> None:
    block = make("12", "98,233 t CO₂e", "7", "123,456,789,123")
    block.wrap(401)
    assert (block.columns, {tile.size for tile in block.tiles}) == (1, {STYLE.big.size})


def test_the_numbers_of_a_chapter_have_the_size_of_the_longest() -> None:
    long, short = (KeyFigures((KeyFigure(text, "x"),)) for text in ("1,234,567,890,123 t", "12"))
    assert choose_number_size((short, Callout((long,))), STYLE, is_wide=False) == STYLE.big.size
    narrow = choose_number_size((short, Columns((long,))), STYLE, is_wide=False)
    assert STYLE.body.size < narrow < STYLE.big.size


def test_rows_break_over_pages_with_tiles_of_one_width() -> None:
    many = KeyFigures(tuple(KeyFigure("98,233 t CO₂e", "Emissions, 2015", trend=TREND) for _ in range(8)))
    rendered = render_pdf(document(chapter("Story", "story", paragraph(400), many)))
    assert find_faults(rendered.pdf) == []
    block = make(*["98,233 t CO₂e"] * 8)
    block.wrap(401)
    first, rest = block.split(401, block.height / 2)
    assert isinstance(first, KeyFiguresBlock)
    assert isinstance(rest, KeyFiguresBlock)
    first.wrap(401)
    rest.wrap(401)
    assert first.tiles[0].width == rest.tiles[0].width
    assert len(first.tiles) + len(rest.tiles) == 8


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_the_course_is_a_figure_with_its_values_in_words(flavour: str, tmp_path: Path) -> None:
    figure = KeyFigure(
        "12 GJ", "Energy, 2015", "−3% against 2014, better", None, None, "down", "better", "Target", trend=TREND
    )
    file = tmp_path / "figures.pdf"
    file.write_bytes(render_pdf(document(chapter("Story", "story", KeyFigures((figure,))))).pdf)
    assert not judge(file, flavour).failures
