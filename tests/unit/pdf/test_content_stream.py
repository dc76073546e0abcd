"""Content streams: operators and number formats."""

from __future__ import annotations

import pytest

from gri_builder.model.color import BLACK, WHITE, Color, mix, parse_color, to_hex
from gri_builder.model.graphics import Drawing, Shape
from gri_builder.pdf import content_stream as stream
from gri_builder.pdf.drawing import paint_drawing

RED = Color(0.5, 0.0, 0.125)


def test_colors_have_up_to_three_decimals() -> None:
    assert [stream.format_color(each) for each in (WHITE, BLACK, RED)] == ["1 1 1", "0 0 0", "0.5 0 0.125"]
    assert stream.format_color(parse_color("#336699")) == "0.2 0.4 0.6"
    assert to_hex(mix(parse_color("#336699"), WHITE, 0.5)) == "#99b2cc"


def test_painting() -> None:
    square, line = stream.rectangle(1, 2, 3, 4), stream.line(0, 0, 5, 5)
    assert square == "1.00 2.00 3.00 4.00 re"
    assert stream.fill(square, RED) == "0.5 0 0.125 rg 1.00 2.00 3.00 4.00 re f"
    assert stream.stroke(line) == "0.00 0.00 m 5.00 5.00 l S"
    assert stream.stroke(line, color=BLACK, width=0.8).startswith("0 0 0 RG .8 w 0.00 ")
    assert stream.set_stroke(RED, 1.5, round_joins=True, round_caps=True) == "0.5 0 0.125 RG 1.5 w 1 j 1 J"
    assert stream.set_stroke(width=0) == "0 w"
    assert stream.fill_and_stroke(square, WHITE, BLACK, 1) == "1 1 1 rg 0 0 0 RG 1 w 1.00 2.00 3.00 4.00 re B"
    assert stream.combine(stream.SAVE, stream.clip(square), stream.RESTORE) == "q 1.00 2.00 3.00 4.00 re W n Q"


def test_paths() -> None:
    assert stream.polyline([(0, 0), (1, 2)], closed=True) == "0.00 0.00 m 1.00 2.00 l h"
    assert (
        stream.outline((0, 0), ((1, 1), (1, 2, 3, 4, 5, 6)))
        == "0.00 0.00 m 1.00 1.00 l 1.00 2.00 3.00 4.00 5.00 6.00 c h"
    )
    assert stream.circle(0, 0, 1).count(" c") == 4
    assert stream.rounded_rectangle(0, 0, 4, 4, 0) == stream.rectangle(0, 0, 4, 4)
    assert stream.rounded_rectangle(0, 0, 4, 2, 9).count(" c") == 4


def test_text_state_is_set_once() -> None:
    text = stream.TextObject()
    for part in ("a", "b"):
        text.set_color(RED)
        text.set_font("/F1", 9.5)
        text.set_rise(2)
        text.show(part)
    assert text.finish() == "BT 0.5 0 0.125 rg /F1 9.5 Tf 2.00 Ts (a) Tj (b) Tj 0 Ts ET"


def test_adjustments_stand_between_strings() -> None:
    text = stream.TextSpan()
    text.show_adjusted(["A", 62.4, "V"])
    assert text.join() == "[(A)62(V)] TJ"


@pytest.mark.parametrize(
    ("shape", "painted"),
    [
        (Shape((("move", (0, 0)), ("line", (1, 1)), ("close", ())), fill="current"), "f"),
        (Shape((("move", (0, 0)), ("curve", (1, 1, 2, 2, 3, 3))), stroke="#000000", cap="round", join="bevel"), "S"),
        (Shape((("move", (0, 0)),), fill="#ffffff", stroke="#000000", even_odd=True), "B*"),
    ],
)
def test_shapes_are_painted_with_pdf_operators(shape: Shape, painted: str) -> None:
    operators = paint_drawing(Drawing(10, 10, (shape,)), 0, 0, 20, 20, RED)
    assert operators[0] == "q"
    assert operators[-3:] == [painted, "Q", "Q"]
    if shape.stroke and shape.cap == "round":
        assert "0 0 0 RG 1 w 1 J 2 j [] 0 d" in operators
        assert "0 0 m 1 1 2 2 3 3 c" in operators
