"""The page at a glance: key figures in a grid that fills the page, with the theme's pattern in cells left over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from msgspec.structs import replace

from gri_builder.charts.sparkline import HEIGHT
from gri_builder.fonts.faces import load_face
from gri_builder.layout.blocks.background_pattern import draw_pattern
from gri_builder.layout.blocks.front_matter import ChapterTitle
from gri_builder.layout.blocks.key_figure_tile import PAD
from gri_builder.layout.blocks.key_figures import GAP, KeyFiguresBlock, tile_width
from gri_builder.layout.blocks.pattern_variation import make_seed
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.flow_builder import FlowBuilder
from gri_builder.model.document import Block, KeyFigure, KeyFigures
from gri_builder.model.rich_text import Heading, plain_text
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.number_parts import split_number
from gri_builder.typesetting.style import Style

COLUMNS = {1: 1, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2}
"""Cells beside each other by the number of key figures; three for more."""
MIN_ROWS = 2
"""Rows of the grid, so that one or two figures leave room for the pattern."""
MAX_GRAPH = 150.0
"""Height up to which the course of a figure grows, in points."""
LARGEST = 2.6
"""Size of the numbers at most, relative to those in the text."""


def build_glance(flow: FlowBuilder, blocks: Iterable[Block]) -> None:
    """Add the page at a glance: its title, and the key figures below it."""
    title: ChapterTitle | None = None
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            title = _add_title(flow, block)
        elif isinstance(block, KeyFigures) and block.figures:
            size = choose_size(block.figures, flow.style)
            big = replace(flow.style.big, size=size, leading=size * 1.1)
            label = flow.style.label
            few = _count_columns(len(block.figures)) < 3
            small = flow.style.small
            small = replace(small, size=label.size, leading=label.leading) if few else small
            style = replace(flow.style, tiles="filled", big=big, small=small)
            parent = StructureElement("Div", flow.scope.parent)
            grid = GlanceGrid(block.figures, parent, flow.scope.language, style, flow.scope.color, size)
            grid.title = title
            flow.add(grid)
        else:
            flow.build((block,))


def _add_title(flow: FlowBuilder, heading: Heading) -> ChapterTitle:
    text, anchor = plain_text(heading.runs), heading.anchor or ""
    flow.open_section(1).heading = text
    scope = flow.scope
    element = StructureElement("H1", scope.parent)
    title = ChapterTitle(text, element, scope.color, flow.style, scope.language, "glance")
    title.heading, title.is_wide = text, True
    flow.add(title, anchor)
    if anchor:
        flow.canvas.bookmark(flow.outline_level, text, anchor)
    return title


def choose_size(figures: Iterable[KeyFigure], style: Style) -> float:
    """Return the size of all numbers: as large as the widest of them fits into its cell, without its unit."""
    figures = tuple(figures)
    face = load_face(bold=True, family=style.big.family)
    inner = tile_width(style.page.full_width, _count_columns(len(figures))) - 2 * PAD
    widest = max(split_number(figure.value).width(face, with_unit=False) for figure in figures)
    return min(style.big.size * LARGEST, inner / widest) if widest else style.big.size


def _count_columns(count: int) -> int:
    return COLUMNS.get(count, 3)


def share_height(needed: Sequence[float], rows: int, room: float) -> tuple[float, ...]:
    """Return the heights of the rows: equal ones where all fit, else what each needs and a share of the rest.

    Nothing if they need more than there is.
    """
    equal = room / rows
    if max(needed) <= equal:
        return (equal,) * rows
    spare = room - sum(needed)
    if spare < 0 or rows > len(needed):
        return ()
    return tuple(height + spare / rows for height in needed)


class GlanceGrid(KeyFiguresBlock):
    """Key figures as cells of one size that fill the page below its title."""

    title: ChapterTitle | None = None
    heights: tuple[float, ...] = ()
    """Of the rows, that of the pattern below them included; empty where the cells do not fit on one page."""

    def measure(self, width: float) -> None:
        """Share the height of the page among the rows; courses grow with it."""
        self.before = self.after = 0.0
        room = self.frame.height - self._title_height(width) - 1.0
        columns = _count_columns(len(self.tiles))
        rows = max(MIN_ROWS, ceil(len(self.tiles) / columns))
        self._measure_cells(width, columns, HEIGHT)
        needed = [self._row_height(row) for row in self._rows()]
        self.heights = share_height(needed, rows, room - GAP * (rows - 1))
        if not self.heights:
            super().measure(width)
            return
        spare = min(high - low for high, low in zip(self.heights, needed, strict=False))
        self._measure_cells(width, columns, min(MAX_GRAPH, HEIGHT + spare * 0.8))
        self.height = sum(self.heights) + (rows - 1) * GAP

    def _title_height(self, width: float) -> float:
        if self.title is None:
            return 0.0
        self.adopt(self.title)
        return self.title.wrap(width)

    def _measure_cells(self, width: float, columns: int, graph: float) -> None:
        plan = self._make_plan(width, columns)
        self.columns, scale = columns, self._scale()
        for tile in self.tiles:
            tile.graph_height = graph
            tile.measure(tile_width(width, columns), plan.size, plan.is_unit_below, plan.is_icon_beside, scale)

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the cells row by row, then the pattern in those left over."""
        if not self.heights:
            super().paint(canvas, x, top)
            return
        cell, y = tile_width(self.width, self.columns), top
        for row, height in zip(self._rows(), self.heights, strict=False):
            head = max(tile.head for tile in row)
            for place, tile in enumerate(row):
                tile.paint(canvas, x + place * (cell + GAP), y, height, head)
            if len(row) < self.columns:
                left = x + len(row) * (cell + GAP)
                self._paint_pattern(canvas, left, y - height, x + self.width - left, height)
            y -= height + GAP
        if y - GAP > top - self.height:
            self._paint_pattern(canvas, x, top - self.height, self.width, y - top + self.height)

    def _paint_pattern(self, canvas: ReportCanvas, x: float, low: float, width: float, height: float) -> None:
        style = self.tiles[0].style
        ground = style.ground()
        seed = make_seed(self.tiles[0].figure.label, len(self.tiles))
        area = (x, low, width, height)
        canvas.decorate(*draw_pattern(style.pattern, area, ground.behind_art, ground.accent, seed))
