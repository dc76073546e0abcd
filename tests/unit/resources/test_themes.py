"""Themes: their tokens, and that each of them restyles everything."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pypdf
import pytest
from msgspec.structs import replace

from gri_builder.fonts.faces import SERIF
from gri_builder.layout.render import render_pdf
from gri_builder.model.color import parse_color
from gri_builder.model.document import KeyFigure, KeyFigures, Trend
from gri_builder.model.rich_text import Paragraph
from gri_builder.model.theme import FontFamily, Theme
from gri_builder.pdf.content_stream import format_color
from gri_builder.pipeline.build import load_and_check
from gri_builder.resources.themes import COLORS, list_themes, load_theme, read_tokens
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import bar_chart, chapter, document, paragraph, runs, table
from tests.support.page_geometry import find_faults
from tests.support.page_operators import operators_of
from tests.support.report_folders import MINIMAL


def shown(theme: Theme) -> bytes:
    tiles = KeyFigures(
        (KeyFigure("12 GJ", "Energy, 2015", "+2% against 2014", trend=Trend((1.0, 3.0, 2.0), "Line"), icon="zap"),)
    )
    rows = [["Plant", "10.5"], ["Works", "9.25"], ["Office", "120"]]
    body = (paragraph(200), tiles, bar_chart([3, 4, 5]), table(["Name", "GJ"], rows))
    return render_pdf(document(chapter("Story", "s", *body), theme=theme, palette=("economic",))).pdf


def operators(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(operators_of(page) for page in pages)


@pytest.mark.parametrize("name", list_themes())
def test_each_theme_is_accessible_and_looks_right(name: str, tmp_path: Path) -> None:
    pdf = shown(load_theme(name))
    assert_accessible(pdf, tmp_path)
    assert find_faults(pdf) == []


def test_there_are_five_and_each_says_what_it_is_like() -> None:
    assert len(list_themes()) == 5
    assert all(len(read_tokens(name)["description"]) > 30 for name in list_themes())
    keys = [sorted(read_tokens(name)) for name in list_themes()]
    assert all(each == keys[0] for each in keys)


def test_a_main_color_restyles_charts_tiles_and_tables() -> None:
    before, after = load_theme(), replace(load_theme(), primary="#5b1a6e")
    old, new = (format_color(parse_color(each.primary)) for each in (before, after))
    assert operators(shown(before)).count(f"{old} ") > 10
    assert f"{old} rg" not in operators(shown(after))
    assert operators(shown(after)).count(f"{new} ") > 10


@pytest.mark.parametrize(
    "change",
    [
        *({key: "#123456"} for key in COLORS),
        {"density": "airy"},
        {"radius": 9.0},
        {"cover": "field"},
        {"opener": "band"},
        {"pattern": "dots"},
        {"text": "justified"},
        {"text_font": FontFamily("source-serif")},
        {"heading_font": FontFamily("source-serif")},
    ],
    ids=str,
)
def test_every_token_changes_the_pages(change: dict[str, object]) -> None:
    assert shown(replace(load_theme(), **change)) != shown(load_theme())


def test_own_fonts_are_embedded_and_lacking_characters_come_from_the_usual_one(tmp_path: Path) -> None:
    family = FontFamily("fonts/own.ttf", {"regular": SERIF.data(False, False)})
    theme = replace(load_theme(), text_font=family)
    odd = Paragraph(runs("Kharkiv is written Харків, and this: \u2192."))
    pdf = render_pdf(document(chapter("Story", "s", paragraph(40), odd), theme=theme)).pdf
    assert_accessible(pdf, tmp_path)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = {str(font.get_object()["/BaseFont"]) for each in resources for font in each["/Font"].values()}
    assert any("SourceSerif" in name for name in fonts)
    assert any("FiraGO" in name for name in fonts)
    assert "Харків" in reader.pages[2].extract_text()


def test_a_theme_file_stands_for_the_entry(tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path / "report")
    (tmp_path / "report/theme.yaml").write_text("name: meridian\nradius: 3\n")
    examined = load_and_check(tmp_path / "report", draft=True)
    assert examined.value is not None
    assert (examined.value.report.theme.name, examined.value.report.theme.radius) == ("meridian", 3)
    assert examined.value.report.theme.columns == 2
    assert [f.rule for f in examined.findings if f.rule == "unread-file"] == []
