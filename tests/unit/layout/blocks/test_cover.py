"""The cover: a logo of each shape on each variant is seen, and runs into nothing; so do long names and titles."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image, ImageDraw

from gri_builder.layout.blocks.cover import LOGO_TOP, CoverBlock
from gri_builder.layout.blocks.cover_logo import CoverLogo
from gri_builder.layout.render import Rendered, render_pdf
from gri_builder.model.document import Cover
from gri_builder.model.finding import Location
from gri_builder.model.graphics import Picture
from gri_builder.pdf.structure_tree import StructureElement, StructureTree
from gri_builder.resources.themes import load_theme
from gri_builder.source.nodes import ImageFile
from gri_builder.typesetting.style import make_style
from gri_builder.validation.pictures.files import read_picture
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document, paragraph

Variant = Literal["pattern", "field", "image"]
VARIANTS: tuple[Variant, ...] = ("pattern", "field", "image")
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
    Image.new("RGB", (1400, 1100), color).save(out, "JPEG")
    return read("cover.jpg", out.getvalue())


def render(variant: Variant, logo: Picture | None, behind: str = "#10202e", long: bool = False) -> Rendered:
    cover = Cover("A small report", "Test plc", "2015", logo=logo)
    if long:
        cover = Cover(LONG_TITLE, LONG, "2013", "Subtitle " * 20, ("one", "two"), logo)
    cover = replace(cover, picture=photo(behind) if variant == "image" else None)
    theme = replace(load_theme(), cover=variant)
    plain = document(chapter("P", "p", paragraph(30)))
    return render_pdf(replace(plain, cover=cover, theme=theme, language="de-DE" if long else "en"))


def page_of(rendered: Rendered) -> Image.Image:
    image: Image.Image = pypdfium2.PdfDocument(rendered.pdf)[0].render(scale=2).to_pil()
    return image.convert("RGB")


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
    image = page_of(rendered)
    logo = CoverLogo.fit(LOGOS[name])
    margin = make_style(load_theme(), "A4", ()).page.margin
    center = {"vector": 10 / 80, "rendered": 10 / 80}.get(name, 0.5)
    place = (round(2 * (margin + logo.width * center)), round(2 * (LOGO_TOP + logo.height / 2)))
    assert image.getpixel(place) == (255, 0, 200)
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
    margin = make_style(load_theme(), "A4", ()).page.margin
    corner = page_of(rendered).getpixel((round(2 * margin - 8), round(2 * LOGO_TOP + 10)))
    assert isinstance(corner, tuple)
    ground = {"pattern": "dark", "field": "white", "image": "white" if behind > "#8" else "dark"}[variant]
    assert ("white" if sum(corner) > 384 else "dark") == (plate or ground)


def test_figures_of_the_warning_are_right() -> None:
    finding = render("field", disc("#eeeeee")).findings[0]
    assert "#eeeeee on #ffffff has a contrast of 1.2 to 1" in finding.message


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [*LOGOS, None])
def test_long_texts_run_into_nothing(variant: Variant, name: str | None) -> None:
    """Text is below the logo, above the page's edge, and on neither the line nor the edge of the field."""
    logo = LOGOS[name] if name else None
    cover = Cover(LONG_TITLE, LONG, "2013", "Subtitle " * 20, ("one", "two"), logo, photo("#6fa0d8"))
    style = make_style(replace(load_theme(), cover=variant), "A4", ())
    block = CoverBlock(cover, StructureElement("Sect", StructureTree().document), style, "de-DE")
    plan = block._plan(0.0)
    name_text, title = plan.texts[:2]
    assert all(upper.bottom >= lower.top for upper, lower in zip(plan.texts, plan.texts[1:], strict=False))
    assert plan.texts[-1].bottom > 30
    if variant == "image":
        assert name_text.top < plan.edge
    else:
        assert name_text.bottom > plan.edge + 4 > title.top
        assert not logo or name_text.top < style.page.height - LOGO_TOP - CoverLogo.fit(logo).height


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_judge_is_content(variant: Variant, tmp_path: Path) -> None:
    for name in ("square", "vector", "rendered"):
        assert_accessible(render(variant, LOGOS[name], long=True).pdf, tmp_path)
    assert_accessible(render(variant, disc(DARK)).pdf, tmp_path)
