"""The imprint: it stands on the foot of its page, and a long one continues on the next."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Block, Callout
from gri_builder.model.rich_text import Definitions, Paragraph, Run
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document, paragraph
from tests.support.page_geometry import find_faults


def blocks(count: int) -> tuple[Block, ...]:
    entries = tuple(((Run(f"Label {number}"),), (Paragraph((Run(f"Value {number}"),)),)) for number in range(count))
    return (Callout((paragraph(40),)), paragraph(20), Definitions(entries))


def render(count: int, language: str = "en") -> bytes:
    plain = document(chapter("P", "p", paragraph(30)))
    return render_pdf(replace(plain, imprint=blocks(count), language=language)).pdf


def text_boxes(pdf: bytes, page: int) -> list[tuple[float, ...]]:
    text = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    return [text.get_rect(number) for number in range(text.count_rects())]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_stands_on_the_foot_of_the_page_with_labels_beside_texts(language: str) -> None:
    pdf, page = render(4, language), make_style(load_theme()).page
    boxes = [box for box in text_boxes(pdf, 1) if box[1] > page.bottom - 8]
    assert min(box[1] for box in boxes) < page.bottom + 12
    assert max(box[3] for box in boxes) < page.height / 2
    lines = {round(box[1]) for box in boxes}
    assert len(lines) < len(boxes)
    assert find_faults(pdf) == []


def test_a_long_one_continues_on_the_next_page() -> None:
    pdf = render(120)
    pages = pypdfium2.PdfDocument(pdf)
    text = "".join(pages[number].get_textpage().get_text_range() for number in (1, 2, 3))
    assert all(f"Label {number}" in text and f"Value {number}" in text for number in range(120))
    assert find_faults(pdf) == []


def test_the_judge_is_content(tmp_path: Path) -> None:
    assert_accessible(render(5), tmp_path)
