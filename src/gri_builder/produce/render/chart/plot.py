"""What charts are drawn on: a corner of the page, shapes, one text object; and what all kinds share."""

from __future__ import annotations

from dataclasses import dataclass, field

from gri_builder.document import Chart
from gri_builder.produce.colour import Colour
from gri_builder.produce.render.canvas import Pen
from gri_builder.produce.render.fonts import load_face
from gri_builder.produce.render.style import CHART
from gri_builder.produce.render.text import Look

AXIS = 16
"""Height of the names of categories under a plot."""


@dataclass(slots=True)
class Plot:
    """What a chart is drawn on."""

    left: float
    bottom: float
    width: float
    height: float
    shapes: list[str]
    pen: Pen
    texts: list[str] = field(default_factory=list)
    """Texts written so far."""

    def text(self, x: float, y: float, text: str, look: Look, align: str = "left") -> None:
        """Write a line of text at its left end, right end or middle."""
        width = look.face.width(text) * look.size
        self.pen.move(x - width * {"left": 0.0, "right": 1.0, "center": 0.5}[align], y)
        self.pen.show(text, look)
        self.texts.append(text)


def chart_look(colour: Colour = CHART.colour, bold: bool = False) -> Look:
    """Return the look of text in a chart."""
    return Look(load_face(bold=bold, tabular=True), CHART.size, colour)


def text_width(text: str) -> float:
    """Return the width of a text in a chart, in points."""
    look = chart_look()
    return look.face.width(text) * look.size


def find_range(chart: Chart) -> tuple[float, float]:
    """Return the least and the greatest value to be shown, zero among them."""
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    return low, high if high > low else low + 1.0


def dot(x: float, y: float, radius: float = 2.3) -> str:
    """Return the path of a circle, as four Bézier curves."""
    k, r = 0.5523 * radius, radius
    curves = [
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{v:.2f}" for v in curve) + " c" for curve in curves) + " h"
