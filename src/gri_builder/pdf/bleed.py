"""Bleed: grounds that touch the page's edge are drawn 3 mm beyond it, so that no cut leaves a white line.

The page's content keeps its coordinates: the page that readers show starts at (0, 0), and the sheet around it below.
"""

from __future__ import annotations

from typing import NamedTuple

BLEED = 8.504
"""Width of the strip around a page, in points: 3 mm."""
TOUCH = 0.5
"""Distance in points from which an area counts as touching the page's edge."""


class Rectangle(NamedTuple):
    """A rectangle by its lower left corner and its size, in points."""

    x: float
    y: float
    width: float
    height: float


def extend_to_bleed(area: Rectangle, page_width: float, page_height: float) -> Rectangle:
    """Return the area, drawn 3 mm beyond each edge of the page that it touches."""
    left = -BLEED if area.x <= TOUCH else area.x
    low = -BLEED if area.y <= TOUCH else area.y
    right, high = area.x + area.width, area.y + area.height
    right = page_width + BLEED if right >= page_width - TOUCH else right
    high = page_height + BLEED if high >= page_height - TOUCH else high
    return Rectangle(left, low, right - left, high - low)


def page_boxes(width: float, height: float) -> dict[str, str]:
    """Return the boxes of a page of that size by name, as PDF arrays (ISO 32000-1, 14.11.2).

    The page is its trim box, which readers show as its crop box; the sheet with the bleed is its media box.
    """
    sheet = f"[{-BLEED:g} {-BLEED:g} {_number(width + BLEED)} {_number(height + BLEED)}]"
    page = f"[0 0 {_number(width)} {_number(height)}]"
    return {"MediaBox": sheet, "BleedBox": sheet, "CropBox": page, "TrimBox": page}


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
