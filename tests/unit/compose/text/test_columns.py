"""Columns: a chapter is in two columns where most of its text fills them."""

from __future__ import annotations

import pytest

from gri_builder.compose.text.columns import set_columns
from gri_builder.model.document import Block, Columns, DisclosureSpan
from gri_builder.model.rich_text import Heading, Run
from tests.support.documents import paragraph

HEADING = Heading(2, (Run("Heading"),))


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [type(block).__name__ for block in blocks]


@pytest.mark.parametrize(("words", "kind"), [(3, "Paragraph"), (20, "Paragraph"), (100, "Columns"), (200, "Columns")])
def test_passages_that_fill_them_have_two_columns(words: int, kind: str) -> None:
    blocks = (paragraph(words), HEADING, paragraph(200))
    assert kinds(set_columns(blocks)) == [kind, "Heading", "Columns"]


def test_a_chapter_of_short_passages_has_one_column() -> None:
    blocks = (paragraph(40), HEADING, paragraph(40), HEADING, paragraph(80))
    assert set_columns(blocks) == blocks


def test_passages_that_answer_disclosures_have_them_too() -> None:
    span = DisclosureSpan(("a",), ("A",), (HEADING, paragraph(200)))
    (divided,) = set_columns((span,))
    assert isinstance(divided, DisclosureSpan)
    assert isinstance(divided.blocks[1], Columns)
