"""Whole pages as pictures, and where their marked content is, by pdfium; for PDFs of gri-builder's own."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from threading import Lock
from typing import Any

import pypdfium2

from gri_builder.pdf_reader.marked_boxes import Box, find_marked_boxes

QUALITY = 92
"""Quality of the JPEG format, from 0 to 100, with colours in full resolution: small print stays sharp."""
_ONE_AT_A_TIME = Lock()
"""pdfium has one state for all documents, so that it can be used by one thread at a time."""


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

    def find_content(self, index: int, wanted: Collection[int]) -> Mapping[int, Box]:
        """Return the boxes of some marked content of a page, counted from 0, by identifier; raises ClosedError."""
        with _ONE_AT_A_TIME:
            page = self._open(index)
            try:
                return find_marked_boxes(page, wanted)
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
