"""Columns: a chapter has one measure, and two columns only where most of its text fills them."""

from __future__ import annotations

import pytest

from gri_builder.compose.text.columns import set_columns
from gri_builder.model.document import Block, Columns, DisclosureSpan
from gri_builder.model.rich_text import Heading, Run
from tests.support.documents import paragraph

HEADING = Heading(2, (Run("Heading"),))


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [type(block).__name__ for block in blocks]


def test_a_chapter_of_long_passages_has_two_columns_throughout() -> None:
    blocks = (paragraph(200), HEADING, paragraph(60), HEADING, paragraph(3))
    assert kinds(set_columns(blocks)) == ["Columns", "Heading", "Columns", "Heading", "Paragraph"]


@pytest.mark.parametrize("words", [3, 60])
def test_a_chapter_of_short_passages_has_one_column(words: int) -> None:
    blocks = (paragraph(words), HEADING, paragraph(words), HEADING, paragraph(words))
    assert set_columns(blocks) == blocks


def test_passages_that_answer_disclosures_count_too() -> None:
    span = DisclosureSpan(("a",), ("A",), (HEADING, paragraph(200)))
    (divided,) = set_columns((span,))
    assert isinstance(divided, DisclosureSpan)
    assert isinstance(divided.blocks[1], Columns)
