"""Layout warnings: coarse images, crowded tables, sparse pages, thin endings and long side notes, as findings."""

from __future__ import annotations

from math import ceil

from msgspec import Struct, field

from gri_builder.model.color import luminance, parse_color
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.graphics import Picture

MIN_RESOLUTION = 150
"""Pixels per inch under which a picture is coarse in print."""
MIN_FILLED = 0.25
"""Share of a page that must be filled, unless a chapter ends on it."""
MIN_ENDING = 0.3
"""Share of the last page of a chapter that must be filled, if it has several pages."""


class LayoutWarnings(Struct):
    """The warnings found so far, while pages are drawn."""

    found: dict[tuple[str, str], Finding] = field(default_factory=dict)
    """Findings by rule and subject; each is reported once."""
    name: str = "report.pdf"
    """Name of the PDF, for locations."""

    def check_picture(self, picture: Picture, resolution: float, where: Location | None, page: int) -> None:
        """Report a picture with too few pixels per inch at its printed size."""
        if resolution >= MIN_RESOLUTION - 0.5:
            return
        message = f"{picture.path} is shown with {resolution:.0f} pixels per inch on page {page}; it will appear coarse"
        needed = round(picture.width * MIN_RESOLUTION / resolution)
        hint = f"save it {needed} pixels wide or more, as SVG, or show it smaller"
        self._add("coarse-image", picture.path, message, where or self._page(page), hint)

    def warn_of_logo(self, picture: Picture, colors: tuple[str, str], ratio: float, plate: str | None) -> None:
        """Report a logo that fades into the cover; `colors` are its own and the ground's, `plate` is put behind it."""
        color, ground = colors
        faded = f"the logo {picture.path} fades into the cover: {color} on {ground} has a contrast of {ratio:.1f} to 1"
        message = f"{faded}; it is printed on a {plate} plate" if plate else faded
        kind = "light" if luminance(parse_color(ground)) < 0.2 else "dark"
        hint = f"name a file with the logo in {kind} colours under 'logo:'"
        self._add("faded-logo", picture.path, message, self._page(1), hint)

    def check_table(self, where: Location | None, page: int) -> None:
        """Report a table with words that are broken at any character, as there is no room to hyphenate them."""
        message = f"a table on page {page} has too many columns: words are broken to fit"
        hint = "show fewer columns, write shorter words in them, or turn the table: rows as columns"
        self._add("crowded-table", str(where or page), message, where or self._page(page), hint)

    def refuse_table(self, where: Location | None, page: int) -> None:
        """Report a table that is wider than its place, as numbers are never broken."""
        message = f"a table on page {page} is too wide for its place, even in 6.5 points; numbers are never broken"
        hint = "show fewer columns, such as years=3; or move the table out of its box or columns, into the text"
        self.found.setdefault(
            ("table-too-wide", str(where or page)), error("table-too-wide", message, where or self._page(page), hint)
        )

    def check_page(self, page: int, filled: float) -> None:
        """Report a page that is nearly empty although its chapter continues; `filled` is a share of its height."""
        if filled < MIN_FILLED:
            message = (
                f"page {page} is nearly empty: {filled:.0%} of it is filled, and the chapter continues on the next page"
            )
            hint = "what follows can't be split; make it smaller, or move text before it"
            self._add("sparse-page", str(page), message, self._page(page), hint)

    def check_ending(self, page: int, filled: float, title: str, line: float, height: float) -> None:
        """Report the last page of a chapter that is nearly empty, however the chapter is spread.

        `filled` is a share of the page's `height`; `line` is the height of a line of text, in points.
        """
        if filled >= MIN_ENDING:
            return
        lines, missing = ceil(filled * height / line), ceil((MIN_ENDING - filled) * height / line)
        message = (
            f"the chapter “{title}” ends on page {page}, of which {filled:.0%} is filled; "
            f"its pages can't be set close enough to do without the last {_count_lines(lines)}"
        )
        hint = f"shorten the chapter by {_count_lines(lines)}, or add {_count_lines(missing)} or more"
        self._add("thin-ending", str(page), message, self._page(page), hint)

    def report_side_note(self, page: int, where: Location | None) -> None:
        """Report a side note that has no room in the margin, and is set as a box."""
        message = f"a side note has no room in the margin of page {page}, and is a box in the text"
        hint = "shorten it, move it to another paragraph, or make it a callout"
        self._add("long-aside", str(where or page), message, where or self._page(page), hint)

    def _page(self, page: int) -> Location:
        return Location(self.name, page=page)

    def _add(self, rule: str, subject: str, message: str, where: Location, hint: str) -> None:
        self.found.setdefault((rule, subject), warning(rule, message, where, hint))


def _count_lines(count: int) -> str:
    return f"{count} lines" if count > 1 else "line"
