"""One tile of key figures: its number, label, change, target and course."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.charts.scene import Scene
from gri_builder.charts.sparkline import HEIGHT, TrendScale, draw_sparkline
from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.ornaments import TILES, Place
from gri_builder.layout.scenes.painting import paint_scene
from gri_builder.layout.text.parts import show_parts
from gri_builder.model.color import Color, parse_color, readable_on
from gri_builder.model.document import Judgement, KeyFigure
from gri_builder.model.rich_text import FactReference, Run
from gri_builder.pdf.content_stream import (
    fill,
    polyline,
)
from gri_builder.pdf.drawing import paint_drawing
from gri_builder.pdf.reflection import keep_upright
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.icons import load_icon
from gri_builder.typesetting.line_breaking import GAP_COLOR, Line, TextFormat
from gri_builder.typesetting.number_parts import split_number
from gri_builder.typesetting.style import Style, TextStyle

PAD = 10.0
ICON = 17.0
ICON_GAP = 7.0
ARROW = 8.0
"""Width of the arrow before a change, with the space after it."""
JUDGED: dict[Judgement, Color] = {"better": parse_color("#0b6b5d"), "worse": parse_color("#a8321a")}
"""Colours of changes for the better and the worse, different for colour-blind readers; words say the same."""


class Tile:
    """A tile; its numbers and texts are measured for its width, its height is that of its row."""

    def __init__(self, figure: KeyFigure, parent: StructureElement, language: str, style: Style, color: Color) -> None:
        self.figure, self.style, self.color = figure, style, color
        self.parts = split_number(figure.value)
        self.face = load_face(bold=True, family=style.big.family)
        self.ink = readable_on(GAP_COLOR if figure.gap else color, style.surface)
        label = replace(style.small, color=self.ink, bold=True) if figure.gap else style.small
        judged = JUDGED.get(figure.judgement, style.text) if figure.judgement else style.text
        strong = replace(style.small, color=readable_on(judged, style.surface), bold=True)
        tile = StructureElement("P", parent)
        self.value = StructureElement("Span", tile)
        self.unit = TextLines(self.value, replace(style.small, color=self.ink, bold=True), language)
        self.texts = [
            _Text(tile, figure.label, label, language),
            _Text(tile, figure.change, strong, language, figure.change_printed, ARROW if figure.course else 0.0),
            _Text(tile, figure.target, replace(style.small, color=style.text), language),
            _Text(tile, figure.progress, replace(style.small, color=style.text), language, figure.progress_printed),
        ]
        self.value.prints = ((figure.printed, figure.value),) if figure.printed else ()
        self.graph = StructureElement("Figure", parent, alt=figure.trend.alt) if figure.trend else None
        self.scene = Scene(0.0)
        self.unit_lines: list[Line] = []
        self.width = self.size = 0.0
        self.is_unit_below = self.is_icon_beside = False
        self.graph_height = HEIGHT
        """Of the line that shows its course."""

    def needs(self, with_unit: bool) -> float:
        """Return the width of its number at size 1."""
        return self.parts.width(self.face, with_unit)

    @property
    def inner(self) -> float:
        """The width of its content."""
        return self.width - 2 * PAD

    def measure(self, width: float, size: float, unit_below: bool, icon_beside: bool, scale: TrendScale) -> None:
        """Break its texts and draw its course for that width and size of numbers."""
        self.width, self.size, self.is_unit_below, self.is_icon_beside = width, size, unit_below, icon_beside
        unit = self.parts.after.strip() if unit_below else ""
        self.unit_lines = self.unit.break_runs((Run(unit),), self.inner) if unit else []
        for text in self.texts:
            text.break_lines(self.inner)
        if self.figure.trend:
            style = self.style
            look = TextFormat(load_face(tabular=True, family=style.chart.family), style.chart.size, style.muted)
            color = readable_on(self.color, style.surface, 3)
            self.scene = draw_sparkline(
                self.figure.trend, self.inner, scale, color, style.muted, look, self.graph_height
            )

    @property
    def head(self) -> float:
        """The height of its icon above the number."""
        return ICON + ICON_GAP if self.figure.icon and not self.is_icon_beside else 0.0

    def height_below_head(self) -> float:
        """Return the height of what is below the icon, with the padding at the bottom."""
        course = self.graph_height + 8 + self.style.small.size if self.figure.trend else 0.0
        return (
            self._number_height()
            + len(self.unit_lines) * self.style.small.leading
            + sum(text.height for text in self.texts)
            + course
            + PAD
        )

    def _number_height(self) -> float:
        return self.style.big.size * 0.95 + 3

    def paint(self, canvas: ReportCanvas, x: float, top: float, height: float, head: float) -> None:
        """Paint the tile; icons take up `head` in its whole row."""
        self._paint_background(canvas, x, top, height)
        self._write(canvas, x + PAD, top - PAD - head)
        if self.graph is None:
            return
        left, bottom = x + PAD, top - height + PAD - 1
        self.graph.attributes = canvas.bounds(left, bottom, self.scene.width, self.scene.height)
        paint_scene(self.scene, canvas, self.graph, left, bottom)

    def _paint_background(self, canvas: ReportCanvas, x: float, top: float, height: float) -> None:
        style, figure = self.style, self.figure
        shapes = TILES[style.tiles](style, self.color, Place(x, top, self.width, height))
        if figure.icon:
            left = x + self.width - PAD - ICON if self.is_icon_beside else x + PAD - 1
            drawn = paint_drawing(load_icon(figure.icon), left, top - PAD - ICON, ICON, ICON, self.color)
            shapes += keep_upright(drawn, canvas.reflection, left, ICON)
        canvas.decorate(*shapes)

    def _write(self, canvas: ReportCanvas, x: float, top: float) -> None:
        style = self.style
        look = TextFormat(self.face, self.size, self.ink)
        pen, y = Pen(canvas), top - style.big.size * 0.76
        pen.tag(self.value)
        parts = ((text, replace(look, size=look.size * share)) for text, share in self._shown_parts())
        show_parts(pen, parts, x, y)
        small = replace(look, size=style.small.size)
        pen.show(" ", small)
        y = top - self._number_height() - style.small.size * 0.8
        if self.unit_lines:
            self.unit.write(pen, self.unit_lines, canvas.left(x, self.inner), y, self.inner)
            pen.tag(self.value)
            pen.show(" ", small)
        y -= len(self.unit_lines) * style.small.leading
        for text in self.texts:
            text.write(pen, canvas, x, y, self.inner, small)
            if text.indent:
                self._mark_course(canvas, x, y)
            y -= text.height
        pen.end()

    def _shown_parts(self) -> list[tuple[str, float]]:
        return self.parts.sized(with_unit=not self.is_unit_below)

    def _mark_course(self, canvas: ReportCanvas, x: float, baseline: float) -> None:
        """Draw an arrow up or down before the change, or a dash where nothing changed."""
        color = self.texts[1].text.style.color
        canvas.decorate(fill(polyline(_arrow(self.figure.course, x, baseline), closed=True), color))


def _arrow(course: str | None, x: float, y: float) -> list[tuple[float, float]]:
    match course:
        case "up":
            return [(x, y + 0.3), (x + 5.6, y + 0.3), (x + 2.8, y + 5.2)]
        case "down":
            return [(x, y + 5.2), (x + 5.6, y + 5.2), (x + 2.8, y + 0.3)]
        case _:
            return [(x, y + 2), (x + 5.6, y + 2), (x + 5.6, y + 3.4), (x, y + 3.4)]


class _Text:
    """A text below the number, with its element; nothing of it is set if it is empty."""

    def __init__(
        self,
        parent: StructureElement,
        content: str | None,
        style: TextStyle,
        language: str,
        printed: FactReference | None = None,
        indent: float = 0.0,
    ) -> None:
        self.content, self.indent = content or "", indent if content else 0.0
        element = StructureElement("Span", parent)
        element.prints = ((printed, content),) if printed and content else ()
        self.text = TextLines(element, style, language)
        self.lines: list[Line] = []

    def break_lines(self, width: float) -> None:
        """Break its lines for that width."""
        self.lines = self.text.break_runs((Run(self.content),), width - self.indent) if self.content else []

    @property
    def height(self) -> float:
        """The height of its lines."""
        return len(self.lines) * self.text.style.leading

    def write(self, pen: Pen, canvas: ReportCanvas, x: float, y: float, width: float, space: TextFormat) -> None:
        """Write its lines, the first on that baseline, and a space that keeps it apart from what follows."""
        if not self.lines:
            return
        inner = width - self.indent
        self.text.write(pen, self.lines, canvas.left(x + self.indent, inner), y, inner)
        pen.tag(self.text.element)
        pen.show(" ", space)
