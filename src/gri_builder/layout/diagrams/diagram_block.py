"""Diagrams: texts set side by side in shapes; where they have no room, the same texts one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gri_builder.layout.blocks.box import Box, Padding, paint_stack, split_stack, stack_height
from gri_builder.layout.blocks.paragraph import Paragraph
from gri_builder.layout.canvas import ReportCanvas
from gri_builder.layout.layout_box import LayoutBox
from gri_builder.model.color import Color
from gri_builder.typesetting.style import Style, limit_indent

ROUNDING = 0.02
"""Points that a part stays below the height it is given, as sums of heights are not exact."""


class DiagramBlock(LayoutBox):
    """A diagram; a subclass arranges its texts at a width, and stacks them where that is impossible."""

    floats = True

    def __init__(self, style: Style, color: Color, indent: float) -> None:
        super().__init__(before=4, after=12)
        self.style, self.color, self.indent = style, color, indent
        self.stack: list[LayoutBox] = []
        """The boxes that are set one below the other; empty where the diagram is drawn."""
        self.is_part = False
        """Whether a split has decided how it is arranged."""

    def arrange(self, width: float) -> float | None:
        """Place the texts at that width, and return the height; None if they have no room."""
        raise NotImplementedError

    def make_stack(self, width: float) -> list[LayoutBox]:
        """Return boxes with the same texts one below the other."""
        raise NotImplementedError

    def list_texts(self) -> Iterable[LayoutBox]:
        """Yield the boxes of all texts."""
        raise NotImplementedError

    def paint_diagram(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint what was arranged."""
        raise NotImplementedError

    def measure(self, width: float) -> None:
        """Arrange the texts; stack them where they have no room, or would be higher than a page."""
        self.indent = limit_indent(self.indent, width)
        inner = width - self.indent
        if not (self.is_part and self.stack):
            self.stack = []
            height = self.arrange(inner)
            if height is None or (height > self.frame.height and not self.can_break):
                self.stack = self.make_stack(inner)
            else:
                self.height = height
        if self.stack:
            self.height = stack_height(self.stack, inner, self)
        texts = self.stack or self.list_texts()
        self.notes = tuple(dict.fromkeys(label for text in texts for label in text.notes))

    @property
    def can_break(self) -> bool:
        """Whether what is arranged can continue on another page."""
        return False

    def min_height(self, width: float) -> float:
        """Return the minimum height before a page break."""
        self.wrap(width)
        return self.stack[0].min_height(width - self.indent) if self.stack else self.height

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return what fits and the rest, if the texts are stacked."""
        if not self.stack:
            return []
        upper, lower = split_stack(self.stack, width - self.indent, height - ROUNDING, self)
        if not upper or not lower:
            return []
        return [self.part(True, stack=upper, is_part=True), self.part(False, stack=lower, is_part=True)]

    def paint(self, canvas: ReportCanvas, x: float, top: float) -> None:
        """Paint the diagram, or the stack."""
        if self.stack:
            paint_stack(self.stack, canvas, x + self.indent, top, self.width - self.indent, self)
        else:
            self.paint_diagram(canvas, x + self.indent, top)


class StackedText(Box):
    """The texts of one part of a diagram, where they are set below those of the part before it."""

    def __init__(self, blocks: list[LayoutBox], style: Style, color: Color, padding: Padding) -> None:
        super().__init__(blocks, style, color)
        self.before = self.after = 0.0
        self.padding = padding

    def pads(self, width: float) -> Padding:
        """Return the padding, which is the same at any width."""
        return self.padding

    def split(self, width: float, height: float) -> list[LayoutBox]:
        """Return two parts if the texts are higher than a page; else they stay together."""
        return super().split(width, height) if self.wrap(width) > self.frame.height else []


def widest_word(texts: Sequence[LayoutBox]) -> float:
    """Return the width of the widest word in paragraphs, in points."""
    paragraphs = (text for text in texts if isinstance(text, Paragraph))
    return max((word.width for each in paragraphs for word in each.text.words_of(each.runs)), default=0.0)
