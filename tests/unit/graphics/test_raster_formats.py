"""Formats of raster images: each file that people have is printed with its right pixels, or named with a fix."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, features

from gri_builder.layout.render import render_pdf
from gri_builder.model.finding import Finding, Location
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Image as Shown
from gri_builder.source.nodes import ImageFile
from gri_builder.validation.pictures.files import read_picture
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document

RED, BLUE = (200, 30, 30), (20, 20, 200)
Pixel = tuple[int, ...]


def file_of(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def read(data: bytes, name: str) -> tuple[Picture | None, tuple[Finding, ...]]:
    checked = read_picture(ImageFile(f"images/{name}", len(data), data), Location("story.md", 3))
    return checked.value, checked.findings


def rules(data: bytes, name: str) -> list[str]:
    return [finding.rule for finding in read(data, name)[1]]


def pixel(data: bytes, name: str, x: int = 1, y: int = 1) -> Pixel:
    """Return red, green, blue and alpha of a pixel as it is embedded; the file has no findings."""
    picture, findings = read(data, name)
    assert picture, findings
    assert not findings
    found = Image.open(io.BytesIO(picture.data)).convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def near(one: Pixel, other: Pixel, within: int = 3) -> bool:
    return all(abs(here - there) <= within for here, there in zip(one, other, strict=True))


def halves(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Return a picture whose left half is red, and half transparent if it has alpha, and whose right half is blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    if mode == "RGBA":
        alpha = Image.new("L", size, 128)
        alpha.paste(255, (size[0] // 2, 0, *size))
        image.putalpha(alpha)
    return image


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(depth: int, color: int, rows: list[bytes], *extra: bytes, width: int = 2) -> bytes:
    """Return a PNG of rows of samples, with further chunks before them (PNG 3, 11.2.2)."""
    header = struct.pack(">IIBBBBB", width, len(rows), depth, color, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(extra) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def sixteen(*values: int) -> bytes:
    return struct.pack(f">{len(values)}H", *values)


TRANSPARENT: dict[str, tuple[bytes, Pixel]] = {
    "RGB": (png(8, 2, [bytes((255, 0, 0, 0, 0, 255))], chunk(b"tRNS", sixteen(255, 0, 0))), (0, 0, 255, 255)),
    "grey": (png(8, 0, [bytes((10, 200))], chunk(b"tRNS", sixteen(10))), (200, 200, 200, 255)),
    "grey of 1 bit": (png(1, 0, [b"\x40"], chunk(b"tRNS", sixteen(0))), (255, 255, 255, 255)),
    "grey of 4 bits": (png(4, 0, [b"\x3f"], chunk(b"tRNS", sixteen(3))), (255, 255, 255, 255)),
    "grey of 16 bits": (png(16, 0, [sixteen(770, 51400)], chunk(b"tRNS", sixteen(770))), (200, 200, 200, 255)),
    "RGB of 16 bits": (
        png(16, 2, [sixteen(65535, 0, 0, 0, 0, 65535)], chunk(b"tRNS", sixteen(65535, 0, 0))),
        (0, 0, 255, 255),
    ),
    "palette": (
        png(8, 3, [b"\0\1"], chunk(b"PLTE", bytes((255, 0, 0, 0, 0, 255))), chunk(b"tRNS", b"\0")),
        (0, 0, 255, 255),
    ),
}


@pytest.mark.parametrize("kind", TRANSPARENT)
def test_a_transparent_color_is_transparent(kind: str) -> None:
    data, other = TRANSPARENT[kind]
    assert pixel(data, "a.png", 0, 0)[3] == 0
    assert pixel(data, "a.png", 1, 0) == other


def test_a_palette_keeps_its_partial_transparency() -> None:
    colors = chunk(b"PLTE", bytes((255, 0, 0, 0, 0, 255)))
    data = png(8, 3, [b"\0\1"], colors, chunk(b"tRNS", bytes((128, 64))))
    assert [pixel(data, "a.png", x, 0) for x in (0, 1)] == [(255, 0, 0, 128), (0, 0, 255, 64)]


SIXTEEN: dict[str, tuple[bytes, Pixel]] = {
    "grey": (png(16, 0, [sixteen(32768, 0)]), (128, 128, 128, 255)),
    "white": (png(16, 0, [sixteen(65535, 0)]), (255, 255, 255, 255)),
    "RGB": (png(16, 2, [sixteen(51400, 7710, 7710, 0, 0, 0)]), (200, 30, 30, 255)),
    "grey and alpha": (png(16, 4, [sixteen(51400, 32896, 0, 0)]), (200, 200, 200, 128)),
    "RGBA": (png(16, 6, [sixteen(51400, 7710, 7710, 32896, 0, 0, 0, 0)]), (200, 30, 30, 128)),
}


@pytest.mark.parametrize("kind", SIXTEEN)
def test_sixteen_bits_become_eight(kind: str) -> None:
    data, right = SIXTEEN[kind]
    assert near(pixel(data, "a.png", 0, 0), right, 1)


def test_a_gamma_is_applied() -> None:
    linear = png(8, 2, [bytes((128, 128, 128, 0, 0, 0))], chunk(b"gAMA", struct.pack(">I", 100000)))
    assert pixel(linear, "a.png", 0, 0) == (188, 188, 188, 255)  # half of the light, in sRGB
    usual = png(8, 2, [bytes((128, 128, 128, 0, 0, 0))], chunk(b"gAMA", struct.pack(">I", 45455)))
    assert pixel(usual, "a.png", 0, 0) == (128, 128, 128, 255)
    srgb = png(8, 0, [b"\x80\0"], chunk(b"sRGB", b"\0"), chunk(b"gAMA", struct.pack(">I", 100000)))
    assert pixel(srgb, "a.png", 0, 0) == (128, 128, 128, 255)


def test_other_primaries_are_named() -> None:
    primaries = struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
    data = png(8, 2, [bytes((128, 128, 128, 0, 0, 0))], chunk(b"cHRM", primaries))
    assert rules(data, "a.png") == ["image-colours"]


def profile(name: str = "sRGB") -> bytes:
    made: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]
    return made


def test_a_profile_applies_to_pictures_with_alpha_and_palettes() -> None:
    swapped = profile().replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
    with_alpha = file_of(halves("RGBA"), "PNG", icc_profile=swapped)
    red, _, blue, alpha = pixel(with_alpha, "a.png")
    assert blue > 150 > red
    assert alpha == 128
    with_palette = file_of(halves().quantize(2), "PNG", icc_profile=swapped)
    red, _, blue, _ = pixel(with_palette, "a.png")
    assert blue > 150 > red


def test_a_profile_of_another_kind_of_color_is_passed_over() -> None:
    lab = profile("LAB")
    assert near(pixel(file_of(halves(), "PNG", icc_profile=lab), "a.png"), (*RED, 255), 1)


FILES: dict[str, tuple[Callable[[], bytes], Pixel, int]] = {
    "lossless.webp": (lambda: file_of(halves(), "WEBP", lossless=True), (*RED, 255), 0),
    "lossy.webp": (lambda: file_of(halves(), "WEBP", quality=95), (*RED, 255), 12),
    "alpha.webp": (lambda: file_of(halves("RGBA"), "WEBP", lossless=True), (*RED, 128), 1),
    "plain.avif": (lambda: file_of(halves(), "AVIF", quality=95), (*RED, 255), 12),
    "alpha.avif": (lambda: file_of(halves("RGBA"), "AVIF", quality=95), (*RED, 128), 12),
    "plain.tif": (lambda: file_of(halves(), "TIFF"), (*RED, 255), 0),
    "lzw.tiff": (lambda: file_of(halves(), "TIFF", compression="tiff_lzw"), (*RED, 255), 0),
    "jpeg.tiff": (lambda: file_of(halves(), "TIFF", compression="jpeg", quality=95), (*RED, 255), 12),
    "alpha.tif": (lambda: file_of(halves("RGBA"), "TIFF"), (*RED, 128), 1),
    "bilevel.tif": (
        lambda: file_of(Image.new("1", (40, 20), 1), "TIFF", compression="group4"),
        (255, 255, 255, 255),
        0,
    ),
    "sixteen.tif": (lambda: file_of(Image.new("I;16", (40, 20), 51400), "TIFF"), (200, 200, 200, 255), 1),
    "lab.tif": (lambda: file_of(lab_red(), "TIFF"), (*RED, 255), 4),
    "plain.gif": (lambda: file_of(halves(), "GIF"), (*RED, 255), 3),
    "plain.bmp": (lambda: file_of(halves(), "BMP"), (*RED, 255), 0),
    "palette.bmp": (lambda: file_of(halves().quantize(2), "BMP"), (*RED, 255), 1),
    "progressive.jpg": (lambda: file_of(halves(), "JPEG", progressive=True, quality=95), (*RED, 255), 12),
    "grey.jpg": (lambda: file_of(Image.new("L", (40, 20), 90), "JPEG"), (90, 90, 90, 255), 1),
    "interlaced.png": (lambda: interlaced(), (*RED, 255), 0),
}


def lab_red() -> Image.Image:
    made = ImageCms.profileToProfile(
        halves(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert made is not None
    return made


def interlaced() -> bytes:
    """Return a red PNG of 2 by 2 pixels in the passes of Adam7 (PNG 3, 8)."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 1))
    passes = [bytes(RED), bytes(RED), bytes(RED) * 2]
    body = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + each for each in passes)))
    return b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_printed_with_its_pixels(name: str) -> None:
    make, right, within = FILES[name]
    found = pixel(make(), name)
    assert near(found, right, within), found


def test_what_is_needed_for_avif_is_here() -> None:
    assert features.check("avif")
    assert features.check("webp")


def test_pictures_are_turned_upright_in_all_formats() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tif"), ("AVIF", "avif")):
        picture, findings = read(file_of(halves(), kind, exif=exif), f"a.{ending}")
        assert picture, (kind, findings)
        assert (picture.width, picture.height) == (20, 40), kind
        top = Image.open(io.BytesIO(picture.data)).convert("RGB").getpixel((10, 5))
        assert near(top, RED, 12), kind  # type: ignore[arg-type]


def cmyk(color: Pixel = (0, 255, 255, 0)) -> Image.Image:
    return Image.new("CMYK", (40, 20), color)


def test_colors_of_print_keep_their_sense_in_all_formats() -> None:
    inverted = file_of(cmyk(), "JPEG", quality=100)  # as Adobe's programs write it
    plain = file_of(ImageChops.invert(cmyk()), "JPEG", quality=100)
    start = plain.index(b"\xff\xee")
    plain = plain[:start] + plain[start + 2 + int.from_bytes(plain[start + 2 : start + 4], "big") :]
    files = {"a.jpg": inverted, "b.jpg": plain, "a.tif": file_of(cmyk(), "TIFF")}
    for name, data in files.items():
        picture, findings = read(data, name)
        assert picture, findings
        assert [finding.rule for finding in findings] == ["image-colours"]
        assert near(Image.open(io.BytesIO(picture.data)).convert("RGB").getpixel((5, 5)), (255, 0, 0), 8), name  # type: ignore[arg-type]


MOVING = {"a.gif": "GIF", "a.webp": "WEBP", "a.png": "PNG", "a.avif": "AVIF", "a.tif": "TIFF"}


@pytest.mark.parametrize("name", MOVING)
def test_of_several_frames_the_first_is_printed_with_a_note(name: str) -> None:
    more = [Image.new("RGB", (40, 20), (0, 255, 0))] * 2
    picture, findings = read(file_of(halves(), MOVING[name], save_all=True, append_images=more), name)
    assert picture
    assert near(Image.open(io.BytesIO(picture.data)).convert("RGB").getpixel((5, 5)), RED, 12)  # type: ignore[arg-type]
    assert [(finding.rule, finding.severity) for finding in findings] == [("image-animated", "info")]
    word = "page" if name == "a.tif" else "frame"
    assert f"only its first {word} is printed" in findings[0].message


def test_a_gif_keeps_its_transparency() -> None:
    image = Image.new("P", (4, 4), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.putpixel((1, 1), 1)
    data = file_of(image, "GIF", transparency=0)
    assert pixel(data, "a.gif", 0, 0)[3] == 0
    assert pixel(data, "a.gif", 1, 1) == (0, 0, 255, 255)


def test_a_file_is_read_by_its_content_with_a_note_of_its_ending() -> None:
    picture, findings = read(file_of(halves(), "WEBP", lossless=True), "logo.png")
    assert picture
    assert [finding.rule for finding in findings] == ["image-ending"]
    assert findings[0].message == (
        "images/logo.png is a WebP file in spite of its ending '.png'; it is printed as what it is"
    )
    assert "'images/logo.webp'" in str(findings[0].hint)
    assert rules(file_of(halves(), "WEBP", lossless=True), "logo.webp") == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "lab.tif"])
def test_a_file_that_was_cut_off_is_named(name: str) -> None:
    data = FILES[name][0]()
    picture, findings = read(data[: len(data) * 6 // 10], name)
    assert picture is None, findings
    assert [finding.rule for finding in findings] == ["broken-image"]


OTHERS = {
    "a.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", "Most Compatible"),
    "b.heic": (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC", "Most Compatible"),
    "a.psd": (b"8BPS\0\1" + bytes(20), "PSD", "as PNG"),
    "a.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS", "SVG"),
    "a.pdf": (b"%PDF-1.7\n", "PDF", "SVG"),
    "logo.png": (b"%PDF-1.7\n", "PDF", "SVG"),
    "logo.ai": (b"%PDF-1.5\n", "PDF", "SVG"),
    "a.jpg": (b"<!DOCTYPE html><html>404", "HTML", "save the picture itself"),
    "a.jxl": (b"\xff\x0a" + bytes(9), "JPEG XL", "PNG"),
    "a.jp2": (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000", "PNG"),
    "a.wmf": (b"\xd7\xcd\xc6\x9a" + bytes(20), "WMF", "SVG"),
    "a.nef": (file_of(halves(), "TIFF"), "of a camera (raw)", "JPEG"),
    "a.xyz": (b"who knows", "XYZ", "PNG"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_format_is_named_with_a_fix(name: str) -> None:
    data, kind, fix = OTHERS[name]
    picture, findings = read(data, name)
    assert picture is None
    assert [finding.rule for finding in findings] == ["image-format"]
    assert f"is a file in the format {kind};" in findings[0].message
    assert fix in str(findings[0].hint)


def test_a_jpeg_of_thousands_of_scans_is_not_decoded() -> None:
    data = file_of(halves(), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    many = data[:start] + data[start:-2] * 3000 + data[-2:]
    picture, findings = read(many, "a.jpg")
    assert picture is None
    assert [finding.rule for finding in findings] == ["oversized-image"]
    assert "scans; the maximum is 100" in findings[0].message


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100)))
    assert rules(data, "a.png") == ["oversized-image"]
    webp = file_of(halves("RGBA"), "WEBP", save_all=True, append_images=[halves()])
    start = webp.index(b"VP8X") + 12
    huge = webp[:start] + (16382).to_bytes(3, "little") * 2 + webp[start + 6 :]
    assert rules(huge, "a.webp") == ["oversized-image"]


def test_numbers_of_32_bits_are_named() -> None:
    assert rules(file_of(Image.new("F", (4, 4), 0.5), "TIFF"), "a.tif") == ["image-format"]


def test_the_judge_is_content_with_all_of_them(tmp_path: Path) -> None:
    files = {name: make() for name, (make, _, _) in FILES.items()}
    files |= {f"transparent {kind}.png": data for kind, (data, _) in TRANSPARENT.items()}
    files |= {f"sixteen {kind}.png": data for kind, (data, _) in SIXTEEN.items()}
    pictures = {name: picture for name, data in files.items() if (picture := read(data, name)[0])}
    assert len(pictures) == len(files)
    shown = [Shown(path, f"picture {path}") for path in pictures]
    assert_accessible(render_pdf(document(chapter("P", "p", *shown), pictures=pictures)).pdf, tmp_path)
