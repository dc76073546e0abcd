"""Facing pages: the margin column, codes and page numbers are outside; chapters start on right pages on request."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdf
import pypdfium2
import pytest
from msgspec.structs import replace

from gri_builder.layout.paging.page_kinds import is_right, make_both_kinds
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Document
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import PAGE_SIZES, make_style
from tests.support.documents import chapter, document, paragraph
from tests.support.page_geometry import find_faults


def book(language: str = "en", **changes: object) -> Document:
    chapters = [
        chapter(f"Part {number}", f"c{number}", paragraph(words)) for number, words in enumerate((900, 300, 40))
    ]
    return replace(document(*chapters), is_facing=True, language=language, **changes)


def number_places(pdf: bytes) -> dict[int, float]:
    """Return where the numbers of pages are, in shares of the page's width."""
    found = {}
    for number, page in enumerate(pypdfium2.PdfDocument(io.BytesIO(pdf)), 1):
        text = page.get_textpage()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            if top < 60 and text.get_text_bounded(left, bottom, right, top).strip() == str(number):
                found[number] = left / page.get_width()
    return found


@pytest.mark.parametrize("language", ["en", "ar"])
def test_page_numbers_are_outside(language: str) -> None:
    places = number_places(render_pdf(book(language)).pdf)
    assert len(places) > 3
    for number, place in places.items():
        assert (place > 0.5) == (is_right(number) != (language == "ar")), number


@pytest.mark.parametrize("size", PAGE_SIZES)
def test_left_and_right_pages_are_mirror_images(size: str) -> None:
    style = make_style(load_theme(), size)  # type: ignore[arg-type]
    kinds = make_both_kinds(style, is_facing=True)
    for name, left in kinds.left.items():
        right = kinds.right[name]
        assert (right.area.width, right.area.height) == pytest.approx((left.area.width, left.area.height))
        assert right.area.left == pytest.approx(left.page.width - left.area.left - left.area.width)


def test_one_sided_pages_are_all_alike() -> None:
    kinds = make_both_kinds(make_style(load_theme()), is_facing=False)
    assert kinds.left is kinds.right


def test_chapters_start_on_right_pages_behind_a_page_without_text() -> None:
    rendered = render_pdf(book(starts_right=True))
    starts = [rendered.places[f"c{number}"][0] for number in range(3)]
    assert all(map(is_right, starts))
    pages = pypdf.PdfReader(io.BytesIO(rendered.pdf)).pages
    assert all(last < first for last, first in pairwise(starts))
    assert any(not page.extract_text().strip() for page in pages)
    assert all(fault.endswith("is empty") for fault in find_faults(rendered.pdf))


def test_readers_show_two_pages_side_by_side() -> None:
    layouts = [
        pypdf.PdfReader(io.BytesIO(render_pdf(replace(book(), is_facing=facing)).pdf)).page_layout
        for facing in (True, False)
    ]
    assert layouts == ["/TwoPageRight", None]
