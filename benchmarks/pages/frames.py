"""How full pages are: the frame that text is set in, and the lowest ink within it.

The frame of a page size is found in the file itself: from the highest tagged text on pages of running text down to
the lowest one. What is drawn is seen by rendering; a row of pixels that is of one colour from edge to edge is blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from benchmarks.pages.runs import PageRuns

SCALE = 0.75
"""Pixels per point."""
NEAR = 10
"""Levels of grey that count as the same."""
DESCENT, ASCENT = 0.25, 0.75
"""Of a font, in parts of its size."""
MARGIN = 0.14
"""Share of a page's height that a margin has at most: what text leaves free beyond it is blank."""
PLAIN_MARGIN = 68.0
"""Points of a margin that no text reaches."""
EDGE = 4.0
"""Points at the page's sides that are not looked at: what bleeds there is no content."""
PAPER = 245


class Frame(NamedTuple):
    """Top and foot of the text of a page, in points from its foot."""

    top: float
    foot: float


@dataclass(frozen=True)
class Filling:
    """Of a page's text frame; all shares are of its height."""

    blank: float
    """Share below the lowest ink."""
    hole: float
    """Share of the largest blank within what is printed."""
    colored: bool
    """Whether the page has a ground down to the foot of its text frame."""

    @property
    def filled(self) -> float:
        return 1 - self.blank


def find_frames(pages: list[PageRuns]) -> list[Frame]:
    """Return the frame of each page: the extent of the text on all pages of the same size."""
    words = [[word for word in page.words if word.mcid is not None] for page in pages]
    sizes = [(round(page.width), round(page.height)) for page in pages]
    found = {}
    for size in sorted(set(sizes)):
        alike = [each for each, of in zip(words, sizes, strict=True) if of == size and each]
        feet = [min(word.baseline - DESCENT * word.size for word in each) for each in alike]
        heads = [size[1] - max(word.baseline + ASCENT * word.size for word in each) for each in alike]
        found[size] = Frame(size[1] - _margin(heads, size[1]), _margin(feet, size[1]))
    return [found[size] for size in sizes]


def _margin(places: list[float], height: int) -> float:
    """Return the smallest margin that three pages share, or one has, if it is one at all."""
    ordered = sorted(place for place in places if place < MARGIN * height)
    for one, other in zip(ordered, ordered[2:], strict=False):
        if other - one < 12:
            return one
    return ordered[0] if ordered else PLAIN_MARGIN


def measure_fillings(path: Path, frames: list[Frame]) -> list[Filling]:
    """Return how full each page of a file is."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [_measure(pdf[number], frame) for number, frame in enumerate(frames)]
    finally:
        pdf.close()


def _measure(page: pypdfium2.PdfPage, frame: Frame) -> Filling:
    image = page.render(scale=SCALE, grayscale=True).to_pil()
    edge = round(EDGE * SCALE)
    top, foot = (round((page.get_height() - y) * SCALE) for y in frame)
    area = image.crop((edge, max(0, top), image.width - edge, min(image.height, foot)))
    width, data = area.width, area.tobytes()
    inked = [_is_inked(data[row * width : (row + 1) * width]) for row in range(area.height)]
    grounds = [data[(row + 1) * width - 1] < PAPER or data[row * width] < PAPER for row in range(area.height)]
    if grounds and all(grounds[-3:]):
        return Filling(0.0, _longest_gap(inked) / area.height, True)
    printed = [ink or ground for ink, ground in zip(inked, grounds, strict=True)]
    last = max((row for row, ink in enumerate(printed) if ink), default=-1)
    return Filling(1 - (last + 1) / area.height, _longest_gap(printed) / area.height, False)


def _is_inked(row: bytes) -> bool:
    return max(row) - min(row) > NEAR


def _longest_gap(rows: list[bool]) -> int:
    """Return the longest stretch of blank rows with ink before and after it."""
    longest, start = 0, None
    for place, ink in enumerate(rows):
        if ink:
            longest = max(longest, place - start - 1) if start is not None else longest
            start = place
    return longest
