"""Pictures: alone or two side by side, as figures with captions or as decoration."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.graphics.rendering.resolution import fit_resolution
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.pdf.content_stream import RESTORE, SAVE, Path, rectangle, rounded_rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import GUTTER, Style, limit_indent

MAX_HEIGHT = 420
LARGEST = 0.9
"""Largest share of an area's height that a picture takes."""
STRIP = 0.4
"""Maximum height of a decorative picture relative to its width; the rest is cut off."""
RESOLUTION = 150
"""Resolution in pixels per inch below which a picture is not enlarged unless its size is given."""


class Painting(Struct, frozen=True):
    """A picture and its structure element; without one it is an artifact."""

    picture: Picture
    element: StructureElement | None = None
    where: Location | None = None

    def paint(
        self, canvas: ReportCanvas, x: float, y: float, width: float, height: float, edge: Path | None = None
    ) -> None:
        """Fill a rectangle and cut off the rest; `edge` is the outline of another shape inside it."""
        picture = self.picture
        scale = max(width / picture.width, height / picture.height)
        shown, high = picture.width * scale, picture.height * scale
        left, low = canvas.left(x - (shown - width) / 2, shown), y - (high - height) / 2
        if self.element:
            self.element.attributes = canvas.bounds(x, y, width, height)
        with canvas.marked(self.element):
            canvas.emit(SAVE)
            if edge or shown > width + 0.01 or high > height + 0.01:
                canvas.clip(edge or rectangle(x, y, width, height))
            paint_picture(canvas, picture, left, low, shown, high)
            if not picture.is_scalable:
                canvas.layout_warnings.check_picture(picture, picture.width * 72 / shown, self.where, canvas.page)
            canvas.emit(RESTORE)


def paint_picture(canvas: ReportCanvas, picture: Picture, x: float, y: float, width: float, height: float) -> None:
    """Paint a picture into a rectangle of its proportions."""
    if picture.drawing:
        canvas.draw_drawing(picture.drawing, x, y, width, height)
    else:
        data = fit_resolution(picture.data, width) if picture.is_rendered else picture.data
        canvas.draw_image(data, x, y, width, height)


class PictureBlock(LayoutBox):
    """A picture as one Figure with its alternative text."""

    def __init__(self, painting: Painting, style: Style, size: str = "text", indent: float = 0) -> None:
        super().__init__(before=6, after=6)
        self.painting, self.style, self.size, self.indent = painting, style, size, indent
        self.floats = size != "strip"
        self.shown = 0.0
        """Width on the page."""

    def measure(self, width: float) -> None:
        """Fit the picture into the width and the maximum height.

        A picture without a given size is never enlarged beyond its resolution.
        """
        self.indent = limit_indent(self.indent, width)
        picture, room = self.painting.picture, width - self.indent
        if self.size == "full":
            room += self._beside
        if self.size == "strip":
            self.shown, self.height = room, min(room * STRIP, room * picture.height / picture.width)
            return
        highest = min(MAX_HEIGHT, LARGEST * self.frame.height)
        natural = room if self.size != "text" or picture.is_scalable else picture.width * 72 / RESOLUTION
        shown = min(room, natural)
        height = shown * picture.height / picture.width
        if height > highest:
            shown, height = shown * highest / height, highest
        self.shown, self.height = shown, height

    @property
    def _beside(self) -> float:
        """Width in the margin column of a picture that takes it up."""
        return self.style.page.margin_width + GUTTER

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the picture."""
        x = canvas.margin_side.outset(x, self._beside) if self.size == "full" else x + self.indent
        y = top - self.height
        radius = self.style.radius
        edge = rounded_rectangle(x, y, self.shown, self.height, radius) if radius else None
        self.painting.paint(canvas, x, y, self.shown, self.height, edge)


class PictureRow(LayoutBox):
    """Pictures half as wide as the text: two side by side, or one beside its caption."""

    floats = True

    def __init__(self, pictures: list[PictureBlock], captions: list[list[LayoutBox]]) -> None:
        super().__init__(before=8, after=12)
        self.pictures, self.captions = pictures, captions

    def measure(self, width: float) -> None:
        """Measure both halves; captions are below the pictures, or to the right of a single one."""
        half = (width - GUTTER) / 2
        heights = []
        for picture, caption in zip(self.pictures, self.captions, strict=True):
            high = self._wrap(picture, half)
            said = sum(self._wrap(block, half) + 4 for block in caption)
            heights.append(max(high, said) if len(self.pictures) == 1 else high + said)
        self.height = max(heights)
        self.notes = tuple(label for caption in self.captions for block in caption for label in block.notes)

    def _wrap(self, block: LayoutBox, width: float) -> float:
        self.adopt(block)
        return block.wrap(width)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint pictures and captions."""
        half = (self.width - GUTTER) / 2
        for picture, caption in zip(self.pictures, self.captions, strict=True):
            high = self._wrap(picture, half)
            picture.draw(canvas, x, top - high)
            y = top - high - 4
            if len(self.pictures) == 1:
                x, y = x + half + GUTTER, top
            for block in caption:
                y -= self._wrap(block, half)
                block.draw(canvas, x, y)
                y -= 4
            x += half + GUTTER
