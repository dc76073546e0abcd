"""Alignment of numbers: decimal signs are aligned in a column that holds only numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from gri_builder.layout.line_breaking import Line

NUMBER = re.compile(r"\s*[-−–+]?[\d.,’'\u066b\u066c\s]*\d\s?[%\u066a]?\s*")
ARABIC_SIGN = "\u066b"
"""Decimal sign of numbers in Arabic digits."""
DASHES = frozenset({"–", "—", "-", ""})
"""Signs for a missing value."""


class Numeric(Protocol):
    """A cell of a column."""

    lines: list[Line]
    shift: float
    """Distance of its text from the right edge."""


def align_decimals(cells: Sequence[Numeric], room: float, sign: str) -> None:
    """Set the cells' shifts so that decimal signs align, if all are numbers and have room to move."""
    texts = [_text_of(cell.lines) for cell in cells]
    if not all(
        len(cell.lines) <= 1 and (NUMBER.fullmatch(t) or t.strip() in DASHES)
        for cell, t in zip(cells, texts, strict=True)
    ):
        return
    tails = [_tail(cell.lines, text, sign) for cell, text in zip(cells, texts, strict=True)]
    most = max(tails, default=0.0)
    shifts = [most - tail for tail in tails]
    if all(_width(cell.lines) + shift <= room for cell, shift in zip(cells, shifts, strict=True)):
        for cell, shift in zip(cells, shifts, strict=True):
            cell.shift = shift


def _text_of(lines: Iterable[Line]) -> str:
    return "".join(piece.text for line in lines for piece in line.pieces)


def _width(lines: Iterable[Line]) -> float:
    return max((line.width for line in lines), default=0.0)


def _tail(lines: Sequence[Line], text: str, sign: str) -> float:
    """Return the width from the decimal sign on, or after the last digit of a number without one."""
    if not lines or not any(character.isdigit() for character in text):
        return 0.0
    whole = max(place for place, character in enumerate(text, 1) if character.isdigit())
    start = text.rfind(ARABIC_SIGN if ARABIC_SIGN in text else sign)
    start = start if start >= 0 else whole
    width = 0.0
    for piece in lines[0].pieces:
        if start < len(piece.text):
            width += piece.look.face.width(piece.text[max(0, start) :].rstrip()) * piece.look.size
        start -= len(piece.text)
    return width
