"""Paragraphs that continue on the next page: where they are split."""

from __future__ import annotations

import pytest

from gri_builder.layout.blocks.paragraph import MAX_HYPHENATED, Paragraph
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.paging.footnotes import FootnoteStore
from gri_builder.layout.paging.frame import Frame
from gri_builder.layout.paging.page_kinds import Area
from gri_builder.model.rich_text import Run
from gri_builder.pdf.structure_tree import StructureElement
from tests.unit.layout.paging.slabs import STYLE


def fitting_lines(text: str, room: int) -> int:
    """Return how many lines of a text are in the first part, if there is room for a number of them."""
    canvas = ReportCanvas((500, 600), "en")
    body = STYLE.body
    paragraph = Paragraph((Run(text),), body, StructureElement("P", canvas.tree.document), "en-GB")
    Frame(Area(0, 0, 400, 400), FootnoteStore(STYLE), canvas).assign(paragraph)
    paragraph.wrap(60)
    first, _ = paragraph.split(60, room * body.leading)
    return round(first.wrap(60) / body.leading)


@pytest.mark.parametrize("hyphenated", range(1, MAX_HYPHENATED + 1))
def test_the_last_lines_with_hyphens_move_to_the_next_page(hyphenated: int) -> None:
    text = "word " * 6 + "halfwayup-" * hyphenated + "end " + "word " * 40
    without = fitting_lines("word " * 46, 20)
    assert without == 20
    lines_above = next(room for room in range(3, 20) if fitting_lines(text, room) < room) - 1
    assert fitting_lines(text, lines_above + hyphenated) == lines_above


def test_a_word_of_many_lines_fills_the_page() -> None:
    """Each of its lines ends in a hyphen: to move all of them would put two lines on a page."""
    assert fitting_lines("halfwayup-" * 60 + "end", 20) == 20
    assert fitting_lines("word " * 60, 20) == 20
