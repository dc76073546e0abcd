"""Reflections: positions counted from the left, from the right, and of passages inside each other."""

from __future__ import annotations

from gri_builder.pdf.content_stream import Operators
from gri_builder.pdf.reflection import Reflection, keep_upright

PAGE = Reflection().about(0, 600)


def test_what_starts_at_the_left_edge_ends_at_the_right_one() -> None:
    assert Reflection().left(48, 100) == 48
    assert PAGE.left(48, 100) == 600 - 48 - 100
    assert PAGE.left(48) == 552


def test_a_reflection_in_a_reflection_moves() -> None:
    """A passage read from left to right on a page read from right to left is where it would be, not reversed."""
    inner = PAGE.about(100, 200)
    assert not inner.is_reversed
    assert inner.left(100, 200) == PAGE.left(100, 200) == 300
    assert inner.left(110, 20) == 310


def test_the_matrix_says_the_same() -> None:
    assert Reflection().matrix == ()
    assert PAGE.matrix == ("-1 0 0 1 600.00 0 cm",)
    assert PAGE.about(100, 200).matrix == ("1 0 0 1 200.00 0 cm",)


def test_the_inverse_undoes_it() -> None:
    for one in (Reflection(), PAGE, PAGE.about(100, 200)):
        assert one.inverse.left(one.left(37)) == 37


def test_drawings_stay_upright() -> None:
    shapes = [Operators("0 0 5 5 re f")]
    assert keep_upright(shapes, Reflection(), 10, 20) == shapes
    assert keep_upright(shapes, PAGE, 10, 20) == ["q -1 0 0 1 40.00 0 cm 0 0 5 5 re f Q"]
