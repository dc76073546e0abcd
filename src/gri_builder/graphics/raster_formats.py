"""Formats of raster images: which are read, and what to do with files of another format."""

from __future__ import annotations

import importlib
import io
import re
from collections.abc import Mapping

from PIL import Image

LISTED = "PNG, JPEG, SVG, WebP, AVIF, TIFF, GIF or BMP"
"""The formats that are read."""
NAMES = {"MPO": "JPEG", "DIB": "BMP", "WEBP": "WebP"}
"""What people call formats where Pillow has another name; MPO is a JPEG with further pictures, as of phones."""
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "PNG": ("png", "apng"),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "GIF": ("gif",),
    "WebP": ("webp",),
    "TIFF": ("tif", "tiff"),
    "AVIF": ("avif", "avifs"),
    "BMP": ("bmp", "dib"),
}
"""The endings of file names by format."""
RAW_ENDINGS = ("dng", "cr2", "nef", "arw")
"""Endings of camera files that start as TIFF files do, with a small copy as their first picture."""
_PLUGINS = (
    (r"RIFF....WEBP", "WEBP", "WebPImagePlugin"),
    (r"II[*+]\0|MM\0[*+]", "TIFF", "TiffImagePlugin"),
    (r"....ftyp", "AVIF", "AvifImagePlugin"),
)
"""The decoders that Pillow loads on demand: the first bytes of files, name and module; loading all takes time."""
_SIGNATURES: tuple[tuple[str, str], ...] = (
    (r"8BPS", "PSD"),
    (r"%!PS|\xc5\xd0\xd3\xc6", "EPS"),
    (r".{0,1024}%PDF-", "PDF"),
    (r"....ftyp(?:hei[cmsx]|hev[cmsx])", "HEIC"),
    (r"....ftypmif1.{0,64}hei[cx]", "HEIC"),
    (r"\xff\x0a|\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (r"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51", "JPEG 2000"),
    (r"\x00\x00\x01\x00", "ICO"),
    (r"\xd7\xcd\xc6\x9a|\x01\x00\x09\x00", "WMF"),
    (r"\x01\x00\x00\x00.{36} EMF", "EMF"),
    (r"....ftypcrx ", "CR3"),
    (r"PK\x03\x04", "ZIP"),
    (r"(?:\xef\xbb\xbf)?\s*(?i:<!doctype html|<html)", "HTML"),
    (r"P[1-7]\s", "PNM"),
    (r"qoif", "QOI"),
    (r"DDS ", "DDS"),
    (r"\x1aE\xdf\xa3|....ftyp(?:mp4|isom|qt|M4V)|RIFF....AVI ", "video"),
)
_EXPORT = "open it in the program that made it, and export it as"
_FIXES: Mapping[str, str] = {
    "HEIC": "save it as JPEG: on a computer by exporting it from the photo viewer, "
    "or on the phone by choosing the camera format 'Most Compatible' before the next photo",
    "PSD": f"{_EXPORT} PNG",
    "EPS": f"{_EXPORT} SVG if it is a drawing, or as PNG",
    "PDF": f"{_EXPORT} SVG if it is a drawing, or as PNG",
    "WMF": f"{_EXPORT} SVG",
    "EMF": f"{_EXPORT} SVG",
    "HTML": "it is a web page: open the page in a browser, and save the picture itself",
    "ZIP": "it is an archive or a document: take the picture out of it, and save it as PNG or JPEG",
    "video": "it is a film: save one frame of it as PNG",
}


def open_image(data: bytes) -> Image.Image:
    """Return an image whose pixels are not decoded yet; raises exceptions of Pillow for files that it can't read."""
    Image.preinit()
    head = data[:16].decode("latin-1")
    for pattern, name, module in _PLUGINS:
        if re.match(pattern, head, re.DOTALL):
            importlib.import_module(f"PIL.{module}")
            return Image.open(io.BytesIO(data), formats=(name,))
    return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "DIB"))


def sniff_format(data: bytes) -> str | None:
    """Return the name of a known format that is not read, by the first bytes of a file; None for all others."""
    head = data[:2048].decode("latin-1")
    return next((name for pattern, name in _SIGNATURES if re.match(pattern, head, re.DOTALL)), None)


def suggest_fix(name: str) -> str:
    """Return what to do with a file of a format that is not read."""
    return _FIXES.get(name, "save it as PNG, JPEG or SVG")


def plain_name(kind: str) -> str:
    """Return what people call a format, by Pillow's name of it."""
    return NAMES.get(kind, kind)


def count_scans(data: bytes) -> int:
    """Return the number of scans of a JPEG (ISO/IEC 10918-1, B.2.3); in image data the marker can't occur otherwise."""
    return data.count(b"\xff\xda")
