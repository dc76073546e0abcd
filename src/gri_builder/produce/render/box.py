"""Boxes: blocks on a ground of their own, or beside a bar; they split between their blocks."""

from __future__ import annotations

from typing import Any

from gri_builder.produce.colour import Colour
from gri_builder.produce.render.block import Block
from gri_builder.produce.render.canvas import ReportCanvas, box


class Box(Block):
    """Blocks one under the other, with padding, a ground and a bar at the left."""

    def __init__(
        self, blocks: list[Block], bar: Colour, ground: Colour | None = None, padding: tuple[float, float] = (12, 10)
    ) -> None:
        super().__init__(before=8, after=12)
        self.blocks, self.bar, self.ground = blocks, bar, ground
        self.pad_x, self.pad_y = padding

    def measure(self, width: float) -> None:
        """Measure the blocks inside the padding."""
        inner, y = width - 2 * self.pad_x, 0.0
        for number, block in enumerate(self.blocks):
            self._adopt(block)
            y += (block.spaceBefore if number else 0) + block.wrap(inner, 0)[1]
            y += block.spaceAfter if number + 1 < len(self.blocks) else 0
        self.height = y + 2 * self.pad_y
        self.notes = tuple(label for block in self.blocks for label in block.notes)

    def _adopt(self, block: Any) -> None:
        block.canv, block._frame = self.canv, getattr(self, "_frame", None)

    def least(self, width: float) -> float:
        """Return the height of the first block's beginning."""
        self.wrap(width, 0)
        least = self.blocks[0].least(width - 2 * self.pad_x)
        if len(self.blocks) > 1 and self.blocks[0].keep_with_next:
            least += self.blocks[0].spaceAfter + self.blocks[1].least(width - 2 * self.pad_x)
        return min(self.height, least + 2 * self.pad_y)

    def split(self, width: float, height: float) -> list[Block]:
        """Return the blocks that fit and the rest, the block at the break split where it can be."""
        room, inner = height - 2 * self.pad_y, width - 2 * self.pad_x
        upper: list[Block] = []
        for number, block in enumerate(self.blocks):
            self._adopt(block)
            room -= (block.spaceBefore if number else 0) + self._frame.notes_height(block.notes)
            if block.wrap(inner, 0)[1] > room + 0.01:
                parts = block.split(inner, room) if room > 0 else []
                lower = [*parts[1:], *self.blocks[number + 1 :]] if parts else self.blocks[number:]
                upper += parts[:1]
                break
            upper.append(block)
            room -= block.height + block.spaceAfter
        else:
            return []
        while upper and upper[-1].keep_with_next:
            lower.insert(0, upper.pop())
        return [self.part(True, blocks=upper), self.part(False, blocks=lower)] if upper else []

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the ground and the bar, then the blocks."""
        shapes = [f"{self.ground} rg {box(x, top - self.height, self.width, self.height)} f"] if self.ground else []
        canvas.decorate(*shapes, f"{self.bar} rg {box(x, top - self.height, 2.4, self.height)} f")
        y = top - self.pad_y
        for number, block in enumerate(self.blocks):
            self._adopt(block)
            y -= (block.spaceBefore if number else 0) + block.wrap(self.width - 2 * self.pad_x, 0)[1]
            block.drawOn(canvas, x + self.pad_x, y)
            y -= block.spaceAfter
