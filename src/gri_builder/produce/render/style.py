"""Style tokens: sizes, spacing and colours of a page.

Lengths in points; a colour is its PDF operands, 'r g b' from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gri_builder.produce.colour import WHITE, Colour, colour, readable

INK = colour("#1c2530")
QUIET = colour("#5a6672")
RULE = colour("#c9d0d6")
PAPER = colour("#f4f6f7")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of a paragraph."""

    size: float
    leading: float
    """From baseline to baseline."""
    colour: Colour = INK
    bold: bool = False
    italic: bool = False
    tabular: bool = False
    """Whether digits all have one width."""
    align: str = "left"
    """'left', 'right', 'center' or 'justify'."""
    before: float = 0
    after: float = 0
    hyphenate: bool = True
    link: Colour = INK


BODY = TextStyle(9.6, 14.2, after=7)
LEAD = TextStyle(12.5, 18, after=10, hyphenate=False)
ITEM = replace(BODY, after=3.5)
SMALL = TextStyle(7.6, 10.4, colour=QUIET, after=2)
NOTE = TextStyle(7.6, 10.2, after=2)
CELL = TextStyle(8.3, 11)
NUMBER = replace(CELL, tabular=True, align="right", hyphenate=False)
CAPTION = TextStyle(8.6, 11.6, bold=True, before=5, after=5, hyphenate=False)
MARK = TextStyle(7, 9, bold=True, hyphenate=False)
MARKS = TextStyle(7, 10, bold=True, after=5, hyphenate=False)
CHART = TextStyle(7.4, 9.4, colour=QUIET, hyphenate=False)
HEADINGS = {
    2: TextStyle(16, 20, bold=True, before=20, after=7, hyphenate=False),
    3: TextStyle(11.2, 15, bold=True, before=14, after=4, hyphenate=False),
    4: TextStyle(9.6, 14.2, bold=True, before=8, after=2, hyphenate=False),
}
QUOTE = TextStyle(12.5, 18, italic=True, after=4, hyphenate=False)

PAGE_SIZES = {"A4": (595.276, 841.89), "letter": (612.0, 792.0)}


@dataclass(frozen=True, slots=True)
class Page:
    """The page's geometry: a wide column for text, and a narrow one to its left for marks."""

    width: float
    height: float
    top: float = 74
    bottom: float = 66
    left: float = 116
    right: float = 54
    margin: float = 54
    """Left edge of the column for marks, and of everything that uses the whole width."""

    @property
    def measure(self) -> float:
        """Width of the text column."""
        return self.width - self.left - self.right

    @property
    def full(self) -> float:
        """Width of the text column and the column for marks."""
        return self.width - self.margin - self.right


@dataclass(frozen=True, slots=True)
class Style:
    """Everything that a theme decides."""

    page: Page
    primary: Colour
    accent: Colour
    chapters: Mapping[str, Colour]
    """Chapter colours by name; 'primary' among them."""
    series: tuple[Colour, ...]
    """Colours of a chart's series, told apart by colour-blind readers too."""
    justified: bool = False

    def chapter(self, name: str) -> Colour:
        """Return the colour of a chapter; an unknown name has the primary one."""
        return self.chapters.get(name, self.primary)


CATEGORY_COLOURS = ("#8a5410", "#2f6d3a", "#6b3f78", "#37566f")


def make_style(
    page_size: str,
    primary: str | None,
    accent: str | None,
    categories: tuple[str, ...] = (),
    justified: bool = False,
) -> Style:
    """Return the style for a page size ('A4' or 'letter') and a report's own colours ('#rrggbb').

    The colours are darkened where white text on them would have a contrast under 4.5.
    """
    main = readable(colour(primary or "#0b5563"), WHITE)
    second = colour(accent or "#e0912f")
    chapters = {"primary": main}
    for position, name in enumerate(categories):
        chapters[name] = colour(CATEGORY_COLOURS[position % len(CATEGORY_COLOURS)])
    series = (main, second, colour("#7fa9c9"), colour("#7a4b7d"), colour("#8c979f"), colour("#3f7f56"))
    return Style(Page(*PAGE_SIZES[page_size]), main, second, chapters, series, justified)
