"""What the renderer gets: style sheets applied, nothing external, and what it can't draw by name."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from gri_builder.graphics.rendering.plain_svg import PlainSvg, make_plain_svg
from gri_builder.graphics.rendering.vocabulary import plain_transform

FRAME = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


def find_family(families: tuple[str, ...]) -> tuple[str, bool]:
    return ("Here", False) if "Here" in families else ("Other", True)


def plain(body: str) -> PlainSvg:
    return make_plain_svg(FRAME.format(body).encode(), 90, 45, find_family)


def body_of(made: PlainSvg) -> str:
    return made.text.split(">", 1)[1].removesuffix("</svg>")


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "PNG")
    return out.getvalue()


def test_the_size_is_given_in_pixels() -> None:
    assert 'width="90" height="45"' in plain("<path/>").text
    assert 'viewBox="0 0 9 9"' in plain("<path/>").text


def test_style_sheets_are_applied() -> None:
    made = plain('<style>.a{fill:red;x:3px} path{stroke:blue!important}</style><path class="a" style="stroke:green"/>')
    assert body_of(made) == '<path x="3px" style="fill:red;stroke:blue"></path>'


def test_text_is_kept_to_the_letter() -> None:
    made = plain('<text xml:space="preserve">a &lt; b &amp; "c"\n d<tspan>e</tspan></text>')
    assert body_of(made) == ('<text xml:space="preserve">a &lt; b &amp; &quot;c&quot;&#10; d<tspan>e</tspan></text>')
    assert made.characters == '\n "&<abcde'


def test_scripts_movement_and_links_are_left_out() -> None:
    made = plain('<script>x()</script><a href="http://a.b/"><path onclick="x()" d="M0 0"><animate/></path></a>')
    assert body_of(made) == '<a><path d="M0 0"></path></a>'
    assert not (made.lost or made.external)


@pytest.mark.parametrize(
    "body",
    [
        '<image href="photo.jpg" width="9" height="9"/>',
        '<image xlink:href="/etc/passwd" width="9" height="9"/>',
        '<image href="file:///etc/passwd"/>',
        '<image href="http://a.b/c.png"/>',
        '<use href="other.svg#a"/>',
        '<path fill="url(other.svg#a)"/>',
        '<path style="filter:url(&quot;other.svg#a&quot;)"/>',
        "<style>path{mask:url('other.svg#a')}</style><path/>",
        "<style>@import 'a.css';</style><path/>",
        '<filter id="f"><feImage href="a.png"/></filter>',
        '<linearGradient href="b.svg#g"/>',
    ],
)
def test_other_files_are_named_and_never_passed_on(body: str) -> None:
    made = plain(body)
    assert len(made.external) == 1
    assert not any(word in made.text for word in ("photo", "passwd", "a.b", "other.svg", "a.css", "a.png", "b.svg"))


def test_a_style_sheet_beside_the_file_is_named() -> None:
    data = b'<?xml-stylesheet href="a.css"?>' + FRAME.format("<path/>").encode()
    assert [one.feature for one in make_plain_svg(data, 9, 9, find_family).external] == ["<?xml-stylesheet?>"]


@pytest.mark.parametrize(
    ("body", "feature"),
    [
        ("<foreignObject/>", "<foreignObject>"),
        ("<flowRoot/>", "<flowRoot>"),
        ('<path style="rotate:20deg"/>', "rotate '20deg'"),
        ('<path style="clip-path:circle(3px)"/>', "clip-path 'circle(3px)'"),
        ('<path fill="var(--a)"/>', "fill 'var(--a)'"),
        ('<path fill="oklch(0.7 0.1 200)"/>', "fill 'oklch(0.7 0.1 200)'"),
        ('<path style="transform:rotate(1turn)"/>', "transform 'rotate(1turn)'"),
        (
            '<g transform="scale(2)"><path vector-effect="non-scaling-stroke"/></g>',
            "vector-effect 'non-scaling-stroke'",
        ),
        ('<image href="data:image/png;base64,AAAA"/>', "<image>"),
        ('<image href="data:image/png;base64,A"/>', "<image>"),
    ],
)
def test_what_the_renderer_does_not_draw_is_named(body: str, feature: str) -> None:
    assert [one.feature for one in plain(body).lost] == [feature]


def test_a_part_of_a_web_page_with_a_picture_in_its_place_is_drawn() -> None:
    made = plain("<switch><foreignObject/><path/></switch>")
    assert (body_of(made), made.lost) == ("<switch><path></path></switch>", ())


def test_pictures_within_are_encoded_anew() -> None:
    data = png()
    end = data.index(b"IEND") - 4
    broken = data[: end - 4] + bytes(4) + data[end:]  # a wrong checksum, which browsers show and the renderer doesn't
    for given in (data, broken):
        address = "data:image/png;base64," + base64.b64encode(given).decode()
        made = plain(f'<image xlink:href="{address}"/>')
        assert '<image href="data:image/png;base64,' in made.text
        assert not made.lost


def test_the_color_for_light_grounds_is_taken() -> None:
    made = plain('<path style="fill:light-dark(rgb(1, 2, 3), #121212)"/>')
    assert body_of(made) == '<path style="fill:rgb(1, 2, 3)"></path>'


def test_drawings_within_are_rewritten_too() -> None:
    inner = FRAME.format('<path style="rotate:3deg"/><image href="/etc/passwd"/>').encode()
    made = plain(f'<image href="data:image/svg+xml;base64,{base64.b64encode(inner).decode()}"/>')
    assert len(made.external) == 1
    assert [one.feature for one in made.lost] == ["<image>"]
    fine = plain(
        "<image href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cpath/%3E%3C/svg%3E\"/>"
    )
    assert not (fine.external or fine.lost)
    assert 'href="data:image/svg+xml;base64,' in fine.text


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("translate(3px, 4px)", "translate(3, 4)"),
        ("rotate(20deg)", "rotate(20)"),
        ("translateX(3px) scaleY(2)", "translate(3 0) scale(1 2)"),
        ("none", ""),
        ("matrix(1e-1,0,0,1,0,0)", "matrix(1e-1,0,0,1,0,0)"),
        ("rotate(1rad)", None),
        ("translate(50%)", None),
        ("rotate3d(1,0,0,2deg)", None),
    ],
)
def test_transforms_of_style_sheets(given: str, made: str | None) -> None:
    assert plain_transform(given) == made


def test_fonts_that_are_not_here_are_replaced_and_named() -> None:
    made = plain('<g style="font:bold 9px Here"><text font-family="\'Far Away\', serif">a</text></g>')
    assert 'font-family="Other"' in made.text
    assert "font-family:Here" in made.text
    assert [one.family for one in made.fonts] == ["Far Away"]
