"""Viewports: sizes, 'viewBox' and 'preserveAspectRatio' (SVG 2, 8)."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.graphics.svg.css.lengths import PIXELS, Units
from gri_builder.graphics.svg.css.styles import Style
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import multiply, scaling, translation
from gri_builder.graphics.svg.reading import SvgError, quote
from gri_builder.graphics.svg.scene import Scene
from gri_builder.model.graphics import IDENTITY, Matrix, Segment

MAX_SIZE = 1e6
MIN_SIZE = 1e-3
_ALIGNED = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
Box = tuple[float, float, float, float]
"""Left, top, width and height."""


class Viewport(Struct, frozen=True):
    """An area with its own coordinates."""

    width: float
    """In the units inside."""
    height: float
    matrix: Matrix
    """From the units inside to those outside."""
    edge: tuple[Segment, ...] = ()
    """Outline of the area in the units outside; empty if what is beyond is shown."""


def box_edge(x: float, y: float, width: float, height: float) -> tuple[Segment, ...]:
    """Return the outline of a rectangle."""
    corners = ((x + width, y), (x + width, y + height), (x, y + height))
    return (("move", (x, y)), *(("line", corner) for corner in corners), ("close", ()))


def outer_viewport(scene: Scene) -> tuple[float, float, Viewport]:
    """Return width and height of the whole drawing, and the viewport of its <svg> element.

    A size in per cent is that of the 'viewBox'. Raises SvgError without a usable size.
    """
    root = scene.root
    box = parse_view_box(scene, root)
    given = [_absolute_size(scene, name) for name in ("width", "height")]
    width, height = given
    if box:
        if width is None:
            width = height * box[2] / box[3] if height is not None else box[2]
        if height is None:
            height = given[0] * box[3] / box[2] if given[0] is not None else box[3]
    if width is None or height is None:
        raise SvgError("no viewBox and no width and height")
    if not (MIN_SIZE < width < MAX_SIZE and MIN_SIZE < height < MAX_SIZE):
        raise SvgError("an empty or oversized area")
    return width, height, fit_viewport(scene, root, (0, 0, width, height), box)


def _absolute_size(scene: Scene, name: str) -> float | None:
    """Return width or height of the whole drawing; None if it is missing or in per cent."""
    style = scene.style(scene.root)
    text = (style.own(name) or scene.root.get(name) or "auto").strip()
    if text == "auto" or text.endswith("%"):
        return None
    value = Units(0, 0, style.font_size, style.font_size).parse(text)
    if value is None:
        scene.refuse(scene.root, f"<svg> {name} {quote(text)}", "is not a usable length")
    return value


def parse_view_box(scene: Scene, element: Element) -> Box | None:
    """Return left, top, width and height of a 'viewBox'; None without one."""
    text = element.get("viewBox")
    if text is None:
        return None
    numbers = PIXELS.parse_list(text)
    if numbers is None or len(numbers) != 4 or numbers[2] < 0 or numbers[3] < 0:
        scene.refuse(element, f"<{element.tag}> viewBox {quote(text)}", "is not four numbers")
        return None
    if element is scene.root and (not numbers[2] or not numbers[3]):
        raise SvgError("an empty viewBox")
    return numbers[0], numbers[1], numbers[2], numbers[3]


def fit_viewport(scene: Scene, element: Element, area: Box, box: Box | None) -> Viewport:
    """Return the viewport of an element that fills an area, and whose content has the coordinates of its 'viewBox'."""
    x, y, width, height = area
    if box is None:
        return Viewport(width, height, translation(x, y), box_edge(*area))
    matrix = multiply(translation(x, y), _fit(scene, element, (width, height), box))
    return Viewport(box[2], box[3], matrix, box_edge(*area))


def _fit(scene: Scene, element: Element, size: tuple[float, float], box: Box) -> Matrix:
    """Return the matrix that fits a box into an area by 'preserveAspectRatio' (SVG 2, 8.6)."""
    left, top, width, height = box
    if not width or not height:
        return IDENTITY
    sx, sy = size[0] / width, size[1] / height
    text = element.get("preserveAspectRatio") or "xMidYMid"
    words = text.removeprefix("defer ").split()
    align, how = (words[0] if words else "xMidYMid"), (words[1] if len(words) > 1 else "meet")
    if align == "none" and len(words) <= 2:
        return multiply(scaling(sx, sy), translation(-left, -top))
    x, y = _ALIGNED.get(align[1:4]), _ALIGNED.get(align[5:])
    if x is None or y is None or align[0] + align[4:5] != "xY" or how not in ("meet", "slice") or len(words) > 2:
        scene.refuse(element, f"preserveAspectRatio {quote(text)}", "is a value that is not drawn")
        return IDENTITY
    scale = min(sx, sy) if how == "meet" else max(sx, sy)
    shift = translation((size[0] - width * scale) * x, (size[1] - height * scale) * y)
    return multiply(shift, multiply(scaling(scale, scale), translation(-left, -top)))


def shows_beyond(style: Style) -> bool:
    """Return whether what is beyond the edges of a viewport is drawn; by default it is cut off (SVG 2, 3.5)."""
    return style["overflow"] in ("visible", "auto")
