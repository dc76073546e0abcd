"""Answers and sections that print nothing."""

from __future__ import annotations

import pytest

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.source.nodes import Passage, SourceFile
from gri_builder.validation.printed_content import prints_content


def prints(text: str) -> bool:
    parsed = parse_rich_text(Passage(text, SourceFile("a.md", text), 1, 0)).value
    assert parsed is not None
    return prints_content(parsed.blocks)


@pytest.mark.parametrize(
    "text", [">", "> >", "-", "- -", "***", "# Title", "[^1]: note", "&#8203;", "::: callout\n***\n:::"]
)
def test_marks_alone_print_nothing(text: str) -> None:
    assert not prints(text)


@pytest.mark.parametrize(
    "text",
    [
        "\\>",
        "> x",
        "- 7",
        "{{ energy }}",
        "![A mill](images/mill.png)",
        "| a |\n|---|\n| b |",
        "::: chart energy\n:::",
        "Term\n: x",
    ],
)
def test_texts_and_figures_print_something(text: str) -> None:
    assert prints(text)
