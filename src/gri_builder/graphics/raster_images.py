"""Pixels: pictures made what an archival PDF holds: upright, in sRGB or grey, of eight bits (ISO 19005-3, 6.2.4)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from gri_builder.model.finding import Finding, Location, warning
from gri_builder.model.graphics import Picture

ORIENTATION = 0x0112
"""The tag of EXIF by which cameras say how a picture was held."""
SHADES = 256
"""Steps of a 16-bit value for each step of an 8-bit one."""
COLORED = ("RGB", "RGBA", "CMYK")
"""Modes whose colours may need to be converted."""


def make_picture(path: str, data: bytes, image: Image.Image) -> Picture:
    """Return the picture of an open image file, as a new file where its pixels can't be taken over as they are."""
    plain = _make_plain(_make_upright(image))
    if plain is not image or image.format == "MPO":  # whose further pictures a PDF can't hold
        out = io.BytesIO()
        if image.format == "PNG":
            plain.save(out, "PNG", icc_profile=None)
        else:
            plain.save(out, "JPEG", icc_profile=None, quality=95, subsampling=0)
        data = out.getvalue()
    return Picture(path, data, plain.width, plain.height)


def check_picture(path: str, image: Image.Image, where: Location) -> Iterator[Finding]:
    """Yield warnings for what will not look in print as it does on its author's screen."""
    if image.mode == "CMYK" and _convert_by_profile(image) is None:
        message = (
            f"{path} has the colours of a printing press (CMYK) and does not say of which; they may look different"
        )
        yield warning("image-colours", message, where, "compare it with the page, or save it in RGB colours (sRGB)")
    if image.format == "PNG" and getattr(image, "n_frames", 1) > 1:
        message = f"{path} is animated; a page shows its first picture only"
        yield warning("image-animated", message, where, "save the picture that is meant by itself")


def _make_plain(image: Image.Image) -> Image.Image:
    """Return the image in sRGB or grey, of eight bits: itself, where it is that already."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / SHADES)).convert("L")
    if image.mode not in COLORED:
        return image
    converted = _convert_by_profile(image)
    if converted is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    return converted


def _make_upright(image: Image.Image) -> Image.Image:
    """Return the image turned as it was seen: itself, where it stands upright already."""
    return image if image.getexif().get(ORIENTATION, 1) == 1 else ImageOps.exif_transpose(image)


def _convert_by_profile(image: Image.Image) -> Image.Image | None:
    """Return the image in sRGB by its own colour profile; None where it has none that can be used, or needs none."""
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
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is damaged, or of other colours
        return None
    return converted
