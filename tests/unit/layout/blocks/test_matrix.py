"""The materiality matrix: a legend that is higher than a page continues in columns, and no topic is lost."""

from __future__ import annotations

import pytest

from gri_builder.layout.blocks.matrix import AXIS, SIDE, LegendRow, MatrixBlock, MatrixLegend
from gri_builder.model.document import Matrix, MatrixTopic, TopicGroup
from gri_builder.pdf.structure_tree import StructureTree
from tests.support.chart_scenes import load_style

STYLE = load_style()
WIDTH = 340.0


def make_block(count: int) -> MatrixBlock:
    topics = tuple(MatrixTopic(f"Topic {n}", n % 7 / 6, n % 5 / 4, n % 2 == 0, "primary") for n in range(count))
    groups = (TopicGroup("First", topics[:2]), TopicGroup("Second", topics[2:]))
    matrix = Matrix(groups, "Impacts", "Influence", "All topics")
    block = MatrixBlock(matrix, StructureTree().document, STYLE, {})
    block.wrap(WIDTH)
    return block


def set_on_pages(block: MatrixBlock, height: float) -> list[list[LegendRow]]:
    """Return the lines of each part, on pages of a height."""
    first, rest = block.split(WIDTH, height)
    assert isinstance(first, MatrixBlock) and isinstance(rest, MatrixLegend)
    pages = [first.rows]
    while parts := rest.split(WIDTH, height):
        one, rest = parts
        assert isinstance(one, MatrixLegend) and isinstance(rest, MatrixLegend)
        assert one.wrap(WIDTH) <= height
        pages.append(one.rows)
    assert rest.wrap(WIDTH) <= height
    return [*pages, rest.rows]


@pytest.mark.parametrize("count", [54, 120, 1000])
def test_the_legend_goes_over_pages(count: int) -> None:
    block = make_block(count)
    before = list(block.rows)
    pages = set_on_pages(block, 600)
    numbers = [row.number for page in pages for row in page if row.topic]
    assert numbers == list(range(1, count + 1))
    assert all(page[0].topic is None for page in pages)  # each part names the group that it continues
    assert block.rows == before  # placing is tried several times


def test_a_legend_that_fits_on_a_page_is_beside_the_plot() -> None:
    block = make_block(40)
    assert block.split(WIDTH, 500) == []
    assert make_block(5).height == SIDE + AXIS


def test_a_plot_without_room_is_moved() -> None:
    assert make_block(54).split(WIDTH, SIDE) == []
