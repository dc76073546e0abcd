"""The content stream of a page, compressed as soon as the page is finished (ISO 32000-1, 7.8.2)."""

from __future__ import annotations

import hashlib
import zlib

from reportlab.pdfbase import pdfdoc


class PageStream(pdfdoc.PDFStream):  # type: ignore[misc]  # ReportLab has no types
    """The operators of a page, compressed."""

    def __init__(self, operators: str) -> None:
        code = operators.encode("latin-1")
        self.seal = hashlib.sha256(code).hexdigest()
        """SHA-256 of the operators."""
        entries = {"Filter": pdfdoc.PDFArray([pdfdoc.PDFName("FlateDecode")])}
        super().__init__(pdfdoc.PDFDictionary(entries), zlib.compress(code))
