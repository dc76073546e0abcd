"""Raster images, converted to what PDF/A allows: upright, in sRGB or grey, 8 bits per channel (ISO 19005-3, 6.2.4)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from gri_builder.model.finding import Finding, Location, warning
from gri_builder.model.graphics import Picture

ORIENTATION = 0x0112
"""EXIF tag for how the camera was held."""
STEPS_PER_SHADE = 256
"""16-bit values per 8-bit value."""
COLOR_MODES = ("RGB", "RGBA", "CMYK")
"""Pillow modes whose colours may need conversion."""


def make_picture(path: str, data: bytes, image: Image.Image) -> Picture:
    """Return the picture of an open image file; it is encoded again only if its pixels must change."""
    plain = _make_plain(_make_upright(image))
    if plain is not image or image.format == "MPO":  # PDF does not support its further pictures
        out = io.BytesIO()
        if image.format == "PNG":
            plain.save(out, "PNG", icc_profile=None)
        else:
            plain.save(out, "JPEG", icc_profile=None, quality=95, subsampling=0)
        data = out.getvalue()
    return Picture(path, data, plain.width, plain.height)


def check_picture(path: str, image: Image.Image, where: Location) -> Iterator[Finding]:
    """Yield warnings for images that may look different on the page."""
    if image.mode == "CMYK" and _convert_by_profile(image) is None:
        message = f"{path} has CMYK colours without a colour profile; they may look different"
        yield warning("image-colours", message, where, "compare it with the page, or save it in RGB (sRGB)")
    if image.format == "PNG" and getattr(image, "n_frames", 1) > 1:
        message = f"{path} is animated; only its first frame is shown"
        yield warning("image-animated", message, where, "save the frame that you want as a still image")


def _make_plain(image: Image.Image) -> Image.Image:
    """Return the image in sRGB or grey, 8 bits per channel; unchanged if it is that already."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / STEPS_PER_SHADE)).convert("L")
    if image.mode not in COLOR_MODES:
        return image
    converted = _convert_by_profile(image)
    if converted is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    return converted


def _make_upright(image: Image.Image) -> Image.Image:
    """Return the image upright by its EXIF orientation; unchanged if it is that already."""
    return image if image.getexif().get(ORIENTATION, 1) == 1 else ImageOps.exif_transpose(image)


def _convert_by_profile(image: Image.Image) -> Image.Image | None:
    """Return the image converted to sRGB by its colour profile; None without a usable or needed profile."""
    from PIL import ImageCms

    data = image.info.get("icc_profile")
    if not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        if image.mode != "CMYK" and "sRGB" in ImageCms.getProfileDescription(profile):
            return None
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):  # the profile is damaged, or for another colour space
        return None
    return converted
