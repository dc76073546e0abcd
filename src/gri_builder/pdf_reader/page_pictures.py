"""Whole pages as pictures, and where their marked content is, by pdfium; for PDFs of gri-builder's own."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Mapping
from threading import Lock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

QUALITY = 92
"""Quality of the JPEG format, from 0 to 100, with colours in full resolution: small print stays sharp."""
_ONE_AT_A_TIME = Lock()
"""pdfium has one state for all documents, so that it can be used by one thread at a time."""

Box = tuple[float, float, float, float]


class ClosedError(Exception):
    """The document was closed in the meantime: its pages are not shown any more."""


class PagePictures:
    """The pages of one PDF; any thread may ask for their pictures."""

    def __init__(self, data: bytes) -> None:
        with _ONE_AT_A_TIME:
            self._document: Any = pypdfium2.PdfDocument(data)

    def draw(self, index: int, scale: float) -> bytes:
        """Return the picture of a page, counted from 0, as JPEG with `scale` pixels per point; raises ClosedError."""
        with _ONE_AT_A_TIME:
            page = self._open(index)
            try:
                bitmap = page.render(scale=scale, rev_byteorder=True)
                image = bitmap.to_pil().convert("RGB")
                bitmap.close()
            finally:
                page.close()
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=QUALITY, subsampling=0)
        return stream.getvalue()

    def find_content(self, index: int) -> Mapping[int, tuple[Box, ...]]:
        """Return the boxes of what is drawn on a page, counted from 0, by the identifier of its marked content.

        A box has the left, top, right and bottom edge in points, from the upper left corner of the page. Raises
        ClosedError.
        """
        with _ONE_AT_A_TIME:
            page = self._open(index)
            try:
                return _find_boxes(page)
            finally:
                page.close()

    def close(self) -> None:
        """Free the memory of the document."""
        with _ONE_AT_A_TIME:
            if self._document is not None:
                self._document.close()
                self._document = None

    def _open(self, index: int) -> Any:
        if self._document is None:
            raise ClosedError
        return self._document[index]


def _find_boxes(page: Any) -> dict[int, tuple[Box, ...]]:
    """Return the boxes of a page's objects by the identifier of their marked content (ISO 32000-1, 14.7.4)."""
    found: dict[int, tuple[Box, ...]] = {}
    height = page.get_height()
    for place in range(pdfium.FPDFPage_CountObjects(page.raw)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, place)
        number = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
        if number < 0:
            continue
        edges = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            found[number] = (*found.get(number, ()), (left, height - top, right, height - bottom))
    return found
