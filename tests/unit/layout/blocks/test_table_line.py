"""Lines of figures: one line on the page, a table for readers; a table where there is no room."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from msgspec.structs import replace

from gri_builder.layout.blocks.table_line import FigureLine
from gri_builder.layout.render import render_pdf
from gri_builder.layout.tables.fitting import Rooms
from gri_builder.model.document import Callout
from gri_builder.model.rich_text import Cell, FactReference, Run, Runs, Table
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style
from tests.support.documents import cell, chapter, document, runs
from tests.support.page_geometry import find_faults
from tests.support.tag_tree import read_tree

HEADS = ("", "2013", "2014", "2015", "on 2014")
VALUES = ("486", "571", "732", "+28.2%")


def line(name: str = "Water recycled and reused (m³)", caption: Runs = ()) -> Table:
    values = tuple(Cell(((Run(text, printed=FactReference((f"w[{n}]",))),),)) for n, text in enumerate(VALUES))
    return Table(
        (tuple(cell(head) for head in HEADS),),
        ((Cell((runs(name),), header=True), *values),),
        ("left", *["right"] * 4),  # type: ignore[arg-type]
        caption=caption,
        current=(3,),
        earlier=(1, 2),
        is_line=True,
    )


def measure(table: Table, width: float) -> FigureLine:
    style = make_style(load_theme())
    block = FigureLine(table, StructureElement("Document", None), "en", style, style.primary)
    block.choose_fit(Rooms(width))
    block.wrap(width)
    return block


def words_at(data: bytes, page: int) -> dict[str, float]:
    """Return the baselines of the words of a page, roughly."""
    text = pypdfium2.PdfDocument(io.BytesIO(data))[page].get_textpage()
    found = {}
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        for word in text.get_text_bounded(left, bottom, right, top).split():
            found[word] = bottom
    return found


def test_it_is_one_line_on_the_page_and_a_table_for_readers() -> None:
    pdf = render_pdf(document(chapter("Water", "w", line(caption=runs("Table 1. Water"))))).pdf
    bottoms = words_at(pdf, 2)
    assert max(abs(bottoms[word] - bottoms["2013"]) for word in ("2015", *VALUES)) < 3
    (table,) = read_tree(pdf).find("Table")
    heads, values = table.find("TR")
    assert [each.text.strip() for each in heads.kids] == list(HEADS)  # type: ignore[union-attr]
    assert [each.text.strip() for each in values.find("TD")] == list(VALUES)
    assert [each.attributes.get("Scope") for each in table.find("TH")] == ["Column"] * 5 + ["Row"]
    assert [each.text.strip() for each in table.find("Caption")] == ["Table 1. Water"]
    assert find_faults(pdf) == []


@pytest.mark.parametrize("width", range(120, 761, 20))
def test_nothing_overlaps_or_leaves_the_frame(width: int) -> None:
    block = measure(line("Workers of 16 and 17 found at heavy or hazardous work"), width)
    if not block.is_line:
        assert len(block.widths) == len(HEADS)
        return
    taken = sum(figure.head_width + figure.width for figure in block.figures)
    name = max(each.width for each in block.rows[0].cells[0].lines)
    assert name + taken < width
    assert block.height < 60


def test_it_is_lower_than_a_table_and_set_as_one_without_room() -> None:
    assert measure(line(), 401).is_line
    assert measure(line(), 401).height < 32
    assert not measure(line(), 250).is_line
    assert find_faults(render_pdf(document(chapter("W", "w", Callout((line(),))))).pdf) == []


def test_it_is_mirrored_where_text_is_read_from_right_to_left() -> None:
    pdf = render_pdf(replace(document(chapter("מים", "w", line("מים ממוחזרים"))), language="he")).pdf
    text = pypdfium2.PdfDocument(io.BytesIO(pdf))[2].get_textpage()
    places = [text.get_charbox(text.search(year).get_next()[0])[0] for year in ("2013", "2014", "2015")]
    assert places == sorted(places, reverse=True)
