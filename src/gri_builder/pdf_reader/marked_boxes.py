"""Where marked content is on a page, by pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from typing import Any

from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, top, right and bottom edge in points, from the upper left corner of the page."""


def find_marked_boxes(page: Any, wanted: Collection[int]) -> dict[int, Box]:
    """Return the box around the content of each wanted marked-content identifier (ISO 32000-1, 14.7.4).

    `page` is a page of pypdfium2. Content inside of form XObjects is not found.
    """
    height = page.get_height()
    found: dict[int, Box] = {}
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        mcid = raw.FPDFPageObj_GetMarkedContentID(item)
        if mcid not in wanted or not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        box = (left, height - top, right, height - bottom)
        found[mcid] = _join(found[mcid], box) if mcid in found else box
    return found


def _join(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
