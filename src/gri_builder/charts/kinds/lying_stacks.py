"""Lying stacks, for narrow charts and long names: values inside the parts that have space, totals at the end."""

from __future__ import annotations

from gri_builder.charts.bars.beside import Columns, make_columns, name_rows, write_name
from gri_builder.charts.bars.lines import draw_grid, draw_reference, draw_zero, write_tick
from gri_builder.charts.bars.parts import draw_seams, scale_chart, stack_parts, write_inside
from gri_builder.charts.bars.values import find_extent, find_ticks, is_printed
from gri_builder.charts.legend import draw_legend, draw_line_keys, legend_height, line_keys_height
from gri_builder.charts.scene import Label, Scale, Scene
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart

THICK = 14.0
GAP = 5.0


def draw_lying_stacks(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a lying stack for each category; with a grid where not all values are printed."""
    for has_grid in (False, True) if chart.labelled == "all" else (True,):
        scene, is_complete = _draw(chart, space, has_grid)
        if is_complete:
            break
    return scene


def _draw(chart: Chart, space: ChartSpace, has_grid: bool) -> tuple[Scene, bool]:
    """Return the scene, and whether all values are printed."""
    if chart.kind != "share" and chart.axis and find_extent(chart, False, True).high > chart.axis.high * 1.001:
        has_grid = False
    columns = make_columns(scale_chart(space.whole or chart), space, has_grid, is_stack=True)
    names = name_rows(chart, space, columns)
    legend = [series.name for series in chart.series] if len(chart.series) > 1 else []
    keys = legend_height(space, legend)
    ticks = find_ticks(scale_chart(chart), has_grid)
    above, below = keys + line_keys_height(space, chart.lines), space.style.chart.size + 5 if ticks else 0.0
    leading = space.style.chart.leading
    sizes = [
        GAP + (max(THICK, len(lines) * leading) if columns.names else THICK + len(lines) * leading) for lines in names
    ]
    scene = Scene(space.width, above + below + sum(sizes))
    draw_legend(scene, space, legend, scene.height)
    draw_line_keys(scene, space, chart.lines, scene.height - keys)
    y, is_complete = scene.height - above, chart.labelled == "all"
    for n, size in enumerate(sizes):
        is_complete = _draw_row(scene, space, chart, columns, n, (y, size, names[n])) and is_complete
        y -= size
        scene.cuts.append(scene.height - y)
    _close(scene, space, scale_chart(chart), columns, has_grid, (below, scene.height - above))
    return scene, is_complete


def _draw_row(
    scene: Scene,
    space: ChartSpace,
    chart: Chart,
    columns: Columns,
    n: int,
    place: tuple[float, float, tuple[str, ...]],
) -> bool:
    """Draw the name, stack and total of a category; return whether all its values are printed."""
    top, size, lines = place
    inner = (size - GAP) / 2
    beside = bool(columns.names)
    taken = len(lines) * space.style.chart.leading
    middle = top - GAP / 2 - inner if beside else top - GAP / 2 - taken / 2
    low = top - GAP / 2 - inner - THICK / 2 if beside else top - GAP / 2 - taken - THICK
    write_name(scene, space, columns, lines, middle, n in chart.highlighted)
    parts = stack_parts(chart, space, scene, n, (low, THICK), columns.zero, columns.unit, is_flat=True)
    scene.add(*(part.shape for part in parts))
    draw_seams(scene, parts, is_flat=True)
    is_complete = is_printed(chart, n)
    for part in parts if is_complete else ():
        is_complete = write_inside(scene, space, part) and is_complete
    if n < len(chart.totals):
        x = max((part.box[2] for part in parts), default=columns.zero) + 4
        look = space.look(strong=True, bold=True)
        scene.write(Label(chart.totals[n], x, low + THICK / 2 - 0.25 * space.style.chart.size, look, role="value"))
    return is_complete


def _close(
    scene: Scene, space: ChartSpace, chart: Chart, columns: Columns, has_grid: bool, span: tuple[float, float]
) -> None:
    """Draw grid, zero line and reference lines around the labels."""
    ticks = find_ticks(chart, has_grid)
    for tick in ticks:
        half = space.text_width(tick.text) / 2
        x = min(max(columns.zero + tick.value * columns.unit, half), scene.width - half)
        write_tick(scene, space, tick.text, x, 3.0, False)
    scale = scene.add_scale(Scale(columns.zero, columns.unit)) if chart.lines else 0
    for shown in chart.lines:
        draw_reference(scene, space, shown, scale, span, False)
    places = [columns.zero + tick.value * columns.unit for tick in ticks if tick.value]
    draw_grid(scene, space, places, *span, False, 0)
    draw_zero(scene, space, columns.zero, *span, False)
