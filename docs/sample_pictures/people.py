"""Portraits in flat planes, and signatures with a broad pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from docs.sample_pictures.sheet import Point, Sheet, mix

FACE = (
    "M219 262C216 330 226 378 262 412Q300 444 338 412C374 378 384 330 381 262"
    "C379 200 340 176 300 176C260 176 221 200 219 262Z"
)
SHADE = (
    "M300 176C340 176 379 200 381 262C384 330 374 378 338 412Q320 428 302 431C330 402 330 384 318 366"
    "Q332 352 321 338Q311 318 310 290Q316 276 334 270Q322 240 322 206Q314 186 300 176Z"
)


class Person:
    """The colours of a portrait, and the paths of hair behind and before the face."""

    def __init__(
        self, ground: str, skin: str, hair: str, jacket: str, shirt: str, behind: str, before: str, jewel: str | None
    ) -> None:
        self.ground, self.skin, self.hair, self.jacket, self.shirt = ground, skin, hair, jacket, shirt
        self.behind, self.before, self.jewel = behind, before, jewel


def portrait(sheet: Sheet, person: Person) -> None:
    """Draw a person from the front, in flat planes with light from the left."""
    dark = mix(person.skin, "#2a1412", 0.3)
    deep = mix(person.skin, "#1c0d0d", 0.62)
    sheet.box(0, 0, 600, 720, person.ground)
    sheet.curve("M0 0H330Q250 300 330 720H0Z", mix(person.ground, "#ffffff", 0.12))
    sheet.curve(person.behind, person.hair)
    sheet.curve("M252 384V470Q300 520 348 470V384Z", mix(person.skin, dark, 0.55))
    sheet.curve("M252 398Q300 452 348 392V440Q300 470 252 424Z", dark)
    sheet.curve("M244 462Q300 536 356 462L420 500L330 720H270L180 500Z", person.shirt)
    sheet.curve("M252 452Q300 516 348 452L300 560Z", mix(person.skin, dark, 0.35))
    sheet.curve("M240 464C150 492 84 510 62 590L40 720H300L268 620Z", person.jacket)
    sheet.curve("M360 464C450 492 516 510 538 590L560 720H300L332 620Z", mix(person.jacket, "#0c0f16", 0.3))
    sheet.curve("M240 464L206 512L236 552L220 566L300 720L262 590Z", mix(person.jacket, "#ffffff", 0.13))
    sheet.curve("M360 464L394 512L364 552L380 566L300 720L338 590Z", mix(person.jacket, "#0c0f16", 0.12))
    sheet.oval(216, 306, 12, 26, person.skin)
    sheet.oval(384, 306, 12, 26, dark)
    sheet.curve(FACE, person.skin)
    sheet.curve(SHADE, dark)
    _features(sheet, deep, mix(person.skin, "#8c2f2f", 0.45))
    sheet.curve(person.before, person.hair)
    if person.jewel:
        sheet.oval(212, 342, 6, 6, person.jewel)
        sheet.oval(388, 342, 6, 6, mix(person.jewel, "#2a1412", 0.25))


def _features(sheet: Sheet, dark: str, lips: str) -> None:
    """Draw brows, eyes and mouth, with few lines."""
    sheet.curve("M240 272Q258 259 284 268Q260 266 240 276Z", dark)
    sheet.curve("M360 272Q342 259 316 268Q340 266 360 276Z", dark)
    for x in (262.0, 338.0):
        sheet.curve(f"M{x - 18:g} 296Q{x:g} 280 {x + 18:g} 296Q{x:g} 288 {x - 18:g} 296Z", dark)
        sheet.oval(x, 294, 5.4, 5.8, dark)
    sheet.curve("M268 386Q284 376 300 381Q316 376 332 386Q300 390 268 386Z", lips)
    sheet.curve("M272 388Q300 392 328 388Q300 408 272 388Z", mix(lips, "#ffffff", 0.12))
    sheet.line([(270, 386.5), (300, 388.5), (330, 386.5)], dark, 1.6)
    sheet.line([(291, 352), (300, 356), (310, 352)], dark, 2.2)


SOLBAKKEN = Person(
    ground="#9db4bd",
    skin="#e8c3a4",
    hair="#c9bfae",
    jacket="#1f3b4d",
    shirt="#f4f1ea",
    behind="M184 330C166 210 214 128 304 128C396 128 434 214 416 332C418 388 408 420 392 438L378 300L222 300L208 438"
    "C192 418 182 388 184 330Z",
    before="M213 290C204 220 232 158 300 156C290 190 262 226 232 240Q218 258 213 290ZM296 156C366 154 396 214 387 292"
    "Q382 256 366 240C334 224 306 196 296 156Z",
    jewel=None,
)
ADEYEMI = Person(
    ground="#d9b98c",
    skin="#7a4a32",
    hair="#241a19",
    jacket="#6b1f2a",
    shirt="#f2e6d2",
    behind="M196 290C170 196 214 118 300 116C388 118 430 196 404 290Q398 316 386 326L214 326Q202 316 196 290Z",
    before="M214 288C206 214 240 160 300 160C360 160 394 214 386 288Q384 248 366 226C344 204 322 198 300 198"
    "C278 198 256 204 234 226Q216 248 214 288Z",
    jewel="#d9a441",
)


def smooth(points: Sequence[Point], steps: int = 9) -> Iterator[Point]:
    """Yield a curve through points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    for one, two, three, four in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            yield (
                _spline(one[0], two[0], three[0], four[0], t),
                _spline(one[1], two[1], three[1], four[1], t),
            )
    yield points[-1]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def ink(sheet: Sheet, points: Sequence[Point], color: str, width: float) -> None:
    """Draw a stroke of a broad pen: thick downwards, thin sideways, pointed at its ends."""
    curve = list(smooth(points))
    upper: list[Point] = []
    lower: list[Point] = []
    for number, (x, y) in enumerate(curve):
        (ax, ay), (bx, by) = curve[max(0, number - 1)], curve[min(len(curve) - 1, number + 1)]
        dx, dy = bx - ax, by - ay
        length = hypot(dx, dy) or 1.0
        taper = min(1.0, number / 5, (len(curve) - 1 - number) / 7)
        half = width * (0.28 + 0.72 * abs(dy * 0.8 + dx * 0.42) / length) / 2 * (0.25 + 0.75 * taper)
        upper.append((x - dy / length * half, y + dx / length * half))
        lower.append((x + dy / length * half, y - dx / length * half))
    sheet.shape([*upper, *reversed(lower)], color)


def loops(x: float, base: float, heights: Sequence[float], pitch: float) -> list[Point]:
    """Return the run of a fast hand: a slanted arch for each letter, with the heights of the letters."""
    points: list[Point] = [(x, base)]
    for number, height in enumerate(heights):
        left = x + pitch * number
        slant = 0.34 * abs(height)
        points += [
            (left + pitch * 0.42 + slant, base - height),
            (left + pitch * 0.62 + slant * 0.55, base - height * 0.42),
            (left + pitch * 0.72, base + (3 if number % 2 else 0)),
        ]
    points.append((x + pitch * (len(heights) + 0.6), base - 10))
    return points


def sign_solbakken(sheet: Sheet) -> None:
    """The signature of Ingrid Solbakken."""
    ink_color = "#16324a"
    ink(sheet, [(60, 60), (92, 40), (86, 92), (64, 142), (40, 150), (52, 128), (100, 112)], ink_color, 7)
    ink(sheet, loops(96, 130, (26, 22, 58, 24, 20), 25), ink_color, 5)
    ink(sheet, [(330, 56), (300, 40), (268, 66), (300, 96), (308, 128), (266, 146), (236, 128)], ink_color, 7)
    ink(sheet, loops(308, 130, (22, 74, 66, 22, 78, 72, 24, 22), 27), ink_color, 5)
    ink(sheet, [(540, 124), (470, 156), (330, 166), (180, 160), (260, 172), (420, 170), (590, 150)], ink_color, 4)


def sign_adeyemi(sheet: Sheet) -> None:
    """The signature of Ruth Adeyemi."""
    ink_color = "#1d2038"
    ink(sheet, [(56, 150), (74, 96), (92, 42), (132, 36), (138, 72), (92, 92), (120, 118), (156, 148)], ink_color, 7)
    ink(sheet, loops(156, 132, (22, 64, 70), 27), ink_color, 5)
    ink(sheet, [(250, 152), (286, 96), (322, 34), (328, 92), (332, 144), (350, 128)], ink_color, 7)
    ink(sheet, [(272, 108), (310, 98), (356, 96)], ink_color, 4)
    ink(sheet, loops(348, 132, (66, 22, -44, 24, 22, 24), 27), ink_color, 5)
    ink(sheet, [(510, 120), (560, 104), (590, 118), (520, 168), (400, 176), (300, 168)], ink_color, 4)
