"""Scenes as SVG: shapes and labels of charts and maps, in the colours of the page, mirrored where reading is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from gri_builder.charts.colors.patterns import GAP
from gri_builder.charts.scene import Contour, Label, Scene, Shape
from gri_builder.fonts.faces import FIRA, Face, Family, load_face
from gri_builder.model.color import WHITE
from gri_builder.web.drawing.color_book import ColorBook
from gri_builder.web.drawing.label_grounds import find_ground
from gri_builder.web.markup import element, join

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
MIRRORED = {"left": "end", "center": "middle", "right": "start"}
PATTERN_LINES = {
    "horizontal": "M0 2.1H4.2",
    "vertical": "M2.1 0V4.2",
    "grid": "M0 2.1H4.2M2.1 0V4.2",
    "diagonal": "M-1 1L1-1M0 5.9L5.9 0M4.9 6.9L6.9 4.9",
    "counter": "M-1 4.9L1 6.9M0 0L5.9 5.9M4.9-1L6.9 1",
    "dots": "M1.6 1.6h.9v.9h-.9ZM3.7 3.7h.9v.9h-.9Z",
}
"""Paths of one tile of a pattern; those of slanted lines have tiles that are larger."""


WriteNumber = Callable[[float], str]


class SceneWriter(Struct, frozen=True):
    """Writes scenes; `is_mirrored` where the page is read from right to left."""

    colors: ColorBook
    bold: frozenset[Face] = frozenset()
    """The faces that are bold."""
    is_mirrored: bool = False

    def write(self, scene: Scene, alt: str, kind: str = "") -> Markup:
        """Return a scene as an image with an alternative text; `kind` is the class of its element."""
        shapes = (self._shape(scene, shape) for shape in scene.shapes)
        labels = (self._label(scene, label) for label in scene.read_labels())
        return element(
            "svg",
            join(shapes),
            join(labels),
            class_=kind or None,
            role="img",
            aria_label=alt,
            viewBox=f"0 0 {number(scene.width)} {number(scene.height)}",
            width=number(scene.width),
            height=number(scene.height),
        )

    def _x(self, scene: Scene, x: float) -> float:
        return scene.width - x if self.is_mirrored else x

    def _shape(self, scene: Scene, shape: Shape) -> Markup:
        write = number if shape.role == "data" else short_number
        path = "".join(part for contour in shape.contours for part in self._trace(scene, contour, write))
        round_ = "round" if shape.is_round else None
        drawn = element(
            "path",
            d=path,
            fill=self.colors.use(shape.fill) if shape.fill else "none",
            stroke=self.colors.use(shape.stroke) if shape.stroke else None,
            stroke_width=number(shape.width) if shape.stroke else None,
            stroke_dasharray=" ".join(map(number, shape.dash)) if shape.dash and shape.stroke else None,
            stroke_linecap=round_,
            stroke_linejoin=round_,
        )
        if not shape.pattern or not shape.fill:
            return drawn
        return join((drawn, element("path", d=path, fill=f"url(#_pattern-{shape.pattern})")))

    def _trace(self, scene: Scene, contour: Contour, write: WriteNumber) -> Iterator[str]:
        yield "M" + self._points(scene, contour.start, write)
        for segment in contour.segments:
            yield ("C" if len(segment) == 6 else "L") + self._points(scene, segment, write)
        if contour.is_closed:
            yield "Z"

    def _points(self, scene: Scene, values: Sequence[float], write: WriteNumber) -> str:
        pairs = zip(values[::2], values[1::2], strict=True)
        return " ".join([f"{write(self._x(scene, x))} {write(scene.height - y)}" for x, y in pairs])

    def _label(self, scene: Scene, label: Label) -> Markup:
        anchor = (MIRRORED if self.is_mirrored else ANCHORS)[label.align]
        ground = find_ground(scene, label)
        fill = ground.fill if ground else None
        edge = self.colors.use(fill) if ground and fill and ground.pattern else None
        return element(
            "text",
            label.text,
            x=number(self._x(scene, label.x)),
            y=number(scene.height - label.y),
            class_=anchor,
            font_size=number(label.look.size),
            font_weight="700" if label.look.face in self.bold else None,
            fill=self.colors.use_text(label.look.color, fill),
            stroke=edge,  # keeps the lines of a pattern away from letters
            stroke_width="2.4" if edge else None,
            stroke_linejoin="round" if edge else None,
            paint_order="stroke" if edge else None,
        )


def list_bold_faces(*families: Family) -> frozenset[Face]:
    """Return the bold faces of families, where they have any."""
    return frozenset(
        load_face(bold=True, tabular=tabular, family=family)
        for family in (FIRA, *families)
        for tabular in (True, False)
        if family.nearest(True, False)[0]
    )


def define_patterns(colors: ColorBook, names: Iterable[str]) -> Markup:
    """Return the patterns that the charts of a page fill shapes with; empty where there are none."""
    white = colors.use(WHITE)
    tiles = []
    for name in names:
        side = number(GAP * (1.4 if name in ("diagonal", "counter") else 1))
        painted = {"fill": white} if name == "dots" else {"stroke": white, "stroke_width": "0.5", "fill": "none"}
        tile = element("path", d=PATTERN_LINES[name], **painted)
        tiles.append(
            element("pattern", tile, id=f"_pattern-{name}", width=side, height=side, patternUnits="userSpaceOnUse")
        )
    if not tiles:
        return Markup("")
    return element("svg", element("defs", *tiles), class_="patterns", aria_hidden="true", width="0", height="0")


def number(value: float) -> str:
    """Return a coordinate or length, with one hundredth of a point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def short_number(value: float) -> str:
    """Return a coordinate of what shows no value, with one tenth of a point."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")
