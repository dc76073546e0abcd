"""Land, water, sky and trees; far things are paler than near ones."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from docs.sample_pictures.sheet import SIDE, Point, Sheet, fixed, mix


def ridge(level: float, rise: float, seed: float, rough: float = 1.0, step: float = 15.0) -> list[Point]:
    """Return the skyline of hills from left to right: `rise` is their height, `rough` how much detail they have."""
    out = []
    for number in range(int(SIDE / step) + 1):
        x = number * step
        turn = 2 * pi * x / SIDE
        height = 0.5 + 0.3 * sin(0.9 * turn + seed) + 0.2 * sin(2.1 * turn + 1.7 * seed)
        height += rough * (0.09 * abs(sin(4.3 * turn + 2.3 * seed)) + 0.04 * sin(9.7 * turn + seed * 3.1))
        height += rough * 0.018 * sin(23 * turn + seed)
        out.append((x, level - rise * height))
    return out


def land(sheet: Sheet, skyline: Sequence[Point], foot: float, *colors: str) -> None:
    """Fill the land below a skyline, down to its foot."""
    sheet.shape([*skyline, (SIDE, foot), (0, foot)], *colors)


def hills(sheet: Sheet, foot: float, far: str, near: str, mist: str, heights: Sequence[float], seed: float) -> None:
    """Draw layers of hills, each nearer one darker and with less mist at its foot."""
    count = len(heights)
    sheet.box(0, foot - 4, SIDE, 90, mix(near, mist, 0.6))
    for number, rise in enumerate(heights):
        share = number / max(1, count - 1)
        color = mix(far, near, share)
        level = foot - (count - 1 - number) * 10
        land(
            sheet,
            ridge(level, rise, seed + 1.9 * number, 0.6 + share),
            foot,
            color,
            mix(color, mist, 0.55 - 0.3 * share),
        )


def sun(sheet: Sheet, x: float, y: float, radius: float, color: str, sky: str) -> None:
    """Draw a sun with two faint rings around it."""
    for factor, share in ((2.6, 0.16), (1.7, 0.34), (1.0, 1.0)):
        sheet.oval(x, y, radius * factor, radius * factor, mix(sky, color, share))


def glitter(sheet: Sheet, x: float, top: float, bottom: float, color: str, count: int = 26, spread: float = 60) -> None:
    """Draw the path of light on water: lens-shaped streaks that grow wider towards the viewer."""
    for number in range(count):
        share = number / count
        y = top + (bottom - top) * share**1.25
        half = (14 + spread * share) * (0.55 + 0.45 * sin(2.4 * number + 0.7) ** 2)
        middle = x + (10 + 26 * share) * sin(1.9 * number)
        thick = 1.1 + 3.2 * share
        sheet.curve(
            f"M{fixed(middle - half)} {fixed(y)}q{fixed(half)} {fixed(-thick)} {fixed(2 * half)} 0"
            f"q{fixed(-half)} {fixed(thick)} {fixed(-2 * half)} 0Z",
            color,
        )


def ripples(sheet: Sheet, top: float, bottom: float, color: str, count: int = 30, seed: float = 0.0) -> None:
    """Draw quiet streaks over the whole width of water."""
    for number in range(count):
        share = (number + 0.5) / count
        y = top + (bottom - top) * share**1.4
        x = SIDE * ((number * 0.618 + seed) % 1)
        half = 30 + 120 * share
        thick = 0.8 + 2.6 * share
        sheet.curve(
            f"M{fixed(x - half)} {fixed(y)}q{fixed(half)} {fixed(-thick)} {fixed(2 * half)} 0"
            f"q{fixed(-half)} {fixed(thick)} {fixed(-2 * half)} 0Z",
            color,
        )


def mirror(skyline: Sequence[Point], water: float, squeeze: float = 0.8) -> list[Point]:
    """Return the reflection of a skyline in water, a little shorter than what it reflects."""
    return [(x, water + (water - y) * squeeze) for x, y in skyline]


def conifers(
    sheet: Sheet, skyline: Sequence[Point], color: str, height: float, every: int = 1, seed: float = 0
) -> None:
    """Draw a row of conifers along a skyline."""
    for number, (x, y) in enumerate(skyline[::every]):
        tall = height * (0.6 + 0.4 * sin(2.7 * number + seed) ** 2)
        half = tall * 0.17
        at = x + 4 * sin(5.1 * number + seed)
        sheet.shape([(at - half, y + 4), (at, y - tall), (at + half, y + 4)], color)


def crowns(sheet: Sheet, spots: Sequence[tuple[float, float, float]], dark: str, light: str) -> None:
    """Draw round trees: x, y of the foot and size of each."""
    for x, y, size in spots:
        sheet.oval(x + size * 0.5, y + size * 0.06, size * 0.95, size * 0.13, dark)
        sheet.oval(x, y - size * 0.5, size * 0.52, size * 0.52, dark)
        sheet.oval(x - size * 0.1, y - size * 0.58, size * 0.38, size * 0.36, light)


def palm(sheet: Sheet, x: float, foot: float, height: float, color: str, lean: float = 0.0) -> None:
    """Draw a palm as a silhouette."""
    top, width = (x + lean, foot - height), height * 0.022
    middle = x + lean * 0.25
    sheet.curve(
        f"M{fixed(x - width)} {fixed(foot)}Q{fixed(middle)} {fixed(foot - height * 0.5)} {fixed(top[0])} "
        f"{fixed(top[1])}Q{fixed(middle + width * 2)} {fixed(foot - height * 0.5)} {fixed(x + width)} "
        f"{fixed(foot)}Z",
        color,
    )
    for number in range(9):
        angle = pi * (0.04 + 0.115 * number)
        reach = height * 0.36 * (0.82 + 0.18 * sin(3.3 * number))
        tip = (top[0] + reach * cos(angle), top[1] - reach * sin(angle) * 0.5 + reach * 0.3)
        bend = (top[0] + reach * 0.55 * cos(angle), top[1] - reach * 0.5 * sin(angle) - height * 0.06)
        sheet.curve(
            f"M{fixed(top[0])} {fixed(top[1])}Q{fixed(bend[0])} {fixed(bend[1])} {fixed(tip[0])} "
            f"{fixed(tip[1])}Q{fixed(bend[0])} {fixed(bend[1] + height * 0.045)} {fixed(top[0])} "
            f"{fixed(top[1])}Z",
            color,
        )
