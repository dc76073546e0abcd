"""Pictures: drawings of outlines, and images."""

from __future__ import annotations

from msgspec import Struct


class Shape(Struct, frozen=True):
    """An outline, filled or stroked or both."""

    segments: tuple[tuple[str, tuple[float, ...]], ...]
    """Its path by PDF's operators 'm', 'l', 'c' and 'h' (ISO 32000-1, 8.5.2), each with its operands."""
    fill: str | None = None
    """Colour as '#rrggbb', 'current' for that of the text around it, or None."""
    stroke: str | None = None
    thickness: float = 1.0
    """Of the stroke."""
    cap: int = 0
    """Shape of the stroke's ends and corners, as PDF numbers them (ISO 32000-1, 8.4.3)."""
    join: int = 0
    dashes: tuple[float, ...] = ()
    even_odd: bool = False
    """Whether what is inside is told by the even-odd rule."""


class Drawing(Struct, frozen=True):
    """A picture made of outlines; its origin is its upper left corner, y grows downwards."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


class Picture(Struct, frozen=True):
    """An image file of the report folder, read and found sound."""

    path: str
    data: bytes
    """As it is embedded; empty for a drawing."""
    width: float
    """In pixels, or a drawing's own units."""
    height: float
    drawing: Drawing | None = None
    """What an SVG file holds."""
