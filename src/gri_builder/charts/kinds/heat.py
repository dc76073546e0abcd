"""Heat tables: a cell for each value, shaded by it and with its number, and the key of the shades."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.charts.colors.shades import make_shades
from gri_builder.charts.lying_axis import span_axis
from gri_builder.charts.row_names import LEADING, set_names, wrap, write_name
from gri_builder.charts.scene import Label, Scene, Shape, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import BLACK, WHITE, Color, contrast
from gri_builder.model.figures.chart import Axis, Chart

ROW, PAD, GAP = 16.0, 5.0, 8.0
KEY, SHADE = 26.0, 9.0
"""Height of the key of the shades, and of its strip."""
WIDEST = 74.0
"""Largest width of a cell."""


class Shades(Struct, frozen=True):
    """The shades of a heat table, between the ticks of its axis."""

    bounds: tuple[float, ...]
    colors: tuple[Color, ...]

    def find(self, value: float) -> Color:
        """Return the shade of a value."""
        n = sum(value >= bound for bound in self.bounds[1:-1])
        return self.colors[n]


def draw_heat(chart: Chart, space: ChartSpace) -> Scene:
    """Draw rows of cells; columns that do not fit side by side follow below, with the names again."""
    axis = chart.axis or span_axis(chart)
    shades = _make_shades(axis, space.series_styles[0].color)
    names = set_names(space, [series.name for series in chart.series], above=False)
    numbers = space.widest(text for series in chart.series for text in series.labels)
    heads = max((space.widest(head.split(" ")) for head in chart.categories), default=0.0)
    plot = space.width - names.left
    pitch = min(max(numbers + 2 * PAD, min(heads + 4, plot / 2)), plot)
    count = max(1, int(plot / pitch))
    blocks = [range(n, min(n + count, len(chart.categories))) for n in range(0, len(chart.categories), count)]
    pitch = min(WIDEST if pitch < WIDEST else pitch, plot / min(count, len(chart.categories)))
    heads_by = [[wrap(space, chart.categories[n], pitch - 3, 3) for n in block] for block in blocks]
    row = [names.height(n, ROW) for n in range(len(chart.series))]
    tops = [LEADING * max(map(len, block)) + 4 for block in heads_by]
    scene = Scene(space.width, KEY + sum(tops) + len(blocks) * sum(row) + GAP * (len(blocks) - 1))
    top = scene.height - KEY
    _draw_key(scene, space, axis, shades, scene.height)
    for block, heads_of, head in zip(blocks, heads_by, tops, strict=True):
        for k, lines in enumerate(heads_of):
            _write_head(scene, space, lines, names.left + pitch * (k + 0.5), top - head + 4)
        y = top - head
        for n, height in enumerate(row):
            write_name(scene, space, names, n, y, y - height / 2)
            for k, column in enumerate(block):
                _draw_cell(scene, space, chart, n, column, (names.left + k * pitch, y - height, pitch, height), shades)
            y -= height
        top = y - GAP
    return scene


def _make_shades(axis: Axis, color: Color) -> Shades:
    """Return a shade of one hue for each step of the axis, lighter to darker."""
    bounds = tuple(tick.value for tick in axis.ticks) or (axis.low, axis.high)
    count = max(1, len(bounds) - 1)
    return Shades(bounds, make_shades(color, count))


def text_on(ground: Color, ink: Color) -> Color:
    """Return the colour of text on a shade: ink, white or black, with a contrast of 4.5 or more (WCAG 2, 1.4.3)."""
    return ink if contrast(ink, ground) >= 5 else max((WHITE, BLACK), key=lambda color: contrast(color, ground))


def _write_head(scene: Scene, space: ChartSpace, lines: Sequence[str], x: float, y: float) -> None:
    for k, text in enumerate(reversed(lines)):
        scene.write_if_free(Label(text, x, y + k * LEADING, space.look(strong=True, bold=True), "center"), -0.2)


def _draw_cell(
    scene: Scene,
    space: ChartSpace,
    chart: Chart,
    n: int,
    column: int,
    box: tuple[float, float, float, float],
    shades: Shades,
) -> None:
    """Draw a cell with its number; one without a value has a dash and no shade."""
    series = chart.series[n]
    value, (x, y, width, height) = series.values[column], box
    fill = WHITE if value is None else shades.find(value)
    scene.add(Shape((rectangle(x, y, width, height),), fill=fill, stroke=WHITE, width=1.2))
    look = space.look(color=text_on(fill, space.style.text))
    fact = series.facts[column] if series.facts else None
    text = space.shorten(series.labels[column], width - 2)
    middle = y + height / 2 - 2.6
    fact = fact if text == series.labels[column] else None
    scene.write_if_free(Label(text, x + width / 2, middle, look, "center", "value", fact), -0.2)


def _draw_key(scene: Scene, space: ChartSpace, axis: Axis, shades: Shades, top: float) -> None:
    """Draw the shades side by side, with the numbers at their bounds."""
    texts = [tick.text for tick in axis.ticks]
    half = max(space.widest(texts) / 2, 2.0)
    width = min(44.0, (space.width - 2 * half) / len(shades.colors))
    last = -3.0
    for n, color in enumerate(shades.colors):
        swatch = rectangle(half + n * width, top - SHADE, width, SHADE)
        scene.add(Shape((swatch,), fill=color, stroke=space.style.border, width=0.4))
    for n, text in enumerate(texts):
        x, needed = half + n * width, space.text_width(text) / 2
        if x - needed > last + 3:
            scene.write(Label(text, x, top - SHADE - 9, space.look(), "center", "tick"))
            last = x + needed
