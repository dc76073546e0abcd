"""QR codes as rows of modules."""

from __future__ import annotations

from functools import cache


@cache
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of dark (True) and light modules that encode a text (ISO/IEC 18004), without the quiet zone."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # slow to load, seldom needed

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))
