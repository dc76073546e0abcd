"""Where the margin column of a page is: before the text, or on a right page of facing ones, after it."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.typesetting.style import GUTTER, MARGIN_COLUMN


class MarginSide(Struct, frozen=True):
    """The margin column beside a page's text; positions in points, in the writing direction."""

    width: float = MARGIN_COLUMN
    is_after: bool = False
    """Whether it follows the text."""

    @property
    def beside(self) -> float:
        """Width that the margin column adds to that of the text, with the gutter between them."""
        return self.width + GUTTER

    def column(self, x: float, text_width: float) -> float:
        """Return where the margin column starts, beside text that starts at `x` and is that wide."""
        return x + text_width + GUTTER if self.is_after else x - self.beside

    def outset(self, x: float, beside: float) -> float:
        """Return where a box starts that is wider than the text at `x` by that width in the margin column."""
        return x if self.is_after else x - beside
