"""Pictures as ReportLab reads them: a JPEG that it can't read is decoded, as it would print a picture of its own."""

from __future__ import annotations

import io
import struct

from PIL import Image
from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.pdfutils import readJPEGInfo

JPEG = b"\xff\xd8"
"""First bytes of a JPEG file."""


def readable_picture(data: bytes) -> io.BytesIO | Image.Image:
    """Return a JPEG or PNG file for ReportLab, or its pixels, which are then packed without loss."""
    if is_read_by_reportlab(data):
        return io.BytesIO(data)
    picture = Image.open(io.BytesIO(data))
    return picture.copy() if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def is_read_by_reportlab(data: bytes) -> bool:
    """Return whether ReportLab finds the size of a picture.

    Bytes that fill the space before a marker (ISO 10918-1, B.1.1.2) are not known to it.
    """
    if not data.startswith(JPEG):
        return True
    try:
        return tuple(readJPEGInfo(io.BytesIO(data))[:2]) == Image.open(io.BytesIO(data)).size
    except (PDFError, struct.error, IndexError):
        return False
