"""The type scale: the six sizes of a report's inside pages, and the space between its lines, by density."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from gri_builder.model.theme import Density


class TypeScale(Struct, frozen=True):
    """Six sizes, each at least an eighth larger than the one before, and the leading of running text; in points."""

    small: float
    """Notes, small print, codes, labels of charts, headers and footers."""
    detail: float
    """Cells of tables, captions, labels, and notes in the margin."""
    body: float
    """Running text."""
    lead: float
    """A chapter's summary, quotations, and headings of level 3."""
    heading: float
    """Headings of level 2, large quotations, and units of key figures."""
    display: float
    """Titles of chapters, and key figures."""
    leading: float
    """From baseline to baseline of running text: the unit of all space from top to bottom."""

    @property
    def sizes(self) -> tuple[float, ...]:
        """All sizes, from the smallest."""
        return self.small, self.detail, self.body, self.lead, self.heading, self.display

    def lines(self, count: float) -> float:
        """Return the height of that many lines of running text, in points."""
        return self.leading * count


SCALES: Mapping[Density, TypeScale] = {
    "compact": TypeScale(7.0, 8.0, 9.0, 11.0, 14.0, 28.0, 13.0),
    "normal": TypeScale(7.5, 8.5, 10.0, 12.5, 16.0, 32.0, 14.5),
    "airy": TypeScale(8.0, 9.0, 10.5, 13.0, 17.0, 34.0, 15.5),
}
"""The scale of each density."""
