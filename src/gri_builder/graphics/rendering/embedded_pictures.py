"""Pictures inside SVG files, as data addresses (RFC 2397): decoded, checked, in a format that the renderer reads."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from urllib.parse import unquote_to_bytes

from PIL import Image

from gri_builder.graphics.raster_formats import count_scans, open_image
from gri_builder.graphics.raster_images import make_picture
from gri_builder.limits.limits import JPEG_SCANS, PICTURE_MEGAPIXELS

_ADDRESS = re.compile(r"data:(?P<type>[^;,]*)(?P<more>(?:;[^;,]*)*),(?P<data>.*)", re.DOTALL | re.IGNORECASE)


def decode_address(address: str) -> bytes | None:
    """Return the bytes of a data address; None if it is invalid."""
    match = _ADDRESS.fullmatch(address.strip())
    if match is None:
        return None
    if not match["more"].lower().rstrip().endswith("base64"):
        return unquote_to_bytes(match["data"])
    try:
        return base64.b64decode("".join(unquote_to_bytes(match["data"]).decode("ascii").split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def encode_address(data: bytes, kind: str) -> str:
    """Return a data address."""
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def is_drawing(data: bytes) -> bool:
    """Return whether data is an SVG file, plain or packed."""
    return data.startswith(b"\x1f\x8b") or b"<svg" in data[:2000]


def convert_picture(data: bytes) -> str | None:
    """Return a raster image as the address of a PNG in sRGB; None if it is damaged, too large or unknown.

    It is always encoded anew: the renderer leaves out, in silence, files that are not to the letter of their standard.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with open_image(data) as image:
                if image.width * image.height > PICTURE_MEGAPIXELS.most * 1e6 or count_scans(data) > JPEG_SCANS.most:
                    return None
                image.load()
                made = make_picture("", data, image).data
            out = io.BytesIO()
            with Image.open(io.BytesIO(made)) as plain:
                plain.save(out, "PNG", compress_level=1)
    except Exception:  # Pillow's decoders may raise any exception for a broken file
        return None
    return encode_address(out.getvalue(), "image/png")
