"""What a box may ask of the page on which it is measured and placed."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from gri_builder.layout.paging.spread import AS_DESIGNED, Spread


class PageArea(Protocol):
    """The area of a page that boxes are set in; lengths in points, heights from the page's lower edge."""

    @property
    def height(self) -> float:
        """Height of the whole area."""

    @property
    def at_top(self) -> bool:
        """Whether nothing is set in the area yet."""

    @property
    def floor(self) -> float:
        """Lower edge of the room for boxes, above the footnotes."""

    @property
    def mark_floor(self) -> float:
        """Lower edge of what is in the margin column."""

    @property
    def spread(self) -> Spread:
        """How far the chapter is stretched."""

    def notes_height(self, labels: tuple[str, ...]) -> float:
        """Return the room that footnotes with these labels would take."""


class InnerArea(Struct, frozen=True):
    """The area inside a box: that of the page, less the height of what the box sets above and below its blocks."""

    outer: PageArea
    taken: float
    """Height that the box itself takes, in points."""
    has_notes: bool = True
    """Whether footnotes take room in it; if not, the box sees to that."""

    @property
    def height(self) -> float:
        """Height of the whole area."""
        return self.outer.height - self.taken

    @property
    def at_top(self) -> bool:
        """Whether nothing is set in the area yet."""
        return self.outer.at_top

    @property
    def floor(self) -> float:
        """Lower edge of the room for boxes, above the footnotes."""
        return self.outer.floor

    @property
    def mark_floor(self) -> float:
        """Lower edge of what is in the margin column."""
        return self.outer.mark_floor

    @property
    def spread(self) -> Spread:
        """Nothing inside a box is stretched."""
        return AS_DESIGNED

    def notes_height(self, labels: tuple[str, ...]) -> float:
        """Return the room that footnotes with these labels would take."""
        return self.outer.notes_height(labels) if self.has_notes else 0.0
