"""Organizations: a box for each unit and lines to the units below it; where that has no room, an outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from msgspec import Struct

from gri_builder.layout.blocks.box import Padding, paint_stack, stack_height
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.diagrams.diagram_block import DiagramBlock, StackedText, widest_word
from gri_builder.layout.diagrams.tree_placing import Node, PlacedTree, place_tree
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.pdf.content_stream import fill_and_stroke, polyline, rounded_rectangle, stroke
from gri_builder.typesetting.style import Style

PAD = 5.0
"""Space between a box's edges and its text."""
MIN_BOX, MAX_WORD = 66.0, 64.0
"""Width of the narrowest box, and of the widest word that is not hyphenated."""
OUTLINE_INDENT, MIN_OUTLINE = 14.0, 60.0
"""Indent of a level in an outline, and the width that its deepest box keeps."""
OUTLINE_GAP = 4.0
EDGE = 0.8


class Unit(Struct):
    """A unit of an organization."""

    texts: list[LayoutBox]
    fill: Color
    units: list[Unit]

    def walk(self) -> Iterator[Unit]:
        """Yield the unit and those below it, in reading order."""
        yield self
        for unit in self.units:
            yield from unit.walk()


class OrganizationBlock(DiagramBlock):
    """The units of an organization."""

    def __init__(self, units: list[Unit], style: Style, color: Color, indent: float = 0) -> None:
        super().__init__(style, color, indent)
        self.units = units
        self.tree = PlacedTree()

    def list_texts(self) -> Iterable[LayoutBox]:
        """Yield the boxes of all texts."""
        return [text for root in self.units for unit in root.walk() for text in unit.texts]

    def arrange(self, width: float) -> float | None:
        """Place the boxes; the widest word has room in each, unless it is hyphenated."""
        least = max(MIN_BOX, min(MAX_WORD, widest_word(list(self.list_texts()))) + 2 * PAD)
        placed = place_tree(cast("list[Node]", self.units), width, least, self.frame.height, self._height)
        self.tree = placed or PlacedTree()
        if placed is None:
            return None
        for box in placed.boxes:  # other widths were tried since
            self._height(box.unit, box.width)
        return placed.height

    def _height(self, node: Node, width: float) -> float:
        return stack_height(cast(Unit, node).texts, width - 2 * PAD, self) + 2 * PAD

    def make_stack(self, width: float) -> list[LayoutBox]:
        """Return the units as an outline: each below the one before it, indented by its level."""
        depth = max(level for level, _, _ in self._outline(self.units, (), 0))
        indent = min(OUTLINE_INDENT, max(0.0, width - MIN_OUTLINE) / depth) if depth else 0.0
        return [
            OutlineUnit(unit, self.style, self.color, indent, (level, *open_levels))
            for level, unit, open_levels in self._outline(self.units, (), 0)
        ]

    def _outline(
        self, units: list[Unit], open_levels: tuple[int, ...], level: int
    ) -> Iterator[tuple[int, Unit, tuple[int, ...]]]:
        """Yield each unit with its level, and with the levels above it whose line continues below it."""
        for number, unit in enumerate(units):
            continues = number < len(units) - 1 and level > 0
            inner = (*open_levels, level) if continues else open_levels
            yield level, unit, inner
            yield from self._outline(unit.units, inner, level + 1)

    def paint_diagram(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the lines, the boxes and their texts."""
        paths = [polyline([(x + a, top - b) for a, b in line]) for line in self.tree.lines]
        shapes = [stroke(*paths, color=self.style.muted, width=0.8)] if paths else []
        for box in self.tree.boxes:
            panel = rounded_rectangle(x + box.x, top - box.bottom, box.width, box.height, min(3.0, self.style.radius))
            shapes.append(fill_and_stroke(panel, cast(Unit, box.unit).fill, self.color, EDGE))
        canvas.decorate(*shapes)
        for box in self.tree.boxes:
            texts = cast(Unit, box.unit).texts
            paint_stack(texts, canvas, x + box.x + PAD, top - box.y - PAD, box.width - 2 * PAD, self)


class OutlineUnit(StackedText):
    """A unit in an outline, with the lines that lead to it and past it."""

    def __init__(self, unit: Unit, style: Style, color: Color, indent: float, levels: tuple[int, ...]) -> None:
        """Make the box; `levels` are its own, and those whose lines continue below it; `indent` is that of a level."""
        own, *passing = levels
        super().__init__(unit.texts, style, color, Padding(own * indent + PAD, PAD, PAD, PAD + OUTLINE_GAP))
        self.unit, self.start, self.indent = unit, own * indent, indent
        self.passing = tuple((level - 0.5) * indent for level in passing)

    def paint_frame(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the box, the line to it, and those of the units above it that continue below."""
        low, left = top - self.height, x + self.start
        foot = low + (OUTLINE_GAP if self.foot else 0.0)
        lines = [[(x + each, top), (x + each, low)] for each in self.passing]
        if self.start and self.head:
            middle, spine = (top + foot) / 2, left - self.indent / 2
            lines.append([(spine, top), (spine, middle), (left, middle)])
        if self.unit.units and self.foot:
            lines.append([(left + self.indent / 2, foot), (left + self.indent / 2, low)])
        panel = rounded_rectangle(left, foot, self.width - self.start, top - foot, min(3.0, self.style.radius))
        drawn = [stroke(*(polyline(each) for each in lines), color=self.style.muted, width=0.8)] if lines else []
        canvas.decorate(*drawn, fill_and_stroke(panel, self.unit.fill, self.color, EDGE))
