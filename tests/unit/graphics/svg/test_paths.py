"""Path data."""

from __future__ import annotations

import pytest

from gri_builder.graphics.svg.paths import PathError, bounding_box, parse_path, path_length


def ends(text: str) -> list[tuple[float, ...]]:
    return [tuple(round(value, 6) for value in values[-2:]) for _, values in parse_path(text)]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("M1 2L3 4", [(1, 2), (3, 4)]),
        ("m1,2 3-4.5", [(1, 2), (4, -2.5)]),
        ("M1 1h2v3H0V0z", [(1, 1), (3, 1), (3, 4), (0, 4), (0, 0), ()]),
        ("M0 0c1 1 2 2 3 3s4 4 5 5", [(0, 0), (3, 3), (8, 8)]),
        ("M0 0q1 1 2 0t2 0", [(0, 0), (2, 0), (4, 0)]),
        ("M0 0a5 5 0 015 5", [(0, 0), (5, 5)]),
        ("M0 0a0 5 0 0 1 5 5", [(0, 0), (5, 5)]),
        ("M0 0zl1 1", [(0, 0), (), (0, 0), (1, 1)]),
        ("", []),
        ("none", []),
    ],
)
def test_commands_are_drawn(text: str, points: list[tuple[float, ...]]) -> None:
    assert ends(text) == points


@pytest.mark.parametrize(
    "text", ["L1 1", "M1", "M1 1L", "M1 1 X", "M1 1z2 2", "M1 1a1 1 0 2 0 1 1", "M1e99 1", "M1 1,L2 2"]
)
def test_invalid_data_is_refused(text: str) -> None:
    with pytest.raises(PathError):
        parse_path(text)


def test_an_arc_is_that_of_its_circle() -> None:
    half = parse_path("M-10 0A10 10 0 0 1 10 0")
    assert bounding_box(half) == pytest.approx((-10, -10, 10, 0), abs=1e-2)
    assert path_length(half) == pytest.approx(31.416, abs=0.02)


def test_a_long_path_takes_linear_time() -> None:
    assert len(parse_path("M0 0" + "l1 1" * 200_000)) == 200_001
    with pytest.raises(PathError):
        parse_path("M0 0" + " " * 300_000 + "x")


@pytest.mark.parametrize("text", ["M12 3 L45", "M0 0 C1 2 3 4 56", "M123"])
def test_no_number_is_divided_to_make_two(text: str) -> None:
    with pytest.raises(PathError, match="needs a number"):
        parse_path(text)
