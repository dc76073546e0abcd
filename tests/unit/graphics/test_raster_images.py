"""Pixels: whatever colours and files people have, what is printed is upright, in sRGB or grey, of eight bits."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from gri_builder.layout.render import render_pdf
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Image as Shown
from gri_builder.source.nodes import ImageFile
from gri_builder.validation.pictures.files import read_picture
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document

RED = (200, 30, 30)


def file_of(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def read(data: bytes, name: str = "") -> tuple[Picture, list[str]]:
    """Return the picture that a file becomes, and the rules of its findings."""
    name = name or ("images/a.png" if data.startswith(b"\x89PNG") else "images/a.jpg")
    checked = read_picture(ImageFile(name, len(data), data), Location("story.md", 3))
    assert checked.value
    return checked.value, [finding.rule for finding in checked.findings]


def pixels(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def halves(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, RED)
    image.paste((20, 20, 200), (size[0] // 2, 0, *size))
    return image


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_plain_photograph_is_taken_over_as_it_is(mode: str) -> None:
    data = file_of(Image.new(mode, (30, 20)), "JPEG")
    assert read(data) == (Picture("images/a.jpg", data, 30, 20), [])


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "1", "P"])
def test_a_plain_drawing_is_taken_over_as_it_is(mode: str) -> None:
    data = file_of(Image.new(mode, (30, 20)), "PNG")
    assert read(data) == (Picture("images/a.png", data, 30, 20), [])


def test_colors_of_print_are_converted_with_a_warning() -> None:
    picture, rules = read(file_of(Image.new("RGB", (30, 20), RED).convert("CMYK"), "JPEG", quality=100))
    assert rules == ["image-colours"]
    assert pixels(picture).mode == "RGB"
    shown = pixels(picture).getpixel((10, 10))
    assert isinstance(shown, tuple)
    assert all(abs(here - there) < 8 for here, there in zip(shown, RED, strict=True))


def test_a_damaged_profile_is_like_none() -> None:
    data = file_of(Image.new("CMYK", (30, 20)), "JPEG", icc_profile=b"no profile")
    picture, rules = read(data)
    assert rules == ["image-colours"]
    assert pixels(picture).mode == "RGB"
    assert "icc_profile" not in pixels(picture).info


def test_a_profile_says_what_the_colors_are() -> None:
    swapped = swap_red_and_blue(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    picture, rules = read(file_of(Image.new("RGB", (30, 20), RED), "PNG", icc_profile=swapped), "a.png")
    assert rules == []
    red, _, blue = pixels(picture).convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert blue > 150 > red
    assert "icc_profile" not in pixels(picture).info


def swap_red_and_blue(data: bytes) -> bytes:
    """Return the profile with the colours of its red and blue exchanged, and another name."""
    return (
        data.replace(b"rXYZ", b"?XYZ")
        .replace(b"bXYZ", b"rXYZ")
        .replace(b"?XYZ", b"bXYZ")
        .replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
    )


def test_a_picture_in_srgb_keeps_its_bytes() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = file_of(halves(), "JPEG", icc_profile=srgb)
    assert read(data) == (Picture("images/a.jpg", data, 40, 20), [])


def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    picture, rules = read(file_of(Image.new("I;16", (30, 20), 128 * 256), "PNG"))
    assert rules == []
    assert (pixels(picture).mode, pixels(picture).getpixel((1, 1))) == ("L", 128)


def test_a_photograph_that_was_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    picture, rules = read(file_of(halves(), "JPEG", exif=exif))
    assert (picture.width, picture.height, rules) == (20, 40, [])
    red, _, blue = pixels(picture).getpixel((10, 5))  # type: ignore[misc]
    assert red > 150 > blue


def test_of_a_phones_file_the_first_picture_is_taken() -> None:
    data = file_of(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))])
    picture, rules = read(data)
    assert (picture.width, rules, pixels(picture).format) == (40, [], "JPEG")
    assert len(picture.data) < len(data)


def test_of_an_animation_the_first_picture_is_shown_with_a_warning() -> None:
    data = file_of(halves(), "PNG", save_all=True, append_images=[Image.new("RGB", (40, 20))])
    assert read(data)[1] == ["image-animated"]


def test_the_judge_is_content_with_all_of_them(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    files = (
        file_of(Image.new("CMYK", (30, 20)), "JPEG"),
        file_of(Image.new("L", (30, 20)), "JPEG"),
        file_of(Image.new("I;16", (30, 20), 9), "PNG"),
        file_of(halves(), "JPEG", exif=exif),
        file_of(halves(), "MPO", save_all=True, append_images=[halves()]),
        file_of(halves(), "PNG", save_all=True, append_images=[Image.new("RGB", (40, 20))]),
    )
    pictures = {f"{number}": read(data)[0] for number, data in enumerate(files)}
    shown = [Shown(path, f"picture {path}") for path in pictures]
    assert_accessible(render_pdf(document(chapter("P", "p", *shown), pictures=pictures)).pdf, tmp_path)
