"""The landscapes of Halden: fjord, river, foundry, waterworks and dry hills."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

from docs.sample_pictures.buildings import chimney, plume, shed_roofs, windows
from docs.sample_pictures.nature import conifers, crowns, glitter, hills, land, mirror, palm, ridge, ripples, sun
from docs.sample_pictures.sheet import SIDE, Point, Sheet, mix


def fjord(sheet: Sheet) -> None:
    """A fjord at sunrise, with a boathouse."""
    sky = "#f2cfa4"
    sheet.box(0, 0, SIDE, 640, "#27506b", "#5f8aa0", "#c9c3b0", sky)
    sun(sheet, 690, 470, 46, "#fff4dc", "#e2c8a4")
    layers = [(600, 250, "#9fb0b3", 0.4), (604, 210, "#7c98a3", 2.9), (610, 150, "#54798a", 5.2)]
    for level, rise, color, seed in layers:
        land(sheet, ridge(level, rise, seed, 1.2), 620, color, mix(color, sky, 0.5))
    left = [(x, 640 - max(0.0, 330 - 0.62 * x) - 14 * sin(x / 46) - 7 * sin(x / 17)) for x in range(0, 640, 12)]
    right = [(x, 640 - max(0.0, 0.7 * (x - 790)) - 12 * sin(x / 39) - 6 * cos(x / 15)) for x in range(760, 1213, 12)]
    sheet.box(0, 618, SIDE, SIDE - 618, "#d8bf9c", "#7795a0", "#2f5d74", "#143c52")
    for level, rise, color, seed in layers[1:]:
        image = mirror(ridge(level, rise, seed, 1.2), 620, 0.75)
        sheet.shape([*image, (SIDE, 620), (0, 620)], mix(color, "#b9ad98", 0.45))
    for side, edge in ((left, 0.0), (right, SIDE)):
        image = mirror(side, 640, 0.7)
        sheet.shape([*image, (edge, 640)], "#2a566b", "#1d475c")
    glitter(sheet, 690, 628, 1080, "#fbe6c3", 30, 74)
    ripples(sheet, 700, 1190, "#3f6d82", 34)
    for side, edge in ((left, 0.0), (right, SIDE)):
        sheet.shape([*side, (edge, 646)], "#1f4a5e", "#143645")
        conifers(sheet, side, "#163f51", 44, 2, edge)
    sheet.shape([(300, 642), (300, 606), (332, 584), (364, 606), (364, 642)], "#9c3b26")
    sheet.shape([(292, 610), (332, 580), (372, 610), (366, 612), (332, 588), (298, 612)], "#efe4d2")
    sheet.box(324, 618, 18, 24, "#f3e9d7")
    sheet.shape([(300, 646), (364, 646), (356, 700), (308, 700)], "#6d4038")
    sheet.curve("M640 812q70 26 150 0q-8 30-40 32h-72q-30-4-38-32Z", "#123244")
    sheet.line([(716, 818), (716, 690)], "#123244", 4)
    sheet.shape([(722, 700), (722, 800), (784, 800)], "#f7ead2")


def river(sheet: Sheet) -> None:
    """A river that winds out of the hills, with a weir and a pumping station."""
    sky = "#f4efdc"
    sheet.box(0, 0, SIDE, 560, "#8fbcc9", "#cfe0da", sky)
    sun(sheet, 300, 330, 40, "#fffbe9", "#d9e4da")
    hills(sheet, 560, "#a9c6c3", "#4f8578", sky, (290, 240, 190, 130), 1.1)
    land(sheet, ridge(600, 60, 3.3, 0.5), SIDE, "#8fae6a", "#5d8a4f", "#33663f")
    edges = _meander()
    sheet.shape([*edges[0], *reversed(edges[1])], "#e9f1ea", "#9cc4ce", "#4d8fa6", "#1e6480")
    for number in range(26):
        share = (number + 1) / 27
        place = int(share * (len(edges[0]) - 1))
        (left, y), (right, _) = edges[0][place], edges[1][place]
        middle, half = (left + right) / 2 + (right - left) * 0.2 * sin(3.1 * number), (right - left) * 0.16
        sheet.line([(middle - half, y), (middle + half, y)], "#d6e8e8", 0.8 + 2.2 * share)
    for number in range(4):
        y = 806.0 + 15 * number
        left, right = _crossing(edges, y)
        sheet.shape([(left, y), (right, y), (right + 4, y + 9), (left - 4, y + 9)], "#f4f8f4", "#a9cdd5")
    for x, y, size in ((80, 640, 42), (150, 668, 52), (1010, 640, 46), (1090, 676, 60), (980, 700, 54), (60, 760, 80)):
        crowns(sheet, [(x, y, size)], "#3c6b42", "#6f9a56")
    _pump_house(sheet, 760, 806)
    crowns(sheet, [(1080, 860, 96), (1160, 930, 120), (90, 980, 140)], "#2c5a3a", "#4f8449")


def _meander() -> tuple[list[Point], list[Point]]:
    """Return both banks of a river that flows towards the viewer."""
    left, right = [], []
    for number in range(61):
        share = number / 60
        y = 566 + (SIDE - 566) * share**1.5
        middle = 560 + (70 + 190 * share) * sin(1.2 + 7.4 * share**0.72)
        half = 5 + 250 * share**1.5
        left.append((middle - half, y))
        right.append((middle + half * 1.08, y))
    return left, right


def _crossing(edges: tuple[Sequence[Point], Sequence[Point]], y: float) -> Point:
    """Return where a river's banks are at a height."""
    left = min(edges[0], key=lambda point: abs(point[1] - y))[0]
    right = min(edges[1], key=lambda point: abs(point[1] - y))[0]
    return left, right


def _pump_house(sheet: Sheet, x: float, foot: float) -> None:
    sheet.box(x, foot - 128, 210, 128, "#b5603c", "#8f4529")
    sheet.shape([(x - 10, foot - 126), (x + 36, foot - 176), (x + 174, foot - 176), (x + 220, foot - 126)], "#3b4a52")
    windows(sheet, x + 20, foot - 104, 5, 36, (22, 62), "#f2e3c2")
    sheet.box(x - 6, foot - 26, 222, 8, "#d8b892")
    chimney(sheet, x + 180, foot - 160, 150, 26, "#9b4c2f", "#e0c39b")
    sheet.box(x - 16, foot, 246, 12, "#5a5148")


def foundry(sheet: Sheet) -> None:
    """A foundry at dusk beside a river, with light in its halls."""
    sheet.box(0, 0, SIDE, 620, "#1c2342", "#4b3a5c", "#b0584a", "#f0a35c")
    hills(sheet, 620, "#7c4a5a", "#33294a", "#c97852", (150, 120, 90), 0.7)
    sheet.box(0, 616, SIDE, SIDE - 616, "#e08b52", "#8c4a4e", "#3a2a4c", "#151a36")
    for number in range(7):
        x = 318 + 92 * number
        sheet.box(x, 640, 30, 250 - 16 * abs(number - 3), "#ffc566", "#8a4449")
    ripples(sheet, 640, 1190, "#5a3a57", 40, 0.3)
    plume(sheet, 812, 236, 62, ("#d98a63", "#574461"), 1.0)
    plume(sheet, 372, 318, 44, ("#d98a63", "#574461"), 1.0)
    for x, height, width in ((812, 380, 40), (372, 298, 32)):
        chimney(sheet, x, 620, height, width, "#241f3c", "#3c3152")
    shed_roofs(sheet, 286, 632, 92, 7, 96, "#1d1a34", "#f9b357")
    sheet.box(930, 470, 190, 162, "#221d39")
    windows(sheet, 950, 500, 4, 42, (24, 50), "#f6a94e")
    windows(sheet, 310, 566, 13, 48, (26, 46), "#ffca74")
    sheet.curve("M560 632v-74a44 44 0 0 1 88 0v74Z", "#fff0c2", "#ff9d3c")
    for number in range(30):
        angle, reach = pi * (0.12 + 0.76 * ((number * 0.618) % 1)), 60 + 70 * ((number * 0.37) % 1)
        sheet.oval(604 + reach * cos(angle), 604 - reach * sin(angle), 2.4, 2.4, "#ffdf9c")
    sheet.shape([(0, 632), (SIDE, 632), (SIDE, 648), (0, 648)], "#15142c")


def waterworks(sheet: Sheet) -> None:
    """Treatment basins seen from above: round clarifiers between fields and a river."""
    sheet.box(0, 0, SIDE, SIDE, "#7f9f63")
    fields = ("#8fae6a", "#a9bd78", "#6f965b", "#c2c584", "#7fa366", "#98b56f")
    for row in range(8):
        for column in range(6):
            x, y = column * 220 - 60 * (row % 2) - 40, row * 160 - 20
            color = fields[(row * 5 + column * 7) % 6]
            sheet.shape([(x, y + 18), (x + 214, y - 14), (x + 214, y + 132), (x, y + 166)], color)
            for furrow in range(1, 6):
                drop = 24 * furrow
                sheet.line([(x + 6, y + 18 + drop), (x + 208, y - 14 + drop)], mix(color, "#4e7446", 0.22), 2)
    bank = [(x, 210 + 90 * sin(x / 210 + 0.4)) for x in range(0, 1216, 16)]
    sheet.shape([(x, y - 74) for x, y in bank] + [(x, y + 78) for x, y in reversed(bank)], "#d9d6a8")
    sheet.shape([(x, y - 60) for x, y in bank] + [(x, y + 62) for x, y in reversed(bank)], "#3d8299")
    for shift in (-34, -8, 22, 44):
        sheet.line([(x, y + shift + 5 * sin(x / 30 + shift)) for x, y in bank], "#6fa8b6", 2)
    sheet.shape([(140, 470), (1060, 400), (1090, 900), (170, 980)], "#cfcbb4")
    for x, y, radius, turn in (
        (330, 590, 110, 0.4),
        (600, 570, 110, 1.5),
        (868, 548, 110, 2.6),
        (360, 848, 110, 3.3),
        (632, 826, 110, 5.1),
    ):
        _clarifier(sheet, x, y, radius, turn)
    for number in range(3):
        y = 728 + 58 * number
        sheet.shape([(800, y + 4), (1010, y - 12), (1010, y + 28), (800, y + 44)], "#e9e6d4")
        sheet.shape([(806, y + 8), (1004, y - 7), (1004, y + 24), (806, y + 39)], "#2b7389")
    trees = [(120 + 88 * n, 1040 + 26 * sin(1.7 * n), 54 + 12 * cos(2.1 * n)) for n in range(12)]
    crowns(sheet, trees, "#3f6a41", "#6d9854")


def _clarifier(sheet: Sheet, x: float, y: float, radius: float, turn: float) -> None:
    """Draw a round basin with its turning bridge."""
    sheet.oval(x + 7, y + 9, radius + 6, radius + 6, "#a5a089")
    sheet.oval(x, y, radius + 6, radius + 6, "#eeebdb")
    for share in (1.0, 0.82, 0.62, 0.42):
        sheet.oval(x, y, radius * share, radius * share, mix("#1f6a82", "#5aa3b3", 1.25 - share if share < 1 else 0))
    sheet.line([(x - radius * cos(turn), y - radius * sin(turn)), (x, y)], "#f4f2e6", 8)
    sheet.oval(x, y, 17, 17, "#f4f2e6")
    sheet.oval(x, y, 8, 8, "#8f8b78")


def dry_hills(sheet: Sheet) -> None:
    """Dry hills with palms and a field of solar panels."""
    sky = "#f6d9a0"
    sheet.box(0, 0, SIDE, 600, "#c9793f", "#eaa95e", sky)
    sun(sheet, 820, 300, 60, "#fff3cf", "#efb971")
    hills(sheet, 610, "#c99372", "#7a4a4c", sky, (260, 220, 170, 110), 4.2)
    land(sheet, ridge(640, 44, 0.9, 0.4), SIDE, "#b58a4e", "#8d6a3c", "#5f4a30")
    for x, foot, height, lean in (
        (150, 690, 230, 26),
        (232, 704, 180, -18),
        (1040, 688, 250, -34),
        (1110, 706, 170, 22),
    ):
        palm(sheet, x, foot, height, "#3c2f33", lean)
    for row in range(7):
        share = row / 6
        y, high = 668 + 470 * share**1.35, 20 + 82 * share**1.2
        wide, shift = 70 + 170 * share, 14 + 34 * share
        middle = 600.0
        for column in range(-5, 6):
            left = middle + column * wide - wide / 2
            if not -260 < left < SIDE + 60:
                continue
            quad = [(left + shift, y), (left + wide * 0.9 + shift, y), (left + wide * 0.9, y + high), (left, y + high)]
            sheet.shape(quad, mix("#6d7f9b", "#2c3f66", share), mix("#41557c", "#16264a", share))
            sheet.line([quad[0], quad[1]], "#d9dfe6", 0.8 + 1.6 * share)
            for part in (0.33, 0.66):
                at = left + wide * 0.9 * part
                sheet.line([(at + shift, y), (at, y + high)], "#8593ad", 0.6 + 0.9 * share)
