"""Key figures: rows of tiles of one size, with numbers of one size.

A row does not set its numbers smaller to fit more of them: there are fewer tiles beside each other, or the units are
below the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from gri_builder.charts.sparkline import TrendScale, share_scale
from gri_builder.layout.blocks.key_figure_tile import ICON, PAD, Tile
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.model.document import KeyFigure
from gri_builder.pdf.structure_tree import StructureElement
from gri_builder.typesetting.style import Style

GAP = 9.0
"""Space between tiles."""
MAX_COLUMNS = 4


class RowPlan(Struct, frozen=True):
    """How the tiles of all rows are set."""

    columns: int
    """Tiles beside each other."""
    is_unit_below: bool
    is_icon_beside: bool
    """Whether icons are in the corner beside the numbers, not above them."""
    size: float
    """Of the numbers."""


class KeyFiguresBlock(LayoutBox):
    """Key figures in rows of up to four."""

    def __init__(
        self,
        figures: tuple[KeyFigure, ...],
        parent: StructureElement,
        language: str,
        style: Style,
        color: Color,
        size: float | None = None,
    ) -> None:
        """Make the tiles; `size` is that of the numbers, by default of the style."""
        super().__init__(before=10, after=14)
        self.tiles = [Tile(figure, parent, language, style, color) for figure in figures]
        self.size, self.columns = size or style.big.size, 1
        self.plans: dict[float, RowPlan] = {}
        """How the tiles are set at each width that was measured; the parts of a split keep it."""
        self.row_heights: list[float] = []
        """Heights of the rows as they were measured; the parts of a split keep theirs, and are not measured again."""
        self.measured: tuple[float, RowPlan] | None = None
        """Width and plan that the tiles were measured for."""

    def measure(self, width: float) -> None:
        """Choose how many tiles are beside each other, so that all numbers fit, and measure them."""
        plan = self.plans[width] = self.plans.get(width) or self._make_plan(width)
        self.columns = plan.columns
        if self.measured != (width, plan):
            tile, scale = tile_width(width, plan.columns), self._scale()
            for each in self.tiles:
                each.measure(tile, plan.size, plan.is_unit_below, plan.is_icon_beside, scale)
            self.row_heights, self.measured = [self._row_height(row) for row in self._rows()], (width, plan)
        self.height = sum(self.row_heights) + GAP * (len(self.row_heights) - 1)

    def _make_plan(self, width: float, columns: int | None = None) -> RowPlan:
        """Return how the tiles are set; only a number that is wider than a whole line is set smaller."""
        columns = columns or choose_columns(self.tiles, width, self.size)
        inner = tile_width(width, columns) - 2 * PAD
        unit_below = max(each.needs(True) for each in self.tiles) * self.size > inner
        widest = max(each.needs(not unit_below) for each in self.tiles)
        size = min(self.size, inner / widest) if widest else self.size
        icon_beside = all(each.needs(not unit_below) * size + ICON + 6 <= inner for each in self.tiles)
        return RowPlan(columns, unit_below, icon_beside, size)

    def _scale(self) -> TrendScale:
        return share_scale(each.figure.trend for each in self.tiles if each.figure.trend)

    def _rows(self) -> list[list[Tile]]:
        return [self.tiles[start : start + self.columns] for start in range(0, len(self.tiles), self.columns)]

    def _row_height(self, row: Sequence[Tile]) -> float:
        return PAD + max(tile.head for tile in row) + max(tile.height_below_head() for tile in row)

    def min_height(self, width: float) -> float:
        """Return the height of its first row, or of all if there is no other."""
        self.wrap(width)
        return self.row_heights[0] if len(self.row_heights) > 1 else super().min_height(width)

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return the rows that fit and the others; or fewer tiles beside each other if a row is higher than a page."""
        rows, used = 0, 0.0
        for row_height in self.row_heights:
            used += row_height
            if used > height:
                break
            used, rows = used + GAP, rows + 1
        fitting, plans, measured = rows * self.columns, self.plans, self.measured
        if not fitting and self.row_heights[0] > self.frame.height and len(self.tiles) > 1:
            fitting, measured = ceil(len(self.tiles) / 2), None
            plans = {width: self._make_plan(width, max(1, self.columns // 2))}
        if not 0 < fitting < len(self.tiles):
            return []
        above, below = ({"row_heights": part} for part in (self.row_heights[:rows], self.row_heights[rows:]))
        return [
            self.part(True, tiles=self.tiles[:fitting], plans=plans, measured=measured, after=GAP, **above),
            self.part(False, tiles=self.tiles[fitting:], plans=plans, measured=measured, **below),
        ]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the tiles row by row."""
        for row in self._rows():
            height, head = self._row_height(row), max(tile.head for tile in row)
            for number, tile in enumerate(row):
                tile.paint(canvas, x + number * (tile.width + GAP), top, height, head)
            top -= height + GAP


def tile_width(width: float, columns: int) -> float:
    """Return the width of each tile of a row."""
    return (width - GAP * (columns - 1)) / columns


def choose_columns(tiles: Sequence[Tile], width: float, size: float) -> int:
    """Return how many tiles are beside each other: as many as fit with their numbers, in rows of equal length."""
    for columns in range(min(MAX_COLUMNS, len(tiles)), 1, -1):
        inner = tile_width(width, columns) - 2 * PAD
        if max(tile.needs(False) for tile in tiles) * size <= inner:
            return ceil(len(tiles) / ceil(len(tiles) / columns))
    return 1
