"""Tests of text as it is seen on a page: pixels against another renderer, and the words that readers find."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, features

from gri_builder.fonts.faces import load_face
from gri_builder.layout.canvas import Pen, ReportCanvas
from gri_builder.model.color import BLACK
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.pdf.xmp import Metadata
from gri_builder.resources.bundled_fonts import load_bundled_font
from gri_builder.typesetting.line_breaking import TextFormat

SIZE = 40
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def draw(text: str, language: str) -> bytes:
    """Return a PDF with the text on one page."""
    canvas = ReportCanvas((700, 100), language)
    canvas.describe(Metadata("a", "b", "c", language, "test", datetime(2016, 1, 1, tzinfo=UTC)))
    pen = Pen(canvas)
    pen.tag(StructureElement("P", canvas.tree.document))
    pen.move(30, 40)
    pen.show(text, TextFormat(load_face(), SIZE, BLACK))
    pen.end()
    canvas.save()
    return canvas.data


def ink_of(image: Image.Image) -> Image.Image:
    """Return the ink of an image, cut out: white on black."""
    ink = ImageChops.invert(image.convert("L"))
    box = ink.getbbox()
    assert box
    return ink.crop(box)


def judged(text: str, direction: Literal["ltr", "rtl"]) -> Image.Image:
    """Return the text as Pillow draws it, with Raqm."""
    font = ImageFont.truetype(
        io.BytesIO(load_bundled_font("fira-go", "regular")), SIZE * 2, layout_engine=ImageFont.Layout.RAQM
    )
    image = Image.new("L", (1400, 200), 255)
    ImageDraw.Draw(image).text((30, 40), text, 0, font, direction=direction)
    return ink_of(image)


@pytest.mark.skipif(not features.check("raqm"), reason="Pillow without Raqm")
@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("السلام عليكم", "rtl"),
        ("تقرير الاستدامة (2015)", "rtl"),
        ("گزارش پایداری می‌خواهم", "rtl"),
        ("שלום עולם 2015", "rtl"),
        ("בְּרֵאשִׁית", "rtl"),
        ("abc שלום (2015) def", "ltr"),
        ("क्षेत्र", "ltr"),
        ("हिन्दी", "ltr"),
        ("विद्यार्थियों", "ltr"),
        ("उत्सर्जन", "ltr"),
        ("ประเทศไทย น้ำ ที่นี่", "ltr"),
    ],
)
def test_pixels_are_those_of_another_renderer(text: str, direction: Literal["ltr", "rtl"]) -> None:
    page = pypdfium2.PdfDocument(draw(text, "he" if direction == "rtl" else "en"))[0]
    ours, other = ink_of(page.render(scale=2).to_pil()), judged(text, direction)
    assert abs(ours.width - other.width) <= 4
    assert abs(ours.height - other.height) <= 4
    one, two = (each.resize(other.size).filter(ImageFilter.GaussianBlur(2)) for each in (ours, other))
    difference = sum(ImageChops.difference(one, two).tobytes()) / sum(two.tobytes())
    assert difference < 0.15, f"{difference:.2f} of the ink is elsewhere"


@pytest.mark.parametrize(
    "text",
    [
        "السلام عليكم", "الاستدامة والمسؤولية", "שלום עולם", "שלום (עולם) אבג", "שלום 2015", "بَيْت شكرًا جزيلًا محمّد",
        "שָׁלוֹם בְּרֵאשִׁית", "گزارش پایداری",
        "क्षेत्र हिन्दी विद्यार्थियों कि", "ประเทศไทย น้ำ", "Hé Å", "ქართული",
    ],
)  # fmt: skip
def test_readers_find_the_text(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(draw(text, "he"))
    found = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    assert _MARKS.sub("", found).split() == text.split()
