"""Words that hold digits or can be Roman numbers are read without all others, and are the same."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2.raw as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from gri_builder.pdf_reader.pdf_file import Page
from gri_builder.pdf_reader.reader import read_pdf
from gri_builder.pdf_reader.words import _read_whole

LINES = ("xii Report 2015-", "ing of sustain-", "ability, p. 14–16 fi", "G4-EN3 (mix) 7", "MMXV a b")


def make_page() -> Page:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800), invariant=True)
    for place, line in enumerate(LINES):
        canvas.drawString(60, 700 - 15 * place, line)
    canvas.save()
    read = read_pdf(stream.getvalue(), "a.pdf", None).value
    assert read
    return read.pages[0]


def test_numbers_are_those_of_all_words() -> None:
    page = make_page()
    assert page.read_numbers
    numbers = page.read_numbers()
    assert [word.text for word in numbers] == ["xii", "2015-", "14–16", "G4-EN3", "(mix)", "7", "MMXV"]
    assert numbers == tuple(word for word in page.words if word in numbers)


class Text:
    """A page's text of which pdfium leaves characters out where it is read in one go."""

    raw = None

    def __init__(self, codes: list[int], whole: str) -> None:
        self.codes, self.whole = codes, whole

    def get_text_range(self) -> str:
        return self.whole

    def count_chars(self) -> int:
        return len(self.codes)


@pytest.mark.parametrize(
    ("codes", "whole", "read"),
    [
        ([0x41, 0x31], "A1", "A1"),
        ([0x41, 0x0, 0x31], "A1", "A\ufffd1"),
        ([0xFFFE, 0xD800, 0x1D41A], "\U0001d41a", "\ufffd \U0001d41a"),
        ([], "", ""),
    ],
)
def test_each_character_has_its_place(monkeypatch: pytest.MonkeyPatch, codes: list[int], whole: str, read: str) -> None:
    def read_code(raw: Any, index: int) -> int:
        return codes[index]

    monkeypatch.setattr(pdfium, "FPDFText_GetUnicode", read_code)
    assert _read_whole(Text(codes, whole)) == read
