"""Codes in the margin column: those of disclosures at its outer edge, letters of requirements at the text's gutter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from gri_builder.layout.margins.side import MarginSide
from gri_builder.pdf.structure_tree import StructureElement

LETTERS = 2
"""Characters that the letter of a requirement has at most."""
GAP = 6.0
"""Space between two codes on a line, in points."""


class Code(NamedTuple):
    """A code at its place on a line of the margin column."""

    text: str
    element: StructureElement
    x: float
    """Distance from the left edge of the column, in the writing direction."""
    width: float


def place_codes(
    marks: Sequence[tuple[str, StructureElement]], measure: Callable[[str], float], side: MarginSide
) -> list[list[Code]]:
    """Return the codes in lines of the margin column, several on a line where they fit.

    `measure` returns the width of a text in points.
    """
    lines: list[list[Code]] = [[]]
    used = 0.0
    for text, element in marks:
        width = measure(text)
        if lines[-1] and used + width > side.width:
            lines, used = [*lines, []], 0.0
        lines[-1].append(Code(text, element, 0.0, width))
        used += width + GAP
    return [_align(line, side) for line in lines]


def is_letter(text: str) -> bool:
    """Return whether a code is the letter of a requirement alone, which belongs next to its text."""
    return len(text) <= LETTERS and text.isalpha() and text.islower()


def _align(line: list[Code], side: MarginSide) -> list[Code]:
    """Return the codes of a line at their places: disclosures at the page's edge, letters at the gutter."""
    codes = _set([code for code in line if not is_letter(code.text)], side.width, side.is_after)
    letters = _set([code for code in line if is_letter(code.text)], side.width, not side.is_after)
    return [*codes, *letters]


def _set(codes: list[Code], width: float, at_end: bool) -> list[Code]:
    """Return codes side by side at the start or at the end of a column of that width."""
    taken = sum(code.width + GAP for code in codes) - GAP
    x = width - taken if at_end else 0.0
    placed = []
    for code in codes:
        placed.append(code._replace(x=x))
        x += code.width + GAP
    return placed
