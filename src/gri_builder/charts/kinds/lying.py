"""Lying bars, with names to the left, or above where there is no space; long charts go on over pages."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.charts.bars.beside import Columns, make_columns, name_rows, write_name
from gri_builder.charts.bars.lines import draw_grid, draw_reference, draw_zero, write_tick
from gri_builder.charts.bars.values import fact_of, find_ticks, is_printed, make_bar
from gri_builder.charts.legend import draw_legend, draw_line_keys, legend_height, line_keys_height
from gri_builder.charts.scene import Align, Label, Scale, Scene, rectangle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart, ChartSeries

THICK, THIN = 10.5, 9.4
"""Height of a bar alone, and of one in a group, each with its seams; at least that of a label."""
GAP, GROUP_GAP = 4.5, 8.0
"""Space between single bars, and between groups."""
SEAM = 0.5
COLORS = 6
"""Series that colours can tell apart; with more, each bar has its name."""


class Rows(Struct):
    """A chart of lying bars while it is drawn."""

    chart: Chart
    space: ChartSpace
    scene: Scene
    columns: Columns
    scale: int
    y: float
    """Where the next row starts."""


def draw_lying(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a lying bar for each value from the zero line, with its label at its end.

    The bars of a chart that continues on other pages have the scale and columns of the whole chart.
    """
    whole = arrange_series(space.whole or chart)
    chart = arrange_series(chart)
    has_grid = chart.labelled != "all"
    columns = make_columns(whole, space, has_grid)
    legend = [series.name for series in chart.series] if len(chart.series) > 1 else []
    names = name_rows(chart, space, columns)
    keys = legend_height(space, legend)
    above = keys + line_keys_height(space, chart.lines)
    below = space.style.chart.size + 5 if find_ticks(chart, has_grid) else 0.0
    heights = [_height(chart, space, columns, lines) for lines in names]
    scene = Scene(space.width, above + below + sum(heights))
    draw_legend(scene, space, legend, scene.height)
    draw_line_keys(scene, space, chart.lines, scene.height - keys)
    rows = Rows(chart, space, scene, columns, scene.add_scale(Scale(0.0, columns.unit)), scene.height - above)
    top = rows.y
    for n, lines in enumerate(names):
        _draw_category(rows, n, lines, heights[n])
        scene.cuts.append(scene.height - rows.y)
    _close(rows, has_grid, below, top)
    return scene


def arrange_series(chart: Chart) -> Chart:
    """Return the chart with categories and series exchanged, if only so its colours can be distinguished."""
    if len(chart.series) <= COLORS or len(chart.categories) > COLORS:
        return chart
    turned = tuple(
        ChartSeries(
            name,
            tuple(series.values[n] for series in chart.series),
            tuple(series.labels[n] for series in chart.series),
            tuple(fact_of(series, n) for series in chart.series),
            n in chart.highlighted,
        )
        for n, name in enumerate(chart.categories)
    )
    marked = tuple(k for k, series in enumerate(chart.series) if series.highlighted)
    return replace(
        chart, categories=tuple(one.name for one in chart.series), series=turned, places=(), highlighted=marked
    )


def _height(chart: Chart, space: ChartSpace, columns: Columns, lines: tuple[str, ...]) -> float:
    """Return the height of a category with the space below it."""
    count, leading = len(chart.series), space.style.chart.leading
    bars = THICK if count == 1 else THIN * count
    gap = GAP if count == 1 else GROUP_GAP
    return (max(bars, len(lines) * leading) if columns.names else bars + len(lines) * leading) + gap


def _draw_category(rows: Rows, n: int, lines: tuple[str, ...], height: float) -> None:
    """Draw the name and bars of a category."""
    chart, space, count = rows.chart, rows.space, len(rows.chart.series)
    gap = GAP if count == 1 else GROUP_GAP
    pitch = THICK if count == 1 else THIN
    inner = height - gap
    if rows.columns.names:
        middle, top = rows.y - gap / 2 - inner / 2, rows.y - gap / 2 - (inner - pitch * count) / 2
    else:
        taken = len(lines) * space.style.chart.leading
        middle, top = rows.y - gap / 2 - taken / 2, rows.y - gap / 2 - taken
    write_name(rows.scene, space, rows.columns, lines, middle, n in chart.highlighted)
    for k in range(count):
        _draw_bar(rows, k, n, top - k * pitch, pitch)
    rows.y -= height


def _draw_bar(rows: Rows, k: int, n: int, top: float, pitch: float) -> None:
    """Draw a bar below that height, and its label."""
    chart, space, columns, series = rows.chart, rows.space, rows.columns, rows.chart.series[k]
    value, baseline = series.values[n], top - pitch / 2 - 0.25 * space.style.chart.size
    if value is None:
        text = series.labels[n] or "–"
        rows.scene.write(Label(text, columns.zero + 4, baseline, space.look(), "left", "value"))
        return
    contour = rectangle(columns.zero, top - pitch + SEAM, value * columns.unit, pitch - 2 * SEAM)
    rows.scene.add(make_bar(chart, space, (k, n), contour, "width", rows.scale))
    if not is_printed(chart, n):
        return
    is_strong = series.highlighted or n in chart.highlighted
    side: Align = "left" if value >= 0 else "right"
    x = columns.zero + value * columns.unit + (4 if value >= 0 else -4)
    look = space.look(strong=is_strong, bold=is_strong)
    rows.scene.write(Label(series.labels[n], x, baseline, look, side, "value", fact_of(series, n)))


def _close(rows: Rows, has_grid: bool, below: float, top: float) -> None:
    """Draw grid, zero line and reference lines around the labels."""
    scene, space, columns, chart = rows.scene, rows.space, rows.columns, rows.chart
    ticks = find_ticks(chart, has_grid)
    for tick in ticks:
        half = space.text_width(tick.text) / 2
        x = min(max(columns.zero + tick.value * columns.unit, half), scene.width - half)
        write_tick(scene, space, tick.text, x, 3.0, False)
    scale = scene.add_scale(Scale(columns.zero, columns.unit)) if chart.lines else 0
    for shown in chart.lines:
        draw_reference(scene, space, shown, scale, (below, top), False)
    places = [columns.zero + tick.value * columns.unit for tick in ticks if tick.value]
    draw_grid(scene, space, places, below, top, False, 0)
    draw_zero(scene, space, columns.zero, below, top, False)
