"""The type scale: six sizes on the pages inside a report, for lines of 65 to 75 characters beside a wide margin."""

from __future__ import annotations

import ctypes
import io
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from gri_builder.fonts.faces import FIRA, SERIF, Family, load_face
from gri_builder.model.report import PageSize
from gri_builder.pipeline.build import build_report
from gri_builder.resources.themes import list_themes, load_theme
from gri_builder.typesetting.line_measure import SAMPLE
from gri_builder.typesetting.style import GUTTER, LEAST_EDGE, PAGE_SIZES, make_page, make_style
from gri_builder.typesetting.type_scale import SCALES, TypeScale
from tests.support.paths import ROOT

OTHER = 0.02
"""Share of characters that may have another size: notes' marks, indices, titles of openers that fill a page."""


@pytest.mark.parametrize("density", SCALES)
def test_each_size_is_clearly_larger_than_the_one_before(density: str) -> None:
    sizes = SCALES[density].sizes  # type: ignore[index]
    assert len(sizes) == 6
    assert all(large / small >= 1.12 for small, large in pairwise(sizes))


@pytest.mark.parametrize("page_size", PAGE_SIZES)
@pytest.mark.parametrize("family", [FIRA, SERIF])
@pytest.mark.parametrize("scale", SCALES.values())
def test_a_line_has_65_to_75_characters_beside_a_wide_margin(
    page_size: PageSize, family: Family, scale: TypeScale
) -> None:
    page = make_page(page_size, family, scale)
    line = load_face(family=family).width(SAMPLE) * scale.body / len(SAMPLE)
    assert 65 <= page.text_width / line <= 75
    assert 125 <= page.margin_width <= 135
    assert min(page.margin, page.right) >= LEAST_EDGE
    assert page.margin + page.margin_width + GUTTER + page.text_width + page.right == pytest.approx(page.width)
    lines = (page.height - page.top - page.bottom) / scale.leading
    assert lines == pytest.approx(round(lines))


@pytest.mark.parametrize("theme", list_themes())
def test_styles_have_six_sizes_and_headings_more_room_above_than_below(theme: str) -> None:
    style = make_style(load_theme(theme))
    scale = SCALES[load_theme(theme).density]
    covers = {"title", "subtitle"}
    looks = [getattr(style, name) for name in style.__struct_fields__ if name not in covers]
    sizes = {look.size for look in (*looks, *style.headings.values()) if hasattr(look, "leading")}
    assert sizes == set(scale.sizes)
    assert all(heading.before >= 2 * heading.after for heading in style.headings.values())
    for heading in style.headings.values():
        assert (heading.before + heading.after + heading.leading) / scale.leading % 0.5 == pytest.approx(0)


def sizes_of(pdf: bytes) -> Iterator[tuple[float, int]]:
    """Yield the size of each text of the pages behind the cover, with the number of its characters."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    for number in range(1, len(document)):
        words = document[number].get_textpage()
        for each in document[number].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            size = ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(each.raw, size)
            yield round(size.value, 2), pdfium.FPDFTextObj_GetText(each.raw, words.raw, None, 0) // 2


@pytest.mark.parametrize("sample", ["cigna-2013", "halden-2015"])
def test_the_pages_of_a_sample_have_six_sizes(sample: str, tmp_path: Path) -> None:
    built = build_report(ROOT / "report_data" / sample, tmp_path).value
    assert built is not None
    counts: Counter[float] = Counter()
    for size, characters in sizes_of(built.files[0].read_bytes()):
        counts[size] += characters
    six = next(set(scale.sizes) for scale in SCALES.values() if counts[scale.body] > 0.2 * counts.total())
    assert sum(count for size, count in counts.items() if size not in six) <= OTHER * counts.total(), counts
