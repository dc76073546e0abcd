"""Charts: one Figure each, drawn as a scene when it is measured."""

from __future__ import annotations

from gri_builder.compose.text.numbers import remove_sign
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.charts.kinds.registry import DRAWERS
from gri_builder.layout.charts.looks import choose_looks
from gri_builder.layout.charts.painting import paint_scene
from gri_builder.layout.charts.scene import Scene
from gri_builder.layout.charts.space import ChartSpace
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.style import Style, limit_indent
from gri_builder.model.chart import Chart
from gri_builder.model.color import Color
from gri_builder.model.rich_text import FactReference
from gri_builder.pdf.structure_tree import StructureElement

MAX_HEIGHT = 560.0


class ChartBlock(LayoutBox):
    """A chart of one or several series."""

    def __init__(
        self, chart: Chart, parent: StructureElement, style: Style, colors: tuple[Color, ...], indent: float = 0
    ) -> None:
        super().__init__(before=2, after=12)
        self.chart, self.style, self.indent = chart, style, indent
        self.looks = choose_looks(chart, colors, style.text)
        self.element = StructureElement("Figure", parent, alt=chart.alt)
        self.scene = Scene(0.0)

    def measure(self, width: float) -> None:
        """Draw the scene of the chart for that width."""
        self.indent = limit_indent(self.indent, width)
        space = ChartSpace(width - self.indent, MAX_HEIGHT, self.style, self.looks)
        is_empty = not self.chart.series or not self.chart.categories
        self.scene = Scene(space.width) if is_empty else DRAWERS[self.chart.kind](self.chart, space)
        self.height = self.scene.height

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the scene; a fact without space for its label is drawn, but does not count as printed."""
        if not self.height:
            return
        left, bottom = x + self.indent, top - self.height
        self.element.attributes = canvas.bounds(left, bottom, self.scene.width, self.height)
        self.element.prints = tuple(
            (FactReference((label.fact,)), _without_plus(label.text)) for label in self.scene.labels if label.fact
        )
        paint_scene(self.scene, canvas, self.element, left, bottom)


def _without_plus(text: str) -> str:
    """Return a printed value without the plus sign that a rise of a waterfall has; its fact is printed without it."""
    return remove_sign(text) if "+" in text[:3] else text
