"""Pictures of passages: the right part of the right page, marked, within bounds, the same each time."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest
from msgspec.structs import replace
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from gri_builder.audit.pictures import render
from gri_builder.audit.pictures.passages import list_passages
from gri_builder.audit.pictures.places import choose_region, find_words
from gri_builder.audit.pictures.render import render_passages
from gri_builder.model.audit_result import IndexRegion, Passage, Picture
from gri_builder.pdf_reader.page_renderer import WIDEST
from gri_builder.pdf_reader.pdf_file import Page
from gri_builder.pdf_reader.reader import read_pdf
from tests.support.made_audits import make_audit

TURNED, SPREAD = 3, 4


@lru_cache(maxsize=1)
def made() -> bytes:
    """Return a PDF with an index, a text, the text on a turned page, and a spread; a red bar is below the text."""
    stream = io.BytesIO()
    canvas = Canvas(stream, (595, 842), invariant=1)
    for row, (code, page) in enumerate((("G4-EN1", "9"), ("G4-EN15", "3"), ("G4-EN1", "12"), ("see G4-EN1", ""))):
        canvas.drawString(60, 700 - 60 * row, code)
        canvas.drawString(400, 700 - 60 * row, page)
    canvas.showPage()
    for turned in (0, 90):
        canvas.setPageRotation(turned)
        canvas.drawString(60, 500, "Energy con\u00adsumption fell by four per cent,")
        canvas.drawString(60, 484, "as three new furnaces took the place of old ones.")
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(60, 465, 200, 12, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.showPage()
    canvas.setPageRotation(0)
    canvas.setPageSize((1190, 842))
    canvas.drawString(700, 400, "LA6")
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def page_of(number: int) -> Page:
    read = read_pdf(made(), "made.pdf").value
    assert read
    return read.pages[number - 1]


def picture_of(passage: Passage) -> Picture:
    pictures = render_passages(made(), "made.pdf", None, [passage]).value
    assert pictures
    assert pictures[0]
    return pictures[0]


QUOTE = Passage(2, "Energy consumption fell by four per cent, as three new furnaces took the place")


def words_of(passage: Passage) -> str:
    return " ".join(word.text for word in find_words(page_of(passage.page), passage))


def test_a_row_is_found_by_its_code_and_what_is_beside_it() -> None:
    for reference, top in (("9", 142), ("12", 262)):
        (word,) = find_words(page_of(1), Passage(1, "G4-EN1", (reference,)))
        assert word.text == "G4-EN1"
        assert abs(word.bottom - top) < 8
    assert words_of(Passage(1, "G4-EN15", ("3",))) == "G4-EN15"
    assert words_of(Passage(1, "G4-EN2", ("3",))) == ""


def test_a_quote_is_found_over_lines_and_whatever_its_spaces() -> None:
    assert words_of(QUOTE).split()[0] == "Energy"
    assert words_of(QUOTE).split()[-1] == "place"
    assert words_of(Passage(2, "gy  consumption fell by four per cent ; … THREE NEW FURNACES")).split()[0] != ""
    assert words_of(Passage(2, "Water was never mentioned on it")) == ""
    assert words_of(Passage(2, "•")) == ""


def test_a_quote_that_differs_at_its_ends_is_found_by_its_middle() -> None:
    assert "furnaces" in words_of(Passage(2, "headline of the page as three new furnaces took the place in another"))


@pytest.mark.parametrize("page", [2, TURNED])
def test_the_picture_shows_the_passage_marked(page: int) -> None:
    """On turned pages too; the red bar below the text is in it, and the text has a yellow ground."""
    picture = picture_of(replace(QUOTE, page=page))
    image = Image.open(io.BytesIO(picture.data))
    assert (image.format, image.size) == ("WEBP", (picture.width, picture.height))
    colors = set(zip(*(channel.tobytes() for channel in image.convert("RGB").split()), strict=True))
    assert any(r > 200 and g < 80 and b < 80 for r, g, b in colors)
    assert any(r > 240 and g > 220 and 130 < b < 190 for r, g, b in colors)


def test_a_spread_is_shown_by_halves() -> None:
    region = choose_region(page_of(SPREAD), Passage(4, "LA6"), find_words(page_of(SPREAD), Passage(4, "LA6")))
    assert region
    assert (region[0], region[2]) == (595, 1190)


def test_a_box_needs_no_words() -> None:
    picture = picture_of(Passage(1, box=(50, 100, 450, 300)))
    assert picture.width > picture.height
    assert picture_of(Passage(4, box=(0, 0, 1190, 842))).width <= WIDEST


def test_pictures_are_the_same_each_time() -> None:
    assert picture_of(QUOTE) == picture_of(QUOTE)


def test_what_is_not_there_has_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [Passage(99, "Energy"), Passage(2, "Water was never mentioned"), QUOTE, Passage(1, "G4-EN15", ("3",))]
    pictures = render_passages(made(), "made.pdf", None, wanted).value
    assert pictures
    assert [bool(picture) for picture in pictures] == [False, False, True, True]
    monkeypatch.setattr(render, "MOST_PICTURES", 1)
    bounded = render_passages(made(), "made.pdf", None, wanted).value
    assert bounded
    assert [bool(picture) for picture in bounded] == [False, False, True, False]
    assert render_passages(b"%PDF-1.7 nothing", "made.pdf", None, wanted).value is None


def test_the_most_important_passages_come_first() -> None:
    audit = make_audit(index_regions=(IndexRegion(40, (0, 0, 9, 9), 10, 9), IndexRegion(41, (0, 0, 9, 9), 10, 4)))
    passages = list_passages(audit)
    assert passages[0] == Passage(41, box=(0, 0, 9, 9))
    assert passages[1] == Passage(41, "EN3", ("99",)) or passages[1].text == "G4-EN3"
    assert len(passages) == len(set(passages)) == 6
