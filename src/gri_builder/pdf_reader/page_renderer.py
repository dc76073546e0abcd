"""Parts of pages as pictures, by pdfium."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from gri_builder.model.audit_result import Picture

SCALE = 1.6
"""Pixels per point."""
WIDEST, HIGHEST = 1200, 1200
"""Pixels of a picture."""
QUALITY = 55
"""Quality of the WebP format, from 0 to 100; small print stays readable."""
MARKER = (255, 243, 160)
"""Color over marked words."""

Box = tuple[float, float, float, float]


class PageRenderer:
    """Renders parts of the pages of one PDF."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self.document: Any = pypdfium2.PdfDocument(data, password=password)

    def render(self, index: int, size: tuple[float, float], region: Box, marked: Sequence[Box] = ()) -> Picture:
        """Return a region of a page, counted from 0, with some boxes marked.

        `size` is that of the page as it is shown; boxes are in points from its upper left corner.
        """
        page = self.document[index]
        try:
            width, height = page.get_size()
            across, down = width / size[0], height / size[1]
            left, top, right, bottom = region[0] * across, region[1] * down, region[2] * across, region[3] * down
            scale = min(SCALE, WIDEST / max(right - left, 1.0), HIGHEST / max(bottom - top, 1.0))
            image = _draw(page, (left, height - bottom, width - right, top), scale)
        finally:
            page.close()
        for box in marked:
            corners = (box[0] * across - left, box[1] * down - top, box[2] * across - left, box[3] * down - top)
            _mark(image, tuple(round(edge * scale) for edge in corners))
        stream = io.BytesIO()
        image.save(stream, "WEBP", quality=QUALITY, method=4)
        return Picture(stream.getvalue(), image.width, image.height)

    def draw(self, index: int, region: Box, scale: float) -> Image.Image:
        """Return a region of a page of gri-builder, counted from 0, at a scale in pixels per point."""
        page = self.document[index]
        try:
            width, height = page.get_size()
            left, top, right, bottom = region
            return _draw(page, (left, height - bottom, width - right, top), scale)
        finally:
            page.close()


def _draw(page: Any, crop: Box, scale: float) -> Image.Image:
    """Return a page without its edges: left, bottom, right, top."""
    bitmap = page.render(scale=scale, crop=crop)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image


def _mark(image: Image.Image, corners: tuple[int, ...]) -> None:
    """Color a part of an image like a highlighter."""
    left, top = max(0, corners[0]), max(0, corners[1])
    right, bottom = min(image.width, corners[2]), min(image.height, corners[3])
    if left < right and top < bottom:
        part = image.crop((left, top, right, bottom))
        image.paste(ImageChops.multiply(part, Image.new("RGB", part.size, MARKER)), (left, top))
