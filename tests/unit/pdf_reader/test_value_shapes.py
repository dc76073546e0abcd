"""Shapes that show values are read from a page in its coordinates, whatever is around them."""

from __future__ import annotations

import pytest

from gri_builder.pdf_reader.value_shapes import Point, read_value_shapes

BAR = b"/Value MP 1 0 0 rg 10 20 m 30 20 l 30 60 l 10 60 l h f"
CORNERS = [(10, 20), (30, 20), (30, 60), (10, 60)]


def read(content: bytes) -> dict[int, list[list[Point]]]:
    return {mcid: [path.points for path in paths] for mcid, paths in read_value_shapes(content).items()}


@pytest.mark.parametrize(
    ("content", "points"),
    [
        (b"q %s Q", CORNERS),
        (b"q -1 0 0 1 600 0 cm %s Q", [(590, 20), (570, 20), (570, 60), (590, 60)]),
        (b"q 1 0 0 1 5 0 cm q 2 0 0 2 0 0 cm %s Q Q", [(25, 40), (65, 40), (65, 120), (25, 120)]),
        (b"q 1 0 0 1 5 0 cm Q %s", CORNERS),
        (b"BT (a q 3 0 0 3 0 0 cm \\) EMC) Tj ET %s", CORNERS),
        (b"/Artifact BMC 0 0 m 9 9 l S EMC %s", CORNERS),
        (b"/Span <</ActualText <FEFF0041>>> BDC EMC %s", CORNERS),
    ],
    ids=["plain", "reflected", "nested", "restored", "text", "artifact", "span"],
)
def test_points_are_those_of_the_page(content: bytes, points: list[Point]) -> None:
    assert read(b"/Figure <</MCID 3>> BDC " + content % BAR + b" EMC") == {3: [points]}


def test_all_shapes_are_read_whatever_else_names_values() -> None:
    """A name in a string, and one that no operator follows, are no shapes; what follows them is read."""
    content = b"(/Value MP) Tj /Figure <</MCID 1>> BDC %s EMC /Figure <</MCID 2>> BDC %s %s EMC (/Value MP) Tj" % (
        (BAR,) * 3
    )
    assert read(content) == {1: [CORNERS], 2: [CORNERS] * 2}
    assert read(content + b" /Value MP 1 2 m") == {1: [CORNERS], 2: [CORNERS] * 2}


def test_rectangles_curves_and_matrices_of_a_shape_are_read() -> None:
    inner = b"/Value MP q 2 0 0 2 0 0 cm 1 2 3 4 re f Q /Value MP 0 0 m 1 0 2 1 2 2 c S"
    (figure,) = read_value_shapes(b"/Figure <</MCID 0>> BDC " + inner + b" EMC").values()
    assert figure[0].points == [(2, 4), (8, 4), (8, 12), (2, 12)]
    assert [segment.is_curve for segment in figure[1].segments] == [True]


def test_only_the_first_painted_path_counts() -> None:
    over = BAR + b" 0 0 m 99 99 l S"
    assert read(b"/Figure <</MCID 0>> BDC " + over + b" EMC") == {0: [CORNERS]}


def test_a_line_with_gaps_has_several_subpaths() -> None:
    broken = b"/Value MP 0 0 m 1 1 l 5 5 m 6 6 l 7 5 l S"
    ((path,),) = read_value_shapes(b"/Figure <</MCID 0>> BDC " + broken + b" EMC").values()
    assert [part.points for part in (path, *path.others)] == [[(0, 0), (1, 1)], [(5, 5), (6, 6), (7, 5)]]


def test_what_belongs_to_no_element_is_left_out() -> None:
    assert read(BAR) == {}
    assert read(b"1 0 0 rg 0 0 9 9 re f") == {}
