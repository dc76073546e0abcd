"""Columns: passages are in two columns, but those of one or two lines."""

from __future__ import annotations

import pytest

from gri_builder.compose.text.columns import set_columns
from gri_builder.model.document import Block, Columns, DisclosureSpan
from gri_builder.model.rich_text import Heading, Run
from tests.support.documents import paragraph

HEADING = Heading(2, (Run("Heading"),))


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [type(block).__name__ for block in blocks]


@pytest.mark.parametrize(("words", "kind"), [(3, "Paragraph"), (60, "Columns"), (200, "Columns")])
def test_all_passages_but_the_shortest_have_two_columns(words: int, kind: str) -> None:
    blocks = (paragraph(words), HEADING, paragraph(words), HEADING, paragraph(200))
    assert kinds(set_columns(blocks)) == [kind, "Heading", kind, "Heading", "Columns"]


def test_passages_that_answer_disclosures_have_them_too() -> None:
    span = DisclosureSpan(("a",), ("A",), (HEADING, paragraph(200)))
    (divided,) = set_columns((span,))
    assert isinstance(divided, DisclosureSpan)
    assert isinstance(divided.blocks[1], Columns)
