"""Drawings of SVG files: what is drawn, what is refused by name, and the bundled icons."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.graphics.svg.reader import read_svg
from gri_builder.graphics.svg.reading import SvgError, SvgReading
from gri_builder.model.graphics import Drawing, Gradient, Group, Node, Paint, Shape, Tile, walk_shapes
from gri_builder.pdf.drawing import paint_drawing
from gri_builder.resources.bundled_fonts import find_bundled_font
from gri_builder.resources.icons import icon_names, load_icon
from tests.support.paths import ROOT
from tests.support.svg_comparison import compare
from tests.support.svg_drawings import SampleDrawing


def svg(inner: str, head: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inner}</svg>'.encode()


def read(inner: str, head: str = 'viewBox="0 0 100 100"') -> SvgReading:
    return read_svg(svg(inner, head), find_bundled_font)


def draw(inner: str, head: str = 'viewBox="0 0 100 100"') -> tuple[Node, ...]:
    reading = read(inner, head)
    assert reading.drawing, reading.refusals
    return reading.drawing.shapes


def painted(inner: str) -> Paint | None:
    return shape(inner).fill


def shape(inner: str, head: str = 'viewBox="0 0 100 100"') -> Shape:
    (one,) = walk_shapes(draw(inner, head))
    return one


def refused(inner: str) -> list[str]:
    return [one.feature for one in read(inner).refusals]


def points(one: Shape) -> list[tuple[float, ...]]:
    return [tuple(round(value, 3) for value in values) for kind, values in one.segments if kind in ("move", "line")]


def test_shapes_have_their_outline_and_look() -> None:
    one = shape('<g fill="#ff0000" transform="translate(1 2) scale(2)"><rect width="3" height="4"/></g>')
    assert (one.fill, one.stroke) == ("#ff0000", None)
    assert points(one) == [(1, 2), (7, 2), (7, 10), (1, 10)]


def test_styles_are_inherited_and_overridden() -> None:
    text = "<style>.a{fill:none;stroke:#00f}.b{stroke-width:3px}</style>"
    one = shape(f'{text}<g class="a"><path class="b" d="M0 0L5 5" style="stroke:rgb(0,128,0)"/></g>')
    assert (one.fill, one.stroke, one.thickness) == (None, "#008000", 3)


def test_what_is_not_seen_is_left_out() -> None:
    hidden = (
        '<path d="M0 0h1v1z" display="none"/><path d="M0 0h1v1z" fill="none"/><path d="M0 0h1" visibility="hidden"/>'
        '<path d="M0 0h1v1z" opacity="0"/><rect width="-3" height="4"/><circle r="0"/><g transform="scale(0)"/>'
    )
    assert len(draw(f'{hidden}<title>T</title><circle cx="5" cy="5" r="2"/>')) == 1


def test_all_that_is_refused_is_named_with_its_line() -> None:
    text = """
    <image href="a.png"/>
    <rect filter="url(#f)" width="1" height="1"/>
    <circle r="1" fill="reddish"/>
    <circle r="2" fill="reddish"/>
    <foo/>"""
    assert [(one.line, one.feature) for one in read(text).refusals] == [
        (2, "<image>"),
        (3, "property filter 'url(#f)'"),
        (4, "fill 'reddish'"),
        (6, "<foo>"),
    ]


RECT = '<rect width="9" height="9"'


@pytest.mark.parametrize(
    ("inner", "feature"),
    [
        (f'{RECT} fill="url(#g)"/>', "fill 'url(#g)'"),
        (f'{RECT} mask="url(#m)"/>', "mask '#m'"),
        (f'{RECT} style="clip-path:circle(3px)"/>', "clip-path 'circle(3px)'"),
        (f'{RECT} style="rotate:20deg"/>', "property rotate"),
        (f'{RECT} style="fill:var(--x)"/>', "fill 'var(--x)'"),
        (f'{RECT} style="fill"/>', "style 'fill'"),
        (f'{RECT} transform="roll(3)"/>', "transform 'roll(3)'"),
        (f'{RECT} vector-effect="fixed-position"/>', "vector-effect 'fixed-position'"),
        ('<path d="M0 0 q"/>', "<path> d"),
        ('<path d="M0 0h1e99"/>', "<path> d"),
        ('<path d="M0 0h1e8v1z"/>', "<path> coordinates"),
        ('<rect width="3" height="x"/>', "<rect> height 'x'"),
        ('<polygon points="1 2 3"/>', "<polygon> points '1 2 3'"),
        (f"<style>rect:is(g){{fill:red}}</style>{RECT}/>", "selector 'rect:is(g)'"),
        (f"<style>@import 'a.css';</style>{RECT}/>", "@import"),
        ('<use href="#a"/>', "<use> href '#a'"),
        ('<use href="other.svg#a"/>', "<use> href 'other.svg#a'"),
        ('<g id="a"><use href="#a"/></g>', "<use> href '#a'"),
        ("<g>" * 150 + f"{RECT}/>" + "</g>" * 150, "more than 60 elements within each other"),
        (f'{RECT} stroke="red" stroke-linejoin="arcs"/>', "stroke-linejoin 'arcs'"),
        ("<text>\u05d0</text>", "<text> with the letter '\u05d0'"),
        ("<text>\U0001f600</text>", "<text> with the sign '\U0001f600'"),
        ('<text textLength="0">a</text>', "<text> textLength '0'"),
        ('<text writing-mode="tb">a</text>', "writing-mode 'tb' of text"),
    ],
)
def test_what_would_look_different_is_refused(inner: str, feature: str) -> None:
    assert feature in refused(inner)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "invalid XML"),
        (b"<svg", "invalid XML"),
        (b"<html/>", "no <svg> element"),
        (b'<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><svg/>', "the entity 'c'"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg/>', "the entity 'a'"),
        (b'<!DOCTYPE svg SYSTEM "x.dtd"><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>', "the entity '&x;'"),
        (svg("<rect/>", 'viewBox="0 0 0 0"'), "an empty viewBox"),
        (svg("<rect/>", 'width="1e7" height="1"'), "an empty or oversized area"),
        (svg("<rect/>", ""), "no viewBox and no width and height"),
        (svg(""), "no visible shapes"),
        (b"\x1f\x8b\x08damaged", "damaged compressed data"),
        (gzip.compress(b" " * 60_000_000), "compressed data that is incomplete or too large"),
    ],
)
def test_files_that_are_no_drawing_raise_an_error(data: bytes, said: str) -> None:
    with pytest.raises(SvgError, match="^" + said.replace("(", r"\(")):
        read_svg(data)


def test_entities_of_drawing_programs_and_packed_files_are_read() -> None:
    text = b"""<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY ns "http://www.w3.org/2000/svg">
        <!ENTITY st0 "fill:#ff0000;">]>
        <svg xmlns="&ns;" viewBox="0 0 9 9"><rect style="&st0;" width="3" height="3"/></svg>"""
    for data in (text, gzip.compress(text)):
        drawing = read_svg(data).drawing
        assert drawing
        assert [one.fill for one in walk_shapes(drawing.shapes)] == ["#ff0000"]


def test_the_area_is_that_of_width_and_height() -> None:
    assert read(f"{RECT}/>", 'width="30mm" height="15mm" viewBox="0 0 10 10"').width == pytest.approx(113.386, abs=1e-3)
    one = shape('<rect width="10" height="10"/>', 'width="20" height="10" viewBox="0 0 10 10"')
    assert points(one) == [(5, 0), (15, 0), (15, 10), (5, 10)]
    wide = shape(
        '<rect width="10" height="10"/>', 'width="20" height="10" viewBox="0 0 10 10" preserveAspectRatio="none"'
    )
    assert points(wide) == [(0, 0), (20, 0), (20, 10), (0, 10)]


def test_gradients_keep_their_stops_and_place() -> None:
    text = """<defs><linearGradient id="a"><stop offset="10%" stop-color="red"/>
      <stop offset="1" stop-color="#00f" stop-opacity=".5"/></linearGradient>
      <linearGradient id="b" href="#a" x1="0" y1="0" x2="0" y2="1"/></defs>
      <rect x="20" y="30" width="40" height="50" fill="url(#b)"/>"""
    gradient = painted(text)
    assert isinstance(gradient, Gradient)
    assert list(gradient.points) == [0, 0, 0, 1]
    assert list(gradient.matrix) == [40, 0, 0, 50, 20, 30]
    assert [(stop.offset, stop.color, stop.opacity) for stop in gradient.stops] == [
        (0.1, "#ff0000", 1.0),
        (1.0, "#0000ff", 0.5),
    ]


def test_a_repeated_gradient_covers_the_shape() -> None:
    text = """<radialGradient id="a" r=".25" spreadMethod="reflect"><stop/><stop offset="1" stop-color="red"/>
      </radialGradient><rect width="100" height="100" fill="url(#a)"/>"""
    gradient = painted(text)
    assert isinstance(gradient, Gradient)
    assert gradient.points[5] >= 0.7071
    assert [stop.color for stop in gradient.stops[:8]] == ["#000000"] * 2 + ["#ff0000"] * 4 + ["#000000"] * 2


def test_a_pattern_is_repeated_where_it_is_seen() -> None:
    text = f"""<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse">{RECT}/></pattern>
      <rect x="20" y="20" width="25" height="10" fill="url(#p)"/>"""
    tile = painted(text)
    assert isinstance(tile, Tile)
    assert (tile.box, tile.reach) == ((0, 0, 10, 10), (1, 1, 5, 4))


def test_opacity_of_a_group_is_that_of_the_whole() -> None:
    (group,) = draw(f'<g opacity="50%">{RECT}/><circle r="5"/></g>')
    assert isinstance(group, Group)
    assert (group.opacity, len(group.shapes)) == (0.5, 2)
    assert shape(f'{RECT} opacity="0.5" fill-opacity=".5"/>').fill_opacity == 0.25


def test_a_clip_path_of_one_outline_or_several() -> None:
    text = '<clipPath id="c"><rect width="3" height="3"/>{}</clipPath><rect width="9" height="9" clip-path="url(#c)"/>'
    (one,) = draw(text.format(""))
    (apart,) = draw(text.format('<rect x="5" width="3" height="3"/>'))
    (over,) = draw(text.format('<circle r="3"/>'))
    assert isinstance(one, Group) and isinstance(apart, Group) and isinstance(over, Group)
    assert one.clip and len(one.clip.segments) == 5
    assert apart.clip and len(apart.clip.segments) == 10
    assert over.clip is None
    assert over.mask and len(over.mask) == 2


def test_a_mask_is_grey_by_its_luminance() -> None:
    text = f'<mask id="m"><rect width="5" height="5" fill="#00ff00"/></mask>{RECT} mask="url(#m)"/>'
    (group,) = draw(text)
    assert isinstance(group, Group) and group.mask
    assert [one.fill for one in walk_shapes(group.mask)] == ["#b6b6b6"]


def test_a_symbol_is_drawn_in_its_viewport() -> None:
    text = """<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol>
      <use href="#s" x="10" y="20" width="40" height="20" fill="red"/>"""
    one = shape(text)
    assert (one.fill, points(one)) == ("#ff0000", [(20, 20), (40, 20), (40, 40), (20, 40)])


def test_markers_are_drawn_at_the_ends_in_the_line_s_direction() -> None:
    text = """<marker id="m" markerWidth="4" markerHeight="4" refY="2" orient="auto" markerUnits="userSpaceOnUse"
      overflow="visible"><path d="M0 0L4 2L0 4Z"/></marker>
      <path d="M10 50L10 80" stroke="black" marker-end="url(#m)"/>"""
    line, arrow = walk_shapes(draw(text))
    assert points(line) == [(10, 50), (10, 80)]
    assert points(arrow) == [(12, 80), (10, 84), (8, 80)]


def test_dashes_start_at_three_with_their_offset() -> None:
    one = shape('<circle cx="50" cy="50" r="40" stroke="red" stroke-dasharray="5 1mm 2" stroke-dashoffset="-1"/>')
    assert list(one.segments[0][1]) == [90, 50]
    assert one.dashes == pytest.approx((5, 3.7795, 2, 5, 3.7795, 2), abs=1e-3)
    assert one.dash_offset == pytest.approx(20.559, abs=1e-3)
    scaled = shape('<path d="M0 0H50" pathLength="100" stroke="red" stroke-dasharray="10"/>')
    assert scaled.dashes == (5, 5)


def test_strokes_under_unequal_scales_keep_their_matrix() -> None:
    one = shape('<path d="M0 0H5" stroke="red" stroke-width="2" transform="scale(10 1)"/>')
    assert (one.matrix, one.thickness, points(one)) == ((10, 0, 0, 1, 0, 0), 2, [(0, 0), (5, 0)])
    assert one.miter_limit == 4


def test_text_is_set_in_the_font_and_anchored() -> None:
    text = '<text x="50" y="60" font-size="20" text-anchor="middle" font-family="FiraGO">HH</text>'
    one = shape(text)
    xs = [values[index] for _, values in one.segments for index in range(0, len(values), 2)]
    ys = [values[index] for _, values in one.segments for index in range(1, len(values), 2)]
    assert (min(xs) + max(xs)) / 2 == pytest.approx(50, abs=0.1)
    assert (max(ys), min(ys)) == pytest.approx((60, 46.2), abs=0.3)


def test_a_font_that_is_not_available_is_noted() -> None:
    reading = read('\n<text font-family="Futura, sans-serif">A</text><text font-family="sans-serif">A</text>')
    assert [(one.family, one.line) for one in reading.fonts] == [("Futura", 2)]
    assert reading.drawing


def test_a_family_that_is_named_by_its_face_is_bold() -> None:
    one, two, three = (
        shape(f'<text font-family="{family}" font-weight="{weight}">A</text>').segments
        for family, weight in (("MyriadPro-Bold", "normal"), ("MyriadPro", "bold"), ("MyriadPro-Regular", "normal"))
    )
    assert one == two
    assert one != three


UNKNOWN_ELSEWHERE = {"path_length"}
"""Features that the renderer does not know, which drawings are compared with."""


def test_each_feature_is_drawn_as_by_another_renderer() -> None:
    files = sorted((ROOT / "tests" / "cases" / "svg" / "features").glob("*.svg"))
    texts = {file.stem: file.read_text(encoding="utf-8") for file in files}
    compared = compare({name: SampleDrawing(text, text) for name, text in texts.items()})
    verdicts = {one.name: one.verdict for one in compared if one.name not in UNKNOWN_ELSEWHERE}
    assert len(verdicts) > 25
    assert {name for name, verdict in verdicts.items() if verdict != "same"} == set()


EXPORTS = sorted((ROOT / "tests" / "cases" / "svg" / "exports").glob("*.svg"))


@pytest.mark.parametrize("file", EXPORTS, ids=lambda file: file.stem)
def test_what_programs_export_is_drawn(file: Path) -> None:
    assert read_svg(file.read_bytes(), find_bundled_font).refusals == ()


def test_colours_out_of_range_are_clamped() -> None:
    assert shape('<rect width="3" height="3" fill="hsl(120, 200%, 25%)"/>').fill == "#008000"


def test_a_long_transformation_takes_linear_time() -> None:
    text = "translate(1)" * 12_000 + " " * 50_000 + "("
    assert refused(f'{RECT} transform="{text}"/>')[0].startswith("transform 'translate(1)")
    assert points(shape(f'{RECT} transform="{"rotate(90)" * 4000}"/>'))[0] == (0, 0)


def test_elements_that_multiply_are_refused() -> None:
    layers = "".join(f'<g id="a{number}">' + 10 * f'<use href="#a{number - 1}"/>' + "</g>" for number in range(1, 9))
    text = f'<defs><rect id="a0" width="1" height="1"/>{layers}</defs><use href="#a8"/>'
    assert any(one.startswith("more than") for one in refused(text))


MARKS = """<g> </g> <path d="M0 0 <rect width="3" height="x"/> <circle r="2"/> fill="red" "/> M1 1 L 2 C A5 5 0 1 9 z
NaN 1e400 transform="rotate(3)" style="fill:none" -- <!-- --> <![CDATA[ ]]> &amp; &x; viewBox <text> </text> a
<use href="#a"/> id="a" <linearGradient <stop/> url(#a) stroke="url(#a)" marker="url(#a)" <svg> </svg> <mask </mask>
<clipPath clip-path="url(#a)" mask="url(#a)" <pattern width="1e-9" height="1"> </pattern> 1e308 -1e308 % font-size="1e9"
<style> </style> {fill:red} * > .a # : ; stroke-dasharray="0 1e-9" rx="1e300" opacity="-1e300"
"""
PIECES = st.sampled_from(MARKS.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_text_is_drawn_or_refused(text: str) -> None:
    try:
        reading = read_svg(svg(text), find_bundled_font)
    except SvgError:
        return
    assert reading.refusals or reading.drawing
    if isinstance(reading.drawing, Drawing):
        assert paint_drawing(reading.drawing, 0, 0, 100, 100)


def test_every_icon_can_be_drawn() -> None:
    names = sorted(icon_names())
    assert len(names) > 1000
    for name in names:
        assert {one.stroke for one in walk_shapes(load_icon(name).shapes)} <= {"current", None}
