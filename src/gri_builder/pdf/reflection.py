"""Reflections: one layout serves both writing directions, as its horizontal positions may be reflected at an axis.

A layout thinks from left to right. Where the text runs from right to left, the same positions count from the right:
shapes are reflected by the transformation matrix (ISO 32000-1, 8.3.4). Texts, pictures and links are not reflected,
only their places are: `left` returns the left edge of what is that wide.
"""

from __future__ import annotations

from msgspec import Struct

from gri_builder.pdf.content_stream import RESTORE, SAVE, Operators, combine


class Reflection(Struct, frozen=True):
    """How a layout's horizontal positions become those of the page, in points: the same, moved or reflected."""

    is_reversed: bool = False
    """Whether they count from right to left."""
    offset: float = 0.0
    """Where the layout's position 0 is on the page."""

    def left(self, x: float, width: float = 0.0) -> float:
        """Return the left edge on the page of what starts at `x` and is that wide."""
        return self.offset - x - width if self.is_reversed else self.offset + x

    def about(self, x: float, width: float) -> Reflection:
        """Return the reflection that exchanges the two sides of what starts at `x` and is that wide."""
        far = 2 * x + width
        return Reflection(not self.is_reversed, self.offset - far if self.is_reversed else self.offset + far)

    @property
    def inverse(self) -> Reflection:
        """How the page's positions become the layout's again."""
        return self if self.is_reversed else Reflection(offset=-self.offset)

    @property
    def matrix(self) -> tuple[Operators, ...]:
        """The operator that draws the following shapes at their places; none where all positions are the same."""
        if not self.is_reversed and not self.offset:
            return ()
        return (Operators(f"{-1 if self.is_reversed else 1} 0 0 1 {self.offset:.2f} 0 cm"),)


def keep_upright(operators: list[Operators], reflection: Reflection, x: float, width: float) -> list[Operators]:
    """Return the operators of a drawing that must not be reflected, though it is drawn among shapes that are."""
    if not reflection.is_reversed:
        return operators
    return [combine(SAVE, *Reflection().about(x, width).matrix, *operators, RESTORE)]
