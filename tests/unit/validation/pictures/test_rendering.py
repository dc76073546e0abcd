"""Drawings that are rendered: their pixels, their size on the page, and files that are made to do harm."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from PIL import Image

from gri_builder.layout.render import render_pdf
from gri_builder.model.finding import Finding, Location
from gri_builder.model.graphics import Picture
from gri_builder.model.rich_text import Image as Shown
from gri_builder.source.nodes import ImageFile
from gri_builder.validation.pictures import render_process
from gri_builder.validation.pictures.files import read_picture
from tests.judges.test_foreign import assert_accessible
from tests.support.documents import chapter, document

BLUR = (
    '<filter id="f" x="0" y="0" width="1" height="1"><feFlood flood-color="#0a6" flood-opacity=".5"/></filter>'
    '<rect filter="url(#f)" x="50" width="50" height="50"/>'
)


def svg(body: str, size: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'.encode()


def read(data: bytes) -> tuple[Picture | None, tuple[Finding, ...]]:
    checked = read_picture(ImageFile("images/a.svg", len(data), data), Location("story.md", 3))
    return checked.value, checked.findings


def pixels(picture: Picture | None) -> Image.Image:
    assert picture
    return Image.open(io.BytesIO(picture.data)).convert("RGBA")


def test_pixels_and_note() -> None:
    picture, findings = read(svg(BLUR))
    image = pixels(picture)
    assert picture
    assert (picture.width, picture.height, picture.is_rendered, image.size) == (100, 50, True, (2550, 1275))
    assert image.getpixel((600, 600)) == (0, 0, 0, 0)
    assert image.getpixel((1800, 600)) == (0, 169, 102, 128)  # #0a6, within the steps of its transparency
    assert [(finding.rule, finding.severity) for finding in findings] == [("svg-rendered", "info")]
    assert findings[0].message.startswith(
        "images/a.svg is printed as pixels, 300 per inch, because it has property filter 'url(#f)' (line 1)"
    )


def test_the_same_bytes_each_time() -> None:
    assert read(svg(BLUR))[0] == read(svg(BLUR))[0]


def test_the_background_of_the_whole_is_drawn() -> None:
    picture, _ = read(svg(BLUR, 'viewBox="0 0 100 50" style="background:#ffeecc"'))
    assert pixels(picture).getpixel((600, 600)) == (255, 238, 204, 255)


def test_printed_with_300_pixels_per_inch_and_alpha(tmp_path: Path) -> None:
    picture, _ = read(svg(BLUR))
    assert picture
    shown = Shown("a", "A green half", size="half")
    rendered = render_pdf(document(chapter("P", "p", shown), pictures={"a": picture}))
    assert not rendered.findings
    assert_accessible(rendered.pdf, tmp_path)
    import pikepdf

    with pikepdf.open(io.BytesIO(rendered.pdf)) as pdf:
        images = [each for page in pdf.pages for each in page.get_images().values()]
        widths = {int(each.Width) for each in images}
        assert all("/SMask" in each for each in images)
    assert len(widths) == 1
    assert 600 < widths.pop() < 1400


def test_nothing_of_the_machine_is_read(tmp_path: Path) -> None:
    target = tmp_path / "secret.png"
    Image.new("RGB", (9, 9), "red").save(target)
    picture, findings = read(svg(f'{BLUR}<image href="{target}" width="50" height="50"/>'))
    assert picture is None
    assert [finding.rule for finding in findings] == ["svg-external-file"]


def test_text_that_no_font_has_is_named() -> None:
    picture, findings = read(svg(f"{BLUR}<text y='20'>\u65e5\u672c</text>"))
    assert picture is None
    assert [finding.rule for finding in findings] == ["svg-feature"]
    assert "'\u65e5' (U+65E5) and '\u672c' (U+672C)" in findings[0].message


def test_an_invisible_drawing_is_named() -> None:
    picture, findings = read(svg('<filter id="f"/><rect filter="url(#f)" width="9" height="9"/>'))
    assert picture is None
    assert findings[0].message == "images/a.svg has no visible shapes"


HARM = {
    "uses": '<g id="a0"><path d="M0 0h9v9"/></g>'
    + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 10)),
    "depth": "<g>" * 5000 + '<path d="M0 0h9v9"/>' + "</g>" * 5000,
    "patterns": "".join(
        f'<pattern id="p{n}" width=".001" height=".001"><rect width="9" height="9" fill="url(#p{n + 1})"/></pattern>'
        for n in range(20)
    )
    + '<rect width="100" height="50" fill="url(#p0)"/>',
}


@pytest.mark.parametrize("kind", HARM)
def test_harm_is_bounded(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_process, "MAX_SECONDS", 5.0)
    start = time.monotonic()
    picture, findings = read(svg(BLUR + HARM[kind]))
    assert time.monotonic() - start < 30
    assert picture or {finding.rule for finding in findings} <= {"svg-too-complex", "svg-feature"}
    assert findings


def test_time_and_memory_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_process, "MAX_SECONDS", 0.001)
    picture, findings = read(svg(BLUR))
    assert picture is None
    assert [finding.rule for finding in findings] == ["svg-too-complex"]
    monkeypatch.setattr(render_process, "MAX_SECONDS", 60.0)
    monkeypatch.setattr(render_process, "PROGRAM", "import os; os.abort()")
    picture, findings = read(svg(BLUR))
    assert picture is None
    assert [finding.rule for finding in findings] == ["svg-too-complex"]
