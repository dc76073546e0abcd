"""The drawers of all kinds of charts: each returns a scene of a chart for a space."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gri_builder.charts.kinds.areas import draw_areas
from gri_builder.charts.kinds.bars import draw_bars
from gri_builder.charts.kinds.bullets import draw_bullets
from gri_builder.charts.kinds.dumbbells import draw_dumbbells
from gri_builder.charts.kinds.heat import draw_heat
from gri_builder.charts.kinds.lines import draw_lines
from gri_builder.charts.kinds.lying import draw_lying
from gri_builder.charts.kinds.panels import draw_panels
from gri_builder.charts.kinds.progress import draw_progress
from gri_builder.charts.kinds.ranges import draw_ranges
from gri_builder.charts.kinds.ring import draw_ring
from gri_builder.charts.kinds.slopes import draw_slopes
from gri_builder.charts.kinds.stacks import draw_stacks
from gri_builder.charts.kinds.waterfalls import draw_waterfall
from gri_builder.charts.scene import Scene
from gri_builder.charts.space import ChartSpace
from gri_builder.model.figures.chart import Chart, ChartKind

DRAWERS: Mapping[ChartKind, Callable[[Chart, ChartSpace], Scene]] = {
    "bar": draw_bars,
    "lying": draw_lying,
    "grouped": draw_bars,
    "stacked": draw_stacks,
    "share": draw_stacks,
    "line": draw_lines,
    "area": draw_areas,
    "multiples": draw_panels,
    "slope": draw_slopes,
    "dumbbell": draw_dumbbells,
    "waterfall": draw_waterfall,
    "donut": draw_ring,
    "bullet": draw_bullets,
    "range": draw_ranges,
    "heat": draw_heat,
    "progress": draw_progress,
}
