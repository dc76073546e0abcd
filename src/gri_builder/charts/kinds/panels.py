"""Small multiples: one small line chart for each series, all on one scale, so that they can be compared."""

from __future__ import annotations

from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.charts.axes import (
    FOOT,
    draw_base,
    draw_grid,
    fit_axis,
    is_all_zero,
    make_scale,
    tick_space,
    trace_break,
    write_ticks,
)
from gri_builder.charts.kinds.lines import draw_lines
from gri_builder.charts.obstacles import Obstacles
from gri_builder.charts.plot import LineStyle, Plot, draw_way, rank_values, write_values
from gri_builder.charts.scene import Label, Scene
from gri_builder.charts.space import ChartSpace
from gri_builder.charts.time_axis import (
    BASELINE,
    LABELS,
    draw_ticks,
    end_space,
    make_time_axis,
    write_categories,
)
from gri_builder.model.color import WHITE, mix, readable_on
from gri_builder.model.figures.chart import Axis, Chart

LEAST_WIDTH = 92.0
"""Of a panel."""
MAX_COLUMNS = 5
GUTTER = 14.0
"""Space between two columns of panels."""
TITLE = 12.0
HEADROOM = 10.0
ROW_GAP = 8.0
SPLIT_HEIGHT = 330.0
"""Height from which panels may go on over pages, on the same scale."""
HIGH, LOW = 58.0, 28.0
"""Greatest and least height of the values of a panel."""


class Grid(Struct, frozen=True):
    """The grid of panels."""

    columns: int
    rows: int
    left: float
    """Space for ticks beside the first column."""
    width: float
    """Of a panel."""
    height: float
    """Of the values of a panel."""

    @property
    def pitch(self) -> float:
        """Height of a row of panels."""
        return TITLE + HEADROOM + self.height + ROW_GAP


def make_grid(chart: Chart, space: ChartSpace, axis: Axis) -> Grid:
    """Return a grid that fills its rows and fits the height of a page, with lower panels if they are many."""
    count, left = len(chart.series), tick_space(space, axis)
    fitting = int((space.width - left + GUTTER) // (LEAST_WIDTH + GUTTER))
    most = max(1, min(MAX_COLUMNS, fitting, count))
    rows = ceil(count / most)
    columns = ceil(count / rows)
    width = (space.width - left - GUTTER * (columns - 1)) / columns
    foot = FOOT if axis.broken else 0.0
    high = (space.max_height - LABELS) / rows - TITLE - HEADROOM - ROW_GAP
    most_high = LOW if is_all_zero(chart) else HIGH
    return Grid(columns, rows, left, width, min(most_high + foot, max(LOW + foot, high)))


def _fit(chart: Chart) -> Axis:
    return fit_axis(chart, [value for series in chart.series for value in series.values if value is not None])


def draw_panels(chart: Chart, space: ChartSpace) -> Scene:
    """Draw a panel for each series in the order of the data: title, line, first and last value."""
    if not chart.places or len((space.whole or chart).series) == 1:
        return draw_lines(chart, space)
    whole = space.whole or chart
    axis = _fit(whole)
    grid = make_grid(whole, space, axis)
    rows = ceil(len(chart.series) / grid.columns)
    scene = Scene(space.width, grid.pitch * rows - ROW_GAP + LABELS)
    if scene.height > SPLIT_HEIGHT:
        scene.cuts = [grid.pitch * (k // grid.columns + 1) - ROW_GAP for k in range(len(chart.series))]
    heights = list[tuple[list[float], float, float]]()
    for k in range(len(chart.series)):
        row, column = divmod(k, grid.columns)
        bottom = scene.height - grid.pitch * row - TITLE - HEADROOM - grid.height
        left = grid.left + (grid.width + GUTTER) * column
        _draw_panel(scene, chart, space, axis, k, (left, bottom, left + grid.width, bottom + grid.height))
        scale = make_scale(axis, bottom, bottom + grid.height)
        if column == 0:
            written = write_ticks(scene, space, axis, scale, left)
        heights.append(([y for y in written if axis.broken or y != scale.at(0.0)], left, left + grid.width))
    boxes = [label.box for label in scene.labels]
    for shown, left, right in heights:
        draw_grid(scene, space, shown, left, right, boxes)
    _write_times(scene, chart, space, grid)
    return scene


def _draw_panel(
    scene: Scene,
    chart: Chart,
    space: ChartSpace,
    axis: Axis,
    k: int,
    box: tuple[float, float, float, float],
) -> None:
    """Draw a panel in its box of values, with its title above it."""
    left, bottom, right, top = box
    scale = make_scale(axis, bottom, top)
    time = make_time_axis(chart, left + 4, right - 4)
    obstacles = Obstacles((left, bottom - 3, right, top + HEADROOM))
    plot = Plot(scene, space, chart, scale, scene.add_scale(scale), time, obstacles)
    look = _look(chart, space, k)
    strong = space.look(bold=True, color=look.text if chart.series[k].highlighted else space.style.text)
    title = space.shorten(chart.series[k].name, right - left, bold=True)
    scene.write(Label(title, left, top + HEADROOM + 3, strong, "left", "title"))
    for y in draw_base(scene, space, axis, scale, left, right):
        obstacles.add_line([(left, y), (right, y)], 0.9)
    if axis.broken:
        obstacles.add_line(trace_break(left, bottom, top), 0.8)
    draw_ticks(scene, space, time, scale.at(0.0) if not axis.broken else bottom)
    draw_way(plot, chart.series[k], look)
    wanted = [each for each in rank_values(plot, k) if each.rank < 2]
    write_values(plot, wanted, {k: look}, is_colored=False)


def _look(chart: Chart, space: ChartSpace, k: int) -> LineStyle:
    """Return the look of a panel's line: one colour for all, grey beside highlighted ones."""
    color = space.series_styles[0].color
    if any(series.highlighted for series in (space.whole or chart).series) and not chart.series[k].highlighted:
        color = mix(space.style.muted, WHITE, 0.25)
    return LineStyle(color, readable_on(color, WHITE), 1.5, "circle", ())


def _write_times(scene: Scene, chart: Chart, space: ChartSpace, grid: Grid) -> None:
    """Write the first and last period below the last panel of each column."""
    count = len(chart.series)
    for column in range(grid.columns):
        row = (count - 1 - column) // grid.columns
        left = grid.left + (grid.width + GUTTER) * column
        first, last = end_space(space, chart)
        y = scene.height - grid.pitch * row - TITLE - HEADROOM - grid.height - LABELS + BASELINE
        time = make_time_axis(chart, left + min(4, first), left + grid.width - min(4, last))
        obstacles = Obstacles((left, y - 3, left + grid.width, y + 12))
        write_categories(scene, space, replace(chart, highlighted=()), time, obstacles, y, (left, left + grid.width))
