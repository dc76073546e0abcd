"""Parts, letters and the page at a glance: in the structure tree, in the outline, and accessible."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace

from gri_builder.compose.text.letters import sign_letters
from gri_builder.layout.glance import share_height
from gri_builder.layout.openers.short_chapters import choose_kind, is_short
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Contents, Document, KeyFigure, KeyFigures, Letter, Opener, Part, Signature, Trend
from gri_builder.model.rich_text import Heading, Image, Run
from gri_builder.model.theme import OPENER_STYLES
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.style import make_style
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document, paragraph
from tests.support.page_geometry import find_faults


def tall(text: str) -> KeyFigure:
    return KeyFigure(text, "Energy, 2015", "+2% against 2014", trend=Trend((1.0, 3.0, 2.0), "Line"))


@pytest.fixture(scope="module")
def whole() -> Document:
    """A document with a chapter in each design, in two parts, with a letter and key figures at the front."""
    letter = Letter((paragraph(30), paragraph(60)), "Ana Silva", "Chief Executive")
    chapters = tuple(
        chapter(kind, kind, *sign_letters((letter, paragraph(700))), opener=Opener(kind, (paragraph(20),)))
        for kind in OPENER_STYLES
    )
    entries = [(0, "Outside", OPENER_STYLES[0]), (0, "One", "part-1"), (1, "half", "half"), (1, "page", "page")]
    entries += [(0, "Two", "part-2"), *((1, kind, kind) for kind in OPENER_STYLES[3:])]
    inside = (Heading(1, (Run("At a glance"),), anchor="at-a-glance"), KeyFigures((tall("12 GJ"), tall("7,580"))))
    made = document(*chapters, inside_cover=inside)
    return replace(
        made,
        contents=Contents("Contents", tuple(entries)),
        parts=(
            Part("One", "part-1", 1, (1, 2), "#5d6b1f", (paragraph(12),)),
            Part("Two", "part-2", 2, tuple(range(3, len(OPENER_STYLES)))),
        ),
    )


def test_parts_letters_and_openers_are_accessible_and_look_right(whole: Document, tmp_path: Path) -> None:
    pdf = render_pdf(whole).pdf
    assert_accessible(pdf, tmp_path)
    assert find_faults(pdf) == []


def test_parts_are_above_chapters_in_outline_and_structure(whole: Document) -> None:
    reader: Any = pypdf.PdfReader(io.BytesIO(render_pdf(whole).pdf))
    top = [entry["/Title"] for entry in reader.outline if not isinstance(entry, list)]
    assert top == ["At a glance", "Contents", "band", "One", "Two"]
    nested = [[one["/Title"] for one in entry] for entry in reader.outline if isinstance(entry, list)]
    assert nested == [["half", "page"], ["side", "photo", "number", "frame"]]
    tree = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
    roots = tree if isinstance(tree, list) else [tree]
    kids = [kid.get_object() for kid in roots[0].get_object()["/K"]]
    assert [kid["/S"] for kid in kids].count("/Part") == 2


def test_a_part_and_its_chapters_lead_to_their_pages(whole: Document) -> None:
    rendered = render_pdf(whole)
    assert rendered.places["part-1"][0] + 1 == rendered.places["half"][0]
    assert rendered.places["part-2"][0] + 1 == rendered.places["side"][0]


def test_the_signature_ends_the_section_of_its_letter() -> None:
    picture = Image("a.svg", "Signature of Ana Silva")
    letter = Letter((paragraph(9),), "Ana Silva", signature=picture)
    sections = [Heading(level, (Run(name),)) for level, name in ((1, "Title"), (2, "Letter"), (3, "Why"), (2, "Risks"))]
    title, first, deep, after = sections
    signed = sign_letters((title, first, letter, deep, paragraph(5), after, paragraph(5)))
    signature = Signature("Ana Silva", None, picture)
    assert signed.index(signature) == signed.index(after) - 1
    assert sign_letters((title, letter, first))[-1] == signature


def test_a_short_chapter_has_no_large_opener_unless_it_names_one() -> None:
    style = make_style(load_theme("meridian"))
    short, long = chapter("A", "a", paragraph(60)), chapter("B", "b", paragraph(900))
    assert is_short(short) and not is_short(long)
    assert (choose_kind(short, style), choose_kind(long, style)) == ("band", "page")
    assert choose_kind(replace(short, opener=Opener("photo")), style) == "photo"


@pytest.mark.parametrize(
    ("needed", "rows", "room", "heights"),
    [
        ([50.0, 60.0], 2, 200.0, (100.0, 100.0)),
        ([50.0, 120.0], 2, 200.0, (65.0, 135.0)),
        ([150.0, 120.0], 2, 200.0, ()),
        ([50.0], 2, 200.0, (100.0, 100.0)),
        ([150.0], 2, 200.0, ()),
    ],
)
def test_rows_share_the_height_of_the_page(
    needed: list[float], rows: int, room: float, heights: tuple[float, ...]
) -> None:
    assert share_height(needed, rows, room) == heights
