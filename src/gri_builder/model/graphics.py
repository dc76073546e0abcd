"""Pictures: vector drawings and raster images."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SegmentKind = Literal["move", "line", "curve", "close"]
LineCap = Literal["butt", "round", "square"]
LineJoin = Literal["miter", "round", "bevel"]
Segment = tuple[SegmentKind, tuple[float, ...]]
"""A step of a path and its points: x and y of 'move' and 'line', three points of a cubic Bézier 'curve'."""


class Shape(Struct, frozen=True):
    """A path, filled or stroked or both."""

    segments: tuple[Segment, ...]
    fill: str | None = None
    """Colour as '#rrggbb', 'current' for that of the text around it, or None."""
    stroke: str | None = None
    thickness: float = 1.0
    """Of the stroke."""
    cap: LineCap = "butt"
    join: LineJoin = "miter"
    dashes: tuple[float, ...] = ()
    """Lengths of dashes and gaps in turn; empty for a solid stroke."""
    even_odd: bool = False
    """Whether the even-odd rule decides what is inside, not the non-zero winding rule."""


class Drawing(Struct, frozen=True):
    """A vector drawing; its origin is the upper left corner, y grows downwards."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


class Picture(Struct, frozen=True):
    """A checked image file of the report folder."""

    path: str
    data: bytes
    """The bytes to embed; empty for a drawing."""
    width: float
    """In pixels, or in a drawing's units."""
    height: float
    drawing: Drawing | None = None
    """Content of an SVG file."""
