"""Charts made by hand or at random, drawn as scenes, and scenes written as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from hypothesis import strategies as st

from gri_builder.charts.kinds.registry import DRAWERS
from gri_builder.charts.scene import Label, Scene, Shape
from gri_builder.charts.series_styles import choose_series_styles
from gri_builder.charts.space import ChartSpace
from gri_builder.compose.charts.axes import make_axis
from gri_builder.layout.blocks.chart import MAX_HEIGHT
from gri_builder.model.color import to_hex
from gri_builder.model.figures.chart import LABEL_CHOICES, Chart, ChartKind, ChartSeries, ReferenceLine
from gri_builder.model.rich_text import Run
from gri_builder.resources.themes import DEFAULT_THEME, load_theme
from gri_builder.typesetting.style import Style, make_style
from tests.support.golden import assert_golden
from tests.support.scene_rules import check_scene as check_scene
from tests.support.scene_rules import check_zero as check_zero

ENGLISH = Locale("en")
NARROW, COLUMN, WIDE = 120.0, 401.0, 760.0
"""Widths of charts in points: in a box of a column, in the text column, on a landscape page."""
widths = st.sampled_from([NARROW, 190.0, 280.0, COLUMN, 500.0, WIDE]) | st.floats(120, 760).map(lambda w: round(w, 1))


@cache
def load_style(theme: str = DEFAULT_THEME) -> Style:
    """Return the style of a theme."""
    return make_style(load_theme(theme))


def make_space(chart: Chart, width: float = COLUMN, theme: str = DEFAULT_THEME) -> ChartSpace:
    """Return the space of a chart of that width."""
    style = load_style(theme)
    return ChartSpace(width, MAX_HEIGHT, style, choose_series_styles(chart, style.primary, style.accent, style.text))


def draw(chart: Chart, width: float = COLUMN, theme: str = DEFAULT_THEME) -> Scene:
    """Return the scene of a chart."""
    return DRAWERS[chart.kind](chart, make_space(chart, width, theme))


def make_chart(
    kind: ChartKind,
    categories: Sequence[str],
    values: Mapping[str, Sequence[float | None]],
    **more: Any,
) -> Chart:
    """Return a chart of values by the names of their series, with an axis for them.

    Its facts are called 'NAME[CATEGORY]', as those of a report.
    """
    rows = tuple(
        ChartSeries(
            name,
            tuple(row),
            tuple(print_number(value) for value in row),
            tuple(
                None if value is None else f"{name}[{category}]"
                for value, category in zip(row, categories, strict=True)
            ),
        )
        for name, row in values.items()
    )
    known = [Decimal(str(value)) for value in _scaled(kind, list(values.values()))]
    axis = make_axis(known, ENGLISH, more.pop("axis_choice", "zero"))
    return Chart(kind, (Run("Energy (GJ)"),), tuple(categories), rows, "GJ", "Alt.", axis=axis, **more)


def _scaled(kind: ChartKind, rows: Sequence[Sequence[float | None]]) -> list[float]:
    """Return the values that the axis of that kind has to reach."""
    if kind in ("stacked", "area"):
        return [sum(value or 0.0 for value in column) for column in zip(*rows, strict=True)]
    return [value for row in rows for value in row if value is not None]


def print_number(value: float | None) -> str:
    """Return a value as a page prints it."""
    if value is None:
        return "–"
    number = f"{value:,.1f}".removesuffix(".0") if abs(value) < 1000 else f"{value:,.0f}"
    return number.replace("-", "−")


words = st.sampled_from(
    (
        "Gas",
        "Power",
        "Heat",
        "Fuel oil",
        "Renewables",
        "Steam and chilled water",
        "Not allocated to any site (other)",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Wood-, bark- and chip-fired",
        "Purchased electricity from the grid of the region",
        "Diesel",
        "EU",
        "Österreich",
        "Öl",
        "x",
    )
)
small = st.floats(0, 1000, allow_nan=False).map(lambda value: round(value, 1))
numbers = small | st.sampled_from([0.0, 1.0, 300_000.0, 12.5, 2_400_000.0, 0.1]) | st.integers(0, 10**7).map(float)


@st.composite
def charts(
    pick: st.DrawFn,
    kinds: Sequence[ChartKind],
    max_series: int = 6,
    max_categories: int = 14,
    negative: bool = True,
    missing: bool = True,
    least: int = 1,
    lines: bool = False,
) -> Chart:
    """Return strategies of charts: over years with gaps or over names, with values of very different sizes."""
    kind = pick(st.sampled_from(list(kinds)))
    count, rows = pick(st.integers(least, max_categories)), pick(st.integers(1, max_series))
    values = numbers | numbers.map(lambda value: -value) if negative and pick(st.booleans()) else numbers
    cells = values | st.none() if missing and pick(st.booleans()) else values
    if pick(st.booleans()):
        years = sorted(pick(st.sets(st.integers(1990, 2035), min_size=count, max_size=count)))
        categories, places = [str(year) for year in years], tuple(year + 0.5 for year in years)
    else:
        categories, places = _names(pick, count), ()
    data = {name: pick(st.lists(cells, min_size=count, max_size=count)) for name in _names(pick, rows)}
    more: dict[str, Any] = {"places": places, "labelled": pick(st.sampled_from(LABEL_CHOICES))}
    if pick(st.booleans()):
        more["highlighted"] = (pick(st.integers(0, count - 1)),)
    if lines:
        chosen = pick(st.lists(numbers, min_size=1, max_size=2))
        more["lines"] = tuple(ReferenceLine(value, f"Target 2030: {print_number(value)}") for value in chosen)
    return make_chart(kind, categories, data, **more)


def _names(pick: st.DrawFn, count: int) -> list[str]:
    """Return names that differ."""
    chosen = pick(st.lists(words, min_size=count, max_size=count))
    return [name if name not in chosen[:n] else f"{name} {n}" for n, name in enumerate(chosen)]


def assert_scene(name: str, *scenes: Scene) -> None:
    """Assert that scenes are written as in the golden file `chart-NAME.txt`."""
    assert_golden(f"chart-{name}.txt", "\n".join(write_scene(scene) for scene in scenes))


def write_scene(scene: Scene) -> str:
    """Return a scene as text: its scales, its shapes in the order of painting, and its labels."""
    lines = [f"chart {scene.width:.0f} x {scene.height:.1f}"]
    for scale in scene.scales:
        broken = " broken" if scale.is_broken else ""
        lines.append(f"scale {scale.origin:.1f} + (value - {scale.base:g}) * {scale.unit:.5g}{broken}")
    lines += [_write_shape(shape) for shape in scene.shapes]
    lines += [_write_label(label) for label in scene.labels]
    return "\n".join(lines) + "\n"


def _write_shape(shape: Shape) -> str:
    paint = [f"fill {to_hex(shape.fill)}"] if shape.fill else []
    paint += [f"line {to_hex(shape.stroke)} {shape.width:g}"] if shape.stroke else []
    paint += [shape.pattern] if shape.pattern else []
    paint += ["dashed"] if shape.dash else []
    values = [f"{datum.value:g}" + (f" {datum.fact}" if datum.fact else "") for datum in shape.data]
    shown = [f"{shape.measure} = " + "; ".join(values)] if values else []
    points = [point for contour in shape.contours for point in contour.points]
    is_line = bool(shape.stroke) and len(points) <= 12
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points) if is_line else " ".join(f"{n:.1f}" for n in shape.box)
    return ": ".join([f"{shape.role} {places}", ", ".join([*paint, *shown])])


def _write_label(label: Label) -> str:
    fact = f" {label.fact}" if label.fact else ""
    return f"{label.role} {label.align} {label.x:.1f},{label.y:.1f} {label.text!r} {to_hex(label.look.color)}{fact}"
