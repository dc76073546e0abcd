"""What a box may ask of the page on which it is measured and drawn."""

from __future__ import annotations

from typing import Protocol


class PageArea(Protocol):
    """The area of a page that boxes are set in; lengths in points, heights from the page's lower edge."""

    height: float
    """Height of the whole area."""
    at_top: bool
    """Whether nothing is set in the area yet."""
    floor: float
    """Lower edge of the room for boxes, above the footnotes."""

    def notes_height(self, labels: tuple[str, ...]) -> float:
        """Return the room that footnotes with these labels would take."""
