"""Charts: one Figure each, drawn as a scene when it is measured."""

from __future__ import annotations

from gri_builder.charts.bars.cutting import cut_chart
from gri_builder.charts.bars.names import wrap_name
from gri_builder.charts.kinds.registry import DRAWERS
from gri_builder.charts.scene import Label, Scene
from gri_builder.charts.series_styles import choose_series_styles
from gri_builder.charts.space import ChartSpace
from gri_builder.compose.text.numbers import remove_sign
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.layout.scenes.painting import paint_scene
from gri_builder.layout.tables.continuation import continue_caption
from gri_builder.model.color import Color
from gri_builder.model.figures.chart import Chart
from gri_builder.model.rich_text import FactReference, plain_text
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import Style, limit_indent

MAX_HEIGHT = 560.0
MIN_SPLIT_ROWS, LEAST_ROWS = 12, 4
"""Rows of lying bars from which a chart may go on over pages, and those that are on each page at least."""
WHOLE_SHARE = 0.8
"""Share of a page's height up to which a chart is kept on one page, as its bars are compared with each other."""


class ChartBlock(LayoutBox):
    """A chart of one or several series."""

    floats = gives_way = True

    def __init__(
        self,
        chart: Chart,
        parent: StructureElement,
        style: Style,
        color: Color,
        indent: float = 0,
        continued: str = "",
        language: str = "",
    ) -> None:
        super().__init__(before=2, after=12)
        self.chart, self.style, self.indent = chart, style, indent
        self.series_styles = choose_series_styles(chart, color, style.accent, style.text)
        self.element = StructureElement("Figure", parent, alt=chart.alt)
        self.language = language
        self.scene = Scene(0.0)
        self.scenes: dict[tuple[float, float], Scene] = {}
        """Scenes by the width and the stretch that they were drawn for."""
        self.whole: Chart | None = None
        """The chart of which this is a part, as it continues on other pages."""
        self.continued = continued
        """The word after the caption of a part that continues."""
        self.is_continued = False
        self.elements = [self.element]
        """Figures of all its parts that are painted, or first."""

    def measure(self, width: float) -> None:
        """Draw the scene of the chart for that width."""
        self.indent = limit_indent(self.indent, width)
        state = width, self.spread.figures
        if state not in self.scenes:
            self.scenes[state] = self._draw(width - self.indent, self.spread.figures)
        self.scene = self.scenes[state]
        self.height = self.scene.height

    def _draw(self, width: float, stretch: float) -> Scene:
        space = ChartSpace(width, MAX_HEIGHT, self.style, self.series_styles, self.language, self.whole, stretch)
        is_empty = not self.chart.series or not self.chart.categories
        scene = _say_nothing(self.chart, space) if is_empty else DRAWERS[self.chart.kind](self.chart, space)
        scene.drop_endless_labels()
        if self.is_continued:
            self._repeat_caption(scene, space)
        return scene

    def min_height(self, width: float) -> float:
        """Return the minimum height of its first part: all of a short chart, or the first rows of a long one."""
        height = super().min_height(width)
        return self.scene.cuts[LEAST_ROWS - 1] if self._is_long() else height

    def _repeat_caption(self, scene: Scene, space: ChartSpace) -> None:
        """Write the caption above a further part."""
        caption, leading = plain_text(continue_caption(self.chart.caption, self.continued)), self.style.caption.leading
        lines = wrap_name(space, caption, space.width, bold=True)
        scene.height += len(lines) * leading + 2
        scene.cuts = [cut + len(lines) * leading + 2 for cut in scene.cuts]
        for number, line in enumerate(lines):
            y = scene.height - leading * (number + 1) + 3
            scene.labels.insert(number, Label(line, 0.0, y, space.look(strong=True, bold=True)))

    def _is_long(self) -> bool:
        """Return whether it has rows enough for two pages, and is too high for one with its heading and caption."""
        return len(self.scene.cuts) >= MIN_SPLIT_ROWS and self.height > WHOLE_SHARE * self.frame.height

    def _continue_element(self) -> StructureElement:
        """Return a new Figure for a further part, right after that of the part before."""
        last = self.elements[-1]
        element = StructureElement("Figure", None, alt=self.chart.alt)
        if last.parent is not None:
            element.parent = last.parent
            kids = last.parent.kids
            kids.insert(kids.index(last) + 1, element)
        self.elements.append(element)
        return element

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the rows of a long chart that fit, and the others, which are drawn on the same scale."""
        self.wrap(width)
        if not self._is_long():
            return []
        below = self.height - self.scene.cuts[-1]
        fitting = sum(cut + below <= height for cut in self.scene.cuts)
        count = min(fitting, len(self.scene.cuts) - LEAST_ROWS)
        if count < LEAST_ROWS:
            return []
        upper, lower = cut_chart(self.chart, count)
        whole = self.whole or self.chart
        return [
            self.part(True, chart=upper, whole=whole, scenes={}),
            self.part(False, chart=lower, whole=whole, is_continued=True, anchor="", scenes={}),
        ]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the scene; a fact without space for its label is drawn, but does not count as printed."""
        if not self.height:
            return
        if self.is_continued:
            self.element = self._continue_element()
        left, bottom = x + self.indent, top - self.height
        self.element.attributes = canvas.bounds(left, bottom, self.scene.width, self.height)
        self.element.prints = tuple(
            (FactReference((label.fact,)), _without_plus(label.text)) for label in self.scene.labels if label.fact
        )
        paint_scene(self.scene, canvas, self.element, left, bottom)


def _without_plus(text: str) -> str:
    """Return a printed value without the plus sign that a rise of a waterfall has; its fact is printed without it."""
    return remove_sign(text) if "+" in text[:3] else text


def _say_nothing(chart: Chart, space: ChartSpace) -> Scene:
    """Return the scene of a chart without values: the sentence that says so."""
    look = space.look()
    scene = Scene(space.width, look.size * 1.4)
    scene.write(Label(space.shorten(chart.alt, space.width), 0.0, look.size * 0.4, look))
    return scene
