"""Pictures: vector drawings and raster images."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

SegmentKind = Literal["move", "line", "curve", "close"]
LineCap = Literal["butt", "round", "square"]
LineJoin = Literal["miter", "round", "bevel"]
GradientKind = Literal["linear", "radial"]
Segment = tuple[SegmentKind, tuple[float, ...]]
"""A step of a path and its points: x and y of 'move' and 'line', three points of a cubic Bézier 'curve'."""
Matrix = tuple[float, float, float, float, float, float]
"""An affine transformation: (x, y) becomes (a·x + c·y + e, b·x + d·y + f)."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Stop(Struct, frozen=True):
    """A colour at a place of a gradient."""

    offset: float
    """From 0 to 1; never smaller than that of the stop before."""
    color: str
    """As '#rrggbb', or 'current'."""
    opacity: float = 1.0


class Gradient(Struct, frozen=True):
    """A smooth change of colours; the first and last colour continue beyond its ends."""

    kind: GradientKind
    points: tuple[float, ...]
    """Start and end of a linear one (x, y, x, y); inner and outer circle of a radial one (x, y, radius, twice)."""
    matrix: Matrix
    """From the points' units to the drawing's."""
    stops: tuple[Stop, ...]


class Tile(Struct, frozen=True):
    """A pattern: shapes that are repeated in both directions."""

    shapes: tuple[Node, ...]
    box: tuple[float, float, float, float]
    """Left, top, width and height of the first tile, in the pattern's units, as the shapes are."""
    matrix: Matrix
    """From the pattern's units to the drawing's."""
    reach: tuple[int, int, int, int]
    """First column and row of tiles that are seen, and those after the last; the first tile is 0, 0."""


Paint = str | Gradient | Tile
"""A colour as '#rrggbb', 'current' for that of the text around the drawing, a gradient or a pattern."""


class Shape(Struct, frozen=True):
    """A path, filled or stroked or both."""

    segments: tuple[Segment, ...]
    fill: Paint | None = None
    stroke: Paint | None = None
    thickness: float = 1.0
    """Of the stroke."""
    cap: LineCap = "butt"
    join: LineJoin = "miter"
    dashes: tuple[float, ...] = ()
    """Lengths of dashes and gaps in turn; empty for a solid stroke."""
    even_odd: bool = False
    """Whether the even-odd rule decides what is inside, not the non-zero winding rule."""
    dash_offset: float = 0.0
    """How far into the dashes the stroke starts; not negative."""
    miter_limit: float = 4.0
    """Length of a mitred corner relative to the thickness, beyond which it is bevelled."""
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    matrix: Matrix = IDENTITY
    """From the units of segments, thickness and dashes to the drawing's."""
    stroke_first: bool = False
    """Whether the fill is painted over the stroke."""


class Group(Struct, frozen=True):
    """Shapes that are drawn as one."""

    shapes: tuple[Node, ...]
    opacity: float = 1.0
    clip: Shape | None = None
    """Outline outside of which nothing is drawn; its paint has no meaning."""
    mask: tuple[Node, ...] | None = None
    """Shapes in grey whose lightness is the opacity of what is drawn: white shows all, black and no shape nothing."""
    isolated: bool = False
    """Whether it is painted apart from what is below, and then put over it."""
    blend: str = "Normal"
    """Blend mode (ISO 32000-1, tables 136 and 137)."""


Node = Shape | Group


class Drawing(Struct, frozen=True):
    """A vector drawing; its origin is the upper left corner, y grows downwards."""

    width: float
    height: float
    shapes: tuple[Node, ...]
    """In the order in which they are painted."""


def walk_shapes(nodes: Iterable[Node]) -> Iterator[Shape]:
    """Yield all shapes, also those in groups; not those of masks."""
    for node in nodes:
        if isinstance(node, Shape):
            yield node
        else:
            yield from walk_shapes(node.shapes)


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
    is_rendered: bool = False
    """Whether `data` is a rendering of an SVG file, in a higher resolution than print needs."""

    @property
    def is_scalable(self) -> bool:
        """Whether it has no size of its own, and is sharp at any size."""
        return self.drawing is not None or self.is_rendered
