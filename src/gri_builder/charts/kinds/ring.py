"""Rings of up to six parts: their names, values and shares around them, or below them where a chart is narrow."""

from __future__ import annotations

from math import cos, pi, sin

from msgspec import Struct

from gri_builder.charts.row_names import LEADING, wrap
from gri_builder.charts.scene import Align, Datum, Label, Scale, Scene, Shape, circle, line, rectangle, sector
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE
from gri_builder.model.figures.chart import Chart

RING, LEAST_RING = 116.0, 84.0
"""Diameter of a ring, and the smallest one."""
HOLE = 0.6
"""Diameter of its hole relative to the ring's."""
AROUND = 330.0
"""Charts of this width and more have the texts around the ring."""
AROUND_LINES = 3
"""Most lines of a name beside the ring."""
LEADER, GAP, ROW, NAME_GAP = 13.0, 5.0, 13.0, 7.0
START = pi / 2


class PartText(Struct, frozen=True):
    """The text of a part, and where its leader starts."""

    n: int
    angle: float
    lines: tuple[str, ...]
    is_inline: bool
    """Whether its value is beside its name, not below it."""

    @property
    def height(self) -> float:
        """Its height, with its value and the space below it."""
        return LEADING * (len(self.lines) + (not self.is_inline)) + 4


def draw_ring(chart: Chart, space: ChartSpace) -> Scene:
    """Draw the parts clockwise from the top, in the order of the chart."""
    return _draw_around(chart, space) if space.width >= AROUND else _draw_above(chart, space)


def _draw_around(chart: Chart, space: ChartSpace) -> Scene:
    """Draw the texts at both sides, each beside its part."""
    reach = (space.width - RING) / 2 - LEADER - GAP
    middles, right, left = _find_middles(chart), list[PartText](), list[PartText]()
    for n, angle in enumerate(middles):
        name = chart.categories[n]
        is_inline = space.text_width(name) + NAME_GAP + _numbers_width(chart, space, n) <= reach
        text = PartText(n, angle, wrap(space, name, reach, AROUND_LINES), is_inline)
        (right if cos(angle) >= 0 else left).append(text)
    left.reverse()
    tallest = max(sum(text.height for text in side) for side in (right, left))
    scene = Scene(space.width, max(RING + 22, tallest))
    x, y = space.width / 2, scene.height / 2
    _draw_sectors(scene, chart, space, (x, y), RING / 2)
    for side, way in ((right, 1), (left, -1)):
        for text, top in zip(side, _spread(side, y, scene.height), strict=True):
            _write_part(scene, chart, space, text, (x, y), top, way)
    return scene


def _find_middles(chart: Chart) -> list[float]:
    """Return the angle of the middle of each part."""
    values = [value or 0.0 for value in chart.series[0].values]
    whole, before, middles = sum(values) or 1.0, 0.0, list[float]()
    for value in values:
        middles.append(START - 2 * pi * (before + value / 2) / whole)
        before += value
    return middles


def _spread(side: list[PartText], middle: float, height: float) -> list[float]:
    """Return the upper edge of each text, from top to bottom: near its part, without overlaps."""
    tops = [middle + RING / 2 * sin(text.angle) + text.height / 2 for text in side]
    limit = height
    for n, text in enumerate(side):
        tops[n] = limit = min(tops[n], limit)
        limit -= text.height
    limit = 0.0
    for n in range(len(side) - 1, -1, -1):
        tops[n] = max(tops[n], limit + side[n].height)
        limit = tops[n]
    return tops


def _write_part(
    scene: Scene,
    chart: Chart,
    space: ChartSpace,
    text: PartText,
    center: tuple[float, float],
    top: float,
    way: int,
) -> None:
    """Write name, value and share of a part, with a leader from its middle."""
    (x, y), n, series = center, text.n, chart.series[0]
    edge = x + way * (RING / 2 + LEADER)
    at = top - (text.height - 4) / 2
    out = [(x + r * cos(text.angle), y + r * sin(text.angle)) for r in (RING / 2 - 4, RING / 2 + 5)]
    if series.values[n]:
        leader = line([*out, (edge, at)])
        scene.add(Shape((leader,), stroke=space.style.muted, width=0.5))
    side: Align = "left" if way > 0 else "right"
    start = edge + way * (GAP - 2)
    numbers = _numbers_width(chart, space, n)
    shift = numbers + NAME_GAP if text.is_inline and way < 0 else 0.0
    for k, words in enumerate(text.lines):
        scene.write(Label(words, start - shift, top - 8 - k * LEADING, space.look(strong=True), side))
    below = top - 8 - (0 if text.is_inline else len(text.lines) * LEADING)
    if text.is_inline and way > 0:
        start += space.text_width(text.lines[0]) + NAME_GAP
    value, share = series.labels[n], chart.details[n] if chart.details else ""
    bold, fact = space.look(strong=True, bold=True), series.facts[n] if series.facts else None
    width, tail = space.text_width(value, bold=True), space.text_width(share) + 5 if share else 0.0
    left = start if way > 0 else start - width - tail
    scene.write(Label(value, left, below, bold, "left", "value", fact))
    if share:
        scene.write(Label(share, left + width + 5, below, space.look(), "left", "note"))


def _draw_sectors(scene: Scene, chart: Chart, space: ChartSpace, center: tuple[float, float], radius: float) -> None:
    """Draw the parts with white seams, and the total in the centre."""
    series, (x, y) = chart.series[0], center
    values = [value or 0.0 for value in series.values]
    unit, angle = 2 * pi / (sum(values) or 1.0), START
    scale = scene.add_scale(Scale(0.0, unit))
    for n, (value, look) in enumerate(zip(values, space.series_styles, strict=False)):
        if value:
            data, shape = (
                (Datum(value, series.facts[n] if series.facts else None),),
                sector(x, y, radius, angle, value * unit),
            )
            scene.add(
                Shape(
                    (shape,),
                    look.color,
                    WHITE,
                    1.2,
                    pattern=look.pattern,
                    role="data",
                    data=data,
                    measure="angle",
                    scale=scale,
                )
            )
        angle -= value * unit
    scene.add(Shape((circle(x, y, radius * HOLE),), fill=WHITE))
    _write_total(scene, chart, space, center, radius * HOLE * 1.7)


def _write_total(scene: Scene, chart: Chart, space: ChartSpace, center: tuple[float, float], width: float) -> None:
    """Write the word for a total, the total and the unit in the centre."""
    if not chart.totals:
        return
    bold = space.look(strong=True, bold=True)
    lines = [(chart.legend[0], space.look())] if chart.legend else []
    lines += [(chart.totals[0], bold), *([(chart.unit, space.look())] if chart.unit else [])]
    y = center[1] - 2.6 + LEADING * (len(lines) - 1) / 2
    for text, look in lines:
        shown = text if space.text_width(text, bold=look is bold) <= width else ""
        if shown:
            scene.write(Label(shown, center[0], y, look, "center", "note"))
        y -= LEADING


def _draw_above(chart: Chart, space: ChartSpace) -> Scene:
    """Draw the ring, and below it a line or two for each part in the same order."""
    series, size = chart.series[0], min(RING, max(LEAST_RING, space.width * 0.5))
    numbers = [_numbers_width(chart, space, n) for n in range(len(chart.categories))]
    room = space.width - 12 - max(numbers, default=0.0) - 8
    is_stacked = room < min(60.0, space.widest(chart.categories))
    names = [wrap(space, name, space.width - 12 if is_stacked else room, 2) for name in chart.categories]
    heights = [LEADING * (len(lines) + is_stacked) + ROW - LEADING for lines in names]
    scene = Scene(space.width, size + 10 + sum(heights))
    _draw_sectors(scene, chart, space, (space.width / 2, scene.height - size / 2 - 1), size / 2)
    top = sum(heights)
    for n, (lines, look) in enumerate(zip(names, space.series_styles, strict=False)):
        y = top - 8.0
        scene.add(Shape((rectangle(0, y - 0.5, 7, 7),), fill=look.color, pattern=look.pattern))
        for k, text in enumerate(lines):
            scene.write(Label(text, 12, y - k * LEADING, space.look(strong=True)))
        at = y - LEADING * len(lines) if is_stacked else y
        start = 12.0 if is_stacked else space.width - max(numbers)
        fact = series.facts[n] if series.facts else None
        value = Label(series.labels[n], start, at, space.look(strong=True, bold=True), "left", "value", fact)
        scene.write(value)
        if chart.details:
            scene.write(Label(chart.details[n], start + value.width + 5, at, space.look(), "left", "note"))
        top -= heights[n]
    return scene


def _numbers_width(chart: Chart, space: ChartSpace, n: int) -> float:
    share = space.text_width(chart.details[n]) + 5 if chart.details else 0.0
    return space.text_width(chart.series[0].labels[n], bold=True) + share
