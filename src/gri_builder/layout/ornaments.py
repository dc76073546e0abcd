"""Ornaments: the shapes by which themes differ; a token of the theme chooses one of a few small drawings for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from gri_builder.model.color import Color
from gri_builder.model.theme import BoxStyle, HeadingStyle, TileStyle
from gri_builder.pdf.content_stream import (
    RESTORE,
    SAVE,
    Operators,
    clip,
    combine,
    fill,
    line,
    rectangle,
    rounded_rectangle,
    stroke,
    top_band,
)
from gri_builder.typesetting.style import Style


class Place(NamedTuple):
    """A rectangle that is decorated: left edge, upper edge, width and height, in points."""

    x: float
    top: float
    width: float
    height: float

    @property
    def low(self) -> float:
        """The lower edge."""
        return self.top - self.height


Draw = Callable[[Style, Color, Place], list[Operators]]
"""Returns the shapes around something at a place, in the colour of its chapter."""


def _nothing(style: Style, color: Color, place: Place) -> list[Operators]:
    return []


def _rule_above(style: Style, color: Color, place: Place) -> list[Operators]:
    y = place.top + 5
    return [stroke(line(place.x, y, place.x + place.width, y), color=color, width=0.8)]


def _bar_above(style: Style, color: Color, place: Place) -> list[Operators]:
    return [fill(rectangle(place.x, place.top + 4, 30, 3), style.accent)]


def _block_beside(style: Style, color: Color, place: Place) -> list[Operators]:
    return [fill(rectangle(place.x - 12, place.low + 1, 5, place.height - 4), color)]


def _rule_below(style: Style, color: Color, place: Place) -> list[Operators]:
    y = place.low - 1
    return [stroke(line(place.x, y, place.x + place.width, y), color=style.border, width=0.8)]


HEADINGS: Mapping[HeadingStyle, Draw] = {
    "plain": _nothing,
    "rule": _rule_above,
    "bar": _bar_above,
    "block": _block_beside,
    "underline": _rule_below,
}
"""What is drawn at the heading of a section."""


class BoxLook(NamedTuple):
    """How a box is framed."""

    is_filled: bool
    has_bar: bool
    has_edge: bool


BOXES: Mapping[BoxStyle, BoxLook] = {
    "filled": BoxLook(is_filled=True, has_bar=True, has_edge=False),
    "outlined": BoxLook(is_filled=False, has_bar=False, has_edge=True),
    "bar": BoxLook(is_filled=False, has_bar=True, has_edge=False),
}
"""How plain boxes are framed."""


def draw_box(style: Style, color: Color, place: Place, background: Color | None) -> list[Operators]:
    """Return the frame of a box: background, edge and bar; a box without a background has the bar alone."""
    look = BOXES[style.boxes] if background else BoxLook(is_filled=False, has_bar=True, has_edge=False)
    radius = style.radius if background else 0.0
    shapes = []
    if background and look.is_filled:
        shapes.append(fill(rounded_rectangle(place.x, place.low, place.width, place.height, radius), background))
    if look.has_edge:
        edge = rounded_rectangle(place.x + 0.4, place.low + 0.4, place.width - 0.8, place.height - 0.8, radius)
        shapes.append(stroke(edge, color=color, width=0.8))
    if look.has_bar:
        inset = radius * 0.6 if look.is_filled else 0.0
        thick = 2.4 if look.is_filled or not background else 4.0
        bar = rounded_rectangle(place.x, place.low + inset, thick, place.height - 2 * inset, 1.2 if inset else 0)
        shapes.append(fill(bar, color))
    return shapes


def _filled_tile(style: Style, color: Color, place: Place) -> list[Operators]:
    panel = rounded_rectangle(place.x, place.low, place.width, place.height, style.radius)
    edge = fill(top_band(place.x, place.top, place.width, 2.4), color)
    return [fill(panel, style.surface), combine(SAVE, clip(panel), edge, RESTORE)]


def _ruled_tile(style: Style, color: Color, place: Place) -> list[Operators]:
    return [fill(rectangle(place.x, place.top - 1.6, place.width, 1.6), color)]


def _outlined_tile(style: Style, color: Color, place: Place) -> list[Operators]:
    panel = rounded_rectangle(place.x + 0.5, place.low + 0.5, place.width - 1, place.height - 1, style.radius)
    return [stroke(panel, color=color, width=1.0)]


TILES: Mapping[TileStyle, Draw] = {"filled": _filled_tile, "ruled": _ruled_tile, "outlined": _outlined_tile}
"""What is drawn behind a key figure."""
