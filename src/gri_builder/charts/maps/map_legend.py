"""The legend of a map: what its marks mean, and how large circles are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gri_builder.charts.maps.site_marks import draw_mark, draw_ring
from gri_builder.charts.scene import Label, Scene, Shape, circle
from gri_builder.charts.space import ChartSpace
from gri_builder.model.color import Color
from gri_builder.model.figures.diagrams import SiteMap

GAP, ROW_GAP, TOP = 16.0, 3.0, 7.0
MARK = 3.5

Sizes = Sequence[tuple[float, str, float]]
"""Values of circles, each as printed and with its radius."""


class _Entry(NamedTuple):
    text: str
    radius: float
    kind: int | None
    """Number of the kind of a mark; None for a circle with a value, -1 for one without."""


def _list_entries(shown: SiteMap, sizes: Sizes) -> Iterator[_Entry]:
    unit = f"\u00a0{shown.unit}" if shown.unit else ""
    for _, text, radius in sizes:
        yield _Entry(text + unit, radius, None)
    if missing := next((one.text for one in shown.sites if sizes and one.value is None), None):
        yield _Entry(missing, MARK, -1)
    if len(shown.kinds) > 1 or (shown.kinds and any(one.site.kind is None for one in shown.sites)):
        for number, kind in enumerate(shown.kinds):
            yield _Entry(kind, MARK, number)


class _Place(NamedTuple):
    entry: _Entry
    x: float
    y: float
    """Of the middle of its row, from the top of the legend downwards."""


def _set(shown: SiteMap, space: ChartSpace, sizes: Sizes) -> tuple[list[_Place], float]:
    """Return the entries in rows, and the height of all."""
    rows: list[tuple[list[tuple[_Entry, float]], float]] = []
    row, x, size = list[tuple[_Entry, float]](), 0.0, space.style.chart.leading
    for entry in _list_entries(shown, sizes):
        needed = 2 * entry.radius + 4 + space.text_width(entry.text)
        if row and x + needed > space.width:
            rows.append((row, size))
            row, x, size = [], 0.0, space.style.chart.leading
        row.append((entry, x))
        size = max(size, 2 * entry.radius + 1)
        x += needed + GAP
    if row:
        rows.append((row, size))
    places, y = list[_Place](), TOP
    for entries, size in rows:
        places.extend(_Place(entry, x, y + size / 2) for entry, x in entries)
        y += size + ROW_GAP
    return places, y if places else 0.0


def legend_height(shown: SiteMap, space: ChartSpace, sizes: Sizes) -> float:
    """Return the height of the legend; 0 without one."""
    return _set(shown, space, sizes)[1]


def draw_legend(scene: Scene, shown: SiteMap, space: ChartSpace, sizes: Sizes, color: Color) -> None:
    """Draw the legend at the foot of the scene."""
    places, height = _set(shown, space, sizes)
    look = space.look(strong=True)
    for entry, x, down in places:
        y, r = height - down, entry.radius
        if entry.kind is None:
            scene.add(Shape((circle(x + r, y, r),), fill=color))
        elif entry.kind < 0:
            scene.add(draw_ring(x + r, y, r, color, True))
        else:
            scene.add(*draw_mark(entry.kind, x + r, y, r, color))
        text = space.shorten(entry.text, space.width - 2 * r - 4)
        scene.write(Label(text, x + 2 * r + 4, y - 0.35 * look.size, look))
