"""The landscapes of Aurelia: fields, harbour, works, orchards, and tins on a shelf."""

from __future__ import annotations

from math import sin

from docs.sample_pictures.buildings import chimney, plume, shed_roofs, windows
from docs.sample_pictures.nature import crowns, glitter, hills, land, ridge, ripples, sun
from docs.sample_pictures.sheet import SIDE, Point, Sheet, mix


def tomato_field(sheet: Sheet) -> None:
    """Rows of tomatoes that run towards hills in the morning."""
    sky = "#f9e6bf"
    sheet.box(0, 0, SIDE, 520, "#6fa3b4", "#c7d5c5", sky)
    sun(sheet, 600, 392, 52, "#fff8e1", "#f0e0bd")
    hills(sheet, 520, "#b9b9a8", "#7d8f68", sky, (190, 150, 100), 2.2)
    sheet.box(0, 508, SIDE, SIDE - 508, "#c9a56b", "#a06a3e", "#6f4228")
    for row in range(-9, 10):
        _tomato_row(sheet, row)
    crowns(sheet, [(90 + 70 * n, 520 + 4 * sin(n), 34 + 8 * sin(2.2 * n)) for n in range(16)], "#4f6b41", "#7d9455")


def _tomato_row(sheet: Sheet, row: int) -> None:
    """Draw a row of plants that runs from the horizon to the viewer, with fruit where it is near."""

    def edge(share: float, side: float) -> Point:
        y = 522 + (SIDE + 60 - 522) * share**1.7
        return 600 + (row + side) * (10 + 250 * share**1.7), y

    steps = [number / 18 for number in range(19)]
    bumps = [0.30 + 0.05 * sin(9 * number + row) for number in range(19)]
    left = [edge(share, -bump) for share, bump in zip(steps, bumps, strict=True)]
    right = [edge(share, bump) for share, bump in zip(steps, bumps, strict=True)]
    sheet.shape([*left, *reversed(right)], "#6d8f4c", "#3f6b36", "#24491f")
    middle = [edge(share, -0.08) for share in steps]
    lights = [edge(share, 0.1 + 0.04 * sin(7 * number)) for number, share in enumerate(steps)]
    sheet.shape([*middle, *reversed(lights)], "#93ac62", "#5d8a45", "#3f6f31")
    for number in range(26):
        share = 0.3 + 0.7 * number / 26
        x, y = edge(share, 0.24 * sin(4.7 * number + 1.3 * row))
        if 0 <= x <= SIDE and y <= SIDE:
            size = 1.5 + 15 * share**2.2
            sheet.oval(x, y, size, size * 0.94, "#c8321f" if (number + row) % 3 else "#e2613a")


def harbour(sheet: Sheet) -> None:
    """A harbour in the evening: cranes, a ship, and their reflections."""
    sky = "#f8d7a6"
    sheet.box(0, 0, SIDE, 640, "#34506e", "#8a7f8e", "#e0a384", sky)
    sun(sheet, 420, 520, 56, "#fff1d0", "#eebd8f")
    hills(sheet, 640, "#b98c84", "#6f6076", sky, (110, 80, 54), 3.6)
    sheet.box(0, 634, SIDE, SIDE - 634, "#f0c393", "#a57c80", "#4d5472", "#1e2d4a")
    sheet.box(640, 640, 460, 150, "#6d5560", "#5d5a70")
    for x in (720, 870, 1020):
        sheet.box(x - 6, 640, 12, 330, "#5b5266", "#414b69")
    glitter(sheet, 420, 646, 1120, "#ffe7bd", 32, 90)
    ripples(sheet, 660, 1190, "#8b7484", 36, 0.2)
    for x, size in ((720, 1.0), (870, 1.12), (1020, 0.94)):
        _crane(sheet, x, 622, 250 * size, "#2b3049")
    sheet.shape([(560, 578), (1150, 578), (1120, 640), (610, 640)], "#232842")
    sheet.shape([(560, 578), (1150, 578), (1146, 588), (566, 588)], "#a8442c")
    for number in range(12):
        x, color = 640 + 34 * number, ("#b5492f", "#d9a05a", "#6b7a4b", "#4a6080")[(number * 7) % 4]
        for level in range(1 + (number * 5) % 3):
            sheet.box(x, 556 - 22 * level, 31, 20, color)
    sheet.box(1062, 490, 60, 88, "#efe2cf")
    sheet.box(1070, 504, 44, 9, "#54607a")
    sheet.box(1082, 462, 22, 28, "#a8442c")
    sheet.shape([(0, 610), (330, 610), (350, 648), (0, 648)], "#20263e")
    for number, high in enumerate((92, 126, 76, 108)):
        left, right, eaves = 20 + 74 * number, 88 + 74 * number, 612 - high
        house = [(left, 612), (left, eaves), (left + 34, eaves - 24), (right, eaves), (right, 612)]
        sheet.shape(house, mix("#3b3a52", "#5a4a58", number % 2))
        windows(sheet, 32 + 74 * number, 624 - high, 3, 17, (9, 18), "#f5c07c")


def _crane(sheet: Sheet, x: float, foot: float, height: float, color: str) -> None:
    head = foot - height
    sheet.line([(x - 26, foot), (x - 8, head)], color, 7)
    sheet.line([(x + 26, foot), (x + 8, head)], color, 7)
    for share in (0.2, 0.45, 0.7):
        half = 26 - 18 * share
        sheet.line([(x - half, foot - height * share), (x + half - 4, foot - height * (share + 0.2))], color, 3)
    sheet.line([(x - 70, head + 16), (x + 10, head - 6), (x - 190, head - 84)], color, 6)
    sheet.line([(x + 2, head - 40), (x - 190, head - 84)], color, 3)
    sheet.line([(x + 2, head - 40), (x + 4, head)], color, 5)
    sheet.line([(x - 150, head - 70), (x - 150, head + 60)], color, 2)


def works(sheet: Sheet) -> None:
    """A cannery among fields in the morning, with steam above its kitchens."""
    sky = "#faecd0"
    sheet.box(0, 0, SIDE, 600, "#a8c4c6", "#dfe0cd", sky)
    hills(sheet, 600, "#c3c4b4", "#8fa07c", sky, (200, 160, 110), 5.5)
    land(sheet, ridge(640, 46, 2.0, 0.3), SIDE, "#bfb36c", "#96934f", "#5f6a38")
    plume(sheet, 470, 330, 80, ("#ffffff", "#eef0e6"), 0.8)
    plume(sheet, 800, 372, 62, ("#ffffff", "#eef0e6"), 0.8)
    for x, height, width in ((470, 330, 40), (800, 290, 36)):
        chimney(sheet, x, 650, height, width, "#a8553a", "#e9d3ad")
    sheet.box(330, 520, 250, 150, "#e6d3b1", "#cdb48c")
    sheet.shape([(318, 524), (356, 470), (554, 470), (592, 524)], "#9b4a33")
    windows(sheet, 350, 552, 6, 38, (22, 58), "#5d7b80")
    shed_roofs(sheet, 580, 670, 84, 4, 100, "#c98d5f", "#dfe9e6")
    windows(sheet, 600, 598, 8, 40, (20, 44), "#5b6f70")
    sheet.box(916, 560, 120, 110, "#dcc8a2", "#c2a87e")
    for number in range(3):
        sheet.oval(940 + 40 * number, 566, 17, 7, "#f0e4ca")
        sheet.box(923 + 40 * number, 566, 34, 104, "#eadbbb", "#b9a27c")
    sheet.box(180, 666, 880, 14, "#8a7a4c")
    sheet.shape([(560, 680), (640, 680), (980, SIDE), (380, SIDE)], "#dccb9a", "#c4ad78")
    for line in range(9):
        share = line / 8
        y, size = 706 + 470 * share**1.3, 18 + 66 * share
        for side in (-1, 1):
            for column in range(1, 5):
                at = 600 + 40 * share + side * (70 + 250 * share + column * size * 1.9)
                if -80 < at < SIDE + 80:
                    crowns(sheet, [(at, y, size)], mix("#6d7d43", "#48602f", share), mix("#97a15b", "#6f8a43", share))


def orchard(sheet: Sheet) -> None:
    """Hazel orchards on hills above a sea."""
    sky = "#eef0e2"
    sheet.box(0, 0, SIDE, 480, "#7fb2c4", "#bdd6d4", sky)
    sheet.box(0, 440, SIDE, 190, "#a8cbd0", "#4f94a8")
    glitter(sheet, 820, 452, 620, "#e6f1ec", 18, 60)
    land(sheet, ridge(540, 150, 5.9, 0.9), 640, "#93aa8e", "#7f9b78")
    for number, (level, rise, seed) in enumerate(((640, 120, 0.6), (760, 150, 2.5), (930, 170, 4.4))):
        share = number / 2
        skyline = ridge(level, rise, seed, 0.15)
        land(sheet, skyline, SIDE, mix("#a3b573", "#87a057", share), mix("#7b9856", "#52773b", share))
        for row in range(3 + number):
            drop, size = (30 + 30 * share) * row + 24, 27 + 34 * share + 5 * row
            spots = [(x + (row % 2) * 26, y + drop + 0.1 * drop * sin(x / 90), size) for x, y in skyline[:: 4 + number]]
            crowns(sheet, spots, mix("#56784a", "#2f5730", share), mix("#86a35c", "#5f8c45", share))
    sheet.box(196, 548, 66, 40, "#efe3cf")
    sheet.shape([(188, 550), (229, 520), (270, 550)], "#a84a32")


def shelf(sheet: Sheet) -> None:
    """Tins on a shelf, in evening light."""
    sheet.box(0, 0, SIDE, SIDE, "#ead9bd", "#dcc39c")
    labels = ("#8f2d1c", "#5d6b1f", "#b9802c", "#33546a", "#a44a2a", "#7a3b52")
    for row in range(3):
        floor = 330.0 + 380 * row
        sheet.box(0, floor, SIDE, 26, "#8c5f3a", "#6d4629")
        sheet.box(0, floor + 26, SIDE, 22, "#c6a97f", "#dcc39c")
        for column in range(7):
            tall = 250 - 46 * ((row * 3 + column * 5) % 3)
            _tin(
                sheet,
                96 + 168 * column + 10 * sin(2.3 * column + row),
                floor,
                132,
                tall,
                labels[(row * 2 + column) % 6],
            )


def _tin(sheet: Sheet, x: float, foot: float, wide: float, tall: float, label: str) -> None:
    """Draw a tin with a label and light from the left; `x` is its middle."""
    left, lip = x - wide / 2, 11.0
    sheet.shape([(left + wide * 0.5, foot), (left + wide * 1.24, foot), (left + wide, foot - tall * 0.5)], "#c9ad82")
    sheet.box(left, foot - tall, wide, tall, "#cfd0cb", "#b5b6b2")
    sheet.box(left + wide * 0.72, foot - tall, wide * 0.28, tall, "#9c9d9a")
    sheet.box(left, foot - tall + 22, wide, tall - 44, label)
    sheet.box(left + wide * 0.72, foot - tall + 22, wide * 0.28, tall - 44, mix(label, "#1c1714", 0.3))
    sheet.box(left + wide * 0.08, foot - tall + 22, wide * 0.1, tall - 44, mix(label, "#ffffff", 0.22))
    sheet.oval(x, foot - tall * 0.5, wide * 0.25, wide * 0.25, "#f3e7cf")
    sheet.oval(x, foot - tall * 0.5, wide * 0.14, wide * 0.14, mix(label, "#f3e7cf", 0.25))
    sheet.oval(x, foot - tall, wide / 2, lip, "#e6e7e2")
    sheet.oval(x, foot - tall, wide / 2 - 7, lip - 4, "#bcbdb8")
    for y in (foot - tall + 14, foot - 14):
        sheet.line([(left + 1, y), (left + wide - 1, y)], "#8f908c", 2)
