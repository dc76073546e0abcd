"""Renderings of drawings in the resolution of print."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image

PRINTED = 300
"""Pixels per inch of a rendered drawing on the page."""


@lru_cache(maxsize=64)
def fit_resolution(data: bytes, shown: float) -> bytes:
    """Return a PNG in the resolution of print for a width of `shown` points; unchanged if it is coarser."""
    with Image.open(io.BytesIO(data)) as image:
        width = max(1, round(shown / 72 * PRINTED))
        if width >= image.width:
            return data
        height = max(1, round(image.height * width / image.width))
        small = image.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)
        if small.getchannel("A").getextrema() == (255, 255):
            small = small.convert("RGB")
    out = io.BytesIO()
    small.save(out, "PNG", compress_level=1)
    return out.getvalue()
