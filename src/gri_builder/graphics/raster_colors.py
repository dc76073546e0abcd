"""Colours of raster images: converted to sRGB or grey of 8 bits, by profile, gamma or mode, with alpha kept."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile

MAX_16_BIT = 65535
PROFILE_MODES = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK", "Lab ": "LAB"}
"""Pillow's mode for the colour space that a profile is for (ISO 15076-1, 7.2.8)."""
TransparentColor = int | tuple[int, ...] | bytes | None
"""Grey, index or colour that is transparent; or the transparency of each colour of a palette."""
SRGB_GAMMA = 1 / 2.2
"""The gamma of a PNG whose values are for common screens (PNG 3, 11.3.2.2)."""
SRGB_PRIMARIES = (0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)
"""x and y of white, red, green and blue (PNG 3, 11.3.2.1)."""


def read_alpha(image: Image.Image, key: TransparentColor) -> Image.Image | None:
    """Return the transparency of an image: its channel, or one made of its transparent colour; None if opaque."""
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        plain = {"PA": "RGBA", "RGBa": "RGBA", "La": "LA"}.get(image.mode)
        return (image.convert(plain) if plain else image).getchannel("A")
    if key is None:
        return None
    if image.mode.startswith("I"):
        return image.convert("I").point(_mark(int(key)), "L") if isinstance(key, int) else None
    keyed = image.copy()
    keyed.info["transparency"] = key
    return keyed.convert("RGBA").getchannel("A")


def _mark(key: int) -> list[int]:
    """Return a table of 16-bit values: 0 for the transparent one, 255 for all others."""
    return [0 if value == key else 255 for value in range(MAX_16_BIT + 1)]


def convert_colors(image: Image.Image) -> Image.Image:
    """Return the image in mode L or RGB: grey or sRGB, without its transparency."""
    flat = _flatten(image)
    by_profile = convert_by_profile(flat, image.info.get("icc_profile"))
    if by_profile is not None:
        return by_profile
    if flat.mode == "LAB":
        return _convert_lab(flat)
    plain = flat.convert("RGB") if flat.mode == "CMYK" else flat
    return _apply_gamma(plain, image.info["gamma"]) if has_other_gamma(image) else plain


def _flatten(image: Image.Image) -> Image.Image:
    """Return the image in mode L, RGB, CMYK or LAB, its colours not converted yet."""
    if image.mode in ("L", "RGB", "CMYK", "LAB"):
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (255 / MAX_16_BIT) + 0.5).convert("L")
    if image.mode in ("1", "LA", "La"):
        return image.convert("LA").getchannel("L") if image.mode != "1" else image.convert("L")
    if image.mode in ("P", "PA") and "transparency" in image.info:
        return image.convert("RGBA").convert("RGB")
    return image.convert("RGBA").convert("RGB") if image.mode == "RGBa" else image.convert("RGB")


def find_profile(data: bytes | None) -> tuple[ImageCmsProfile, str] | None:
    """Return a usable colour profile with Pillow's mode for its colours; None for damaged and unknown ones."""
    from PIL import ImageCms

    if not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    mode = PROFILE_MODES.get(profile.profile.xcolor_space)
    return (profile, mode) if mode else None


def convert_by_profile(image: Image.Image, data: bytes | None) -> Image.Image | None:
    """Return an image of mode L, RGB, CMYK or LAB in sRGB or grey by its profile; None if none applies."""
    from PIL import ImageCms

    found = find_profile(data)
    if found is None or _is_srgb(found[0]):
        return None
    profile, mode = found
    if mode != image.mode and {mode, image.mode} != {"L", "RGB"}:  # the profile is for another picture
        return None
    if mode == "L" and image.mode == "RGB":
        return None
    try:
        converted = ImageCms.profileToProfile(
            image.convert(mode), profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):  # the profile is damaged
        return None
    return converted.convert("L") if converted and image.mode == "L" else converted


def _is_srgb(profile: ImageCmsProfile) -> bool:
    from PIL import ImageCms

    try:
        return "sRGB" in ImageCms.getProfileDescription(profile)
    except ImageCms.PyCMSError:
        return False


def _convert_lab(image: Image.Image) -> Image.Image:
    """Return an image in CIE L*a*b* converted to sRGB."""
    from PIL import ImageCms

    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, lab, srgb, outputMode="RGB")
    assert converted is not None
    return converted


def has_other_gamma(image: Image.Image) -> bool:
    """Return whether a PNG without a profile has values for a rare screen (PNG 3, 11.3.2.2)."""
    gamma = image.info.get("gamma")
    if not isinstance(gamma, float) or gamma <= 0 or "srgb" in image.info or image.info.get("icc_profile"):
        return False
    return abs(gamma - SRGB_GAMMA) > 0.01


def has_other_primaries(image: Image.Image) -> bool:
    """Return whether a PNG without a profile has other red, green and blue than sRGB (PNG 3, 11.3.2.1)."""
    given = image.info.get("chromaticity")
    if not given or "srgb" in image.info or image.info.get("icc_profile"):
        return False
    return any(abs(one - other) > 0.01 for one, other in zip(given, SRGB_PRIMARIES, strict=False))


def _apply_gamma(image: Image.Image, gamma: float) -> Image.Image:
    table = [round(255 * _encode((value / 255) ** (1 / gamma))) for value in range(256)]
    return image.point(table * len(image.getbands()))


def _encode(light: float) -> float:
    """Return the sRGB value of an amount of light, both 0 to 1 (IEC 61966-2-1)."""
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
