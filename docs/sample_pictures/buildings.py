"""Buildings: works, windows, chimneys and their steam."""

from __future__ import annotations

from collections.abc import Sequence
from math import sin

from docs.sample_pictures.sheet import Point, Sheet, fixed, mix


def shed_roofs(sheet: Sheet, x: float, foot: float, bay: float, count: int, high: float, wall: str, glass: str) -> None:
    """Draw a works with saw-tooth roofs, its steep sides glazed."""
    for number in range(count):
        left = x + bay * number
        sheet.shape([(left, foot), (left, foot - high * 1.5), (left + bay, foot - high), (left + bay, foot)], wall)
        sheet.shape(
            [
                (left + 5, foot - high * 1.02),
                (left + 5, foot - high * 1.42),
                (left + bay * 0.2, foot - high * 1.34),
                (left + bay * 0.2, foot - high * 1.02),
            ],
            glass,
        )


def windows(sheet: Sheet, x: float, y: float, count: int, pitch: float, size: Point, color: str) -> None:
    """Draw a row of tall windows with round heads."""
    wide, high = size
    for number in range(count):
        left = x + pitch * number
        sheet.curve(
            f"M{fixed(left)} {fixed(y + high)}V{fixed(y + wide / 2)}a{fixed(wide / 2)} {fixed(wide / 2)} 0 0 1 "
            f"{fixed(wide)} 0V{fixed(y + high)}Z",
            color,
        )


def chimney(sheet: Sheet, x: float, foot: float, height: float, width: float, color: str, band: str) -> None:
    """Draw a chimney that grows narrower towards its head."""
    sheet.shape(
        [
            (x - width / 2, foot),
            (x - width * 0.34, foot - height),
            (x + width * 0.34, foot - height),
            (x + width / 2, foot),
        ],
        color,
    )
    sheet.box(x - width * 0.42, foot - height - 2, width * 0.84, 9, band)
    sheet.box(x - width * 0.38, foot - height * 0.82, width * 0.76, 7, band)


def plume(sheet: Sheet, x: float, y: float, size: float, colors: Sequence[str], drift: float = 1.0) -> None:
    """Draw steam that rises and drifts, as overlapping discs of growing size."""
    for number in range(11, -1, -1):
        share = number / 11
        radius = size * (0.16 + 0.52 * share)
        dx = drift * size * 3.4 * share**1.5 + size * 0.16 * sin(2.2 * number)
        sheet.oval(x + dx, y - size * 2.5 * share**0.85, radius * 1.25, radius, mix(colors[0], colors[1], share))
