"""Drawings on pages: colours of pixels, and the objects behind them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from gri_builder.graphics.svg.reader import read_svg
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.model.graphics import Drawing
from gri_builder.pdf.drawing import digits_for, format_number, is_plain
from gri_builder.pdf.reportlab_adapter.settings import document_settings
from gri_builder.pdf.xmp import Metadata


def drawing(inner: str, head: str = 'viewBox="0 0 100 100"') -> Drawing:
    read = read_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inner}</svg>'.encode()).drawing
    assert read
    return read


def print_pages(drawings: Iterable[Drawing]) -> bytes:
    """Return a PDF with each drawing on a page of 100 by 100 points."""
    canvas = ReportCanvas((100, 100), "en")
    canvas.describe(Metadata("t", "a", "s", "en", "test", datetime(2000, 1, 1, tzinfo=UTC)))
    with document_settings():
        for each in drawings:
            with canvas.marked(None):
                canvas.draw_drawing(each, 0, 0, 100, 100)
            canvas.end_page()
        canvas.save()
    return canvas.data


def render(inner: str, head: str = 'viewBox="0 0 100 100"') -> Image.Image:
    page = pypdfium2.PdfDocument(print_pages([drawing(inner, head)]))[0]
    image: Image.Image = page.render(scale=1).to_pil()
    return image.convert("RGB")


def near(pixel: object, color: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) <= 6 for one, other in zip(pixel, color, strict=True))


RECT = '<rect width="100" height="100"'


@pytest.mark.parametrize(
    ("inner", "pixels"),
    [
        (
            (
                '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>'
                f'{RECT} fill="url(#g)"/>'
            ),
            {(2, 50): (250, 0, 5), (50, 50): (127, 0, 127), (97, 50): (6, 0, 249)},
        ),
        (
            (
                '<linearGradient id="g"><stop stop-color="red" stop-opacity="0"/><stop offset="1" stop-color="red"/>'
                f'</linearGradient>{RECT} fill="url(#g)"/>'
            ),
            {(2, 50): (255, 250, 250), (50, 50): (255, 127, 127), (97, 50): (255, 6, 6)},
        ),
        (
            (
                '<radialGradient id="g"><stop stop-color="#fff"/><stop offset="1"/></radialGradient>'
                f'{RECT} fill="url(#g)"/>'
            ),
            {(50, 50): (255, 255, 255), (75, 50): (127, 127, 127), (2, 2): (0, 0, 0)},
        ),
        (
            '<g opacity=".5"><rect width="60" height="60" fill="red"/><rect x="40" width="60" height="60"/></g>',
            {(20, 20): (255, 127, 127), (50, 20): (127, 127, 127), (90, 20): (127, 127, 127), (50, 90): (255,) * 3},
        ),
        (
            f'<mask id="m"><rect width="50" height="100" fill="#808080"/></mask>{RECT} fill="red" mask="url(#m)"/>',
            {(20, 20): (255, 127, 127), (80, 20): (255, 255, 255)},
        ),
        (
            (
                '<clipPath id="c"><circle cx="50" cy="50" r="40"/><rect width="50" height="50"/></clipPath>'
                f'{RECT} fill="red" clip-path="url(#c)"/>'
            ),
            {(2, 2): (255, 0, 0), (50, 80): (255, 0, 0), (97, 3): (255, 255, 255)},
        ),
        (
            (
                '<pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse"><rect width="10" height="20"/>'
                f'</pattern>{RECT} fill="url(#p)" fill-opacity=".5"/>'
            ),
            {(5, 50): (127, 127, 127), (15, 50): (255, 255, 255), (45, 5): (127, 127, 127), (55, 95): (255, 255, 255)},
        ),
        (
            (
                '<pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse"><rect width="10" height="20"/>'
                '</pattern><path d="M0 50H100" stroke="url(#p)" stroke-width="20"/>'
            ),
            {(5, 50): (0, 0, 0), (15, 50): (255, 255, 255), (5, 80): (255, 255, 255)},
        ),
        (
            f'{RECT} fill="yellow"/>{RECT} fill="aqua" style="mix-blend-mode:multiply"/>',
            {(50, 50): (0, 255, 0)},
        ),
        (
            '<circle cx="50" cy="50" r="30" fill="red" stroke="blue" stroke-width="20" paint-order="stroke"/>',
            {(50, 22): (255, 0, 0), (50, 13): (0, 0, 255)},
        ),
    ],
)
def test_pixels_have_their_colour(inner: str, pixels: dict[tuple[int, int], tuple[int, int, int]]) -> None:
    image = render(inner)
    wrong = {place: image.getpixel(place) for place, color in pixels.items() if not near(image.getpixel(place), color)}
    assert wrong == {}


def test_small_drawings_keep_their_places() -> None:
    image = render('<rect x="0.00503" width="0.00497" height="0.01" fill="red"/>', 'viewBox="0 0 0.01 0.01"')
    assert (image.getpixel((48, 50)), image.getpixel((52, 50))) == ((255, 255, 255), (255, 0, 0))


def test_what_is_plain_needs_no_objects() -> None:
    plain = drawing(f'<clipPath id="c">{RECT}/></clipPath>{RECT} clip-path="url(#c)" stroke="red"/>')
    assert is_plain(plain)
    pdf = pikepdf.open(io.BytesIO(print_pages([plain])))
    (page,) = pdf.pages
    assert "/XObject" not in page.Resources
    assert "/Group" not in page


def test_a_drawing_on_several_pages_is_embedded_once() -> None:
    one = drawing(f'{RECT} opacity=".5"/>')
    data = print_pages([one, one])
    pdf = pikepdf.open(io.BytesIO(data))
    first, second = pdf.pages
    assert [name for name, _ in first.Resources.XObject.items()] == ["/FormXob.Drawing0"]
    assert first.Resources.XObject["/FormXob.Drawing0"].objgen == second.Resources.XObject["/FormXob.Drawing0"].objgen
    assert first.Group.CS == "/DeviceRGB"
    assert data == print_pages([one, one])


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1e-7, 3, "0"), (-0.0004, 3, "0"), (1e6, 3, "1000000"), (0.5, 3, "0.5"), (12.3456, 3, "12.346"), (10, 0, "10")],
)
def test_numbers_have_no_exponent(value: float, digits: int, text: str) -> None:
    assert format_number(value, digits) == text


@pytest.mark.parametrize(("size", "digits"), [(24, 3), (1000, 3), (1, 4), (0.01, 6), (1e-12, 9)])
def test_coordinates_are_as_exact_as_their_area_needs(size: float, digits: int) -> None:
    assert digits_for(size) == digits
