"""What a page draws in a rectangle, without annotations: its text, and whether it is of one colour."""

from __future__ import annotations

from typing import Any

import pypdfium2

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, in a page's own coordinates."""
MOST_DIFFERENCE = 6
"""Difference between two values of a colour, of 255, that is none."""


def read_area(data: bytes, page: int, box: Box) -> tuple[str, bool]:
    """Return the text in a rectangle of a page, from 1, and whether the rectangle is of one colour."""
    document: Any = pypdfium2.PdfDocument(data)
    try:
        found = document[page - 1]
        text = str(found.get_textpage().get_text_bounded(*box))
        return " ".join(text.split()), _is_plain(found, box)
    finally:
        document.close()


def _is_plain(page: Any, box: Box) -> bool:
    left, bottom, right, top = page.get_bbox()
    margins = (box[0] - left, box[1] - bottom, right - box[2], top - box[3])
    cut = tuple(max(0.0, each) for each in margins)
    bitmap = page.render(scale=1, crop=cut, draw_annots=False, may_draw_forms=False)
    pixels, width, channels = bytes(bitmap.buffer), bitmap.width, bitmap.n_channels
    rows = [pixels[start : start + width * channels] for start in range(0, len(pixels), bitmap.stride)]
    seen = [set(b"".join(row[channel::channels] for row in rows)) for channel in range(min(3, channels))]
    return all(max(values) - min(values) <= MOST_DIFFERENCE for values in seen if values)
