"""Key figures: tiles with a number, its label, its change, and a sparkline."""

from __future__ import annotations

import re

from msgspec.structs import replace

from gri_builder.fonts.faces import Face, load_face
from gri_builder.layout.blocks.paragraph import TextLines
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.line_breaking import Line, TextFormat, break_lines, make_words
from gri_builder.layout.style import Style
from gri_builder.layout.text.parts import show_parts
from gri_builder.model.color import Color, readable_on
from gri_builder.model.document import KeyFigure
from gri_builder.model.rich_text import Run
from gri_builder.pdf.content_stream import (
    RESTORE,
    SAVE,
    Operators,
    circle,
    clip,
    combine,
    fill,
    polyline,
    rounded_rectangle,
    stroke,
    top_band,
)
from gri_builder.pdf.drawing import paint_drawing
from gri_builder.pdf.reflection import keep_upright
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.icons import load_icon

TILE_GAP = 9
TILE_PAD = 11
ICON = 17.0
UNIT = 0.58
"""Size of a unit relative to its number."""
NUMBER = re.compile(r"[-−+]?\d(?:[\d.,’']|\s(?=\d{3}(?!\d)))*%?")
SPARKLINE = 20.0
"""Height of a sparkline."""


class KeyFiguresBlock(LayoutBox):
    """Up to four key figures side by side."""

    def __init__(
        self, figures: tuple[KeyFigure, ...], parent: StructureElement, language: str, style: Style, color: Color
    ) -> None:
        super().__init__(before=10, after=14)
        self.figures, self.language, self.style, self.color = figures, language, style, color
        self.elements = [_make_elements(figure, parent) for figure in figures]
        self.texts: list[tuple[list[Line], list[Line]]] = []
        """Label and change of each figure, broken into lines."""
        self.size = style.big.size

    def measure(self, width: float) -> None:
        """Set the size of the numbers so that the longest fits, and break the texts under them."""
        inner = self._tile(width) - 2 * TILE_PAD
        face = load_face(bold=True, family=self.style.big.family)
        widest = max(_width(figure.value, face) for figure in self.figures)
        self.size = min(self.style.big.size, inner / widest) if widest else self.style.big.size
        self.texts = [self._break(figure, inner) for figure in self.figures]
        lines = max(len(label) + len(change) for label, change in self.texts)
        self.height = 2 * TILE_PAD + self._head() + self.style.big.size + 4 + lines * self.style.small.leading
        if any(figure.trend for figure in self.figures):
            self.height += SPARKLINE + 8

    def _head(self) -> float:
        """Return the height of the icons over the numbers."""
        return ICON + 7 if any(figure.icon for figure in self.figures) else 0.0

    def _break(self, figure: KeyFigure, width: float) -> tuple[list[Line], list[Line]]:
        small = self.style.small
        label = break_lines(make_words((Run(figure.label),), small), width, small, self.language)
        if not figure.change:
            return label, []
        strong = replace(small, color=self.style.text, bold=True)
        return label, break_lines(make_words((Run(figure.change),), strong), width, strong, self.language)

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return two rows of wider tiles if long texts make one row higher than a page."""
        half = len(self.figures) // 2
        if not half or self.height <= self.frame.height:
            return []
        return [
            self.part(True, figures=self.figures[:half], elements=self.elements[:half], after=TILE_GAP),
            self.part(False, figures=self.figures[half:], elements=self.elements[half:]),
        ]

    def _tile(self, width: float) -> float:
        count = len(self.figures)
        return float((width - TILE_GAP * (count - 1)) / count)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the tiles: icon, number, label, change, sparkline."""
        tile = self._tile(self.width)
        for number, figure in enumerate(self.figures):
            left = x + number * (tile + TILE_GAP)
            self._paint_background(canvas, figure, left, top, tile)
            self._write(canvas, number, left + TILE_PAD, top - TILE_PAD - self._head())

    def _paint_background(self, canvas: ReportCanvas, figure: KeyFigure, x: float, top: float, tile: float) -> None:
        low, style = top - self.height, self.style
        panel = rounded_rectangle(x, low, tile, self.height, style.radius)
        edge = fill(top_band(x, top, tile, 2.4), self.color)
        shapes = [fill(panel, style.surface), combine(SAVE, clip(panel), edge, RESTORE)]
        if figure.icon:
            icon = load_icon(figure.icon)
            left = x + TILE_PAD - 1
            drawn = paint_drawing(icon, left, top - TILE_PAD - ICON, ICON, ICON, self.color)
            shapes += keep_upright(drawn, canvas.reflection, left, ICON)
        if len(figure.trend) > 1:
            shapes += draw_sparkline(
                figure.trend, x + TILE_PAD, low + TILE_PAD, tile - 2 * TILE_PAD, SPARKLINE, self.color
            )
        canvas.decorate(*shapes)

    def _write(self, canvas: ReportCanvas, number: int, x: float, top: float) -> None:
        style, figure = self.style, self.figures[number]
        (label, change), (value, labelled, changed) = self.texts[number], self.elements[number]
        family = style.big.family
        look = TextFormat(load_face(bold=True, family=family), self.size, readable_on(self.color, style.surface))
        pen, y = Pen(canvas), top - style.big.size * 0.82
        pen.tag(value)
        parts = ((part, replace(look, size=look.size * share)) for part, share in _parts(figure.value))
        show_parts(pen, parts, x, y)
        pen.show(" ", look)
        y -= 4 + style.small.leading
        width = self._tile(self.width) - 2 * TILE_PAD
        for lines, owner in ((label, labelled), (change, changed)):
            text = TextLines(owner, style.small, self.language)
            text.write(pen, lines, canvas.left(x, width), y, width)
            if lines:
                pen.tag(owner)
                pen.show(" ", look)
            y -= len(lines) * style.small.leading
        pen.end()


def _parts(value: str) -> list[tuple[str, float]]:
    """Return a number and the texts before and behind it, each with its size relative to the number's."""
    match = NUMBER.search(value)
    if match is None:
        return [(value, 1.0)]
    parts = [(value[: match.start()], UNIT), (match[0], 1.0), (value[match.end() :], UNIT)]
    return [(part, share) for part, share in parts if part]


def _width(value: str, face: Face) -> float:
    return sum(face.width(part) * share for part, share in _parts(value))


def draw_sparkline(
    values: tuple[float, ...], x: float, y: float, width: float, height: float, color: Color
) -> list[Operators]:
    """Return a sparkline of the values, with its last point marked."""
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    room = height - 8
    step = (width - 6) / (len(values) - 1)
    points = [(x + n * step, y + 4 + (value - low) / spread * room) for n, value in enumerate(values)]
    return [
        stroke(polyline(points), color=color, width=1.2, round_joins=True, round_caps=True),
        fill(circle(*points[-1], 2.4), color),
    ]


def _make_elements(
    figure: KeyFigure, parent: StructureElement
) -> tuple[StructureElement, StructureElement, StructureElement]:
    """Return the elements of a tile's number, label and change, in reading order."""
    tile = StructureElement("P", parent)
    value, label, change = (StructureElement("Span", tile) for _ in range(3))
    value.prints = ((figure.printed, figure.value),) if figure.printed else ()
    change.prints = ((figure.change_printed, figure.change),) if figure.change_printed and figure.change else ()
    return value, label, change
