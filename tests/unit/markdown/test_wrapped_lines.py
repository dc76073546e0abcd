"""Tests of lines wrapped in the source."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from gri_builder.markdown.wrapped_lines import joins_without_space


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("報告書は\n紙です", True),
        ("終わり。\n次", True),
        ("**報告**\n書", True),
        ("GRI\n標準", False),
        ("標準\nGRI", False),
        ("한국어\n보고서", False),
        ("an\nother", False),
        ("`紙`\n紙", False),
    ],
)
def test_wide_characters_are_joined_without_a_space(text: str, joined: bool) -> None:
    tokens = MarkdownIt().parseInline(text)[0].children
    assert tokens
    place = next(place for place, token in enumerate(tokens) if token.type == "softbreak")
    assert joins_without_space(tokens, place) is joined
