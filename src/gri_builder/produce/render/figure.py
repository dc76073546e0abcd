"""Pictures and key figures."""

from __future__ import annotations

import io
from dataclasses import replace

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable
from reportlab.platypus.doctemplate import NullActionFlowable

from gri_builder.document import KeyFigure
from gri_builder.produce.colour import Colour, readable
from gri_builder.produce.render.block import Block
from gri_builder.produce.render.canvas import Pen, ReportCanvas, box
from gri_builder.produce.render.fonts import load_face
from gri_builder.produce.render.style import INK, PAPER, SMALL
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
        self.elements = [_make_elements(figure, parent) for figure in figures]
        self.texts: list[tuple[list[Line], list[Line]]] = []
        """Label and change of each figure, broken into lines."""
        self.size = BIG

    def measure(self, width: float) -> None:
        """Set the size of the numbers so that the longest fits, and break the texts under them."""
        inner = self._tile(width) - 2 * TILE_PAD
        face = load_face(bold=True)
        widest = max(face.width(figure.value) for figure in self.figures)
        self.size = min(BIG, inner / widest) if widest else BIG
        self.texts = [self._break(figure, inner) for figure in self.figures]
        lines = max(len(label) + len(change) for label, change in self.texts)
        self.height = 2 * TILE_PAD + BIG + 6 + lines * SMALL.leading

    def _break(self, figure: KeyFigure, width: float) -> tuple[list[Line], list[Line]]:
        label = break_lines(make_words((Run(figure.label),), SMALL), width, SMALL, self.language)
        if not figure.change:
            return label, []
        strong = replace(SMALL, colour=INK, bold=True)
        return label, break_lines(make_words((Run(figure.change),), strong), width, strong, self.language)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return two rows of wider tiles, where texts are so long that one row is higher than a page."""
        half = len(self.figures) // 2
        if not half or self.height <= self._frame._aH:
            return []
        return [
            NullActionFlowable(),  # lets Platypus find room for each part anew
            self.part(True, figures=self.figures[:half], elements=self.elements[:half], spaceAfter=TILE_GAP),
            self.part(False, figures=self.figures[half:], elements=self.elements[half:]),
        ]

    def _tile(self, width: float) -> float:
        count = len(self.figures)
        return float((width - TILE_GAP * (count - 1)) / count)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the tiles: number, label, change."""
        tile = self._tile(self.width)
        number = Look(load_face(bold=True), self.size, readable(self.colour, PAPER))
        for figure, (label, change), (value, labelled, changed) in zip(
            self.figures, self.texts, self.elements, strict=True
        ):
            canvas.decorate(
                f"{PAPER} rg {box(x, top - self.height, tile, self.height)} f",
                f"{self.colour} rg {box(x, top - 2.4, tile, 2.4)} f",
            )
            pen, y = Pen(canvas), top - TILE_PAD - BIG * 0.82
            pen.tag(value)
            pen.move(x + TILE_PAD, y)
            pen.show(figure.value + " ", number)
            y -= 6 + SMALL.leading
            for line, owner in (*((line, labelled) for line in label), *((line, changed) for line in change)):
                pen.tag(owner)
                pen.move(x + TILE_PAD, y)
                for piece in line.pieces:
                    pen.show(piece.text + " ", piece.look)
                y -= SMALL.leading
            pen.end()
            x += tile + TILE_GAP


def _make_elements(figure: KeyFigure, parent: Element) -> tuple[Element, Element, Element]:
    """Return the elements of a tile's number, label and change, in the order in which they are read."""
    tile = Element("P", parent)
    value, label, change = (Element("Span", tile) for _ in range(3))
    value.prints = ((figure.printed, figure.value),) if figure.printed else ()
    change.prints = ((figure.change_printed, figure.change),) if figure.change_printed and figure.change else ()
    return value, label, change
