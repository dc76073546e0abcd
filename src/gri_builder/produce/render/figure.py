"""Pictures and key figures."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader

from gri_builder.document import KeyFigure
from gri_builder.produce.render.block import Block
from gri_builder.produce.render.canvas import Pen, ReportCanvas, box
from gri_builder.produce.render.fonts import load_face
from gri_builder.produce.render.style import INK, PAPER, QUIET, SMALL, Colour
from gri_builder.produce.render.tagging import Element
from gri_builder.produce.render.text import Line, Look, break_lines, make_words
from gri_builder.prose import Run
from gri_builder.report import Picture

TALLEST = 420
RESOLUTION = 150
"""Pixels per inch under which a picture is not enlarged."""


class PictureBlock(Block):
    """A picture as one Figure with its alternative text."""

    def __init__(self, picture: Picture, alt: str, parent: Element, indent: float = 0) -> None:
        super().__init__(before=6, after=6)
        self.picture, self.indent = picture, indent
        self.element = Element("Figure", parent, alt=alt)
        self.shown = 0.0
        """Width as shown."""

    def measure(self, width: float) -> None:
        """Fit the picture into the width and under the greatest height, and never enlarge it beyond its resolution."""
        natural = self.picture.width * 72 / RESOLUTION
        shown = min(width - self.indent, natural)
        height = shown * self.picture.height / self.picture.width
        if height > TALLEST:
            shown, height = shown * TALLEST / height, TALLEST
        self.shown, self.height = shown, height

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the picture."""
        x, y = x + self.indent, top - self.height
        bounds = f"{x:.2f} {y:.2f} {x + self.shown:.2f} {top:.2f}"
        self.element.attributes = f"<</O/Layout/Placement/Block/BBox[{bounds}]>>"
        canvas.emit(canvas.begin(self.element))
        canvas.drawImage(ImageReader(io.BytesIO(self.picture.data)), x, y, self.shown, self.height, mask="auto")
        canvas.emit("EMC")


TILE_GAP = 9
TILE_PAD = 10
BIG = 21.0


class KeyFiguresBlock(Block):
    """Up to four numbers to remember, side by side."""

    def __init__(self, figures: tuple[KeyFigure, ...], parent: Element, language: str, colour: Colour) -> None:
        super().__init__(before=10, after=14)
        self.figures, self.language, self.colour = figures, language, colour
        self.elements = [Element("P", parent) for _ in figures]
        self.labels: list[list[Line]] = []
        self.size = BIG

    def measure(self, width: float) -> None:
        """Set the size of the numbers so that the longest fits, and break the labels."""
        inner = self._tile(width) - 2 * TILE_PAD
        face = load_face(bold=True)
        widest = max(face.width(figure.value) for figure in self.figures)
        self.size = min(BIG, inner / widest) if widest else BIG
        self.labels = [
            break_lines(make_words((Run(figure.label),), SMALL), inner, SMALL, self.language) for figure in self.figures
        ]
        lines = max(len(label) for label in self.labels)
        change = SMALL.leading + 3 if any(figure.change for figure in self.figures) else 0
        self.height = 2 * TILE_PAD + BIG + 6 + lines * SMALL.leading + change

    def _tile(self, width: float) -> float:
        count = max(len(self.figures), 2)
        return float((width - TILE_GAP * (count - 1)) / count)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the tiles: number, label, change."""
        tile = self._tile(self.width)
        number = Look(load_face(bold=True), self.size, self.colour)
        small, strong = Look(load_face(), SMALL.size, QUIET), Look(load_face(bold=True), SMALL.size, INK)
        for figure, label, element in zip(self.figures, self.labels, self.elements, strict=True):
            canvas.decorate(
                f"{PAPER} rg {box(x, top - self.height, tile, self.height)} f",
                f"{self.colour} rg {box(x, top - 2.4, tile, 2.4)} f",
            )
            pen, y = Pen(canvas), top - TILE_PAD - BIG * 0.82
            pen.tag(element)
            pen.move(x + TILE_PAD, y)
            pen.show(figure.value + " ", number)
            y -= 6 + SMALL.leading
            for line in label:
                pen.move(x + TILE_PAD, y)
                pen.show("".join(piece.text for piece in line.pieces) + " ", small)
                y -= SMALL.leading
            if figure.change:
                pen.move(x + TILE_PAD, y - 3)
                pen.show(figure.change, strong)
            pen.end()
            x += tile + TILE_GAP
