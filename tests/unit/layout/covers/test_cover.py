"""The cover: a logo of each shape on each variant is seen, and runs into nothing; so do long names and titles."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image, ImageDraw

from gri_builder.fonts.scripts import text_direction
from gri_builder.layout.covers.cover import WITH_PICTURE, CoverBlock
from gri_builder.layout.covers.cover_logo import PLATE, CoverLogo
from gri_builder.layout.render import Rendered, render_pdf
from gri_builder.model.color import contrast, parse_color
from gri_builder.model.document import Cover
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.model.report import PageSize
from gri_builder.model.theme import COVER_STYLES, CoverStyle
from gri_builder.pdf.structure_tree import StructureElement, StructureTree
from gri_builder.resources.themes import load_theme
from gri_builder.source.nodes import ImageFile
from gri_builder.typesetting.style import make_style
from gri_builder.typesetting.title_fitting import cut_words
from gri_builder.validation.pictures.files import read_picture
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document, paragraph

VARIANTS = COVER_STYLES
Variant = CoverStyle
DARK, LIGHT, MAGENTA = "#0b3a5c", "#ffffff", "#ff00c8"
LONG = "Landwirtschaftliche Genossenschaftsbank der Raiffeisenkassen Niederösterreichs und Wiens AG"
LONG_TITLE = "Unternehmensverantwortung und Nachhaltigkeitsberichterstattung"


def read(name: str, data: bytes) -> Picture:
    checked = read_picture(ImageFile(name, len(data), data), Location("report.yaml", 1))
    assert checked.value
    return checked.value


def disc(color: str, size: tuple[int, int] = (400, 400), ground: str | None = None) -> Picture:
    """Return a logo: an ellipse on a transparent ground, or on one of its own."""
    image = Image.new("RGBA", size, ground or (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((9, 9, size[0] - 9, size[1] - 9), color)
    out = io.BytesIO()
    image.save(out, "PNG")
    return read("logo.png", out.getvalue())


def vector(color: str, more: str = "") -> Picture:
    body = f'{more}<circle cx="10" cy="10" r="9" fill="{color}"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20">{body}</svg>'
    return read("logo.svg", svg.encode())


def photo(color: str) -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (1400, 1900), color).save(out, "JPEG")
    return read("cover.jpg", out.getvalue())


def render(variant: Variant, logo: Picture | None, behind: str = "#10202e", long: bool = False) -> Rendered:
    cover = Cover("A small report", "Test plc", "2015", logo=logo)
    if long:
        cover = Cover(LONG_TITLE, LONG, "2013", "Subtitle " * 20, ("one", "two"), logo)
    cover = replace(cover, picture=photo(behind) if variant in WITH_PICTURE else None)
    theme = replace(load_theme(), cover=variant)
    plain = document(chapter("P", "p", paragraph(30)))
    return render_pdf(replace(plain, cover=cover, theme=theme, language="de-DE" if long else "en"))


def page_of(rendered: Rendered) -> Image.Image:
    image: Image.Image = pypdfium2.PdfDocument(rendered.pdf)[0].render(scale=2).to_pil()
    return image.convert("RGB")


HEIGHT = make_style(load_theme()).page.height


def block(variant: Variant, cover: Cover, language: str = "en", **more: Any) -> CoverBlock:
    """Return a first page that is not painted."""
    picture = photo("#6fa0d8") if variant in WITH_PICTURE else None
    style = make_style(replace(load_theme(), cover=variant), direction=text_direction(language), **more)
    return CoverBlock(
        replace(cover, picture=picture), StructureElement("Sect", StructureTree().document), style, language
    )


def logo_corner(variant: Variant, logo: Picture) -> tuple[float, float]:
    return block(variant, Cover("A small report", "Test plc", "2015", logo=logo)).plan().logo


LOGOS = {
    "square": disc(MAGENTA),
    "wide": disc(MAGENTA, (1200, 150)),
    "tall": disc(MAGENTA, (120, 800)),
    "opaque": disc(MAGENTA, (600, 200), "white"),
    "vector": vector(MAGENTA),
    "rendered": vector(MAGENTA, '<filter id="f"><feOffset/></filter><rect filter="url(#f)" width="1" height="1"/>'),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", LOGOS)
def test_each_logo_is_on_each_cover(variant: Variant, name: str) -> None:
    rendered = render(variant, LOGOS[name])
    logo = CoverLogo.fit(LOGOS[name])
    center = {"vector": 10 / 80, "rendered": 10 / 80}.get(name, 0.5)
    left, top = logo_corner(variant, LOGOS[name])
    place = (round(2 * (left + logo.width * center)), round(2 * (HEIGHT - top + logo.height / 2)))
    assert page_of(rendered).getpixel(place) == (255, 0, 200)
    assert not rendered.findings


@pytest.mark.parametrize(
    ("variant", "logo", "behind", "plate"),
    [
        ("pattern", disc(DARK), "", "white"),
        ("pattern", vector(DARK), "", "white"),
        ("pattern", disc(LIGHT), "", None),
        ("pattern", disc(DARK, ground="white"), "", None),
        ("field", disc(DARK), "", None),
        ("field", disc(LIGHT), "", "dark"),
        ("field", vector(LIGHT), "", "dark"),
        ("field", disc("#f7931e"), "", None),
        ("image", disc(DARK), "#0a2030", "white"),
        ("image", disc(DARK), "#eeeeee", None),
        ("image", vector(LIGHT), "#eeeeee", "dark"),
        ("image", disc(LIGHT), "#203010", None),
        ("photo", disc(DARK), "#eeeeee", "white"),
        ("photo", disc(LIGHT), "#eeeeee", None),
        ("window", disc(LIGHT), "", "dark"),
        ("split", disc(DARK), "", "white"),
        ("type", disc(LIGHT), "", None),
    ],
)
def test_a_logo_that_fades_is_on_a_plate_with_a_warning(
    variant: Variant, logo: Picture, behind: str, plate: str | None
) -> None:
    rendered = render(variant, logo, behind or "#10202e")
    assert [finding.rule for finding in rendered.findings] == (["faded-logo"] if plate else [])
    if plate:
        assert f"to 1; it is printed on a {plate} plate" in rendered.findings[0].message
        kind = "light" if plate == "white" else "dark"
        assert rendered.findings[0].hint == f"name a file with the logo in {kind} colours under 'logo:'"
    left, top = logo_corner(variant, logo)
    if plate and variant == "photo":
        top += 2 * PLATE
    corner = page_of(rendered).getpixel((round(2 * left - 8), round(2 * (HEIGHT - top) + 10)))
    assert isinstance(corner, tuple)
    ground = {"field": "white", "window": "white", "image": "white" if behind > "#8" else "dark"}.get(variant, "dark")
    assert ("white" if sum(corner) > 384 else "dark") == (plate or ground)


def test_figures_of_the_warning_are_right() -> None:
    finding = render("field", disc("#eeeeee")).findings[0]
    assert "#eeeeee on #ffffff has a contrast of 1.2 to 1" in finding.message


EVERYTHING = {
    "plain": (Cover("What goes into a tin", "Aurelia plc", "2016", "Report 2016", ("Core", "Published 2017")), "en"),
    "bare": (Cover("Our year", "A", "2016"), "en"),
    "one word": (Cover("Water", "Acme", "2016", None, ("Published 2017",)), "en"),
    "compounds": (Cover(LONG_TITLE, LONG, "1. April 2015 – 31. März 2016", "Bericht " * 9, ("Kern", "2017")), "de-DE"),
    "200 words": (Cover("responsible growth and care " * 50, LONG, "2016", "Subtitle " * 20, ("one", "two")), "en"),
    "60 letters": (Cover("Verantwortung" * 5, "Y" * 80, "2016", None, ("one",)), "de-DE"),
    "japanese": (Cover("責任ある調達と水の循環" * 4, "株式会社" * 9, "2016", "報告書", ("発行",)), "ja"),
    "arabic": (Cover("ما الذي يدخل في العلبة " * 3, "شركة أوريليا للأغذية", "2016", "تقرير", ("الخيار",)), "ar"),
}


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Return whether two boxes (left, bottom, right, top) share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] - 0.01 and other[1] < one[3] - 0.01


@pytest.mark.parametrize("page_size", ["A4", "letter"])
@pytest.mark.parametrize("has_logo", [False, True], ids=["no logo", "logo"])
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", EVERYTHING)
def test_nothing_runs_into_anything(variant: Variant, name: str, has_logo: bool, page_size: PageSize) -> None:
    """Texts, logo and art are apart; texts are inside the margins, and art and grounds on the page."""
    cover, language = EVERYTHING[name]
    cover = replace(cover, logo=LOGOS["square"] if has_logo else None)
    drawn = block(variant, cover, language, page_size=page_size)
    plan, page = drawn.plan(), drawn.style.page
    boxes = [
        (
            text.column.left + (text.column.width - width if text.style.align == "end" else 0),
            text.top
            - text.style.size
            - (len(text.lines) - 1) * text.style.leading
            - text.style.size * (0.24 if text.text[:1] not in "0123456789" else 0.02),
            text.column.left + (text.column.width if text.style.align == "end" else width),
            text.top - text.style.size + text.style.size * 0.74,
        )
        for text in plan.texts
        for width in [max(line.width for line in text.lines)]
    ]
    assert plan.spare >= 0
    assert all(page.margin <= box[0] + 0.01 and box[2] <= page.width - page.right + 0.01 for box in boxes)
    assert all(box[1] > 30 and box[3] < page.height - 30 for box in boxes)
    solid = list(boxes)
    if drawn.logo:
        left, top = plan.logo
        solid.append((left, top - drawn.logo.height, left + drawn.logo.width, top))
    for left, low, width, height in [*([plan.art] if plan.art else []), *(area for area, _ in plan.marks)]:
        assert left >= 0
        assert low >= 0
        assert left + width <= page.width + 0.01
        assert low + height <= page.height + 0.01
        solid.append((left, low, left + width, low + height))
    assert not [(one, other) for one, other in combinations(solid, 2) if overlap(one, other)]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", EVERYTHING)
def test_no_word_is_cut_without_a_hyphen(variant: Variant, name: str) -> None:
    cover, language = EVERYTHING[name]
    for text in block(variant, cover, language).plan().texts:
        assert list(cut_words(text.text, list(text.lines))) == []


@pytest.mark.parametrize("brand", ["#ffd500", "#98e4c0", "#e8dcc4", "#0b5563"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_texts_are_read_on_what_is_behind_them(variant: Variant, brand: str) -> None:
    cover, _ = EVERYTHING["plain"]
    drawn = block(variant, cover)
    drawn.style = make_style(replace(load_theme(), cover=variant, primary=brand))
    plan = drawn.plan()
    for text in plan.texts:
        x, y = text.column.left + 1, text.bottom + 1
        behind = [
            color
            for (left, low, wide, high), color in plan.grounds
            if left <= x < left + wide and low <= y < low + high
        ]
        assert contrast(text.style.color, behind[-1]) >= (4.5 if text.style.size < 18 else 3)
    assert parse_color(brand) in [color for _, color in plan.grounds] or variant == "window"


def test_a_period_that_is_no_calendar_year_is_printed_beside_the_large_years() -> None:
    cover = replace(EVERYTHING["compounds"][0], year="2015/16")
    texts = [text.text for text in block("type", cover, "de-DE").plan().texts]
    assert texts.count("2015/16") == texts.count(cover.period) == 1


def test_a_cover_without_its_picture_has_a_pattern() -> None:
    drawn = block("photo", EVERYTHING["plain"][0])
    assert CoverBlock(replace(drawn.cover, picture=None), drawn.parent, drawn.style, "en").plan().art


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_judge_is_content(variant: Variant, tmp_path: Path) -> None:
    for name in ("square", "vector", "rendered"):
        assert_accessible(render(variant, LOGOS[name], long=True).pdf, tmp_path)
    assert_accessible(render(variant, disc(DARK)).pdf, tmp_path)
