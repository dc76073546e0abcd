"""Reference lines beside data: a target at its place in time, or a value over the whole width."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.charts.marks import RADIUS, make_mark
from gri_builder.charts.obstacles import Point
from gri_builder.charts.plot import LineStyle, Plot, draw_dashed, list_known
from gri_builder.charts.scene import Label, Shape, line
from gri_builder.model.figures.chart import ReferenceLine

WIDTH = 0.7
DASH = (3.0, 2.0)


def draw_references(plot: Plot, styles: Sequence[LineStyle], left: float, right: float) -> list[list[Point]]:
    """Draw the reference lines; return for each the places of its label, best first."""
    return [
        _draw_target(plot, styles, each) if each.place is not None else _draw_level(plot, each, left, right)
        for each in plot.chart.lines
    ]


def name_references(plot: Plot, places: Sequence[Sequence[Point]], notes_top: float | None = None) -> bool:
    """Write the labels of reference lines; return whether all had space.

    With `notes_top`, they are lines of text below that height, where no line of the chart is.
    """
    is_named = True
    for number, (each, chosen) in enumerate(zip(plot.chart.lines, places, strict=True)):
        text = plot.space.shorten(each.label, plot.scene.width - 2)
        label = Label(text, 0.0, 0.0, plot.space.look(strong=True), "center", "note")
        if notes_top is not None:
            y = notes_top - plot.space.style.chart.leading * (number + 0.8)
            plot.obstacles.write(plot.scene, Label(text, 0.0, y, label.look, "left", "note"))
        else:
            is_named &= plot.obstacles.write_first_free(plot.scene, label, _keep_inside(plot, label, chosen))
    return is_named


def _keep_inside(plot: Plot, label: Label, places: Sequence[Point]) -> list[Point]:
    left, _, right, _ = plot.obstacles.frame
    half = label.width / 2 + 0.1
    return [(max(left + half, min(x, right - half)), y) for x, y in places]


def _draw_level(plot: Plot, each: ReferenceLine, left: float, right: float) -> list[Point]:
    """Draw a thin line over the whole width; return the places of its label."""
    y, size = plot.scale.at(each.value), plot.space.style.chart.size
    points = [(left, y), (right, y)]
    plot.scene.add(Shape((line(points),), stroke=plot.space.style.text, width=WIDTH, dash=DASH, role="axis"))
    plot.obstacles.add_line(points, WIDTH)
    return [(x, height) for x in (right, left, (left + right) / 2) for height in (y + 0.21 * size + 1.6, y - size)]


def _draw_target(plot: Plot, styles: Sequence[LineStyle], each: ReferenceLine) -> list[Point]:
    """Draw an open mark at the time of a target, and the dashed way to it if there is one line only."""
    x, y = plot.time.at(each.place or 0.0), plot.scale.at(each.value)
    size, look = plot.space.style.chart.size, styles[0]
    series = plot.chart.series[0]
    known = list_known(series, plot.time)
    if len(plot.chart.series) == 1 and known and plot.time.unit:
        draw_dashed(plot, [plot.point(series, known[-1]), (x, y)], look.color)
    mark = make_mark("diamond", x, y, look.color, (), plot.number, is_open=True)
    plot.scene.add(mark)
    plot.obstacles.add_box(mark.box)
    above, below = y + RADIUS * 1.25 + 2.6, y - RADIUS * 1.25 - 2 - 0.7 * size
    return [(x, above), (x, below), (x - 30, above), (x - 30, below), (x, above + 8), (x, below - 8)]
