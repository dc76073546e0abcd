"""Progress towards targets: a bar from the base to the present value for each, and where it should be by now.

All bars of a chart have one scale, in per cent of the way from base to target. Progress beyond the target is drawn
beyond its mark, and movement away from it to the left of the base.
"""

from __future__ import annotations

from msgspec import Struct

from gri_builder.charts.scene import (
    Contour,
    Datum,
    FillPattern,
    Label,
    Scale,
    Scene,
    Shape,
    overlap,
    polygon,
    rectangle,
)
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import WHITE, Color
from gri_builder.model.figures.chart import Chart, Way
from gri_builder.typesetting.line_breaking import TextFormat

BAR = 8.0
"""Height of a bar."""
REACH = 3.0
"""How far a mark extends above and below a bar."""
EDGE = 1.4
"""Space beside the outermost marks: half of their width, with their seam."""
ROW_GAP = 11.0
AWAY_PATTERN: FillPattern = "diagonal"
"""Of bars away from the target, which are grey: the colour of progress would praise them."""
MARKER = 5.0
"""Size of the triangle before a status."""
LEAD = 1.28
"""Distance of lines relative to the size of text."""
PADDING = 5.0
"""Space between two labels on one line."""


class _Row(Struct, frozen=True):
    """A target with the lines of its name and the labels below its bar, each with its line from 0."""

    name: list[str]
    is_beside: bool
    """Whether the status is on the first line of the name."""
    below: list[tuple[int, Label]]
    height: float


def draw_progress(chart: Chart, space: ChartSpace) -> Scene:
    """Draw each target: its name and status, its bar, and below it base, target and what is expected."""
    scale = _make_scale(chart, space.width)
    rows = [_plan(chart, n, space, scale) for n in range(len(chart.categories))]
    scene = Scene(space.width, sum(row.height for row in rows) + ROW_GAP * (len(rows) - 1))
    number, top = scene.add_scale(Scale(0.0, scale.unit)), scene.height
    positions = scene.add_scale(scale)
    for n, row in enumerate(rows):
        _draw_row(scene, chart, n, space, row, top, number, positions)
        top -= row.height + ROW_GAP
    return scene


def _make_scale(chart: Chart, width: float) -> Scale:
    """Return where per cents are: of all bars of the chart, and of those that it is compared with."""
    shown = [value or 0.0 for one in chart.series for value in one.values]
    shown += [value for way in chart.ways for value in (way.expected or 0.0, *(share for share, _ in way.interim))]
    if chart.axis:
        shown += [chart.axis.low, chart.axis.high]
    low, high = min(0.0, *shown, 0.0), max(100.0, *shown, 100.0)
    unit = (width - 2 * EDGE) / (high - low)
    return Scale(EDGE - low * unit, unit)


def _way(chart: Chart, n: int) -> Way:
    return chart.ways[n] if n < len(chart.ways) else Way()


def _plan(chart: Chart, n: int, space: ChartSpace, scale: Scale) -> _Row:
    """Return where the texts of a target are."""
    line_height = _line_height(space)
    status = _status_width(chart.series[0].labels[n], space)
    room = space.width - status - 10
    is_beside = room >= 0.45 * space.width
    name = wrap(chart.categories[n], room if is_beside else space.width, space)
    below = _place_labels(_way(chart, n), space, scale)
    lines = len(name) + (0 if is_beside else 1)
    lanes = max((lane for lane, _ in below), default=-1) + 1
    return _Row(name, is_beside, below, (lines + lanes) * line_height + BAR + 2 * REACH + 2.5)


def _line_height(space: ChartSpace) -> float:
    return space.style.chart.size * LEAD


def _status_width(label: str, space: ChartSpace) -> float:
    return space.text_width(label, bold=True) + MARKER + 3


def wrap(text: str, width: float, space: ChartSpace, max_lines: int = 3) -> list[str]:
    """Return a text in lines of bold type; what has no room in the last one is cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and space.text_width(f"{lines[-1]} {word}", bold=True) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > max_lines:
        lines[max_lines - 1 :] = [" ".join(lines[max_lines - 1 :])]
    return [space.shorten(one, width, bold=True) for one in lines] or [""]


def _place_labels(way: Way, space: ChartSpace, scale: Scale) -> list[tuple[int, Label]]:
    """Return the labels below a bar on as few lines as they need; those of interim targets only where they fit."""
    look, placed = space.look(), list[tuple[int, Label]]()
    wanted = [(way.start, 0.0, 0.0), (way.end, 100.0, 1.0)]
    if way.expected is not None:
        wanted.append((way.expected_label, way.expected, 0.5))
    for text, value, share in wanted:
        _place(placed, _align(text, scale.at(value), share, space, look), 9)
    for value, text in way.interim:
        _place(placed, _align(text, scale.at(value), 0.5, space, look), 2)
    return placed


def _align(text: str, x: float, share: float, space: ChartSpace, look: TextFormat) -> Label:
    """Return a label with that share of its width left of `x`, moved into the chart."""
    shown = space.shorten(text, space.width)
    left = x - share * space.text_width(shown)
    left = max(0.0, min(left, space.width - space.text_width(shown)))
    return Label(shown, left, 0.0, look, role="note")


def _place(placed: list[tuple[int, Label]], label: Label, lanes: int) -> None:
    """Add a label to the first line where it covers no other; to none if all are taken."""
    if not label.text:
        return
    for lane in range(lanes):
        taken = (other.box for place, other in placed if place == lane)
        if not any(overlap(label.box, box, PADDING) for box in taken):
            placed.append((lane, label))
            return


def _draw_row(
    scene: Scene, chart: Chart, n: int, space: ChartSpace, row: _Row, top: float, widths: int, positions: int
) -> None:
    line_height, size = _line_height(space), space.style.chart.size
    strong = space.look(strong=True, bold=True)
    y = top - size * 0.85
    for part in row.name:
        scene.write(Label(part, 0, y, strong))
        y -= line_height
    status = y if not row.is_beside else top - size * 0.85
    _write_status(scene, chart, n, space, status, row.is_beside)
    lines = len(row.name) + (0 if row.is_beside else 1)
    bottom = top - lines * line_height - REACH - BAR - 1.5
    _draw_bar(scene, chart, n, space, bottom, widths, positions)
    first = bottom - REACH - 1 - size * 0.85
    for lane, label in row.below:
        scene.write(Label(label.text, label.x, first - lane * line_height, label.look, role=label.role))


def _write_status(scene: Scene, chart: Chart, n: int, space: ChartSpace, y: float, at_end: bool) -> None:
    """Write the progress in words, with a triangle that points up where it is as expected, else down."""
    text, look = chart.series[0].labels[n], space.look(strong=True, bold=True)
    width = _status_width(text, space)
    left = space.width - width if at_end else 0.0
    good = _way(chart, n).is_as_expected
    if good is not None:
        scene.add(Shape((_triangle(left, y, up=good),), look.color if good else None, look.color, 0.8))
    scene.write(Label(text, left + width, y, look, "right", "value"))


def _triangle(x: float, y: float, up: bool) -> Contour:
    foot, tip = (y + 0.4, y + MARKER) if up else (y + MARKER, y + 0.4)
    return polygon([(x + 0.5, foot), (x + MARKER + 0.5, foot), (x + MARKER / 2 + 0.5, tip)])


def _draw_bar(scene: Scene, chart: Chart, n: int, space: ChartSpace, y: float, widths: int, positions: int) -> None:
    scale, value, way, style = scene.scales[positions], chart.series[0].values[n] or 0.0, _way(chart, n), space.style
    zero, target = scale.at(0), scale.at(100)
    scene.add(Shape((rectangle(zero, y, target - zero, BAR),), style.surface, style.border, 0.5))
    bar = rectangle(zero, y + 1, value * scale.unit, BAR - 2)
    color, pattern = (style.muted, AWAY_PATTERN) if value < 0 else (space.series_styles[0].color, None)
    data = (Datum(value),)
    scene.add(Shape((bar,), color, pattern=pattern, role="data", data=data, measure="width", scale=widths))
    scene.add(_mark(zero, y, style.text), _mark(target, y, style.text))
    for share, _ in way.interim:
        scene.add(_datum_mark(share, scale, y, BAR * 0.5, style.muted, positions))
    if way.expected is not None:
        scene.add(_datum_mark(way.expected, scale, y, BAR + 2 * REACH, style.text, positions))


def _mark(x: float, y: float, color: Color) -> Shape:
    """Return the mark of the base or target: a line as high as the bar, seamed in white."""
    return Shape((rectangle(x - 0.5, y, 1.0, BAR),), color, WHITE, 0.5)


def _datum_mark(value: float, scale: Scale, y: float, height: float, color: Color, number: int) -> Shape:
    """Return a bar across the bar, seamed in white, at a value: what is expected, or an interim target."""
    x, bottom = scale.at(value), y + (BAR - height) / 2
    return Shape(
        (rectangle(x - 1.1, bottom, 2.2, height),),
        color,
        WHITE,
        0.6,
        role="data",
        data=(Datum(value),),
        measure="x",
        scale=number,
    )
