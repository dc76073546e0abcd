"""Widths of pictures on the page: the largest of all places counts."""

from __future__ import annotations

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.source.nodes import Passage, SourceFile
from gri_builder.validation.pictures.widths import LANDSCAPE, PAGE, WIDTHS, list_widths
from gri_builder.validation.texts import collect_texts


def widths_of(text: str) -> dict[str, float]:
    prose = parse_rich_text(Passage(text, SourceFile("chapters/x.md", text))).value
    assert prose
    return list_widths(collect_texts((), (), (prose,)), ())


def test_the_largest_width_counts() -> None:
    text = "![a](a.svg){width=half}\n\n![b](b.svg)\n\n![a](a.svg){width=full}\n"
    assert widths_of(text) == {"a.svg": WIDTHS["full"], "b.svg": WIDTHS["text"]}


def test_landscape_pages_and_openers_are_wider() -> None:
    text = "::: opener style=page image=o.svg\n:::\n\n::: landscape\n\n![a](a.svg)\n\n:::\n\n![b](b.svg)\n"
    assert widths_of(text) == {"o.svg": PAGE, "a.svg": LANDSCAPE, "b.svg": WIDTHS["text"]}
