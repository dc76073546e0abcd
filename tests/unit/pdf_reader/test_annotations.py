"""Text that a page shows by fields of a form and by annotations is text of the page."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from gri_builder.pdf_reader.pdf_file import Page
from gri_builder.pdf_reader.reader import read_pdf

RECT = (100, 400, 300, 420)


def make_page(*annotations: Mapping[str, object], rotate: int = 0, drawn: bytes = b"") -> Page:
    """Return the page of a PDF with these annotations; `drawn` is the appearance of those without one of their own."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf 100 700 Td (Heading) Tj ET")
    page.Rotate = rotate
    made: list[Object] = []
    for entries in annotations:
        node = Dictionary(Type=Name.Annot, Rect=Array(RECT), F=4)
        for name, value in entries.items():
            node[f"/{name}"] = value
        if drawn:
            form = pdf.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]))
            form.Resources = Dictionary(Font=Dictionary(F1=font))
            node.AP = Dictionary(N=form)
        made.append(pdf.make_indirect(node))
    page.Annots = Array(made)
    fields = [node for node in made if node.Subtype == Name.Widget]
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    out = io.BytesIO()
    pdf.save(out)
    read = read_pdf(out.getvalue(), "a.pdf").value
    assert read
    return read.pages[0]


def texts(page: Page) -> list[str]:
    """Return the words of a page in the order of its content."""
    return [word.text for word in page.words]


FIELD = {"Subtype": Name.Widget, "FT": Name.Tx, "T": String("a"), "V": String("G4-EN3 page 12")}
APPEARANCE = b"/Tx BMC BT /F1 10 Tf 2 5 Td (G4-EN3 page 12) Tj ET EMC"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("drawn", [APPEARANCE, b""])
def test_a_field_is_read_where_it_is_shown(drawn: bytes, rotate: int) -> None:
    page = make_page(FIELD, rotate=rotate, drawn=drawn)
    assert sorted(texts(page)) == ["12", "G4-EN3", "Heading", "page"]
    assert set(page.text.split()) == {"Heading", "G4-EN3", "page", "12"}
    boxes = {0: (100, 380), 90: (400, 100), 180: (300, 400), 270: (380, 300)}
    code = next(word for word in page.words if word.text == "G4-EN3")
    x, y = boxes[rotate]
    assert abs(code.left - x) < 220
    assert abs(code.top - y) < 220


def test_a_field_without_appearance_is_inside_its_rectangle() -> None:
    page = make_page(FIELD)
    assert all(
        word.left >= 100 and word.right <= 300 and word.top >= 380 and word.bottom <= 400 for word in page.words[1:]
    )


@pytest.mark.parametrize("subtype", [Name.FreeText, Name.Stamp])
def test_notes_on_the_page_are_read(subtype: Name) -> None:
    assert texts(make_page({"Subtype": subtype}, drawn=b"BT /F1 9 Tf 2 5 Td (See page 7) Tj ET"))[1:] == [
        "See",
        "page",
        "7",
    ]
    assert texts(make_page({"Subtype": subtype, "Contents": String("See page 7")}))[1:] == ["See", "page", "7"]


def test_choices_and_long_texts_are_read() -> None:
    choice = {"Subtype": Name.Widget, "FT": Name.Ch, "T": String("c"), "V": Array([String("Core"), String("2015")])}
    assert texts(make_page(choice))[1:] == ["Core", "2015"]
    page = make_page({**FIELD, "V": String("one\ntwo three"), "DA": String("/F1 8 Tf 0 g")})
    assert texts(page)[1:] == ["one", "two", "three"]
    assert page.words[1].top < page.words[2].top == page.words[3].top


@pytest.mark.parametrize(
    "hidden",
    [
        {**FIELD, "F": 2},
        {**FIELD, "F": 32},
        {"Subtype": Name.Text, "Contents": String("a note in a window")},
        {"Subtype": Name.Popup, "Contents": String("a window")},
        {"Subtype": Name.Widget, "FT": Name.Btn, "V": Name.Yes},
        {"Subtype": Name.Widget, "FT": Name.Sig},
        {"Subtype": Name.Link, "Contents": String("an address")},
    ],
)
def test_what_is_not_shown_is_not_read(hidden: Mapping[str, object]) -> None:
    assert texts(make_page(hidden)) == ["Heading"]


def test_a_value_of_the_field_above_is_read() -> None:
    parent = Dictionary(FT=Name.Tx, T=String("a"), V=String("12"))
    assert texts(make_page({"Subtype": Name.Widget, "Parent": parent}))[1:] == ["12"]


def test_broken_annotations_are_left_out() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    page.Annots = Array([Dictionary(Subtype=Name.FreeText, Contents=5), Dictionary(Subtype=Name.FreeText), Array([])])
    out = io.BytesIO()
    pdf.save(out)
    read = read_pdf(out.getvalue(), "a.pdf").value
    assert read
    assert read.pages[0].words == ()
