"""What a designer would send back: each check of looks finds what it is for, and says what to do."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image as Pixels

from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Document, Landscape, SideNote
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Heading, Image, ImageSize, Run
from tests.support.documents import chapter, document, paragraph, table


def picture(width: int) -> Picture:
    data = io.BytesIO()
    Pixels.new("RGB", (width, width // 2), "#336699").save(data, "PNG")
    return Picture("images/p.png", data.getvalue(), width, width // 2)


def with_picture(width: int, size: ImageSize = "full") -> Document:
    shown = picture(width)
    return document(chapter("S", "s", Image(shown.path, "A plain area", size=size)), pictures={shown.path: shown})


def with_columns(count: int) -> Document:
    words = ["responsibilities"] * count
    columns = table([f"Column {n}" for n in range(count)], [words])
    return document(chapter("S", "s", paragraph(100), columns))


def with_turned(rows: int, words: int = 150) -> Document:
    """Return a chapter whose last section, of so many words, follows a landscape page."""
    head = Heading(2, (Run("Levels"),), anchor="levels")
    turned = Landscape((head, table(["Month", "Level"], [["January", "10"]] * rows)))
    section = Heading(2, (Run("Section"),), anchor="section")
    return document(chapter("S", "s", paragraph(100), turned, section, paragraph(words)))


def with_ending(words: int) -> Document:
    return with_turned(20, words)


def with_note(words: int) -> Document:
    return document(chapter("S", "s", SideNote((paragraph(words),)), paragraph(200)))


CASES: dict[str, tuple[Callable[[int], Document], int, int, str]] = {
    "coarse-image": (with_picture, 400, 1200, "982 pixels wide"),
    "crowded-table": (with_columns, 24, 4, "show fewer columns"),
    "sparse-page": (with_turned, 1, 20, "make it smaller"),
    "thin-ending": (with_ending, 10, 150, "shorten the chapter by"),
    "long-aside": (with_note, 500, 30, "shorten it"),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_fault_is_found_and_a_sound_page_is_not(rule: str) -> None:
    make, faulty, sound, help = CASES[rule]
    (finding,) = (each for each in render_pdf(make(faulty), name="acme.pdf").findings if each.rule == rule)
    assert (finding.rule, finding.severity) == (rule, "warning")
    assert help in (finding.hint or "")
    assert finding.where.file == "acme.pdf"
    assert finding.where.page
    assert render_pdf(make(sound)).findings == ()


def test_a_picture_is_told_of_once() -> None:
    shown = picture(200)
    blocks = (Image(shown.path, "A plain area", size="full"),) * 3
    rendered = render_pdf(document(chapter("S", "s", *blocks), pictures={shown.path: shown}))
    assert [finding.rule for finding in rendered.findings] == ["coarse-image"]


def test_drawings_are_never_coarse_and_small_pictures_are_shown_small() -> None:
    assert render_pdf(with_picture(60, size="text")).findings == ()
