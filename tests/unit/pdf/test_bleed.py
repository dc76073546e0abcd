"""Bleed: what touches the page's edge is drawn beyond it; what does not keeps its place."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.layout.render import render_pdf
from gri_builder.pdf.bleed import BLEED, Rectangle, extend_to_bleed, page_boxes
from tests.support.documents import chapter, document, paragraph

WIDTH, HEIGHT = 595.276, 841.89
inside_x, inside_y = st.floats(1, 290), st.floats(1, 400)


def test_a_ground_over_the_whole_page_reaches_beyond_all_its_edges() -> None:
    whole = extend_to_bleed(Rectangle(0, 0, WIDTH, HEIGHT), WIDTH, HEIGHT)
    assert whole == pytest.approx((-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED))


@given(inside_x, inside_y, inside_x, inside_y)
def test_what_touches_no_edge_keeps_its_place(x: float, y: float, width: float, height: float) -> None:
    area = Rectangle(x, y, width, height)
    assert extend_to_bleed(area, WIDTH, HEIGHT) == pytest.approx(area)


@given(inside_y, inside_y)
def test_a_band_reaches_beyond_its_sides_alone(y: float, height: float) -> None:
    band = extend_to_bleed(Rectangle(0, y, WIDTH, height), WIDTH, HEIGHT)
    assert (band.y, band.height) == pytest.approx((y, height))
    assert (band.x, band.width) == pytest.approx((-BLEED, WIDTH + 2 * BLEED))


def test_readers_show_the_page_and_presses_get_the_sheet() -> None:
    boxes = page_boxes(WIDTH, HEIGHT)
    assert boxes["CropBox"] == boxes["TrimBox"] == "[0 0 595.276 841.89]"
    assert boxes["MediaBox"] == boxes["BleedBox"] == "[-8.504 -8.504 603.78 850.394]"


def test_every_page_of_a_report_has_its_boxes() -> None:
    for page in pypdf.PdfReader(io.BytesIO(render_pdf(document(chapter("S", "s", paragraph(900)))).pdf)).pages:
        assert tuple(page.cropbox) == tuple(page.trimbox)
        assert tuple(page.mediabox) == tuple(page.bleedbox)
        assert float(page.cropbox.left) - float(page.mediabox.left) == pytest.approx(BLEED, abs=0.001)
        assert float(page.mediabox.top) - float(page.cropbox.top) == pytest.approx(BLEED, abs=0.001)
