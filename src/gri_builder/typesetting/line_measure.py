"""The measure: how wide a column of running text is, so that its lines have a readable number of characters."""

from __future__ import annotations

from functools import cache

from gri_builder.fonts.faces import Family, load_face

CHARACTERS = 72
"""Characters, spaces among them, that fill a line: readable are 45 to 75, of which a wide page takes the upper part."""
SAMPLE = (
    "The group used less energy than in the year before, and most of it came from its own roofs. Where figures are "
    "estimated, a note says so; the methods, their limits and the years that they cover are described below each "
    "table. In March the board decided on new targets for water, waste and safety, and every site reports its own."
)
"""Running text as reports have it, by which typefaces are compared."""


@cache
def average_width(family: Family) -> float:
    """Return the average width of a character of running text in the regular face, in parts of its size."""
    return load_face(family=family).width(SAMPLE) / len(SAMPLE)


def text_measure(family: Family, size: float, least: float, most: float) -> float:
    """Return the width in points of a full line at that size, within these limits."""
    return min(most, max(least, CHARACTERS * average_width(family) * size))
