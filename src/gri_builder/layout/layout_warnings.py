"""Checks of looks: what a designer would send back, noticed while pages are painted, as findings."""

from __future__ import annotations

from msgspec import Struct, field

from gri_builder.model.finding import Finding, Location, warning
from gri_builder.model.graphics import Picture

LEAST_RESOLUTION = 150
"""Pixels per inch under which a picture looks coarse in print."""
SPARSE = 0.25
"""Share of a page that is filled at least, unless a chapter ends on it."""


class LayoutWarnings(Struct):
    """What was noticed so far."""

    found: dict[tuple[str, str], Finding] = field(default_factory=dict)
    """Findings by rule and subject, each once."""
    name: str = "report.pdf"
    """File that pages are named of."""

    def see_picture(self, picture: Picture, resolution: float, where: Location | None, page: int) -> None:
        """Judge a picture by its pixels per inch as it is shown."""
        if resolution >= LEAST_RESOLUTION - 0.5:
            return
        message = f"{picture.path} is shown with {resolution:.0f} pixels per inch on page {page}; it will look coarse"
        needed = round(picture.width * LEAST_RESOLUTION / resolution)
        hint = f"save it {needed} pixels wide or more, as SVG, or show it smaller"
        self._add("coarse-image", picture.path, message, where or self._page(page), hint)

    def see_table(self, where: Location | None, page: int) -> None:
        """Note a table whose words are wider than its columns, so that some are broken anywhere."""
        message = f"a table on page {page} has too many columns: words are broken to fit"
        hint = "turn the page: put it between '::: landscape' and ':::'; or show fewer columns"
        self._add("crowded-table", str(where or page), message, where or self._page(page), hint)

    def see_page(self, page: int, filled: float) -> None:
        """Judge a page in the middle of a chapter by the share of its height that is filled."""
        if filled < SPARSE:
            message = (
                f"page {page} is nearly empty: {filled:.0%} of it is filled, and the chapter continues on the next page"
            )
            hint = "what follows is kept whole; make it smaller, or move text before it"
            self._add("sparse-page", str(page), message, self._page(page), hint)

    def see_overlap(self, what: str, page: int, where: Location | None) -> None:
        """Note something in the margin that has no room beside the text that it belongs to."""
        message = f"{what} on page {page} is longer than the page beside it"
        self._add("long-aside", f"{what}{page}", message, where or self._page(page), "shorten it, or make it a callout")

    def _page(self, page: int) -> Location:
        return Location(self.name, page=page)

    def _add(self, rule: str, subject: str, message: str, where: Location, hint: str) -> None:
        self.found.setdefault((rule, subject), warning(rule, message, where, hint))
