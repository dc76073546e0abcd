"""Words of pages that are shown on their side."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from gri_builder.pdf_reader.reader import read_pdf


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_have_the_size_of_their_font_however_the_page_is_turned(rotation: int) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800), invariant=True)
    canvas.setPageRotation(rotation)
    canvas.translate(300, 300)
    canvas.rotate(rotation)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(0, 0, "Pages 6 a 8 y 12")
    canvas.save()
    read = read_pdf(stream.getvalue(), "turned.pdf", None).value
    assert read
    words = read.pages[0].words
    assert [word.text for word in words] == ["Pages", "6", "a", "8", "y", "12"]
    assert {round(word.size) for word in words} == {9}
