"""Sizes of the numbers of key figures: one for all that may be on a page, which are those of a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.key_figure_tile import PAD
from gri_builder.model.document import Block, Callout, Columns, KeyFigures, Landscape, PullQuote, SideNote
from gri_builder.typesetting.number_parts import split_number
from gri_builder.typesetting.style import GUTTER, Style

BOX_PADDING = 24.0
"""Width that a box takes of what is in it."""


def choose_number_size(blocks: Iterable[Block], style: Style, is_wide: bool) -> float:
    """Return the size of all numbers in the blocks: of the style, or less if one of them is wider than its place."""
    face = load_face(bold=True, family=style.big.family)
    width = style.page.full_width if is_wide else style.page.text_width
    size = style.big.size
    for figures, room in _list_figures(blocks, width, style):
        for figure in figures.figures:
            needed = split_number(figure.value).width(face, with_unit=False)
            size = min(size, (room - 2 * PAD) / needed) if needed else size
    return size


def _list_figures(blocks: Iterable[Block], width: float, style: Style) -> Iterator[tuple[KeyFigures, float]]:
    """Yield the key figures in the blocks, each with the width of its place."""
    for block in blocks:
        if isinstance(block, KeyFigures):
            yield block, width
        else:
            yield from _list_figures(getattr(block, "blocks", ()), _inner_width(block, width, style), style)


def _inner_width(block: Block, width: float, style: Style) -> float:
    match block:
        case Columns():
            return (width - GUTTER) / 2
        case Callout() | PullQuote():
            return width - BOX_PADDING
        case SideNote():
            return style.page.margin_width
        case Landscape():
            return style.page.landscape.full_width
        case _:
            return width
