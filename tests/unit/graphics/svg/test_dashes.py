"""Dashes of closed paths."""

from __future__ import annotations

import pytest

from gri_builder.graphics.svg.dashes import join_dashes
from gri_builder.graphics.svg.paths import parse_path, path_length
from gri_builder.model.graphics import Shape


def shape(path: str, *dashes: float, offset: float = 0.0) -> Shape:
    return Shape(parse_path(path), stroke="#000000", dashes=dashes, dash_offset=offset)


def test_a_path_starts_in_a_gap_so_that_its_first_and_last_dash_are_one() -> None:
    joined = join_dashes(shape("M0 0H10V10H0Z", 3, 4.4))
    assert [values for _, values in joined.segments] == [(3, 0), (10, 0), (10, 10), (0, 10), (0, 0), (3, 0)]
    assert joined.dashes == pytest.approx((0, 4.4, 3, 4.4, 3, 4.4, 3, 4.4, 3, 4.4, 6, 40))
    assert sum(joined.dashes[:-1]) == pytest.approx(40)


def test_a_curve_is_divided_at_the_right_length() -> None:
    joined = join_dashes(shape("M10 0A10 10 0 0 1 -10 0A10 10 0 0 1 10 0Z", 20, 5))
    assert path_length(joined.segments) == pytest.approx(62.83, abs=0.05)
    assert joined.segments[0][1] == pytest.approx((-4.16, 9.09), abs=0.02)


@pytest.mark.parametrize(
    "one",
    [
        shape("M0 0H10V10H0", 3, 4),
        shape("M0 0H10V10H0Z", 5, 5),
        shape("M0 0H10V10H0Z", 3, 4, offset=4),
        shape("M0 0H10V10H0Z", 100, 1),
        shape("M0 0H10V10H0ZM5 5H6V6Z", 3, 4),
        shape("M0 0H10V10H0Z"),
        shape("M0 0H10V10H0Z", 0.001, 0.001),
    ],
)
def test_other_paths_stay_as_they_are(one: Shape) -> None:
    assert join_dashes(one) == one
