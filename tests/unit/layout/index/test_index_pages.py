"""The content index on its pages: what is repeated, what readers hear, and where marks lead."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pypdf

from gri_builder.layout.render import render_pdf
from gri_builder.model.document import IndexNote, IndexSection, IndexTables
from gri_builder.model.rich_text import Cell, Heading, Run, Table
from tests.support.documents import cell, chapter, document, runs
from tests.support.tag_tree import Node, read_tree

ROWS = 120
COLUMNS = ("code", "title", "page", "omissions", "assurance")


def make_row(number: int) -> tuple[Cell, ...]:
    mark = Run("b", link="#omission/1"), Run("1", script="sup", link="#omission/1")
    omitted = Cell((mark,)) if number == 3 else Cell(((),))
    sign = Run("✓", spoken="Yes") if number % 2 else Run("–", spoken="No")
    code = Cell(((Run(f"X-{number}", bold=True),),), header=True)
    return code, cell(f"Title {number}"), cell(str(number)), omitted, Cell(((sign,),))


@cache
def make_index() -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF with an index of several pages, and the texts of these."""
    group = (Cell((runs("Energy"),), columns=5, header=True),)
    heads = (Cell((runs("Disclosures"),), columns=2), cell("Page"), cell("Omissions"), cell("External assurance"))
    body = (group, *(make_row(number) for number in range(ROWS)))
    table = Table((heads,), body, ("left",) * 5, groups=(0,))
    note = IndexNote((Run("1", link="#omitted/1"), *runs(" X-3 b: Not applicable.")), "omission/1", "omitted/1")
    heading = Heading(2, runs("Environmental"), anchor="environmental")
    section = IndexSection((heading, table, note), COLUMNS, "environmental")
    made = render_pdf(document(chapter("Index", "index", IndexTables((section,)), tabular=True)))
    texts = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.pdf)).pages)
    return made.pdf, tuple(" ".join(text.split()) for text in texts if "X-" in text)


def find_table() -> Node:
    (table,) = read_tree(make_index()[0]).find("Table")
    return table


def test_section_and_group_are_repeated_and_heard_once() -> None:
    first, *others = make_index()[1]
    assert len(others) >= 1
    assert "(continued)" not in first
    for text in others:
        assert "Environmental (continued)" in text
        assert "Energy (continued)" in text
        assert "Omissions" in text
    assert [each.text.strip() for each in find_table().find("TH")].count("Energy") == 1


def test_readers_hear_words_in_place_of_signs() -> None:
    with pikepdf.open(io.BytesIO(make_index()[0])) as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each]
        spoken = [str(each.ActualText) for each in found]
    assert (spoken.count("Yes"), spoken.count("No")) == (ROWS // 2, ROWS // 2)


def test_each_cell_names_its_headers() -> None:
    cells = [each for each in find_table().find("TD") if each.text.strip() == "3"]
    assert cells[0].attributes["Headers"].count("table-1-") == 3


def test_marks_lead_to_their_notes_and_back() -> None:
    pdf, texts = make_index()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    places = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    last = len(reader.pages) - 1
    assert places["omitted/1"] == last - len(texts) + 1
    assert places["omission/1"] == last
    links = [note.get_object().get("/Dest") for page in reader.pages for note in page.get("/Annots", ())]
    assert {"omission/1", "omitted/1"} <= set(links)
