"""Drawings out of SVG files, and the icons that come along."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.graphics.svg_reader import SvgError, read_svg
from gri_builder.pdf.drawing import paint_drawing
from gri_builder.resources.icons import icon_names, load_icon


def svg(inner: str, head: str = 'viewBox="0 0 10 20"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inner}</svg>'.encode()


def test_shapes_have_their_outline_and_look() -> None:
    drawing = read_svg(svg('<g fill="#ff0000" transform="translate(1 2) scale(2)"><rect width="3" height="4"/></g>'))
    assert (drawing.width, drawing.height) == (10, 20)
    (shape,) = drawing.shapes
    assert (shape.fill, shape.stroke) == ("#ff0000", None)
    points = {values for kind, values in shape.segments if kind in ("move", "line")}
    assert points == {(1, 2), (7, 2), (7, 10), (1, 10)}


def test_styles_are_inherited_and_overridden() -> None:
    text = "<style>.a{fill:none;stroke:#00f}.b{stroke-width:3px}</style>"
    drawing = read_svg(svg(f'{text}<g class="a"><path class="b" d="M0 0L5 5" style="stroke:rgb(0,128,0)"/></g>'))
    (shape,) = drawing.shapes
    assert (shape.fill, shape.stroke, shape.thickness) == (None, "#008000", 3)


def test_what_is_not_seen_is_left_out() -> None:
    hidden = (
        '<path d="M0 0h1v1z" display="none"/><path d="M0 0h1v1z" fill="none"/><path d="M0 0h1" visibility="hidden"/>'
    )
    assert len(read_svg(svg(f'{hidden}<title>T</title><circle cx="5" cy="5" r="2"/>')).shapes) == 1


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<text>a</text>", "text"),
        ('<image href="a.png"/>', "a picture"),
        ('<use href="#a"/>', "<use>"),
        ('<path d="M0 0h1v1z" fill="url(#g)"/>', "a gradient or pattern"),
        ('<path d="M0 0h1v1z" fill-opacity="0.5"/>', "transparency"),
        ('<path d="M0 0h1v1z" mask="url(#m)"/>', "a mask"),
        ('<path d="M0 0h1v1z" fill="reddish"/>', "the colour 'reddish'"),
        ('<path d="M0 0 q"/>', "a <path> that is invalid"),
        ('<path d="M0 0h1v1z" transform="roll(3)"/>', "the transformation 'roll'"),
        ("<style>path{fill:red}</style><path d='M0 0h1v1z'/>", "a style sheet with the selector 'path'"),
        ("<script>alert(1)</script>", "<script>"),
        ("", "no visible shapes"),
        ("<g>" * 150 + '<path d="M0 0h1v1z"/>' + "</g>" * 150, "more than 100 groups nested"),
        ('<path d="M0 0h1e9v1z"/>', "coordinates out of range"),
    ],
)
def test_what_would_look_different_is_refused(inner: str, said: str) -> None:
    with pytest.raises(SvgError) as caught:
        read_svg(svg(inner))
    assert str(caught.value) == said


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
        svg('<path d="M0 0h1v1z"/>', 'viewBox="0 0 0 0"'),
        svg('<path d="M0 0h1v1z"/>', 'width="100%" height="1em"'),
    ],
)
def test_files_that_are_no_drawing_are_refused(data: bytes) -> None:
    with pytest.raises(SvgError):
        read_svg(data)


MARKS = """<g> </g> <path d="M0 0 <rect width="3" height="x"/> <circle r="2"/> fill="red" "/> M1 1 L 2 C A5 5 0 1 9 z
NaN 1e400 transform="rotate(3)" style="fill:none" -- <!-- --> <![CDATA[ ]]> &amp; &x; viewBox"""
PIECES = st.sampled_from(MARKS.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_text_is_drawn_or_refused(text: str) -> None:
    try:
        drawing = read_svg(svg(text))
    except SvgError:
        return
    assert paint_drawing(drawing, 0, 0, 100, 100)


def test_every_icon_can_be_drawn() -> None:
    names = sorted(icon_names())
    assert len(names) > 1000
    for name in names:
        assert {shape.stroke for shape in load_icon(name).shapes} <= {"current", None}
