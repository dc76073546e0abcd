"""The logo on the cover: its size, and a plate behind it where it would fade into its ground."""

from __future__ import annotations

from msgspec import Struct
from PIL import Image

from gri_builder.graphics.visible_colors import MAX_FADED, Fading, find_fading, sample_picture
from gri_builder.layout.blocks.picture import paint_picture
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.model.color import WHITE, Color
from gri_builder.model.graphics import Picture
from gri_builder.pdf.content_stream import fill, rounded_rectangle
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import Style, deep

MAX_WIDTH, MAX_HEIGHT = 200.0, 44.0
PLATE = 9.0
"""Margin of the plate around the logo."""
RESOLUTION = 150
"""Pixels per inch below which a logo is not enlarged."""
Box = tuple[float, float, float, float]
"""Left, bottom, width and height."""


def sample_behind(picture: Picture, area: Box, box: Box) -> Image.Image:
    """Return what is behind a box of the page, in few pixels, of a picture that fills an area as `Painting` does."""
    x, y, width, height = area
    scale = max(width / picture.width, height / picture.height)
    shown, high = picture.width * scale, picture.height * scale
    left, top = x - (shown - width) / 2, y + height + (high - height) / 2
    sample = sample_picture(picture)
    whole = Image.new("RGB", sample.size, "white")
    whole.paste(sample, (0, 0), sample)
    across, down = sample.width / shown, sample.height / high
    first, upper = int((box[0] - left) * across), int((top - box[1] - box[3]) * down)
    last, lower = round((box[0] + box[2] - left) * across), round((top - box[1]) * down)
    return whole.crop((first, upper, max(first + 1, last), max(upper + 1, lower)))


class Plate(Struct, frozen=True):
    """A rectangle behind a logo."""

    name: str
    color: Color


class CoverLogo(Struct, frozen=True):
    """A logo in its size on the cover."""

    picture: Picture
    width: float
    height: float

    @classmethod
    def fit(cls, picture: Picture) -> CoverLogo:
        """Return a logo as large as it may be, in proportion."""
        height = MAX_HEIGHT if picture.is_scalable else min(MAX_HEIGHT, picture.height * 72 / RESOLUTION)
        width = min(MAX_WIDTH, height * picture.width / picture.height)
        return cls(picture, width, width * picture.height / picture.width)

    def needs_plate(self, ground: Image.Image | Color, style: Style) -> tuple[Fading, Plate | None] | None:
        """Return how the logo fades into its ground, with the plate that helps, if one does; None if it is seen."""
        sample = sample_picture(self.picture)
        fading = find_fading(sample, ground)
        if fading is None or fading.share <= MAX_FADED:
            return None
        plates = (Plate("white", WHITE), Plate("dark", deep(style.primary)))
        found = [(after.share, plate.name, plate) for plate in plates if (after := find_fading(sample, plate.color))]
        share, _, plate = min(found)
        return fading, plate if share < fading.share else None

    def paint(
        self, canvas: ReportCanvas, x: float, top: float, plate: Plate | None, radius: float, element: StructureElement
    ) -> None:
        """Paint the logo, and the plate behind it, if it needs one."""
        y = top - self.height
        element.attributes = canvas.bounds(x, y, self.width, self.height)
        if plate is not None:
            edge = (x - PLATE, y - PLATE, self.width + 2 * PLATE, self.height + 2 * PLATE)
            canvas.decorate(fill(rounded_rectangle(*edge, radius), plate.color))
        with canvas.marked(element):
            paint_picture(canvas, self.picture, canvas.left(x, self.width), y, self.width, self.height)
