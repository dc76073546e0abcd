"""The back cover: it ends a long report, is read aloud in order, and its texts and code are seen on any brand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace

from gri_builder.layout.render import Rendered, render_pdf
from gri_builder.model.document import BackCover, QrCode
from gri_builder.model.rich_text import Paragraph, Run
from gri_builder.model.theme import COVER_STYLES, CoverStyle
from gri_builder.resources.themes import load_theme
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document, paragraph
from tests.support.page_geometry import find_faults

ADDRESS = "https://acme.example/2016"
CODE = QrCode(
    ADDRESS, f"QR code that leads to {ADDRESS}", (Paragraph((Run("On the web\n"), Run(ADDRESS, link=ADDRESS))),)
)
FULL = BackCover(
    "Landwirtschaftliche Genossenschaftsbank der Raiffeisenkassen Niederösterreichs und Wiens AG",
    (
        (Run("1 Works Lane, Leeds"),),
        (Run("https://acme.example", link="https://acme.example"),),
        (Run("a@acme.example"),),
    ),
    ("Unternehmensverantwortung und Nachhaltigkeitsberichterstattung", "Published 27 April 2017"),
    code=CODE,
)


def render(back: BackCover | None, cover: CoverStyle = "pattern", primary: str = "#0b5563", **more: Any) -> Rendered:
    theme = replace(load_theme(), cover=cover, primary=primary)
    return render_pdf(replace(document(chapter("P", "p", paragraph(30))), theme=theme, back_cover=back, **more))


def last_text(rendered: Rendered) -> str:
    text: str = pypdfium2.PdfDocument(rendered.pdf)[rendered.pages - 1].get_textpage().get_text_range()
    return " ".join(text.split())


def test_it_is_one_more_page_and_says_who_and_what() -> None:
    rendered = render(FULL)
    assert rendered.pages == render(None).pages + 1
    text = last_text(rendered)
    order = ["Landwirtschaftliche", "1 Works Lane", "https://acme.example", "On the web", "Published 27 April 2017"]
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize(("least", "more"), [(0, 1), (3, 1), (20, 0)])
def test_a_short_report_does_without_it(least: int, more: int) -> None:
    assert render(replace(FULL, least_pages=least)).pages == render(None).pages + more


@pytest.mark.parametrize("count", [1, 2])
def test_it_is_the_outside_of_the_last_sheet_of_facing_pages(count: int) -> None:
    chapters = [chapter(f"P{number}", f"p{number}", paragraph(900)) for number in range(count)]
    rendered = render_pdf(replace(document(*chapters), back_cover=FULL, is_facing=True))
    assert rendered.pages % 2 == 0
    assert "1 Works Lane" in last_text(rendered)


@pytest.mark.parametrize("cover", COVER_STYLES)
@pytest.mark.parametrize(("primary", "language"), [("#0b5563", "en"), ("#ffd500", "de"), ("#98e4c0", "ar")])
def test_nothing_overlaps_or_leaves_the_page(cover: CoverStyle, primary: str, language: str) -> None:
    for back in (FULL, BackCover("Acme", facts=("Water",))):
        assert find_faults(render(back, cover, primary, language=language).pdf) == []


def test_the_judge_is_content(tmp_path: Path) -> None:
    assert_accessible(render(FULL, primary="#ffd500").pdf, tmp_path)
    assert_accessible(render(FULL, language="ar").pdf, tmp_path)
