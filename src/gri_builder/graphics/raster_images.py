"""Raster images, converted to what PDF/A allows: upright, in sRGB or grey, 8 bits per channel (ISO 19005-3, 6.2.4)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageOps

from gri_builder.graphics.raster_colors import (
    TransparentColor,
    convert_colors,
    find_profile,
    has_other_gamma,
    has_other_primaries,
    read_alpha,
)
from gri_builder.graphics.raster_formats import ENDINGS, plain_name
from gri_builder.model.finding import Finding, Location, Severity, warning
from gri_builder.model.graphics import Picture

ORIENTATION = 0x0112
"""EXIF tag for how the camera was held."""
SUBFILE_TYPE = 254
"""TIFF tag whose first bit marks a smaller copy of another picture (TIFF 6, section 8)."""
MAX_FRAMES = 50
"""Frames of a TIFF that are looked at."""
UNCHANGED: dict[str, tuple[str, ...]] = {
    "PNG": ("1", "L", "P", "RGB", "LA", "RGBA"),
    "JPEG": ("L", "RGB"),
}
"""Modes that are embedded as they are, by format, if nothing else must change."""


def make_picture(path: str, data: bytes, image: Image.Image) -> Picture:
    """Return the picture of an open image file; it is encoded again only if its pixels must change."""
    upright = _make_upright(image)
    if upright is image and _is_plain(image):
        return Picture(path, data, image.width, image.height)
    if _is_inverted(image):
        upright = ImageChops.invert(upright)
    alpha, plain = read_alpha(upright, _transparent_color(image, data)), convert_colors(upright)
    if alpha is not None and alpha.getextrema() != (255, 255):
        plain = Image.merge(plain.mode + "A", (*plain.split(), alpha))
    return Picture(path, _encode(plain, is_lossy=_is_lossy(image, data)), plain.width, plain.height)


def check_picture(path: str, image: Image.Image, where: Location) -> Iterator[Finding]:
    """Yield findings for images that may look different on the page."""
    found = find_profile(image.info.get("icc_profile")) if image.mode == "CMYK" else None
    if image.mode == "CMYK" and (found is None or found[1] != "CMYK"):
        message = f"{path} has CMYK colours without a colour profile; they may look different"
        yield warning("image-colours", message, where, "compare it with the page, or save it in RGB (sRGB)")
    if image.format == "PNG" and has_other_primaries(image):
        message = f"{path} has colours of another screen (cHRM) without a colour profile; they may look different"
        yield warning("image-colours", message, where, "compare it with the page, or save it in RGB (sRGB)")
    if image.format != "MPO" and (frames := _count_frames(image)) > 1:
        few = f"{path} has {frames} pages" if image.format == "TIFF" else f"{path} is animated"
        one = "page" if image.format == "TIFF" else "frame"
        hint = f"if you want another {one}, save it as a picture of its own"
        yield Finding("image-animated", Severity.INFO, f"{few}; only its first {one} is printed", where, hint)
    name, ending = plain_name(str(image.format)), path.rpartition(".")[2].lower()
    if ending not in ENDINGS.get(name, (ending,)):
        message = f"{path} is a {name} file in spite of its ending '.{ending}'; it is printed as what it is"
        hint = f"rename it to '{path.rpartition('.')[0]}.{ENDINGS[name][0]}', here and in its folder"
        yield Finding("image-ending", Severity.INFO, message, where, hint)


def _is_plain(image: Image.Image) -> bool:
    """Return whether an image may be embedded as it is."""
    if image.mode not in UNCHANGED.get(str(image.format), ()) or "transparency" in image.info:
        return False
    if has_other_gamma(image):
        return False
    profile = image.info.get("icc_profile")
    return not profile or convert_colors(image) is image


def _transparent_color(image: Image.Image, data: bytes) -> TransparentColor:
    """Return the transparent colour of a file in the range of Pillow's pixels, not of the file's (PNG 3, 11.3.1.1)."""
    key: int | tuple[int, ...] | bytes | None = image.info.get("transparency")
    if image.format != "PNG" or key is None:
        return key
    depth = data[24]
    if isinstance(key, int) and depth in (2, 4) and image.mode == "L":
        return key * 255 // ((1 << depth) - 1)
    return tuple(part >> 8 for part in key) if isinstance(key, tuple) and depth == 16 else key


def _is_inverted(image: Image.Image) -> bool:
    """Return whether Pillow turned round CMYK values that are not turned round: JPEG files without Adobe's mark."""
    return image.mode == "CMYK" and image.format == "JPEG" and "adobe" not in image.info


def _is_lossy(image: Image.Image, data: bytes) -> bool:
    """Return whether the file's own compression changed its pixels, so that JPEG does no further harm."""
    if image.format == "WEBP":
        return b"VP8L" not in data[:100_000]
    return image.format in ("JPEG", "MPO", "AVIF")


def _encode(image: Image.Image, *, is_lossy: bool) -> bytes:
    out = io.BytesIO()
    if is_lossy and image.mode in ("L", "RGB"):
        image.save(out, "JPEG", icc_profile=None, quality=95, subsampling=0)
    else:  # compressed again when it is embedded
        image = image.copy() if image.info else image
        image.info = {}  # a transparent colour, which is in the channel for it already
        image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _make_upright(image: Image.Image) -> Image.Image:
    """Return the image upright by its EXIF orientation; unchanged if it is that already."""
    return image if image.getexif().get(ORIENTATION, 1) == 1 else ImageOps.exif_transpose(image)


def _count_frames(image: Image.Image) -> int:
    """Return the number of frames or pages; smaller copies of a page don't count."""
    frames = getattr(image, "n_frames", 1)
    if image.format != "TIFF" or frames == 1:
        return int(frames)
    pages = 0
    for number in range(min(frames, MAX_FRAMES)):
        image.seek(number)
        pages += not image.tag_v2.get(SUBFILE_TYPE, 0) & 1  # type: ignore[attr-defined]
    return max(1, pages)
