"""Coordinates in other notations: what the finding tells to write."""

from __future__ import annotations

import pytest

from gri_builder.validation.figures.sites import read_degrees


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("59,12", 59.12),
        ("59°7'N", 59.1166667),
        ("59° 7′ 12″ N", 59.12),
        ("S 33.9", -33.9),
        ("33.9°S", -33.9),
        ("8°38'W", -8.6333333),
        ("-8,63", -8.63),
        ("−8.63", -8.63),
        ("11° 23' 24\" E", 11.39),
    ],
)
def test_degrees_are_read(text: str, degrees: float) -> None:
    assert read_degrees(text) == pytest.approx(degrees)


@pytest.mark.parametrize("text", ["", "north", "59°75'N", "11°O", "N 59 N", "59.12, 11.39", "1e9"])
def test_other_texts_are_not(text: str) -> None:
    assert read_degrees(text) is None
