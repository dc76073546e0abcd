"""What is known while a file is read: its elements by id, its styles, where an element is drawn, and the limits."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.graphics.svg.css.lengths import Direction, Units
from gri_builder.graphics.svg.css.styles import Cascade, Style
from gri_builder.graphics.svg.document import Element
from gri_builder.graphics.svg.matrices import multiply, parse_transform
from gri_builder.graphics.svg.reading import FindFont, Refusals, quote
from gri_builder.limits.limits import DRAWING_DEPTH
from gri_builder.model.graphics import IDENTITY, Matrix, Node, Paint, Segment

MAX_ELEMENTS = 100_000
"""Drawn elements; one that is used twice counts twice."""
MAX_SEGMENTS = 400_000
MAX_COORDINATE = 1e7


class Context(Struct, frozen=True):
    """Where an element is drawn."""

    style: Style
    """Of the parent."""
    matrix: Matrix
    """From the parent's user units to the drawing's."""
    width: float
    """Of the nearest viewport, in its user units."""
    height: float
    depth: int = 0
    names: frozenset[str] = frozenset()
    """Ids of the elements that are being drawn by reference."""
    fill: tuple[Paint | None, float] | None = (None, 1.0)
    """Paint and opacity for 'context-fill' (SVG 2, 13.3); None if it is not known."""
    stroke: tuple[Paint | None, float] | None = (None, 1.0)
    is_clip: bool = False
    """Whether only outlines are asked for."""

    def inside(self, style: Style, matrix: Matrix) -> Context:
        """Return the context of an element's children."""
        return replace(self, style=style, matrix=matrix, depth=self.depth + 1)


class Scene:
    """A file that is being read."""

    def __init__(self, root: Element, cascade: Cascade, refusals: Refusals, find_font: FindFont | None) -> None:
        self.root, self.cascade, self.refusals, self.find_font = root, cascade, refusals, find_font
        self.read_element: Callable[[Element, Context], list[Node]] = lambda element, context: []
        """Returns what an element draws."""
        self._ids: dict[str, Element] = {}
        for element in root.walk():
            if name := element.get("id"):
                self._ids.setdefault(name, element)
        self._styles: dict[int, Style] = {}
        self._elements = self._segments = 0
        self.is_full = False
        """Whether a limit was exceeded."""

    def find(self, name: str) -> Element | None:
        """Return the element with an id."""
        return self._ids.get(name)

    def find_href(self, element: Element) -> Element | None:
        """Return the element that 'href' names; None without one, or if it is refused as it is not in the file."""
        address = element.get("href")
        if address is None:
            return None
        target = self.find(address.strip()[1:]) if address.strip().startswith("#") else None
        if target is None:
            self.refuse(element, f"<{element.tag}> href {quote(address)}", "leads nowhere in the file")
        return target

    def refuse(self, element: Element, feature: str, reason: str = "is not drawn") -> None:
        """Refuse a feature of an element."""
        self.refusals.add(feature, element.line, reason)

    def style(self, element: Element) -> Style:
        """Return the style that an element has where it is in the file."""
        chain = list[Element]()
        here: Element | None = element
        while here is not None and id(here) not in self._styles:
            chain.append(here)
            here = here.parent
        style = self._styles[id(here)] if here is not None else None
        for each in reversed(chain):
            style = self._styles[id(each)] = self.cascade.style(each, style)
        assert style is not None
        return style

    def units(self, style: Style, context: Context) -> Units:
        """Return what lengths of an element refer to."""
        return Units(context.width, context.height, style.font_size, self.style(self.root).font_size)

    def length(
        self,
        element: Element,
        name: str,
        units: Units,
        direction: Direction,
        default: str = "0",
        style: Style | None = None,
    ) -> float:
        """Return an attribute (or property, if a style is given) as a length; an invalid one is refused and 0."""
        text = style.own(name) if style else None
        if text is None:
            text = element.get(name)
        value = units.parse(default if text is None or not text.strip() else text, direction)
        if value is None:
            self.refuse(element, f"<{element.tag}> {name} {quote(text or '')}", "is not a usable length")
            return 0.0
        return value

    def word(self, element: Element, name: str, text: str | None, known: tuple[str, ...]) -> str:
        """Return an attribute that is one of some words, the first by default; others are refused."""
        if text is None:
            return known[0]
        if text.strip() not in known:
            self.refuse(element, f"<{element.tag}> {name} {quote(text)}", "is a value that is not drawn")
            return known[0]
        return text.strip()

    def matrix(self, element: Element, text: str | None, feature: str = "transform") -> Matrix:
        """Return the matrix of a list of transformations; one that is not known is refused."""
        if text is None:
            return IDENTITY
        matrix = parse_transform(text)
        if matrix is None:
            self.refuse(element, f"{feature} {quote(text)}", "is not a list of known transformations")
            return IDENTITY
        return matrix

    def count_element(self, element: Element, depth: int) -> bool:
        """Count a drawn element; return whether it is within the limits."""
        self._elements += 1
        if depth > DRAWING_DEPTH.most:
            self.refuse(element, f"more than {DRAWING_DEPTH.most} elements within each other", "is too deep to draw")
            return False
        if self._elements > MAX_ELEMENTS:
            self.refuse(element, f"more than {MAX_ELEMENTS} elements", "are too many to draw")
            self.is_full = True
        return not self.is_full

    def count_segments(self, element: Element, segments: tuple[Segment, ...]) -> bool:
        """Count the lines and curves of a shape; return whether they are within the limits."""
        self._segments += len(segments)
        if self._segments > MAX_SEGMENTS:
            self.refuse(element, f"more than {MAX_SEGMENTS} lines and curves", "are too many to draw")
            self.is_full = True
            return False
        if any(not abs(value) < MAX_COORDINATE for _, values in segments for value in values):
            self.refuse(element, f"<{element.tag}> coordinates", f"are beyond ±{MAX_COORDINATE:.0f}")
            return False
        return True


def user_matrix(scene: Scene, element: Element, style: Style, context: Context) -> Matrix:
    """Return the matrix from an element's user units to the drawing's."""
    own = style.own("transform")
    if own is None or own == "none":
        return context.matrix
    matrix = scene.matrix(element, own)
    if style["transform-box"] == "fill-box":
        scene.refuse(element, "transform-box 'fill-box'", "is an origin within the element")
    if origin := style.own("transform-origin"):
        matrix = _around_origin(scene, element, matrix, origin, scene.units(style, context))
    return multiply(context.matrix, matrix)


_PLACES = {"left": "0%", "center": "50%", "right": "100%", "top": "0%", "bottom": "100%"}


def _around_origin(scene: Scene, element: Element, matrix: Matrix, text: str, units: Units) -> Matrix:
    """Return a transformation about its 'transform-origin' (CSS Transforms 1, 4)."""
    from gri_builder.graphics.svg.matrices import around

    words = text.split()
    if len(words) == 2 and (words[0] in ("top", "bottom") or words[1] in ("left", "right")):
        words.reverse()
    if len(words) == 1:
        words = ["center", words[0]] if words[0] in ("top", "bottom") else [words[0], "center"]
    if len(words) == 3 and units.parse(words[2]) == 0:
        words.pop()
    x, y = (units.parse(_PLACES.get(words[0], words[0]), "x"), None) if len(words) == 2 else (None, None)
    if x is not None:
        y = units.parse(_PLACES.get(words[1], words[1]), "y")
    if x is None or y is None:
        scene.refuse(element, f"transform-origin {quote(text)}", "is not a known place")
        return matrix
    return around(matrix, x, y)
